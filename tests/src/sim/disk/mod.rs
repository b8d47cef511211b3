//! The disks of the simulation: kept in memory, quick, and able to do what real ones do when the power goes.
//!
//! SQLite writes to them through [`vfs`]. A disk knows which of its bytes were synced, so that a power cut can take the others.

mod files;
mod locks;
mod vfs;

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rand::Rng;
use rand::rngs::StdRng;

use super::memory::marks_in;

/// What the power takes or leaves is decided for each of these, bytes.
const SECTOR: usize = 512;

/// Where all of them are, for SQLite.
const ROOT: &str = "/sim/";

/// The disk of one phone, or of the office. Gone when dropped.
pub(crate) struct Disk {
    name: String,
    inner: Arc<Mutex<Inner>>,
}

/// Everything on a disk.
#[derive(Clone, Default)]
pub(crate) struct Image(Vec<(String, Vec<u8>)>);

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// It was killed: what it wrote stays.
    Killed,
    /// The power went: what was not synced may be lost, whole or in part.
    PowerCut,
}

#[derive(Default)]
struct Inner {
    files: Vec<File>,
    /// Names given to plain files and not yet on the disk for good: before, now.
    renamed: Vec<(String, String)>,
    /// Files opened before this number changed are of a process that is gone.
    generation: u64,
    /// Writes until the disk stops answering.
    left: Option<u32>,
    dead: bool,
    full: bool,
}

#[derive(Default)]
struct File {
    name: String,
    exists: bool,
    data: Vec<u8>,
    /// What was changed since the last sync, in order.
    pending: Vec<Change>,
    locks: locks::Locks,
    shared: Arc<locks::Shared>,
}

/// A change of a file, kept so that the power can take it: most are synced, and then it is just forgotten.
struct Change {
    what: What,
    /// How long the file was.
    length: usize,
    /// What stood where the change is, as far as the file went.
    before: Vec<u8>,
}

#[derive(Clone, Copy)]
enum What {
    /// So many bytes, from here.
    Write(usize, usize),
    /// Now it is so long.
    Length(usize),
}

/// Why the disk did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Full,
    Gone,
}

fn table() -> MutexGuard<'static, HashMap<String, Arc<Mutex<Inner>>>> {
    static TABLE: OnceLock<Mutex<HashMap<String, Arc<Mutex<Inner>>>>> = OnceLock::new();
    lock(TABLE.get_or_init(Mutex::default))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Disk {
    /// An empty disk.
    pub(crate) fn new() -> Result<Self, String> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        vfs::install()?;
        let name = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
        let inner = Arc::new(Mutex::new(Inner::default()));
        table().insert(name.clone(), Arc::clone(&inner));
        Ok(Self { name, inner })
    }

    /// A disk with this on it, all of it synced.
    pub(crate) fn of(image: &Image) -> Result<Self, String> {
        let disk = Self::new()?;
        disk.put(image);
        Ok(disk)
    }

    /// Under which path SQLite finds a file on it.
    pub(crate) fn path(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("{ROOT}{}/{file}", self.name))
    }

    /// Replaces everything on it. Whoever has files open has lost them.
    pub(crate) fn put(&self, image: &Image) {
        let mut inner = lock(&self.inner);
        let file =
            |(name, data): &(String, Vec<u8>)| File { name: name.clone(), exists: true, data: data.clone(), ..File::default() };
        *inner = Inner { files: image.0.iter().map(file).collect(), generation: inner.generation + 1, ..Inner::default() };
    }

    /// A copy of everything on it.
    pub(crate) fn image(&self) -> Image {
        let inner = lock(&self.inner);
        Image(inner.files.iter().filter(|file| file.exists).map(|file| (file.name.clone(), file.data.clone())).collect())
    }

    /// After so many more writes it stops answering: its owner dies in the middle of something.
    pub(crate) fn die_after(&self, writes: u32) {
        lock(&self.inner).left = Some(writes);
    }

    /// Whether it has stopped answering.
    pub(crate) fn is_dead(&self) -> bool {
        lock(&self.inner).dead
    }

    /// Whether it will still stop answering, as was said with [`Self::die_after`].
    pub(crate) fn is_counting(&self) -> bool {
        lock(&self.inner).left.is_some()
    }

    /// Whether no file may grow.
    pub(crate) fn set_full(&self, full: bool) {
        lock(&self.inner).full = full;
    }

    /// Whether no file may grow.
    pub(crate) fn is_full(&self) -> bool {
        lock(&self.inner).full
    }

    /// Its owner is gone, and it can be opened again.
    pub(crate) fn end(&self, end: End, rng: &mut StdRng) {
        let mut inner = lock(&self.inner);
        inner.generation += 1;
        (inner.left, inner.dead) = (None, false);
        let keep = if end == End::PowerCut { Some([0.0, 0.5, 0.9][rng.random_range(0..3)]) } else { None };
        inner.forget_renames(|| keep.is_some_and(|keep| !rng.random_bool(keep)));
        for file in &mut inner.files {
            (file.locks, file.shared) = Default::default();
            if let Some(keep) = keep {
                file.lose(keep, rng);
            }
            file.pending.clear();
        }
    }

    /// Every mark of a text that lies on it, with the file it is in.
    pub(crate) fn marks(&self) -> Vec<(u32, String)> {
        let inner = lock(&self.inner);
        let files = inner.files.iter().filter(|file| file.exists);
        files.flat_map(|file| marks_in(&file.data).into_iter().map(|mark| (mark, file.name.clone()))).collect()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        table().remove(&self.name);
    }
}

