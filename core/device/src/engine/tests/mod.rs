//! The engine against a small office made by hand. The real office is tested with it by the simulation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod facts;
mod photos;
mod restored;
mod standing;

use std::collections::BTreeMap;

use fieldbook_model::body::{Handling, Kind, Problem, Slot, Urgency, Words};
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{Acknowledged, Limits, Refused, SyncAnswer, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::{frame, path};
use minicbor::bytes::ByteVec;
use rand::SeedableRng as _;
use rand::rngs::SmallRng;

use super::*;
use crate::store::FactState;

const WRITER: WriterId = WriterId(0xa11ce);
const OTHER: WriterId = WriterId(0xb0b);
const OFFICE: WriterId = WriterId(0x0ff1ce);
const UNIT: FactId = FactId::new(OFFICE, 1);
const START: i64 = 1_793_466_000_000;

/// A phone with its clock.
struct Phone {
    folder: tempfile::TempDir,
    store: Store,
    engine: Engine,
    rng: SmallRng,
    now: i64,
}

impl Phone {
    fn enrolled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("phone.db")).unwrap();
        let now = START;
        store.write(|tx| tx.begin_account(WRITER, [1; 32], &enrol_answer("KAM"), now / 1000)).unwrap();
        Self { folder, store, engine: Engine::new(Config::default()), rng: SmallRng::seed_from_u64(7), now }
    }

    /// The process was killed and started again.
    fn restart(&mut self) {
        self.store = Store::open(&self.folder.path().join("phone.db")).unwrap();
        self.engine = Engine::new(Config::default());
    }

    fn save(&self, statement: Statement) -> FactId {
        self.store.write(|tx| tx.record(statement, self.now / 1000)).unwrap().id
    }

    fn pass(&mut self, seconds: i64) {
        self.now += seconds * 1000;
    }

    fn next(&mut self) -> Effect {
        self.engine.next(&self.store, self.now, &mut self.rng).unwrap()
    }

    fn tell(&mut self, event: Event) {
        self.engine.handle(&self.store, self.now, event, &mut self.rng).unwrap();
    }

    fn nudge(&mut self) {
        self.tell(Event::Nudge);
    }

    /// One request and its answer. The effect, for what the test wants to know of it.
    fn exchange(&mut self, office: &mut Office) -> Effect {
        let effect = self.next();
        self.now += 200;
        let answer = office.answer(&effect).expect("a request");
        self.tell(Event::Answered(answer));
        effect
    }

    /// Everything the engine wants to do now.
    fn settle(&mut self, office: &mut Office) {
        for _ in 0..50 {
            let effect = self.next();
            let Some(answer) = office.answer(&effect) else {
                return;
            };
            self.now += 200;
            self.tell(Event::Answered(answer));
        }
        panic!("the engine does not come to rest");
    }

    fn state(&self, id: FactId) -> Option<FactState> {
        self.store.read(|tx| tx.fact(id)).unwrap().map(|kept| kept.state)
    }

    fn status(&self) -> Status {
        self.engine.status(&self.store, self.now).unwrap()
    }

    fn token(&self) -> Option<[u8; 32]> {
        self.store.seal().open(&self.sync_state().token?).map(|token| token.0)
    }

    fn sync_state(&self) -> SyncState {
        self.store.read(|tx| tx.sync_state()).unwrap()
    }
}

/// An office of one phone: acknowledges, refuses what it is told to, and gives out a list of facts.
struct Office {
    epoch: u32,
    token: [u8; 32],
    next_token: Option<[u8; 32]>,
    log: BTreeMap<FactId, (i64, [u8; 32])>,
    refuse: BTreeMap<u64, u32>,
    hold: Vec<u64>,
    feed: Vec<Item>,
    /// Facts of the feed in one answer.
    page: usize,
    head: i64,
    /// Laid over the next answer.
    also: Option<SyncAnswer>,
    fault: Option<(u16, FaultCode, Option<u32>)>,
    requests: Vec<SyncRequest>,
    enrolments: Vec<EnrolRequest>,
}

impl Office {
    fn new() -> Self {
        Self {
            epoch: 1,
            token: [1; 32],
            next_token: None,
            log: BTreeMap::new(),
            refuse: BTreeMap::new(),
            hold: Vec::new(),
            feed: Vec::new(),
            page: 500,
            head: Order::new(1, 0).0,
            also: None,
            fault: None,
            requests: Vec::new(),
            enrolments: Vec::new(),
        }
    }

    fn publish(&mut self, fact: &Fact) {
        self.head += 1;
        self.feed.push(Item { id: fact.id, order: Some(Order(self.head)), content: Content::Whole(fact.clone()) });
    }

