//! Enrolment: a phone becomes a writer of a person.

use fieldbook_model::id::FactId;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use crate::sync::{Acknowledged, Limits, Refused};

/// Asks to become a writer. The phone makes writer number and token itself, so asking again after a lost answer is harmless.
///
/// Three ways to prove oneself: a `code` (first time); the `Authorization` of the present token (a cloned phone that needs a new
/// writer); a `certificate` (the server was restored from a backup and does not know the token).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolRequest {
    /// [`crate::version::PROTOCOL`] of the phone.
    #[n(0)]
    pub protocol: u32,
    /// Code from the QR (26 characters) or typed (10 digits).
    #[n(1)]
    pub code: Option<String>,
    /// The new writer number; with a certificate, the one it names.
    #[n(2)]
    pub writer: u64,
    /// The new token.
    #[n(3)]
    pub token: ByteArray<32>,
    /// What to call this phone in the office's list, e.g. its model. No personal data.
    #[n(4)]
    pub device: String,
    /// Only look: tell whose code this is, use nothing up.
    #[n(5)]
    pub look: bool,
    /// Certificate from an earlier enrolment.
    #[n(6)]
    pub certificate: Option<ByteVec>,
    /// Facts that may have arrived under the writer this phone was, so that none is filed twice.
    #[n(7)]
    pub former: Option<Former>,
}

/// Facts of the writer a phone was until now, of which it does not know what became.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Former {
    /// That writer.
    #[n(0)]
    pub writer: u64,
    /// Sequence numbers and hashes.
    #[n(1)]
    pub facts: Vec<(u64, ByteArray<32>)>,
}

/// The phone is a writer (or, after a look, could be).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EnrolAnswer {
    /// Name of the organisation.
    #[n(0)]
    pub organisation: String,
    /// Who the person is.
    #[n(1)]
    pub person: FactId,
    /// Full name.
    #[n(2)]
    pub name: String,
    /// The posts held today, for the person to confirm.
    #[n(3)]
    pub posts: Vec<PostLine>,
    /// Label at the front of this phone's receipts.
    #[n(4)]
    pub label: String,
    /// The epoch.
    #[n(5)]
    pub epoch: u32,
    /// Signed statement of writer and person, kept by the phone for the day the server has lost it.
    #[n(6)]
    pub certificate: ByteVec,
    /// The office's phone number.
    #[n(7)]
    pub office_phone: Option<String>,
    /// Server time, Unix seconds.
    #[n(8)]
    pub now: i64,
    /// What this server takes at once.
    #[n(9)]
    pub limits: Limits,
    /// What became of the facts in [`EnrolRequest::former`]; those it does not name never arrived.
    #[n(10)]
    pub known: Option<Known>,
}

/// Verdicts on facts, as in [`crate::sync::SyncAnswer`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct Known {
    /// Durable here, with their order.
    #[n(0)]
    pub acknowledged: Option<Vec<Acknowledged>>,
    /// Refused.
    #[n(1)]
    pub refused: Option<Vec<Refused>>,
    /// Sequence numbers of those that wait.
    #[n(2)]
    pub held: Option<Vec<u64>>,
    /// Sequence numbers of acknowledged ones that came late.
    #[n(3)]
    pub late: Option<Vec<u64>>,
    /// Sequence numbers of those that were erased before the office was restored: the phone lets them go.
    #[n(4)]
    pub erased: Option<Vec<u64>>,
    /// Sequence numbers under which something else stands here: a copy of the phone, or the phone before it was put back, gave them
    /// out too.
    #[n(5)]
    pub taken: Option<Vec<u64>>,
}

/// A post as it is read back to the person.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PostLine {
    /// The post.
    #[n(0)]
    pub id: FactId,
    /// Its title.
    #[n(1)]
    pub title: String,
    /// The unit, as shown: "ấp An Định".
    #[n(2)]
    pub unit: String,
}
