//! A key store for where no operating system keeps a key, the headless phone and tests: a file beside the notebook.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::keys::{KeyStore, KeyStoreError};

const FILE: &str = "notebook.key";

/// The key lies in the notebook's folder as it is: whoever has the folder has the key.
#[derive(Debug)]
pub struct PlainKey {
    file: PathBuf,
}

impl PlainKey {
    /// Beside the notebook in this folder.
    pub fn beside(directory: &Path) -> Arc<Self> {
        Arc::new(Self { file: directory.join(FILE) })
    }
}

impl KeyStore for PlainKey {
    fn kept(&self) -> Result<Option<Vec<u8>>, KeyStoreError> {
        match fs::read(&self.file) {
            Ok(key) => Ok(Some(key)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    fn keep(&self, key: Vec<u8>) -> Result<(), KeyStoreError> {
        let fresh = self.file.with_extension("fresh");
        fs::write(&fresh, key).and_then(|()| fs::rename(&fresh, &self.file)).map_err(|error| unavailable(&error))
    }
}

fn unavailable(error: &std::io::Error) -> KeyStoreError {
    KeyStoreError::Unavailable { reason: error.to_string() }
}
