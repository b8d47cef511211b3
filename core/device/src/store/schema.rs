//! The tables: the current schema at the top, one upgrade step per version below.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// The schema this version writes, kept in `user_version`.
pub(crate) const VERSION: u32 = 2;

/// What is kept for good. `facts.id` is `writers.no << 40 | sequence`, and every other column that names a fact holds the
/// same number, also for facts that are not here (yet).
const KEPT: &str = "
CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
INSERT INTO meta(key, value) VALUES('docs', 0);

CREATE TABLE writers(no INTEGER PRIMARY KEY, id INTEGER NOT NULL UNIQUE) STRICT;

-- Who writes here. `next_seq` only grows, also over facts that were undone.
CREATE TABLE account(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  writer INTEGER NOT NULL, person INTEGER NOT NULL, label TEXT NOT NULL,
  next_seq INTEGER NOT NULL, next_receipt INTEGER NOT NULL
) STRICT;

-- `content` is NULL once erased. `state`: see FactState. `root` is what the fact says; when another root
-- `repairs` it, its work goes on under that one, which is resolved when folding. `saved_at` is this phone's clock, for own facts only.
CREATE TABLE facts(
  id INTEGER PRIMARY KEY, root INTEGER NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL,
  ord INTEGER, saved_at INTEGER, repairs INTEGER, hash BLOB NOT NULL, content BLOB
) STRICT;
CREATE INDEX facts_root ON facts(root);
CREATE INDEX facts_unconfirmed ON facts(state, id) WHERE ord IS NULL;
CREATE INDEX facts_order ON facts(ord) WHERE ord IS NOT NULL;
CREATE INDEX facts_repairs ON facts(repairs) WHERE repairs IS NOT NULL;
CREATE INDEX facts_reference ON facts(root) WHERE kind < 20 AND kind NOT IN (12, 13);

-- Facts that an erasure names, so that one which comes later comes without its content; with its hash where it is known, because a
-- phone that was put back gives numbers out again.
CREATE TABLE erased(fact INTEGER PRIMARY KEY, hash BLOB) STRICT;

