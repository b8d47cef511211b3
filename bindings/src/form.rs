//! Forms while they are open: what a new one holds, what it lets one choose from, what "Lưu" gives.

use std::path::Path;

use chrono::{Datelike, Days, Months};
use fieldbook_device::photo::{self, ShrinkLimits};
use fieldbook_device::work::{
    self, Draft as Kept, DraftLine, PetitionDraft, ProblemDraft, ReportDraft, TopicDraft, VisitDraft,
};
use fieldbook_model::case::CaseKind;
use fieldbook_model::coverage::DATED_BACK_DAYS;
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;

use crate::calendar_day::{CalendarMonth, moment};
use crate::convert::{self, hex};
use crate::drafts::{Draft, DraftRow, FormChoices, NewDraft, Saved, TopicChoice};
use crate::entry::PhotoEntry;
use crate::error::{Field, FieldbookError, InputFault, Result};
use crate::hamlet;
use crate::phone::Phone;
use crate::records::Sending;
use crate::rows::{self, Look, not_here};
use crate::words::ReportKind;

/// What a new form holds: a visit its checklist, everything the hamlet when it is known.
pub(crate) fn empty(draft: &NewDraft, look: &Look<'_, '_>) -> Result<Kept> {
    let unit = draft.hamlet_id.as_deref().map(convert::id).transpose()?;
    Ok(match draft.kind.into() {
        CaseKind::Visit => Kept::Visit(VisitDraft {
            unit,
            started: (!draft.later).then_some(look.now),
            since_boot: draft.since_boot.filter(|_| !draft.later),
            topics: unit.map(|unit| checklist(look, unit)).unwrap_or_default(),
            ..VisitDraft::default()
        }),
        CaseKind::Problem => Kept::Problem(ProblemDraft { unit, ..ProblemDraft::default() }),
        CaseKind::Petition => Kept::Petition(PetitionDraft { unit, ..PetitionDraft::default() }),
        CaseKind::Report => Kept::Report(ReportDraft { unit, ..ReportDraft::default() }),
    })
}

/// A report on the period that lies around today.
pub(crate) fn due_report(unit: FactId, kind: ReportKind, today: Day, nothing: bool) -> Result<Kept> {
    let (from, to) = period(kind, today).ok_or(FieldbookError::invalid(Field::Period, InputFault::Malformed))?;
    let report = ReportDraft {
        kind: kind.to_model(),
        unit: Some(unit),
        from: Some(from),
        to: Some(to),
        nothing,
        ..ReportDraft::default()
    };
    Ok(Kept::Report(report))
}

/// First and last day of the period around a day.
pub(crate) fn period(kind: ReportKind, today: Day) -> Option<(Day, Day)> {
    let date = today.date();
    let (from, next) = match kind {
        ReportKind::Daily => (date, date.succ_opt()?),
        ReportKind::Weekly => {
            let monday = date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))?;
            (monday, monday.checked_add_days(Days::new(7))?)
        }
        ReportKind::Monthly => {
            let first = date.with_day(1)?;
            (first, first.checked_add_months(Months::new(1))?)
        }
        ReportKind::Quarterly => {
            let first = date.with_day(1)?.with_month0(date.month0() / 3 * 3)?;
            (first, first.checked_add_months(Months::new(3))?)
        }
        ReportKind::Unknown => return None,
    };
    Some((from.into(), Day::from(next).plus(-1)))
}

/// A form as it was last kept.
pub(crate) fn open(phone: &Phone, id: i64, now: i64) -> Result<Draft> {
    let line = phone.store.draft(id)?;
    rows::look(phone, now, |look| show(look, line))
}

/// Unfinished forms, the latest first.
pub(crate) fn list(look: &Look<'_, '_>, lines: Vec<DraftLine>) -> Vec<DraftRow> {
    let row = |line: DraftLine| {
        let kind = kind_of(&line.draft)?;
        Some(DraftRow {
            id: line.id.to_string(),
            kind: kind.into(),
            unit: line.draft.unit().map(|unit| look.name(unit)),
            text: first_words(&line.draft).to_owned(),
            step: line.step,
            started: moment(line.started),
            updated: moment(line.updated),
            repairs: repaired(&line.draft).is_some(),
        })
    };
    lines.into_iter().filter_map(row).collect()
}

/// What a form lets one choose from.
pub(crate) fn choices(look: &Look<'_, '_>, draft: &Kept) -> Result<FormChoices> {
    let (today, unit) = (look.today(), draft.unit());
    let month = match draft {
        Kept::Visit(visit) => visit.day.unwrap_or(today).month(),
        Kept::Problem(_) | Kept::Petition(_) | Kept::Report(_) | Kept::Event(_) => today.month(),
    };
    let (mut topics, mut follow_ups) = (Vec::new(), Vec::new());
    if let Some(unit) = unit {
        let asked = look.organisation.topics(unit, month).into_iter();
        topics = asked
            .map(|topic| TopicChoice { id: topic.id.to_string(), text: topic.text, asked_by: look.name(topic.unit) })
            .collect();
        let open = look.tx.open_follow_ups(&[unit], month)?;
        follow_ups = open.into_iter().map(|row| look.follow_up(row)).collect::<Result<_>>()?;
    }
    Ok(FormChoices {
        hamlets: hamlet::choices(look)?,
        topics,
        follow_ups,
        earliest_day: today.plus(-i32::try_from(DATED_BACK_DAYS).unwrap_or(0)).into(),
        today: today.into(),
        next_month: CalendarMonth::from_code(month + 1),
    })
}

