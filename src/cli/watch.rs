//! Reads content again when a file changed: for authors and developers, in debug builds only. A school's server is told
//! with SIGHUP.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{config::Config, web};

/// How often the folders are looked at.
const EVERY: Duration = Duration::from_secs(1);

/// Deepest folder looked into; lessons need three.
const MAX_DEPTH: usize = 5;

/// Looks at the folders for as long as the runtime lives.
pub(super) fn start(config: &Config, app: Arc<web::App>) {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["lessons", "locales", "src/web/templates"].iter().map(|folder| repository.join(folder)).collect();
    folders.extend(config.content.clone());
    folders.extend(["lessons", "locales"].iter().map(|folder| config.data.join(folder)));
    tokio::spawn(async move {
        let mut known = fingerprint(&folders);
        loop {
            tokio::time::sleep(EVERY).await;
            let now = fingerprint(&folders);
            if now != known {
                known = now;
                let app = Arc::clone(&app);
                tokio::task::spawn_blocking(move || super::serve::reload(&app)).await.ok();
            }
        }
    });
}

/// A number that changes when a file comes, goes or is written.
fn fingerprint(folders: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut open = folders.iter().map(|folder| (folder.clone(), 0)).collect::<Vec<_>>();
    while let Some((folder, depth)) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path())).collect::<Vec<_>>();
        paths.sort();
        for path in paths {
            let Ok(about) = fs::symlink_metadata(&path) else { continue };
            if about.is_dir() && depth < MAX_DEPTH {
                open.push((path, depth + 1));
            } else if about.is_file() {
                (path, about.len(), about.modified().ok()).hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::fingerprint;

    #[test]
    fn a_written_file_changes_the_fingerprint_and_rest_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        let empty = fingerprint(&folders);
        fs::create_dir(folder.path().join("es")).unwrap();
        fs::write(folder.path().join("es/lesson.md"), "## Uno").unwrap();
        let one = fingerprint(&folders);
        assert_ne!(empty, one);
        assert_eq!(one, fingerprint(&folders));
        fs::write(folder.path().join("es/lesson.md"), "## Uno y dos").unwrap();
        assert_ne!(one, fingerprint(&folders));
    }
}
