//! The one writing thread: runs queued jobs in order, several to a commit, each in a savepoint of its own.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use rusqlite::Connection;

use super::copier::Copier;
use super::news::News;
use super::{Ends, SqliteTx, empty_log, run as run_sql};
use crate::storage::{Done, Keep, Memo, StorageError, WriteJob};

/// The most jobs in one commit.
const GROUP_JOBS: usize = 256;

/// After so many changed rows a commit takes no further job, so that nobody waits long for a neighbour's large request.
const GROUP_CHANGES: u64 = 8_000;

type Queued = (WriteJob, Done);

/// Works until the queue is closed and empty.
pub fn run(conn: &Connection, queue: &Receiver<Queued>, memo: &Memo, news: &Mutex<News>, mut copier: Option<&mut Copier>) {
    // What was erased right before the last process died may still be in the log of changes.
    let erased = Cell::new(true);
    while let Ok(first) = queue.recv() {
        let mut group = Group { conn, memo, news, ends: Ends::default(), erased: &erased, answers: Vec::new() };
        let committed = group.run(first, queue);
        if committed.is_err() {
            memo.clear();
        }
        if erased.get() {
            erased.set(!is_log_emptied(conn));
        }
        for (done, own) in group.answers {
            done(own.and(committed.clone()));
        }
        if let Some(copier) = &mut copier {
            copier.written(conn.total_changes());
        }
    }
}

/// While somebody reads, or the disk is full, it stays to be done after the next commit.
fn is_log_emptied(conn: &Connection) -> bool {
    empty_log(conn, Duration::ZERO).unwrap_or_else(|error| {
        tracing::warn!(%error, "what was erased is still in the log of changes");
        false
    })
}

struct Group<'a> {
    conn: &'a Connection,
    memo: &'a Memo,
    news: &'a Mutex<News>,
    ends: Ends,
    erased: &'a Cell<bool>,
    answers: Vec<(Done, Result<(), StorageError>)>,
}

impl Group<'_> {
    fn run(&mut self, first: Queued, queue: &Receiver<Queued>) -> Result<(), StorageError> {
        if let Err(error) = self.batch("BEGIN IMMEDIATE") {
            self.answers.push((first.1, Ok(())));
            return Err(error);
        }
        let changes_before = self.conn.total_changes();
        let mut yielded = false;
        let mut next = Some(first);
        while let Some((job, done)) = next {
            let own = self.job(job);
            self.answers.push((done, own));
            if self.conn.is_autocommit() {
                // A full disk, among others, makes SQLite undo the whole transaction by itself.
                return Err(self.answers.last().and_then(|(_, own)| own.clone().err()).unwrap_or(StorageError::Full));
            }
            let room = self.answers.len() < GROUP_JOBS && self.conn.total_changes() - changes_before < GROUP_CHANGES;
            next = if room { queue.try_recv().ok() } else { None };
            if room && next.is_none() && !std::mem::replace(&mut yielded, true) {
                // Requests that are being read right now join in; nobody waits for ones that may never come.
                std::thread::yield_now();
                next = queue.try_recv().ok();
            }
        }
        if fieldbook_model::planted!(AckBeforeCommit) {
            self.answers.drain(..).for_each(|(done, own)| done(own));
        }
        let committed = self.batch("COMMIT");
        if committed.is_err() && !self.conn.is_autocommit() {
            // The error that matters is the commit's.
            let _ = self.batch("ROLLBACK");
        }
        committed
    }

    fn job(&self, job: WriteJob) -> Result<(), StorageError> {
        self.batch("SAVEPOINT job")?;
        let (ends, erased) = (&self.ends, self.erased);
        let mut tx = SqliteTx { conn: self.conn, memo: self.memo, news: self.news, ends, erased, writing: true };
        let (keep, own) = match catch_unwind(AssertUnwindSafe(|| job(&mut tx))) {
            Ok(keep) => (keep, Ok(())),
            Err(panic) => (Keep::No, Err(StorageError::Stopped(said(panic.as_ref())))),
        };
        if keep == Keep::No {
            self.ends.forget();
            self.memo.clear();
            if !self.conn.is_autocommit() {
                self.batch("ROLLBACK TO job")?;
            }
        }
        if !self.conn.is_autocommit() {
            self.batch("RELEASE job")?;
        }
        own
    }

    fn batch(&self, sql: &str) -> Result<(), StorageError> {
        run_sql(self.conn, sql)
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".into())
}
