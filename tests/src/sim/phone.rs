//! A phone of the simulation: the real store and engine, a clock of its own, and a person who writes.

use std::path::{Path, PathBuf};

use fieldbook_device::engine::{Config, Effect, Engine, Event};
use fieldbook_device::store::{FactState, Store};
use fieldbook_model::body::{
    CaseEvent, CaseState, Correction, Event as CaseHappening, Handling, Kind, Patch, Problem, Slot, Urgency, Words,
};
use fieldbook_model::fact::{Statement, to_body};
use fieldbook_model::id::FactId;
use fieldbook_model::map;
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::{frame, version};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng as _};
use rusqlite::{Connection, OpenFlags};

use super::office::{Door, Office};
use super::{Outcome, said};

/// A fact this phone wrote, with the receipt it shows when it begins a case.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) id: FactId,
    pub(crate) receipt: Option<String>,
}

pub(crate) struct Phone {
    path: PathBuf,
    /// Looks at the file past the store. Closed before it, so that the store is the one to tidy up.
    peek: Connection,
    store: Option<Store>,
    engine: Engine,
    rng: StdRng,
    /// The phone's clock minus the true one, milliseconds.
    pub(crate) skew: i64,
    pub(crate) person: FactId,
    pub(crate) post: FactId,
    pub(crate) is_desk: bool,
    pub(crate) written: Vec<Written>,
}

impl Phone {
    pub(crate) fn open(path: &Path, person: FactId, post: FactId, is_desk: bool, seed: u64) -> Outcome<Self> {
        Ok(Self {
            path: path.to_owned(),
            store: Some(Store::open(path).map_err(said)?),
            peek: Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(said)?,
            engine: Engine::new(Config::default()),
            rng: StdRng::seed_from_u64(seed),
            skew: 0,
            person,
            post,
            is_desk,
            written: Vec::new(),
        })
    }

    /// Makes it a writer with a code, as the app does.
    pub(crate) fn enrol(&mut self, office: &Office, code: &str, now: i64) -> Outcome<()> {
        let (writer, token) = (fieldbook_model::id::WriterId(self.rng.random()), Token(self.rng.random()));
        let request = EnrolRequest {
            protocol: version::PROTOCOL,
            code: Some(code.to_owned()),
            writer: writer.0,
            token: token.to_field(),
            device: "sim".into(),
            look: false,
            certificate: None,
        };
        let answer = office.answer(Door::Enrol, &frame::pack(&request).map_err(said)?, None, now / 1000)?;
        if answer.status != 200 {
            return Err(format!("enrolment was answered with {}", answer.status));
        }
        let answer: EnrolAnswer = frame::unpack(&answer.body).map_err(said)?;
        self.store()?.write(|tx| tx.begin_account(writer, token.0, &answer, now / 1000)).map_err(said)
    }

    /// The process ends wherever it is and starts again.
    pub(crate) fn kill(&mut self) -> Outcome<()> {
        self.store = None;
        self.store = Some(Store::open(&self.path).map_err(said)?);
        self.engine = Engine::new(Config::default());
        Ok(())
    }

    pub(crate) fn next(&mut self, now: i64) -> Outcome<Effect> {
        let store = self.store.as_ref().ok_or("the phone is off")?;
        self.engine.next(store, now + self.skew, &mut self.rng).map_err(said)
    }

    pub(crate) fn tell(&mut self, now: i64, event: Event) -> Outcome<()> {
        let store = self.store.as_ref().ok_or("the phone is off")?;
        self.engine.handle(store, now + self.skew, event, &mut self.rng).map_err(said)
    }

    pub(crate) fn store(&self) -> Outcome<&Store> {
        self.store.as_ref().ok_or_else(|| "the phone is off".to_owned())
    }

    pub(crate) fn peek(&self) -> &Connection {
        &self.peek
    }

    /// The person writes something down.
    pub(crate) fn write(&mut self, hamlets: &[FactId], now: i64, rng: &mut StdRng) -> Outcome<()> {
        let cases = self.cases()?;
        let known = (!cases.is_empty()).then(|| cases[rng.random_range(0..cases.len())]);
        match (rng.random_range(0..10), known) {
            (0..=3, _) | (_, None) => self.note_problem(hamlets, None, now, rng),
            (4..=5, Some(case)) => self.say(case, Kind::Words, text(rng), now),
            (6, Some(case)) => self.correct(case, now, rng),
            (7, Some(case)) if self.is_desk => self.happen(case, CaseHappening::Receive, CaseState::Received, now),
            (8, Some(case)) if self.is_desk => self.happen(case, CaseHappening::Return, CaseState::Returned, now),
            (_, Some(case)) => self.happen(case, CaseHappening::Note, CaseState::Recorded, now),
        }
    }

