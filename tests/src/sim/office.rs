//! The office of the simulation: the server's own routes over its own storage, without sockets, on a disk that can fail.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request as HttpRequest, Response};
use fieldbook_device::engine::Answer;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_server::blob::Blobs;
use fieldbook_server::http::{App, router_in_process};
use fieldbook_server::limits::RateLimits;
use fieldbook_server::observe::Meters;
use fieldbook_server::office::certificate::OfficeKey;
use fieldbook_server::office::erase::{self, ErasureEntry};
use fieldbook_server::office::invite::{self, CodeKind};
use fieldbook_server::office::{OfficeFault, epoch};
use fieldbook_server::storage::sqlite::Sqlite;
use fieldbook_server::storage::{StorageError, Store, Tx};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

use super::disk::{Disk, End, Image};
use super::network::Request;
use super::{Outcome, said};

const DATABASE: &str = "office.db";

/// What a backup keeps.
pub(crate) struct Backup {
    database: Image,
    photos: Vec<PathBuf>,
}

pub(crate) struct Office {
    pub(crate) disk: Disk,
    folder: PathBuf,
    key: Arc<OfficeKey>,
    clock: Arc<AtomicI64>,
    rng: StdRng,
    open: Option<(Store, Arc<Blobs>, Router)>,
    /// Kept apart from the database and its backups.
    pub(crate) ledger: Arc<Mutex<Vec<ErasureEntry>>>,
    highest: u32,
    pub(crate) backup: Option<Backup>,
}

thread_local! {
    static RUNTIME: io::Result<Runtime> = tokio::runtime::Builder::new_current_thread().enable_time().build();
}

fn wait_for<T>(job: impl Future<Output = T>) -> Outcome<T> {
    RUNTIME.with(|runtime| match runtime {
        Ok(runtime) => Ok(runtime.block_on(job)),
        Err(error) => Err(said(error)),
    })
}

impl Office {
    /// Opens an office with this database; its photos lie in a folder of the machine.
    pub(crate) fn open(image: &Image, folder: &Path) -> Outcome<Self> {
        let mut office = Self {
            disk: Disk::of(image).map_err(said)?,
            folder: folder.join("office"),
            key: Arc::new(OfficeKey::from_seed(&[7; 32]).map_err(said)?),
            clock: Arc::default(),
            rng: StdRng::seed_from_u64(7),
            open: None,
            ledger: Arc::default(),
            highest: 1,
            backup: None,
        };
        office.start()?;
        Ok(office)
    }

    /// The server process begins.
    fn start(&mut self) -> Outcome<()> {
        let store = Store::new(Sqlite::open(&self.disk.path(DATABASE)).map_err(said)?);
        let blobs = Arc::new(Blobs::open(&self.folder).map_err(said)?);
        let clock = Arc::clone(&self.clock);
        let app = App {
            store: store.clone(),
            blobs: Arc::clone(&blobs),
            key: Arc::clone(&self.key),
            limits: RateLimits::new(u32::MAX),
            meters: Meters::default(),
            clock: Arc::new(move || clock.load(Ordering::Relaxed)),
            stall: Duration::from_secs(3600),
            started: Instant::now(),
            aside: None,
        };
        self.open = Some((store, blobs, router_in_process(Arc::new(app))));
        Ok(())
    }

    /// Which of the ways a power cut may end its own are to end.
    pub(crate) fn seed_cuts(&mut self, seed: u64) {
        self.rng = StdRng::seed_from_u64(seed);
    }

    /// An orderly end.
    pub(crate) fn shut_down(&mut self) {
        self.open = None;
    }

    /// The server ends in an orderly way and starts again.
    pub(crate) fn restart(&mut self) -> Outcome<()> {
        self.open = None;
        if self.disk.is_dead() {
            let mut rng = self.rng.clone();
            self.disk.end(End::PowerCut, &mut rng);
            self.rng = rng;
        }
        self.start()
    }

