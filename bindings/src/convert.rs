//! Forms to drafts of the device and back, ids and pictures included.

use fieldbook_device::store::Organisation;
use fieldbook_device::work::{
    Draft, PetitionDraft, PhotoDraft, ProblemDraft, PromiseDraft, ReportDraft, TickDraft, TopicDraft, VisitDraft,
};
use fieldbook_model::id::FactId;
use fieldbook_model::place::{self, Fix};

use crate::calendar_day::{CalendarDay, CalendarMonth, moment, seconds};
use crate::entry::{
    Entry, FollowUpEntry, PetitionEntry, PhotoEntry, PositionFix, ProblemEntry, PromiseEntry, ReportEntry, TopicEntry,
    VisitEntry,
};
use crate::error::{Field, FieldbookError, InputFault, Result};
use crate::words::{Handling, Met, PetitionKind, ReportKind, TopicMark, UnitLevel, Urgency};

const DEGREE: f64 = 1e6;

/// An id as the shells hold it.
pub(crate) fn id(text: &str) -> Result<FactId> {
    text.parse().map_err(|_| FieldbookError::invalid(Field::Id, InputFault::Malformed))
}

/// The same where nothing chosen is an empty text.
pub(crate) fn id_if_any(text: &str) -> Result<Option<FactId>> {
    if text.is_empty() { Ok(None) } else { id(text).map(Some) }
}

/// The number of a draft.
pub(crate) fn draft_id(text: &str) -> Result<i64> {
    text.parse().map_err(|_| FieldbookError::invalid(Field::Id, InputFault::Malformed))
}

/// SHA-256 in hex.
pub(crate) fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 from hex.
pub(crate) fn unhex(text: &str) -> Result<[u8; 32]> {
    let malformed = || FieldbookError::invalid(Field::Photo, InputFault::Malformed);
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err(malformed());
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()).ok_or_else(malformed)?;
    }
    Ok(hash)
}

/// A form as the device keeps it. `before` is the draft it comes from: what no form shows (a receipt, what it repairs)
/// stays. `post` is the post one acts in.
pub(crate) fn to_draft(entry: Entry, before: &Draft, post: Option<FactId>, organisation: &Organisation) -> Result<Draft> {
    match (entry, before) {
        (Entry::Visit { entry }, Draft::Visit(before)) => Ok(Draft::Visit(to_visit(entry, before, post, organisation)?)),
        (Entry::Problem { entry }, Draft::Problem(before)) => Ok(Draft::Problem(to_problem(entry, Some(before), post)?)),
        (Entry::Petition { entry }, Draft::Petition(before)) => Ok(Draft::Petition(to_petition(entry, before, post)?)),
        (Entry::Report { entry }, Draft::Report(before)) => Ok(Draft::Report(to_report(entry, before, post)?)),
        (Entry::Visit { .. } | Entry::Problem { .. } | Entry::Petition { .. } | Entry::Report { .. }, _) => {
            Err(FieldbookError::invalid(Field::Choice, InputFault::Malformed))
        }
    }
}

/// The form of a draft; none for a kind that has no form.
pub(crate) fn to_entry(draft: &Draft) -> Option<Entry> {
    match draft {
        Draft::Visit(visit) => Some(Entry::Visit { entry: from_visit(visit) }),
        Draft::Problem(problem) => Some(Entry::Problem { entry: from_problem(problem) }),
        Draft::Petition(petition) => Some(Entry::Petition { entry: from_petition(petition) }),
        Draft::Report(report) => Some(Entry::Report { entry: from_report(report) }),
        Draft::Event(_) => None,
    }
}

/// A picture as the device keeps it.
pub(crate) fn to_photo(photo: PhotoEntry) -> Result<PhotoDraft> {
    let number = |number: i64| u32::try_from(number).map_err(|_| FieldbookError::invalid(Field::Photo, InputFault::Malformed));
    Ok(PhotoDraft {
        hash: unhex(&photo.hash)?.into(),
        bytes: number(photo.bytes)?,
        width: number(i64::from(photo.width))?,
        height: number(i64::from(photo.height))?,
        path: photo.path,
        topic: photo.topic.map(|topic| number(i64::from(topic))).transpose()?,
    })
}

