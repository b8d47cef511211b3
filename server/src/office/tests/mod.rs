//! A small organisation and phones that talk to it as real ones do: a province, two communes, four hamlets, heads, liaisons,
//! desks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod enrolment;
mod erasing;
mod large;
mod lineage;
mod pushing;
mod restoring;
mod seeing;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use fieldbook_model::body::*;
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_model::place::PlaceEvidence;
use fieldbook_protocol::enrol::EnrolRequest;
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::version::{PROTOCOL, SCHEMA};
use minicbor::Encode;
use minicbor::bytes::{ByteArray, ByteVec};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::certificate::OfficeKey;
use super::enrol::{Enrolment, enrol};
use super::invite::CodeKind;
use super::sync::Next;
use super::{OfficeFault, desk, devices, epoch, invite};
use crate::storage::sqlite::Sqlite;
use crate::storage::{Store, Tx};

/// 22 November 2026, noon in Vietnam.
pub const NOW: i64 = 1_795_323_600;
const DAY: i64 = 86_400;

pub struct Org {
    pub store: Store,
    pub folder: tempfile::TempDir,
    now: Cell<i64>,
    next_writer: Cell<u64>,
    pub province: FactId,
    /// Commune, two hamlets; then the other commune, two hamlets.
    pub communes: [FactId; 2],
    pub hamlets: [FactId; 4],
    /// Person and post of each hamlet's head.
    pub heads: [(FactId, FactId); 4],
    /// Liaison of hamlets 0 and 1: person, post, assignments.
    pub liaison: (FactId, FactId, [FactId; 2]),
    /// Desk of each commune.
    pub desks: [(FactId, FactId); 2],
}

impl Org {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Sqlite::open(&folder.path().join("office.db")).unwrap());
        store.write_now(|tx| epoch::start(tx, "tỉnh Mẫu", WriterId(0x0ff1ce), NOW)).unwrap();
        let nobody = FactId::new(WriterId(0), 0);
        let mut org = Self {
            store,
            folder,
            now: Cell::new(NOW),
            next_writer: Cell::new(0xa0),
            province: nobody,
            communes: [nobody; 2],
            hamlets: [nobody; 4],
            heads: [(nobody, nobody); 4],
            liaison: (nobody, nobody, [nobody; 2]),
            desks: [(nobody, nobody); 2],
        };
        org.province = org.unit(Level::Province, "Mẫu", None);
        org.communes = ["An Nhơn", "Bình Phú"].map(|name| org.unit(Level::Commune, name, Some(org.province)));
        org.hamlets = [0, 1, 2, 3].map(|n| org.unit(Level::Hamlet, &format!("ấp {n}"), Some(org.communes[n / 2])));
        org.heads = [0, 1, 2, 3].map(|n| org.holder(&format!("Trưởng ấp {n}"), org.hamlets[n], Role::Head));
        org.desks = [0, 1].map(|n| org.holder(&format!("Văn phòng {n}"), org.communes[n], Role::Desk));
        let (person, post) = org.holder("Cán bộ phụ trách", org.communes[0], Role::Liaison);
        org.liaison = (person, post, [0, 1].map(|n| org.assign(person, org.hamlets[n])));
        org
    }

    pub fn now(&self) -> i64 {
        self.now.get()
    }

    pub fn today(&self) -> Day {
        Day::of(self.now())
    }

    pub fn wait_days(&self, days: i64) {
        self.now.set(self.now() + days * DAY);
    }

    pub fn write<T: Send + 'static>(&self, job: impl FnOnce(&mut dyn Tx, i64) -> Result<T, OfficeFault> + Send + 'static) -> T {
        let now = self.now();
        self.store.write_now(move |tx| job(tx, now)).unwrap()
    }

    /// One step of a request.
    pub fn step(&self, next: Next) -> Result<Next, OfficeFault> {
        match next {
            Next::Write(exchange) => self.store.write_now(move |tx| exchange.write(tx)),
            Next::Read(exchange) => self.store.read_now(|tx| exchange.read(tx)),
            answer @ Next::Answer(..) => Ok(answer),
        }
    }

    pub fn state<T: Encode<()> + Send + 'static>(&self, kind: Kind, root: Option<FactId>, body: T) -> FactId {
        self.write(move |tx, now| desk::write(tx, kind, root, &body, now))
    }

    pub fn unit(&self, level: Level, name: &str, parent: Option<FactId>) -> FactId {
        let (label, name) = (String::new(), name.to_owned());
        self.state(Kind::Unit, None, Unit { level, label, name, parent, from: None, code: None, point: None })
    }

    pub fn person(&self, name: &str) -> FactId {
        self.state(Kind::Person, None, Person { name: name.into(), phone: None })
    }

    pub fn post(&self, person: FactId, unit: FactId, role: Role) -> FactId {
        self.state(
            Kind::Post,
            None,
            Post { person, unit, title: "chức danh".into(), role, from: self.today().plus(-400), to: None },
        )
    }

    pub fn holder(&self, name: &str, unit: FactId, role: Role) -> (FactId, FactId) {
        let person = self.person(name);
        (person, self.post(person, unit, role))
    }

    pub fn assign(&self, person: FactId, unit: FactId) -> FactId {
        let from = self.today().plus(-300);
        self.state(Kind::Assignment, None, Assignment { person, unit: Some(unit), field: None, from, to: None, decision: None })
    }

    pub fn end(&self, root: FactId, last: Day) {
        self.write(move |tx, now| desk::end(tx, root, last, now));
    }

    pub fn happen(&self, case: FactId, what: desk::Happening) -> FactId {
        self.write(move |tx, now| desk::happen(tx, case, &what, now))
    }

    pub fn key() -> OfficeKey {
        OfficeKey::from_seed(&[3; 32]).unwrap()
    }

    pub fn enrol(&self, request: EnrolRequest, bearer: Option<Token>, source: &'static str) -> Enrolment {
        self.write(move |tx, now| enrol(tx, &request, bearer.as_ref(), source, &Self::key(), now))
    }

    pub fn code(&self, person: FactId, kind: CodeKind) -> String {
        self.write(move |tx, now| {
            invite::create(tx, person, kind, now, &mut StdRng::seed_from_u64(now.unsigned_abs() ^ person.seq))
        })
    }

    pub fn request(&self, code: Option<String>) -> EnrolRequest {
        let writer = self.next_writer.get() + 1;
        self.next_writer.set(writer);
        let mut token = [0; 32];
        token[..8].copy_from_slice(&writer.to_be_bytes());
        let token = ByteArray::from(token);
        let device = "máy thử".into();
        EnrolRequest { protocol: PROTOCOL, code, writer, token, device, look: false, certificate: None, former: None }
    }

    /// A new phone of a person, with the post its person acts in.
    pub fn phone(&self, (person, post): (FactId, FactId)) -> Phone {
        let request = self.request(Some(self.code(person, CodeKind::Qr)));
        let (writer, token) = (WriterId(request.writer), Token(*request.token));
        let Enrolment::Done(answer) = self.enrol(request, None, "127.0.0.1") else { panic!("not enrolled") };
        Phone::new(writer, token, post, answer.certificate)
    }
}

