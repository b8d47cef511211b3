//! The organisation of the simulation: two communes, their hamlets, ten colleagues, and a template with twenty enrolled phones
//! that every seed begins with.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use fieldbook_model::body::{Assignment, Kind, Level, Person, Post, Role, Unit};
use fieldbook_model::day::Day;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_server::office::{OfficeFault, desk, epoch};
use fieldbook_server::storage::Tx;

use super::disk::Image;
use super::network::Request;
use super::office::Office;
use super::phone::Phone;
use super::{Outcome, broken, said};

/// 1 November 2026, a little after noon in Việt Nam, Unix milliseconds.
pub(crate) const START: i64 = 1_793_509_500_000;

/// Whose phone each one is; the first two are of a liaison and the desk, the third is the liaison's second.
const OWNERS: [usize; 20] = [0, 1, 0, 2, 3, 4, 0, 5, 2, 6, 7, 8, 9, 1, 3, 2, 0, 5, 4, 6];

/// The organisation as everybody in the office knows it to be.
#[derive(Debug, Clone)]
pub(crate) struct Village {
    pub(crate) communes: Vec<FactId>,
    pub(crate) hamlets: Vec<Hamlet>,
    pub(crate) people: Vec<Colleague>,
    pub(crate) duties: Vec<Duty>,
}

#[derive(Debug, Clone)]
pub(crate) struct Hamlet {
    pub(crate) unit: FactId,
    pub(crate) commune: usize,
    /// The unit that goes on with its work since it was merged or divided, and the fact that says so.
    pub(crate) home: Option<(FactId, FactId)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Colleague {
    pub(crate) person: FactId,
    pub(crate) role: Role,
    /// Where this person served, one after the other.
    pub(crate) seats: Vec<Seat>,
}

/// Somebody holds a post.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(crate) post: FactId,
    pub(crate) unit: FactId,
    pub(crate) from: Day,
    /// The fact that ended it.
    pub(crate) ended: Option<FactId>,
}

impl Colleague {
    /// The latest one.
    pub(crate) fn seat(&self) -> &Seat {
        &self.seats[self.seats.len() - 1]
    }

    /// Those not ended.
    pub(crate) fn living(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| seat.ended.is_none())
    }

    /// Head or secretary of a hamlet.
    pub(crate) fn leads_hamlet(&self) -> bool {
        matches!(self.role, Role::Head | Role::Secretary)
    }
}

/// Somebody looks after a hamlet.
#[derive(Debug, Clone)]
pub(crate) struct Duty {
    pub(crate) fact: FactId,
    pub(crate) person: usize,
    pub(crate) hamlet: usize,
    /// The fact that ended it.
    pub(crate) ended: Option<FactId>,
}

impl Village {
    /// The hamlets a person may write about, as the office knows it.
    pub(crate) fn hamlets_of(&self, person: usize) -> Vec<FactId> {
        let colleague = &self.people[person];
        let units = self.units_of(person);
        let hamlets = self.hamlets.iter().map(|hamlet| hamlet.unit).filter(|unit| units.contains(unit));
        hamlets.chain(colleague.leads_hamlet().then_some(colleague.seat().unit)).collect()
    }

    /// The units whose cases a person may see.
    pub(crate) fn units_of(&self, person: usize) -> BTreeSet<FactId> {
        let colleague = &self.people[person];
        let mut units = BTreeSet::new();
        for seat in colleague.living() {
            match colleague.role {
                Role::Head | Role::Secretary => _ = units.insert(seat.unit),
                Role::Desk | Role::Leader => {
                    units.insert(seat.unit);
                    let own = |hamlet: &&Hamlet| self.communes[hamlet.commune] == seat.unit;
                    units.extend(self.hamlets.iter().filter(own).map(|hamlet| hamlet.unit));
                }
                Role::Liaison | Role::Other(_) => {}
            }
        }
        for duty in self.duties.iter().filter(|duty| duty.person == person && duty.ended.is_none()) {
            let unit = self.hamlets[duty.hamlet].unit;
            units.insert(unit);
            // With a hamlet goes everything that was merged into it.
            units.extend(self.hamlets.iter().map(|hamlet| hamlet.unit).filter(|other| self.goes_through(*other, unit)));
        }
        units
    }

