//! The one writing thread: runs queued jobs, several to a commit, each in a savepoint of its own.

use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::copier::Copier;
use super::news::News;
use super::turns::{Queued, Turns};
use super::{Ends, SqliteTx, empty_log, run as run_sql};
use crate::storage::{Done, Keep, Memo, StorageError, WriteJob};

/// The most jobs in one commit.
const GROUP_JOBS: usize = 256;

/// After so many changed rows a commit takes no further job, so that nobody waits long for a neighbour's large request.
const GROUP_CHANGES: u64 = 8_000;

/// While nobody waits for the commit, jobs of many parts go on in it until so many rows have changed: whoever comes then waits for
/// that much to become durable.
const PARTS_CHANGES: u64 = 400;

/// Works until the queue is closed and empty.
pub fn run(conn: &Connection, mut turns: Turns, memo: &Memo, news: &Mutex<News>, mut copier: Option<&mut Copier>) {
    // What was erased right before the last process died may still be in the log of changes.
    let erased = Cell::new(true);
    let mut took = Duration::ZERO;
    while let Some(first) = turns.first(took) {
        let began = Instant::now();
        let mut group = Group::new(conn, memo, news, &erased);
        let committed = group.run(first, &mut turns);
        if committed.is_err() {
            memo.clear();
        }
        if erased.get() {
            erased.set(!is_log_emptied(conn));
        }
        for (done, own) in group.answers {
            done(own.and(committed.clone()));
        }
        for (job, done) in group.unfinished {
            match &committed {
                Ok(()) => turns.goes_on((job, done)),
                Err(error) => done(Err(error.clone())),
            }
        }
        took = began.elapsed();
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
    /// Changed rows of this connection before the group.
    changes_before: u64,
    answers: Vec<(Done, Result<(), StorageError>)>,
    /// Jobs of which parts are in this group, and more is to come.
    unfinished: VecDeque<Queued>,
}

impl<'a> Group<'a> {
    fn new(conn: &'a Connection, memo: &'a Memo, news: &'a Mutex<News>, erased: &'a Cell<bool>) -> Self {
        let (ends, changes_before) = (Ends::default(), conn.total_changes());
        Self { conn, memo, news, ends, erased, changes_before, answers: Vec::new(), unfinished: VecDeque::new() }
    }

    fn run(&mut self, first: Queued, turns: &mut Turns) -> Result<(), StorageError> {
        if let Err(error) = self.batch("BEGIN IMMEDIATE") {
            self.answers.push((first.1, Ok(())));
            return Err(error);
        }
        let mut next = Some(first);
        while let Some((mut job, done)) = next {
            match self.job(&mut job) {
                Ok(Keep::More) => self.unfinished.push_back((job, done)),
                own => self.answers.push((done, own.map(|_| ()))),
            }
            if self.conn.is_autocommit() {
                // A full disk, among others, makes SQLite undo the whole transaction by itself.
                return Err(self.answers.last().and_then(|(_, own)| own.clone().err()).unwrap_or(StorageError::Full));
            }
            next = self.next(turns);
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

    /// What else belongs into this commit: whoever waits, and as long as nobody does, further parts.
    fn next(&mut self, turns: &mut Turns) -> Option<Queued> {
        let changes = self.conn.total_changes() - self.changes_before;
        if self.answers.len() >= GROUP_JOBS || changes >= GROUP_CHANGES {
            return None;
        }
        if let Some(queued) = turns.next() {
            return Some(queued);
        }
        if !self.answers.is_empty() || changes >= PARTS_CHANGES {
            return None;
        }
        turns.part().or_else(|| self.unfinished.pop_front())
    }

    fn job(&self, job: &mut WriteJob) -> Result<Keep, StorageError> {
        self.batch("SAVEPOINT job")?;
        let (ends, erased) = (&self.ends, self.erased);
        let mut tx = SqliteTx { conn: self.conn, memo: self.memo, news: self.news, ends, erased, writing: true };
        let (keep, own) = match catch_unwind(AssertUnwindSafe(|| job(&mut tx))) {
            Ok(keep) => (keep, Ok(keep)),
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
