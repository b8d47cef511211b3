//! The suite on files, and what only this storage has: versions of the schema, copies, checks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;
use crate::storage::{Epoch, Store, conformance};

fn file() -> (Arc<tempfile::TempDir>, PathBuf) {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let path = folder.path().join("office.db");
    (folder, path)
}

#[test]
fn the_storage_holds_to_the_suite() {
    for open in [Sqlite::open, Sqlite::open_for_many] {
        let findings = conformance::run(&|| {
            let (folder, path) = file();
            Box::new(move || {
                let _kept = &folder;
                Store::new(open(&path).unwrap())
            })
        });
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

#[test]
fn beside_the_writer_the_log_is_copied_into_the_file() {
    let (folder, path) = file();
    let alone = folder.path().join("without-its-log.db");
    let store = Store::new(Sqlite::open_for_many(&path).unwrap());
    // Much less than the writer itself would ever copy.
    for _ in 0..8 {
        store.write_now(|tx| (0..500).try_for_each(|n| tx.note_attempt("somebody", n, 0))).unwrap();
    }
    let end = Instant::now() + Duration::from_secs(30);
    let copied = || {
        std::fs::copy(&path, &alone).unwrap();
        let copy = Connection::open(&alone).unwrap();
        // Caught in the middle, the file may be no database yet.
        copy.query_row("SELECT count(*) FROM attempts", [], |row| row.get::<_, i64>(0)).unwrap_or(0)
    };
    while copied() == 0 {
        assert!(Instant::now() < end, "nothing was copied");
        std::thread::yield_now();
    }
    assert_eq!(store.read_now(|tx| tx.attempts_since("somebody", 0)).unwrap().0, 4_000);
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let (_folder, path) = file();
    drop(Sqlite::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", schema::VERSION + 1).unwrap();
    let before = std::fs::read(&path).unwrap();
    let found = schema::VERSION + 1;
    assert_eq!(Sqlite::open(&path).err(), Some(StorageError::Newer { found, known: schema::VERSION }));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn an_older_database_is_brought_to_the_schema_of_a_fresh_one() {
    let (_folder, fresh) = file();
    drop(Sqlite::open(&fresh).unwrap());
    let (_other, empty) = file();
    Connection::open(&empty).unwrap().execute_batch("PRAGMA user_version = 0").unwrap();
    drop(Sqlite::open(&empty).unwrap());
    let tables = |path: &Path| -> Vec<String> {
        let conn = Connection::open(path).unwrap();
        let mut statement = conn.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    };
    assert_eq!(tables(&empty), tables(&fresh));
    assert!(!tables(&fresh).is_empty());
}

#[test]
fn a_copy_taken_while_work_goes_on_opens_and_is_sound() {
    let (folder, path) = file();
    let storage = Sqlite::open(&path).unwrap();
    let copy = folder.path().join("copy.db");
    let (sender, answered) = mpsc::channel();
    let job: WriteJob = Box::new(|tx| {
        let epoch = Epoch { n: 1, writer: WriterId(1), base_order: fieldbook_model::id::Order(0), base_pos: 0, began_at: 1 };
        tx.add_epoch(&epoch).unwrap();
        crate::storage::Keep::Yes
    });
    storage.submit(job, Box::new(move |done| sender.send(done).unwrap()));
    answered.recv().unwrap().unwrap();

    storage.backup_to(&copy).unwrap();

    let copied = Sqlite::open(&copy).unwrap();
    copied.check().unwrap();
    let epochs = Store::new(copied).read_now::<_, StorageError>(|tx| tx.epochs()).unwrap();
    assert_eq!(epochs.len(), 1);
}

#[test]
fn a_file_that_is_no_database_is_called_damaged() {
    let (_folder, path) = file();
    std::fs::write(&path, vec![7; 8_192]).unwrap();
    assert!(matches!(Sqlite::open(&path).err(), Some(StorageError::Damaged(_))));
}
