//! Every write at which a disk can fail while a phone saves, takes in an answer, folds its views anew or attaches a photo.
//!
//! The work is done again and again from the same disk. Each time the disk stops answering one write, sync, truncation or
//! deletion later, until the work gets to its end; then the process is gone, or the power with what was not synced, and the
//! notebook is opened again.

use std::collections::BTreeMap;
use std::path::Path;

use fieldbook_device::engine::{Answer, Event};
use fieldbook_device::work::{Draft, PhotoDraft, ProblemDraft, PromiseDraft, VisitDraft};
use fieldbook_model::body::Handling;
use fieldbook_model::id::FactId;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::disk::{End, Image};
use super::network::Request;
use super::office::Office;
use super::phone::Phone;
use super::village::{START, Template, template};
use super::{Found, Outcome, broken, pictures, said};

/// Ways in which each point ends: the kill, and several power cuts, which differ in what the disk had written by itself.
const ENDS: [(End, u64); 4] = [(End::Killed, 0), (End::PowerCut, 1), (End::PowerCut, 2), (End::PowerCut, 3)];

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
    /// A photo is attached to a draft.
    Attach,
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
            let mut phone = scene.phone()?;
            let prepared = scene.begin(&mut phone)?;
            phone.disk.die_after(point);
            scene.carry_on(&mut phone, prepared)?;
            reached |= phone.disk.is_dead();
            phone.end(end, &mut StdRng::seed_from_u64(seed.wrapping_add(u64::from(point) << 8)))?;
            tally.done += u32::from(scene.judge(&mut phone, &whole)?);
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
}

/// What the work needs that was made ready while the disk was sound.
enum Prepared {
    Nothing,
    Answer(Answer),
}

impl<'a> Scene<'a> {
    fn prepare(work: Work, folder: &'a Path) -> Outcome<Self> {
        let template = template()?;
        let mut office = template.office.clone();
        let mut phone = Phone::open(0, 0, &template.phones[0], folder, 1)?;
        for n in 0..12 {
            let draft = phone.store()?.keep_draft(None, &visit(template, n, None), "text", START / 1000).map_err(said)?;
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
        let before = hashes(&mut phone)?;
        phone.shut_down()?;
        Ok(Self { work, folder, template, phone: phone.disk.image(), office, before, draft })
    }

    fn phone(&self) -> Outcome<Phone> {
        Phone::open(0, 0, &self.phone, self.folder, 1)
    }

    /// What the views say when nothing fails.
    fn whole(&self) -> Outcome<String> {
        let mut phone = self.phone()?;
        let prepared = self.begin(&mut phone)?;
        self.carry_on(&mut phone, prepared)?;
        views(&phone)
    }

    fn begin(&self, phone: &mut Phone) -> Outcome<Prepared> {
        if self.work != Work::Apply {
            return Ok(Prepared::Nothing);
        }
        let asked = phone.next(LATER)?.as_ref().and_then(Request::of);
        let request = asked.ok_or_else(|| said("the phone asks nothing"))?.map_err(said)?;
        let mut office = Office::open(&self.office, self.folder)?;
        let answer = office.answer(&request, None, LATER)?;
        Ok(Prepared::Answer(answer.ok_or_else(|| said("the office does not answer"))?))
    }

    /// The work itself. It may fail, when the disk did.
    fn carry_on(&self, phone: &mut Phone, prepared: Prepared) -> Outcome<()> {
        let now = START / 1000 + 5;
        match (self.work, prepared) {
            (_, Prepared::Answer(answer)) => return phone.tell(LATER, Event::Answered(answer)),
            (Work::Save, Prepared::Nothing) => {
                let saved = phone.store()?.save(self.draft, now);
                phone.verb(saved)?;
            }
            (Work::Rebuild | Work::Apply, Prepared::Nothing) => {
                let rebuilt = phone.store()?.rebuild();
                phone.checked(rebuilt)?;
            }
            (Work::Attach, Prepared::Nothing) => {
                let photo = pictures::all()?[4].draft(&phone.photos)?;
                let kept = phone.store()?.keep_draft(Some(self.draft), &visit(self.template, 99, Some(photo)), "photos", now);
                phone.verb(kept)?;
            }
        }
        Ok(())
    }

    /// Whether the work was done whole; all that was there before is there in any case, and the work can be done now.
    fn judge(&self, phone: &mut Phone, whole: &str) -> Outcome<bool> {
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
        };
        if !is_done {
            let prepared = self.begin(phone)?;
            self.carry_on(phone, prepared)?;
        }
        if views(phone)? == whole {
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

    fn photo_or_none(&self, phone: &Phone) -> Outcome<bool> {
        let line = phone.store()?.draft(self.draft).map_err(said)?;
        let photos = line.draft.photos();
        if let Some(lost) = photos.iter().find(|photo| !Path::new(&photo.path).exists()) {
            return broken("a photo is there", lost.path.clone());
        }
        Ok(!photos.is_empty())
    }
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
