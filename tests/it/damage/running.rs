//! The real program on a data folder that a test made, with what it says kept for a look at it.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use amauta::auth::token;
use tempfile::TempDir;

use crate::support::socket::{Client, eventually};

/// A page that needs nothing but what lies in the program.
pub(super) const LESSON: &str = "/es/lecciones/mi-frase-clave/2";

pub(super) struct Running {
    child: Child,
    at: SocketAddr,
    said: TempDir,
}

impl Running {
    pub(super) fn start(data: &Path) -> Self {
        let said = tempfile::tempdir().unwrap();
        let file = |name| File::create(said.path().join(name)).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_amauta"))
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(file("out"))
            .stderr(file("log"))
            .spawn()
            .unwrap();
        let mut server = Self { child, at: ([127, 0, 0, 1], 0).into(), said };
        let mut at = None;
        eventually("the server is ready", || {
            let told = server.told();
            at = told.split_once("http://").and_then(|(_, rest)| rest.split_once('/')?.0.parse().ok());
            at.is_some() || server.child.try_wait().unwrap().is_some()
        });
        server.at = at.unwrap_or_else(|| panic!("it did not start: {}", server.log()));
        // All that it says at the start is said before it answers.
        server.get("/healthz");
        server
    }

    /// Status and text of a page.
    pub(super) fn get(&self, path: &str) -> (u16, String) {
        let answer = Client::connect(self.at).get(path);
        (answer.status, answer.text().to_owned())
    }

    /// The status of the answer to somebody who signs in.
    pub(super) fn sign_in(&self, login: &str, password: &str) -> u16 {
        let visit = token::secret().unwrap();
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("sello", &token::for_form(&visit))
            .append_pair("usuario", login)
            .append_pair("clave", password)
            .finish();
        let head = format!(
            "POST /es/entrar HTTP/1.1\r\nHost: a\r\nCookie: visita={visit}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        Client::connect(self.at).send(head + &body).answer().status
    }

    /// What it printed.
    pub(super) fn told(&self) -> String {
        fs::read_to_string(self.said.path().join("out")).unwrap()
    }

    /// What it wrote into its log.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.said.path().join("log")).unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
