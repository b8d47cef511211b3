//! Who may do and see what, as one table, asked of the real server by phones that try everything.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hand;

use std::collections::BTreeMap;

use fieldbook_model::body::{
    Assignment, CaseEvent, CaseState, Correction, Erasure, Event, Handling, Identity, Kind, Patch, Petition, PetitionKind,
    Place, Problem, Report, ReportKind, Slot, Urgency, Visit, Words,
};
use fieldbook_model::case::Refusal;
use fieldbook_model::day::Day;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::FactId;
use fieldbook_model::map;
use fieldbook_model::place::PlaceEvidence;
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_protocol::pack::Content;
use fieldbook_protocol::sync::SyncAnswer;
use fieldbook_tests::jpeg;
use fieldbook_tests::office::{Office, Transport};
use hand::{HandPhone, name_of, now, request};
use minicbor::Encode;

/// For each role three places: the own hamlet, another hamlet of the commune, a hamlet of another commune. The desk and the
/// leader sit in the commune, so both its hamlets are theirs; the liaison looks after the first hamlet only.
///
/// `+` done or seen; `x` refused, with a reason; `.` looks as if there were no such thing.
const EXPECTED: &str = "
                     liaison  head   secretary  desk   leader  nobody
begin a visit        + x x    x x x  x x x      + + x  + + x   x x x
begin a problem      + x x    + x x  + x x      + + x  + + x   x x x
begin a petition     + x x    + x x  + x x      + + x  + + x   x x x
begin a report       + x x    + x x  + x x      + + x  + + x   x x x
note                 + . .    + . .  + . .      + + .  + + .   . . .
receive              x . .    x . .  x . .      + + .  + + .   . . .
answer               + . .    + . .  + . .      + + .  + + .   . . .
return               x . .    x . .  x . .      + + .  + + .   . . .
correct another's    x . .    x . .  x . .      + + .  x x .   . . .
erase                x . .    x . .  x . .      x x .  x x .   . . .
assign               x x x    x x x  x x x      x x x  x x x   x x x
attach a photo       + . .    + . .  + . .      + + .  + + .   . . .
download the photo   + . .    + . .  + . .      + + .  + + .   . . .
see the case         + . .    + . .  + . .      + + .  + + .   . . .
see who petitions    . . .    . . .  . . .      + + .  . . .   . . .
";

const ROLES: [&str; 6] = ["liaison", "head", "secretary", "desk", "leader", "nobody"];
const PLACES: [&str; 3] = ["A1", "A2", "B1"];

const UNITS: &str = "code,level,kind,name,parent_code
T,province,Tỉnh,Thử,
A,commune,Xã,An Qui,T
A1,hamlet,Ấp,An Định,A
A2,hamlet,Ấp,An Thạnh,A
B,commune,Xã,Bình Minh,T
B1,hamlet,Ấp,Bình An,B
";

#[test]
fn everybody_may_do_and_see_exactly_what_the_table_says() {
    let mut country = Country::found();
    let rows: Vec<&str> = EXPECTED.lines().skip(2).map(|line| line[..21].trim()).collect();
    let mut tried: BTreeMap<(&str, usize), String> = BTreeMap::new();
    for (n, role) in ROLES.into_iter().enumerate() {
        let mut phone = country.phone_of(n, role);
        for row in &rows {
            let marks: Vec<String> =
                PLACES.into_iter().map(|place| country.attempt(&mut phone, row, place).to_string()).collect();
            tried.insert((row, n), marks.join(" "));
        }
    }

    for line in EXPECTED.lines().skip(2) {
        let row = line[..21].trim();
        let marks: Vec<&str> = line[21..].split_whitespace().collect();
        for (n, expected) in marks.chunks(PLACES.len()).enumerate() {
            assert_eq!(tried[&(row, n)], expected.join(" "), "{row}: {} in {PLACES:?}", ROLES[n]);
        }
    }
}

