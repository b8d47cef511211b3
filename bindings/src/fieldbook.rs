//! The one object: it opens the notebook, owns the threads, and carries every call to them.
//!
//! Calls may come from any thread, also from one that must not wait: what touches disk or network runs on this object's
//! own threads, and the caller only awaits the outcome. Letting go of a call does not stop what it began.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::change::{Change, Changes, News};
use crate::clock::Clock;
use crate::courier::Courier;
use crate::drafts::Saved;
use crate::error::{FieldbookError, Result};
use crate::keys::KeyStore;
use crate::phone::Phone;
use crate::refold;

/// How long the last records get to reach the disk when the app ends.
const GOODBYE: Duration = Duration::from_secs(3);

/// What the shell knows and the core does not.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FieldbookConfig {
    /// Folder of the notebook, kept out of the system's backups; made if it is not there.
    pub directory: String,
    /// Folder of the photos, likewise.
    pub photos_directory: String,
    /// Version of the app.
    pub app_version: String,
}

/// The notebook of one person on one phone.
#[derive(Debug, uniffi::Object)]
pub struct Fieldbook {
    pub(crate) core: Arc<Core>,
    runtime: Mutex<Option<Runtime>>,
    handle: Handle,
}

/// What the threads share.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) config: FieldbookConfig,
    keys: Arc<dyn KeyStore>,
    pub(crate) clock: Clock,
    pub(crate) news: News,
    pub(crate) courier: Courier,
    phone: Mutex<Option<Arc<Phone>>>,
}

#[uniffi::export]
impl Fieldbook {
    /// A notebook in these folders. Nothing is opened before the first call.
    #[uniffi::constructor]
    pub fn new(config: FieldbookConfig, keys: Arc<dyn KeyStore>) -> Result<Arc<Self>> {
        Self::with_clock(config, keys, Clock::System)
    }

    /// News from now on. Read everything shown once, then again what an item names.
    pub fn changes(&self) -> Arc<Changes> {
        self.core.news.listen()
    }
}

impl Fieldbook {
    /// As [`Fieldbook::new`], with a clock of one's own: for the headless phone and for tests.
    pub fn with_clock(config: FieldbookConfig, keys: Arc<dyn KeyStore>, clock: Clock) -> Result<Arc<Self>> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("fieldbook")
            .enable_all()
            .build()
            .map_err(FieldbookError::internal)?;
        let core =
            Arc::new(Core { config, keys, clock, news: News::new(), courier: Courier::default(), phone: Mutex::new(None) });
        Ok(Arc::new(Self { core, handle: runtime.handle().clone(), runtime: Mutex::new(Some(runtime)) }))
    }

    /// Does blocking work on this object's threads. It goes on to its end also when nobody waits for it any more.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Core, &Phone) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let core = Arc::clone(&self.core);
        let done = self.handle.spawn_blocking(move || {
            let phone = core.phone()?;
            work(&core, &phone)
        });
        done.await.map_err(FieldbookError::internal)?
    }

    /// Does work that waits for the network on this object's threads; likewise.
    pub(crate) async fn errand<T, F>(&self, errand: impl FnOnce(Arc<Core>, Arc<Phone>) -> F + Send + 'static) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        let phone = self.work(|core, _| core.phone()).await?;
        let core = Arc::clone(&self.core);
        self.handle.spawn(errand(core, phone)).await.map_err(FieldbookError::internal)?
    }
}

impl Fieldbook {
    /// Tells what changed when a call went through.
    pub(crate) fn told<T>(&self, done: Result<T>, change: Change) -> Result<T> {
        if done.is_ok() {
            self.core.news.tell(change);
        }
        done
    }

    /// Something was written: it has to go.
    pub(crate) fn recorded<T>(&self, done: Result<T>) -> Result<T> {
        if done.is_ok() {
            self.core.courier.wake();
        }
        self.told(done, Change::Records)
    }

    /// As [`Self::recorded`], and a form is gone.
    pub(crate) fn saved(&self, done: Result<Saved>) -> Result<Saved> {
        self.recorded(self.told(done, Change::Drafts))
    }
}

impl Core {
    /// The notebook, opened at the first call.
    pub(crate) fn phone(&self) -> Result<Arc<Phone>> {
        let mut open = self.phone.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(phone) = open.as_ref() {
            return Ok(Arc::clone(phone));
        }
        let phone = Arc::new(Phone::open(&self.config, self.keys.as_ref())?);
        refold::begin(&phone.store, &self.news)?;
        *open = Some(Arc::clone(&phone));
        Ok(phone)
    }

    /// Closes the notebook, and sees to its files before any other call can open it again: maybe another one.
    pub(crate) fn close(&self, then: impl FnOnce() -> Result<()>) -> Result<()> {
        let mut open = self.phone.lock().unwrap_or_else(PoisonError::into_inner);
        *open = None;
        let done = then();
        drop(open);
        self.news.tell(Change::Account);
        done
    }

    pub(crate) fn directory(&self) -> PathBuf {
        PathBuf::from(&self.config.directory)
    }
}

impl Drop for Fieldbook {
    fn drop(&mut self) {
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(runtime) = runtime else {
            return;
        };
        // Waiting is not allowed on a thread of another runtime; what was begun goes on to its end there.
        if Handle::try_current().is_ok() {
            runtime.shutdown_background();
        } else {
            runtime.shutdown_timeout(GOODBYE);
        }
    }
}
