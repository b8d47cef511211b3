//! Trains `dictionary/1.zdict` from held-in sentences: `cargo run --release -p fieldbook-protocol --example train_dictionary`.
//! A dictionary that was shipped is never trained again under its number; a better one gets the next.

use std::path::Path;

use fieldbook_model::body::{
    CaseEvent, CaseState, Event, FollowUp, Handling, Kind, Level, MarkedTopic, Mask, Met, Petition, PetitionKind, Photo, Place,
    Problem, Slot, TopicMark, Urgency, Visit, Words,
};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_model::place::{Fix, PlaceEvidence};
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{Acknowledged, SyncAnswer, SyncRequest};

/// Size of the dictionary, bytes: more gains little and every phone carries it.
const SIZE: usize = 24 * 1024;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionary");
    let text = std::fs::read_to_string(folder.join("sentences.txt"))?;
    let mut chance = Chance(0x0005_eed0_f1d0_b00c);
    let sentences: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let samples: Vec<Vec<u8>> = (0..4_000)
        .map(|_| {
            let mut author = Author::new(&mut chance, &sentences);
            let visits = [1, 1, 1, 2, 4][author.chance.below(5)];
            if author.chance.below(3) == 0 { author.answer(visits) } else { author.request(visits) }
        })
        .collect::<Result<_, _>>()?;
    let dictionary = zstd::dict::from_samples(&samples, SIZE)?;
    std::fs::write(folder.join("1.zdict"), &dictionary)?;
    Ok(())
}

/// A small fixed generator: the same sentences always give the same dictionary.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// One phone with its organisation, writing samples.
struct Author<'a> {
    chance: &'a mut Chance,
    sentences: &'a [&'a str],
    phone: WriterId,
    office: WriterId,
    seq: u64,
    time: i64,
}

