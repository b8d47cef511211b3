//! One request does push, pull and acknowledge.

use fieldbook_model::id::FactId;
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};

use crate::digest::Digest;
use crate::pack::Pack;

/// What a phone says.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// [`crate::version::PROTOCOL`] of the phone.
    #[n(0)]
    pub protocol: u32,
    /// [`crate::version::SCHEMA`] of the phone.
    #[n(1)]
    pub schema: u32,
    /// The epoch the phone last heard of; 0 before the first answer.
    #[n(2)]
    pub epoch: u32,
    /// Where the last answer ended; none asks from the beginning. Opaque to the phone.
    #[n(3)]
    pub cursor: Option<ByteVec>,
    /// The phone's clock, Unix seconds: recorded as skew, never trusted.
    #[n(4)]
    pub now: i64,
    /// The phone's own facts that it has no acknowledgement for, in sequence.
    #[n(5)]
    pub facts: Option<Pack>,
    /// Facts of others that this phone holds and a restored server may have lost.
    #[n(6)]
    pub offered: Option<Pack>,
    /// The token the phone will use next; the present one stays valid until then.
    #[n(7)]
    pub next_token: Option<ByteArray<32>>,
    /// Digest over the confirmed facts it holds, sent now and then. Only answered when nothing else is on the way.
    #[n(8)]
    pub check: Option<Check>,
    /// Facts it lacks after a comparison.
    #[n(9)]
    pub want: Option<Vec<FactId>>,
    /// The most bytes of facts (before compression) it wants in the answer; the server's own limit when absent.
    #[n(10)]
    pub room: Option<u32>,
    /// SHA-256 of photos whose state at the server it asks for.
    #[n(11)]
    pub blobs: Option<Vec<ByteArray<32>>>,
}

/// A comparison of what the phone holds with what the server told it to hold.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Check {
    /// Over everything.
    #[n(0)]
    pub whole: Digest,
    /// Over each of [`crate::digest::BUCKETS`] parts, after the whole did not agree.
    #[n(1)]
    pub parts: Option<Vec<Digest>>,
}

/// What the office answers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct SyncAnswer {
    /// The epoch. When it is not the phone's, `restored` is set and the phone's facts were not looked at.
    #[n(0)]
    pub epoch: u32,
    /// Server time, Unix seconds.
    #[n(1)]
    pub now: i64,
    /// The phone's own facts that are durable here, with their order.
    #[n(2)]
    pub acknowledged: Option<Vec<Acknowledged>>,
    /// The phone's own facts that were refused, durably.
    #[n(3)]
    pub refused: Option<Vec<Refused>>,
    /// Sequence numbers of own facts that are durable but wait, because they hang on a refused one.
    #[n(4)]
    pub held: Option<Vec<u64>>,
    /// Facts for the phone.
    #[n(5)]
    pub facts: Option<Pack>,
    /// Where this answer ends, when that is not where the request began.
    #[n(6)]
    pub cursor: Option<ByteVec>,
    /// How many more facts are waiting for this phone; 0 or absent when it has all. An estimate above 2,000.
    #[n(7)]
    pub more: Option<u64>,
    /// Cases that are no longer for this phone, by root; its unsent work on them stays. Facts it asked for by name that are not
    /// for it, too.
    #[n(8)]
    pub drop: Option<Vec<FactId>>,
    /// Photos of which the server already holds something. One it has never seen is left out.
    #[n(9)]
    pub blobs: Option<Vec<BlobState>>,
    /// What this server takes at once, when it is not what was said last.
    #[n(10)]
    pub limits: Option<Limits>,
    /// The server was restored from a backup since the phone's epoch.
    #[n(11)]
    pub restored: Option<Restored>,
    /// The outcome of a check.
    #[n(12)]
    pub check: Option<CheckAnswer>,
    /// Sequence numbers of acknowledged facts that were flagged late.
    #[n(13)]
    pub late: Option<Vec<u64>>,
    /// Facts it asked for by name that its person wrote as an earlier writer and that were refused, durably.
    #[n(14)]
    pub refused_before: Option<Vec<RefusedBefore>>,
    /// Facts it asked for by name that this server neither has nor holds and never judged.
    #[n(15)]
    pub unknown: Option<Vec<FactId>>,
}

/// A run of acknowledged facts: sequence and order both go up by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Acknowledged {
    /// First sequence number.
    #[n(0)]
    pub first_seq: u64,
    /// How many.
    #[n(1)]
    pub count: u64,
    /// Order of the first.
    #[n(2)]
    pub first_order: i64,
}

/// A refused fact. The verdict is stored and never recomputed; it uses up the sequence number.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Refused {
    /// Its sequence number.
    #[n(0)]
    pub seq: u64,
    /// Why, as a number of [`fieldbook_model::case::Refusal`].
    #[n(1)]
    pub code: u32,
}

/// A refused fact of a writer that the phone was before.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct RefusedBefore {
    /// Its id.
    #[n(0)]
    pub id: FactId,
    /// Why, as a number of [`fieldbook_model::case::Refusal`].
    #[n(1)]
    pub code: u32,
}

/// What the server holds of a photo.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct BlobState {
    /// SHA-256 of the file.
    #[n(0)]
    pub hash: ByteArray<32>,
    /// Bytes held, durable; the file's length when complete.
    #[n(1)]
    pub offset: u64,
    /// The hash matched and the picture was accepted.
    #[n(2)]
    pub complete: bool,
    /// The picture was examined and refused; sending it again is useless.
    #[n(3)]
    pub rejected: bool,
}

/// What a server takes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Limits {
    /// Bytes of packed facts in one request, after compression.
    #[n(0)]
    pub batch_bytes: u32,
    /// Facts in one request.
    #[n(1)]
    pub batch_facts: u32,
    /// Bytes of a photo in one request.
    #[n(2)]
    pub blob_step: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { batch_bytes: 64 * 1024, batch_facts: 2_000, blob_step: 512 * 1024 }
    }
}

/// The server came back from a backup: facts confirmed beyond `base` are no longer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Restored {
    /// The last order the restored server knows from the phone's epoch. The phone offers its own facts beyond it again as
    /// unconfirmed, and those of others in `offered`.
    #[n(0)]
    pub base: i64,
}

/// The outcome of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CheckAnswer {
    /// Both sides agree.
    #[n(0)]
    pub same: bool,
    /// For each part that does not agree: its number and the ids the phone should hold in it. The phone drops what is not named
    /// and asks for what it lacks. Empty when only the whole was compared: the phone then sends its parts.
    #[n(1)]
    pub parts: Option<Vec<(u32, Vec<FactId>)>>,
}
