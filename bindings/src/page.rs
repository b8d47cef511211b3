//! Fills the page of a case from what its facts add up to.

use fieldbook_device::store::query::CaseView;
use fieldbook_model::body::{self, Slot};
use fieldbook_model::case::{self, Action, Case, CaseBody, Standing, actions_for, may_write};
use fieldbook_model::id::FactId;

use crate::calendar_day::{CalendarMonth, moment};
use crate::case_page::{
    CasePageView, ForkLine, HistoryLine, HistoryWhat, NumberLine, ProblemPart, ReportPart, Resident, TopicLine, VisitPart,
};
use crate::error::Result;
use crate::records::{FollowUpLine, PhotoLine};
use crate::rows::{Look, not_here};
use crate::words::{CaseAction, Met};

/// The page of a case.
pub(crate) fn show(look: &Look<'_, '_>, id: FactId) -> Result<CasePageView> {
    let CaseView { folded, author_name, .. } = look.tx.case(id)?.ok_or(not_here())?;
    let line = look.tx.case_line(folded.case.root)?.ok_or(not_here())?;
    let case = folded.case;
    let text = |slot| case.text(slot).unwrap_or_default().to_owned();
    let photos = case.photos.iter().map(|(_, photo)| look.photo(photo)).collect::<Result<Vec<_>>>()?;
    let standing = case.standing();
    let target = words_of(look, &case)?;
    Ok(CasePageView {
        row: look.row(line)?,
        unit_id: case.unit.to_string(),
        author: author_name.unwrap_or_default(),
        mine: look.is_mine(case.author),
        text: if case.kind == case::CaseKind::Visit { text(Slot::Remark) } else { text(Slot::Text) },
        place: text(Slot::Where),
        basis: case.basis.clone(),
        resident: resident(&case),
        visit: visit(look, &case, &photos),
        problem: problem(&case),
        report: report(&case),
        actions: actions(look, &case),
        can_correct: may(look, &Action::Correct { case: &standing, target, target_post: case.post_of(target) }),
        can_take_back: may(look, &Action::Withdraw { case: &standing }),
        history: case.history.iter().map(|line| history(look, line)).collect(),
        photos,
        forks: case
            .forks
            .iter()
            .map(|fork| ForkLine {
                target_id: fork.target.to_string(),
                shown_by: look.author(fork.shown.writer),
                kept_by: look.author(fork.kept.writer),
            })
            .collect(),
        erased: !case.erased.is_empty(),
    })
}

fn actions(look: &Look<'_, '_>, case: &Case) -> Vec<CaseAction> {
    let Some(actor) = look.actor() else {
        return Vec::new();
    };
    let home = look.organisation.tree.current_home(case.unit, look.today());
    let mut here = case.clone();
    here.unit = home;
    actions_for(&here, &actor, &look.organisation.tree, look.today()).into_iter().map(CaseAction::from).collect()
}

fn may(look: &Look<'_, '_>, action: &Action<'_>) -> bool {
    let Some(actor) = look.actor() else {
        return false;
    };
    let today = look.today();
    let verdict = |post| may_write(&look.organisation.tree, &actor, Some(post), action, today, today);
    actor.posts.iter().any(|post| verdict(post.id) == Ok(Standing::InTime))
}

/// The fact that holds the texts of the case itself; the case when there is none.
fn words_of(look: &Look<'_, '_>, case: &Case) -> Result<FactId> {
    let facts = look.tx.facts_of(case.root)?;
    let mut words = facts.iter().filter_map(|kept| kept.fact.as_ref()).filter(|fact| fact.kind == body::Kind::Words);
    let of_root = |words: &body::Words| words.of.is_none_or(|of| of == case.root);
    Ok(words.rfind(|fact| fact.read::<body::Words>().is_ok_and(|words| of_root(&words))).map_or(case.root, |fact| fact.id))
}