    /// What was sent back is put right, or given up.
    pub(crate) fn settle_refused(&mut self, hamlets: &[FactId], now: i64, rng: &mut StdRng) -> Outcome<()> {
        let refused = self.in_state(FactState::Refused)?;
        for id in refused {
            let Some(kept) = self.store()?.read(|tx| tx.fact(id)).map_err(said)? else { continue };
            let repaired = self.store()?.read(|tx| tx.resolve(id)).map_err(said)? != id;
            if repaired || !rng.random_bool(0.5) {
                continue;
            }
            let is_root = kept.fact.as_ref().is_some_and(|fact| fact.is_root());
            if is_root && rng.random_bool(0.6) {
                self.note_problem(hamlets, Some(id), now, rng)?;
            } else {
                self.discard(id, is_root)?;
            }
        }
        Ok(())
    }

    /// Facts of this database in a state.
    pub(crate) fn in_state(&self, state: FactState) -> Outcome<Vec<FactId>> {
        let mut found = Vec::new();
        for written in &self.written {
            let kept = self.store()?.read(|tx| tx.fact(written.id)).map_err(said)?;
            if kept.is_some_and(|kept| kept.state == state) {
                found.push(written.id);
            }
        }
        Ok(found)
    }

    fn discard(&mut self, id: FactId, is_root: bool) -> Outcome<()> {
        self.store()?
            .write(|tx| {
                if is_root {
                    for kept in tx.facts_of(id)? {
                        if kept.order.is_none() {
                            tx.set_state(kept.id, FactState::Discarded, None)?;
                        }
                    }
                }
                tx.set_state(id, FactState::Discarded, None)
            })
            .map_err(said)?;
        Ok(())
    }

    fn note_problem(&mut self, hamlets: &[FactId], repairs: Option<FactId>, now: i64, rng: &mut StdRng) -> Outcome<()> {
        // Mostly a hamlet that is looked after; sometimes one that is not, which is refused.
        let unit = hamlets[if rng.random_bool(0.8) { rng.random_range(0..2) } else { rng.random_range(0..hamlets.len()) }];
        let old = match repairs {
            Some(id) => self.written.iter().find(|written| written.id == id).and_then(|written| written.receipt.clone()),
            None => None,
        };
        let receipt = match old {
            Some(receipt) => receipt,
            None => self.store()?.write(|tx| tx.next_receipt()).map_err(said)?.to_string(),
        };
        let body = Problem {
            unit,
            urgency: Urgency::Normal,
            handling: Handling::Proposed,
            to_level: None,
            visit: None,
            receipt: Some(receipt.clone()),
        };
        let root = self.record(Kind::Problem, None, repairs, to_body(&body), Some(receipt), now)?;
        self.say(root, Kind::Words, text(rng), now)
    }

    fn say(&mut self, case: FactId, kind: Kind, text: String, now: i64) -> Outcome<()> {
        let body = Words { of: None, texts: [(Slot::Text, text)].into() };
        self.record(kind, Some(case), None, to_body(&body), None, now).map(|_| ())
    }

    fn happen(&mut self, case: FactId, event: CaseHappening, state: CaseState, now: i64) -> Outcome<()> {
        let body = CaseEvent { event, state, to: None, due: None, basis: None, way: None, day: None };
        self.record(Kind::CaseEvent, Some(case), None, to_body(&body), None, now).map(|_| ())
    }

    fn correct(&mut self, case: FactId, now: i64, rng: &mut StdRng) -> Outcome<()> {
        let Some(folded) = self.store()?.read(|tx| tx.fold(case)).map_err(said)? else {
            return Ok(());
        };
        let heads = folded.case.heads.get(&case).cloned().unwrap_or_default();
        let urgency = if rng.random() { Urgency::Urgent } else { Urgency::Complex };
        let patch = Patch(map::from_entries(&[(1, map::encoded(urgency))].into()));
        let body = Correction { target: case, heads, patch };
        self.record(Kind::Correction, Some(case), None, to_body(&body), None, now).map(|_| ())
    }

    fn record(
        &mut self,
        kind: Kind,
        root: Option<FactId>,
        repairs: Option<FactId>,
        body: Vec<u8>,
        receipt: Option<String>,
        now: i64,
    ) -> Outcome<FactId> {
        let time = (now + self.skew) / 1000;
        let statement = Statement { kind, time, post: Some(self.post), root, repairs, body };
        let id = self.store()?.write(|tx| tx.record(statement, time)).map_err(said)?.id;
        self.written.push(Written { id, receipt });
        Ok(id)
    }

    /// Roots of the cases on this phone that can still be worked on.
    fn cases(&self) -> Outcome<Vec<FactId>> {
        let held = super::invariants::held(&self.peek)?;
        Ok(held
            .into_iter()
            .filter(|fact| fact.is_root && fact.kind == Kind::Problem.code() && fact.state < 4)
            .map(|fact| fact.id)
            .collect())
    }
}

fn text(rng: &mut StdRng) -> String {
    const WORDS: [&str; 6] = ["mất điện", "đường hỏng", "thiếu nước", "cầu yếu", "rác nhiều", "đèn hỏng"];
    format!("{} {}", WORDS[rng.random_range(0..WORDS.len())], rng.random_range(0..1000))
}
