//! What must hold once the faults have stopped and everything has settled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fieldbook_device::store::sync::{SyncState, Trouble};
use fieldbook_device::store::{BlobLine, BlobState, FactState, StoreError};
use fieldbook_model::body::{Kind, Petition, Photo, Problem, Report, Visit};
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_server::office::offered;
use fieldbook_server::storage::StoredFact;
use rusqlite::Connection;

use super::disk::Disk;
use super::memory::{Fate, marks_in};
use super::world::World;
use super::{Outcome, broken, pictures, said};

/// At the end, phone and office have compared within the last days, seconds.
const LONGEST_UNCOMPARED: i64 = 3 * 86_400;

/// A confirmed fact as it lies in a phone's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HeldFact {
    pub(crate) id: FactId,
    pub(crate) order: i64,
    pub(crate) kind: u32,
    pub(crate) is_root: bool,
    pub(crate) hash: [u8; 32],
    pub(crate) erased: bool,
}

/// The office's log.
pub(crate) struct AtOffice {
    pub(crate) facts: HashMap<FactId, Known>,
}

pub(crate) struct Known {
    stored: StoredFact,
    pub(crate) post: Option<FactId>,
}

impl AtOffice {
    /// First facts of cases.
    pub(crate) fn roots(&self) -> impl Iterator<Item = FactId> {
        let first = self.facts.values().filter(|known| known.stored.is_root() && known.stored.kind.begins_case());
        first.map(|known| known.stored.id).collect::<BTreeSet<_>>().into_iter()
    }
}

impl World {
    /// Checks everything; the first thing that does not hold is the error.
    pub(crate) fn check(&mut self) -> Outcome<()> {
        self.office.check()?;
        for n in 0..self.phones.len() {
            self.is_at_rest(n)?;
            self.glance(n)?;
            self.nothing_hangs(n)?;
        }
        self.nothing_was_mended()?;
        let office = self.log()?;
        let mut held = Vec::new();
        for phone in &mut self.phones {
            held.push(confirmed(phone.peek()?)?);
        }
        self.once_each(&office, &held)?;
        self.check_texts(&office)?;
        self.check_scope(&office, &held)?;
        self.add_up_to_the_same(&held)?;
        self.check_photos(&office)?;
        self.check_erased()
    }

    /// Nothing waits, and what does not go by itself is shown.
    fn is_at_rest(&self, n: usize) -> Outcome<()> {
        let phone = &self.phones[n];
        let (waiting, state, troubles, offers) = phone
            .store()?
            .read(|tx| {
                Ok::<_, fieldbook_device::store::StoreError>((
                    tx.waiting()?,
                    tx.sync_state()?,
                    tx.troubles()?,
                    tx.has_to_offer()?,
                ))
            })
            .map_err(said)?;
        let compared = state.last_check.is_some_and(|at| (0..LONGEST_UNCOMPARED).contains(&(phone.clock(self.now) - at)));
        if !compared {
            return broken(
                "phone and office compare what the phone holds",
                format!("phone {n}, last at {:?}", state.last_check),
            );
        }
        let resting = waiting.facts == 0 && waiting.photos == 0 && state.more == 0 && !offers;
        if !resting || state.enrolment.is_some() || state.stopped.is_some() || state.failing.is_some() {
            return broken(
                "queues drain once faults stop",
                format!("phone {n}: {waiting:?}, offers: {offers}, {}", told(&state)),
            );
        }
        // An answer that was cut off is reported; a copied phone may hear of its twin's facts.
        let unexpected = troubles.iter().find(|line| match line.kind {
            Trouble::Office | Trouble::Refiled => false,
            Trouble::Conflict => !phone.has_twin && !self.numbers_came_again(),
            Trouble::Photo => true,
        });
        match unexpected {
            Some(line) => broken("nobody is told of trouble that is none", format!("phone {n}: {line:?}")),
            None => Ok(()),
        }
    }

    /// Known weakness: a phone that was put back gives numbers out again, and a restored office cannot know that others hold
    /// facts under them.
    fn numbers_came_again(&self) -> bool {
        self.counts.of("office restored") > 0 && self.phones.iter().any(|phone| phone.has_twin)
    }

