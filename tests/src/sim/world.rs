//! Carries a story out: people work, requests travel, things go wrong, and in the end everything must have settled.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

use fieldbook_device::engine::{Answer, Effect, Event, Failure};
use fieldbook_model::id::WriterId;
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};
use fieldbook_protocol::version;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng as _};

use super::coverage::Counts;
use super::disk::End;
use super::memory::Memory;
use super::network::{Fate, Request};
use super::office::Office;
use super::phone::{Phone, Use};
use super::story::{Step, Story, What};
use super::village::{self, START, Village};
use super::{Outcome, aloud, said};

/// What a run was like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// A fingerprint of everything that went over the line, in order.
    pub trace: u64,
    /// Phones at the end.
    pub phones: usize,
    /// Facts written on phones.
    pub facts: usize,
    /// What was hit, and how often.
    pub counts: Counts,
}

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) seed: u64,
    pub(crate) office: Office,
    pub(crate) village: Village,
    pub(crate) phones: Vec<Phone>,
    pub(crate) memory: Memory,
    pub(crate) counts: Counts,
    /// Requests of which a copy still wanders through the network.
    pub(crate) late: Vec<Request>,
    pub(crate) now: i64,
    /// Of a hundred requests, so many meet with trouble.
    pub(crate) trouble: u32,
    pub(crate) facts: usize,
    /// The server knows less than ours, and takes less at once.
    pub(crate) old_office: bool,
    /// Photos that were lost with the office's machine.
    pub(crate) lost_photos: bool,
    /// How many bytes of each photo the office said it has, by the photo's address.
    pub(crate) stands: BTreeMap<String, u64>,
    /// How often the desk let each writer in with its certificate since the last restore.
    pub(crate) let_in: BTreeMap<WriterId, u32>,
    /// What the latest answer says that should have a cause.
    pub(crate) surprise: Option<&'static str>,
    /// The latest request that moved something, and what came of it.
    pub(crate) latest: String,
    /// Something was moved since this was last cleared.
    pub(crate) moved: bool,
    trace: DefaultHasher,
}

impl World {
    pub(crate) fn new(story: &Story) -> Outcome<Self> {
        let template = village::template()?;
        let folder = folder()?;
        let seed = story.options.seed;
        let mut phones = Vec::new();
        for n in 0..story.options.phones {
            phones.push(Phone::open(n, village::owner(n), &template.phones[n], folder.path(), seed)?);
        }
        Ok(Self {
            office: Office::open(&template.office, folder.path())?,
            folder,
            seed,
            village: template.village.clone(),
            phones,
            memory: Memory::default(),
            counts: Counts::default(),
            late: Vec::new(),
            now: START,
            trouble: story.options.trouble,
            facts: 0,
            old_office: false,
            lost_photos: false,
            stands: BTreeMap::new(),
            let_in: BTreeMap::new(),
            surprise: None,
            latest: String::new(),
            moved: false,
            trace: DefaultHasher::new(),
        })
    }

    pub(crate) fn tell(mut self, story: &Story) -> Outcome<Report> {
        for step in &story.steps {
            self.step(step)?;
        }
        self.settle()?;
        self.check()?;
        Ok(Report { trace: self.trace.finish(), phones: self.phones.len(), facts: self.facts, counts: self.counts })
    }

    fn step(&mut self, step: &Step) -> Outcome<()> {
        aloud::say(|| step.to_string());
        let mut rng = StdRng::seed_from_u64(step.salt);
        let n = step.phone % self.phones.len();
        if self.phones[n].standing == Use::InUse || !needs_phone(step.what) {
            self.happens(step.what, n, &mut rng)?;
        }
        self.wake_up(n, &mut rng)?;
        self.glance(n)
    }

