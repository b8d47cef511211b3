//! What the desk does with duties, units, cases and phones, as the commands of the server do it.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use fieldbook_model::body::{Correction, Kind, Level, UnitSplit, UnitsMerged};
use fieldbook_model::day::Day;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_server::office::{OfficeFault, desk, devices, erase, offered};
use fieldbook_server::storage::{DeviceState, StoredFact};
use rand::Rng;
use rand::rngs::StdRng;

use super::memory::{Fate, marks_in};
use super::network::hex;
use super::village::{Duty, Hamlet, Seat, appoint, assign, unit};
use super::world::World;
use super::{Outcome, said};

/// How often the desk lets the same phone in with its certificate between two restores.
const PATIENCE: u32 = 2;

impl World {
    /// A liaison gets a hamlet, or loses it as of yesterday.
    pub(crate) fn change_duty(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let now = self.now / 1000;
        let living: Vec<usize> = (0..self.village.duties.len()).filter(|n| self.village.duties[*n].ended.is_none()).collect();
        if living.len() > 3 && rng.random() {
            let duty = living[rng.random_range(0..living.len())];
            let fact = self.village.duties[duty].fact;
            let ended = self.office.try_write(self.now, move |tx| desk::end(tx, fact, Day::of(now).plus(-1), now))?;
            if let Some(by) = allowed(ended)? {
                self.village.duties[duty].ended = Some(by);
                self.counts.hit("duty ended");
            }
            return Ok(());
        }
        let person = [0, 2, 6, 9][rng.random_range(0..4)];
        let hamlet = rng.random_range(0..self.village.hamlets.len());
        let (who, place) = (self.village.people[person].person, self.village.hamlets[hamlet].unit);
        let given = self.office.try_write(self.now, move |tx| assign(tx, who, place, now))?;
        if let Some(fact) = allowed(given)? {
            self.village.duties.push(Duty { fact, person, hamlet, ended: None });
            self.counts.hit("duty given");
        }
        Ok(())
    }

    /// A head or secretary goes on in another hamlet, a liaison in another commune, each under a new post.
    pub(crate) fn change_post(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let person = [0, 2, 3, 5, 7][rng.random_range(0..5)];
        let colleague = &self.village.people[person];
        let unit = if colleague.leads_hamlet() {
            self.village.hamlets[rng.random_range(0..self.village.hamlets.len())].unit
        } else {
            self.village.communes[rng.random_range(0..self.village.communes.len())]
        };
        let (who, role, old, now) = (colleague.person, colleague.role, colleague.seat().post, self.now / 1000);
        let from = Day::of(now);
        let done = self.office.try_write(self.now, move |tx| {
            let ended = desk::end(tx, old, from.plus(-1), now)?;
            Ok((ended, appoint(tx, who, role, unit, from, now)?))
        })?;
        if let Some((ended, post)) = allowed(done)? {
            let seats = &mut self.village.people[person].seats;
            seats.iter_mut().filter(|seat| seat.post == old).for_each(|seat| seat.ended = Some(ended));
            seats.push(Seat { post, unit, from, ended: None });
            self.counts.hit("post changed");
        }
        Ok(())
    }

    /// A hamlet goes on as part of its neighbour.
    pub(crate) fn merge_hamlets(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let Some((from, into)) = self.two_hamlets(rng) else { return Ok(()) };
        let (now, home) = (self.now / 1000, self.village.hamlets[into].unit);
        let merged = UnitsMerged { from: vec![self.village.hamlets[from].unit], into: home, on: Day::of(now) };
        let done = self.office.try_write(self.now, move |tx| desk::merge(tx, &merged, now))?;
        if let Some(by) = allowed(done)? {
            self.village.hamlets[from].home = Some((home, by));
            self.counts.hit("units merged");
        }
        Ok(())
    }

