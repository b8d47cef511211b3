//! A small commune for tests: two hamlets, a liaison who looks after both, a head of one, and the office.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_model::body::{
    Assignment, CaseEvent, CaseState, Erasure, Event, Kind, Level, Mask, Person, Petition, PetitionKind, Post, Role, Slot,
    Topic, TopicMark, Unit, Urgency, Words, WriterEnrolled,
};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::pack::{Content, Item};
use minicbor::Encode;
use tempfile::TempDir;

use super::{Account, FactState, Store};
use crate::work::{Draft, PhotoDraft, ProblemDraft, PromiseDraft, TopicDraft, VisitDraft};

/// 15 November 2026, 10:00 in Vietnam.
pub(crate) const NOW: i64 = 1_794_711_600;
pub(crate) const OFFICE: WriterId = WriterId(0x0ff1_ce00_0000_0001);
pub(crate) const PHONE: WriterId = WriterId(0x0f0e_0000_0000_0001);
pub(crate) const OTHER_PHONE: WriterId = WriterId(0x0f0e_0000_0000_0002);

/// The facts of the commune, by the office's sequence.
pub(crate) const COMMUNE: FactId = FactId::new(OFFICE, 1);
pub(crate) const HAMLET: FactId = FactId::new(OFFICE, 2);
pub(crate) const OTHER_HAMLET: FactId = FactId::new(OFFICE, 3);
pub(crate) const LIAISON: FactId = FactId::new(OFFICE, 4);
pub(crate) const TOPIC: FactId = FactId::new(OFFICE, 7);
pub(crate) const HEAD: FactId = FactId::new(OFFICE, 10);
pub(crate) const HEAD_POST: FactId = FactId::new(OFFICE, 11);

/// What [`petition`] begins.
pub(crate) const PETITION: FactId = FactId::new(OTHER_PHONE, 1);

/// A phone in a folder of its own.
pub(crate) struct Phone {
    pub(crate) dir: TempDir,
    pub(crate) store: Store,
    next_order: std::cell::Cell<i64>,
}

impl Phone {
    /// The liaison's phone, enrolled, with the commune on it.
    pub(crate) fn of_liaison() -> Self {
        Self::enrolled(PHONE, LIAISON, "KAM")
    }

    /// The head's phone.
    pub(crate) fn of_head() -> Self {
        Self::enrolled(PHONE, HEAD, "KAM")
    }

    fn enrolled(writer: WriterId, person: FactId, label: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("phone.db")).unwrap();
        let phone = Self { dir, store, next_order: std::cell::Cell::new(1) };
        phone.receive(&commune());
        phone.store.write(|tx| tx.set_account(&Account { writer, person, label: label.into() })).unwrap();
        phone
    }

    /// The app is killed and started again.
    pub(crate) fn restarted(self) -> Self {
        let Self { dir, store, next_order } = self;
        drop(store);
        let store = Store::open(&dir.path().join("phone.db")).unwrap();
        Self { dir, store, next_order }
    }

    /// Facts come from the office, in the next places of the order.
    pub(crate) fn receive(&self, facts: &[Fact]) {
        let items: Vec<Item> = facts.iter().map(|fact| self.item(fact)).collect();
        self.store.write(|tx| items.iter().try_for_each(|item| tx.receive(item).map(|_| ()))).unwrap();
    }

    pub(crate) fn item(&self, fact: &Fact) -> Item {
        let order = self.next_order.get();
        self.next_order.set(order + 1);
        Item { id: fact.id, order: Some(Order::new(1, order)), content: Content::Whole(fact.clone()) }
    }

    /// The office takes everything that waits, and gives it the next places.
    pub(crate) fn confirm_all(&self) {
        self.store
            .write::<_, super::StoreError>(|tx| {
                let waiting: Vec<i64> = tx
                    .sql()
                    .prepare("SELECT id FROM facts WHERE ord IS NULL AND state IN (2, 3) ORDER BY id")?
                    .query_map([], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                for no in waiting {
                    let order = self.next_order.get();
                    self.next_order.set(order + 1);
                    let id = tx.id(no)?;
                    tx.set_state(id, FactState::Confirmed, Some(Order::new(1, order)))?;
                }
                Ok(())
            })
            .unwrap();
    }

    pub(crate) fn dump(&self) -> String {
        self.store.read(|tx| tx.dump()).unwrap()
    }

    pub(crate) fn dump_views(&self) -> String {
        self.store.read(|tx| tx.dump_views()).unwrap()
    }

    /// Keeps and saves a draft.
    pub(crate) fn save(&self, draft: Draft, now: i64) -> crate::work::Saved {
        let id = self.store.keep_draft(None, &draft, "review", now).unwrap();
        self.store.save(id, now).unwrap()
    }

    /// A photo file on this phone.
    pub(crate) fn photo(&self, n: u8) -> PhotoDraft {
        let path = self.dir.path().join(format!("{n}.jpg"));
        std::fs::write(&path, [n; 100]).unwrap();
        PhotoDraft { hash: [n; 32].into(), bytes: 100, width: 10, height: 10, path: path.to_str().unwrap().into(), topic: None }
    }

    /// Whether these bytes stand anywhere in the database or its log.
    pub(crate) fn holds_bytes(&self, marker: &str) -> bool {
        ["phone.db", "phone.db-wal"].iter().any(|file| {
            let bytes = std::fs::read(self.dir.path().join(file)).unwrap_or_default();
            bytes.windows(marker.len()).any(|window| window == marker.as_bytes())
        })
    }
}

