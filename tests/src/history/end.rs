//! What is there when everything has come to rest: the office's log as it lies on its disk, and what each phone shows.

use std::collections::{BTreeMap, BTreeSet};

use fieldbook_device::store::StoreError;
use fieldbook_model::body::{Correction, Kind, Words};
use fieldbook_model::fact::{BadFact, Fact as Content};
use fieldbook_model::id::{FactId, Order};
use fieldbook_server::storage::sqlite::Sqlite;
use fieldbook_server::storage::{StorageError, Store, StoredFact};
use serde_json::Value;

use super::check::{Entry, Fact, PhoneEnd};
use crate::headless::Phone;
use crate::office::{Office, Trouble};
use crate::village::{files, listed};

/// All facts of the office's log after this place in its order.
pub fn log(office: &Office, after: Order) -> Result<Vec<StoredFact>, Trouble> {
    let store = Store::new(Sqlite::open(&office.data().join("office.db")).map_err(said)?);
    store.read_now(|tx| tx.facts_after(after, usize::MAX >> 1)).map_err(|error: StorageError| said(error))
}

/// A line of the log as the checker reads it.
pub fn entry(stored: &StoredFact) -> Result<Entry, Trouble> {
    let texts = stored.open().and_then(|fact| fact.as_ref().map_or(Ok(Vec::new()), texts)).map_err(said)?;
    Ok(Entry { fact: fact(stored.id), texts })
}

/// Hashes of the photos the office has whole.
pub fn photos(office: &Office) -> Result<BTreeSet<String>, Trouble> {
    let found = files(&office.data().join("blobs").join("photo"))?;
    Ok(found.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect())
}

/// A phone in the end; of the log it may know its own facts. `person` is who holds it.
pub fn phone(phone: &Phone, person: &str, log: &[StoredFact]) -> Result<PhoneEnd, Trouble> {
    let traffic = &phone.json(&["status"])?["traffic"];
    let waiting = ["records_waiting", "photos_waiting"].iter().filter_map(|key| traffic[key].as_i64()).sum();
    let mut rows = listed(phone)?;
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        // On its way or not is each phone's own affair.
        row.remove("sending");
    }
    let rows = rows.iter().fold(String::new(), |text, row| format!("{text}{row}\n"));
    let mut shown = BTreeMap::from([("the hamlet".to_owned(), rows)]);
    shown.insert(format!("all that {person} may see"), phone.say(&["dump"])?);
    let known = phone.store()?.read(|tx| {
        let writer = tx.account()?.writer;
        let mut own = BTreeSet::new();
        for id in log.iter().map(|stored| stored.id).filter(|id| id.writer == writer) {
            if tx.fact(id)?.is_some() {
                own.insert(fact(id));
            }
        }
        Ok::<_, StoreError>((writer.to_string(), own))
    });
    let (writer, own) = known.map_err(said)?;
    Ok(PhoneEnd { writer, own, waiting, shown })
}

fn fact(id: FactId) -> Fact {
    Fact { writer: id.writer.to_string(), seq: id.seq }
}

fn texts(fact: &Content) -> Result<Vec<String>, BadFact> {
    let words: Words = if fact.kind == Kind::Words {
        fact.read()?
    } else if fact.kind == Kind::Correction {
        minicbor::decode(&fact.read::<Correction>()?.patch.0)?
    } else {
        Words::default()
    };
    Ok(words.texts.into_values().collect())
}

fn said(error: impl std::fmt::Display) -> Trouble {
    Trouble(error.to_string())
}