pub(crate) fn from_photo(photo: &PhotoDraft) -> PhotoEntry {
    PhotoEntry {
        hash: hex(&photo.hash),
        path: photo.path.clone(),
        bytes: i64::from(photo.bytes),
        width: photo.width.cast_signed(),
        height: photo.height.cast_signed(),
        topic: photo.topic.map(u32::cast_signed),
    }
}

/// How well a place is known, from what the form holds.
pub(crate) fn evidence(entry: &VisitEntry, organisation: &Organisation) -> Result<place::PlaceEvidence> {
    if entry.place_code_scanned {
        return Ok(place::PlaceEvidence::Qr);
    }
    let unit = id_if_any(&entry.hamlet_id)?.and_then(|unit| organisation.tree.unit(unit));
    Ok(place::grade(entry.fix.map(to_fix).as_ref(), unit.and_then(|unit| unit.point.as_ref())))
}

fn to_visit(entry: VisitEntry, before: &VisitDraft, post: Option<FactId>, organisation: &Organisation) -> Result<VisitDraft> {
    let evidence = evidence(&entry, organisation)?;
    Ok(VisitDraft {
        unit: id_if_any(&entry.hamlet_id)?,
        day: entry.day.map(CalendarDay::to_day).transpose()?,
        started: entry.started.map(seconds),
        minutes: entry.minutes.and_then(|minutes| u32::try_from(minutes).ok()),
        evidence: Some(evidence),
        fix: entry.fix.map(to_fix),
        place_reason: entry.place_reason,
        met: entry.met.into_iter().filter_map(Met::to_model).collect(),
        with: entry.with,
        topics: entry.topics.into_iter().map(to_topic).collect::<Result<_>>()?,
        ticks: entry
            .follow_ups
            .into_iter()
            .map(|tick| Ok(TickDraft { follow_up: id(&tick.follow_up_id)?, done: tick.done }))
            .collect::<Result<_>>()?,
        problems: entry
            .problems
            .into_iter()
            .enumerate()
            .map(|(place, problem)| to_problem(problem, before.problems.get(place), None))
            .collect::<Result<_>>()?,
        promises: entry
            .promises
            .into_iter()
            .map(|promise| {
                let month = promise.month.map(CalendarMonth::to_code).transpose()?;
                Ok(PromiseDraft { text: promise.text, month, owner: None })
            })
            .collect::<Result<_>>()?,
        remark: entry.remark,
        photos: to_photos(entry.photos)?,
        post,
        since_boot: entry.since_boot,
        receipt: before.receipt.clone(),
        repairs: before.repairs,
    })
}

fn to_topic(topic: TopicEntry) -> Result<TopicDraft> {
    Ok(TopicDraft { topic: id(&topic.topic_id)?, mark: topic.mark.and_then(TopicMark::to_model), remark: topic.remark })
}

fn to_problem(entry: ProblemEntry, before: Option<&ProblemDraft>, post: Option<FactId>) -> Result<ProblemDraft> {
    Ok(ProblemDraft {
        unit: id_if_any(&entry.hamlet_id)?,
        urgency: entry.urgency.to_model(),
        handling: entry.handling.and_then(Handling::to_model),
        to_level: entry.to_level.and_then(UnitLevel::to_model),
        text: entry.text,
        place: entry.place,
        photos: to_photos(entry.photos)?,
        post,
        receipt: before.and_then(|before| before.receipt.clone()),
        repairs: before.and_then(|before| before.repairs),
        visit: before.and_then(|before| before.visit),
    })
}

fn to_petition(entry: PetitionEntry, before: &PetitionDraft, post: Option<FactId>) -> Result<PetitionDraft> {
    let who = |text: String| if entry.anonymous { String::new() } else { text };
    Ok(PetitionDraft {
        unit: id_if_any(&entry.hamlet_id)?,
        kind: entry.kind.and_then(PetitionKind::to_model),
        urgency: entry.urgency.to_model(),
        text: entry.text,
        place: entry.place,
        anonymous: entry.anonymous,
        name: who(entry.name),
        phone: who(entry.phone),
        address: who(entry.address),
        photos: to_photos(entry.photos)?,
        post,
        receipt: before.receipt.clone(),
        repairs: before.repairs,
        remote: entry.remote.then_some(true),
    })
}

