//! Who may read or write a database file at a time, and the index of a write-ahead log, which all connections share: by the rules of
//! SQLite, in its numbers.

use std::ffi::c_int;
use std::sync::Mutex;

use rusqlite::ffi;

use super::lock;

/// Slots of the lock on the shared index of a write-ahead log.
const SLOTS: usize = ffi::SQLITE_SHM_NLOCK as usize;

/// The locks of a rollback journal on one file.
#[derive(Default)]
pub(super) struct Locks {
    shared: u32,
    reserved: bool,
    exclusive: bool,
}

impl Locks {
    /// Raises what a connection has from `level` to what it wants, unless others stand in the way.
    pub fn acquire(&mut self, level: &mut c_int, wanted: c_int) -> c_int {
        if *level >= wanted {
            return ffi::SQLITE_OK;
        }
        let others_write = (self.reserved && *level < ffi::SQLITE_LOCK_RESERVED) || self.exclusive;
        if *level == ffi::SQLITE_LOCK_NONE {
            if self.exclusive {
                return ffi::SQLITE_BUSY;
            }
            self.shared += 1;
            *level = ffi::SQLITE_LOCK_SHARED;
        }
        if wanted == ffi::SQLITE_LOCK_SHARED {
            return ffi::SQLITE_OK;
        }
        if others_write || (wanted == ffi::SQLITE_LOCK_EXCLUSIVE && self.shared > 1) {
            return ffi::SQLITE_BUSY;
        }
        self.reserved = true;
        self.exclusive = wanted == ffi::SQLITE_LOCK_EXCLUSIVE;
        *level = wanted;
        ffi::SQLITE_OK
    }

    /// Lowers what a connection has.
    pub fn release(&mut self, level: &mut c_int, wanted: c_int) -> c_int {
        if *level > ffi::SQLITE_LOCK_SHARED {
            (self.reserved, self.exclusive) = (false, false);
        }
        if wanted == ffi::SQLITE_LOCK_NONE && *level > wanted {
            self.shared -= 1;
        }
        *level = wanted.min(*level);
        ffi::SQLITE_OK
    }

    pub fn is_reserved(&self) -> bool {
        self.reserved
    }
}

/// The index of a write-ahead log, which all connections share.
#[derive(Default)]
pub(super) struct Shared(Mutex<Index>);

#[derive(Default)]
struct Index {
    /// Boxed slices never move, so SQLite may keep pointers into them.
    regions: Vec<Box<[u64]>>,
    /// Readers per slot; -1 for one writer.
    slots: [i32; SLOTS],
}

/// The slots that one connection holds, a bit for each.
#[derive(Default)]
pub(super) struct Held {
    reads: u32,
    writes: u32,
}

impl Shared {
    /// Where a region lies. Made, with this many bytes, when it is not there yet and a length is given.
    pub fn region(&self, region: usize, length: Option<usize>) -> Option<*mut u64> {
        let mut index = lock(&self.0);
        if let Some(length) = length {
            while index.regions.len() <= region {
                index.regions.push(vec![0; length / size_of::<u64>()].into_boxed_slice());
            }
        }
        index.regions.get_mut(region).map(|region| region.as_mut_ptr())
    }

    /// Takes or gives back slots, as the flags say.
    pub fn lock(&self, held: &mut Held, first: c_int, count: c_int, flags: c_int) -> c_int {
        let mut index = lock(&self.0);
        if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
            index.give_back(held, first, count);
            return ffi::SQLITE_OK;
        }
        let slots = &mut index.slots[first as usize..(first + count) as usize];
        let mask = mask(first, count);
        if flags & ffi::SQLITE_SHM_EXCLUSIVE != 0 {
            let own = |bit: c_int| i32::from(held.reads & (1 << bit) != 0);
            if slots.iter().zip(first..).any(|(slot, bit)| *slot != own(bit)) {
                return ffi::SQLITE_BUSY;
            }
            slots.fill(-1);
            held.writes |= mask;
        } else if held.reads & mask == 0 {
            if slots.iter().any(|slot| *slot < 0) {
                return ffi::SQLITE_BUSY;
            }
            slots.iter_mut().for_each(|slot| *slot += 1);
            held.reads |= mask;
        }
        ffi::SQLITE_OK
    }

    /// The connection is gone, and what it held is free.
    pub fn leave(&self, held: &mut Held) {
        lock(&self.0).give_back(held, 0, SLOTS as c_int);
    }
}

impl Index {
    fn give_back(&mut self, held: &mut Held, first: c_int, count: c_int) {
        for (slot, bit) in self.slots[first as usize..(first + count) as usize].iter_mut().zip(first..) {
            if held.writes & (1 << bit) != 0 {
                *slot = 0;
            } else if held.reads & (1 << bit) != 0 {
                *slot -= 1;
            }
        }
        held.writes &= !mask(first, count);
        held.reads &= !mask(first, count);
    }
}

fn mask(first: c_int, count: c_int) -> u32 {
    ((1 << count) - 1) << first
}
