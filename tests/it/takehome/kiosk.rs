//! Lessons as a folder that opens without a server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::{files_below, html::tags};

/// Whether it ended well, and what it said.
fn export(folder: &Path, data: &Path, more: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amauta"));
    command.args(["export", "--kiosk"]).arg(folder).arg("--data").arg(data).args(more).env_clear();
    let output = command.output().unwrap();
    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(!said.contains("cli-"), "a sentence is missing: {said}");
    (output.status.success(), said)
}

/// Where a link of a page leads on the disk.
fn target(page: &Path, link: &str) -> PathBuf {
    page.parent().unwrap().join(link.split('#').next().unwrap())
}

#[test]
fn a_kiosk_opens_from_its_first_page_and_every_link_leads_to_a_file_of_it() {
    let work = tempfile::tempdir().unwrap();
    let (folder, data) = (work.path().join("usb"), work.path().join("datos"));
    let (well, said) = export(&folder, &data, &[]);
    assert!(well && said.contains("index.html"), "{said}");
    assert!(!data.exists(), "who reads nothing of a school leaves nothing there");
    let pages: Vec<PathBuf> = files_below(&folder)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "html"))
        .collect();
    assert!(pages.len() > 100 && pages.contains(&folder.join("index.html")), "{}", pages.len());
    let mut links = 0;
    for page in &pages {
        for tag in tags(&fs::read_to_string(page).unwrap()) {
            let link = tag.get("href").or(tag.get("src")).filter(|link| !link.starts_with('#'));
            let Some(link) = link.filter(|link| !link.starts_with("tel:")) else { continue };
            assert!(target(page, link).is_file(), "{}: {link}", page.display());
            links += 1;
        }
        assert_ne!(
            tags(&fs::read_to_string(page).unwrap()).iter().filter(|tag| tag.name == "html").count(),
            0
        );
    }
    assert!(links > 500, "{links}");
}

#[test]
fn a_kiosk_is_written_over_and_what_is_not_ours_is_left() {
    let work = tempfile::tempdir().unwrap();
    let (folder, data) = (work.path().join("usb"), work.path().join("datos"));
    assert!(export(&folder, &data, &["mi-frase-clave"]).0);
    fs::write(folder.join("index.html"), "cortado").unwrap();
    assert!(export(&folder, &data, &["mi-frase-clave"]).0);
    assert!(fs::read_to_string(folder.join("index.html")).unwrap().contains("</html>"));
    let other = work.path().join("otra");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("index.html"), "la página de otros").unwrap();
    let (well, said) = export(&other, &data, &["mi-frase-clave"]);
    assert!(!well && said.contains("no es de Amauta"), "{said}");
    assert_eq!(fs::read_to_string(other.join("index.html")).unwrap(), "la página de otros");
    let (well, said) = export(&work.path().join("nada"), &data, &["no-hay"]);
    assert!(!well && said.contains("ninguna colección ni lección «no-hay»"), "{said}");
    assert!(!work.path().join("nada").exists());
}
