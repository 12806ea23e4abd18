//! Who sits at the machine: brings packs in, makes backups and brings them back, gives codes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use amauta::{
    packs,
    store::{
        backup,
        school::{Deed, SchoolDb, Which},
    },
};

use super::{
    client,
    program::{Ended, Running},
    random::Random,
    work::{Done, TECHNICIAN, stamp},
};

/// A backup that was confirmed.
#[derive(Debug, Clone)]
pub(crate) struct Copied {
    pub(crate) name: String,
    /// Who had an account before it began.
    pub(crate) logins: Vec<String>,
    /// How many files the records named.
    pub(crate) files: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Task {
    Import,
    Backup,
    Restore,
    Invite,
}

pub(crate) struct Console {
    pub(crate) home: PathBuf,
    pub(crate) log: PathBuf,
    pub(crate) random: Random,
    /// Version of the pack that was confirmed, and the one that was asked for since.
    pub(crate) version: u32,
    pub(crate) asked: Option<u32>,
    pub(crate) copies: Vec<Copied>,
    /// The backup that came back whole when it was tried.
    pub(crate) proved: String,
    /// Whether a restore was begun and not ended.
    pub(crate) half_restored: bool,
    pub(crate) codes: Vec<String>,
    pub(crate) done: Vec<Done>,
    /// What was answered and must not have been.
    pub(crate) wrong: Vec<String>,
}

impl Console {
    pub(crate) fn data(&self) -> PathBuf {
        self.home.join("datos")
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.home.join("copias")
    }

    /// A task; `None` when the plug was pulled. `logins` are those that were confirmed before.
    pub(crate) fn run(
        &mut self,
        task: Task,
        running: &Running,
        fault: Option<&str>,
        logins: &[String],
    ) -> Option<bool> {
        match task {
            Task::Import => self.import(running, fault),
            Task::Backup => self.back_up(running, fault, logins),
            Task::Restore => self.restore(running, fault),
            Task::Invite => self.invite(running),
        }
    }

    /// Works until the plug is pulled; tells `after` of each pack that is in.
    pub(crate) fn work(
        &mut self,
        running: &Running,
        logins: &[String],
        only: Option<Task>,
        after: &dyn Fn(),
    ) {
        loop {
            let task = only.unwrap_or_else(|| match self.random.below(10) {
                0..=3 => Task::Import,
                4..=6 => Task::Backup,
                7 if !self.copies.is_empty() => Task::Restore,
                _ => Task::Invite,
            });
            match self.run(task, running, None, logins) {
                None => return,
                Some(false) => self.wrong.push(format!("{task:?} failed: see {}", self.log.display())),
                Some(true) if task == Task::Import => after(),
                Some(true) => {}
            }
        }
    }

    fn call(&self, arguments: &[&str], running: &Running, fault: Option<&str>) -> Option<(bool, String)> {
        match running.run(arguments, &self.log, fault) {
            Ended::Itself(well, printed) => Some((well, printed)),
            Ended::Killed => None,
        }
    }

    fn import(&mut self, running: &Running, fault: Option<&str>) -> Option<bool> {
        let version = self.asked.unwrap_or(self.version + 1);
        let pack = pack(&self.home, version);
        self.asked = Some(version);
        let arguments = ["import", text(&pack), "--trust", "--data", text(&self.data())].map(str::to_owned);
        let (well, _) = self.call(&arguments.each_ref().map(String::as_str), running, fault)?;
        if well {
            (self.version, self.asked) = (version, None);
        }
        Some(well)
    }

    fn back_up(&mut self, running: &Running, fault: Option<&str>, logins: &[String]) -> Option<bool> {
        self.new_file();
        let files = named_files(&self.data());
        let (target, data) = (self.target(), self.data());
        let (well, _) = self.call(&["backup", text(&target), "--data", text(&data)], running, fault)?;
        if well {
            // Only the console makes backups: the newest is this one.
            match backup::list(&target).ok().and_then(|all| all.last().cloned()) {
                Some(last) => {
                    self.copies.push(Copied { name: last.name, logins: logins.to_vec(), files });
                }
                None => self.wrong.push("a backup that was confirmed is not in the list".to_owned()),
            }
        }
        Some(well)
    }