/// What a writer states as fact number `seq`.
pub(crate) fn fact<T: Encode<()>>(
    writer: WriterId,
    seq: u64,
    kind: Kind,
    root: Option<FactId>,
    post: Option<FactId>,
    body: &T,
) -> Fact {
    raw_fact(writer, seq, kind, root, post, to_body(body))
}

pub(crate) fn raw_fact(
    writer: WriterId,
    seq: u64,
    kind: Kind,
    root: Option<FactId>,
    post: Option<FactId>,
    body: Vec<u8>,
) -> Fact {
    Fact::seal(FactId::new(writer, seq), Statement { kind, time: NOW - 1_000, post, root, repairs: None, body }).unwrap()
}

fn office<T: Encode<()>>(seq: u64, kind: Kind, body: &T) -> Fact {
    fact(OFFICE, seq, kind, None, None, body)
}

pub(crate) fn event_fact(seq: u64, root: FactId, event: Event, state: CaseState) -> Fact {
    let body = CaseEvent { event, state, to: None, due: None, basis: None, way: None, day: None };
    fact(OFFICE, seq, Kind::CaseEvent, Some(root), None, &body)
}

pub(crate) fn erasure(seq: u64, root: FactId, facts: &[FactId]) -> Fact {
    fact(OFFICE, seq, Kind::Erasure, Some(root), None, &Erasure { facts: facts.to_vec(), ground: "12/QĐ".into() })
}

pub(crate) fn enrolled(seq: u64, writer: WriterId, person: FactId) -> Fact {
    fact(OFFICE, seq, Kind::WriterEnrolled, None, None, &WriterEnrolled { writer: writer.0, person, label: "LAM".into() })
}

pub(crate) fn commune() -> Vec<Fact> {
    let unit = |level, label: &str, name: &str, parent| Unit {
        level,
        label: label.into(),
        name: name.into(),
        parent,
        from: None,
        code: None,
        point: None,
    };
    let from = Day::of(NOW).plus(-400);
    let post = |person, unit, title: &str, role| Post { person, unit, title: title.into(), role, from, to: None };
    let looks_after = |unit| Assignment { person: LIAISON, unit: Some(unit), field: None, from, to: None, decision: None };
    vec![
        office(1, Kind::Unit, &unit(Level::Commune, "xã", "An Nhơn", None)),
        office(2, Kind::Unit, &unit(Level::Hamlet, "ấp", "An Định", Some(COMMUNE))),
        office(3, Kind::Unit, &unit(Level::Hamlet, "ấp", "Bình Hoà", Some(COMMUNE))),
        office(4, Kind::Person, &Person { name: "Lê Thị Mai".into(), phone: Some("0900000001".into()) }),
        office(5, Kind::Post, &post(LIAISON, COMMUNE, "cán bộ theo dõi", Role::Liaison)),
        office(6, Kind::Assignment, &looks_after(HAMLET)),
        office(7, Kind::Topic, &Topic { text: "Vệ sinh môi trường".into(), unit: COMMUNE, from_month: 0, to_month: None }),
        enrolled(8, OTHER_PHONE, HEAD),
        office(9, Kind::Assignment, &looks_after(OTHER_HAMLET)),
        office(10, Kind::Person, &Person { name: "Trần Văn Đức".into(), phone: None }),
        office(11, Kind::Post, &post(HEAD, HAMLET, "trưởng ấp", Role::Head)),
    ]
}

