//! The rules of the office: what a phone may write and see, enrolment, and what the office itself writes.
//!
//! Everything here works on a transaction it is given, and is given the time and the randomness: no I/O, no clock, no
//! sockets. The server runs it behind HTTP, the simulator without. Where to start: [`sync`] answers a phone, [`desk`]
//! is the office as a writer, [`enrol`] makes a phone a writer, [`epoch`] begins the log.

mod accept;
pub mod cases;
pub mod certificate;
mod compare;
mod cursor;
pub mod desk;
pub mod devices;
pub mod enrol;
pub mod epoch;
pub mod erase;
pub mod invite;
pub mod offered;
mod outcome;
pub mod photos;
mod pull;
mod push;
pub mod reference;
mod repairs;
pub mod scope;
pub mod sync;

use fieldbook_model::case::Refusal;
use fieldbook_model::fact::BadFact;
use fieldbook_model::id::FactId;
use fieldbook_protocol::fault::{Fault, FaultCode};
use thiserror::Error;

use crate::storage::StorageError;

/// Why the office did not do what was asked. Nothing of the job is kept.
#[derive(Debug, Error)]
pub enum OfficeFault {
    /// The phone must do something about it; this is the answer it gets.
    #[error("{}: {detail}", code.key())]
    Phone {
        /// What the phone must do.
        code: FaultCode,
        /// For the log; never personal data.
        detail: String,
        /// Seconds after which the phone may try again.
        retry_after: Option<u32>,
    },
    /// The office tried to write what its own rules do not allow.
    #[error("the office may not write this: {0}")]
    NotAllowed(#[from] Refusal),
    /// No such case, unit, person or device.
    #[error("{0} is not known here; check the id")]
    Unknown(String),
    /// A fact could not be made or read.
    #[error(transparent)]
    Fact(#[from] BadFact),
    /// The erasure ledger could not be written, so nothing was erased.
    #[error("the erasure ledger could not be written ({0}); make room in the data folder, then erase again")]
    Ledger(String),
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl OfficeFault {
    pub(crate) fn phone(code: FaultCode, detail: impl Into<String>) -> Self {
        Self::Phone { code, detail: detail.into(), retry_after: None }
    }

    pub(crate) fn unknown(id: FactId) -> Self {
        Self::Unknown(id.to_string())
    }

    /// What the phone is told.
    pub fn to_fault(&self) -> Fault {
        match self {
            Self::Phone { code, detail, .. } => Fault { code: *code, detail: Some(detail.clone()) },
            Self::Unknown(_) => Fault { code: FaultCode::NotFound, detail: None },
            Self::Fact(error) => Fault { code: FaultCode::Malformed, detail: Some(error.to_string()) },
            Self::NotAllowed(_) | Self::Ledger(_) | Self::Storage(_) => Fault { code: FaultCode::Unavailable, detail: None },
        }
    }

    /// Seconds after which the phone may try again, when that makes sense.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Phone { retry_after, .. } => *retry_after,
            Self::Storage(_) | Self::Ledger(_) => Some(30),
            Self::NotAllowed(_) | Self::Unknown(_) | Self::Fact(_) => None,
        }
    }
}

#[cfg(test)]
mod tests;