    /// Whether the work of a unit went on in another one, then or now.
    pub(crate) fn goes_through(&self, unit: FactId, other: FactId) -> bool {
        let next = |unit: FactId| self.hamlets.iter().find(|hamlet| hamlet.unit == unit)?.home.map(|(home, _)| home);
        std::iter::successors(next(unit), |unit| next(*unit)).any(|home| home == other)
    }

    /// The same, as far as an office that came back from a backup still knows it.
    pub(crate) fn known(&self, is_known: impl Fn(FactId) -> Outcome<bool>) -> Outcome<Self> {
        let mut known = self.clone();
        known.duties.clear();
        for duty in &self.duties {
            let ended = if let Some(ended) = duty.ended { is_known(ended)? } else { false };
            if is_known(duty.fact)? {
                known.duties.push(Duty { ended: duty.ended.filter(|_| ended), ..duty.clone() });
            }
        }
        for colleague in &mut known.people {
            let seats = std::mem::take(&mut colleague.seats);
            for seat in seats {
                let ended = if let Some(ended) = seat.ended { is_known(ended)? } else { false };
                if is_known(seat.post)? {
                    colleague.seats.push(Seat { ended: seat.ended.filter(|_| ended), ..seat });
                }
            }
        }
        for hamlet in &mut known.hamlets {
            if let Some((_, by)) = hamlet.home
                && !is_known(by)?
            {
                hamlet.home = None;
            }
        }
        Ok(known)
    }

    /// The unit that has this one's work today.
    pub(crate) fn home(&self, unit: FactId) -> FactId {
        let mut home = unit;
        while let Some(next) =
            self.hamlets.iter().find(|hamlet| hamlet.unit == home).and_then(|hamlet| hamlet.home.map(|(home, _)| home))
        {
            home = next;
        }
        home
    }
}

/// The organisation with its phones enrolled and filled, made once and copied for each seed.
pub(crate) struct Template {
    pub(crate) office: Image,
    pub(crate) phones: Vec<Image>,
    pub(crate) village: Village,
}

/// The one template.
pub(crate) fn template() -> Outcome<&'static Template> {
    static TEMPLATE: OnceLock<Outcome<Template>> = OnceLock::new();
    TEMPLATE.get_or_init(make).as_ref().map_err(Clone::clone)
}

/// Whose phone it is.
pub(crate) fn owner(phone: usize) -> usize {
    OWNERS[phone % OWNERS.len()]
}

fn make() -> Outcome<Template> {
    let folder = tempfile::tempdir().map_err(said)?;
    let before = START - 86_400_000;
    let mut office = Office::open(&Image::default(), folder.path())?;
    let village = office.write(before, move |tx| found(tx, before / 1000))?;
    let mut phones = Vec::new();
    for n in 0..OWNERS.len() {
        let mut phone = Phone::open(n, owner(n), &Image::default(), &folder.path().join("photos"), 1)?;
        let code = office.invite(village.people[owner(n)].person, n as u64, before)?;
        let request = phone.ask_to_enrol(&code)?.ok_or_else(|| said("a disk failed at the founding"))?;
        let answer = office.answer(&request, None, before)?.ok_or_else(|| said("no answer to an enrolment"))?;
        if phone.take_enrolment(&answer, before)? != Some(true) {
            return broken("a new phone enrols", format!("answered with {}", answer.status));
        }
        phones.push(phone);
    }
    for round in 0..2 {
        for phone in &mut phones {
            fill(phone, &mut office, before + 60_000 * round)?;
        }
    }
    let images = phones.iter_mut().map(|phone| phone.shut_down().map(|()| phone.disk.image())).collect::<Outcome<_>>()?;
    office.shut_down();
    Ok(Template { office: office.disk.image(), phones: images, village })
}

