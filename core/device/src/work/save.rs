//! "Lưu": a draft becomes facts, all of them or none.

use fieldbook_model::body::{
    FollowUp, FollowUpTick, Handling, Identity, Kind, MarkedTopic, Mask, Petition, PetitionKind, Place, Problem, Report,
    ReportKind, Slot, TopicMark, Urgency, Visit,
};
use fieldbook_model::case::{Action, Case, CaseKind, judge};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::place::PlaceEvidence;

use super::error::invalid;
use super::record::Pen;
use super::reopen::{Said, unsaid};
use super::report::count;
use super::{
    Draft, Field, PetitionDraft, ProblemDraft, ReportDraft, UNDO_SECONDS, VisitDraft, Why, WorkError, act, draft, posts, valid,
};
use crate::store::{Store, Writing};

/// What was saved, for the page with the big tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The case.
    pub root: FactId,
    /// The first fact of this save, which [`Store::undo`] takes.
    pub first: FactId,
    /// The code the person can read out; none for an event and for "advised, one denunciation".
    pub receipt: Option<String>,
    /// Until when it can be turned back, Unix seconds.
    pub undo_until: i64,
}

impl Store {
    /// Saves a draft: durable when this returns. It goes to the office after [`UNDO_SECONDS`].
    ///
    /// # Errors
    /// [`WorkError::Invalid`] names the field, [`WorkError::Refused`] says what the office would say,
    /// [`WorkError::ChoosePost`] asks for the post; the draft stays as it is.
    pub fn save(&self, draft: i64, now: i64) -> Result<Saved, WorkError> {
        let saved = self.write(|tx| save(tx, draft, now));
        if fieldbook_model::planted!(RefusalTakesDraft) && saved.is_err() {
            self.delete_draft(draft)?;
        }
        saved
    }

    /// What a draft became; none when it is not saved, or was so long ago that it is forgotten.
    pub fn saved_as(&self, draft: i64) -> Result<Option<Saved>, WorkError> {
        self.read(|tx| {
            let Some((first, saved_at)) = tx.saved_draft(draft)? else {
                return Ok(None);
            };
            let root = tx.root_of(first)?.ok_or(WorkError::NotFound)?;
            let receipt = tx.case_line(root)?.and_then(|line| line.receipt);
            Ok(Some(Saved { root, first, receipt, undo_until: saved_at + UNDO_SECONDS }))
        })
    }

    /// Notes that a resident was told where to hand over a denunciation. Keeps the unit and that it was one, nothing else.
    pub fn advise_denunciation(&self, unit: FactId, post: Option<FactId>, now: i64) -> Result<Saved, WorkError> {
        self.write(|tx| {
            let mut pen = Pen::take(tx, now)?;
            let post = begin_in(&pen, post, CaseKind::Petition, unit)?;
            let body = Petition {
                unit,
                kind: PetitionKind::Denunciation,
                urgency: Urgency::Normal,
                anonymous: true,
                receipt: None,
                remote: None,
            };
            let root = pen.begin(Kind::Petition, post, &body, None)?;
            pen.judge()?;
            Ok(Saved { root, first: root, receipt: None, undo_until: now })
        })
    }
}

fn save(tx: &mut Writing<'_>, id: i64, now: i64) -> Result<Saved, WorkError> {
    let row = tx.draft_row(id)?.ok_or(WorkError::NotFound)?;
    let mut draft = draft::line(row)?.draft;
    tx.forget_saved_drafts(now - UNDO_SECONDS, now)?;
    let mut pen = Pen::take(tx, now)?;
    valid::check(&draft, Day::of(pen.now))?;
    let (root, receipt) = match &mut draft {
        Draft::Visit(visit) => save_visit(&mut pen, visit)?,
        Draft::Problem(problem) => {
            let unit = required(problem.unit)?;
            let post = begin_in(&pen, problem.post, CaseKind::Problem, unit)?;
            save_problem(&mut pen, problem, unit, post)?
        }
        Draft::Petition(petition) => save_petition(&mut pen, petition)?,
        Draft::Report(report) => save_report(&mut pen, report)?,
        Draft::Event(event) => (act::write(&mut pen, event)?, None),
    };
    let (first, last) = pen.judge()?;
    tx.draft_saved(id, &draft.to_bytes(), first, last, now)?;
    Ok(Saved { root, first, receipt, undo_until: now + UNDO_SECONDS })
}