#[test]
fn without_a_token_and_with_a_made_up_one_every_door_is_shut_alike() {
    let mut country = Country::found();
    let case = country.problem("A1");
    let photo = name_of(&country.photo_of(case, "A1"));
    let stranger = fieldbook_protocol::token::Token([9; 32]);
    let doors = [
        ("POST", "/v1/sync"),
        ("GET", "/v1/blob/"),
        ("HEAD", "/v1/blob/"),
        ("PATCH", "/v1/blob/"),
        ("GET", "/v1/preview/"),
        ("PUT", "/v1/preview/"),
    ];
    for token in [None, Some(&stranger)] {
        for (method, path) in doors {
            let hidden = [photo.clone(), name_of(b"nobody's")];
            for name in
                hidden.iter().filter(|_| path.ends_with('/')).map(String::as_str).chain((!path.ends_with('/')).then_some(""))
            {
                let body = country.authors["A1"].body(&[], None);
                let offset = [("upload-offset", "0".to_owned())];
                let reply = request(&country.office, method, &format!("{path}{name}"), token, &offset, &body);
                assert_eq!(reply.status, 401, "{method} {path}{name}");
                if method != "HEAD" {
                    let fault: Fault = frame::unpack(&reply.body).unwrap();
                    assert_eq!(fault.code, FaultCode::UnknownToken, "{method} {path}{name}");
                }
            }
        }
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Done,
    Refused,
    Absent,
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Done => "+",
            Self::Refused => "x",
            Self::Absent => ".",
        })
    }
}

/// Two communes with authors in three hamlets, and a desk in each that brings cases into the state an attempt needs.
struct Country {
    _folder: tempfile::TempDir,
    office: Office,
    units: BTreeMap<&'static str, FactId>,
    authors: BTreeMap<&'static str, HandPhone>,
    desks: BTreeMap<&'static str, HandPhone>,
    /// The petition of each hamlet, with its petitioner.
    petitions: BTreeMap<&'static str, FactId>,
    photos: u64,
}