/// The page with the big tick.
pub(crate) fn saved(saved: &work::Saved, phone: &Phone) -> Result<Saved> {
    phone.store.read(|tx| {
        let line = tx.case_line(saved.root)?.ok_or(not_here())?;
        Ok(Saved {
            id: saved.root.to_string(),
            undo_id: saved.first.to_string(),
            kind: line.kind.into(),
            receipt: saved.receipt.clone(),
            more_receipts: tx.receipts_of_visit(saved.root)?,
            undo_until: moment(saved.undo_until),
            sending: Sending::CanUndo { until: moment(saved.undo_until) },
        })
    })
}

/// Makes a picture small and clean and keeps it.
pub(crate) fn shrink(phone: &Phone, path: &str) -> Result<PhotoEntry> {
    let shrunk = photo::shrink(Path::new(path), &phone.photos, &ShrinkLimits::default())?;
    Ok(PhotoEntry {
        hash: hex(&shrunk.hash),
        path: shrunk.path.to_string_lossy().into_owned(),
        bytes: shrunk.bytes.cast_signed(),
        width: shrunk.width.cast_signed(),
        height: shrunk.height.cast_signed(),
        topic: None,
    })
}

fn show(look: &Look<'_, '_>, line: DraftLine) -> Result<Draft> {
    let kind = kind_of(&line.draft).ok_or(not_here())?;
    let fits: Vec<String> = match line.draft.unit() {
        Some(unit) => look.posts_for(kind, unit).map(|post| post.to_string()).collect(),
        None => Vec::new(),
    };
    Ok(Draft {
        id: line.id.to_string(),
        step: line.step,
        entry: convert::to_entry(&line.draft).ok_or(not_here())?,
        post_id: post_of(&line.draft).map(|post| post.to_string()),
        posts: look.posts().into_iter().filter(|post| fits.contains(&post.id)).collect(),
        started: moment(line.started),
        updated: moment(line.updated),
        repairs: repaired(&line.draft).map(|root| root.to_string()),
    })
}

/// The checklist of the month, nothing marked.
pub(crate) fn checklist(look: &Look<'_, '_>, unit: FactId) -> Vec<TopicDraft> {
    let asked = look.organisation.topics(unit, look.today().month()).into_iter();
    asked.map(|topic| TopicDraft { topic: topic.id, mark: None, remark: String::new() }).collect()
}

fn kind_of(draft: &Kept) -> Option<CaseKind> {
    match draft {
        Kept::Visit(_) => Some(CaseKind::Visit),
        Kept::Problem(_) => Some(CaseKind::Problem),
        Kept::Petition(_) => Some(CaseKind::Petition),
        Kept::Report(_) => Some(CaseKind::Report),
        Kept::Event(_) => None,
    }
}

fn first_words(draft: &Kept) -> &str {
    match draft {
        Kept::Visit(visit) => &visit.remark,
        Kept::Problem(problem) => &problem.text,
        Kept::Petition(petition) => &petition.text,
        Kept::Report(report) => &report.done,
        Kept::Event(event) => &event.text,
    }
}

fn post_of(draft: &Kept) -> Option<FactId> {
    match draft {
        Kept::Visit(visit) => visit.post,
        Kept::Problem(problem) => problem.post,
        Kept::Petition(petition) => petition.post,
        Kept::Report(report) => report.post,
        Kept::Event(event) => event.post,
    }
}

fn repaired(draft: &Kept) -> Option<FactId> {
    match draft {
        Kept::Visit(visit) => visit.repairs,
        Kept::Problem(problem) => problem.repairs,
        Kept::Petition(petition) => petition.repairs,
        Kept::Report(report) => report.repairs,
        Kept::Event(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::NaiveDate;

    fn day(year: i32, month: u32, day: u32) -> Day {
        NaiveDate::from_ymd_opt(year, month, day).unwrap().into()
    }

    #[test]
    fn a_report_covers_the_period_around_today() {
        let sunday = day(2026, 11, 22);
        assert_eq!(period(ReportKind::Daily, sunday), Some((sunday, sunday)));
        assert_eq!(period(ReportKind::Weekly, sunday), Some((day(2026, 11, 16), sunday)));
        assert_eq!(period(ReportKind::Monthly, sunday), Some((day(2026, 11, 1), day(2026, 11, 30))));
        assert_eq!(period(ReportKind::Quarterly, sunday), Some((day(2026, 10, 1), day(2026, 12, 31))));
    }
}
