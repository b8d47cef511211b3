//! `backup`, `restore` and `check`.

use std::fs;
use std::path::{Path, PathBuf};

use fieldbook_model::body::{Kind, Photo};
use fieldbook_model::fact;
use fieldbook_model::id::{Order, WriterId};
use rand::RngCore as _;
use serde_json::json;
use tokio::runtime::Runtime;

use super::data::DataFolder;
use super::fault::CliFault;
use super::{Out, now, random};
use crate::blob::{self, Blobs, Held};
use crate::office::{epoch, erase};
use crate::storage::sqlite::Sqlite;
use crate::storage::{Storage as _, StorageError, StoredFact, Tx};

/// Facts looked at in one go.
const PAGE: usize = 1_000;

/// The name of the database within a backup.
const DATABASE: &str = "office.db";

/// Copies database and finished photos, while the server runs. Keys and erasure ledger stay where they are: a backup gives
/// nobody the right to speak for the office, and an erasure made later holds against it.
pub fn backup(data: &DataFolder, to: &Path, out: Out<'_>) -> Result<(), CliFault> {
    let sqlite = data.sqlite()?;
    if to.exists() {
        return Err(CliFault::Asked(format!("{} exists; name a new folder", to.display())));
    }
    let unfinished = to.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).map_err(CliFault::file(&unfinished))?;
    }
    fs::create_dir_all(&unfinished).map_err(CliFault::file(&unfinished))?;
    // The database first: a photo that is finished meanwhile is in the copy without its fact, which harms nobody.
    sqlite.backup_to(&unfinished.join(DATABASE))?;
    let mut photos = 0;
    for folder in ["photo", "preview"] {
        photos += copy_files(&data.blobs().join(folder), &unfinished.join("blobs").join(folder))?;
    }
    fs::rename(&unfinished, to).map_err(CliFault::file(to))?;
    writeln!(out, "backup of {} in {}: database and {photos} picture files", data.path().display(), to.display())?;
    Ok(())
}

/// Puts a backup in place. What was there is kept aside. A new epoch begins, so that phones offer again what the backup has
/// not seen, and every erasure of the ledger is carried out again.
pub fn restore(data: &DataFolder, from: &Path, out: Out<'_>) -> Result<(), CliFault> {
    let backup = from.join(DATABASE);
    if !backup.exists() {
        return Err(CliFault::Asked(format!("{} is not a backup: there is no {DATABASE} in it", from.display())));
    }
    data.make()?;
    let _lock = data.lock()?;
    let highest = data.highest_epoch();
    let aside = put_aside(data)?;
    let arriving = data.database().with_extension("arriving");
    fs::copy(&backup, &arriving).map_err(CliFault::file(&arriving))?;
    fs::rename(&arriving, data.database()).map_err(CliFault::file(data.database()))?;
    for folder in ["photo", "preview"] {
        copy_files(&from.join("blobs").join(folder), &data.blobs().join(folder))?;
    }
    let store = data.store()?;
    let writer = WriterId(random()?.next_u64());
    let n = store.write_now(move |tx| epoch::begin_after_restore(tx, writer, highest, now()))?;
    data.note_epoch(n)?;
    let entries = data.erasures()?;
    let erased = entries.len();
    let photos = store.write_now(move |tx| {
        let mut photos = Vec::new();
        for entry in &entries {
            photos.extend(erase::replay(tx, entry, now())?.photos);
        }
        Ok::<_, CliFault>(photos)
    })?;
    remove_photos(data, photos)?;
    data.sqlite()?.scrub()?;
    writeln!(out, "epoch {n} begins; {erased} erasures carried out again")?;
    if let Some(aside) = aside {
        writeln!(out, "the former database is in {}", aside.display())?;
    }
    Ok(())
}

/// Looks at everything: the file, every hash, the photos.
pub fn check(data: &DataFolder, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    let sqlite = data.sqlite()?;
    sqlite.check()?;
    let mut findings = Findings::default();
    let mut result = Ok(());
    sqlite.read(&mut |tx| result = findings.look(tx))?;
    result?;
    findings.look_at_photos(data)?;
    if as_json {
        writeln!(
            out,
            "{}",
            json!({"facts": findings.facts, "photos": findings.photos, "photos_under_way": findings.under_way, "faults": findings.faults})
        )?;
    } else {
        writeln!(out, "{} facts, {} photos ({} under way)", findings.facts, findings.photos, findings.under_way)?;
        for fault in &findings.faults {
            writeln!(out, "{fault}")?;
        }
    }
    if findings.faults.is_empty() { Ok(()) } else { Err(CliFault::Unsound(findings.faults.len())) }
}

