//! What the engine asks the outside world to do, and what the world tells it.

use std::path::PathBuf;

use fieldbook_model::fact::FactHash;
use fieldbook_protocol::token::Token;

/// One thing to do next. The engine never has more than one request on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send a message to one of [`fieldbook_protocol::path`].
    Post {
        /// The path.
        path: &'static str,
        /// The packed message.
        body: Vec<u8>,
        /// How the phone signs in; none when it proves itself by certificate.
        token: Option<Token>,
    },
    /// Make the small preview of a photo and send it.
    PutPreview {
        /// SHA-256 of the photo.
        hash: FactHash,
        /// Where the photo lies.
        file: PathBuf,
        /// How the phone signs in.
        token: Token,
    },
    /// Send part of a photo.
    Patch {
        /// SHA-256 of the photo.
        hash: FactHash,
        /// Where the photo lies.
        file: PathBuf,
        /// First byte to send.
        offset: u64,
        /// How many bytes.
        len: u64,
        /// Length of the whole file.
        total: u64,
        /// How the phone signs in.
        token: Token,
    },
    /// Nothing to do before this time (Unix milliseconds, by the phone's clock), unless nudged.
    Wait {
        /// Until when.
        until: i64,
    },
    /// Nothing to do until nudged.
    Idle,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The office answered the last request.
    Answered(Answer),
    /// The last request did not come to an answer.
    Failed(Failure),
    /// Somebody pressed "Gửi ngay" or saved something, or the network is back.
    Nudge,
}

/// An answer as it came over the line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Seconds the office asks to wait.
    pub retry_after: Option<u32>,
    /// Where the office stands with a photo.
    pub upload_offset: Option<u64>,
    /// The packed message.
    pub body: Vec<u8>,
}

/// Why there was no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// No connection came about.
    Offline,
    /// The connection broke on the way; what arrived is not known.
    Cut(String),
    /// Nothing moved for the stall time.
    Stalled,
    /// The other side is not the office whose root this phone trusts.
    Untrusted(String),
    /// The photo's file cannot be read, or no preview can be made of it.
    File(String),
    /// Something is wrong on this side.
    Broken(String),
}
