//! What is done to a case that exists: events, notes, answers, photos, ticks, corrections.

use std::collections::BTreeMap;

use fieldbook_model::body::{AnswerWay, CaseEvent, Correction, Event, FollowUpTick, Kind, Patch, Slot, Words};
use fieldbook_model::case::{Action, Case, next};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::map;

use super::draft::keep;
use super::record::Pen;
use super::save::judge_before;
use super::{Draft, EventDraft, PhotoDraft, Saved, UNDO_SECONDS, WorkError, posts, valid};
use crate::store::{Store, Writing};

/// New values for fields of a fact, by key: the value's CBOR bytes, or none to remove it. Keys not named stay as they are,
/// those of newer versions included.
pub type Changes = BTreeMap<u32, Option<Vec<u8>>>;

/// How a resident was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In person, by phone, by letter, at a meeting.
    pub way: AnswerWay,
    /// On which day, when not today.
    pub day: Option<Day>,
    /// What was said.
    pub text: String,
}

/// A photo for a case that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPhoto {
    /// The case.
    pub root: FactId,
    /// The event or promise it belongs to; the case itself when absent.
    pub of: Option<FactId>,
    /// The picture, shrunk and kept already.
    pub photo: PhotoDraft,
}

impl Store {
    /// Makes something happen to a case, without a draft kept before. Can be turned back like any save.
    pub fn add_event(&self, event: &EventDraft, now: i64) -> Result<Saved, WorkError> {
        self.write(|tx| {
            let draft = Draft::Event(event.clone());
            valid::check(&draft, Day::of(now))?;
            let id = keep(tx, None, &draft, "", now)?;
            let mut pen = Pen::take(tx, now)?;
            let root = write(&mut pen, event)?;
            let (first, last) = pen.judge()?;
            tx.draft_saved(id, &draft.to_bytes(), first, last, now)?;
            Ok(Saved { root, first, receipt: None, undo_until: now + UNDO_SECONDS })
        })
    }

    /// Adds a remark, a question or a reply.
    pub fn add_note(&self, root: FactId, text: &str, post: Option<FactId>, now: i64) -> Result<Saved, WorkError> {
        self.add_event(&EventDraft { text: text.into(), post, ..EventDraft::of(root, Event::Note) }, now)
    }

    /// "Đã trả lời người dân": the resident has been answered.
    pub fn answer_resident(&self, root: FactId, answer: &Answer, post: Option<FactId>, now: i64) -> Result<Saved, WorkError> {
        let event = EventDraft {
            text: answer.text.clone(),
            way: Some(answer.way),
            day: answer.day,
            post,
            ..EventDraft::of(root, Event::Answer)
        };
        self.add_event(&event, now)
    }

    /// Attaches a photo; its file has to go from now on.
    pub fn attach_photo(&self, photo: &NewPhoto, post: Option<FactId>, now: i64) -> Result<FactId, WorkError> {
        self.write(|tx| {
            let case = find(tx, photo.root)?;
            let mut pen = Pen::take(tx, now)?;
            let post = choose(&pen, &case, post, &Action::Add { case: &case.standing() })?;
            pen.photos(case.root, post, photo.of.unwrap_or(case.root), std::slice::from_ref(&photo.photo))?;
            Ok(pen.judge()?.0)
        })
    }

    /// Looks at a promise again, outside a visit.
    pub fn tick(&self, follow_up: FactId, done: bool, post: Option<FactId>, now: i64) -> Result<FactId, WorkError> {
        self.write(|tx| {
            let root = tx.root_of(follow_up)?.ok_or(WorkError::NotFound)?;
            let case = find(tx, root)?;
            let mut pen = Pen::take(tx, now)?;
            let post = choose(&pen, &case, post, &Action::Tick { case: &case.standing() })?;
            pen.add(case.root, Kind::FollowUpTick, post, &FollowUpTick { follow_up, done, visit: None })?;
            Ok(pen.judge()?.0)
        })
    }

    /// "Đính chính": new values for fields of a fact of the case. Names every version seen, so it also settles "có hai bản".
    pub fn correct(&self, root: FactId, target: FactId, changes: &Changes, now: i64) -> Result<FactId, WorkError> {
        self.write(|tx| correct(tx, root, target, changes, now))
    }