    /// A file that no backup has yet, so that each has one to copy. Nothing names it: the next start may take it away.
    fn new_file(&mut self) {
        let bytes: Vec<u8> = (0..100).flat_map(|_| self.random.next().to_le_bytes()).collect();
        let sum = hex(&bytes);
        let folder = self.data().join("files").join(&sum[..2]);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("{sum}.new")), bytes).expect("a file");
        fs::rename(folder.join(format!("{sum}.new")), folder.join(&sum)).expect("a file in place");
    }

    fn restore(&mut self, running: &Running, fault: Option<&str>) -> Option<bool> {
        let new = self.home.join("otra");
        // One that was cut off after its last step is whole; a second one would be told that the folder is not empty.
        if !self.half_restored || new.join("school.db").exists() {
            fs::remove_dir_all(&new).ok();
        }
        self.half_restored = true;
        let (well, _) =
            self.call(&["restore", text(&self.target()), "--data", text(&new)], running, fault)?;
        self.half_restored = false;
        if well && let Some(copied) = self.copies.last().cloned() {
            let all = logins(&new);
            if let Some(lost) = copied.logins.iter().find(|login| !all.contains(login)) {
                self.wrong.push(format!("{lost} did not come back from {}", copied.name));
            }
        }
        Some(well)
    }

    fn invite(&mut self, running: &Running) -> Option<bool> {
        let asked = stamp();
        let key = (None, Deed::Invited.word(), None);
        let data = self.data();
        let called = self.call(&["user", "add", "teacher", "--data", text(&data)], running, None);
        let code = called.as_ref().filter(|(well, _)| *well).and_then(|(_, printed)| client::code(printed));
        self.done.push(Done { key, asked, told: code.is_some().then(stamp) });
        let (well, _) = called?;
        self.codes.extend(code);
        Some(well)
    }
}

fn hex(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    amauta::digest::hex(&sha2::Sha256::digest(bytes))
}

/// How many files the records of a data folder name: each work of the technician has one.
fn named_files(data: &Path) -> usize {
    let named = SchoolDb::open(&data.join("school.db")).ok().and_then(|db| {
        let technician = db.person(TECHNICIAN).ok()??;
        db.submissions(Which::Of(technician.id)).ok()
    });
    named.map_or(0, |works| works.len())
}

/// Who has an account in a data folder.
pub(crate) fn logins(data: &Path) -> Vec<String> {
    let people = SchoolDb::open(&data.join("school.db")).ok().and_then(|db| db.people().ok());
    people.unwrap_or_default().into_iter().map(|person| person.login).collect()
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are text")
}

/// The words by which a version of the pack is known.
pub(crate) fn mark(version: u32) -> String {
    format!("Esta es la edición {version} de los turnos.")
}

/// Makes a version of the pack on the stick, if it is not there.
fn pack(home: &Path, version: u32) -> PathBuf {
    let stick = home.join("memoria");
    let there = stick.join(format!("cusco-quechua-1.0.{version}"));
    if there.is_dir() {
        return there;
    }
    fs::remove_dir_all(&stick).ok();
    pack_into(home, &stick, version)
}

/// Makes a version of the pack in a folder.
pub(crate) fn pack_into(home: &Path, stick: &Path, version: u32) -> PathBuf {
    fs::create_dir_all(stick).expect("a folder");
    let from = home.join("fuente");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    copy(&fixtures.join("packs/cusco"), &from);
    copy(&fixtures.join("lessons-ok/mi-turno"), &from.join("lessons/mi-turno"));
    let edit = |file: &str, change: &dyn Fn(String) -> String| {
        let file = from.join(file);
        let text = fs::read_to_string(&file).expect("a text");
        fs::write(file, change(text)).expect("a text");
    };
    edit("pack.toml", &|text| text.replace("1.2.0", &format!("1.0.{version}")));
    edit("lessons/mi-turno/es/lesson.md", &|text| format!("{text}\n{}\n", mark(version)));
    edit("resources/feria.md", &|text| format!("{text}\n{}\n", mark(version)));
    packs::build(&from, stick, None).unwrap_or_else(|problems| panic!("{problems:#?}")).0
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}
