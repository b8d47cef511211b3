//! The disks of the simulation as an SQLite VFS, so that the real stores run on them unchanged.
#![allow(unsafe_code, reason = "SQLite asks for a table of C functions; every pointer it hands over is its own")]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::atomic::{Ordering, fence};
use std::sync::{Arc, Mutex, OnceLock};

use rusqlite::ffi;

use super::locks::{Held, Locks, Shared};
use super::{Fault, Inner, ROOT, lock, table};

/// A file as SQLite holds it.
#[repr(C)]
struct Handle {
    base: ffi::sqlite3_file,
    open: *mut Open,
}

struct Open {
    disk: Arc<Mutex<Inner>>,
    generation: u64,
    file: usize,
    level: c_int,
    index: Option<Arc<Shared>>,
    held: Held,
}

/// Makes these disks the place where SQLite keeps every file of this process.
pub(super) fn install() -> Result<(), String> {
    static DONE: OnceLock<Result<(), String>> = OnceLock::new();
    DONE.get_or_init(register).clone()
}

fn register() -> Result<(), String> {
    // SAFETY: initialising is idempotent, and the default VFS lives as long as the process. Ours is leaked, so it does too.
    // Counting every byte it allocates under one lock would make the threads of the simulation wait for each other.
    unsafe {
        ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0);
        ffi::sqlite3_initialize();
        let usual = ffi::sqlite3_vfs_find(std::ptr::null());
        if usual.is_null() {
            return Err("SQLite has no default VFS".into());
        }
        let ours = Box::leak(Box::new(*usual));
        ours.iVersion = 2;
        ours.szOsFile = size_of::<Handle>() as c_int;
        ours.pNext = std::ptr::null_mut();
        ours.zName = c"memory-disks".as_ptr();
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        ours.xAccess = Some(access);
        ours.xFullPathname = Some(full_pathname);
        match ffi::sqlite3_vfs_register(ours, 1) {
            ffi::SQLITE_OK => Ok(()),
            code => Err(format!("the VFS was refused: {code}")),
        }
    }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(acquire),
    xUnlock: Some(release),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Disk and file of a path; none when it is on none of our disks.
fn resolve(path: &str) -> Option<(Arc<Mutex<Inner>>, &str)> {
    let (disk, file) = path.strip_prefix(ROOT)?.split_once('/')?;
    Some((Arc::clone(table().get(disk)?), file))
}