    fn answer(&mut self, effect: &Effect) -> Option<Answer> {
        let Effect::Post { path, body, token } = effect else {
            return None;
        };
        if *path == path::ENROL {
            let request: EnrolRequest = frame::unpack(body).unwrap();
            self.enrolments.push(request.clone());
            if let Some((status, code, retry_after)) = self.fault {
                return Some(fault(status, code, retry_after));
            }
            self.token = *request.token;
            self.next_token = None;
            return Some(ok(&enrol_answer("LEM")));
        }
        let request: SyncRequest = frame::unpack(body).unwrap();
        self.requests.push(request.clone());
        if let Some((status, code, retry_after)) = self.fault.take() {
            return Some(fault(status, code, retry_after));
        }
        let token = token.map(|Token(bytes)| bytes);
        if token.is_some() && token == self.next_token {
            self.token = self.next_token.take().unwrap();
        }
        if token != Some(self.token) {
            return Some(fault(401, FaultCode::UnknownToken, None));
        }
        self.next_token = request.next_token.map(|token| *token).or(self.next_token);
        Some(self.sync(&request))
    }

    fn sync(&mut self, request: &SyncRequest) -> Answer {
        let mut answer = SyncAnswer { epoch: self.epoch, now: START / 1000, ..self.also.take().unwrap_or_default() };
        if answer.restored.is_some() {
            return ok(&answer);
        }
        let writer = if self.enrolments.is_empty() { WRITER } else { WriterId(self.enrolments.last().unwrap().writer) };
        for item in request.facts.as_ref().map(|pack| pack.items(writer).unwrap()).unwrap_or_default() {
            let seq = item.id.seq;
            if let Some(code) = self.refuse.get(&seq) {
                answer.refused.get_or_insert_default().push(Refused { seq, code: *code });
            } else if self.hold.contains(&seq) {
                answer.held.get_or_insert_default().push(seq);
            } else {
                self.head += 1;
                let (order, hash) = *self.log.entry(item.id).or_insert((self.head, item.hash()));
                if hash != item.hash() {
                    return fault(409, FaultCode::Cloned, None);
                }
                answer.acknowledged.get_or_insert_default().push(Acknowledged { first_seq: seq, count: 1, first_order: order });
            }
        }
        for id in request.want.iter().flatten() {
            if !self.log.contains_key(id) && !self.hold.contains(&id.seq) {
                answer.unknown.get_or_insert_default().push(*id);
            }
        }
        let at: usize = request.cursor.as_ref().map_or(0, |cursor| minicbor::decode::<u64>(cursor).unwrap() as usize);
        let end = (at + self.page).min(self.feed.len());
        if answer.facts.is_none() && end > at {
            answer.facts = Some(Pack::of(writer, &self.feed[at..end]));
        }
        if end > at {
            answer.cursor = Some(ByteVec::from(minicbor::to_vec(end as u64).unwrap()));
        }
        answer.more = (end < self.feed.len()).then(|| (self.feed.len() - end) as u64);
        ok(&answer)
    }
}

fn ok<T: minicbor::Encode<()>>(message: &T) -> Answer {
    Answer { status: 200, body: frame::pack(message).unwrap(), ..Answer::default() }
}

fn fault(status: u16, code: FaultCode, retry_after: Option<u32>) -> Answer {
    Answer { status, retry_after, body: frame::pack(&Fault { code, detail: None }).unwrap(), ..Answer::default() }
}

fn enrol_answer(label: &str) -> EnrolAnswer {
    EnrolAnswer {
        organisation: "Xã Thử".into(),
        person: FactId::new(OFFICE, 2),
        name: "Nguyễn Văn Thử".into(),
        posts: Vec::new(),
        label: label.into(),
        epoch: 1,
        certificate: vec![9; 80].into(),
        office_phone: None,
        now: START / 1000,
        limits: Limits::default(),
        known: None,
    }
}

fn problem(receipt: &str) -> Statement {
    let body = Problem {
        unit: UNIT,
        urgency: Urgency::Normal,
        handling: Handling::Proposed,
        to_level: None,
        visit: None,
        receipt: Some(receipt.into()),
    };
    Statement { kind: Kind::Problem, time: START / 1000, post: None, root: None, repairs: None, body: to_body(&body) }
}

/// The writer a phone becomes.
const AGAIN: WriterId = WriterId(0xa22ce);

fn words(root: FactId, text: &str) -> Statement {
    let body = Words { of: None, texts: [(Slot::Text, text.into())].into() };
    Statement { kind: Kind::Words, time: START / 1000, post: None, root: Some(root), repairs: None, body: to_body(&body) }
}

fn of_other(seq: u64) -> Fact {
    Fact::seal(FactId::new(OTHER, seq), problem(&format!("OTH-{seq:04}-0"))).unwrap()
}
