//! What the phone remembers of its talk with the office between two requests: one row, read and written as a whole.

use fieldbook_model::id::WriterId;
use fieldbook_protocol::sync::Limits;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::store::{Reading, SealedToken, StoreError, Writing};

/// Where it lies among the single values.
const KEY: &str = "sync_state";

/// Where the phone stands with its office. Fields are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct SyncState {
    /// The epoch last heard of; 0 before the first answer.
    #[n(0)]
    pub epoch: u32,
    /// Where the last answer ended.
    #[n(1)]
    pub cursor: Option<ByteVec>,
    /// What the server takes at once; the default until it says otherwise.
    #[n(2)]
    pub limits: Option<Limits>,
    /// The token in use.
    #[n(3)]
    pub token: Option<SealedToken>,
    /// The token offered as the next one; kept until an answer shows that the office has it.
    #[n(4)]
    pub next_token: Option<SealedToken>,
    /// The token before the present one; a restored office may know only that.
    #[n(5)]
    pub previous_token: Option<SealedToken>,
    /// When the present token came into use, Unix seconds by the phone's clock.
    #[n(6)]
    pub token_since: i64,
    /// The office's signed statement of writer and person.
    #[n(7)]
    pub certificate: Option<ByteVec>,
    /// An enrolment under way that repairs this phone's standing.
    #[n(8)]
    pub enrolment: Option<Enrolment>,
    /// Something that stops all sending until a person acts.
    #[n(9)]
    pub stopped: Option<Stopped>,
    /// When the office last answered, Unix seconds by the phone's clock.
    #[n(10)]
    pub last_contact: Option<i64>,
    /// When phone and office last agreed on what the phone holds, Unix seconds by the phone's clock.
    #[n(11)]
    pub last_check: Option<i64>,
    /// The whole did not agree: the parts go next.
    #[n(12)]
    pub check_parts: bool,
    /// How many facts wait at the office, as last heard.
    #[n(13)]
    pub more: u64,
    /// Facts received since the phone last had all.
    #[n(14)]
    pub received: u64,
    /// Since when and why nothing goes; none while all is well.
    #[n(15)]
    pub failing: Option<Failing>,
    /// Server clock minus phone clock at the last answer, seconds.
    #[n(16)]
    pub skew: i64,
    /// The month the counters below are for, `year * 12 + month - 1`.
    #[n(17)]
    pub month: i32,
    /// Bytes sent in that month.
    #[n(18)]
    pub month_sent: u64,
    /// Bytes received in that month.
    #[n(19)]
    pub month_received: u64,
    /// An answer with facts could not be read, so often in a row; own facts still go.
    #[n(20)]
    pub unreadable: u32,
    /// On mobile data only text goes; photos wait for Wi-Fi.
    #[n(21)]
    pub text_only_on_mobile: bool,
}

/// A new standing asked for at the office. Kept before it is asked for, so that a lost answer changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Enrolment {
    /// The writer number asked for.
    #[n(0)]
    pub writer: u64,
    /// The token asked for.
    #[n(1)]
    pub token: SealedToken,
    /// Whether the certificate is the proof; else the present token.
    #[n(2)]
    pub by_certificate: bool,
    /// The office has it and waits for a person to confirm.
    #[n(3)]
    pub awaiting: bool,
}

/// What stops all sending until a person acts. Numbers never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Stopped {
    /// The office revoked this phone.
    #[n(1)]
    Revoked,
    /// This version of the app is too old.
    #[n(2)]
    UpdateApp,
    /// The office knows neither token nor certificate.
    #[n(3)]
    SignInAgain,
}

/// Since when and why nothing goes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Failing {
    /// Unix seconds by the phone's clock.
    #[n(0)]
    pub since: i64,
    /// Attempts that failed in a row.
    #[n(1)]
    pub attempts: u32,
    /// The latest reason.
    #[n(2)]
    pub why: Why,
    /// For the log and for who helps over the phone; never personal data.
    #[n(3)]
    pub detail: String,
}

/// Why nothing goes, by what the person can do about it. Numbers never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Why {
    /// No network, or a bad one.
    #[n(1)]
    Offline,
    /// The office is busy or down.
    #[n(2)]
    ServerBusy,
    /// Somebody else answers in the office's place (a sign-in page of a café, a wrong certificate).
    #[n(3)]
    Untrusted,
    /// Phone and office do not understand each other; the person rings the office.
    #[n(4)]
    Broken,
}

impl SyncState {
    /// The limits in force.
    pub fn limits(&self) -> Limits {
        self.limits.unwrap_or_default()
    }

    /// Counts bytes that went over the line in a month.
    pub fn count(&mut self, month: i32, sent: u64, received: u64) {
        if self.month != month {
            (self.month, self.month_sent, self.month_received) = (month, 0, 0);
        }
        self.month_sent += sent;
        self.month_received += received;
    }
}

impl Enrolment {
    /// The writer number asked for.
    pub fn writer(&self) -> WriterId {
        WriterId(self.writer)
    }
}

impl Reading<'_> {
    /// Where the phone stands with its office; the default before the first enrolment.
    pub fn sync_state(&self) -> Result<SyncState, StoreError> {
        let Some(bytes) = self.meta::<Vec<u8>>(KEY)? else {
            return Ok(SyncState::default());
        };
        minicbor::decode(&bytes).map_err(|e| StoreError::Corrupt { reason: format!("sync state: {e}") })
    }
}

impl Writing<'_> {
    /// Keeps where the phone stands with its office.
    pub fn set_sync_state(&mut self, state: &SyncState) -> Result<(), StoreError> {
        let bytes = minicbor::to_vec(state).map_err(|e| StoreError::Corrupt { reason: format!("sync state: {e}") })?;
        self.set_meta(KEY, bytes)
    }
}
