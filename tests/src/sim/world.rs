//! One simulated month: what people do, what goes wrong, and the end, when everything must have settled.

use std::path::Path;
use std::sync::OnceLock;

use fieldbook_device::engine::{Answer, Effect, Event, Failure};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::path;
use fieldbook_protocol::token::Token;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng as _};

use super::invariants::Tally;
use super::network::Fate;
use super::office::{Door, Office, Plan, fault};
use super::phone::Phone;
use super::{Found, Outcome, invariants, said};

/// 1 November 2026, a little after noon in Việt Nam, Unix milliseconds.
const START: i64 = 1_793_509_500_000;
const TEN_YEARS: i64 = 3_652 * 86_400_000;
const PHONES: usize = 3;
const STEPS: usize = 160;

/// What a run was like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// A fingerprint of everything that happened, in order.
    pub trace: u64,
    /// Facts written on phones.
    pub facts: usize,
    /// Faults on the way.
    pub faults: usize,
    /// What became of the facts.
    pub tally: Tally,
}

/// Runs one seed to its end.
///
/// # Errors
/// [`Found`] when something does not hold; it says how to replay it.
pub fn run(seed: u64) -> Result<Report, Found> {
    let found = |what: String| Found { seed, what };
    let mut world = World::new(seed).map_err(found)?;
    world.live().map_err(found)?;
    world.settle().map_err(found)?;
    invariants::check(&world.office, &world.plan, &world.phones, world.now).map_err(found)?;
    let facts = world.phones.iter().map(|phone| phone.written.len()).sum();
    let tally = invariants::tally(&world.phones).map_err(found)?;
    Ok(Report { trace: world.trace, facts, faults: world.faults, tally })
}

/// A request of which a copy still wanders through the network.
struct Late {
    door: Door,
    body: Vec<u8>,
    token: Option<Token>,
}

struct World {
    _folder: tempfile::TempDir,
    office: Office,
    plan: Plan,
    phones: Vec<Phone>,
    late: Vec<Late>,
    rng: StdRng,
    now: i64,
    trace: u64,
    faults: usize,
    failing: bool,
}

impl World {
    fn new(seed: u64) -> Outcome<Self> {
        let founded = founded()?;
        let folder = folder()?;
        for (name, bytes) in &founded.files {
            std::fs::write(folder.path().join(name), bytes).map_err(said)?;
        }
        let plan = founded.plan.clone();
        let mut phones = Vec::new();
        for n in 0..PHONES {
            phones.push(open_phone(folder.path(), &plan, n, seed)?);
        }
        Ok(Self {
            office: Office::open(&folder.path().join("office.db"))?,
            _folder: folder,
            plan,
            phones,
            late: Vec::new(),
            rng: StdRng::seed_from_u64(seed),
            now: START,
            trace: 0xcbf2_9ce4_8422_2325,
            faults: 0,
            failing: true,
        })
    }

    /// People work, and things go wrong.
    fn live(&mut self) -> Outcome<()> {
        for _ in 0..STEPS {
            let n = self.rng.random_range(0..PHONES);
            let what = self.rng.random_range(0..100);
            self.note(&[what, n as u8]);
            match what {
                0..=49 => self.turn(n)?,
                50..=66 => self.phones[n].write(&self.plan.hamlets, self.now, &mut self.rng)?,
                67..=76 => self.now += self.rng.random_range(1_000..30_000),
                77..=80 => self.now += self.rng.random_range(3_600_000..30_000_000),
                81 => self.now += self.rng.random_range(1..40) * 86_400_000,
                82..=85 => self.phones[n].tell(self.now, Event::Nudge)?,
                86..=88 => self.phones[n].settle_refused(&self.plan.hamlets, self.now, &mut self.rng)?,
                89..=90 => self.phones[n].kill()?,
                91 => self.office.restart()?,
                92..=93 => self.phones[n].skew = [0, TEN_YEARS, -TEN_YEARS, 90_000][self.rng.random_range(0..4)],
                94..=95 => self.change_scope()?,
                _ => self.deliver_late()?,
            }
        }
        Ok(())
    }

    /// Faults stop. Everything must come to rest, also what went wrong before.
    fn settle(&mut self) -> Outcome<()> {
        self.failing = false;
        while !self.late.is_empty() {
            self.deliver_late()?;
        }
        // The second round compares what each phone holds with what it should hold; the third is quiet.
        for round in 0..3 {
            self.now += 25 * 3_600_000;
            for n in 0..PHONES {
                self.phones[n].tell(self.now, Event::Nudge)?;
                self.rest(n).map_err(|e| format!("round {round}: {e}"))?;
            }
        }
        Ok(())
    }

    fn rest(&mut self, n: usize) -> Outcome<()> {
        for _ in 0..400 {
            match self.phones[n].next(self.now)? {
                Effect::Idle => return Ok(()),
                Effect::Wait { until } => {
                    let wait = until - (self.now + self.phones[n].skew);
                    if wait > 60_000 {
                        return Ok(());
                    }
                    self.now += wait.max(1);
                }
                effect @ (Effect::Post { .. } | Effect::PutPreview { .. } | Effect::Patch { .. }) => self.carry(n, &effect)?,
            }
        }
        Err(format!("phone {n} does not come to rest"))
    }

