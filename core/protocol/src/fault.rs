//! What a request that is not answered with 200 gets as its body.

use fieldbook_model::coded;
use minicbor::{Decode, Encode};

coded! {
    /// Why a request was not done, by what the phone must do about it.
    FaultCode {
        /// 400: not a message of this protocol. The phone reports it and does not repeat it.
        Malformed = 1: "malformed",
        /// 401: the token is not known here. The phone proves itself with its certificate, or enrols anew.
        UnknownToken = 2: "unknown_token",
        /// 403: this phone was revoked. The person calls the office.
        Revoked = 3: "revoked",
        /// 409: facts of this writer exist with other content: the phone was cloned from a backup and must become a new writer.
        Cloned = 4: "cloned",
        /// 413: larger than the limits. The phone sends less at once.
        TooLarge = 5: "too_large",
        /// 426: this version of the app is too old.
        UpdateApp = 6: "update_app",
        /// 429: too many requests; `Retry-After` says when.
        Slower = 7: "slower",
        /// 503: the server cannot store just now; `Retry-After` says when.
        Unavailable = 8: "unavailable",
        /// 404: no such thing, or not for this person.
        NotFound = 9: "not_found",
        /// 403: the enrolment code is wrong, used or expired.
        BadCode = 10: "bad_code",
        /// 202 on enrolment: waits until the office confirms this phone.
        AwaitConfirmation = 11: "await_confirmation",
        /// 409 on a photo: the offset is not where the server stands; `Upload-Offset` says where.
        WrongOffset = 12: "wrong_offset",
        /// 422 on a photo: not a picture the server accepts, or not the bytes of its hash.
        BadPicture = 13: "bad_picture",
    }
}

/// The body of an answer that is not 200.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Fault {
    /// What the phone must do.
    #[n(0)]
    pub code: FaultCode,
    /// For the log, in English; never personal data.
    #[n(1)]
    pub detail: Option<String>,
}
