//! Puts bytes on disk under their own hash: whole or not at all.

use super::PhotoError;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

const UNFINISHED: &str = "part";

/// Two threads that keep the same picture must not share a temporary file.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Writes, syncs, renames, syncs the folder; returns the hash and the path.
pub(super) fn keep(dir: &Path, bytes: &[u8]) -> Result<([u8; 32], PathBuf), PhotoError> {
    keep_by(dir, bytes, |mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    })
}

/// Removes what interrupted [`shrink`](super::shrink) calls left in `dest_dir` and returns how many files that was.
/// For start-up: a call that is still running would lose its temporary file.
///
/// # Errors
/// [`PhotoError::Io`] when the folder cannot be listed or a file cannot be removed.
pub fn sweep(dest_dir: &Path) -> Result<usize, PhotoError> {
    let mut swept = 0;
    for entry in fs::read_dir(dest_dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == UNFINISHED) {
            fs::remove_file(path)?;
            swept += 1;
        }
    }
    Ok(swept)
}

fn keep_by(dir: &Path, bytes: &[u8], write: impl FnOnce(&File) -> io::Result<()>) -> Result<([u8; 32], PathBuf), PhotoError> {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let name = hex(&hash);
    let path = dir.join(format!("{name}.jpg"));
    let (file, unfinished) = create_unfinished(dir, &name)?;
    if let Err(error) = write(&file).and_then(|()| fs::rename(&unfinished, &path)) {
        // The first error is the one to report; a file that cannot be removed now is swept at the next start.
        if let Err(left) = fs::remove_file(&unfinished) {
            tracing::warn!(kind = ?left.kind(), "unfinished photo left for the sweep");
        }
        return Err(error.into());
    }
    File::open(dir)?.sync_all()?;
    Ok((hash, path))
}

fn create_unfinished(dir: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = dir.join(format!("{name}.{number}.{UNFINISHED}"));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|file| (file, path)),
        }
    }
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_full_disk_is_named_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();

        let result = keep_by(dir.path(), b"picture", |mut file| {
            file.write_all(b"pict")?;
            OpenOptions::new().write(true).open("/dev/full")?.write_all(b"ure")
        });

        assert!(matches!(result, Err(PhotoError::StorageFull)));
        assert_eq!(names(dir.path()), [""; 0]);
    }

    #[test]
    fn a_full_disk_does_not_harm_the_photo_kept_before() {
        let dir = tempfile::tempdir().unwrap();
        let (_, path) = keep(dir.path(), b"picture").unwrap();

        let again = keep_by(dir.path(), b"picture", |_| Err(io::ErrorKind::StorageFull.into()));

        assert!(matches!(again, Err(PhotoError::StorageFull)));
        assert_eq!(fs::read(path).unwrap(), b"picture");
    }

    #[test]
    fn a_missing_folder_is_an_error_of_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(keep(&dir.path().join("gone"), b"picture"), Err(PhotoError::Io(_))));
    }

    #[test]
    fn leftovers_of_a_crash_are_swept_and_photos_stay() {
        let dir = tempfile::tempdir().unwrap();
        let (_, path) = keep(dir.path(), b"picture").unwrap();
        let (_, unfinished) = create_unfinished(dir.path(), "00ff").unwrap();

        assert_eq!(sweep(dir.path()).unwrap(), 1);

        assert!(path.exists() && !unfinished.exists());
        assert_eq!(sweep(dir.path()).unwrap(), 0);
    }

    #[test]
    fn a_leftover_of_the_same_name_does_not_stop_the_next_try() {
        let dir = tempfile::tempdir().unwrap();
        let name = hex(&Sha256::digest(b"picture").into());
        let next = NEXT.load(Ordering::Relaxed);
        for number in next..next + 20 {
            fs::write(dir.path().join(format!("{name}.{number}.part")), b"pic").unwrap();
        }

        let (_, path) = keep(dir.path(), b"picture").unwrap();

        assert_eq!(fs::read(path).unwrap(), b"picture");
    }
}
