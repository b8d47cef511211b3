//! Erasing facts: the bodies go on every holder, a stub with id and SHA-256 stays.

use std::collections::BTreeSet;

use fieldbook_model::body::{Correction, Erasure, Kind, Photo};
use fieldbook_model::fact::FactHash;
use fieldbook_model::id::FactId;
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::OfficeFault;
use super::desk;
use crate::storage::{StorageError, StoredFact, Tx};

/// A line of the erasure ledger, which is kept beside the backups so that an erasure survives a restore.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ErasureEntry {
    /// The case.
    #[n(0)]
    pub root: FactId,
    /// Its erased facts.
    #[n(1)]
    pub facts: Vec<FactId>,
    /// Ground, as the office keeps it.
    #[n(2)]
    pub ground: String,
    /// Server time, Unix seconds.
    #[n(3)]
    pub at: i64,
    /// SHA-256 of those facts, in their order; none in lines of older servers.
    #[n(4)]
    pub hashes: Option<Vec<ByteArray<32>>>,
}

impl ErasureEntry {
    /// Whether it names this very fact: a phone that was put back to an earlier state gives numbers out again.
    pub(crate) fn names(&self, id: FactId, hash: &FactHash) -> bool {
        let at = self.facts.iter().position(|named| *named == id);
        at.is_some_and(|at| self.hashes.as_ref().and_then(|hashes| hashes.get(at)).is_none_or(|known| **known == *hash))
    }
}

/// What an erasure leaves to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// The fact that says so; none when there was nothing left to erase.
    pub fact: Option<FactId>,
    /// SHA-256 of photos that no fact shows any more: their files are to be deleted.
    pub photos: Vec<[u8; 32]>,
}

/// Erases facts of a case, with every correction of them. `ledger` writes the entry to the ledger, durably, before anything
/// is erased; when it fails nothing is. Afterwards the caller deletes the photos' files.
pub fn erase(
    tx: &mut dyn Tx,
    root: FactId,
    facts: &[FactId],
    ground: &str,
    ledger: &mut dyn FnMut(&ErasureEntry) -> Result<(), String>,
    now: i64,
) -> Result<Erased, OfficeFault> {
    let case = tx.fact(root)?.ok_or_else(|| OfficeFault::unknown(root))?;
    let of_case = tx.facts_of(case.order)?;
    if let Some(foreign) = facts.iter().find(|id| !of_case.iter().any(|fact| fact.id == **id)) {
        return Err(OfficeFault::unknown(*foreign));
    }
    let named = with_corrections(&of_case, facts)?;
    let erased: Vec<&StoredFact> = of_case.iter().filter(|fact| named.contains(&fact.id)).collect();
    let entry = ErasureEntry {
        root,
        facts: erased.iter().map(|fact| fact.id).collect(),
        ground: ground.to_owned(),
        at: now,
        hashes: Some(erased.iter().map(|fact| fact.hash.into()).collect()),
    };
    ledger(&entry).map_err(OfficeFault::Ledger)?;
    carry_out(tx, &of_case, &named, &entry, now)
}

/// Name of the value that keeps erased facts which the backup had not seen yet: a phone may send them again.
const OWED: &str = "erasures_owed";

/// Carries out a line of the ledger after a restore. Harmless when it was carried out before the backup. What the backup has
/// not seen yet is erased as soon as it comes again.
pub fn replay(tx: &mut dyn Tx, entry: &ErasureEntry, now: i64) -> Result<Erased, OfficeFault> {
    let mut is_unseen = false;
    for id in &entry.facts {
        tx.remove_offered(*id)?;
        is_unseen |= tx.fact(*id)?.is_none();
    }
    if is_unseen && !fieldbook_model::planted!(ErasureUndoneByRestore) {
        let mut owed = owed(tx)?;
        owed.push(entry.clone());
        tx.put_value(OWED, &fieldbook_model::map::encoded(owed))?;
    }
    let Some(case) = tx.fact(entry.root)? else {
        return Ok(Erased { fact: None, photos: Vec::new() });
    };
    let of_case = tx.facts_of(case.order)?;
    let named = of_case.iter().filter(|fact| fact.content.is_some() && entry.names(fact.id, &fact.hash));
    let named: BTreeSet<FactId> = named.map(|fact| fact.id).collect();
    if named.is_empty() {
        return Ok(Erased { fact: None, photos: Vec::new() });
    }
    carry_out(tx, &of_case, &named, entry, now)
}

/// Erasures of facts that this office has not seen since it was restored.
pub(crate) fn owed(tx: &mut dyn Tx) -> Result<Vec<ErasureEntry>, OfficeFault> {
    let Some(bytes) = tx.value(OWED)? else {
        return Ok(Vec::new());
    };
    minicbor::decode(&bytes).map_err(|error| StorageError::Damaged(format!("owed erasures: {error}")).into())
}

/// Erases a fact that has just been taken in, when it is one of those.
pub(crate) fn pay(tx: &mut dyn Tx, owed: &[ErasureEntry], id: FactId, now: i64) -> Result<bool, OfficeFault> {
    if !owed.iter().any(|entry| entry.facts.contains(&id)) {
        return Ok(false);
    }
    let Some(fact) = tx.fact(id)? else {
        return Ok(false);
    };
    let Some(entry) = owed.iter().find(|entry| entry.names(id, &fact.hash)) else {
        return Ok(false);
    };
    let of_case = tx.facts_of(fact.root)?;
    let root = of_case.first().map_or(entry.root, |first| first.id);
    carry_out(tx, &of_case, &BTreeSet::from([id]), &ErasureEntry { root, ..entry.clone() }, now)?;
    Ok(true)
}

fn carry_out(
    tx: &mut dyn Tx,
    of_case: &[StoredFact],
    named: &BTreeSet<FactId>,
    entry: &ErasureEntry,
    now: i64,
) -> Result<Erased, OfficeFault> {
    let body = Erasure { facts: named.iter().copied().collect(), ground: entry.ground.clone() };
    let fact = desk::write(tx, Kind::Erasure, Some(entry.root), &body, now)?;
    // A phone may have offered what its author has sent again since.
    for id in named {
        tx.remove_offered(*id)?;
    }
    let mut photos = Vec::new();
    for stored in of_case.iter().filter(|stored| named.contains(&stored.id)) {
        if stored.kind == Kind::Photo
            && let Some(photo) = stored.open()?
        {
            photos.push(*photo.read::<Photo>()?.hash);
        }
        tx.erase_fact(stored.order)?;
    }
    let mut unseen = Vec::new();
    for hash in photos {
        if tx.facts_with_photo(&hash)?.is_empty() {
            // A fact to come may show the same picture: then its phone is asked for it again.
            tx.remove_blob(&hash)?;
            unseen.push(hash);
        }
    }
    Ok(Erased { fact: Some(fact), photos: unseen })
}

/// A correction of an erased fact repeats what was erased.
fn with_corrections(of_case: &[StoredFact], facts: &[FactId]) -> Result<BTreeSet<FactId>, OfficeFault> {
    let mut named: BTreeSet<FactId> = facts.iter().copied().collect();
    if fieldbook_model::planted!(ErasureSparesCorrections) {
        return Ok(named);
    }
    for stored in of_case.iter().filter(|stored| stored.kind == Kind::Correction) {
        let Some(fact) = stored.open()? else {
            continue;
        };
        if fact.read::<Correction>().is_ok_and(|correction| named.contains(&correction.target)) {
            named.insert(stored.id);
        }
    }
    Ok(named)
}