fn to_report(entry: ReportEntry, before: &ReportDraft, post: Option<FactId>) -> Result<ReportDraft> {
    Ok(ReportDraft {
        kind: entry.kind.and_then(ReportKind::to_model),
        unit: id_if_any(&entry.unit_id)?,
        from: entry.from.map(CalendarDay::to_day).transpose()?,
        to: entry.to.map(CalendarDay::to_day).transpose()?,
        nothing: entry.nothing,
        done: entry.done,
        not_done: entry.not_done,
        proposed: entry.proposed,
        post,
        receipt: before.receipt.clone(),
        repairs: before.repairs,
    })
}

fn to_photos(photos: Vec<PhotoEntry>) -> Result<Vec<PhotoDraft>> {
    photos.into_iter().map(to_photo).collect()
}

fn to_fix(fix: PositionFix) -> Fix {
    Fix {
        lat_e6: (fix.latitude * DEGREE).round() as i32,
        lon_e6: (fix.longitude * DEGREE).round() as i32,
        accuracy_m: u32::try_from(fix.accuracy_m).unwrap_or(u32::MAX),
        approximate: fix.approximate,
        mock: fix.mock,
        pinned: fix.pinned,
    }
}

fn from_visit(visit: &VisitDraft) -> VisitEntry {
    VisitEntry {
        hamlet_id: text(visit.unit),
        day: visit.day.map(CalendarDay::from),
        started: visit.started.map(moment),
        since_boot: visit.since_boot,
        minutes: visit.minutes.map(u32::cast_signed),
        fix: visit.fix.as_ref().map(from_fix),
        place_code_scanned: visit.evidence == Some(place::PlaceEvidence::Qr),
        place_reason: visit.place_reason.clone(),
        met: visit.met.iter().copied().map(Met::from).collect(),
        with: visit.with.clone(),
        topics: visit.topics.iter().map(from_topic).collect(),
        follow_ups: visit
            .ticks
            .iter()
            .map(|tick| FollowUpEntry { follow_up_id: tick.follow_up.to_string(), done: tick.done })
            .collect(),
        problems: visit.problems.iter().map(from_problem).collect(),
        promises: visit
            .promises
            .iter()
            .map(|promise| PromiseEntry { text: promise.text.clone(), month: promise.month.map(CalendarMonth::from_code) })
            .collect(),
        photos: visit.photos.iter().map(from_photo).collect(),
        remark: visit.remark.clone(),
    }
}

fn from_topic(topic: &TopicDraft) -> TopicEntry {
    TopicEntry { topic_id: topic.topic.to_string(), mark: topic.mark.map(TopicMark::from), remark: topic.remark.clone() }
}

fn from_problem(problem: &ProblemDraft) -> ProblemEntry {
    ProblemEntry {
        hamlet_id: text(problem.unit),
        text: problem.text.clone(),
        place: problem.place.clone(),
        urgency: problem.urgency.map_or(Urgency::Normal, Urgency::from),
        handling: problem.handling.map(Handling::from),
        to_level: problem.to_level.map(UnitLevel::from),
        photos: problem.photos.iter().map(from_photo).collect(),
    }
}

fn from_petition(petition: &PetitionDraft) -> PetitionEntry {
    PetitionEntry {
        hamlet_id: text(petition.unit),
        kind: petition.kind.map(PetitionKind::from),
        urgency: petition.urgency.map_or(Urgency::Normal, Urgency::from),
        text: petition.text.clone(),
        place: petition.place.clone(),
        anonymous: petition.anonymous,
        name: petition.name.clone(),
        phone: petition.phone.clone(),
        address: petition.address.clone(),
        remote: petition.remote == Some(true),
        photos: petition.photos.iter().map(from_photo).collect(),
    }
}

fn from_report(report: &ReportDraft) -> ReportEntry {
    ReportEntry {
        unit_id: text(report.unit),
        kind: report.kind.map(ReportKind::from),
        from: report.from.map(CalendarDay::from),
        to: report.to.map(CalendarDay::from),
        nothing: report.nothing,
        done: report.done.clone(),
        not_done: report.not_done.clone(),
        proposed: report.proposed.clone(),
    }
}

fn from_fix(fix: &Fix) -> PositionFix {
    PositionFix {
        latitude: f64::from(fix.lat_e6) / DEGREE,
        longitude: f64::from(fix.lon_e6) / DEGREE,
        accuracy_m: fix.accuracy_m.try_into().unwrap_or(i32::MAX),
        approximate: fix.approximate,
        mock: fix.mock,
        pinned: fix.pinned,
    }
}

/// Nothing chosen is an empty text.
fn text(id: Option<FactId>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}