fn resident(case: &Case) -> Option<Resident> {
    let CaseBody::Petition(petition) = &case.body else {
        return None;
    };
    let identity = case.identity.clone();
    let masked = identity.is_none();
    let name = identity.as_ref().and_then(|who| who.name.clone()).or_else(|| case.mask.clone()).unwrap_or_default();
    let (phone, address) = identity.map_or((None, None), |who| (who.phone, who.address));
    Some(Resident { name, masked, phone, address, anonymous: petition.anonymous })
}

fn visit(look: &Look<'_, '_>, case: &Case, photos: &[PhotoLine]) -> Option<VisitPart> {
    let CaseBody::Visit(visit) = &case.body else {
        return None;
    };
    let text = |slot| case.text(slot).unwrap_or_default().to_owned();
    let topics = (0..).zip(visit.topics.iter().flatten()).map(|(index, marked)| TopicLine {
        text: look.organisation.topic_text(marked.topic).unwrap_or_default().to_owned(),
        mark: marked.mark.into(),
        remark: text(Slot::topic(index)),
    });
    let promises = case.follow_ups.iter().map(|promise| FollowUpLine {
        id: promise.id.to_string(),
        visit_id: case.root.to_string(),
        text: promise.text.clone().unwrap_or_default(),
        unit: look.name(promise.unit),
        month: CalendarMonth::from_code(promise.month),
        done: promise.done,
        photos: photos.to_vec(),
    });
    Some(VisitPart {
        day: visit.day.into(),
        evidence: visit.place.evidence.into(),
        place_reason: text(Slot::PlaceReason),
        met: visit.met.iter().flatten().copied().map(Met::from).collect(),
        with: text(Slot::With),
        topics: topics.collect(),
        promises: promises.collect(),
    })
}

fn problem(case: &Case) -> Option<ProblemPart> {
    let CaseBody::Problem(problem) = &case.body else {
        return None;
    };
    Some(ProblemPart {
        handling: problem.handling.into(),
        to_level: problem.to_level.map(Into::into),
        visit_id: problem.visit.map(|visit| visit.to_string()),
    })
}

fn report(case: &Case) -> Option<ReportPart> {
    let CaseBody::Report(report) = &case.body else {
        return None;
    };
    let text = |slot| case.text(slot).unwrap_or_default().to_owned();
    let numbers = report.numbers.iter().flatten();
    Some(ReportPart {
        kind: report.kind.into(),
        from: report.from.into(),
        to: report.to.into(),
        nothing: report.nothing,
        numbers: numbers.map(|(what, count)| NumberLine { what: (*what).into(), count: count.cast_signed() }).collect(),
        done: text(Slot::BoxDone),
        not_done: text(Slot::BoxNotDone),
        proposed: text(Slot::BoxProposed),
    })
}

fn history(look: &Look<'_, '_>, line: &case::HistoryLine) -> HistoryLine {
    HistoryLine {
        id: line.id.to_string(),
        time: moment(line.time),
        author: look.author(line.author),
        what: what(look, &line.what),
        text: line.text.clone().unwrap_or_default(),
        received: line.order.is_some(),
    }
}

fn what(look: &Look<'_, '_>, what: &case::HistoryWhat) -> HistoryWhat {
    match what {
        case::HistoryWhat::Recorded => HistoryWhat::Recorded,
        case::HistoryWhat::Event(event) => HistoryWhat::Happened {
            action: event.event.into(),
            state: event.state.into(),
            to: event.to.map(|to| look.name(to)),
            way: event.way.map(Into::into),
        },
        case::HistoryWhat::Corrected { .. } => HistoryWhat::Corrected,
        case::HistoryWhat::PhotoAdded => HistoryWhat::PhotoAdded,
        case::HistoryWhat::Erased => HistoryWhat::Erased,
        case::HistoryWhat::Rehomed { unit } => HistoryWhat::Rehomed { unit: look.name(*unit) },
        case::HistoryWhat::Withdrawn => HistoryWhat::TakenBack,
        case::HistoryWhat::Unknown(_) => HistoryWhat::Unknown,
    }
}
