//! What phones sign in with is sealed by the key store's key; a key store that gives no answer changes nothing.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use common::{Phone, wait};
use fieldbook_ffi::error::FieldbookError;
use fieldbook_ffi::keys::{KeyStore, KeyStoreError};

#[derive(Debug, Default)]
struct Keys {
    kept: Mutex<Option<Vec<u8>>>,
    is_away: AtomicBool,
}

impl Keys {
    fn answer<T>(&self, answer: T) -> Result<T, KeyStoreError> {
        if self.is_away.load(Ordering::Relaxed) {
            return Err(KeyStoreError::Unavailable { reason: "locked".into() });
        }
        Ok(answer)
    }
}

impl KeyStore for Keys {
    fn kept(&self) -> Result<Option<Vec<u8>>, KeyStoreError> {
        self.answer(self.kept.lock().unwrap().clone())
    }

    fn keep(&self, key: Vec<u8>) -> Result<(), KeyStoreError> {
        *self.kept.lock().unwrap() = Some(key);
        self.answer(())
    }
}

#[test]
fn the_first_opening_makes_a_key_and_every_later_one_uses_it() {
    let (phone, keys) = (Phone::of_head(), Arc::new(Keys::default()));
    wait(phone.with_keys(keys.clone()).status()).unwrap();
    let first = keys.kept.lock().unwrap().clone();
    wait(phone.with_keys(keys.clone()).status()).unwrap();
    assert_eq!(first.as_ref().map(Vec::len), Some(32));
    assert_eq!(*keys.kept.lock().unwrap(), first);
}

#[test]
fn a_key_store_that_is_away_keeps_the_notebook_closed_and_is_asked_again() {
    let (phone, keys) = (Phone::of_head(), Arc::new(Keys::default()));
    wait(phone.with_keys(keys.clone()).status()).unwrap();
    let kept = keys.kept.lock().unwrap().clone();
    let fieldbook = phone.with_keys(keys.clone());
    keys.is_away.store(true, Ordering::Relaxed);
    assert!(matches!(wait(fieldbook.status()), Err(FieldbookError::Internal { .. })));
    keys.is_away.store(false, Ordering::Relaxed);
    wait(fieldbook.status()).unwrap();
    assert_eq!(*keys.kept.lock().unwrap(), kept);
}
