//! What the device says went wrong, as what the person can do.

use fieldbook_device::http::{BadOffice, EnrolError};
use fieldbook_device::photo::PhotoError;
use fieldbook_device::store::StoreError;
use fieldbook_device::work::{self, Invalid, Why, WorkError};
use fieldbook_model::body::Slot;

use crate::error::{Field, FieldbookError, InputFault, Rejection};

impl From<StoreError> for FieldbookError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::StorageFull => Self::StorageFull,
            StoreError::Newer { .. } => Self::UpdateApp,
            StoreError::NotEnrolled => Self::SignInAgain,
            StoreError::Corrupt { .. }
            | StoreError::Io { .. }
            | StoreError::BadFact(_)
            | StoreError::Seal
            | StoreError::Sql(_) => Self::internal(error),
        }
    }
}

impl From<WorkError> for FieldbookError {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Invalid(Invalid { field, why }) => Self::invalid(field.into(), why.into()),
            WorkError::Refused(refusal) => Self::rejected(Rejection::WouldBeRefused { refusal: refusal.into() }),
            WorkError::ChoosePost(_) => Self::invalid(Field::Post, InputFault::Missing),
            WorkError::NotFound => Self::rejected(Rejection::NotFound),
            WorkError::TooLate => Self::rejected(Rejection::TooLateToUndo),
            WorkError::NotRefused => Self::rejected(Rejection::NotRefused),
            WorkError::Store(error) => error.into(),
        }
    }
}

impl From<PhotoError> for FieldbookError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::NotAPicture => Self::invalid(Field::Photo, InputFault::NotAPicture),
            PhotoError::TooLarge => Self::invalid(Field::Photo, InputFault::TooLarge),
            PhotoError::Damaged { .. } => Self::invalid(Field::Photo, InputFault::Damaged),
            PhotoError::StorageFull => Self::StorageFull,
            PhotoError::NotClean(_) | PhotoError::Io(_) => Self::internal(error),
        }
    }
}

impl From<EnrolError> for FieldbookError {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::Offline(_) => Self::Offline,
            EnrolError::BadCode => Self::rejected(Rejection::BadCode),
            EnrolError::UpdateApp => Self::UpdateApp,
            EnrolError::Later(_) => Self::rejected(Rejection::Slower),
            EnrolError::Broken(_) => Self::internal(error),
            EnrolError::Store(error) => error.into(),
        }
    }
}

impl From<BadOffice> for FieldbookError {
    fn from(error: BadOffice) -> Self {
        match error {
            BadOffice::Address(_) | BadOffice::NotSecure => Self::invalid(Field::Address, InputFault::Malformed),
            BadOffice::Root(_) => Self::invalid(Field::Code, InputFault::Malformed),
            BadOffice::Client(_) => Self::internal(error),
        }
    }
}

impl From<work::Field> for Field {
    fn from(field: work::Field) -> Self {
        match field {
            work::Field::Unit => Self::Hamlet,
            work::Field::Day => Self::Day,
            work::Field::PlaceReason => Self::PlaceReason,
            work::Field::Topic(index) => Self::Topic { index: index.cast_signed() },
            work::Field::Problem(index) => Self::Problem { index: index.cast_signed() },
            work::Field::Promise(index) => Self::Promise { index: index.cast_signed() },
            work::Field::Kind => Self::PetitionKind,
            work::Field::Level => Self::ToLevel,
            work::Field::Name => Self::Resident,
            work::Field::Period => Self::Period,
            work::Field::To => Self::ToUnit,
            work::Field::Text(slot) => slot.into(),
        }
    }
}

impl From<Slot> for Field {
    fn from(slot: Slot) -> Self {
        match slot {
            Slot::Text | Slot::Other(_) => Self::Text,
            Slot::Remark => Self::Remark,
            Slot::Reason => Self::Reason,
            Slot::PlaceReason => Self::PlaceReason,
            Slot::Where => Self::Where,
            Slot::With => Self::With,
            Slot::BoxDone | Slot::BoxNotDone | Slot::BoxProposed => Self::ReportBox,
        }
    }
}

impl From<Why> for InputFault {
    fn from(why: Why) -> Self {
        match why {
            Why::Missing => Self::Missing,
            Why::InFuture => Self::InFuture,
            Why::TooOld => Self::TooOld,
            Why::TooLong => Self::TooLong,
            Why::EndsBeforeStart => Self::EndsBeforeStart,
            Why::NotTakenHere => Self::NotTakenHere,
        }
    }
}
