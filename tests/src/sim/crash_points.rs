//! Every write at which a disk can fail while a phone saves, takes in an answer, folds its views anew, attaches a photo or sends,
//! or while the office takes in what a phone sends.
//!
//! The work is done again and again from the same disks. Each time the disk stops answering one write, sync, truncation, rename
//! or deletion later, until the work gets to its end; then the process is gone, or the power with what was not synced, and
//! everything is opened again.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fieldbook_device::engine::{Answer, Event, Failure};
use fieldbook_device::photo::{self, ShrinkLimits};
use fieldbook_device::work::{Draft, PhotoDraft, ProblemDraft, PromiseDraft, VisitDraft};
use fieldbook_model::body::Handling;
use fieldbook_model::id::{FactId, Order};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::disk::{Disk, End, Image};
use super::network::Request;
use super::office::Office;
use super::phone::Phone;
use super::village::{START, Template, template};
use super::{Found, Outcome, broken, pictures, said};
use crate::jpeg;

/// Ways in which each point ends: the kill, and several power cuts, which differ in what the disk had written by itself.
const ENDS: [(End, u64); 4] = [(End::Killed, 0), (End::PowerCut, 1), (End::PowerCut, 2), (End::PowerCut, 3)];

/// More exchanges than a record and its photo need, also after a failure.
const MOST_STEPS: i64 = 60;

/// Past the time in which a save can be turned back.
const LATER: i64 = START + 60_000;

/// What the phone does while its disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// "Lưu": a visit with two problems, a promise and a photo.
    Save,
    /// It takes in an answer: acknowledgements and a colleague's records.
    Apply,
    /// Its views are folded anew.
    Rebuild,
    /// A photo is made small, put on the disk, and attached to a draft.
    Attach,
    /// A record and its photo are sent.
    Send,
    /// The office takes a record and its photo in; it is its disk that fails.
    Receive,
}

/// How much was tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Writes, syncs, truncations and deletions at which the disk failed.
    pub points: u32,
    /// Ends of the process that were tried, over all points.
    pub ends: u32,
    /// Of these, how many had the work done whole.
    pub done: u32,
}

/// Lets the disk fail at each point of the work.
///
/// # Errors
/// [`Found`] when something saved is not there any more, a database is damaged, or the work cannot be done afterwards.
pub fn try_each_point(work: Work) -> Result<Tally, Found> {
    let folder = tempfile::tempdir().map_err(said)?;
    let scene = Scene::prepare(work, folder.path())?;
    let whole = scene.whole()?;
    let mut tally = Tally::default();
    for point in 0.. {
        let mut reached = false;
        for (end, seed) in ENDS {
            let seed = seed.wrapping_add(u64::from(point) << 8);
            let mut place = scene.place()?;
            place.office.seed_cuts(seed);
            place.failing(work).die_after(point);
            scene.carry_on(&mut place)?;
            reached |= !place.failing(work).is_counting();
            place.phone.end(end, &mut StdRng::seed_from_u64(seed))?;
            place.office.spare()?;
            tally.done += u32::from(scene.judge(&mut place, &whole)?);
            tally.ends += 1;
        }
        if !reached {
            break;
        }
        tally.points += 1;
    }
    Ok(tally)
}

/// A phone about to do the work.
struct Scene<'a> {
    work: Work,
    folder: &'a Path,
    template: &'static Template,
    phone: Image,
    office: Image,
    /// Hashes of the facts that were on the phone before.
    before: BTreeMap<i64, Vec<u8>>,
    draft: i64,
    /// A picture as the camera made it.
    camera: PathBuf,
    places: Cell<u32>,
}

/// One try.
struct Place {
    phone: Phone,
    office: Office,
    /// The office's answer, made ready while the disk was sound.
    answer: Option<Answer>,
}

impl Place {
    fn failing(&self, work: Work) -> &Disk {
        if work == Work::Receive { &self.office.disk } else { &self.phone.disk }
    }
}

