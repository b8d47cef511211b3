//! The sync engine as a state machine without I/O: it says what to do next and is told what happened.
//!
//! Everything that matters is in the store, in the same transaction as what it belongs to; an engine made anew over the
//! same store goes on where the last one stopped. Lanes: facts, then previews, then photos; one request at a time.

mod answers;
mod effect;
mod pace;
mod requests;
mod status;
#[cfg(test)]
mod tests;

use rand::RngCore;

pub use effect::{Answer, Effect, Event, Failure};
pub use status::{Lane, Problem, Status};

use crate::store::sync::{Sent, SyncState};
use crate::store::{SealedToken, Store, StoreError};
use fieldbook_model::day::Day;
use fieldbook_model::fact::FactHash;
use pace::{Link, Pause};

/// How the engine is set up. Nothing here needs to survive a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// What this phone is called in the office's list, e.g. its model; no personal data.
    pub device: String,
    /// How often it asks for news by itself, milliseconds.
    pub period: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { device: "phone".into(), period: 15 * 60_000 }
    }
}

/// The engine. One per store.
#[derive(Debug)]
pub struct Engine {
    config: Config,
    metered: bool,
    nudged: bool,
    link: Link,
    pause: Option<Pause>,
    /// Pauses the lanes of pictures only.
    photo_pause: Option<Pause>,
    /// Failed attempts in a row, for the length of the next pause.
    failures: u32,
    /// When the last sync succeeded, Unix milliseconds; none since the start.
    synced_at: Option<i64>,
    /// At most this many facts in the next request, while looking for one the office cannot read.
    at_most: Option<usize>,
    flight: Option<Flight>,
    sent: u64,
    received: u64,
}

/// The request on the way.
#[derive(Debug)]
struct Flight {
    asked: Asked,
    began: i64,
    bytes: u64,
    /// What it was signed with; for an enrolment, the token asked for.
    token: Option<SealedToken>,
}

#[derive(Debug)]
enum Asked {
    Sync(Sent),
    Enrol,
    Preview(FactHash),
    Part { hash: FactHash, offset: u64, len: u64, total: u64 },
}

impl Flight {
    /// Whether the phone was enrolled anew since: then the answer says nothing about it as it stands now.
    fn is_outdated(&self, state: &SyncState) -> bool {
        let token = match self.asked {
            Asked::Enrol => state.enrolment.as_ref().map(|enrolment| &enrolment.token),
            Asked::Sync(_) | Asked::Preview(_) | Asked::Part { .. } => state.token.as_ref(),
        };
        token != self.token.as_ref()
    }
}

impl Engine {
    /// An engine that will ask the office for news first.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            metered: false,
            nudged: true,
            link: Link::default(),
            pause: None,
            photo_pause: None,
            failures: 0,
            synced_at: None,
            at_most: None,
            flight: None,
            sent: 0,
            received: 0,
        }
    }

    /// Tells whether each byte now costs the person money.
    pub fn set_metered(&mut self, metered: bool) {
        self.metered = metered;
    }

    /// What to do next. `now` is Unix milliseconds by the phone's clock, which may jump either way. A request given out
    /// before and not answered counts as abandoned.
    ///
    /// # Errors
    /// When the store cannot be read or written; ask again after a pause.
    pub fn next(&mut self, store: &Store, now: i64, rng: &mut dyn RngCore) -> Result<Effect, StoreError> {
        self.flight = None;
        let state = store.read(|tx| tx.sync_state())?;
        if state.token.is_none() && state.enrolment.is_none() {
            return Ok(Effect::Idle);
        }
        if state.stopped.is_some() && !self.nudged {
            return Ok(Effect::Idle);
        }
        if let Some(until) = self.pause.and_then(|pause| pause.left(now)) {
            return Ok(Effect::Wait { until });
        }
        if state.enrolment.is_some() {
            self.nudged = false;
            return self.ask_enrolment(store, &state, now);
        }
        if self.sync_is_due(store, &state, now)? {
            self.nudged = false;
            return self.ask_sync(store, state, now, rng);
        }
        if let Some(effect) = self.ask_photo(store, &state, now)? {
            return Ok(effect);
        }
        self.rest(store, &state, now)
    }

    /// Takes in what happened to the request given out last, or a nudge.
    ///
    /// # Errors
    /// When the store cannot be written; the request then counts as failed and is made again later.
    pub fn handle(&mut self, store: &Store, now: i64, event: Event, rng: &mut dyn RngCore) -> Result<(), StoreError> {
        let outcome = match event {
            Event::Nudge => {
                self.nudge();
                return Ok(());
            }
            Event::Answered(answer) => {
                let Some(flight) = self.flight.take() else {
                    return Ok(());
                };
                self.answered(store, now, flight, answer, rng)
            }
            Event::Failed(failure) => {
                let Some(flight) = self.flight.take() else {
                    return Ok(());
                };
                self.failed(store, now, flight, failure, rng)
            }
        };
        if outcome.is_err() {
            self.back_off(None, now, rng);
        }
        outcome
    }

    /// Counts bytes that went over the line; kept with the next answer.
    pub fn count(&mut self, sent: u64, received: u64) {
        self.sent += sent;
        self.received += received;
    }

    /// For "Gửi – nhận" and the strip on "Hôm nay".
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn status(&self, store: &Store, now: i64) -> Result<Status, StoreError> {
        let lane = match self.flight.as_ref().map(|flight| &flight.asked) {
            None => Lane::None,
            Some(Asked::Sync(_) | Asked::Enrol) => Lane::Facts,
            Some(Asked::Preview(_)) => Lane::Preview,
            Some(Asked::Part { offset, total, .. }) => Lane::Photo { done: *offset, total: *total },
        };
        status::status(store, lane, month(now))
    }

    fn nudge(&mut self) {
        self.nudged = true;
        self.pause = None;
        self.photo_pause = None;
        self.failures = 0;
    }

    fn back_off(&mut self, asked: Option<u32>, now: i64, rng: &mut dyn RngCore) {
        self.failures = self.failures.saturating_add(1);
        self.pause = Some(Pause::after(self.failures, asked, now, rng));
    }

    /// Adds what was counted to the month's sums.
    fn count_into(&mut self, state: &mut SyncState, now: i64) {
        state.count(month(now), std::mem::take(&mut self.sent), std::mem::take(&mut self.received));
    }
}

/// Seconds of a time in milliseconds.
fn seconds(now: i64) -> i64 {
    now.div_euclid(1000)
}

/// The month in Việt Nam, `year * 12 + month - 1`.
fn month(now: i64) -> i32 {
    Day::of(seconds(now)).month()
}