    fn happens(&mut self, what: What, n: usize, rng: &mut StdRng) -> Outcome<()> {
        match what {
            What::Session => self.session(n, rng),
            What::Record => self.save_record(n, rng),
            What::Backlog => (0..rng.random_range(4..12)).try_for_each(|_| {
                self.now += 40_000;
                self.save_record(n, rng)
            }),
            What::Note => self.add_note(n, rng),
            What::Act => self.act(n, rng),
            What::Correct => self.correct(n, rng),
            What::Attach => self.attach(n, rng),
            What::Draft => self.keep_draft(n, rng).map(|_| ()),
            What::Reopen => self.reopen_draft(n, rng),
            What::Undo => self.undo(n),
            What::Withdraw => self.withdraw(n, rng),
            What::Careless => self.write_carelessly(n, rng),
            What::NoteRefused => self.note_refused(n, rng),
            What::PutRight => self.put_right(n, rng),
            What::Newer => self.write_newer(n, rng),
            What::Seconds => self.pass(rng.random_range(1_000..30_000)),
            What::Hours => self.pass(rng.random_range(3_600_000..30_000_000)),
            What::Days => self.pass(rng.random_range(1..6) * 86_400_000),
            What::Month => self.pass(31 * 86_400_000),
            What::Months => self.pass(205 * 86_400_000),
            What::LateCopy => self.deliver_late(rng),
            What::Duty => self.change_duty(rng),
            What::Post => self.change_post(rng),
            What::Merge => self.merge_hamlets(rng),
            What::Split => self.split_hamlet(rng),
            What::Rehome => self.rehome_case(rng),
            What::Erase => self.erase_texts(rng),
            What::ConfirmOffered => self.confirm_all(),
            What::Revoke => self.revoke(n),
            What::EnrolAgain => self.enrol_again(n),
            What::AppVersion
            | What::Rebuild
            | What::Kill
            | What::DieWriting
            | What::PowerCut
            | What::FillDisk
            | What::FreeDisk
            | What::Clock
            | What::Clone
            | What::KeepCopy
            | What::PutBack
            | What::NewPhone
            | What::Silence => self.strike_phone(what, n, rng),
            What::Backup | What::Restore | What::OfficeRestart | What::OfficeDies | What::OfficeFull | What::OfficeVersion => {
                self.strike_office(what, rng)
            }
        }
    }

    fn pass(&mut self, millis: i64) -> Outcome<()> {
        self.now += millis;
        Ok(())
    }

    /// A phone whose disk stopped answering has died; it is switched on again.
    pub(crate) fn wake_up(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        if self.phones[n].disk.is_dead() {
            self.counts.hit("died while writing");
            let end = if rng.random() { End::PowerCut } else { End::Killed };
            self.phones[n].end(end, rng)?;
        }
        Ok(())
    }

    /// The phone talks to the office until it has nothing to say, or its person puts it away.
    fn session(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        if rng.random_bool(0.6) {
            self.phones[n].tell(self.now, Event::Nudge)?;
        }
        for _ in 0..rng.random_range(1..8) {
            let Some(effect) = self.phones[n].next(self.now)? else { break };
            let Some(request) = Request::of(&effect) else {
                let Effect::Wait { until } = effect else { break };
                let wait = until - (self.now + self.phones[n].skew);
                if wait > 15_000 || rng.random() {
                    break;
                }
                self.now += wait.max(1);
                continue;
            };
            self.carry(n, request, rng)?;
            if self.phones[n].disk.is_dead() {
                break;
            }
        }
        Ok(())
    }

    /// Carries a request through the network.
    pub(crate) fn carry(&mut self, n: usize, request: Result<Request, String>, rng: &mut StdRng) -> Outcome<()> {
        let request = match request {
            Ok(request) => self.by_version(n, request)?,
            Err(why) => return self.hear(n, Event::Failed(Failure::File(why))),
        };
        self.stays_to_be_undone(n, &request)?;
        let fate = Fate::draw(rng, self.trouble);
        self.note(&request.body);
        self.note(format!("{fate:?}").as_bytes());
        aloud::say(|| format!("  phone {n}: {} {fate:?}", request.path));
        if let Some(fault) = fate.fault() {
            self.counts.hit(fault);
        }
        let cut = |why: &str| Event::Failed(Failure::Cut(why.into()));
        match fate {
            Fate::Arrives(millis) | Fate::Delayed(millis) => {
                let answer = self.ask(&request)?;
                self.now += millis;
                self.hear_of(n, answer)
            }
            Fate::Offline => self.hear(n, Event::Failed(Failure::Offline)),
            Fate::Stranger => self.hear(n, Event::Failed(Failure::Untrusted("a café".into()))),
            Fate::Dropped => self.hear(n, Event::Failed(Failure::Stalled)),
            Fate::AnswerLost => {
                self.ask(&request)?;
                self.hear(n, cut("lost"))
            }
            Fate::AnswerCut => {
                let answer = self.ask(&request)?;
                let Some(mut answer) = answer.filter(|answer| answer.body.len() > 1) else {
                    return self.hear(n, cut("lost"));
                };
                // A proxy that closes in an orderly way: the phone cannot tell that something is missing.
                answer.body.truncate(rng.random_range(0..answer.body.len()));
                self.hear(n, Event::Answered(answer))
            }
            Fate::CutMidBody => {
                if !request.body.is_empty() {
                    // Now and then all has arrived, and only its end was not seen.
                    let end = rng.random_range(0..request.body.len());
                    let end = if end % 16 == 1 { request.body.len() } else { end };
                    let answer = self.office.answer(&request, Some(end), self.now)?;
                    answer.iter().try_for_each(|answer| self.observe(&request, answer))?;
                }
                self.hear(n, cut("mid-body"))
            }
            Fate::Twice => {
                self.ask(&request)?;
                let answer = self.ask(&request)?;
                self.hear_of(n, answer)
            }
            Fate::AgainLater => {
                let answer = self.ask(&request)?;
                self.late.push(request);
                self.hear_of(n, answer)
            }
            Fate::KilledBefore => self.phones[n].end(End::Killed, rng),
            Fate::KilledAfter => {
                self.ask(&request)?;
                self.phones[n].end(End::Killed, rng)
            }
            Fate::Busy => {
                let body = frame::pack(&Fault { code: FaultCode::Unavailable, detail: None }).map_err(said)?;
                let retry_after = Some(rng.random_range(1..90));
                self.hear(n, Event::Answered(Answer { status: 503, retry_after, upload_offset: None, body }))
            }
        }
    }