    /// A hamlet is divided; the commune owns its cases until they are re-homed.
    pub(crate) fn split_hamlet(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let Some((from, _)) = self.two_hamlets(rng) else { return Ok(()) };
        let now = self.now / 1000;
        let Hamlet { unit: old, commune, .. } = self.village.hamlets[from];
        let parent = self.village.communes[commune];
        let made = self.office.try_write(self.now, move |tx| {
            let mut into = Vec::new();
            for name in ["A", "B"] {
                into.push(desk::write(tx, Kind::Unit, None, &unit(Level::Hamlet, "ấp", name, Some(parent)), now)?);
            }
            let by = desk::split(tx, &UnitSplit { from: old, into: into.clone(), on: Day::of(now) }, now)?;
            Ok((into, by))
        })?;
        if let Some((into, by)) = allowed(made)? {
            self.village.hamlets[from].home = Some((parent, by));
            self.village.hamlets.extend(into.into_iter().map(|unit| Hamlet { unit, commune, home: None }));
            self.counts.hit("unit split");
        }
        Ok(())
    }

    /// The desk gives a case to another hamlet.
    pub(crate) fn rehome_case(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case(rng)? else { return Ok(()) };
        let unit = self.village.hamlets[rng.random_range(0..self.village.hamlets.len())].unit;
        let now = self.now / 1000;
        let done = self.office.try_write(self.now, move |tx| desk::rehome(tx, case, unit, now))?;
        if allowed(done)?.is_some() {
            self.counts.hit("case re-homed");
        }
        Ok(())
    }

    /// The texts and photos of a case are erased, by law.
    pub(crate) fn erase_texts(&mut self, rng: &mut StdRng) -> Outcome<()> {
        let Some(case) = self.some_case(rng)? else { return Ok(()) };
        let now = self.now / 1000;
        let of_case = self.office.read(|tx| {
            let root = tx.fact(case)?.map(|fact| fact.order);
            root.map_or(Ok(Vec::new()), |root| Ok(tx.facts_of(root)?))
        })?;
        let is_text = |kind| matches!(kind, Kind::Words | Kind::Identity | Kind::Photo);
        let named: Vec<FactId> = of_case.iter().filter(|fact| is_text(fact.kind)).map(|fact| fact.id).collect();
        let named_too = named.clone();
        let ledger = std::sync::Arc::clone(&self.office.ledger);
        let lines = self.ledger_lines();
        let done = self.office.try_write(self.now, move |tx| {
            let mut note = |entry: &_| {
                ledger.lock().unwrap_or_else(PoisonError::into_inner).push(Clone::clone(entry));
                Ok(())
            };
            let erased = erase::erase(tx, case, &named, "quyết định", &mut note, now)?;
            Ok(erased.photos)
        })?;
        // Texts that stand in the erased facts, or that correct one of them.
        let is_named = |fact: &&StoredFact| {
            let corrects = || fact.open().ok().flatten()?.read::<Correction>().ok().map(|correction| correction.target);
            is_text(fact.kind)
                || (fact.kind == Kind::Correction && corrects().is_some_and(|target| named_too.contains(&target)))
        };
        let texts = of_case.iter().filter(is_named).filter_map(|fact| fact.content.as_deref());
        let marks: Vec<u32> = texts.flat_map(marks_in).collect();
        if let Some(photos) = allowed(done)? {
            let (to_come, erased) = self.comes_again(&marks, &of_case)?;
            self.memory.set(&erased, Fate::Erased);
            self.memory.set(&to_come, Fate::MayBe);
            self.office.remove_photos(&photos)?;
            self.stands.retain(|path, _| !photos.iter().any(|photo| path.ends_with(&hex(photo))));
            self.office.scrub()?;
            self.counts.hit("texts erased");
        } else if self.ledger_lines() > lines {
            // It stands in the ledger, so a restore carries it out.
            self.memory.set(&marks, Fate::MayBe);
        }
        Ok(())
    }