    /// A restart after which the disk is sound.
    pub(crate) fn spare(&mut self) -> Outcome<()> {
        let mut rng = self.rng.clone();
        self.crash(&mut rng)
    }

    /// The server's machine loses power and comes back.
    pub(crate) fn crash(&mut self, rng: &mut StdRng) -> Outcome<()> {
        self.disk.end(End::PowerCut, rng);
        self.open = None;
        self.start()
    }

    /// What the desk does. None when the disk failed meanwhile; nothing of it is kept then.
    pub(crate) fn try_write<T: Send + 'static>(
        &mut self,
        now: i64,
        job: impl FnOnce(&mut dyn Tx) -> Result<T, OfficeFault> + Send + 'static,
    ) -> Outcome<Option<Result<T, OfficeFault>>> {
        self.clock.store(now / 1000, Ordering::Relaxed);
        let done = self.store()?.write_now(job);
        let failing = self.disk.is_dead() || self.disk.is_full();
        if self.disk.is_dead() {
            let mut rng = self.rng.clone();
            self.crash(&mut rng)?;
            self.rng = rng;
        }
        match done {
            Err(OfficeFault::Storage(_)) if failing => Ok(None),
            done => Ok(Some(done)),
        }
    }

    /// What the desk does on a sound disk.
    pub(crate) fn write<T: Send + 'static>(
        &mut self,
        now: i64,
        job: impl FnOnce(&mut dyn Tx) -> Result<T, OfficeFault> + Send + 'static,
    ) -> Outcome<T> {
        self.try_write(now, job)?.ok_or_else(|| said("the office's disk failed"))?.map_err(said)
    }

    pub(crate) fn read<T>(&self, job: impl FnOnce(&mut dyn Tx) -> Result<T, OfficeFault>) -> Outcome<T> {
        self.store()?.read_now(job).map_err(said)
    }

    /// A one-time code for a person.
    pub(crate) fn invite(&mut self, person: FactId, seed: u64, now: i64) -> Outcome<String> {
        self.write(now, move |tx| invite::create(tx, person, CodeKind::Qr, now / 1000, &mut StdRng::seed_from_u64(seed)))
    }

    /// What the server answers to this request, of which only the first `cut` bytes of the body arrive. None when the server
    /// dies before it answers.
    pub(crate) fn answer(&mut self, request: &Request, cut: Option<usize>, now: i64) -> Outcome<Option<Answer>> {
        self.clock.store(now / 1000, Ordering::Relaxed);
        let (_, _, router) = self.open.as_ref().ok_or_else(|| said("the office is closed"))?;
        let answer = wait_for(exchange(router.clone(), request, cut))??;
        if !self.disk.is_dead() {
            return Ok(Some(answer));
        }
        let mut rng = self.rng.clone();
        self.crash(&mut rng)?;
        self.rng = rng;
        // It answered before it died, or it did not.
        Ok((answer.status < 300).then_some(answer))
    }

    /// A photo as the office holds it.
    pub(crate) fn photo(&self, hash: &[u8; 32]) -> Outcome<Option<Bytes>> {
        wait_for(self.blobs()?.photo(hash))?.map_err(said)
    }

    /// Erases files of photos.
    pub(crate) fn remove_photos(&self, hashes: &[[u8; 32]]) -> Outcome<()> {
        for hash in hashes {
            wait_for(self.blobs()?.remove(hash))?.map_err(said)?;
        }
        Ok(())
    }

    /// Empties the log of changes, as the command that erases does. When the machine dies meanwhile, it is run again.
    pub(crate) fn scrub(&mut self) -> Outcome<()> {
        self.aside(|sqlite| sqlite.scrub())
    }

    /// Whether the file is sound.
    pub(crate) fn check(&mut self) -> Outcome<()> {
        self.aside(|sqlite| sqlite.check())
    }

    /// A command beside the running server, run again when the machine dies meanwhile, or once there is room on its disk.
    fn aside(&mut self, command: impl Fn(&Sqlite) -> Result<(), StorageError>) -> Outcome<()> {
        let done = Sqlite::open(&self.disk.path(DATABASE)).and_then(|sqlite| command(&sqlite));
        if self.disk.is_full() && done == Err(StorageError::Full) {
            self.disk.set_full(false);
        } else if !self.disk.is_dead() {
            return done.map_err(said);
        }
        let mut rng = self.rng.clone();
        self.crash(&mut rng)?;
        Sqlite::open(&self.disk.path(DATABASE)).and_then(|sqlite| command(&sqlite)).map_err(said)
    }

    /// Copies database and photos, while the server runs.
    pub(crate) fn back_up(&mut self) -> Outcome<()> {
        let copy = Disk::new().map_err(said)?;
        self.aside(|sqlite| sqlite.backup_to(&copy.path(DATABASE)))?;
        self.backup = Some(Backup { database: copy.image(), photos: files(&self.folder)? });
        Ok(())
    }

    /// Puts the backup in place, as `restore` does: a new epoch, erasures carried out again. On a new machine the photos that came
    /// after the backup are gone as well. False when there is no backup.
    pub(crate) fn restore(&mut self, new_machine: bool, writer: u64, now: i64) -> Outcome<bool> {
        let Some(backup) = &self.backup else {
            return Ok(false);
        };
        self.open = None;
        self.disk.put(&backup.database);
        if new_machine {
            for file in files(&self.folder)?.iter().filter(|file| !backup.photos.contains(file)) {
                std::fs::remove_file(file).map_err(said)?;
            }
        }
        self.start()?;
        let highest = self.highest;
        self.highest = self.write(now, move |tx| epoch::begin_after_restore(tx, WriterId(writer), highest, now / 1000))?;
        let entries = self.ledger.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let photos = self.write(now, move |tx| {
            let mut photos = Vec::new();
            for entry in &entries {
                photos.extend(erase::replay(tx, entry, now / 1000)?.photos);
            }
            Ok(photos)
        })?;
        self.remove_photos(&photos)?;
        self.scrub()?;
        Ok(true)
    }

    fn store(&self) -> Outcome<&Store> {
        self.open.as_ref().map(|(store, _, _)| store).ok_or_else(|| said("the office is closed"))
    }

    fn blobs(&self) -> Outcome<&Blobs> {
        self.open.as_ref().map(|(_, blobs, _)| &**blobs).ok_or_else(|| said("the office is closed"))
    }
}

