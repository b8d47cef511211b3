//! Looking after the file: is it sound, and a copy of it.

use std::path::Path;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::{Store, StoreError, lock};

/// Pages copied at once.
const PAGES: i32 = 1_000;

impl Store {
    /// What is wrong with the database, in English; nothing when it is sound: its pages hold together, and the views are what
    /// the facts add up to (they are rebuilt on the way).
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut findings = self.damage()?;
        let before = self.read(|tx| tx.dump_views())?;
        self.rebuild()?;
        if self.read(|tx| tx.dump_views())? != before {
            findings.push("the views were not what the facts add up to; they were rebuilt".into());
        }
        Ok(findings)
    }

    /// On a connection of its own: one that read before another wrote still knows the old shape of the search index, and would
    /// call the new one damaged.
    fn damage(&self) -> Result<Vec<String>, StoreError> {
        let fresh = super::connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = fresh.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Copies the database as it is now to a new file.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let from = lock(&self.writer);
        let mut to = Connection::open(path)?;
        Backup::new(&from, &mut to)?.run_to_completion(PAGES, std::time::Duration::ZERO, None)?;
        Ok(())
    }
}
