//! One record in the making: its facts get their ids, and are judged as the office will judge them.

use std::collections::BTreeMap;
use std::sync::Arc;

use fieldbook_model::body::{Kind, Photo, Slot, Words};
use fieldbook_model::case::{Actor, judge};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::FactId;
use minicbor::Encode;

use super::reopen::is_refused;
use super::{PhotoDraft, WorkError};
use crate::store::{Organisation, Writing};

/// Who writes, and when.
pub(super) struct Pen<'t, 'c> {
    pub(super) tx: &'t mut Writing<'c>,
    pub(super) organisation: Arc<Organisation>,
    pub(super) actor: Actor,
    pub(super) now: i64,
    today: Day,
    facts: Vec<Fact>,
}

impl<'t, 'c> Pen<'t, 'c> {
    /// The person whose phone this is takes up the pen.
    pub(super) fn take(tx: &'t mut Writing<'c>, now: i64) -> Result<Self, WorkError> {
        let account = tx.account()?;
        let organisation = tx.organisation()?;
        let mut actor = organisation.actor(account.person);
        if !actor.writers.contains(&account.writer) {
            actor.writers.push(account.writer);
        }
        let sync = tx.sync_state()?;
        let heard = sync.last_contact.map_or(now, |contact| contact.saturating_add(sync.skew));
        Ok(Self { tx, organisation, actor, now, today: Day::of(now.max(heard)), facts: Vec::new() })
    }

    /// The day on which rights are judged: never before the office last answered, so that a clock turned back takes no post
    /// away. The office is the same to a phone with a wrong date.
    pub(super) const fn today(&self) -> Day {
        self.today
    }

    /// A receipt, the one it already has or the next.
    pub(super) fn receipt(&mut self, known: &mut Option<String>) -> Result<Option<String>, WorkError> {
        if known.is_none() || fieldbook_model::planted!(ReceiptRemade) {
            *known = Some(self.tx.next_receipt()?.to_string());
        }
        Ok(known.clone())
    }

    /// The first fact of a case. Fails when it repairs one that is not refused any more.
    pub(super) fn begin<T: Encode<()>>(
        &mut self,
        kind: Kind,
        post: FactId,
        body: &T,
        repairs: Option<FactId>,
    ) -> Result<FactId, WorkError> {
        if let Some(refused) = repairs {
            is_refused(self.tx, refused)?;
        }
        self.state(Statement { kind, time: self.now, post: Some(post), root: None, repairs, body: to_body(body) })
    }

    /// A later fact of a case.
    pub(super) fn add<T: Encode<()>>(&mut self, root: FactId, kind: Kind, post: FactId, body: &T) -> Result<FactId, WorkError> {
        self.state(Statement { kind, time: self.now, post: Some(post), root: Some(root), repairs: None, body: to_body(body) })
    }

    /// Texts of a fact of the case, those that say something.
    pub(super) fn words(&mut self, root: FactId, post: FactId, of: FactId, texts: &[(Slot, &str)]) -> Result<(), WorkError> {
        let said = texts.iter().map(|(slot, text)| (*slot, text.trim())).filter(|(_, text)| !text.is_empty());
        let texts: BTreeMap<Slot, String> = said.map(|(slot, text)| (slot, text.to_owned())).collect();
        if texts.is_empty() {
            return Ok(());
        }
        self.add(root, Kind::Words, post, &Words { of: (of != root).then_some(of), texts })?;
        Ok(())
    }

    /// Photos of a fact of the case; their files have to go from now on.
    pub(super) fn photos(&mut self, root: FactId, post: FactId, of: FactId, photos: &[PhotoDraft]) -> Result<(), WorkError> {
        for photo in photos {
            let body = Photo {
                hash: photo.hash,
                bytes: photo.bytes,
                width: photo.width,
                height: photo.height,
                of: (of != root).then_some(of),
                topic: photo.topic,
            };
            let id = self.add(root, Kind::Photo, post, &body)?;
            self.tx.keep_blob(&photo.hash, &photo.path, photo.bytes, id)?;
        }
        Ok(())
    }

    /// Folds what was touched and judges every fact written: gives the first and the last.
    ///
    /// # Errors
    /// [`WorkError::Refused`] with what the office would say; the whole transaction is then given up.
    pub(super) fn judge(&mut self) -> Result<(FactId, FactId), WorkError> {
        let (Some(first), Some(last)) = (self.facts.first(), self.facts.last()) else {
            return Err(WorkError::NotFound);
        };
        let ends = (first.id, last.id);
        let mut cases = BTreeMap::new();
        for fact in &self.facts {
            let case = match cases.entry(fact.root) {
                std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::btree_map::Entry::Vacant(place) => place.insert(self.tx.refold(fact.root, &self.facts)?),
            };
            let existing = case.as_ref().map(|folded| &folded.case);
            // These change how the case stands, and were judged by how it stood before.
            if !matches!(fact.kind, Kind::CaseEvent | Kind::Withdrawal | Kind::Correction) {
                judge(&self.organisation.tree, &self.actor, fact, existing, self.today())?;
            }
        }
        Ok(ends)
    }

    /// Judges the fact written last by `by`, which knows how the case stood before it.
    pub(super) fn judge_last(&self, by: impl FnOnce(&Self, &Fact) -> Result<(), WorkError>) -> Result<(), WorkError> {
        self.facts.last().map_or(Err(WorkError::NotFound), |fact| by(self, fact))
    }

    fn state(&mut self, statement: Statement) -> Result<FactId, WorkError> {
        let fact = self.tx.record(statement, self.now)?;
        let id = fact.id;
        self.facts.push(fact);
        Ok(id)
    }
}