impl<'a> Scene<'a> {
    fn prepare(work: Work, folder: &'a Path) -> Outcome<Self> {
        let template = template()?;
        let mut office = template.office.clone();
        let mut phone = Phone::open(0, 0, &template.phones[0], folder, 1)?;
        let is_sending = matches!(work, Work::Send | Work::Receive);
        for n in 0..if is_sending { 1 } else { 12 } {
            let photo = if is_sending { Some(pictures::all()?[9].draft(&phone.photos)?) } else { None };
            let draft = phone.store()?.keep_draft(None, &visit(template, n, photo), "text", START / 1000).map_err(said)?;
            phone.store()?.save(draft, START / 1000).map_err(said)?;
        }
        if work == Work::Apply {
            office = colleague_at_work(template, folder)?;
        }
        let photo = if work == Work::Save { Some(pictures::all()?[2].draft(&phone.photos)?) } else { None };
        let draft = visit(template, 99, photo);
        let draft = phone.store()?.keep_draft(None, &draft, "review", START / 1000).map_err(said)?;
        if work == Work::Rebuild {
            phone.store()?.write(|tx| tx.set_meta("fold_version", 0_i64)).map_err(said)?;
        }
        let camera = folder.join("camera.jpg");
        std::fs::write(&camera, jpeg::sample_photo(5, 160, 120)).map_err(said)?;
        let before = hashes(&mut phone)?;
        phone.shut_down()?;
        let phone = phone.disk.image();
        Ok(Self { work, folder, template, phone, office, before, draft, camera, places: Cell::new(0) })
    }

    /// The same place each time, with nothing of what was tried before.
    fn place(&self) -> Outcome<Place> {
        self.places.set(self.places.get() + 1);
        let phone = Phone::open(0, 0, &self.phone, self.folder, 1)?;
        let office = Office::open(&self.office, &self.folder.join(format!("place-{}", self.places.get())))?;
        let mut place = Place { phone, office, answer: None };
        self.make_ready(&mut place)?;
        Ok(place)
    }

    fn make_ready(&self, place: &mut Place) -> Outcome<()> {
        if self.work == Work::Apply {
            let asked = place.phone.next(LATER)?.as_ref().and_then(Request::of);
            let request = asked.ok_or_else(|| said("the phone asks nothing"))?.map_err(said)?;
            place.answer = place.office.answer(&request, None, LATER)?;
        }
        Ok(())
    }

    /// What the views say when nothing fails.
    fn whole(&self) -> Outcome<String> {
        let mut place = self.place()?;
        self.carry_on(&mut place)?;
        views(&place.phone)
    }

    /// The work itself. It may fail, when the disk did.
    fn carry_on(&self, place: &mut Place) -> Outcome<()> {
        let (phone, now) = (&mut place.phone, START / 1000 + 5);
        match self.work {
            Work::Apply => {
                let answer = place.answer.take().ok_or_else(|| said("the office does not answer"))?;
                phone.tell(LATER, Event::Answered(answer))?;
            }
            Work::Save => {
                let saved = phone.store()?.save(self.draft, now);
                phone.verb(saved)?;
            }
            Work::Rebuild => {
                let rebuilt = phone.store()?.rebuild();
                phone.checked(rebuilt)?;
            }
            Work::Attach => {
                let Some(photo) = self.shrunk(phone)? else {
                    return Ok(());
                };
                let kept = phone.store()?.keep_draft(Some(self.draft), &visit(self.template, 99, Some(photo)), "photos", now);
                phone.verb(kept)?;
            }
            Work::Send | Work::Receive => send_all(place)?,
        }
        Ok(())
    }