    /// What waits for a refused record moves with its repair, and what was offered was looked at.
    fn nothing_hangs(&mut self, n: usize) -> Outcome<()> {
        for id in self.in_state(n, FactState::Held)? {
            let store = self.phones[n].store()?;
            let root = store
                .read(|tx| Ok::<_, StoreError>(tx.fact(id)?.and_then(|kept| kept.fact).map(|fact| fact.root)))
                .map_err(said)?;
            let Some(root) = root else { continue };
            let now = store.read(|tx| tx.fact(tx.resolve(root)?)).map_err(said)?;
            if now.is_some_and(|now| now.state == FactState::Confirmed) {
                return broken("what hangs on a refused record moves with its repair", format!("phone {n}: {id} under {root}"));
            }
        }
        Ok(())
    }

    /// What the comparison of a day would mend, or an answer that asks for proof, has a cause that is known.
    fn nothing_was_mended(&self) -> Outcome<()> {
        let upset =
            self.counts.sum(&["office restored", "phone revoked"]) > 0 || self.phones.iter().any(|phone| phone.has_twin);
        if upset {
            return Ok(());
        }
        for name in ["heard: not the same", "heard: unknown token", "heard: cloned"] {
            if self.counts.of(name) > 0 {
                return broken("nothing needs to be mended", format!("{name}, and no phone was copied, no office restored"));
            }
        }
        Ok(())
    }

    fn log(&self) -> Outcome<AtOffice> {
        let facts = self.office.read(|tx| Ok(tx.facts_after(Order(0), usize::MAX)?))?;
        let count = facts.len();
        let mut known = HashMap::with_capacity(count);
        for stored in facts {
            let opened = stored.open().map_err(said)?;
            if opened.as_ref().is_some_and(|fact| fact.hash() != stored.hash) {
                return broken("a fact never changes", format!("{} at the office", stored.id));
            }
            known.insert(stored.id, Known { post: opened.and_then(|fact| fact.post), stored });
        }
        if known.len() != count {
            return broken("every confirmed fact is at the office once", "an id stands there twice");
        }
        Ok(AtOffice { facts: known })
    }

    /// What phones call confirmed is at the office, in the same order with the same bytes.
    fn once_each(&self, office: &AtOffice, held: &[Vec<HeldFact>]) -> Outcome<()> {
        for (n, facts) in held.iter().enumerate() {
            for fact in facts {
                let same = office.facts.get(&fact.id).is_some_and(|known| {
                    known.stored.order.0 == fact.order
                        && known.stored.hash == fact.hash
                        && (known.stored.content.is_none() == fact.erased)
                });
                if !same {
                    let there = office.facts.get(&fact.id).map(|known| (known.stored.order, known.stored.content.is_some()));
                    let what = format!("phone {n} holds {} as {} ({}); office: {there:?}", fact.id, fact.order, fact.erased);
                    return broken("every confirmed fact is at the office once", what);
                }
            }
        }
        Ok(())
    }