    /// What the office answers; none when it died.
    fn ask(&mut self, request: &Request) -> Outcome<Option<Answer>> {
        let answer = self.office.answer(request, None, self.now)?;
        let Some(mut answer) = answer else {
            self.counts.hit("server died while writing");
            return Ok(None);
        };
        self.note(&answer.body);
        self.observe(request, &answer)?;
        if self.old_office && request.is_sync() && answer.status == 200 {
            answer.body = self.as_of_old(&answer.body)?;
        }
        Ok(Some(answer))
    }

    fn hear_of(&mut self, n: usize, answer: Option<Answer>) -> Outcome<()> {
        if let Some(surprise) = self.surprise.take().filter(|_| answer.is_some()) {
            self.counts.hit(surprise);
        }
        let event = answer.map_or_else(|| Event::Failed(Failure::Cut("the server is gone".into())), Event::Answered);
        self.hear(n, event)
    }

    fn hear(&mut self, n: usize, event: Event) -> Outcome<()> {
        self.phones[n].tell(self.now, event)
    }

    pub(crate) fn deliver_late(&mut self, rng: &mut StdRng) -> Outcome<()> {
        if self.late.is_empty() {
            return Ok(());
        }
        let at = rng.random_range(0..self.late.len());
        let late = self.late.swap_remove(at);
        self.ask(&late).map(|_| ())
    }

    /// What an app of another version would send.
    fn by_version(&self, n: usize, request: Request) -> Outcome<Request> {
        let protocol = self.phones[n].protocol;
        if protocol == version::PROTOCOL || !request.is_sync() {
            return Ok(request);
        }
        let message: SyncRequest = frame::unpack(&request.body).map_err(said)?;
        let message = SyncRequest { protocol, schema: protocol, ..message };
        Ok(Request { body: frame::pack(&message).map_err(said)?, ..request })
    }

    /// What a server would answer that compares nothing and takes three facts at once.
    fn as_of_old(&self, body: &[u8]) -> Outcome<Vec<u8>> {
        let answer: SyncAnswer = frame::unpack(body).map_err(said)?;
        let limits = Some(fieldbook_protocol::sync::Limits { batch_facts: 3, ..Default::default() });
        frame::pack(&SyncAnswer { check: None, blobs: None, late: None, limits, ..answer }).map_err(said)
    }

    fn note(&mut self, bytes: &[u8]) {
        self.trace.write(bytes);
    }
}

/// Whether a phone that is switched off is spared.
fn needs_phone(what: What) -> bool {
    !matches!(
        what,
        What::Seconds
            | What::Hours
            | What::Days
            | What::Month
            | What::Months
            | What::LateCopy
            | What::Duty
            | What::Post
            | What::Merge
            | What::Split
            | What::Rehome
            | What::Erase
            | What::Backup
            | What::Restore
            | What::ConfirmOffered
            | What::OfficeRestart
            | What::OfficeDies
            | What::OfficeFull
            | What::OfficeVersion
    )
}

/// In memory where the system has such a place: photos are written here, and nothing is kept.
fn folder() -> Outcome<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).map_err(said) } else { tempfile::tempdir().map_err(said) }
}