impl Inner {
    fn find(&mut self, name: &str, create: bool) -> Option<usize> {
        let at = match self.files.iter().position(|file| file.name == name) {
            Some(at) => at,
            None if create => {
                self.files.push(File { name: name.to_owned(), ..File::default() });
                self.files.len() - 1
            }
            None => return None,
        };
        self.files[at].exists |= create;
        self.files[at].exists.then_some(at)
    }

    fn write(&mut self, file: usize, at: usize, bytes: &[u8]) -> Result<(), Fault> {
        if self.full && at + bytes.len() > self.files[file].data.len() {
            return Err(Fault::Full);
        }
        let torn = self.last_breath();
        let bytes = if torn { &bytes[..bytes.len() / 2 / SECTOR * SECTOR] } else { bytes };
        if !torn && self.dead {
            return Err(Fault::Gone);
        }
        self.files[file].write(at, bytes);
        if torn { Err(Fault::Gone) } else { Ok(()) }
    }

    fn truncate(&mut self, file: usize, length: usize) -> Result<(), Fault> {
        self.alive()?;
        self.files[file].truncate(length);
        Ok(())
    }

    fn sync(&mut self, file: usize) -> Result<(), Fault> {
        self.alive()?;
        self.files[file].pending.clear();
        Ok(())
    }

    fn delete(&mut self, name: &str) -> Result<(), Fault> {
        self.alive()?;
        for file in self.files.iter_mut().filter(|file| file.name == name) {
            *file = File { name: name.to_owned(), ..File::default() };
        }
        Ok(())
    }

    /// Counts a change down; an error when the disk has stopped answering.
    fn alive(&mut self) -> Result<(), Fault> {
        if self.last_breath() || self.dead { Err(Fault::Gone) } else { Ok(()) }
    }

    /// Whether this very change is the last one, of which a part may still arrive.
    fn last_breath(&mut self) -> bool {
        let Some(left) = self.left.filter(|_| !self.dead) else {
            return false;
        };
        self.left = left.checked_sub(1);
        self.dead = left == 0;
        self.dead
    }
}

impl File {
    fn write(&mut self, at: usize, bytes: &[u8]) {
        self.note(What::Write(at, bytes.len()), at..at + bytes.len());
        overwrite(&mut self.data, at, bytes);
    }

    fn truncate(&mut self, length: usize) {
        self.note(What::Length(length), length..self.data.len());
        self.data.resize(length, 0);
    }

    fn note(&mut self, what: What, place: Range<usize>) {
        let length = self.data.len();
        let before = self.data.get(place.start..place.end.min(length)).unwrap_or_default().to_vec();
        self.pending.push(Change { what, length, before });
    }

    /// Of what was not synced, each sector stays with this likelihood.
    fn lose(&mut self, keep: f64, rng: &mut StdRng) {
        let changes: Vec<Change> = self.pending.drain(..).collect();
        let mut made: Vec<(What, Vec<u8>)> = changes.into_iter().rev().map(|change| self.undo(change)).collect();
        while let Some((what, bytes)) = made.pop() {
            match what {
                What::Write(at, _) => {
                    let sectors = bytes.chunks(SECTOR).enumerate();
                    for (n, sector) in sectors.filter(|_| rng.random_bool(keep)) {
                        overwrite(&mut self.data, at + n * SECTOR, sector);
                    }
                }
                // File systems keep the order of what changes a folder, and an emptied file counts as one.
                What::Length(length) if length == 0 || rng.random_bool(keep) => self.data.resize(length, 0),
                What::Length(_) => (),
            }
        }
    }

    /// The latest change never was. Gives what it had written.
    fn undo(&mut self, Change { what, length, before }: Change) -> (What, Vec<u8>) {
        let (at, written) = match what {
            What::Write(at, count) => (at, self.data[at..at + count].to_vec()),
            What::Length(now) => (now.min(length), Vec::new()),
        };
        self.data.resize(length, 0);
        overwrite(&mut self.data, at, &before);
        (what, written)
    }
}

fn overwrite(data: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    let end = at + bytes.len();
    if data.len() < end {
        data.resize(end, 0);
    }
    data[at..end].copy_from_slice(bytes);
}
