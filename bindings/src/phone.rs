//! The notebook while it is open: database, photo folder, engine.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fieldbook_device::engine::{Config, Engine};
use fieldbook_device::photo;
use fieldbook_device::store::Store;
use tokio::sync::Mutex;

use crate::error::{FieldbookError, Result};
use crate::fieldbook::FieldbookConfig;
use crate::keys::{self, KeyStore};

const DATABASE: &str = "fieldbook.db";
const PRACTICE: &str = "practice";
const ENDED_PRACTICE: &str = "practice-ended-";

/// An open notebook.
#[derive(Debug)]
pub(crate) struct Phone {
    pub(crate) store: Arc<Store>,
    pub(crate) photos: PathBuf,
    /// A copy to play with: nothing of it is ever sent.
    pub(crate) practice: bool,
    pub(crate) engine: Arc<Mutex<Engine>>,
}

impl Phone {
    /// Opens the practice copy when there is one, else the notebook itself; makes what is missing.
    pub(crate) fn open(config: &FieldbookConfig, keys: &dyn KeyStore) -> Result<Self> {
        let directory = Path::new(&config.directory);
        let practice = practice_directory(directory).join(DATABASE).exists();
        let home = if practice { practice_directory(directory) } else { directory.to_owned() };
        let photos = if practice { home.join("photos") } else { PathBuf::from(&config.photos_directory) };
        make(&home)?;
        make(&photos)?;
        sweep_practice(directory);
        let store = Store::open_sealed(&home.join(DATABASE), keys::seal(keys)?)?;
        if !practice {
            store.photos_lie_in(&photos)?;
        }
        if let Err(error) = photo::sweep(&photos) {
            tracing::warn!(%error, "unfinished photos are swept later");
        }
        let engine = Engine::new(Config::default());
        Ok(Self { store: Arc::new(store), photos, practice, engine: Arc::new(Mutex::new(engine)) })
    }

    /// Makes the practice copy of this notebook; the next opening opens it.
    pub(crate) fn begin_practice(&self, directory: &Path) -> Result<()> {
        let home = practice_directory(directory);
        let fresh = home.join("fresh.db");
        end_practice(directory)?;
        make(&home)?;
        self.store.copy_to(&fresh)?;
        fs::rename(&fresh, home.join(DATABASE)).map_err(disk)
    }
}

/// Throws the practice copy away. First it goes out of the way in one step, because somebody may still be reading it.
pub(crate) fn end_practice(directory: &Path) -> Result<()> {
    let aside = (0..).map(|n| directory.join(format!("{ENDED_PRACTICE}{n}"))).find(|aside| !aside.exists());
    let aside = aside.ok_or_else(|| FieldbookError::internal("no name is free"))?;
    match fs::rename(practice_directory(directory), aside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(disk(error)),
        _ => {
            sweep_practice(directory);
            Ok(())
        }
    }
}

/// Removes practice copies that were thrown away; one that is still being read is removed later.
fn sweep_practice(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(ENDED_PRACTICE)) {
        if let Err(error) = fs::remove_dir_all(entry.path()) {
            tracing::warn!(%error, "an ended practice copy is swept later");
        }
    }
}

/// Deletes the notebook and its photos for good.
pub(crate) fn delete(config: &FieldbookConfig) -> Result<()> {
    let directory = Path::new(&config.directory);
    end_practice(directory)?;
    for suffix in ["", "-wal", "-shm"] {
        remove(&directory.join(format!("{DATABASE}{suffix}")))?;
    }
    let photos = match fs::read_dir(&config.photos_directory) {
        Ok(photos) => photos,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(disk(error)),
    };
    for photo in photos {
        let path = photo.map_err(disk)?.path();
        if path.is_file() {
            remove(&path)?;
        }
    }
    Ok(())
}

fn practice_directory(directory: &Path) -> PathBuf {
    directory.join(PRACTICE)
}

fn make(directory: &Path) -> Result<()> {
    fs::create_dir_all(directory).map_err(disk)
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(disk(error)),
        _ => Ok(()),
    }
}

fn disk(error: std::io::Error) -> FieldbookError {
    fieldbook_device::store::StoreError::from(error).into()
}
