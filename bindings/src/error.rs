//! What can go wrong, by what the person can do about it.

use serde::Serialize;

use crate::words::Refusal;

/// Every failure that reaches a screen. Nothing that was typed is ever lost by one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, uniffi::Error)]
#[serde(rename_all = "snake_case", tag = "error")]
pub enum FieldbookError {
    /// The office cannot be reached: it goes on by itself when there is a network.
    #[error("the office cannot be reached; it goes on by itself when there is a network")]
    Offline,
    /// This phone is not signed in, or no longer: scan a code from the office.
    #[error("sign in again with a code from the office")]
    SignInAgain,
    /// This version of the app is too old for the office.
    #[error("update the app")]
    UpdateApp,
    /// The office said no; the code says what to do.
    #[error("the office said no: {code:?}")]
    Rejected {
        /// Why.
        code: Rejection,
    },
    /// No room left on the phone.
    #[error("the phone's storage is full; free some space")]
    StorageFull,
    /// Something typed or chosen is missing or cannot be right: shown beside its field.
    #[error("{field:?}: {fault:?}")]
    Invalid {
        /// Which field.
        field: Field,
        /// What is wrong with it.
        fault: InputFault,
    },
    /// Not the person's to solve: report it to the office.
    #[error("{reason}")]
    Internal {
        /// For the log and the office, in English; never personal data.
        reason: String,
    },
}

/// Why the office said no to the phone itself (refused records have a [`crate::Refusal`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Rejection {
    /// The enrolment code is wrong, used or expired: ask for a new one.
    BadCode,
    /// The office withdrew this phone: call the office.
    Revoked,
    /// The office has yet to confirm this phone: call the office.
    AwaitConfirmation,
    /// Too many tries: wait a while.
    Slower,
    /// The office's computer cannot take anything just now.
    Unavailable,
    /// The office would refuse this, so it was not saved.
    WouldBeRefused {
        /// Why.
        refusal: Refusal,
    },
    /// Only what the office refused can be repaired or given up.
    NotRefused,
    /// There is no such thing on this phone any more.
    NotFound,
    /// "Hoàn tác" came after its time: take the record back or correct it.
    TooLateToUndo,
    /// Something else.
    Other,
}

/// A field of a form. An index counts from 0, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "field")]
pub enum Field {
    /// The enrolment code, scanned or typed.
    Code,
    /// The server's address.
    Address,
    /// The place.
    Hamlet,
    /// The post one acts in: several fit, one must be chosen.
    Post,
    /// The day.
    Day,
    /// Why there is no better evidence of the place.
    PlaceReason,
    /// A topic of the checklist.
    Topic {
        /// Which one.
        index: i32,
    },
    /// A problem found on a visit.
    Problem {
        /// Which one.
        index: i32,
    },
    /// A promise.
    Promise {
        /// Which one.
        index: i32,
    },
    /// The main text.
    Text,
    /// A remark.
    Remark,
    /// The reason.
    Reason,
    /// Where in the hamlet.
    Where,
    /// Who else was there.
    With,
    /// One of a report's boxes.
    ReportBox,
    /// The level to propose to.
    ToLevel,
    /// The unit to send to.
    ToUnit,
    /// A picture.
    Photo,
    /// The kind of petition.
    PetitionKind,
    /// The name, phone or address of a resident.
    Resident,
    /// The period of a report.
    Period,
    /// A choice from a fixed list.
    Choice,
    /// The id of a thing on this phone.
    Id,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum InputFault {
    /// Nothing there.
    Missing,
    /// Not of the right form.
    Malformed,
    /// Longer than a record can hold.
    TooLong,
    /// Lies in the future.
    InFuture,
    /// Lies more than seven days back.
    TooOld,
    /// The end lies before the beginning.
    EndsBeforeStart,
    /// Not a picture (JPEG or PNG).
    NotAPicture,
    /// A picture too large to open on a phone.
    TooLarge,
    /// A damaged picture.
    Damaged,
    /// A denunciation is not written down here.
    NotTakenHere,
}

/// What every exported call gives.
pub type Result<T, E = FieldbookError> = std::result::Result<T, E>;

impl FieldbookError {
    pub(crate) fn internal(reason: impl ToString) -> Self {
        Self::Internal { reason: reason.to_string() }
    }

    pub(crate) const fn invalid(field: Field, fault: InputFault) -> Self {
        Self::Invalid { field, fault }
    }

    pub(crate) const fn rejected(code: Rejection) -> Self {
        Self::Rejected { code }
    }
}
