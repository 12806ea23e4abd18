//! How the program is linked, and the texts that lie in it compressed.

use std::{fs, io, path::Path};

#[path = "src/packed/write.rs"]
mod write;

/// Which texts of a folder are needed at other times than their neighbours.
type Apart = fn(&str) -> bool;

#[expect(clippy::disallowed_methods, reason = "cargo tells build scripts its target in variables")]
fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/packed/write.rs");
    println!("cargo:rustc-check-cfg=cfg(packed)");
    let is = |name: &str, wanted: &str| std::env::var(name).is_ok_and(|value| value == wanted);
    if !is("PROFILE", "release") {
        return Ok(());
    }
    let out = std::env::var("OUT_DIR").map_err(io::Error::other)?;
    // Messages of pages are needed at the start, the others of a folder seldom.
    let seldom: Apart = |name| {
        ["cli.ftl", "doctor.ftl", "technician.ftl"].contains(&name)
            || name.starts_with("check")
            || Path::new(name).extension().is_some_and(|it| it == "tsv")
    };
    let never: Apart = |_| false;
    for (folder, apart) in [("lessons", never), ("locales", seldom), ("src/web/templates", never)] {
        println!("cargo:rerun-if-changed={folder}");
        let folder = Path::new(folder);
        let name = folder.file_name().unwrap_or_default();
        fs::write(Path::new(&out).join(name).with_extension("pack"), write::pack(folder, apart)?)?;
    }
    println!("cargo:rustc-cfg=packed");
    // Without position independence the loader has nothing to relocate at the start: 0.3 MB less on the disk and in memory.
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
    Ok(())
}