async fn exchange(router: Router, request: &Request, cut: Option<usize>) -> Outcome<Answer> {
    let body = match cut {
        None => Body::from(request.body.clone()),
        Some(end) => {
            let arrived = Bytes::copy_from_slice(&request.body[..end]);
            Body::from_stream(futures_util::stream::iter([Ok(arrived), Err(io::Error::other("cut"))]))
        }
    };
    let mut head = HttpRequest::builder().method(request.method).uri(&request.path);
    if let Some(token) = request.token {
        head = head.header("authorization", format!("Bearer {}", token.to_text()));
    }
    if let Some(offset) = request.offset {
        head = head.header("upload-offset", offset);
    }
    let response = router.oneshot(head.body(body).map_err(said)?).await.map_err(said)?;
    let number = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()?.parse().ok());
    let (status, retry_after, upload_offset) = (response.status().as_u16(), number("retry-after"), number("upload-offset"));
    let body = whole(response).await?;
    Ok(Answer { status, retry_after: retry_after.map(|seconds: u64| seconds as u32), upload_offset, body })
}

async fn whole(response: Response<Body>) -> Outcome<Vec<u8>> {
    Ok(axum::body::to_bytes(response.into_body(), usize::MAX).await.map_err(said)?.to_vec())
}

fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    crate::village::files(folder).map_err(|trouble| said(trouble.0))
}
