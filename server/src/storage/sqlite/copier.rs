//! Copies the log of changes into the file beside the writer, so that nobody waits for it.

use std::io;
use std::sync::mpsc::{self, SyncSender};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::failed;
use crate::aside;

/// After so many changed rows it copies: seldom enough to be worth it, and so often that the log stays short.
const WORTH: u64 = 1_024;

/// A thread that copies when it is nudged. Dropping it waits for the copy under way.
pub struct Copier {
    nudges: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    changes: u64,
}

impl Copier {
    /// Starts it on a connection of its own.
    pub fn start(conn: Connection) -> io::Result<Self> {
        let (nudges, nudged) = mpsc::sync_channel(1);
        let copy = move || {
            aside::step_back();
            while nudged.recv().is_ok() {
                if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).map_err(failed) {
                    tracing::warn!(%error, "the log of changes could not be copied into the file; the writer will do it");
                }
            }
        };
        let thread = std::thread::Builder::new().name("storage-copier".into()).spawn(copy)?;
        Ok(Self { nudges: Some(nudges), thread: Some(thread), changes: 0 })
    }

    /// Tells it how many rows the writer has changed since it began.
    pub fn written(&mut self, changes: u64) {
        if changes - self.changes < WORTH {
            return;
        }
        self.changes = changes;
        // One that is nudged already copies these changes too.
        let _ = self.nudges.as_ref().map(|nudges| nudges.try_send(()));
    }
}

impl Drop for Copier {
    fn drop(&mut self) {
        drop(self.nudges.take());
        if let Some(thread) = self.thread.take() {
            // One that panicked leaves the copying to the writer.
            let _ = thread.join();
        }
    }
}