CREATE TABLE refusals(fact INTEGER PRIMARY KEY, code INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;

-- `first` to `last` are the facts it became; the row then waits for the end of the undo window.
CREATE TABLE drafts(
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, step TEXT NOT NULL, body BLOB NOT NULL,
  started INTEGER NOT NULL, updated INTEGER NOT NULL, first INTEGER, last INTEGER
) STRICT;
CREATE INDEX drafts_first ON drafts(first) WHERE first IS NOT NULL;
CREATE TABLE draft_photos(
  draft INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE, hash BLOB NOT NULL, path TEXT NOT NULL,
  PRIMARY KEY(draft, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_photos_hash ON draft_photos(hash);

-- Photo files, one row per picture however often it is attached. `state`: see BlobState.
CREATE TABLE blobs(
  hash BLOB PRIMARY KEY, path TEXT, bytes INTEGER NOT NULL, state INTEGER NOT NULL, sent_offset INTEGER NOT NULL DEFAULT 0,
  preview_sent INTEGER NOT NULL DEFAULT 0, confirmed_at INTEGER, of_fact INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX blobs_state ON blobs(state);
-- Photo files that nothing names any more, deleted right after the commit or at the next start.
CREATE TABLE doomed(path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What the person should hear about once: something was restored, came back, was dropped.
CREATE TABLE notices(
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, subject INTEGER, count INTEGER NOT NULL DEFAULT 1, at INTEGER NOT NULL
) STRICT;

-- Sync: facts to ask for by name, facts of others to offer to a restored office, own facts taken in late, what a person must
-- look at (see sync::Trouble).
CREATE TABLE wanted(fact INTEGER PRIMARY KEY) STRICT;
CREATE TABLE to_offer(fact INTEGER PRIMARY KEY, ord INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE late(fact INTEGER PRIMARY KEY) STRICT;
CREATE TABLE troubles(
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, subject INTEGER, detail TEXT NOT NULL, at INTEGER NOT NULL,
  UNIQUE (kind, subject, detail)
) STRICT;
";

/// What is folded from the facts and can be dropped and built again. `cases.doc` is the row of `search`, in order of
/// arrival. `{p}` is empty for the living views and `next_` for
/// those being rebuilt.
const VIEWS: &str = "
CREATE TABLE {p}cases(
  root INTEGER PRIMARY KEY, kind INTEGER NOT NULL, unit INTEGER NOT NULL, state INTEGER NOT NULL, open INTEGER NOT NULL,
  sort INTEGER NOT NULL, day INTEGER NOT NULL, time INTEGER NOT NULL, due INTEGER, urgency INTEGER, sub_kind INTEGER,
  flags INTEGER NOT NULL, photos INTEGER NOT NULL, receipt TEXT, title TEXT NOT NULL, words INTEGER NOT NULL,
  done_day INTEGER, doc INTEGER NOT NULL
) STRICT;
CREATE TABLE {p}follow_ups(
  root INTEGER NOT NULL, fact INTEGER NOT NULL, unit INTEGER NOT NULL, month INTEGER NOT NULL, done INTEGER NOT NULL,
  done_day INTEGER, owner INTEGER, text TEXT NOT NULL, PRIMARY KEY(root, fact)
) STRICT, WITHOUT ROWID;
CREATE TABLE {p}photos(
  root INTEGER NOT NULL, fact INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(root, fact)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE {p}search USING fts5(norm, fold, tokenize = 'unicode61 remove_diacritics 0', prefix = '3');
INSERT INTO {p}search({p}search, rank) VALUES('secure-delete', 1);
";

/// Made after the rows of a rebuild, which is quicker and leaves the names free meanwhile.
const VIEW_INDEXES: &str = "
CREATE UNIQUE INDEX cases_doc ON cases(doc);
CREATE INDEX cases_list ON cases(kind, sort DESC);
CREATE INDEX cases_open_list ON cases(kind, open, sort DESC);
CREATE INDEX cases_unit ON cases(unit, kind, day);
CREATE INDEX cases_due ON cases(due) WHERE open = 1 AND due IS NOT NULL;
CREATE INDEX cases_flags ON cases(flags) WHERE flags & 18 != 0;
CREATE INDEX cases_returned ON cases(state) WHERE state = 15;
CREATE INDEX cases_receipt ON cases(receipt) WHERE receipt IS NOT NULL;
CREATE INDEX follow_ups_fact ON follow_ups(fact);
CREATE INDEX follow_ups_open ON follow_ups(unit, month) WHERE done = 0;
CREATE INDEX photos_hash ON photos(hash);
";

const VIEW_NAMES: [&str; 4] = ["cases", "follow_ups", "photos", "search"];

/// Step `n` leads from version `n + 1` to `n + 2`. Version 1 is the first that left the house.
const UPGRADES: [&str; (VERSION - 1) as usize] = ["ALTER TABLE erased ADD COLUMN hash BLOB"];

/// Brings a database to [`VERSION`] in one transaction. Errors with [`StoreError::Newer`], having written nothing, when
/// it is beyond that.
pub(crate) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found > VERSION {
        return Err(StoreError::Newer { found, known: VERSION });
    }
    if found == VERSION {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if found == 0 {
        tx.execute_batch(KEPT)?;
        create_views(&tx, "")?;
        tx.execute_batch(VIEW_INDEXES)?;
        super::meta::set(&tx, super::meta::FOLD_VERSION, super::rebuild::FOLD_VERSION)?;
    } else {
        for step in UPGRADES.iter().skip(found as usize - 1) {
            tx.execute_batch(step)?;
        }
    }
    tx.pragma_update(None, "user_version", VERSION)?;
    Ok(tx.commit()?)
}

/// The version a database says it has; 0 for an empty file.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Empty views beside the living ones.
pub(crate) fn create_next(connection: &Connection) -> Result<(), StoreError> {
    drop_views(connection, "next_")?;
    create_views(connection, "next_")
}

/// Puts the rebuilt views in the place of the living ones.
pub(crate) fn swap(connection: &Connection) -> Result<(), StoreError> {
    drop_views(connection, "")?;
    for name in VIEW_NAMES {
        connection.execute_batch(&format!("ALTER TABLE next_{name} RENAME TO {name}"))?;
    }
    Ok(connection.execute_batch(VIEW_INDEXES)?)
}

/// Gives up a rebuild.
pub(crate) fn drop_next(connection: &Connection) -> Result<(), StoreError> {
    drop_views(connection, "next_")
}

fn create_views(connection: &Connection, prefix: &str) -> Result<(), StoreError> {
    Ok(connection.execute_batch(&VIEWS.replace("{p}", prefix))?)
}

fn drop_views(connection: &Connection, prefix: &str) -> Result<(), StoreError> {
    for name in VIEW_NAMES {
        connection.execute_batch(&format!("DROP TABLE IF EXISTS {prefix}{name}"))?;
    }
    Ok(())
}
