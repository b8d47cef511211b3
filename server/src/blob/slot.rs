//! One request at a time writes a photo; a newer request ends an older one, whose connection is most likely dead.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedMutexGuard, watch};

use super::BlobHash;

/// The photos that are being received now.
#[derive(Default)]
pub(super) struct Slots(Mutex<HashMap<BlobHash, Weak<Slot>>>);

/// The place where one photo is received.
pub(super) struct Slot {
    writing: Arc<tokio::sync::Mutex<()>>,
    newest: watch::Sender<u64>,
    durable: AtomicU64,
}

/// The right to write a photo, until a newer request wants it.
pub(super) struct Turn {
    slot: Arc<Slot>,
    number: u64,
    newest: watch::Receiver<u64>,
    _writing: OwnedMutexGuard<()>,
}

/// Nothing is being received.
const IDLE: u64 = u64::MAX;

impl Slots {
    /// The slot of a photo.
    pub fn of(&self, hash: &BlobHash) -> Arc<Slot> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(hash).and_then(Weak::upgrade) {
            return slot;
        }
        slots.retain(|_, slot| slot.strong_count() > 0);
        let slot = Arc::new(Slot { writing: Default::default(), newest: watch::Sender::new(0), durable: AtomicU64::new(IDLE) });
        slots.insert(*hash, Arc::downgrade(&slot));
        slot
    }

    /// How much of a photo that is being received just now is durable.
    pub fn durable(&self, hash: &BlobHash) -> Option<u64> {
        let slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let durable = slots.get(hash)?.upgrade()?.durable.load(Ordering::Acquire);
        (durable != IDLE).then_some(durable)
    }
}

impl Slot {
    /// Asks whoever writes to stop and waits for the turn.
    pub async fn take_turn(self: Arc<Self>) -> Turn {
        let mut number = 0;
        self.newest.send_modify(|newest| {
            *newest += 1;
            number = *newest;
        });
        let writing = self.writing.clone().lock_owned().await;
        Turn { number, newest: self.newest.subscribe(), slot: self, _writing: writing }
    }
}

impl Turn {
    /// Says how much is durable now.
    pub fn set_durable(&self, bytes: u64) {
        self.slot.durable.store(bytes, Ordering::Release);
    }

    /// Returns when a newer request wants to write.
    pub async fn is_over(&mut self) {
        let number = self.number;
        // The sender lives in the slot, so waiting for it cannot fail.
        let _ = self.newest.wait_for(|newest| *newest > number).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.slot.durable.store(IDLE, Ordering::Release);
    }
}
