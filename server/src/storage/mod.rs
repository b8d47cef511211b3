//! Where the office keeps things: one storage trait, one suite every storage must pass, SQLite as the built-in one.
//!
//! [`Store`] is the door: `write` runs a job in the single writer's transaction, `read` in one of the readers'. Several
//! queued writes share one commit; each is in a savepoint of its own, and is answered only after the commit is durable. A job
//! of many parts lets the others go first between them.

pub mod conformance;
pub mod sqlite;
mod tx;

use std::any::Any;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use thiserror::Error;
pub use tx::{
    Blob, ChannelNo, Device, DeviceState, Devices, Epoch, Facts, FeedOp, FeedRow, Feeds, HeldFact, Invite, Keeping, NewFact,
    OfferedFact, Pos, RefusedFact, StoredFact, Tx, Verdicts,
};

/// Why the storage could not do it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// No room on the disk. Nothing was stored; make room, then try again.
    #[error("the disk is full; make room and try again")]
    Full,
    /// Another process held the database for too long. Nothing was stored; try again.
    #[error("the database is busy; try again")]
    Busy,
    /// Written by a newer version of this program.
    #[error("the database has version {found}, this program knows up to {known}; start the newer program")]
    Newer {
        /// Version of the database.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// A change was asked of a reading transaction.
    #[error("a reading transaction changes nothing")]
    ReadOnly,
    /// Something kept cannot be read back.
    #[error("the database is damaged ({0}); run `fieldbook-server check`, then restore the last backup")]
    Damaged(String),
    /// A job panicked; it was undone.
    #[error("a job stopped half-way and was undone: {0}")]
    Stopped(String),
    /// The storage was closed.
    #[error("the storage is closed")]
    Closed,
    /// Anything else the database said.
    #[error("the database said: {0}")]
    Other(String),
}

/// Whether the changes of a job, or of its last part, stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// They become durable with the next commit.
    Yes,
    /// As `Yes`, and the job has more to do: it is run again after others had their turn.
    More,
    /// They are undone; neither other jobs of the same commit nor parts before are touched.
    No,
}

/// A job of the writer.
pub type WriteJob = Box<dyn FnMut(&mut dyn Tx) -> Keep + Send>;

/// Told how a job ended, after the commit is durable or has failed.
pub type Done = Box<dyn FnOnce(Result<(), StorageError>) + Send>;

/// What an implementation provides. Everybody else uses [`Store`].
pub trait Storage: Send + Sync {
    /// Queues a job of the writer. Jobs begin one after another in the order they were queued.
    fn submit(&self, job: WriteJob, done: Done);

    /// Runs a job in a reading transaction, on this thread. It sees one state throughout, all of it committed.
    fn read(&self, job: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StorageError>;
}

/// A handle on a storage; cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<dyn Storage>);

impl Store {
    /// Wraps an implementation.
    pub fn new(storage: impl Storage + 'static) -> Self {
        Self(Arc::new(storage))
    }

    /// Runs a job in the writer's transaction. When it fails its changes are undone. Answers when the commit is durable.
    pub async fn write<T, E>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.write_in_parts(job, |job, tx| job(tx).map(ControlFlow::Break)).await
    }

    /// Runs a job part by part, from one state to the next, and lets others go first in between. What a part changed stays when
    /// a later one fails. Answers when all of it is durable.
    pub async fn write_in_parts<S, T, E>(
        &self,
        begin: S,
        part: impl FnMut(S, &mut dyn Tx) -> Result<ControlFlow<T, S>, E> + Send + 'static,
    ) -> Result<T, E>
    where
        S: Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.queue(begin, part, move |result| {
            // A caller that went away no longer wants the answer; the work is done all the same.
            let _ = answer.send(result);
        });
        answered.await.unwrap_or_else(|_| Err(StorageError::Closed.into()))
    }

    /// [`Store::write`] for callers outside the async runtime.
    pub fn write_now<T, E>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (answer, answered) = mpsc::sync_channel(1);
        self.queue(
            job,
            |job, tx| job(tx).map(ControlFlow::Break),
            move |result| {
                // The caller below waits until this is sent.
                let _ = answer.send(result);
            },
        );
        answered.recv().unwrap_or_else(|_| Err(StorageError::Closed.into()))
    }

    /// Runs a job in a reading transaction, on a blocking thread of the runtime.
    pub async fn read<T, E>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let store = self.clone();
        let done = tokio::task::spawn_blocking(move || store.read_now(job)).await;
        done.unwrap_or_else(|error| Err(StorageError::Stopped(error.to_string()).into()))
    }

    /// [`Store::read`] on the present thread.
    pub fn read_now<T, E: From<StorageError>>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<T, E>) -> Result<T, E> {
        let mut job = Some(job);
        let mut result = None;
        self.0.read(&mut |tx| {
            if let Some(job) = job.take() {
                result = Some(job(tx));
            }
        })?;
        result.unwrap_or_else(|| Err(StorageError::Closed.into()))
    }

    fn queue<S, T, E>(
        &self,
        begin: S,
        mut part: impl FnMut(S, &mut dyn Tx) -> Result<ControlFlow<T, S>, E> + Send + 'static,
        answer: impl FnOnce(Result<T, E>) + Send + 'static,
    ) where
        S: Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let filled = Arc::clone(&slot);
        let mut state = Some(begin);
        let work: WriteJob = Box::new(move |tx| {
            let (keep, result) = match state.take().map(|state| part(state, tx)) {
                Some(Ok(ControlFlow::Continue(rest))) => {
                    state = Some(rest);
                    return Keep::More;
                }
                Some(Ok(ControlFlow::Break(done))) => (Keep::Yes, Some(Ok(done))),
                Some(Err(own)) => (Keep::No, Some(Err(own))),
                None => (Keep::No, None),
            };
            *filled.lock().unwrap_or_else(PoisonError::into_inner) = result;
            keep
        });
        self.0.submit(
            work,
            Box::new(move |committed| {
                let result = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
                answer(match (committed, result) {
                    (Ok(()), Some(result)) => result,
                    (_, Some(Err(own))) => Err(own),
                    (Err(error), _) => Err(error.into()),
                    (Ok(()), None) => Err(StorageError::Closed.into()),
                });
            }),
        );
    }
}

/// One thing that was costly to derive, for whoever knows its type.
#[derive(Default)]
pub struct Memo(Mutex<Option<Arc<dyn Any + Send + Sync>>>);

impl Memo {
    /// What was kept, if it is of this type.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()?.downcast().ok()
    }

    /// Takes out what was kept, so that it can be changed in place.
    pub fn take<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()?.downcast().ok()
    }

    /// Keeps this instead of what was kept.
    pub fn put<T: Any + Send + Sync>(&self, value: Arc<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
    }

    /// Forgets what was kept.
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
