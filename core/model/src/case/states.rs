//! The ways a case may go: which event leads from which state to which.

use thiserror::Error;

use super::CaseKind;
use crate::body::{CaseState, Event, PetitionKind};

/// An event that cannot happen in the state the case is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("\"{}\" cannot happen to a case that is \"{}\"; read the case again and choose what fits its state", event.key(), from.key())]
pub struct NotAllowed {
    /// Where the case stands.
    pub from: CaseState,
    /// What should have happened.
    pub event: Event,
}

/// One state and the events that may happen in it, each with the state it leads to.
type Row = (CaseState, &'static [(Event, CaseState)]);

/// Visits and reports: read, or sent back and sent again.
const RECORD: &[Row] = &[
    (CaseState::Recorded, &[(Event::Receive, CaseState::Received), (Event::Return, CaseState::Returned)]),
    (CaseState::Received, &[(Event::Return, CaseState::Returned), (Event::Close, CaseState::Closed)]),
    (CaseState::Returned, &[(Event::Resubmit, CaseState::Recorded)]),
];

/// Problems: settled on the spot, or proposed to a level that can settle them.
const PROBLEM: &[Row] = &[
    (CaseState::Settled, &[(Event::Close, CaseState::Closed), (Event::Reopen, CaseState::Received)]),
    (CaseState::Recorded, &[(Event::Receive, CaseState::Received), (Event::Return, CaseState::Returned)]),
    (CaseState::Returned, &[(Event::Resubmit, CaseState::Recorded)]),
    (
        CaseState::Received,
        &[
            (Event::Forward, CaseState::Forwarded),
            (Event::Decline, CaseState::Declined),
            (Event::Start, CaseState::InProgress),
            (Event::Resolve, CaseState::Resolved),
            (Event::Return, CaseState::Returned),
        ],
    ),
    (
        CaseState::Forwarded,
        &[
            (Event::Receive, CaseState::Received),
            (Event::Forward, CaseState::Forwarded),
            (Event::Decline, CaseState::Declined),
            (Event::Start, CaseState::InProgress),
            (Event::Resolve, CaseState::Resolved),
            (Event::Return, CaseState::Returned),
        ],
    ),
    (
        CaseState::InProgress,
        &[
            (Event::Forward, CaseState::Forwarded),
            (Event::Extend, CaseState::Extended),
            (Event::Suspend, CaseState::Suspended),
            (Event::Resolve, CaseState::Resolved),
        ],
    ),
    (
        CaseState::Extended,
        &[
            (Event::Forward, CaseState::Forwarded),
            (Event::Extend, CaseState::Extended),
            (Event::Suspend, CaseState::Suspended),
            (Event::Resolve, CaseState::Resolved),
        ],
    ),
    (CaseState::Suspended, &[(Event::Resume, CaseState::InProgress)]),
    (CaseState::Resolved, ANSWER_CLOSE_REOPEN),
    (CaseState::Declined, ANSWER_CLOSE_REOPEN),
    (CaseState::Answered, CLOSE_REOPEN),
    (CaseState::Closed, REOPEN),
];

/// Complaints: the whole way the law lays down.
const COMPLAINT: &[Row] = &[
    (
        CaseState::Recorded,
        &[(Event::Receive, CaseState::Received), (Event::Withdraw, CaseState::Withdrawn), (Event::Return, CaseState::Returned)],
    ),
    (CaseState::Returned, &[(Event::Withdraw, CaseState::Withdrawn), (Event::Resubmit, CaseState::Recorded)]),
    (
        CaseState::Received,
        &[(Event::Sort, CaseState::Sorted), (Event::Withdraw, CaseState::Withdrawn), (Event::Return, CaseState::Returned)],
    ),
    (
        CaseState::Sorted,
        &[
            (Event::Forward, CaseState::Forwarded),
            (Event::Advise, CaseState::Advised),
            (Event::Accept, CaseState::Accepted),
            (Event::Decline, CaseState::Declined),
            (Event::Withdraw, CaseState::Withdrawn),
        ],
    ),
    (
        CaseState::Forwarded,
        &[
            (Event::Receive, CaseState::Received),
            (Event::Forward, CaseState::Forwarded),
            (Event::Accept, CaseState::Accepted),
            (Event::Decline, CaseState::Declined),
            (Event::Withdraw, CaseState::Withdrawn),
        ],
    ),
    (CaseState::Accepted, &[(Event::Start, CaseState::InProgress), (Event::Withdraw, CaseState::Withdrawn)]),
    (
        CaseState::InProgress,
        &[
            (Event::Extend, CaseState::Extended),
            (Event::Suspend, CaseState::Suspended),
            (Event::Withdraw, CaseState::Withdrawn),
            (Event::Resolve, CaseState::Resolved),
        ],
    ),
    (
        CaseState::Extended,
        &[
            (Event::Suspend, CaseState::Suspended),
            (Event::Withdraw, CaseState::Withdrawn),
            (Event::Resolve, CaseState::Resolved),
        ],
    ),
    (CaseState::Suspended, &[(Event::Resume, CaseState::InProgress), (Event::Withdraw, CaseState::Withdrawn)]),
    (CaseState::Resolved, ANSWER_CLOSE_REOPEN),
    (CaseState::Declined, ANSWER_CLOSE_REOPEN),
    (CaseState::Advised, CLOSE_REOPEN),
    (CaseState::Withdrawn, CLOSE_REOPEN),
    (CaseState::Answered, CLOSE_REOPEN),
    (CaseState::Closed, REOPEN),
];

/// Proposals and feedback: the complaint's way, and these shorter steps beside it.
const SHORTER: &[Row] = &[
    (
        CaseState::Received,
        &[
            (Event::Forward, CaseState::Forwarded),
            (Event::Advise, CaseState::Advised),
            (Event::Decline, CaseState::Declined),
            (Event::Start, CaseState::InProgress),
            (Event::Resolve, CaseState::Resolved),
        ],
    ),
    (CaseState::Sorted, &[(Event::Start, CaseState::InProgress), (Event::Resolve, CaseState::Resolved)]),
    (
        CaseState::Forwarded,
        &[
            (Event::Advise, CaseState::Advised),
            (Event::Start, CaseState::InProgress),
            (Event::Resolve, CaseState::Resolved),
            (Event::Return, CaseState::Returned),
        ],
    ),
    (CaseState::InProgress, &[(Event::Forward, CaseState::Forwarded)]),
    (CaseState::Extended, &[(Event::Forward, CaseState::Forwarded), (Event::Extend, CaseState::Extended)]),
];

const ANSWER_CLOSE_REOPEN: &[(Event, CaseState)] =
    &[(Event::Answer, CaseState::Answered), (Event::Close, CaseState::Closed), (Event::Reopen, CaseState::Received)];
const CLOSE_REOPEN: &[(Event, CaseState)] = &[(Event::Close, CaseState::Closed), (Event::Reopen, CaseState::Received)];
const REOPEN: &[(Event, CaseState)] = &[(Event::Reopen, CaseState::Received)];

/// The state to which `event` leads from `from`. A note never changes the state. To a denunciation nothing happens after
/// "advised". Errors when the event cannot happen there, or is of a newer version.
pub fn next(
    kind: CaseKind,
    petition_kind: Option<PetitionKind>,
    from: CaseState,
    event: Event,
) -> Result<CaseState, NotAllowed> {
    let not_allowed = NotAllowed { from, event };
    if petition_kind == Some(PetitionKind::Denunciation) {
        return Err(not_allowed);
    }
    if event == Event::Note {
        return Ok(from);
    }
    let tables: &[&[Row]] = match (kind, petition_kind) {
        (CaseKind::Visit | CaseKind::Report, _) => &[RECORD],
        (CaseKind::Problem, _) => &[PROBLEM],
        (CaseKind::Petition, Some(PetitionKind::Proposal | PetitionKind::Feedback)) => &[COMPLAINT, SHORTER],
        (CaseKind::Petition, _) => &[COMPLAINT],
    };
    let rows = tables.iter().flat_map(|table| table.iter());
    let mut steps = rows.filter(|(state, _)| *state == from).flat_map(|(_, steps)| steps.iter());
    steps.find(|(happens, _)| *happens == event).map(|(_, to)| *to).ok_or(not_allowed)
}

#[cfg(test)]
mod tests;