    /// A picture made small and put on the phone's own disk; none when that failed.
    fn shrunk(&self, phone: &Phone) -> Outcome<Option<PhotoDraft>> {
        match photo::shrink_onto(&phone.disk, &self.camera, &phone.disk.path("photos"), &ShrinkLimits::default()) {
            Ok(kept) => Ok(Some(PhotoDraft {
                hash: kept.hash.into(),
                bytes: kept.bytes as u32,
                width: kept.width,
                height: kept.height,
                path: kept.path.to_string_lossy().into_owned(),
                topic: None,
            })),
            Err(_) if phone.disk.is_dead() => Ok(None),
            Err(error) => Err(said(error)),
        }
    }

    /// Whether the work was done whole; all that was there before is there in any case, and the work can be done now.
    fn judge(&self, place: &mut Place, whole: &str) -> Outcome<bool> {
        let phone = &mut place.phone;
        let is_folded = !phone.store()?.needs_rebuild().map_err(said)?;
        // This folds the views anew on its way, and compares.
        let said_wrong = phone.store()?.check().map_err(said)?;
        if !said_wrong.is_empty() {
            return broken("the database is sound", said_wrong.join("; "));
        }
        let now = hashes(phone)?;
        if let Some((no, _)) = self.before.iter().find(|(no, hash)| now.get(no) != Some(hash)) {
            return broken("what was saved is there", format!("fact {no} is not"));
        }
        let is_done = match self.work {
            Work::Save => self.saved_or_draft(phone, now.len())?,
            Work::Apply => now.len() > self.before.len(),
            Work::Rebuild => is_folded,
            Work::Attach => self.photo_or_none(phone)?,
            Work::Send | Work::Receive => is_sent(phone)?,
        };
        if !is_done {
            self.make_ready(place)?;
            self.carry_on(place)?;
        }
        if matches!(self.work, Work::Send | Work::Receive) {
            all_at_office(place)?;
        }
        if views(&place.phone)? == whole {
            Ok(is_done)
        } else {
            broken("it can be done now", "the views are not as when nothing fails")
        }
    }

    fn saved_or_draft(&self, phone: &Phone, facts: usize) -> Outcome<bool> {
        let is_saved = facts > self.before.len();
        let is_draft = phone.store()?.drafts().map_err(said)?.iter().any(|line| line.id == self.draft);
        if is_saved == is_draft {
            return broken("saved or still a draft", format!("saved: {is_saved}, a draft: {is_draft}"));
        }
        Ok(is_saved)
    }

    /// A photo that a draft names is on the disk, whole.
    fn photo_or_none(&self, phone: &Phone) -> Outcome<bool> {
        let line = phone.store()?.draft(self.draft).map_err(said)?;
        let photos = line.draft.photos();
        for photo in &photos {
            let bytes = phone.disk.read(Path::new(&photo.path)).unwrap_or_default();
            if Sha256::digest(&bytes)[..] != photo.hash[..] {
                return broken("a photo is there, whole", format!("{} has {} bytes", photo.path, bytes.len()));
            }
        }
        Ok(!photos.is_empty())
    }
}

/// Sends until everything is at the office, or a disk fails for good.
fn send_all(place: &mut Place) -> Outcome<()> {
    for step in 0..MOST_STEPS {
        let (phone, now) = (&mut place.phone, LATER + step * 60_000);
        if phone.disk.is_dead() || is_sent(phone)? {
            return Ok(());
        }
        let Some(effect) = phone.next(now)? else {
            return Ok(());
        };
        let event = match Request::of(&effect) {
            None => Event::Nudge,
            Some(request) => match place.office.answer(&request.map_err(said)?, None, now)? {
                Some(answer) => Event::Answered(answer),
                None => Event::Failed(Failure::Cut("the office is gone".into())),
            },
        };
        phone.tell(now, event)?;
    }
    broken("the queue drains", format!("not after {MOST_STEPS} steps"))
}