impl Country {
    fn found() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut office = Office::create(&folder.path().join("office"), "Hai xã", Transport::Plain).unwrap();
        let csv = folder.path().join("units.csv");
        std::fs::write(&csv, UNITS).unwrap();
        office.run(&["import-units", &csv.to_string_lossy()]).unwrap();
        office.start().unwrap();
        let listed = office.lines(&["units"]).unwrap();
        let unit = |code: &str| {
            let line = listed.iter().find(|unit| unit["code"] == code).unwrap();
            line["id"].as_str().unwrap().parse::<FactId>().unwrap()
        };
        let units = ["A", "A1", "A2", "B", "B1"].into_iter().map(|code| (code, unit(code))).collect();
        let author = |(n, code): (usize, &'static str)| {
            let name = format!("Người ghi {code}");
            let author = HandPhone::enrol(&office, 100 + n as u64, &["--name", &name, "--role", "liaison", "--unit", code]);
            office.run(&["office", "assign", "--person", &name, "--unit", code]).unwrap();
            (code, author)
        };
        let authors = PLACES.into_iter().enumerate().map(author).collect();
        let desk = |(n, code): (usize, &'static str)| {
            let name = format!("Văn phòng {code}");
            (code, HandPhone::enrol(&office, 200 + n as u64, &["--name", &name, "--role", "desk", "--unit", code]))
        };
        let desks = ["A", "B"].into_iter().enumerate().map(desk).collect();
        let petitions = BTreeMap::new();
        let mut country = Self { _folder: folder, office, units, authors, desks, petitions, photos: 0 };
        for place in PLACES {
            let petition = country.petition(place);
            country.petitions.insert(place, petition);
        }
        country
    }

    /// A phone of somebody with this role, all of them in the commune A and its first hamlet.
    fn phone_of(&self, n: usize, role: &str) -> HandPhone {
        let name = format!("Người thử {role}");
        let unit = match role {
            "head" | "secretary" => "A1",
            _ => "A",
        };
        let mut who = vec!["--name", &name];
        if role != "nobody" {
            who.extend(["--role", role, "--unit", unit]);
        }
        let phone = HandPhone::enrol(&self.office, 300 + n as u64, &who);
        if role == "liaison" {
            self.office.run(&["office", "assign", "--person", &name, "--unit", "A1"]).unwrap();
        }
        phone
    }

    fn attempt(&mut self, phone: &mut HandPhone, row: &str, place: &'static str) -> Mark {
        let unit = self.units[place];
        match row {
            "begin a visit" => self.write(phone, Kind::Visit, None, &visit(unit)),
            "begin a problem" => self.write(phone, Kind::Problem, None, &problem(unit)),
            "begin a petition" => self.write(phone, Kind::Petition, None, &petition(unit)),
            "begin a report" => self.write(phone, Kind::Report, None, &report(unit)),
            "note" => self.event(phone, place, &[], Event::Note, CaseState::Recorded),
            "receive" => self.event(phone, place, &[], Event::Receive, CaseState::Received),
            "return" => self.event(phone, place, &[], Event::Return, CaseState::Returned),
            "answer" => {
                let before = [(Event::Receive, CaseState::Received), (Event::Resolve, CaseState::Resolved)];
                self.event(phone, place, &before, Event::Answer, CaseState::Answered)
            }
            "correct another's" => {
                let target = self.problem(place);
                let patch = Patch(map::from_entries(&[(1, map::encoded(Urgency::Urgent))].into()));
                self.write(phone, Kind::Correction, Some(target), &Correction { target, heads: vec![], patch })
            }
            "erase" => {
                let case = self.problem(place);
                let body = Erasure { facts: vec![case], ground: "thử".into() };
                self.write(phone, Kind::Erasure, Some(case), &body)
            }
            "assign" => {
                let person = self.petitions[place];
                let from = Day::of(now());
                let body = Assignment { person, unit: Some(unit), field: None, from, to: None, decision: None };
                self.write(phone, Kind::Assignment, None, &body)
            }
            "attach a photo" => self.attach(phone, place),
            "download the photo" => {
                let case = self.problem(place);
                let photo = self.photo_of(case, place);
                let reply = phone.fetch_photo(&self.office, &name_of(&photo));
                if reply.status == 200 {
                    assert_eq!(reply.body, photo);
                    return Mark::Done;
                }
                must_look_absent(&reply)
            }
            "see the case" => self.sees(phone, &case_text(place)),
            "see who petitions" => self.sees(phone, &petitioner(place)),
            other => panic!("no such row: {other}"),
        }
    }

    fn write<T: Encode<()>>(&self, phone: &mut HandPhone, kind: Kind, root: Option<FactId>, body: &T) -> Mark {
        let fact = phone.write(kind, root, body);
        self.send(phone, &fact)
    }

    /// Sends a fact and says what became of it.
    fn send(&self, phone: &HandPhone, fact: &Fact) -> Mark {
        let answer = phone.sync(&self.office, std::slice::from_ref(fact), None);
        let last = fact.id.seq;
        let refused = answer.refused.as_deref().unwrap_or_default().iter().find(|refused| refused.seq == last);
        match refused.map(|refused| Refusal::from_code(refused.code)) {
            None => {
                let runs = answer.acknowledged.unwrap_or_default();
                assert!(
                    runs.iter().any(|run| (run.first_seq..run.first_seq + run.count).contains(&last)),
                    "neither taken nor refused"
                );
                Mark::Done
            }
            Some(Refusal::UnknownRoot) => Mark::Absent,
            Some(_) => Mark::Refused,
        }
    }

    /// Lets something happen to a new problem of this place, after the desk did what comes before.
    fn event(
        &mut self,
        phone: &mut HandPhone,
        place: &'static str,
        before: &[(Event, CaseState)],
        event: Event,
        state: CaseState,
    ) -> Mark {
        let case = self.problem(place);
        let desk = self.desks.get_mut(&place[..1]).unwrap();
        for (event, state) in before {
            let fact = desk.write(Kind::CaseEvent, Some(case), &happening(*event, *state));
            desk.must_send(&self.office, &[fact]);
        }
        self.write(phone, Kind::CaseEvent, Some(case), &happening(event, state))
    }

    fn attach(&mut self, phone: &mut HandPhone, place: &'static str) -> Mark {
        let case = self.problem(place);
        let photo = self.new_photo();
        let fact = phone.show(case, &photo);
        let mark = self.send(phone, &fact);
        let sent = phone.send_photo(&self.office, &name_of(&photo), &photo);
        if mark == Mark::Done {
            assert_eq!(sent.status, 204, "{}", sent.head);
        } else {
            assert!(must_look_absent(&sent) == Mark::Absent);
        }
        mark
    }

    /// Whether a text is in anything this phone is ever sent. What must not be there is looked for in all of it.
    fn sees(&self, phone: &HandPhone, text: &str) -> Mark {
        let mut cursor = None;
        let mut seen = false;
        loop {
            let answer: SyncAnswer = phone.sync(&self.office, &[], cursor.clone());
            for item in answer.facts.iter().flat_map(|pack| pack.items(phone.writer).unwrap()) {
                if let Content::Whole(fact) = item.content {
                    seen |= fact.content().windows(text.len()).any(|part| part == text.as_bytes());
                }
            }
            if answer.more.unwrap_or(0) == 0 {
                return if seen { Mark::Done } else { Mark::Absent };
            }
            cursor = answer.cursor;
        }
    }

    /// A new problem of this place, by its author.
    fn problem(&mut self, place: &'static str) -> FactId {
        let author = self.authors.get_mut(place).unwrap();
        let root = author.write(Kind::Problem, None, &problem(self.units[place]));
        let words = author.write(Kind::Words, Some(root.id), &words(&case_text(place)));
        let id = root.id;
        author.must_send(&self.office, &[root, words]);
        id
    }

    fn petition(&mut self, place: &'static str) -> FactId {
        let author = self.authors.get_mut(place).unwrap();
        let root = author.write(Kind::Petition, None, &petition(self.units[place]));
        let identity = Identity { name: Some(petitioner(place)), phone: None, address: None };
        let identity = author.write(Kind::Identity, Some(root.id), &identity);
        let id = root.id;
        author.must_send(&self.office, &[root, identity]);
        id
    }

    /// A photo of this case, attached and sent by its author.
    fn photo_of(&mut self, case: FactId, place: &'static str) -> Vec<u8> {
        let photo = self.new_photo();
        let author = self.authors.get_mut(place).unwrap();
        let fact = author.show(case, &photo);
        author.must_send(&self.office, &[fact]);
        assert_eq!(author.send_photo(&self.office, &name_of(&photo), &photo).status, 204);
        photo
    }

    fn new_photo(&mut self) -> Vec<u8> {
        self.photos += 1;
        let mut bytes = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80)
            .encode_image(&jpeg::scene(self.photos, 64, 64))
            .unwrap();
        bytes
    }
}