    fn turn(&mut self, n: usize) -> Outcome<()> {
        let effect = self.phones[n].next(self.now)?;
        self.carry(n, &effect)
    }

    /// Carries a request through the network.
    fn carry(&mut self, n: usize, effect: &Effect) -> Outcome<()> {
        let Effect::Post { path, body, token } = effect else {
            return Ok(());
        };
        let door = if *path == path::SYNC { Door::Sync } else { Door::Enrol };
        let fate = Fate::draw(&mut self.rng, self.failing);
        self.faults += usize::from(fate.is_fault());
        self.note(body);
        self.note(format!("{fate:?}").as_bytes());
        let cut = |why: &str| Event::Failed(Failure::Cut(why.into()));
        match fate {
            Fate::Arrives(millis) => {
                let answer = self.ask(door, body, *token)?;
                self.now += millis;
                self.hear(n, Event::Answered(answer))
            }
            Fate::Dropped => self.hear(n, Event::Failed(Failure::Stalled)),
            Fate::AnswerLost => {
                self.ask(door, body, *token)?;
                self.hear(n, cut("lost"))
            }
            Fate::CutMidBody => {
                let end = self.rng.random_range(0..body.len());
                self.ask(door, &body[..end], *token)?;
                self.hear(n, cut("mid-body"))
            }
            Fate::Twice => {
                self.ask(door, body, *token)?;
                let answer = self.ask(door, body, *token)?;
                self.hear(n, Event::Answered(answer))
            }
            Fate::AgainLater => {
                let answer = self.ask(door, body, *token)?;
                self.late.push(Late { door, body: body.clone(), token: *token });
                self.hear(n, Event::Answered(answer))
            }
            Fate::KilledBefore => self.phones[n].kill(),
            Fate::KilledAfter => {
                self.ask(door, body, *token)?;
                self.phones[n].kill()
            }
            Fate::Busy => {
                let answer = fault(FaultCode::Unavailable, Some(self.rng.random_range(1..90)))?;
                self.hear(n, Event::Answered(answer))
            }
        }
    }

    fn ask(&mut self, door: Door, body: &[u8], token: Option<Token>) -> Outcome<Answer> {
        let answer = self.office.answer(door, body, token, self.now / 1000)?;
        self.note(&answer.body);
        Ok(answer)
    }

    fn hear(&mut self, n: usize, event: Event) -> Outcome<()> {
        self.phones[n].tell(self.now, event)
    }

    fn deliver_late(&mut self) -> Outcome<()> {
        if self.late.is_empty() {
            return Ok(());
        }
        let at = self.rng.random_range(0..self.late.len());
        let late = self.late.swap_remove(at);
        self.ask(late.door, &late.body, late.token).map(|_| ())
    }

    fn change_scope(&mut self) -> Outcome<()> {
        let hamlet = self.rng.random_range(1..self.plan.hamlets.len());
        self.office.change_scope(&mut self.plan, hamlet, self.now / 1000)
    }

    fn note(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.trace = (self.trace ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// The organisation with its phones enrolled, made once and copied for each seed.
struct Founded {
    files: Vec<(String, Vec<u8>)>,
    plan: Plan,
}

fn founded() -> Outcome<&'static Founded> {
    static FOUNDED: OnceLock<Outcome<Founded>> = OnceLock::new();
    FOUNDED.get_or_init(make).as_ref().map_err(Clone::clone)
}

fn make() -> Outcome<Founded> {
    let kept = folder()?;
    let folder = kept.path();
    let office = Office::open(&folder.join("office.db"))?;
    let before = START - 86_400_000;
    let plan = office.found(before / 1000)?;
    for n in 0..PHONES {
        let mut phone = open_phone(folder, &plan, n, 1)?;
        let code = office.invite(phone.person, n as u64, before / 1000)?;
        phone.enrol(&office, &code, before)?;
    }
    drop(office);
    let names = std::iter::once("office.db".to_owned()).chain((0..PHONES).map(|n| format!("phone{n}.db")));
    let files = names.map(|name| Ok((name.clone(), std::fs::read(folder.join(name))?))).collect::<std::io::Result<_>>();
    Ok(Founded { files: files.map_err(said)?, plan })
}

fn open_phone(folder: &Path, plan: &Plan, n: usize, seed: u64) -> Outcome<Phone> {
    let is_desk = n == PHONES - 1;
    let (person, post) = if is_desk { (plan.desk, plan.desk_post) } else { (plan.liaison, plan.liaison_post) };
    Phone::open(&folder.join(format!("phone{n}.db")), person, post, is_desk, seed.wrapping_mul(31).wrapping_add(n as u64))
}

/// In memory where the system has such a place: a simulation writes much and keeps nothing.
fn folder() -> Outcome<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).map_err(said) } else { tempfile::tempdir().map_err(said) }
}