#[derive(Clone)]
pub struct Phone {
    pub writer: WriterId,
    pub token: Token,
    pub post: FactId,
    pub certificate: ByteVec,
    pub seq: u64,
    pub epoch: u32,
    pub cursor: Option<ByteVec>,
    pub outbox: BTreeMap<u64, Fact>,
    pub confirmed: BTreeMap<FactId, Item>,
    pub own: BTreeMap<u64, Fact>,
    pub refused: BTreeMap<u64, u32>,
    pub held: BTreeSet<u64>,
    pub late: BTreeSet<u64>,
    pub room: Option<u32>,
}

impl Phone {
    pub fn new(writer: WriterId, token: Token, post: FactId, certificate: ByteVec) -> Self {
        Self {
            writer,
            token,
            post,
            certificate,
            seq: 0,
            epoch: 0,
            cursor: None,
            outbox: BTreeMap::new(),
            confirmed: BTreeMap::new(),
            own: BTreeMap::new(),
            refused: BTreeMap::new(),
            held: BTreeSet::new(),
            late: BTreeSet::new(),
            room: None,
        }
    }

    pub fn say<T: Encode<()>>(&mut self, org: &Org, kind: Kind, root: Option<FactId>, body: &T) -> FactId {
        self.say_at(org.now(), kind, root, None, body)
    }

    pub fn say_at<T: Encode<()>>(
        &mut self,
        time: i64,
        kind: Kind,
        root: Option<FactId>,
        repairs: Option<FactId>,
        body: &T,
    ) -> FactId {
        self.seq += 1;
        let id = FactId::new(self.writer, self.seq);
        let statement = Statement { kind, time, post: Some(self.post), root, repairs, body: to_body(body) };
        let fact = Fact::seal(id, statement).unwrap();
        self.outbox.insert(self.seq, fact.clone());
        self.own.insert(self.seq, fact);
        id
    }

    pub fn visit(&mut self, org: &Org, unit: FactId) -> FactId {
        self.say(org, Kind::Visit, None, &visit(org, unit))
    }

    /// A petition with its text, who it is from, and the mask.
    pub fn petition(&mut self, org: &Org, unit: FactId, text: &str) -> FactId {
        let root = self.say(org, Kind::Petition, None, &petition(unit));
        self.say(org, Kind::Words, Some(root), &words(text));
        let name = Some("Trần Thị Bảy".to_owned());
        self.say(org, Kind::Identity, Some(root), &Identity { name, phone: None, address: None });
        self.say(org, Kind::Mask, Some(root), &Mask { name: "Trần T. B.".into() });
        root
    }

