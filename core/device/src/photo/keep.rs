//! Puts bytes on disk under their own hash: whole or not at all.

use super::PhotoError;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

const UNFINISHED: &str = "part";

/// Two threads that keep the same picture must not share a temporary file.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// The disk photos are kept on: this phone's own, and in tests one that fails.
pub trait PhotoDisk {
    /// Makes a file with these bytes, which are on the disk when this returns. Errors with `AlreadyExists` when there is one.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file another name in its folder, for good when this returns.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// This phone's own disk.
#[derive(Debug, Clone, Copy)]
pub struct OwnDisk;

impl PhotoDisk for OwnDisk {
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        File::open(to.parent().unwrap_or(to))?.sync_all()
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Writes under a name of its own, then renames; gives the hash and the path.
pub(super) fn keep(disk: &impl PhotoDisk, dir: &Path, bytes: &[u8]) -> Result<([u8; 32], PathBuf), PhotoError> {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let name = hex(&hash);
    let path = dir.join(format!("{name}.jpg"));
    let unfinished = unfinished(dir, &name);
    let written = loop {
        let unfinished = unfinished();
        match disk.write_new(&unfinished, bytes) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => break written.and_then(|()| disk.rename(&unfinished, &path)).map_err(|error| (error, unfinished)),
        }
    };
    let Err((error, unfinished)) = written else {
        return Ok((hash, path));
    };
    // The first error is the one to report; a file that cannot be removed now is swept at the next start.
    if let Err(left) = disk.remove(&unfinished) {
        tracing::warn!(kind = ?left.kind(), "unfinished photo left for the sweep");
    }
    Err(error.into())
}

/// Names for unfinished files, another one at each call.
fn unfinished(dir: &Path, name: &str) -> impl Fn() -> PathBuf {
    move || dir.join(format!("{name}.{}.{UNFINISHED}", NEXT.fetch_add(1, Ordering::Relaxed)))
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

    /// A disk with room for the first few bytes.
    struct FullDisk;

    impl PhotoDisk for FullDisk {
        fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
            OwnDisk.write_new(path, &bytes[..4])?;
            OpenOptions::new().write(true).open("/dev/full")?.write_all(&bytes[4..])
        }

        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            OwnDisk.rename(from, to)
        }

        fn remove(&self, path: &Path) -> io::Result<()> {
            OwnDisk.remove(path)
        }
    }

    #[test]
    fn a_full_disk_is_named_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();

        let result = keep(&FullDisk, dir.path(), b"picture");

        assert!(matches!(result, Err(PhotoError::StorageFull)));
        assert_eq!(names(dir.path()), [""; 0]);
    }

    #[test]
    fn a_full_disk_does_not_harm_the_photo_kept_before() {
        let dir = tempfile::tempdir().unwrap();
        let (_, path) = keep(&OwnDisk, dir.path(), b"picture").unwrap();

        let again = keep(&FullDisk, dir.path(), b"picture");

        assert!(matches!(again, Err(PhotoError::StorageFull)));
        assert_eq!(fs::read(path).unwrap(), b"picture");
    }

    #[test]
    fn a_missing_folder_is_an_error_of_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(keep(&OwnDisk, &dir.path().join("gone"), b"picture"), Err(PhotoError::Io(_))));
    }

    #[test]
    fn leftovers_of_a_crash_are_swept_and_photos_stay() {
        let dir = tempfile::tempdir().unwrap();
        let (_, path) = keep(&OwnDisk, dir.path(), b"picture").unwrap();
        let unfinished = unfinished(dir.path(), "00ff")();
        fs::write(&unfinished, b"pic").unwrap();

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

        let (_, path) = keep(&OwnDisk, dir.path(), b"picture").unwrap();

        assert_eq!(fs::read(path).unwrap(), b"picture");
    }
}
