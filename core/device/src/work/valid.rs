//! What must be on a form before it can be saved. Reported field by field, in the order of the pages.

use fieldbook_model::body::{Event, Handling, PetitionKind, Slot};
use fieldbook_model::coverage::DATED_BACK_DAYS;
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::place::PlaceEvidence;

use super::error::invalid;
use super::{Draft, EventDraft, Field, Invalid, PetitionDraft, ProblemDraft, ReportDraft, VisitDraft, Why};

/// Longest text of one field, in bytes; three of them fit into one fact.
const MAX_TEXT: usize = 7_000;

/// The first thing wrong with a draft that should be saved on `today`.
pub(super) fn check(draft: &Draft, today: Day) -> Result<(), Invalid> {
    match draft {
        Draft::Visit(visit) => check_visit(visit, today),
        Draft::Problem(problem) => {
            given(problem.unit, Field::Unit)?;
            check_problem(problem, Field::Text(Slot::Text))
        }
        Draft::Petition(petition) => check_petition(petition),
        Draft::Report(report) => check_report(report),
        Draft::Event(event) => check_event(event, today),
    }
}

fn check_visit(visit: &VisitDraft, today: Day) -> Result<(), Invalid> {
    given(visit.unit, Field::Unit)?;
    if let Some(day) = visit.day {
        check_day(day, today)?;
    }
    let evidence = visit.evidence.unwrap_or(PlaceEvidence::None);
    if evidence.asks_reason() {
        typed(&visit.place_reason, Field::PlaceReason)?;
    }
    short(&visit.place_reason, Field::PlaceReason)?;
    short(&visit.with, Field::Text(Slot::With))?;
    short(&visit.remark, Field::Text(Slot::Remark))?;
    for (index, topic) in (0..).zip(&visit.topics) {
        short(&topic.remark, Field::Topic(index))?;
    }
    for (index, problem) in (0..).zip(&visit.problems) {
        check_problem(problem, Field::Problem(index))?;
    }
    for (index, promise) in (0..).zip(&visit.promises) {
        typed(&promise.text, Field::Promise(index))?;
        short(&promise.text, Field::Promise(index))?;
    }
    Ok(())
}

fn check_problem(problem: &ProblemDraft, field: Field) -> Result<(), Invalid> {
    if problem.photos.is_empty() {
        typed(&problem.text, field)?;
    }
    short(&problem.text, field)?;
    short(&problem.place, Field::Text(Slot::Where))?;
    if problem.handling != Some(Handling::OnTheSpot) && problem.to_level.is_none() {
        return Err(invalid(Field::Level, Why::Missing));
    }
    Ok(())
}

fn check_petition(petition: &PetitionDraft) -> Result<(), Invalid> {
    match petition.kind {
        None => return Err(invalid(Field::Kind, Why::Missing)),
        Some(PetitionKind::Denunciation) => return Err(invalid(Field::Kind, Why::NotTakenHere)),
        Some(PetitionKind::Proposal | PetitionKind::Feedback | PetitionKind::Complaint | PetitionKind::Other(_)) => {}
    }
    given(petition.unit, Field::Unit)?;
    if petition.photos.is_empty() {
        typed(&petition.text, Field::Text(Slot::Text))?;
    }
    short(&petition.text, Field::Text(Slot::Text))?;
    short(&petition.place, Field::Text(Slot::Where))?;
    if !petition.anonymous {
        typed(&petition.name, Field::Name)?;
    }
    for text in [&petition.name, &petition.phone, &petition.address] {
        short(text, Field::Name)?;
    }
    Ok(())
}

fn check_report(report: &ReportDraft) -> Result<(), Invalid> {
    given(report.unit, Field::Unit)?;
    let (Some(from), Some(to), Some(_)) = (report.from, report.to, report.kind) else {
        return Err(invalid(Field::Period, Why::Missing));
    };
    if to < from {
        return Err(invalid(Field::Period, Why::EndsBeforeStart));
    }
    let boxes = [(Slot::BoxDone, &report.done), (Slot::BoxNotDone, &report.not_done), (Slot::BoxProposed, &report.proposed)];
    for (slot, text) in boxes {
        short(text, Field::Text(slot))?;
    }
    Ok(())
}

fn check_event(event: &EventDraft, today: Day) -> Result<(), Invalid> {
    if event.event == Event::Note && event.photos.is_empty() {
        typed(&event.text, Field::Text(Slot::Text))?;
    }
    if matches!(event.event, Event::Decline | Event::Extend | Event::Suspend | Event::Return) {
        typed(&event.reason, Field::Text(Slot::Reason))?;
    }
    if event.event == Event::Forward {
        given(event.to, Field::To)?;
    }
    if event.day.is_some_and(|day| day > today) {
        return Err(invalid(Field::Day, Why::InFuture));
    }
    short(&event.text, Field::Text(Slot::Text))?;
    short(&event.reason, Field::Text(Slot::Reason))
}

fn check_day(day: Day, today: Day) -> Result<(), Invalid> {
    if day > today {
        return Err(invalid(Field::Day, Why::InFuture));
    }
    if i64::from(today.0) - i64::from(day.0) > DATED_BACK_DAYS.cast_signed() {
        return Err(invalid(Field::Day, Why::TooOld));
    }
    Ok(())
}

fn given(unit: Option<FactId>, field: Field) -> Result<FactId, Invalid> {
    unit.ok_or(invalid(field, Why::Missing))
}

fn typed(text: &str, field: Field) -> Result<(), Invalid> {
    if text.trim().is_empty() { Err(invalid(field, Why::Missing)) } else { Ok(()) }
}

fn short(text: &str, field: Field) -> Result<(), Invalid> {
    if text.len() > MAX_TEXT { Err(invalid(field, Why::TooLong)) } else { Ok(()) }
}