/// A whole visit: a topic, a promise, a problem, a photo.
pub(crate) fn visit(phone: &Phone, remark: &str) -> Draft {
    Draft::Visit(VisitDraft {
        unit: Some(HAMLET),
        place_reason: "máy không bắt được vị trí".into(),
        topics: vec![TopicDraft { topic: TOPIC, mark: Some(TopicMark::Done), remark: "đường sạch".into() }],
        problems: vec![problem("Cầu hỏng")],
        promises: vec![PromiseDraft { text: "Sửa đèn đường".into(), month: None, owner: None }],
        remark: remark.into(),
        photos: vec![phone.photo(1)],
        ..VisitDraft::default()
    })
}

pub(crate) fn problem(text: &str) -> ProblemDraft {
    ProblemDraft { unit: Some(HAMLET), to_level: Some(Level::Commune), text: text.into(), ..ProblemDraft::default() }
}

pub(crate) fn petition_body() -> Petition {
    Petition {
        unit: HAMLET,
        kind: PetitionKind::Feedback,
        urgency: Urgency::Normal,
        anonymous: false,
        receipt: Some("LAM-0001-0".into()),
        remote: None,
    }
}

/// A petition of the head, its words and the resident's mask: facts 1 to 3 of the head's phone.
pub(crate) fn petition(text: &str) -> Vec<Fact> {
    let root = FactId::new(OTHER_PHONE, 1);
    let words = Words { of: None, texts: [(Slot::Text, text.to_owned())].into() };
    vec![
        fact(OTHER_PHONE, 1, Kind::Petition, None, Some(HEAD_POST), &petition_body()),
        fact(OTHER_PHONE, 2, Kind::Words, Some(root), Some(HEAD_POST), &words),
        fact(OTHER_PHONE, 3, Kind::Mask, Some(root), Some(HEAD_POST), &Mask { name: "Nguyễn V. A.".into() }),
    ]
}

/// Of many petitions the one with this number, without a mask.
pub(crate) fn petition_no(n: u64, text: &str) -> Vec<Fact> {
    let root = FactId::new(OTHER_PHONE, 1_000 + 2 * n);
    let words = Words { of: None, texts: [(Slot::Text, text.to_owned())].into() };
    vec![
        fact(OTHER_PHONE, root.seq, Kind::Petition, None, Some(HEAD_POST), &petition_body()),
        fact(OTHER_PHONE, root.seq + 1, Kind::Words, Some(root), Some(HEAD_POST), &words),
    ]
}

/// The titles that a search gives.
pub(crate) fn titles(store: &Store, typed: &str) -> Vec<String> {
    store.read(|tx| tx.search(typed, None)).unwrap().lines.into_iter().map(|line| line.title).collect()
}

/// A phone with some hundred cases.
pub(crate) fn busy_phone() -> Phone {
    let phone = Phone::of_liaison();
    let facts: Vec<Fact> = (0..450).flat_map(|n| petition_no(n, &format!("đơn số {n}"))).collect();
    phone.receive(&facts);
    phone.receive(&petition("Mất nước"));
    phone.receive(&[event_fact(50, PETITION, Event::Receive, CaseState::Received)]);
    phone.save(visit(&phone, "mọi việc bình thường"), NOW);
    phone.receive(&[erasure(60, FactId::new(OTHER_PHONE, 1_000), &[FactId::new(OTHER_PHONE, 1_001)])]);
    phone
}
