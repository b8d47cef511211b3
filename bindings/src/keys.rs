//! The notebook's key, which the operating system keeps: the one thing the core asks of the platform.

use std::fmt::Debug;

use fieldbook_device::store::{KEY_LEN, Seal};

use crate::error::{FieldbookError, Result};

/// Keeps the key of this notebook where only this app on this phone gets at it: the Keychain, or a file sealed by a key of
/// the Android Keystore. With it the core seals what the phone signs in with. A lost key loses nothing that was written:
/// the person scans a new code, and unsent records go then.
#[uniffi::export(rust, foreign)]
pub trait KeyStore: Debug + Send + Sync {
    /// The key as it was kept; none before the first, and when what was kept can never be opened again. Asked once, when the
    /// notebook opens, on a thread that may wait.
    fn kept(&self) -> Result<Option<Vec<u8>>, KeyStoreError>;

    /// Keeps this key in the place of any other.
    fn keep(&self, key: Vec<u8>) -> Result<(), KeyStoreError>;
}

/// Why a [`KeyStore`] gives no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum KeyStoreError {
    /// Not now: before the first unlock, say. The notebook stays closed, nothing of it changes, and the next call asks again.
    #[error("the key store cannot be reached: {reason}")]
    Unavailable {
        /// For the log, in English; never the key.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for KeyStoreError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable { reason: error.reason }
    }
}

impl From<KeyStoreError> for FieldbookError {
    fn from(error: KeyStoreError) -> Self {
        Self::internal(error)
    }
}

/// What seals this notebook's tokens: the kept key, or a new one that is kept before anything is sealed with it.
pub(crate) fn seal(keys: &dyn KeyStore) -> Result<Seal> {
    if let Some(kept) = keys.kept()?.filter(|kept| kept.len() == KEY_LEN) {
        return Ok(Seal::with_key(&kept)?);
    }
    let mut key = vec![0; KEY_LEN];
    getrandom::fill(&mut key).map_err(FieldbookError::internal)?;
    let seal = Seal::with_key(&key)?;
    keys.keep(key)?;
    Ok(seal)
}