    pub fn request(&self, org: &Org) -> SyncRequest {
        let items: Vec<Item> =
            self.outbox.values().map(|fact| Item { id: fact.id, order: None, content: Content::Whole(fact.clone()) }).collect();
        SyncRequest {
            protocol: PROTOCOL,
            schema: SCHEMA,
            epoch: self.epoch,
            cursor: self.cursor.clone(),
            now: org.now(),
            facts: (!items.is_empty()).then(|| Pack::of(self.writer, &items)),
            offered: None,
            next_token: None,
            check: None,
            want: None,
            room: self.room,
            blobs: None,
        }
    }

    /// Sends a request and gives the answer without taking it in, as when it was lost.
    pub fn ask(&self, org: &Org, request: SyncRequest) -> Result<SyncAnswer, OfficeFault> {
        let mut next = Next::begin(self.token, request, org.now());
        loop {
            next = match org.step(next)? {
                Next::Answer(_, answer) => return Ok(answer),
                further @ (Next::Write(_) | Next::Read(_)) => further,
            };
        }
    }

    pub fn take(&mut self, answer: &SyncAnswer) {
        for run in answer.acknowledged.iter().flatten() {
            for n in 0..run.count {
                let seq = run.first_seq + n;
                self.outbox.remove(&seq);
                self.held.remove(&seq);
                let fact = self.own[&seq].clone();
                let order = Some(Order(run.first_order + n.cast_signed()));
                self.confirmed.insert(fact.id, Item { id: fact.id, order, content: Content::Whole(fact) });
            }
        }
        for refused in answer.refused.iter().flatten() {
            self.outbox.remove(&refused.seq);
            self.held.remove(&refused.seq);
            self.refused.insert(refused.seq, refused.code);
        }
        for seq in answer.held.iter().flatten() {
            self.outbox.remove(seq);
            self.held.insert(*seq);
        }
        self.late.extend(answer.late.iter().flatten());
        for root in answer.drop.iter().flatten() {
            let gone: Vec<FactId> = self.confirmed.keys().copied().filter(|id| self.root_of(*id) == Some(*root)).collect();
            for id in gone {
                self.confirmed.remove(&id);
            }
        }
        for item in answer.facts.iter().flat_map(|pack| pack.items(self.writer).unwrap()) {
            if let Content::Whole(fact) = &item.content
                && let Ok(erasure) = fact.read::<Erasure>()
                && fact.kind == Kind::Erasure
            {
                for id in erasure.facts {
                    if let Some(held) = self.confirmed.get_mut(&id) {
                        held.content = Content::Erased(held.hash());
                    }
                }
            }
            if item.id.writer == self.writer {
                self.held.remove(&item.id.seq);
            }
            self.confirmed.insert(item.id, item);
        }
        if let Some(cursor) = &answer.cursor {
            self.cursor = Some(cursor.clone());
        }
        self.epoch = answer.epoch;
    }

    /// Syncs until nothing is left; gives the answers.
    pub fn sync(&mut self, org: &Org) -> Vec<SyncAnswer> {
        let mut answers = Vec::new();
        for _ in 0..10_000 {
            let answer = self.ask(org, self.request(org)).unwrap();
            self.take(&answer);
            let more = answer.more.is_some();
            answers.push(answer);
            if !more {
                return answers;
            }
        }
        panic!("the phone never has everything");
    }

    pub fn fault(&self, org: &Org) -> FaultCode {
        match self.ask(org, self.request(org)) {
            Err(OfficeFault::Phone { code, .. }) => code,
            other => panic!("{other:?}"),
        }
    }

    pub fn root_of(&self, id: FactId) -> Option<FactId> {
        match &self.confirmed.get(&id)?.content {
            Content::Whole(fact) => Some(fact.root),
            Content::Erased(_) => None,
        }
    }

    pub fn has(&self, id: FactId) -> bool {
        self.confirmed.contains_key(&id)
    }

    pub fn kinds_under(&self, root: FactId) -> Vec<Kind> {
        let facts = self.confirmed.values().filter_map(|item| match &item.content {
            Content::Whole(fact) if fact.root == root => Some(fact.kind),
            Content::Whole(_) | Content::Erased(_) => None,
        });
        let mut kinds: Vec<Kind> = facts.collect();
        kinds.sort();
        kinds
    }
}

pub fn visit(org: &Org, unit: FactId) -> Visit {
    Visit {
        unit,
        day: org.today(),
        started: None,
        minutes: None,
        place: Place { evidence: PlaceEvidence::None, fix: None },
        met: None,
        topics: None,
        receipt: None,
        since_boot: None,
    }
}

pub fn petition(unit: FactId) -> Petition {
    Petition { unit, kind: PetitionKind::Proposal, urgency: Urgency::Normal, anonymous: false, receipt: None, remote: None }
}

pub fn words(text: &str) -> Words {
    Words { of: None, texts: [(Slot::Text, text.to_owned())].into() }
}
