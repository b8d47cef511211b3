//! Plain files on the disks of the simulation, for photos: each step counts as a change, and can be the last one.

use std::io;
use std::path::Path;

use fieldbook_device::photo::PhotoDisk;

use super::{Disk, Fault, File, Inner, ROOT, lock};

impl PhotoDisk for Disk {
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let name = self.name_of(path)?;
        let mut inner = lock(&self.inner);
        inner.alive()?;
        if inner.find(name, false).is_some() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let file = inner.find(name, true).ok_or(io::ErrorKind::NotFound)?;
        inner.write(file, 0, bytes)?;
        Ok(inner.sync(file)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (self.name_of(from)?, self.name_of(to)?);
        let mut inner = lock(&self.inner);
        inner.rename(from, to)?;
        inner.alive()?;
        inner.renamed.clear();
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Ok(lock(&self.inner).delete(self.name_of(path)?)?)
    }
}

impl Disk {
    /// What is in a file; none when there is none of this name.
    pub(crate) fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let mut inner = lock(&self.inner);
        let file = inner.find(self.name_of(path).ok()?, false)?;
        Some(inner.files[file].data.clone())
    }

    fn name_of<'p>(&self, path: &'p Path) -> io::Result<&'p str> {
        let name = path.to_str().and_then(|path| path.strip_prefix(ROOT)?.strip_prefix(&*self.name)?.strip_prefix('/'));
        name.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Inner {
    /// The new name is on the disk for good only after one more change.
    fn rename(&mut self, from: &str, to: &str) -> Result<(), Fault> {
        self.alive()?;
        self.take_name(from, to);
        self.renamed.push((from.to_owned(), to.to_owned()));
        Ok(())
    }

    /// Takes back, with the power, a name that was not on the disk for good.
    pub(super) fn forget_renames(&mut self, mut is_lost: impl FnMut() -> bool) {
        for (from, to) in std::mem::take(&mut self.renamed) {
            if is_lost() {
                self.take_name(&to, &from);
            }
        }
    }

    fn take_name(&mut self, from: &str, to: &str) {
        // Files are named after what is in them, so one that had the name before was the same.
        for file in self.files.iter_mut().filter(|file| file.name == to) {
            *file = File::default();
        }
        for file in self.files.iter_mut().filter(|file| file.name == from) {
            to.clone_into(&mut file.name);
        }
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Full => io::ErrorKind::StorageFull.into(),
            Fault::Gone => Self::other("the disk does not answer"),
        }
    }
}