    /// Corrects texts of the case itself (an empty text removes one), or writes them down when there were none.
    pub fn correct_texts(&self, root: FactId, texts: &BTreeMap<Slot, String>, now: i64) -> Result<FactId, WorkError> {
        self.write(|tx| {
            let case = find(tx, root)?;
            let Some(target) = words_of_root(tx, &case)? else {
                let mut pen = Pen::take(tx, now)?;
                let action = Action::Correct { case: &case.standing(), target: case.root, target_post: case.post };
                let post = choose(&pen, &case, None, &action)?;
                let texts: Vec<(Slot, &str)> = texts.iter().map(|(slot, text)| (*slot, text.as_str())).collect();
                pen.words(case.root, post, case.root, &texts)?;
                return Ok(pen.judge()?.0);
            };
            let value = |text: &String| Some(text.trim()).filter(|text| !text.is_empty()).map(map::encoded);
            let changes = texts.iter().map(|(slot, text)| (slot.code(), value(text))).collect();
            correct(tx, case.root, target, &changes, now)
        })
    }
}

impl EventDraft {
    /// An event with nothing said yet.
    pub fn of(root: FactId, event: Event) -> Self {
        Self {
            root,
            event,
            text: String::new(),
            reason: String::new(),
            to: None,
            way: None,
            day: None,
            photos: Vec::new(),
            post: None,
        }
    }
}

/// Writes an event with its words and photos; gives its case.
pub(super) fn write(pen: &mut Pen<'_, '_>, event: &EventDraft) -> Result<FactId, WorkError> {
    let case = find(pen.tx, event.root)?;
    let standing = case.standing();
    let post = choose(pen, &case, event.post, &Action::Act { event: event.event, case: &standing })?;
    let state = next(case.kind, case.petition_kind(), case.state, event.event)
        .map_err(|_| WorkError::Refused(fieldbook_model::case::Refusal::NotAllowedNow))?;
    let body = CaseEvent { event: event.event, state, to: event.to, due: None, basis: None, way: event.way, day: event.day };
    let id = pen.add(case.root, Kind::CaseEvent, post, &body)?;
    pen.judge_last(|pen, fact| judge_before(pen, fact, &case))?;
    pen.words(case.root, post, id, &[(Slot::Text, &event.text), (Slot::Reason, &event.reason)])?;
    pen.photos(case.root, post, id, &event.photos)?;
    Ok(case.root)
}

pub(super) fn find(tx: &Writing<'_>, root: FactId) -> Result<Case, WorkError> {
    Ok(tx.fold(root)?.ok_or(WorkError::NotFound)?.case)
}

/// The given post, else the one in which the case was begun when that still fits, else the only one that fits.
pub(super) fn choose(pen: &Pen<'_, '_>, case: &Case, chosen: Option<FactId>, what: &Action<'_>) -> Result<FactId, WorkError> {
    let verdict = posts::choose(&pen.organisation.tree, &pen.actor, chosen, what, pen.today());
    match (verdict, case.post) {
        (Err(WorkError::ChoosePost(fits)), Some(post)) if fits.contains(&post) => Ok(post),
        (verdict, _) => verdict,
    }
}

fn correct(tx: &mut Writing<'_>, root: FactId, target: FactId, changes: &Changes, now: i64) -> Result<FactId, WorkError> {
    const REMOVED: u8 = 0xf7;
    let case = find(tx, root)?;
    let target = if target == root { case.root } else { target };
    let mut pen = Pen::take(tx, now)?;
    let action = Action::Correct { case: &case.standing(), target, target_post: case.post_of(target) };
    let post = choose(&pen, &case, None, &action)?;
    let patch = changes.iter().map(|(key, value)| (*key, value.clone().unwrap_or(vec![REMOVED]))).collect();
    let heads = case.heads.get(&target).cloned().unwrap_or_default();
    let body = Correction { target, heads, patch: Patch(map::from_entries(&patch)) };
    let id = pen.add(case.root, Kind::Correction, post, &body)?;
    pen.judge_last(|pen, fact| judge_before(pen, fact, &case))?;
    pen.judge()?;
    Ok(id)
}

/// The fact that holds the texts of the case itself.
fn words_of_root(tx: &Writing<'_>, case: &Case) -> Result<Option<FactId>, WorkError> {
    let facts = tx.facts_of(case.root)?;
    let of_root = |words: &Words| words.of.is_none_or(|of| of == case.root);
    let mut latest_first = facts.iter().rev().filter_map(|kept| kept.fact.as_ref()).filter(|fact| fact.kind == Kind::Words);
    Ok(latest_first.find(|fact| fact.read::<Words>().is_ok_and(|words| of_root(&words))).map(|fact| fact.id))
}