impl<'a> Author<'a> {
    fn new(chance: &'a mut Chance, sentences: &'a [&'a str]) -> Self {
        let (phone, office) = (WriterId(chance.next()), WriterId(chance.next()));
        let seq = 1 + chance.below(4_000) as u64;
        let time = 1_780_000_000 + chance.below(80_000_000) as i64;
        Self { chance, sentences, phone, office, seq, time }
    }

    fn sentence(&mut self) -> String {
        self.sentences[self.chance.below(self.sentences.len())].to_owned()
    }

    fn office_ref(&mut self, below: usize) -> FactId {
        FactId::new(self.office, 1 + self.chance.below(below) as u64)
    }

    fn state(
        &mut self,
        kind: Kind,
        root: Option<FactId>,
        body: Vec<u8>,
        post: FactId,
    ) -> Result<Fact, Box<dyn std::error::Error>> {
        self.seq += 1;
        self.time += self.chance.below(600) as i64;
        let statement = Statement { kind, time: self.time, post: Some(post), root, repairs: None, body };
        Ok(Fact::seal(FactId::new(self.phone, self.seq), statement)?)
    }

    fn visit(&mut self) -> Result<Vec<Fact>, Box<dyn std::error::Error>> {
        let (post, unit) = (self.office_ref(4_000), self.office_ref(4_000));
        let topic = self.office_ref(4_000);
        let topics = 3 + self.chance.below(6);
        let mut texts = std::collections::BTreeMap::from([(Slot::Remark, self.sentence())]);
        let mut marks = Vec::new();
        for n in 0..topics {
            let mark = [TopicMark::Done, TopicMark::Done, TopicMark::NotDone, TopicMark::NotKnown][self.chance.below(4)];
            marks.push(MarkedTopic { topic: FactId::new(topic.writer, topic.seq + n as u64), mark });
            if self.chance.below(3) == 0 {
                texts.insert(Slot::topic(n as u32), self.sentence());
            }
        }
        let fix = Fix {
            lat_e6: 9_900_000 + self.chance.below(1_000_000) as i32,
            lon_e6: 106_300_000 + self.chance.below(500_000) as i32,
            accuracy_m: 5 + self.chance.below(60) as u32,
            approximate: false,
            mock: false,
            pinned: false,
        };
        let visit = Visit {
            unit,
            day: Day::of(self.time),
            started: Some(self.time - 2_400),
            minutes: Some(20 + self.chance.below(70) as u32),
            place: Place { evidence: PlaceEvidence::GpsInside, fix: Some(fix) },
            met: Some(vec![Met::Head, Met::Secretary]),
            topics: Some(marks),
            receipt: Some(format!("K{}M-{:04}-X", self.chance.below(10), self.chance.below(10_000))),
            since_boot: Some(self.chance.below(900_000) as i64),
        };
        let root = self.state(Kind::Visit, None, to_body(&visit), post)?;
        let case = Some(root.id);
        let mut facts = vec![root];
        facts.push(self.state(Kind::Words, case, to_body(&Words { of: None, texts }), post)?);
        for _ in 0..self.chance.below(4) {
            facts.push(self.photo(case, post)?);
        }
        if self.chance.below(3) == 0 {
            let promise = FollowUp { unit, month: Day::of(self.time).month() + 1, owner: None };
            let promise = self.state(Kind::FollowUp, case, to_body(&promise), post)?;
            let words = Words { of: Some(promise.id), texts: [(Slot::Text, self.sentence())].into() };
            facts.push(promise);
            facts.push(self.state(Kind::Words, case, to_body(&words), post)?);
        }
        Ok(facts)
    }

    fn photo(&mut self, case: Option<FactId>, post: FactId) -> Result<Fact, Box<dyn std::error::Error>> {
        let mut hash = [0; 32];
        for part in hash.chunks_mut(8) {
            part.copy_from_slice(&self.chance.next().to_be_bytes());
        }
        let bytes = 90_000 + self.chance.below(110_000) as u32;
        let (width, height) = if self.chance.below(2) == 0 { (2_048, 1_536) } else { (1_536, 2_048) };
        self.state(Kind::Photo, case, to_body(&Photo { hash: hash.into(), bytes, width, height, of: None, topic: None }), post)
    }

    fn matter(&mut self) -> Result<Vec<Fact>, Box<dyn std::error::Error>> {
        let (post, unit) = (self.office_ref(4_000), self.office_ref(4_000));
        let receipt = Some(format!("P{}T-{:04}-K", self.chance.below(10), self.chance.below(10_000)));
        let urgency = [Urgency::Normal, Urgency::Urgent, Urgency::Complex][self.chance.below(3)];
        let root = if self.chance.below(2) == 0 {
            let handling = Handling::Proposed;
            let problem = Problem { unit, urgency, handling, to_level: Some(Level::Commune), visit: None, receipt };
            self.state(Kind::Problem, None, to_body(&problem), post)?
        } else {
            let kind = [PetitionKind::Proposal, PetitionKind::Feedback, PetitionKind::Complaint][self.chance.below(3)];
            let petition = Petition { unit, kind, urgency, anonymous: false, receipt, remote: None };
            self.state(Kind::Petition, None, to_body(&petition), post)?
        };
        let case = Some(root.id);
        let words = Words { of: None, texts: [(Slot::Text, self.sentence()), (Slot::Where, "tổ 3".into())].into() };
        let words = self.state(Kind::Words, case, to_body(&words), post)?;
        let mask = self.state(Kind::Mask, case, to_body(&Mask::of("Nguyễn Văn An")), post)?;
        let event = CaseEvent {
            event: Event::Note,
            state: CaseState::Received,
            to: None,
            due: None,
            basis: None,
            way: None,
            day: None,
        };
        let event = self.state(Kind::CaseEvent, case, to_body(&event), post)?;
        Ok(vec![root, words, mask, event])
    }

    fn facts(&mut self, visits: usize) -> Result<Vec<Fact>, Box<dyn std::error::Error>> {
        let mut facts = Vec::new();
        for _ in 0..visits {
            facts.extend(self.visit()?);
            if self.chance.below(3) == 0 {
                facts.extend(self.matter()?);
            }
        }
        Ok(facts)
    }

    fn request(&mut self, visits: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let items: Vec<Item> =
            self.facts(visits)?.into_iter().map(|f| Item { id: f.id, order: None, content: Content::Whole(f) }).collect();
        let request = SyncRequest {
            protocol: 1,
            schema: 1,
            epoch: 1,
            cursor: Some(self.chance.next().to_be_bytes().to_vec().into()),
            now: self.time + 60,
            facts: Some(Pack::of(self.phone, &items)),
            offered: None,
            next_token: None,
            check: None,
            want: None,
            room: None,
            blobs: None,
        };
        Ok(minicbor::to_vec(&request)?)
    }

    fn answer(&mut self, visits: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let mut order = Order::new(1, 1_000 + self.chance.below(100_000) as i64).0;
        let mut items = Vec::new();
        for fact in self.facts(visits)? {
            items.push(Item { id: fact.id, order: Some(Order(order)), content: Content::Whole(fact) });
            order += 1;
        }
        let answer = SyncAnswer {
            epoch: 1,
            now: self.time,
            acknowledged: Some(vec![Acknowledged { first_seq: self.seq, count: 3, first_order: order }]),
            facts: Some(Pack::of(WriterId(self.chance.next()), &items)),
            cursor: Some(self.chance.next().to_be_bytes().to_vec().into()),
            more: Some(self.chance.below(300) as u64),
            ..SyncAnswer::default()
        };
        Ok(minicbor::to_vec(&answer)?)
    }
}
