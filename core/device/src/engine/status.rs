//! What "Gửi – nhận" and the strip on "Hôm nay" show of the engine.

use crate::store::sync::{Failing, Stopped, Why};
use crate::store::{Store, StoreError};

/// From so many failed attempts in a row on, the person is told since when and why.
const TELL_AFTER: u32 = 3;

/// Where sending and receiving stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Own facts that have not reached the office.
    pub waiting_facts: u64,
    /// Records those facts belong to.
    pub waiting_records: u64,
    /// Own photos the office does not have whole.
    pub waiting_photos: u64,
    /// Bytes of those photos still to go.
    pub waiting_bytes: u64,
    /// Own facts that were sent back.
    pub rejected: u64,
    /// When the office last answered, Unix seconds by the phone's clock.
    pub last_contact: Option<i64>,
    /// Bytes sent this month.
    pub month_sent: u64,
    /// Bytes received this month.
    pub month_received: u64,
    /// What is on the way now.
    pub lane: Lane,
    /// Facts received since the phone last had all, and how many still wait at the office.
    pub received: u64,
    /// How many facts still wait at the office, as last heard.
    pub expected: u64,
    /// What keeps it from going on; none while all is well.
    pub problem: Option<Problem>,
}

/// What is on the way now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Nothing.
    None,
    /// Text.
    Facts,
    /// A small picture.
    Preview,
    /// A photo.
    Photo {
        /// Bytes the office has.
        done: u64,
        /// Bytes of the whole file.
        total: u64,
    },
}

/// What keeps sending from going on, by what the person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No network: nothing to do, it goes by itself later.
    Offline {
        /// Since when, Unix seconds by the phone's clock.
        since: i64,
    },
    /// The office is busy or down: it goes by itself later.
    ServerBusy {
        /// Since when, Unix seconds by the phone's clock.
        since: i64,
    },
    /// Somebody else answers in the office's place: use another network.
    Untrusted {
        /// Since when, Unix seconds by the phone's clock.
        since: i64,
    },
    /// Phone and office do not understand each other: ring the office.
    Broken {
        /// Since when, Unix seconds by the phone's clock.
        since: i64,
        /// For who helps over the phone; no personal data.
        detail: String,
    },
    /// A new invitation is needed; nothing typed is lost.
    SignInAgain,
    /// The app must be updated.
    UpdateApp,
    /// The office must confirm this phone.
    AwaitConfirmation,
    /// The office revoked this phone.
    Revoked,
}

pub(super) fn status(store: &Store, lane: Lane, month: i32) -> Result<Status, StoreError> {
    store.read(|tx| {
        let state = tx.sync_state()?;
        let waiting = tx.waiting()?;
        let this_month = state.month == month;
        Ok(Status {
            waiting_facts: waiting.facts,
            waiting_records: waiting.records,
            waiting_photos: waiting.photos,
            waiting_bytes: waiting.photo_bytes,
            rejected: waiting.rejected,
            last_contact: state.last_contact,
            month_sent: if this_month { state.month_sent } else { 0 },
            month_received: if this_month { state.month_received } else { 0 },
            lane,
            received: state.received,
            expected: state.more,
            problem: match (state.stopped, &state.enrolment) {
                (Some(Stopped::Revoked), _) => Some(Problem::Revoked),
                (Some(Stopped::UpdateApp), _) => Some(Problem::UpdateApp),
                (Some(Stopped::SignInAgain), _) => Some(Problem::SignInAgain),
                (None, Some(enrolment)) if enrolment.awaiting => Some(Problem::AwaitConfirmation),
                (None, _) => state.failing.as_ref().and_then(problem),
            },
        })
    })
}

/// No network is told at once (it is normal, and grey); anything else only when it lasts.
fn problem(failing: &Failing) -> Option<Problem> {
    let since = failing.since;
    match failing.why {
        Why::Offline => Some(Problem::Offline { since }),
        Why::ServerBusy | Why::Untrusted | Why::Broken if failing.attempts < TELL_AFTER => None,
        Why::ServerBusy => Some(Problem::ServerBusy { since }),
        Why::Untrusted => Some(Problem::Untrusted { since }),
        Why::Broken => Some(Problem::Broken { since, detail: failing.detail.clone() }),
    }
}
