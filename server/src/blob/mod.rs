//! Photos: kept under their SHA-256, received piece by piece over bad connections, examined before they count.
//!
//! `DIR/blobs/part/` holds what has arrived of unfinished photos, `photo/` the finished ones, `preview/` the small pictures
//! and `refused/` an empty mark for each photo that was examined and refused.

pub mod access;
mod examine;
mod receive;
mod slot;

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};
use thiserror::Error;
use tokio::sync::Semaphore;

pub use examine::{MAX_PHOTO, MAX_PREVIEW, Refused};
pub use receive::{Piece, Received, Stopped};

/// SHA-256 of the encoded file.
pub type BlobHash = [u8; 32];

/// How many pictures are decoded at once; each may take 64 MB while it is.
const EXAMINERS: usize = 2;

/// An unfinished photo nobody continued for so long is forgotten.
const FORGET_PARTS_AFTER: Duration = Duration::from_secs(60 * 86_400);

/// What the server holds of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Never seen.
    Nothing,
    /// This many bytes, durable.
    Part(u64),
    /// All of it, this many bytes; the hash matched and the picture was accepted.
    Whole(u64),
    /// It was examined and refused.
    Refused,
}

/// Why a photo could not be kept or read.
#[derive(Debug, Error)]
pub enum BlobFault {
    /// The disk, or the store behind it.
    #[error("photos cannot be stored: {0}; check disk space and permissions of the data folder")]
    Disk(#[from] io::Error),
    /// The store of finished photos.
    #[error("photos cannot be stored: {0}; check disk space and permissions of the data folder")]
    Store(#[from] object_store::Error),
    /// The examination was cut off by the end of the server.
    #[error("the server is stopping")]
    Stopping,
}

/// The photos of one data folder.
pub struct Blobs {
    parts: PathBuf,
    refused: PathBuf,
    kept: Arc<dyn ObjectStore>,
    slots: slot::Slots,
    examiners: Arc<Semaphore>,
}

impl Blobs {
    /// Opens `folder`, making it when it does not exist.
    pub fn open(folder: &Path) -> Result<Self, BlobFault> {
        let (parts, refused) = (folder.join("part"), folder.join("refused"));
        std::fs::create_dir_all(&parts)?;
        std::fs::create_dir_all(&refused)?;
        let kept = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            parts,
            refused,
            kept: Arc::new(kept),
            slots: slot::Slots::default(),
            examiners: Arc::new(Semaphore::new(EXAMINERS)),
        })
    }

    /// What is held of a photo. While it is being received: what of it is durable.
    pub async fn held(&self, hash: &BlobHash) -> Result<Held, BlobFault> {
        if let Some(bytes) = self.length_of(&photo_key(hash)).await? {
            return Ok(Held::Whole(bytes));
        }
        if tokio::fs::try_exists(self.refused_mark(hash)).await? {
            return Ok(Held::Refused);
        }
        if let Some(durable) = self.slots.durable(hash) {
            return Ok(Held::Part(durable));
        }
        match tokio::fs::metadata(self.part_file(hash)).await {
            Ok(part) => Ok(Held::Part(part.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Held::Nothing),
            Err(error) => Err(error.into()),
        }
    }

    /// A finished photo.
    pub async fn photo(&self, hash: &BlobHash) -> Result<Option<Bytes>, BlobFault> {
        self.content_of(&photo_key(hash)).await
    }

    /// The preview of a photo.
    pub async fn preview(&self, hash: &BlobHash) -> Result<Option<Bytes>, BlobFault> {
        self.content_of(&preview_key(hash)).await
    }

    /// Keeps the preview of a photo, after looking at it. Durable when this returns. The first one stays.
    pub async fn keep_preview(&self, hash: &BlobHash, jpeg: Bytes) -> Result<Result<(), Refused>, BlobFault> {
        if self.length_of(&preview_key(hash)).await?.is_some() {
            return Ok(Ok(()));
        }
        if let Err(refused) = self.examined(jpeg.clone(), examine::preview).await? {
            return Ok(Err(refused));
        }
        self.kept.put(&preview_key(hash), jpeg.into()).await?;
        Ok(Ok(()))
    }

    /// Takes everything of a photo away, after its fact was erased.
    pub async fn remove(&self, hash: &BlobHash) -> Result<(), BlobFault> {
        let _turn = self.slots.of(hash).take_turn().await;
        for key in [photo_key(hash), preview_key(hash)] {
            match self.kept.delete(&key).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.forget_part(hash).await?;
        Ok(remove_if_there(&self.refused_mark(hash)).await?)
    }

    /// Removes parts that nobody continued for two months. Says how many.
    pub fn sweep(&self, now: SystemTime) -> Result<usize, BlobFault> {
        let mut forgotten = 0;
        for entry in std::fs::read_dir(&self.parts)? {
            let entry = entry?;
            let untouched = now.duration_since(entry.metadata()?.modified()?).unwrap_or_default();
            if untouched > FORGET_PARTS_AFTER {
                std::fs::remove_file(entry.path())?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }

    async fn length_of(&self, key: &Key) -> Result<Option<u64>, BlobFault> {
        match self.kept.head(key).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn content_of(&self, key: &Key) -> Result<Option<Bytes>, BlobFault> {
        match self.kept.get(key).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Runs an examination on a blocking thread, never more than [`EXAMINERS`] at once.
    async fn examined(&self, jpeg: Bytes, by: fn(&[u8]) -> Result<(), Refused>) -> Result<Result<(), Refused>, BlobFault> {
        let permit = self.examiners.clone().acquire_owned().await.map_err(|_| BlobFault::Stopping)?;
        let examination = tokio::task::spawn_blocking(move || {
            let verdict = by(&jpeg);
            drop(permit);
            verdict
        });
        match examination.await {
            Ok(verdict) => Ok(verdict),
            // A decoder that fell over is a verdict too.
            Err(fell) if fell.is_panic() => Ok(Err(Refused("the picture cannot be decoded".into()))),
            Err(_) => Err(BlobFault::Stopping),
        }
    }

    async fn forget_part(&self, hash: &BlobHash) -> io::Result<()> {
        remove_if_there(&self.part_file(hash)).await
    }

    fn part_file(&self, hash: &BlobHash) -> PathBuf {
        self.parts.join(hex(hash))
    }

    fn refused_mark(&self, hash: &BlobHash) -> PathBuf {
        self.refused.join(hex(hash))
    }
}

/// A hash as the 64 characters in addresses and file names.
pub fn hex(hash: &BlobHash) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads 64 lower-case hexadecimal characters; none when they are anything else.
pub fn from_hex(text: &str) -> Option<BlobHash> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut hash = BlobHash::default();
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(hash)
}

fn photo_key(hash: &BlobHash) -> Key {
    key("photo", hash)
}

fn preview_key(hash: &BlobHash) -> Key {
    key("preview", hash)
}

/// Spread over 256 folders, so that none of them grows slow.
fn key(folder: &str, hash: &BlobHash) -> Key {
    Key::from(format!("{folder}/{:02x}/{}", hash[0], hex(hash)))
}

async fn remove_if_there(path: &Path) -> io::Result<()> {
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
