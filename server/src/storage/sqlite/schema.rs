//! The tables, numbered by version, and the runner that brings an older database up to date.

use rusqlite::Connection;

use super::failed;
use crate::storage::StorageError;

/// The version this program writes.
pub const VERSION: i64 = STEPS.len() as i64;

/// Step `n` brings a database of version `n` to version `n + 1`. A step that was released never changes.
const STEPS: &[&str] = &[VERSION_1];

/// Ids of writers are 64-bit numbers stored as SQLite's signed ones. `root`, `private` and `channel` are small keys: the order
/// of a fact, and the number of a channel.
const VERSION_1: &str = "
CREATE TABLE facts (
    ord INTEGER PRIMARY KEY,
    writer INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    root INTEGER NOT NULL REFERENCES facts (ord),
    content BLOB,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    private INTEGER,
    organisation INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    late INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX facts_by_id ON facts (writer, seq);
CREATE INDEX facts_by_root ON facts (root) WHERE root <> ord;
CREATE INDEX facts_about_the_organisation ON facts (ord) WHERE organisation = 1;
CREATE INDEX facts_private ON facts (private, root) WHERE private IS NOT NULL;

CREATE TABLE refusals (
    writer INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    code INTEGER NOT NULL,
    root_writer INTEGER NOT NULL,
    root_seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (writer, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (
    writer INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    content BLOB NOT NULL,
    hash BLOB NOT NULL,
    root_writer INTEGER NOT NULL,
    root_seq INTEGER NOT NULL,
    PRIMARY KEY (writer, seq)
) STRICT;
CREATE INDEX held_by_root ON held (root_writer, root_seq);

CREATE TABLE aliases (
    old_writer INTEGER NOT NULL,
    old_seq INTEGER NOT NULL,
    new_writer INTEGER NOT NULL,
    new_seq INTEGER NOT NULL,
    PRIMARY KEY (old_writer, old_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE offered (
    writer INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ord INTEGER NOT NULL,
    content BLOB NOT NULL,
    by INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (writer, seq)
) STRICT;

CREATE TABLE root_channels (
    root INTEGER NOT NULL REFERENCES facts (ord),
    channel INTEGER NOT NULL,
    PRIMARY KEY (root, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX root_channels_by_channel ON root_channels (channel, root);

CREATE TABLE feed (
    pos INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    op INTEGER NOT NULL,
    ord INTEGER NOT NULL
) STRICT;
CREATE INDEX feed_by_channel ON feed (channel, pos, op, ord);

CREATE TABLE channel_sets (
    id INTEGER PRIMARY KEY,
    channels BLOB NOT NULL
) STRICT;

CREATE TABLE devices (
    writer INTEGER PRIMARY KEY,
    person_writer INTEGER NOT NULL,
    person_seq INTEGER NOT NULL,
    name TEXT NOT NULL,
    label TEXT NOT NULL UNIQUE,
    state INTEGER NOT NULL,
    token BLOB NOT NULL UNIQUE,
    next_token BLOB UNIQUE,
    enrolled_at INTEGER NOT NULL,
    last_seen INTEGER,
    skew INTEGER NOT NULL,
    schema INTEGER NOT NULL
) STRICT;

CREATE TABLE invites (
    code BLOB PRIMARY KEY,
    person_writer INTEGER NOT NULL,
    person_seq INTEGER NOT NULL,
    typed INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    source TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_time ON attempts (at);

CREATE TABLE epochs (
    n INTEGER PRIMARY KEY,
    writer INTEGER NOT NULL UNIQUE,
    base_order INTEGER NOT NULL,
    base_pos INTEGER NOT NULL,
    began_at INTEGER NOT NULL
) STRICT;

CREATE TABLE blobs (
    hash BLOB PRIMARY KEY,
    offset INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE photos (
    hash BLOB NOT NULL,
    ord INTEGER NOT NULL REFERENCES facts (ord),
    PRIMARY KEY (hash, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Brings the database to [`VERSION`], each step in a transaction of its own. A newer database is left alone.
pub fn upgrade(conn: &mut Connection) -> Result<(), StorageError> {
    loop {
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let found: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failed)?;
        if found > VERSION {
            return Err(StorageError::Newer { found, known: VERSION });
        }
        let step = usize::try_from(found).ok().and_then(|found| STEPS.get(found));
        let Some(step) = step else {
            return Ok(());
        };
        tx.execute_batch(step).map_err(failed)?;
        tx.pragma_update(None, "user_version", found + 1).map_err(failed)?;
        tx.commit().map_err(failed)?;
    }
}
