//! The questions before a petition: they decide its kind, and nothing is stored meanwhile.
//!
//! A denunciation must be recognised before anything of it is kept, so the question that leads there comes first.

use fieldbook_model::calendar::WorkingCalendar;
use fieldbook_model::clock::{self, RuleBook};
use fieldbook_model::day::Day;
use serde::Serialize;

use crate::calendar_day::CalendarDay;
use crate::words::{ClockSubject, PetitionKind, Urgency};

/// A yes/no question; its sentence is in the shell's strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum SorterQuestion {
    /// "Người dân có nói một người nào đó (cán bộ hay người khác) làm trái pháp luật không?"
    AccusesPerson,
    /// "Điều người dân muốn là xem lại một quyết định đối với chính họ, chứ không phải xử lý người đó?"
    WantsOwnDecisionReviewed,
    /// "Người dân có phản đối một quyết định hoặc việc làm cụ thể của cơ quan nhà nước đối với họ không?"
    OpposesDecision,
    /// "Người dân có báo một việc đang xảy ra (hỏng, bẩn, mất, ồn …) không?"
    ReportsHappening,
    /// "Việc có thể gây nguy hiểm, hoặc không để đến ngày mai được?"
    CannotWait,
}

/// Where a matter of this kind has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum RightPlace {
    /// The app takes it and sends it to the commune.
    Commune,
    /// The head writes it down; the body that made the decision has to settle it, and the commune passes it on.
    DecidingBody,
    /// In person or on paper, at the reception office. The app takes nothing.
    InPersonOnly,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum SorterStep {
    /// Ask this.
    Ask {
        /// The question.
        question: SorterQuestion,
        /// Which one it is, from 1.
        number: i32,
        /// How many there can be at most on this way.
        at_most: i32,
    },
    /// It is clear.
    Sorted {
        /// What it is.
        result: SorterResult,
    },
}

/// The kind, its clock and its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SorterResult {
    /// The kind.
    pub kind: PetitionKind,
    /// How soon.
    pub urgency: Urgency,
    /// Where it must go.
    pub place: RightPlace,
    /// The clocks that will run, first to last; expected ("dự kiến") until the office stamps them.
    pub clocks: Vec<SorterClock>,
}

/// A clock that will run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SorterClock {
    /// What for.
    pub subject: ClockSubject,
    /// Length of the period.
    pub days: i32,
    /// Working days, or days of the calendar.
    pub working_days: bool,
    /// Law and article, or local practice.
    pub basis: String,
    /// The day it would end if it started today; none when it starts only with the office's decision.
    pub due: Option<CalendarDay>,
}

/// The next question after these answers, or the result. Answers beyond the result are passed over.
#[uniffi::export]
pub fn sort_petition(answers: Vec<bool>, today: CalendarDay) -> SorterStep {
    let ask = |question, at_most| SorterStep::Ask { question, number: answers.len() as i32 + 1, at_most };
    match answers.as_slice() {
        [] => ask(SorterQuestion::AccusesPerson, 4),
        [true] => ask(SorterQuestion::WantsOwnDecisionReviewed, 2),
        [true, false, ..] => sorted(PetitionKind::Denunciation, Urgency::Normal, today),
        [true, true, ..] | [false, true, ..] => sorted(PetitionKind::Complaint, Urgency::Normal, today),
        [false] => ask(SorterQuestion::OpposesDecision, 4),
        [false, false] => ask(SorterQuestion::ReportsHappening, 4),
        [false, false, _] => ask(SorterQuestion::CannotWait, 4),
        [false, false, happening, urgent, ..] => {
            let kind = if *happening { PetitionKind::Feedback } else { PetitionKind::Proposal };
            sorted(kind, if *urgent { Urgency::Urgent } else { Urgency::Normal }, today)
        }
    }
}