/// The first syncs, until it has all.
fn fill(phone: &mut Phone, office: &mut Office, now: i64) -> Outcome<()> {
    for _ in 0..20 {
        let Some(request) = phone.next(now)?.as_ref().and_then(Request::of) else {
            break;
        };
        let answer = office.answer(&request.map_err(said)?, None, now)?;
        phone.tell(now, fieldbook_device::engine::Event::Answered(answer.ok_or_else(|| said("no answer"))?))?;
    }
    Ok(())
}

fn found(tx: &mut dyn Tx, now: i64) -> Result<Village, OfficeFault> {
    epoch::start(tx, "Xã Mô Phỏng", WriterId(0x000f_f1ce), now)?;
    let mut communes = Vec::new();
    let mut hamlets = Vec::new();
    for (n, name) in ["Mô Phỏng", "Thử Nghiệm"].into_iter().enumerate() {
        let commune = desk::write(tx, Kind::Unit, None, &unit(Level::Commune, "Xã", name, None), now)?;
        communes.push(commune);
        for hamlet in 1..=[5, 2][n] {
            let hamlet = unit(Level::Hamlet, "ấp", &format!("{name} {hamlet}"), Some(commune));
            hamlets.push(Hamlet { unit: desk::write(tx, Kind::Unit, None, &hamlet, now)?, commune: n, home: None });
        }
    }
    let from = Day::of(now).plus(-100);
    let mut people = Vec::new();
    let posts = [
        (Role::Liaison, communes[0]),
        (Role::Desk, communes[0]),
        (Role::Liaison, communes[0]),
        (Role::Head, hamlets[0].unit),
        (Role::Leader, communes[0]),
        (Role::Head, hamlets[2].unit),
        (Role::Liaison, communes[0]),
        (Role::Secretary, hamlets[1].unit),
        (Role::Desk, communes[1]),
        (Role::Liaison, communes[1]),
    ];
    for (n, (role, unit)) in posts.into_iter().enumerate() {
        let name = format!("Nguyễn Văn {}", ["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"][n]);
        let person = desk::write(tx, Kind::Person, None, &Person { name, phone: None }, now)?;
        let post = appoint(tx, person, role, unit, from, now)?;
        people.push(Colleague { person, role, seats: vec![Seat { post, unit, from, ended: None }] });
    }
    let mut duties = Vec::new();
    for (person, hamlet) in [(0, 0), (0, 1), (2, 1), (2, 2), (2, 3), (6, 4), (9, 5)] {
        let fact = assign(tx, people[person].person, hamlets[hamlet].unit, now)?;
        duties.push(Duty { fact, person, hamlet, ended: None });
    }
    Ok(Village { communes, hamlets, people, duties })
}

/// A unit of this name.
pub(crate) fn unit(level: Level, label: &str, name: &str, parent: Option<FactId>) -> Unit {
    Unit { level, label: label.into(), name: name.into(), parent, from: None, code: None, point: None }
}

/// Gives a person a post.
pub(crate) fn appoint(
    tx: &mut dyn Tx,
    person: FactId,
    role: Role,
    unit: FactId,
    from: Day,
    now: i64,
) -> Result<FactId, OfficeFault> {
    let post = Post { person, unit, title: "cán bộ".into(), role, from, to: None };
    desk::write(tx, Kind::Post, None, &post, now)
}

/// Gives a person a unit to look after.
pub(crate) fn assign(tx: &mut dyn Tx, person: FactId, unit: FactId, now: i64) -> Result<FactId, OfficeFault> {
    let from = Day::of(now).plus(-50);
    desk::assign(tx, &Assignment { person, unit: Some(unit), field: None, from, to: None, decision: None }, now)
}
