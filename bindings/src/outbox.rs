//! Gửi – nhận: what needs attention, what is on its way, and what it costs.

use std::time::SystemTime;

use serde::Serialize;

use crate::cases::{CaseRow, PhotoLine};
use crate::words::Refusal;

/// The strip: network, what waits, what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Traffic {
    /// What the system says about the network.
    pub network: Network,
    /// What goes over mobile data.
    pub photo_policy: PhotoPolicy,
    /// Records waiting to be sent.
    pub records_waiting: i32,
    /// Pictures waiting.
    pub photos_waiting: i32,
    /// Bytes of pictures waiting.
    pub photo_bytes_waiting: i64,
    /// Things under "Cần xử lý".
    pub needs_attention: i32,
    /// Records that wait at the office for this phone; 0 when it has all.
    pub waiting_at_office: i64,
    /// Bytes sent and received this month.
    pub bytes_this_month: i64,
    /// When the office last answered.
    pub last_contact: Option<SystemTime>,
    /// Why nothing goes just now.
    pub trouble: Option<Trouble>,
}

/// What the system says about the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// Chưa có mạng.
    NoNetwork,
    /// Mobile data, paid by size.
    Metered,
    /// Wi-Fi or the like.
    Unmetered,
}

/// What goes over mobile data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum PhotoPolicy {
    /// Everything.
    Everything,
    /// Text only; pictures wait for Wi-Fi.
    TextOnly,
}

/// Why nothing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// No network, or a bad one.
    Offline,
    /// The office's computer is busy or down.
    OfficeBusy,
    /// Somebody else answers in the office's place.
    Untrusted,
    /// Phone and office do not understand each other: call the office.
    Broken,
    /// The office withdrew this phone.
    Revoked,
    /// The app is too old.
    UpdateApp,
    /// Scan a new code from the office.
    SignInAgain,
    /// The office has yet to confirm this phone.
    AwaitConfirmation,
}

/// The whole page.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct Outbox {
    /// The strip.
    pub traffic: Traffic,
    /// Cần xử lý.
    pub attention: Vec<AttentionLine>,
    /// Records on their way, oldest first.
    pub records: Vec<CaseRow>,
    /// Pictures on their way.
    pub photos: Vec<OutboxPhoto>,
}

/// Something a person has to look at.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct AttentionLine {
    /// The record.
    pub row: CaseRow,
    /// What it is about.
    pub what: Attention,
    /// How many records hang on it and wait.
    pub held: i32,
    /// This person can put it right in the form and save it again.
    pub can_repair: bool,
}

/// Why a person has to look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Attention {
    /// The office refused it.
    Refused {
        /// Why.
        code: Refusal,
    },
    /// The office sent it back.
    Returned {
        /// What it says.
        reason: String,
    },
    /// A picture of it was refused: take it again.
    PhotoRejected,
    /// There are two versions of it.
    TwoVersions,
}

/// A picture on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct OutboxPhoto {
    /// The picture.
    pub photo: PhotoLine,
    /// The record it belongs to.
    pub case_id: String,
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct SyncOutcome {
    /// Nothing is left to send or to receive.
    pub complete: bool,
    /// What stands in the way.
    pub trouble: Option<Trouble>,
    /// Bytes sent, heads included.
    pub bytes_sent: i64,
    /// Bytes received, heads included.
    pub bytes_received: i64,
    /// What waits now.
    pub traffic: Traffic,
}