fn is_sent(phone: &mut Phone) -> Outcome<bool> {
    let waiting = "SELECT (SELECT count(*) FROM facts WHERE ord IS NULL) + (SELECT count(*) FROM blobs WHERE state = 1)";
    let waiting: i64 = phone.peek()?.query_row(waiting, [], |row| row.get(0)).map_err(said)?;
    Ok(waiting == 0)
}

/// The office has every fact of the phone at the place it told, and every photo, and its own book is sound.
fn all_at_office(place: &mut Place) -> Outcome<()> {
    let (phone, office) = (&mut place.phone, &mut place.office);
    let writer = phone.writer()?.ok_or_else(|| said("the phone is nobody's"))?;
    for (order, hash) in confirmed(phone.peek()?).map_err(said)? {
        let kept = office.read(|tx| Ok(tx.fact_at(Order(order))?))?;
        if kept.is_none_or(|kept| kept.hash != hash || kept.id.writer != writer) {
            return broken("what was called received is at the office", format!("not at {order}"));
        }
    }
    for hash in photos(phone.peek()?).map_err(said)? {
        let held = office.photo(&hash)?.unwrap_or_default();
        if Sha256::digest(&held)[..] != hash[..] {
            return broken("a photo called received is at the office", format!("{} bytes are", held.len()));
        }
    }
    office.check()
}

fn confirmed(sql: &Connection) -> rusqlite::Result<Vec<(i64, [u8; 32])>> {
    let mut statement = sql.prepare("SELECT ord, hash FROM facts WHERE saved_at IS NOT NULL")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn photos(sql: &Connection) -> rusqlite::Result<Vec<[u8; 32]>> {
    sql.prepare("SELECT hash FROM blobs")?.query_map([], |row| row.get(0))?.collect()
}

fn views(phone: &Phone) -> Outcome<String> {
    phone.store()?.read(|tx| tx.dump_views()).map_err(said)
}

/// Number and hash of every fact on the phone.
fn hashes(phone: &mut Phone) -> Outcome<BTreeMap<i64, Vec<u8>>> {
    let mut statement = phone.peek()?.prepare("SELECT id, hash FROM facts").map_err(said)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(said)?;
    rows.collect::<Result<_, _>>().map_err(said)
}

fn visit(template: &Template, n: usize, photo: Option<PhotoDraft>) -> Draft {
    let hamlets: Vec<FactId> = template.village.hamlets_of(0);
    let problem =
        |text: &str| ProblemDraft { text: text.into(), handling: Some(Handling::OnTheSpot), ..ProblemDraft::default() };
    Draft::Visit(VisitDraft {
        unit: hamlets.get(n % hamlets.len()).copied(),
        remark: format!("Bà con phản ánh kênh số {n} bị bồi lắng"),
        place_reason: "không có mạng".into(),
        problems: vec![problem("Đèn đường hư"), problem("Cầu dân sinh yếu")],
        promises: vec![PromiseDraft { text: "Báo lại ngày nạo vét".into(), month: None, owner: None }],
        photos: photo.into_iter().collect(),
        ..VisitDraft::default()
    })
}

/// The same liaison's second phone records visits, and the office takes them in.
fn colleague_at_work(template: &'static Template, folder: &Path) -> Outcome<Image> {
    let mut office = Office::open(&template.office, folder)?;
    let mut phone = Phone::open(2, 0, &template.phones[2], folder, 2)?;
    for n in 0..20 {
        let draft = phone.store()?.keep_draft(None, &visit(template, n, None), "text", START / 1000).map_err(said)?;
        phone.store()?.save(draft, START / 1000).map_err(said)?;
    }
    for _ in 0..10 {
        let Some(request) = phone.next(LATER - 1_000)?.as_ref().and_then(Request::of) else {
            break;
        };
        let answer = office.answer(&request.map_err(said)?, None, LATER - 1_000)?;
        phone.tell(LATER - 1_000, Event::Answered(answer.ok_or_else(|| said("no answer"))?))?;
    }
    office.shut_down();
    Ok(office.disk.image())
}