fn sorted(kind: PetitionKind, urgency: Urgency, today: CalendarDay) -> SorterStep {
    use clock::ClockSubject as S;
    let (place, subjects): (_, &[S]) = match (kind, urgency) {
        (PetitionKind::Denunciation, _) => (RightPlace::InPersonOnly, &[]),
        (PetitionKind::Complaint, Urgency::Complex) => {
            (RightPlace::DecidingBody, &[S::ComplaintAcceptance, S::ComplaintFirstComplex])
        }
        (PetitionKind::Complaint, _) => (RightPlace::DecidingBody, &[S::ComplaintAcceptance, S::ComplaintFirst]),
        (_, Urgency::Urgent) => (RightPlace::Commune, &[S::ProposalUrgent]),
        (_, Urgency::Complex) => (RightPlace::Commune, &[S::ProposalComplex]),
        (_, Urgency::Normal | Urgency::Unknown) => (RightPlace::Commune, &[S::Proposal]),
    };
    let clocks = subjects.iter().enumerate().filter_map(|(place, subject)| clock_of(*subject, place == 0, today)).collect();
    SorterStep::Sorted { result: SorterResult { kind, urgency, place, clocks } }
}

fn clock_of(subject: clock::ClockSubject, starts_today: bool, today: CalendarDay) -> Option<SorterClock> {
    let today = today.to_date()?;
    let rules = RuleBook::built_in();
    let rule = rules.rule_on(subject, today)?;
    let due = clock::due(rule, today, &WorkingCalendar::built_in());
    Some(SorterClock {
        subject: subject.into(),
        days: i32::try_from(rule.length).unwrap_or(i32::MAX),
        working_days: rule.unit == clock::ClockUnit::WorkingDays,
        basis: rule.basis.clone(),
        due: starts_today.then(|| CalendarDay::from(Day::from(due.date))),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    const TODAY: CalendarDay = CalendarDay { year: 2026, month: 11, day: 20 };

    fn result(answers: &[bool]) -> SorterResult {
        match sort_petition(answers.to_vec(), TODAY) {
            SorterStep::Sorted { result } => result,
            SorterStep::Ask { question, .. } => panic!("still asks {question:?}"),
        }
    }

    #[test]
    fn every_way_ends_after_at_most_four_questions_and_each_question_counts() {
        let mut ways = vec![vec![]];
        while let Some(answers) = ways.pop() {
            match sort_petition(answers.clone(), TODAY) {
                SorterStep::Sorted { .. } => assert!((2..=4).contains(&answers.len())),
                SorterStep::Ask { number, at_most, .. } => {
                    assert!(number <= at_most, "{answers:?}");
                    for answer in [true, false] {
                        ways.push([answers.as_slice(), &[answer]].concat());
                    }
                }
            }
        }
    }

    #[test]
    fn a_denunciation_is_known_before_anything_else_and_runs_no_clock_here() {
        let result = result(&[true, false]);
        assert_eq!((result.kind, result.place, result.clocks.len()), (PetitionKind::Denunciation, RightPlace::InPersonOnly, 0));
    }

    #[test]
    fn a_decision_against_oneself_is_a_complaint_with_two_clocks() {
        for answers in [&[true, true][..], &[false, true]] {
            let result = result(answers);
            assert_eq!((result.kind, result.place), (PetitionKind::Complaint, RightPlace::DecidingBody));
            let [acceptance, settlement] = result.clocks.as_slice() else { panic!("{:?}", result.clocks) };
            assert_eq!((acceptance.days, acceptance.due.is_some()), (10, true));
            assert_eq!((settlement.days, settlement.due), (30, None));
            assert!(acceptance.basis.contains("Luật Khiếu nại"));
        }
    }

    #[test]
    fn feedback_and_proposals_go_to_the_commune_within_working_days() {
        let urgent = result(&[false, false, true, true]);
        assert_eq!((urgent.kind, urgent.urgency), (PetitionKind::Feedback, Urgency::Urgent));
        assert_eq!(urgent.clocks[0].due, Some(CalendarDay { year: 2026, month: 11, day: 23 }), "Friday to Monday");
        let usual = result(&[false, false, false, false]);
        assert_eq!((usual.kind, usual.place, usual.clocks[0].days), (PetitionKind::Proposal, RightPlace::Commune, 3));
    }
}