    /// Every text is where it was promised to be, and its record has the receipt that was shown.
    fn check_texts(&mut self, office: &AtOffice) -> Outcome<()> {
        let mut found: BTreeMap<u32, Vec<&StoredFact>> = BTreeMap::new();
        for known in office.facts.values() {
            for mark in known.stored.content.as_deref().map(marks_in).unwrap_or_default() {
                found.entry(mark).or_default().push(&known.stored);
            }
        }
        let by_order: HashMap<Order, &StoredFact> =
            office.facts.values().map(|known| (known.stored.order, &known.stored)).collect();
        let here = self.phones.iter_mut().map(super::phone::Phone::marks).collect::<Outcome<Vec<_>>>()?;
        // Taken back from its phone, and its record is still to be put right.
        let offered = self.office.read(offered::list)?;
        let offered: BTreeSet<u32> = offered.iter().flat_map(|offered| marks_in(&offered.content)).collect();
        for (mark, promise) in (0..).zip(&self.memory.promises) {
            let facts = found.get(&mark).map(Vec::as_slice).unwrap_or_default();
            let is_here = here.iter().any(|marks| marks.contains_key(&mark)) || offered.contains(&mark);
            let most = 1 + promise.copies;
            let kept = match promise.fate {
                // A copy may have taken it along before it was undone.
                Fate::Draft | Fate::ThrownAway => facts.len() < most,
                Fate::Saved => facts.len() <= most && (!facts.is_empty() || is_here),
                Fate::MayBe => facts.len() <= most,
                Fate::Erased => facts.is_empty(),
                Fate::Uncertain { .. } => false,
            };
            if !kept {
                let (n, fate) = (promise.phone, promise.fate);
                let what =
                    format!("text {mark} of phone {n} is {fate:?}; {} times at the office, on a phone: {is_here}", facts.len());
                return broken("what was saved is at the office once", what);
            }
            if let (Some(receipt), Some(fact)) = (&promise.receipt, facts.first()) {
                let root = by_order.get(&fact.root).and_then(|root| root.open().ok().flatten());
                if let Some(root) = root.filter(|root| receipt_of(root).as_ref() != Some(receipt)) {
                    let what = format!("{receipt} of text {mark} became {:?}", receipt_of(&root));
                    return broken("receipts never change", what);
                }
            }
        }
        Ok(())
    }

    /// Phones of one person show the same, and what one shows is what its facts add up to.
    fn add_up_to_the_same(&mut self, held: &[Vec<HeldFact>]) -> Outcome<()> {
        let mut dumps: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        for (n, phone) in self.phones.iter().enumerate() {
            let sisters = self.phones.iter().filter(|other| other.person == phone.person).count();
            if sisters < 2 {
                continue;
            }
            let dump = phone.store()?.read(|tx| tx.dump()).map_err(said)?;
            let Some((first, known)) = dumps.get(&phone.person) else {
                dumps.insert(phone.person, (n, dump));
                continue;
            };
            if held[*first] != held[n] {
                let what = format!(
                    "phones {first} and {n} of one person hold different facts:{}",
                    difference(&held[*first], &held[n])
                );
                return broken("phones of a scope hold the same", what);
            }
            if *known != dump {
                let at = known.chars().zip(dump.chars()).position(|(one, other)| one != other).unwrap_or_default();
                let near = |dump: &str| dump.chars().skip(at.saturating_sub(200)).take(600).collect::<String>();
                let what = format!("phones {first} and {n}:\n{}\n---\n{}", near(known), near(&dump));
                return broken("the same facts add up to the same", what);
            }
        }
        let one = self.seed as usize % self.phones.len();
        let findings = self.phones[one].store()?.check().map_err(said)?;
        match findings.first() {
            Some(finding) => broken("views are what the facts add up to", format!("phone {one}: {finding}")),
            None => Ok(()),
        }
    }

    /// The office has every photo of a confirmed fact, byte for byte, unless the only copies were lost with a machine.
    fn check_photos(&mut self, office: &AtOffice) -> Outcome<()> {
        let mut shown: BTreeMap<[u8; 32], FactId> = BTreeMap::new();
        for known in office.facts.values().filter(|known| known.stored.kind == Kind::Photo) {
            if let Some(fact) = known.stored.open().map_err(said)? {
                let photo: Photo = fact.read().map_err(said)?;
                shown.insert(*photo.hash, fact.id);
            }
        }
        for (hash, of) in shown {
            let whole = self.office.photo(&hash)?;
            let picture = pictures::by_hash(&hash)?;
            match (whole, picture) {
                (Some(bytes), Some(picture)) if bytes == picture.bytes => (),
                (Some(_), _) => return broken("photos arrive byte for byte", format!("a photo of {of} has other bytes")),
                (None, _) if self.is_lost(&hash)? => (),
                (None, _) => {
                    let what = format!("a photo of {of} never arrived; on phones: {:?}", self.copies(&hash)?);
                    return broken("photos arrive byte for byte", what);
                }
            }
        }
        Ok(())
    }

    /// Whether no phone has the file any more, after something that may cost it.
    fn is_lost(&mut self, hash: &[u8; 32]) -> Outcome<bool> {
        Ok(self.copies(hash)?.is_empty() && (self.lost_photos || self.phones.iter().any(|phone| phone.has_twin)))
    }

