//! Visits as facts, written the way a phone writes them; for everything that does not go through a phone's own verbs.

use fieldbook_model::body::{Kind, MarkedTopic, Met, Photo, Place, Slot, TopicMark, Visit, Words};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{BadFact, Fact, Statement, to_body};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::place::{Fix, PlaceEvidence};
use fieldbook_model::receipt::{Label, Receipt};

use super::visits::SyntheticVisit;

/// What one person writes about, and as whom.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The post acted in.
    pub post: FactId,
    /// The hamlets looked after.
    pub hamlets: Vec<FactId>,
    /// The checklist.
    pub topics: Vec<FactId>,
}

/// A writer with its counters.
#[derive(Debug)]
pub struct Pen {
    writer: WriterId,
    label: Label,
    ground: Ground,
    last_seq: u64,
    receipts: u32,
}

impl Pen {
    /// A writer that has written nothing.
    pub fn new(writer: WriterId, label: Label, ground: Ground) -> Self {
        Self { writer, label, ground, last_seq: 0, receipts: 0 }
    }

    /// A visit as its four facts: the visit, its words, its two pictures.
    pub fn visit(&mut self, visit: &SyntheticVisit) -> Result<Vec<Fact>, BadFact> {
        let saved = visit.started + i64::from(visit.minutes) * 60;
        let root = self.state(Kind::Visit, None, saved, to_body(&self.body(visit)))?;
        self.receipts += 1;
        let case = Some(root.id);
        let words = self.state(Kind::Words, case, saved, to_body(&words(visit)))?;
        let mut facts = vec![root, words];
        for photo in &visit.photos {
            let (bytes, width, height) = (photo.bytes, photo.width, photo.height);
            let body = Photo { hash: photo.hash.into(), bytes, width, height, of: None, topic: None };
            facts.push(self.state(Kind::Photo, case, saved, to_body(&body))?);
        }
        Ok(facts)
    }

    fn body(&self, visit: &SyntheticVisit) -> Visit {
        let fix = Fix {
            lat_e6: visit.lat_e6,
            lon_e6: visit.lon_e6,
            accuracy_m: visit.accuracy_m,
            approximate: false,
            mock: false,
            pinned: false,
        };
        let marks = visit.marks.iter().map(|mark| TopicMark::from_code(*mark));
        Visit {
            unit: self.ground.hamlets[visit.hamlet % self.ground.hamlets.len()],
            day: Day::of(visit.started),
            started: Some(visit.started),
            minutes: Some(visit.minutes),
            place: Place { evidence: PlaceEvidence::GpsInside, fix: Some(fix) },
            met: Some(vec![Met::Head, Met::Secretary]),
            topics: Some(
                self.ground.topics.iter().zip(marks).map(|(topic, mark)| MarkedTopic { topic: *topic, mark }).collect(),
            ),
            receipt: Some(Receipt::new(self.label.clone(), self.receipts + 1).to_string()),
            since_boot: Some(visit.since_boot),
        }
    }

    fn state(&mut self, kind: Kind, root: Option<FactId>, time: i64, body: Vec<u8>) -> Result<Fact, BadFact> {
        self.last_seq += 1;
        let statement = Statement { kind, time, post: Some(self.ground.post), root, repairs: None, body };
        Fact::seal(FactId::new(self.writer, self.last_seq), statement)
    }
}

fn words(visit: &SyntheticVisit) -> Words {
    let remarks = visit.remarks.iter().map(|(topic, text)| (Slot::topic(*topic as u32), text.clone()));
    Words { of: None, texts: remarks.chain([(Slot::Remark, visit.remark.clone())]).collect() }
}
