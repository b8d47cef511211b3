//! An organisation to measure with: communes of ten hamlets, and in each a person who looks after them.

use std::cell::RefCell;
use std::path::Path;

use fieldbook_model::body::{Assignment, Kind, Level, Person, Post, Role, Topic, Unit};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_server::office::invite::{self, CodeKind};
use fieldbook_server::office::{OfficeFault, desk};
use fieldbook_server::storage::sqlite::Sqlite;
use fieldbook_server::storage::{Store, Tx};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::Measured;
use super::facts::Ground;
use super::visits::{HAMLETS, TOPICS};
use crate::office::{Office, Transport};

const QUESTIONS: [&str; TOPICS] =
    ["Sinh hoạt chi bộ", "An ninh trật tự", "Bảo hiểm y tế", "Giao thông nông thôn", "Vệ sinh môi trường", "Hộ nghèo"];

/// Somebody with work to do and a code to enrol with.
#[derive(Debug, Clone)]
pub struct Invited {
    /// What the person writes about.
    pub ground: Ground,
    /// One-time codes that were not used yet.
    codes: RefCell<Vec<String>>,
}

impl Invited {
    /// A one-time code; errors when none is left.
    pub fn code(&self) -> Measured<String> {
        Ok(self.codes.borrow_mut().pop().ok_or("no code is left for this person")?)
    }
}

/// How many phones one person may enrol.
const CODES: u64 = 2;

/// Founds an organisation in `data`, which must not exist, and invites so many people. The server does not run yet.
pub fn found(data: &Path, people: usize, now: i64) -> Measured<(Office, Vec<Invited>)> {
    let office = Office::create(data, "Tỉnh mẫu", Transport::Plain)?;
    let store = Store::new(Sqlite::open(&data.join("office.db"))?);
    let invited = store.write_now(move |tx| -> Result<Vec<Invited>, OfficeFault> {
        let mut write = Desk { tx, now };
        let province = write.unit(Level::Province, "Tỉnh", "Mẫu".into(), None)?;
        (0..people).map(|n| write.invited(province, n)).collect()
    })?;
    Ok((office, invited))
}

struct Desk<'a> {
    tx: &'a mut dyn Tx,
    now: i64,
}

impl Desk<'_> {
    fn invited(&mut self, province: FactId, n: usize) -> Result<Invited, OfficeFault> {
        let from = Day::of(self.now).plus(-2_000);
        let commune = self.unit(Level::Commune, "Xã", format!("An {n}"), Some(province))?;
        let hamlets = (1..=HAMLETS)
            .map(|hamlet| self.unit(Level::Hamlet, "Ấp", format!("{hamlet}"), Some(commune)))
            .collect::<Result<Vec<_>, _>>()?;
        let person = Person { name: format!("Nguyễn Thị Mẫu {n}"), phone: None };
        let person = desk::write(self.tx, Kind::Person, None, &person, self.now)?;
        let post = Post { person, unit: commune, title: "công chức".into(), role: Role::Liaison, from, to: None };
        let post = desk::write(self.tx, Kind::Post, None, &post, self.now)?;
        for hamlet in &hamlets {
            let assignment = Assignment { person, unit: Some(*hamlet), field: None, from, to: None, decision: None };
            desk::assign(self.tx, &assignment, self.now)?;
        }
        let topics = QUESTIONS
            .iter()
            .map(|question| {
                let topic = Topic { text: (*question).into(), unit: commune, from_month: from.month(), to_month: None };
                desk::write(self.tx, Kind::Topic, None, &topic, self.now)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut chance = StdRng::seed_from_u64(n as u64);
        let codes = (0..CODES)
            .map(|_| invite::create(self.tx, person, CodeKind::Qr, self.now, &mut chance))
            .collect::<Result<_, _>>()?;
        Ok(Invited { ground: Ground { post, hamlets, topics }, codes: RefCell::new(codes) })
    }

    fn unit(&mut self, level: Level, label: &str, name: String, parent: Option<FactId>) -> Result<FactId, OfficeFault> {
        let unit = Unit { level, label: label.into(), name, parent, from: None, code: None, point: None };
        desk::write(self.tx, Kind::Unit, None, &unit, self.now)
    }
}