/// A photo of others is not there, and nothing more is said about it.
fn must_look_absent(reply: &hand::Reply) -> Mark {
    assert_eq!(reply.status, 404, "{}", reply.head);
    let fault: Fault = frame::unpack(&reply.body).unwrap();
    assert_eq!((fault.code, fault.detail), (FaultCode::NotFound, None));
    Mark::Absent
}

fn case_text(place: &str) -> String {
    format!("chuyện riêng của {place}")
}

fn petitioner(place: &str) -> String {
    format!("Nguyễn Thị Kín {place}")
}

fn visit(unit: FactId) -> Visit {
    let place = Place { evidence: PlaceEvidence::None, fix: None };
    Visit {
        unit,
        day: Day::of(now()),
        started: None,
        minutes: None,
        place,
        met: None,
        topics: None,
        receipt: None,
        since_boot: None,
    }
}

fn problem(unit: FactId) -> Problem {
    Problem { unit, urgency: Urgency::Normal, handling: Handling::Proposed, to_level: None, visit: None, receipt: None }
}

fn petition(unit: FactId) -> Petition {
    Petition { unit, kind: PetitionKind::Feedback, urgency: Urgency::Normal, anonymous: false, receipt: None, remote: None }
}

fn report(unit: FactId) -> Report {
    let today = Day::of(now());
    Report { kind: ReportKind::Weekly, unit, from: today.plus(-6), to: today, nothing: true, numbers: None, receipt: None }
}

fn words(text: &str) -> Words {
    Words { of: None, texts: [(Slot::Text, text.to_owned())].into() }
}

fn happening(event: Event, state: CaseState) -> CaseEvent {
    CaseEvent { event, state, to: None, due: None, basis: None, way: None, day: None }
}
