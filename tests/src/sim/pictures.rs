//! A handful of pictures that phones attach again and again, made once for all seeds.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fieldbook_device::photo::{self, ShrinkLimits};
use fieldbook_device::work::PhotoDraft;

use super::{Outcome, said};
use crate::jpeg;

/// A picture as the app keeps it.
pub(crate) struct Picture {
    pub(crate) hash: [u8; 32],
    pub(crate) bytes: Vec<u8>,
    width: u32,
    height: u32,
    name: String,
    preview: Vec<u8>,
}

/// Sizes in pixels, from less than one step of an upload to several.
const SIZES: [(u32, u32); 10] =
    [(64, 48), (96, 64), (320, 240), (240, 240), (400, 300), (480, 320), (512, 384), (128, 96), (560, 420), (352, 288)];

/// All of them.
pub(crate) fn all() -> Outcome<&'static [Picture]> {
    static ALL: OnceLock<Outcome<Vec<Picture>>> = OnceLock::new();
    ALL.get_or_init(make).as_deref().map_err(Clone::clone)
}

/// The picture with this hash.
pub(crate) fn by_hash(hash: &[u8; 32]) -> Outcome<Option<&'static Picture>> {
    Ok(all()?.iter().find(|picture| picture.hash == *hash))
}

/// The preview the app would make of the file.
pub(crate) fn preview(hash: &[u8; 32], file: &Path) -> Result<Vec<u8>, String> {
    if !file.exists() {
        return Err("the file is gone".into());
    }
    let picture = by_hash(hash).map_err(|found| found.what)?;
    picture.map(|picture| picture.preview.clone()).ok_or_else(|| "not a picture of this simulation".into())
}

impl Picture {
    /// Puts the file into a phone's folder, as shrinking would, and says what the draft keeps of it.
    pub(crate) fn draft(&self, folder: &Path) -> Outcome<PhotoDraft> {
        let path: PathBuf = folder.join(&self.name);
        if !path.exists() {
            std::fs::create_dir_all(folder).map_err(said)?;
            std::fs::write(&path, &self.bytes).map_err(said)?;
        }
        Ok(PhotoDraft {
            hash: self.hash.into(),
            bytes: self.bytes.len() as u32,
            width: self.width,
            height: self.height,
            path: path.to_string_lossy().into_owned(),
            topic: None,
        })
    }
}

fn make() -> Outcome<Vec<Picture>> {
    let folder = tempfile::tempdir().map_err(said)?;
    let camera = folder.path().join("camera.jpg");
    let limits = ShrinkLimits { aim_bytes: 60_000, most_bytes: 80_000, ..ShrinkLimits::default() };
    let mut pictures = Vec::new();
    for (seed, (width, height)) in (0..).zip(SIZES) {
        std::fs::write(&camera, jpeg::sample_photo(seed, width, height)).map_err(said)?;
        let kept = photo::shrink(&camera, folder.path(), &limits).map_err(said)?;
        let name = kept.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        pictures.push(Picture {
            hash: kept.hash,
            bytes: std::fs::read(&kept.path).map_err(said)?,
            width: kept.width,
            height: kept.height,
            name,
            preview: photo::preview(&kept.path).map_err(said)?,
        });
    }
    Ok(pictures)
}