    /// Of these texts, what a copied phone has not sent yet and will file as another fact: an erasure cannot name it. And the others.
    fn comes_again(&mut self, marks: &[u32], of_case: &[StoredFact]) -> Outcome<(Vec<u32>, Vec<u32>)> {
        let mut to_come = BTreeSet::new();
        for phone in self.phones.iter_mut().filter(|phone| phone.has_twin) {
            let texts = phone.texts()?.into_iter().filter(|text| !text.confirmed);
            to_come.extend(texts.filter(|text| of_case.iter().all(|fact| fact.hash != text.of)).map(|text| text.mark));
        }
        Ok(marks.iter().partition(|mark| to_come.contains(mark)))
    }

    fn ledger_lines(&self) -> usize {
        self.office.ledger.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The desk takes back what phones offered, and lets in phones that came with their certificate. One that comes again and
    /// again is two phones: it is shut out, and both people get a code.
    pub(crate) fn confirm_all(&mut self) -> Outcome<()> {
        let now = self.now / 1000;
        let awaiting: Vec<WriterId> = self.office.read(|tx| {
            let devices = tx.devices()?.into_iter().filter(|device| device.state == DeviceState::Awaiting);
            Ok(devices.map(|device| device.writer).collect())
        })?;
        for writer in &awaiting {
            *self.let_in.entry(*writer).or_default() += 1;
        }
        let (again, awaiting): (Vec<_>, Vec<_>) = awaiting.into_iter().partition(|writer| self.let_in[writer] > PATIENCE);
        let done = self.office.try_write(self.now, move |tx| {
            for writer in &awaiting {
                devices::confirm(tx, *writer, now)?;
            }
            for writer in again {
                devices::revoke(tx, writer)?;
            }
            let mut taken = 0;
            loop {
                match offered::confirm(tx, None, now)? {
                    0 => return Ok(taken),
                    some => taken += some,
                }
            }
        })?;
        if allowed(done)?.is_some_and(|taken| taken > 0) {
            self.office.scrub()?;
        }
        Ok(())
    }

    /// The office shuts a phone out.
    pub(crate) fn revoke(&mut self, n: usize) -> Outcome<()> {
        let Some(writer) = self.phones[n].writer()? else { return Ok(()) };
        let known = self.office.read(|tx| Ok(tx.device(writer)?.is_some()))?;
        if !known {
            return Ok(());
        }
        let done = self.office.try_write(self.now, move |tx| devices::revoke(tx, writer))?;
        if allowed(done)?.is_some() {
            self.counts.hit("phone revoked");
        }
        Ok(())
    }

    /// A living hamlet and a neighbour of it.
    fn two_hamlets(&self, rng: &mut StdRng) -> Option<(usize, usize)> {
        let commune = self.village.hamlets[rng.random_range(0..self.village.hamlets.len())].commune;
        let living: Vec<usize> = (0..self.village.hamlets.len())
            .filter(|n| self.village.hamlets[*n].commune == commune && self.village.hamlets[*n].home.is_none())
            .collect();
        if living.len() < 2 {
            return None;
        }
        let from = living[rng.random_range(0..living.len())];
        let others: Vec<usize> = living.into_iter().filter(|n| *n != from).collect();
        Some((from, others[rng.random_range(0..others.len())]))
    }

    /// One of the latest cases at the office.
    fn some_case(&self, rng: &mut StdRng) -> Outcome<Option<FactId>> {
        let head = self.office.read(|tx| Ok(tx.head()?))?;
        let from = fieldbook_model::id::Order((head.0 - 60).max(0));
        let roots: Vec<FactId> = self.office.read(|tx| {
            let facts = tx.facts_after(from, 60)?;
            Ok(facts.iter().filter(|fact| fact.is_root() && fact.kind.begins_case()).map(|fact| fact.id).collect())
        })?;
        Ok((!roots.is_empty()).then(|| roots[rng.random_range(0..roots.len())]))
    }
}

/// What the desk did; none when the disk failed, or when an office that came back from a backup does not know what it is about.
fn allowed<T>(done: Option<Result<T, OfficeFault>>) -> Outcome<Option<T>> {
    match done {
        None | Some(Err(OfficeFault::NotAllowed(_) | OfficeFault::Unknown(_))) => Ok(None),
        Some(done) => done.map(Some).map_err(said),
    }
}