fn save_visit(pen: &mut Pen<'_, '_>, visit: &mut VisitDraft) -> Result<(FactId, Option<String>), WorkError> {
    let unit = required(visit.unit)?;
    let post = begin_in(pen, visit.post, CaseKind::Visit, unit)?;
    let said = unsaid(pen.tx, visit.repairs)?;
    let day = visit.day.unwrap_or(Day::of(pen.now));
    let topics: Vec<MarkedTopic> = visit
        .topics
        .iter()
        .map(|topic| MarkedTopic { topic: topic.topic, mark: topic.mark.unwrap_or(TopicMark::NotKnown) })
        .collect();
    let body = Visit {
        unit,
        day,
        started: visit.started,
        minutes: visit.minutes,
        place: Place { evidence: visit.evidence.unwrap_or(PlaceEvidence::None), fix: visit.fix },
        met: some(visit.met.clone()),
        topics: some(topics),
        receipt: pen.receipt(&mut visit.receipt)?,
        since_boot: visit.since_boot,
    };
    let root = pen.begin(Kind::Visit, post, &body, visit.repairs)?;
    let mut texts = vec![
        (Slot::Remark, visit.remark.as_str()),
        (Slot::PlaceReason, visit.place_reason.as_str()),
        (Slot::With, visit.with.as_str()),
    ];
    texts.extend((0..).zip(&visit.topics).map(|(index, topic)| (Slot::topic(index), topic.remark.as_str())));
    pen.words(root, post, root, &said.texts(&texts))?;
    pen.photos(root, post, root, &said.photos(&visit.photos))?;
    save_ticks(pen, visit, root, post)?;
    save_promises(pen, visit, &said, (root, post), unit, day.month() + 1)?;
    for problem in &mut visit.problems {
        problem.visit = Some(root);
        let unit = problem.unit.unwrap_or(unit);
        save_problem(pen, problem, unit, post)?;
    }
    Ok((root, body.receipt))
}

/// Promises were made on earlier visits, so each tick belongs to the case of its promise.
fn save_ticks(pen: &mut Pen<'_, '_>, visit: &VisitDraft, root: FactId, post: FactId) -> Result<(), WorkError> {
    for tick in &visit.ticks {
        let of = pen.tx.root_of(tick.follow_up)?.ok_or(WorkError::NotFound)?;
        let body = FollowUpTick { follow_up: tick.follow_up, done: tick.done, visit: Some(root) };
        pen.add(of, Kind::FollowUpTick, post, &body)?;
    }
    Ok(())
}

fn save_promises(
    pen: &mut Pen<'_, '_>,
    visit: &VisitDraft,
    said: &Said,
    (root, post): (FactId, FactId),
    unit: FactId,
    next_month: i32,
) -> Result<(), WorkError> {
    for promise in visit.promises.iter().filter(|promise| !said.promised(&promise.text)) {
        let body = FollowUp { unit, month: promise.month.unwrap_or(next_month), owner: promise.owner };
        let id = pen.add(root, Kind::FollowUp, post, &body)?;
        pen.words(root, post, id, &[(Slot::Text, &promise.text)])?;
    }
    Ok(())
}