    /// Phones that have the file and sent a record that shows it, and how they think it stands. One whose record was refused keeps
    /// its file to itself, even if somebody else's record shows the same picture.
    fn copies(&mut self, hash: &[u8; 32]) -> Outcome<Vec<(usize, BlobLine)>> {
        let mut copies = Vec::new();
        for phone in &mut self.phones {
            let blob = phone.store()?.read(|tx| tx.blob(hash)).map_err(said)?;
            let sql = "SELECT 1 FROM blobs JOIN photos USING (hash) JOIN facts ON id = fact WHERE photos.hash = ?1 AND ord IS NOT NULL
                       AND (fact = of_fact OR fact >> 40 = (SELECT writer FROM account) OR saved_at IS NOT NULL)";
            let is_shown = phone.peek()?.prepare_cached(sql).map_err(said)?.exists([hash]);
            if let Some(blob) = blob.filter(|blob| blob.path.is_some() && blob.state != BlobState::Gone)
                && is_shown.map_err(said)?
            {
                copies.push((phone.n, blob));
            }
        }
        Ok(copies)
    }

    /// No byte of an erased text is on any disk.
    fn check_erased(&mut self) -> Outcome<()> {
        if !self.memory.promises.iter().any(|promise| promise.fate == Fate::Erased) {
            return Ok(());
        }
        let is_erased = |mark: u32| self.memory.promises.get(mark as usize).is_some_and(|text| text.fate == Fate::Erased);
        let left = |disk: &Disk| disk.marks().into_iter().find(|(mark, _)| is_erased(*mark));
        if let Some((mark, file)) = left(&self.office.disk) {
            return broken("erased text is nowhere", format!("text {mark} is in the office's {file}"));
        }
        for phone in &self.phones {
            if let Some((mark, file)) = left(&phone.disk) {
                return broken("erased text is nowhere", format!("text {mark} is in {file} of phone {}", phone.n));
            }
        }
        Ok(())
    }
}

/// Every confirmed fact in a phone's file, read past the store.
fn confirmed(sql: &Connection) -> Outcome<Vec<HeldFact>> {
    let mut statement = sql
        .prepare_cached(
            "SELECT writers.id, facts.id & ((1 << 40) - 1), ord, kind, root = facts.id, hash, content IS NULL FROM facts
             JOIN writers ON writers.no = facts.id >> 40 WHERE ord IS NOT NULL ORDER BY ord",
        )
        .map_err(said)?;
    let rows = statement
        .query_map([], |row| {
            let id = FactId::new(WriterId(row.get::<_, i64>(0)?.cast_unsigned()), row.get::<_, i64>(1)?.cast_unsigned());
            let (order, kind, is_root, erased) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(6)?);
            // A fact that came erased does not say what it was.
            let (kind, is_root) = if erased { (0, false) } else { (kind, is_root) };
            Ok(HeldFact { id, order, kind, is_root, hash: row.get(5)?, erased })
        })
        .map_err(said)?;
    rows.collect::<Result<Vec<_>, _>>().map_err(said)
}

/// What of the talk with the office says why it does not rest.
fn told(state: &SyncState) -> String {
    let SyncState { more, enrolment, stopped, failing, .. } = state;
    format!("more: {more}, enrolment: {}, stopped: {stopped:?}, failing: {failing:?}", enrolment.is_some())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only these four carry a receipt")]
fn receipt_of(root: &Fact) -> Option<String> {
    match root.kind {
        Kind::Visit => root.read::<Visit>().ok()?.receipt,
        Kind::Problem => root.read::<Problem>().ok()?.receipt,
        Kind::Petition => root.read::<Petition>().ok()?.receipt,
        Kind::Report => root.read::<Report>().ok()?.receipt,
        _ => None,
    }
}

fn difference(one: &[HeldFact], other: &[HeldFact]) -> String {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    let different = one.symmetric_difference(&other).take(6);
    different.map(|fact| format!("\n  {} {} kind {} erased {}", fact.id, fact.order, fact.kind, fact.erased)).collect()
}