/// Deletes the files of erased photos.
pub(super) fn remove_photos(data: &DataFolder, hashes: Vec<blob::BlobHash>) -> Result<(), CliFault> {
    let blobs = Blobs::open(&data.blobs())?;
    let runtime = Runtime::new()?;
    for hash in hashes {
        runtime.block_on(blobs.remove(&hash))?;
    }
    Ok(())
}

#[derive(Default)]
struct Findings {
    facts: u64,
    photos: u64,
    under_way: u64,
    faults: Vec<String>,
    shown: Vec<blob::BlobHash>,
}

impl Findings {
    fn look(&mut self, tx: &mut dyn Tx) -> Result<(), StorageError> {
        let mut after = Order(0);
        loop {
            let page = tx.facts_after(after, PAGE)?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.order;
            for stored in &page {
                self.look_at(tx, stored)?;
            }
        }
        if tx.head()? != after {
            self.faults.push("the head of the log is not its last fact".into());
        }
        Ok(())
    }

    fn look_at(&mut self, tx: &mut dyn Tx, stored: &StoredFact) -> Result<(), StorageError> {
        self.facts += 1;
        let id = stored.id;
        if !stored.is_root() && tx.fact_at(stored.root)?.is_none() {
            self.faults.push(format!("{id}: the fact it belongs to is missing"));
        }
        if tx.fact(id)?.is_none_or(|found| found.order != stored.order) {
            self.faults.push(format!("{id}: cannot be found by its id"));
        }
        let Some(content) = &stored.content else {
            return Ok(());
        };
        if fact::hash(id, content) != stored.hash {
            self.faults.push(format!("{id}: its bytes are not those of its hash"));
        }
        if stored.kind.begins_case() && stored.is_root() && tx.channels_of(stored.order)?.is_empty() {
            self.faults.push(format!("{id}: no phone can see this case, it is in no unit's feed"));
        }
        if stored.kind == Kind::Photo
            && let Ok(Some(fact)) = stored.open()
            && let Ok(photo) = fact.read::<Photo>()
        {
            self.shown.push(*photo.hash);
            let known = tx.blob(&photo.hash)?;
            if known.is_none_or(|blob| !blob.complete) {
                self.under_way += 1;
                self.shown.pop();
            }
        }
        Ok(())
    }

    /// A photo that was acknowledged as complete must be there.
    fn look_at_photos(&mut self, data: &DataFolder) -> Result<(), CliFault> {
        let blobs = Blobs::open(&data.blobs())?;
        let runtime = Runtime::new()?;
        self.shown.sort_unstable();
        self.shown.dedup();
        for hash in &self.shown {
            self.photos += 1;
            if !matches!(runtime.block_on(blobs.held(hash))?, Held::Whole(_)) {
                self.faults.push(format!("photo {} is missing", blob::hex(hash)));
            }
        }
        Ok(())
    }
}

/// Moves the present database out of the way, with what SQLite keeps beside it.
fn put_aside(data: &DataFolder) -> Result<Option<PathBuf>, CliFault> {
    if !data.has_organisation() {
        return Ok(None);
    }
    // Opening and closing it once brings everything into the one file.
    drop(Sqlite::open(&data.database())?);
    let aside = data.path().join(format!("office-before-restore-{}.db", now()));
    fs::rename(data.database(), &aside).map_err(CliFault::file(&aside))?;
    for suffix in ["-wal", "-shm"] {
        let beside = PathBuf::from(format!("{}{suffix}", data.database().display()));
        if beside.exists() {
            let to = PathBuf::from(format!("{}{suffix}", aside.display()));
            fs::rename(&beside, &to).map_err(CliFault::file(&beside))?;
        }
    }
    Ok(Some(aside))
}

/// Copies what is not there yet; files under a hash never change.
fn copy_files(from: &Path, to: &Path) -> Result<usize, CliFault> {
    if !from.exists() {
        return Ok(0);
    }
    fs::create_dir_all(to).map_err(CliFault::file(to))?;
    let mut copied = 0;
    for entry in fs::read_dir(from).map_err(CliFault::file(from))? {
        let entry = entry.map_err(CliFault::file(from))?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copied += copy_files(&entry.path(), &target)?;
        } else if !target.exists() && !entry.file_name().to_string_lossy().contains('#') {
            let arriving = target.with_extension("arriving");
            fs::copy(entry.path(), &arriving).map_err(CliFault::file(&arriving))?;
            fs::rename(&arriving, &target).map_err(CliFault::file(&target))?;
            copied += 1;
        }
    }
    Ok(copied)
}
