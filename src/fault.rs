//! Where a test pulls the plug: named places between the steps by which something comes to the disk.
//!
//! In the program that schools run [`here`] is nothing. Built with the feature `fault`, the program reads `AMAUTA_FAULT`
//! once and, at the place it names, kills itself or gets an error of the disk:
//!
//! - `school-commit-before` or `school-commit-before:3`: killed (SIGKILL) when it comes by there, the third time;
//! - `school-commit-before=error` or `school-commit-before=error:3`: the step fails once, as on a disk that cannot be read;
//! - `lie`, `normal`, `folders`: controls, in which the harness must find what is lost: the server says that records are kept
//!   before they are; their journal does not wait for the disk; names in folders do not wait for it.
//!
//! To add a place: `fault::here("noun-step")?` between two steps, and the name in [`POINTS`]. `cargo test` compares both; the
//! harness (`tests/plug`) stops at every name of the list, so its workload must come by there.

/// Every place, in the order of the list of what is written: records, copies of them, packs, the catalogue, files that
/// people bring, what is shown of them.
pub const POINTS: [&str; 40] = [
    "school-made",
    "school-raise-before",
    "school-raise-after",
    "school-commit-before",
    "school-commit-after",
    "school-told",
    "school-journal-aside",
    "school-aside",
    "backup-begun",
    "backup-records",
    "backup-file-copied",
    "backup-file-placed",
    "backup-tree",
    "backup-sums",
    "backup-whole",
    "backup-placed",
    "backup-thinned",
    "restore-begun",
    "restore-records",
    "restore-file",
    "restore-tree",
    "restore-whole",
    "restore-placed",
    "restore-swept",
    "pack-begun",
    "pack-file-written",
    "pack-file-synced",
    "pack-part-whole",
    "pack-part-renamed",
    "pack-aside",
    "pack-renamed",
    "library-whole",
    "library-placed",
    "file-begun",
    "file-written",
    "file-placed",
    "file-kept",
    "workshop-written",
    "workshop-aside",
    "workshop-placed",
];

/// A place.
///
/// # Errors
/// Only in a build with the feature `fault`: the error it was told to make here.
#[cfg(not(feature = "fault"))]
#[inline]
pub fn here(_: &'static str) -> std::io::Result<()> {
    Ok(())
}

#[cfg(feature = "fault")]
pub use told::{here, sins};

#[cfg(feature = "fault")]
mod told {
    //! What `AMAUTA_FAULT` says.

    use std::{
        io,
        sync::{
            OnceLock,
            atomic::{AtomicU32, Ordering},
        },
    };

    use rustix::process::{Signal, getpid, kill_process};

    /// What to do, where, and how often to pass by before.
    #[derive(Debug)]
    struct Fault {
        name: String,
        error: bool,
        passes: AtomicU32,
    }

    #[expect(clippy::disallowed_methods, reason = "no setting: it does not exist in a school's program")]
    fn fault() -> Option<&'static Fault> {
        static FAULT: OnceLock<Option<Fault>> = OnceLock::new();
        let read = || {
            let told = std::env::var("AMAUTA_FAULT").ok()?;
            let (what, passes) = match told.rsplit_once(':') {
                Some((what, passes)) => (what, passes.parse().ok()?),
                None => (told.as_str(), 1),
            };
            let (name, error) = what.strip_suffix("=error").map_or((what, false), |name| (name, true));
            Some(Fault { name: name.to_owned(), error, passes: AtomicU32::new(passes) })
        };
        FAULT.get_or_init(read).as_ref()
    }

    /// A place: kills the program or makes an error when it was told so.
    ///
    /// # Errors
    /// The one it was told to make here.
    pub fn here(name: &'static str) -> io::Result<()> {
        debug_assert!(super::POINTS.contains(&name), "{name} is not in the list");
        let Some(fault) = fault().filter(|fault| fault.name == name) else { return Ok(()) };
        // Wraps round after the time it was told: then it has happened, and four thousand million passes are far.
        if fault.passes.fetch_sub(1, Ordering::SeqCst) != 1 {
            return Ok(());
        }
        if fault.error {
            // EIO: what a disk says that cannot.
            return Err(io::Error::from_raw_os_error(5));
        }
        kill_process(getpid(), Signal::KILL).ok();
        loop {
            std::thread::park();
        }
    }

    /// Whether to do one of the things that this program must never do, as a control.
    pub fn sins(name: &str) -> bool {
        fault().is_some_and(|fault| fault.name == name)
    }
}