fn save_problem(
    pen: &mut Pen<'_, '_>,
    problem: &mut ProblemDraft,
    unit: FactId,
    post: FactId,
) -> Result<(FactId, Option<String>), WorkError> {
    let said = unsaid(pen.tx, problem.repairs)?;
    let body = Problem {
        unit,
        urgency: problem.urgency.unwrap_or(Urgency::Normal),
        handling: problem.handling.unwrap_or(Handling::Proposed),
        to_level: problem.to_level,
        visit: problem.visit,
        receipt: pen.receipt(&mut problem.receipt)?,
    };
    let root = pen.begin(Kind::Problem, post, &body, problem.repairs)?;
    pen.words(root, post, root, &said.texts(&[(Slot::Text, &problem.text), (Slot::Where, &problem.place)]))?;
    pen.photos(root, post, root, &said.photos(&problem.photos))?;
    Ok((root, body.receipt))
}

fn save_petition(pen: &mut Pen<'_, '_>, petition: &mut PetitionDraft) -> Result<(FactId, Option<String>), WorkError> {
    let unit = required(petition.unit)?;
    let post = begin_in(pen, petition.post, CaseKind::Petition, unit)?;
    let said = unsaid(pen.tx, petition.repairs)?;
    let body = Petition {
        unit,
        kind: petition.kind.ok_or(invalid(Field::Kind, Why::Missing))?,
        urgency: petition.urgency.unwrap_or(Urgency::Normal),
        anonymous: petition.anonymous,
        receipt: pen.receipt(&mut petition.receipt)?,
        remote: petition.remote,
    };
    let root = pen.begin(Kind::Petition, post, &body, petition.repairs)?;
    pen.words(root, post, root, &said.texts(&[(Slot::Text, &petition.text), (Slot::Where, &petition.place)]))?;
    let identity = identity(petition);
    if !petition.anonymous && said.identity.as_ref() != Some(&identity) {
        pen.add(root, Kind::Identity, post, &identity)?;
        pen.add(root, Kind::Mask, post, &Mask::of(petition.name.trim()))?;
    }
    pen.photos(root, post, root, &said.photos(&petition.photos))?;
    Ok((root, body.receipt))
}

fn identity(petition: &PetitionDraft) -> Identity {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Identity { name: given(&petition.name), phone: given(&petition.phone), address: given(&petition.address) }
}

fn save_report(pen: &mut Pen<'_, '_>, report: &mut ReportDraft) -> Result<(FactId, Option<String>), WorkError> {
    let unit = required(report.unit)?;
    let post = begin_in(pen, report.post, CaseKind::Report, unit)?;
    let said = unsaid(pen.tx, report.repairs)?;
    let (Some(from), Some(to)) = (report.from, report.to) else {
        return Err(invalid(Field::Period, Why::Missing).into());
    };
    let body = Report {
        kind: report.kind.unwrap_or(ReportKind::Monthly),
        unit,
        from,
        to,
        nothing: report.nothing,
        numbers: Some(count(pen.tx, &pen.organisation, unit, from, to)?),
        receipt: pen.receipt(&mut report.receipt)?,
    };
    let root = pen.begin(Kind::Report, post, &body, report.repairs)?;
    let boxes =
        [(Slot::BoxDone, report.done.as_str()), (Slot::BoxNotDone, &report.not_done), (Slot::BoxProposed, &report.proposed)];
    pen.words(root, post, root, &said.texts(&boxes))?;
    Ok((root, body.receipt))
}

fn begin_in(pen: &Pen<'_, '_>, chosen: Option<FactId>, kind: CaseKind, unit: FactId) -> Result<FactId, WorkError> {
    posts::choose(&pen.organisation.tree, &pen.actor, chosen, &Action::BeginCase { kind, unit }, pen.today())
}

fn required(unit: Option<FactId>) -> Result<FactId, WorkError> {
    Ok(unit.ok_or(invalid(Field::Unit, Why::Missing))?)
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    if list.is_empty() { None } else { Some(list) }
}

/// Judges one more fact of a case against how the case stood before it.
pub(super) fn judge_before(pen: &Pen<'_, '_>, fact: &fieldbook_model::fact::Fact, before: &Case) -> Result<(), WorkError> {
    judge(&pen.organisation.tree, &pen.actor, fact, Some(before), pen.today())?;
    Ok(())
}
