//! How a field is added to a kind of fact, shown on `Visit`: the next free key, optional. Older bytes read as before, older code
//! passes over the new key, and a correction by older code keeps it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_model::body::{Kind, Met, Place, TopicMark, Visit};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::map;
use fieldbook_model::place::PlaceEvidence;
use minicbor::{Decode, Encode};

/// `Visit` as the next version has it: everything from before under its key, one field more.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
struct NextVisit {
    #[n(0)]
    unit: FactId,
    #[n(1)]
    day: Day,
    #[n(2)]
    started: Option<i64>,
    #[n(3)]
    minutes: Option<u32>,
    #[n(4)]
    place: Place,
    #[n(5)]
    met: Option<Vec<Met>>,
    #[n(6)]
    topics: Option<Vec<fieldbook_model::body::MarkedTopic>>,
    #[n(7)]
    receipt: Option<String>,
    #[n(8)]
    since_boot: Option<i64>,
    /// The new field. An `Option`, so that facts from before can be read; a key that was never used.
    #[n(9)]
    people: Option<u32>,
}

fn id(seq: u64) -> FactId {
    FactId::new(WriterId(0xf00d), seq)
}

fn visit() -> Visit {
    Visit {
        unit: id(3),
        day: Day(20_000),
        started: Some(1_793_466_000),
        minutes: Some(45),
        place: Place { evidence: PlaceEvidence::None, fix: None },
        met: Some(vec![Met::Head, Met::Residents]),
        topics: Some(vec![fieldbook_model::body::MarkedTopic { topic: id(4), mark: TopicMark::Done }]),
        receipt: Some("EAA-0001-E".into()),
        since_boot: None,
    }
}

fn next_visit() -> NextVisit {
    let old: NextVisit = minicbor::decode(&to_body(&visit())).unwrap();
    NextVisit { people: Some(23), ..old }
}

#[test]
fn the_new_code_reads_what_older_code_wrote() {
    let read: NextVisit = minicbor::decode(&to_body(&visit())).unwrap();

    assert_eq!(read.people, None);
    assert_eq!((read.unit, read.minutes, read.receipt.as_deref()), (id(3), Some(45), Some("EAA-0001-E")));
}

#[test]
fn older_code_reads_what_the_new_code_wrote() {
    let read: Visit = minicbor::decode(&to_body(&next_visit())).unwrap();

    assert_eq!(read, visit());
}

#[test]
fn older_code_keeps_and_passes_on_the_field_byte_for_byte() {
    let statement =
        Statement { kind: Kind::Visit, time: 0, post: None, root: None, repairs: None, body: to_body(&next_visit()) };
    let sent = Fact::seal(id(9), statement).unwrap();

    let passed_on = Fact::open(sent.id, sent.content().to_vec()).unwrap();

    assert_eq!((passed_on.content(), passed_on.hash()), (sent.content(), sent.hash()));
    assert_eq!(passed_on.read::<NextVisit>().unwrap(), next_visit());
}

#[test]
fn a_correction_by_older_code_leaves_the_field_as_it_is() {
    let patch = map::from_entries(&[(3, map::encoded(60_u32))].into());

    let corrected = map::patched(&to_body(&next_visit()), &patch).unwrap();

    let read: NextVisit = minicbor::decode(&corrected).unwrap();
    assert_eq!((read.minutes, read.people), (Some(60), Some(23)));
}