unsafe fn text<'a>(path: *const c_char) -> Option<&'a str> {
    if path.is_null() {
        return None;
    }
    // SAFETY: SQLite hands over a string that ends in a zero and outlives the call.
    unsafe { CStr::from_ptr(path) }.to_str().ok()
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    path: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: `file` has room for a `Handle` (szOsFile), `out_flags` is null or writable.
    unsafe {
        (*file).pMethods = std::ptr::null();
        let (disk, name) = match text(path) {
            Some(path) => match resolve(path) {
                Some(found) => found,
                None => return ffi::SQLITE_CANTOPEN,
            },
            // A temporary file gets a disk of its own.
            None => (Arc::default(), "temporary"),
        };
        let mut inner = lock(&disk);
        let create = flags & ffi::SQLITE_OPEN_CREATE != 0 || path.is_null();
        let Some(at) = inner.find(name, create).filter(|_| !inner.dead) else {
            return ffi::SQLITE_CANTOPEN;
        };
        let generation = inner.generation;
        drop(inner);
        let opened = Open { disk, generation, file: at, level: 0, index: None, held: Held::default() };
        file.cast::<Handle>()
            .write(Handle { base: ffi::sqlite3_file { pMethods: &raw const METHODS }, open: Box::into_raw(Box::new(opened)) });
        if !out_flags.is_null() {
            *out_flags = flags;
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, path: *const c_char, _: c_int) -> c_int {
    // SAFETY: a path from SQLite.
    let Some((disk, name)) = unsafe { text(path) }.and_then(resolve) else {
        return ffi::SQLITE_IOERR_DELETE;
    };
    code(lock(&disk).delete(name), ffi::SQLITE_IOERR_DELETE)
}

unsafe extern "C" fn access(_: *mut ffi::sqlite3_vfs, path: *const c_char, _: c_int, found: *mut c_int) -> c_int {
    // SAFETY: a path from SQLite, and a place for the answer.
    unsafe {
        *found = text(path).and_then(resolve).is_some_and(|(disk, name)| lock(&disk).find(name, false).is_some()).into();
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_pathname(_: *mut ffi::sqlite3_vfs, path: *const c_char, room: c_int, out: *mut c_char) -> c_int {
    // SAFETY: `out` has `room` bytes; the string with its zero is copied only when it fits.
    unsafe {
        let bytes = CStr::from_ptr(path).to_bytes_with_nul();
        if bytes.len() > room as usize {
            return ffi::SQLITE_CANTOPEN;
        }
        out.copy_from_nonoverlapping(bytes.as_ptr().cast(), bytes.len());
    }
    ffi::SQLITE_OK
}

fn code(done: Result<(), Fault>, gone: c_int) -> c_int {
    match done {
        Ok(()) => ffi::SQLITE_OK,
        Err(Fault::Full) => ffi::SQLITE_FULL,
        Err(Fault::Gone) => gone,
    }
}

/// What SQLite holds, when its process still lives.
unsafe fn opened<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Open {
    // SAFETY: SQLite passes what `open` filled in, to one call at a time.
    unsafe { &mut *(*file.cast::<Handle>()).open }
}

impl Open {
    fn with<T>(&self, use_it: impl FnOnce(&mut Inner) -> T) -> Option<T> {
        let mut inner = lock(&self.disk);
        if inner.generation == self.generation { Some(use_it(&mut inner)) } else { None }
    }

    fn locks(&mut self, change: impl FnOnce(&mut Locks, &mut c_int) -> c_int) -> c_int {
        let mut level = self.level;
        let result = self.with(|inner| change(&mut inner.files[self.file].locks, &mut level));
        self.level = level;
        result.unwrap_or(ffi::SQLITE_IOERR_LOCK)
    }

    /// The shared index, as long as nobody took the disk away.
    fn index(&mut self) -> Option<Arc<Shared>> {
        if self.index.is_none() {
            self.index = self.with(|inner| Arc::clone(&inner.files[self.file].shared));
        }
        self.index.clone()
    }

    fn leave_slots(&mut self) {
        if let Some(index) = self.index.take() {
            index.leave(&mut self.held);
        }
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: the last use of what `open` made.
    unsafe {
        release(file, ffi::SQLITE_LOCK_NONE);
        opened(file).leave_slots();
        drop(Box::from_raw((*file.cast::<Handle>()).open));
        (*file).pMethods = std::ptr::null();
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, length: c_int, at: ffi::sqlite3_int64) -> c_int {
    // SAFETY: `to` has `length` bytes.
    unsafe {
        let to = std::slice::from_raw_parts_mut(to.cast::<u8>(), length as usize);
        let (open, at) = (opened(file), at as usize);
        let copied = open.with(|inner| {
            let data = &inner.files[open.file].data;
            let part = data.get(at..(at + to.len()).min(data.len())).unwrap_or_default();
            to[..part.len()].copy_from_slice(part);
            part.len()
        });
        match copied {
            None => ffi::SQLITE_IOERR_READ,
            Some(copied) if copied < to.len() => {
                to[copied..].fill(0);
                ffi::SQLITE_IOERR_SHORT_READ
            }
            Some(_) => ffi::SQLITE_OK,
        }
    }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, length: c_int, at: ffi::sqlite3_int64) -> c_int {
    // SAFETY: `from` has `length` bytes.
    unsafe {
        let from = std::slice::from_raw_parts(from.cast::<u8>(), length as usize);
        let open = opened(file);
        let done = open.with(|inner| inner.write(open.file, at as usize, from)).unwrap_or(Err(Fault::Gone));
        code(done, ffi::SQLITE_IOERR_WRITE)
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    // SAFETY: as in `opened`.
    let open = unsafe { opened(file) };
    let done = open.with(|inner| inner.truncate(open.file, length as usize)).unwrap_or(Err(Fault::Gone));
    code(done, ffi::SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: as in `opened`.
    let open = unsafe { opened(file) };
    let done = open.with(|inner| inner.sync(open.file)).unwrap_or(Err(Fault::Gone));
    code(done, ffi::SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, length: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: `length` is a place for the answer.
    unsafe {
        let open = opened(file);
        let Some(found) = open.with(|inner| inner.files[open.file].data.len()) else {
            return ffi::SQLITE_IOERR_FSTAT;
        };
        *length = found as ffi::sqlite3_int64;
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn acquire(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    // SAFETY: as in `opened`.
    unsafe { opened(file) }.locks(|locks, level| locks.acquire(level, wanted))
}

unsafe extern "C" fn release(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    // SAFETY: as in `opened`.
    unsafe { opened(file) }.locks(|locks, level| locks.release(level, wanted))
}

unsafe extern "C" fn check_reserved(file: *mut ffi::sqlite3_file, found: *mut c_int) -> c_int {
    // SAFETY: `found` is a place for the answer.
    unsafe {
        let open = opened(file);
        *found = open.with(|inner| inner.files[open.file].locks.is_reserved()).unwrap_or(false).into();
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    super::SECTOR as c_int
}

/// As SQLite assumes of every disk: a torn write harms only what was written.
unsafe extern "C" fn characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    length: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: `out` is a place for the answer; a region is never freed while somebody holds the index.
    unsafe {
        *out = std::ptr::null_mut();
        let Some(index) = opened(file).index() else {
            return ffi::SQLITE_IOERR_SHMMAP;
        };
        let length = (extend != 0).then_some(length as usize);
        if let Some(region) = index.region(region as usize, length) {
            *out = region.cast();
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_lock(file: *mut ffi::sqlite3_file, first: c_int, count: c_int, flags: c_int) -> c_int {
    // SAFETY: as in `opened`.
    let open = unsafe { opened(file) };
    let Some(index) = open.index() else {
        return ffi::SQLITE_IOERR_SHMLOCK;
    };
    index.lock(&mut open.held, first, count, flags)
}

unsafe extern "C" fn shm_barrier(_: *mut ffi::sqlite3_file) {
    fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, remove: c_int) -> c_int {
    // SAFETY: as in `opened`.
    let open = unsafe { opened(file) };
    open.leave_slots();
    if remove != 0 {
        open.with(|inner| inner.files[open.file].shared = Arc::default());
    }
    ffi::SQLITE_OK
}
