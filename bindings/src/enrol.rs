//! Enrolment: look whose code it is, confirm, and the first data arrive.

use serde::Serialize;

use crate::outbox::Traffic;
use crate::today::MyPost;

/// The code from the office.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum EnrolmentCode {
    /// The text of the scanned QR.
    Scanned {
        /// As scanned.
        text: String,
    },
    /// Typed by hand.
    Typed {
        /// The server's address; `https://` may be left out.
        address: String,
        /// Ten digits; spaces are fine.
        digits: String,
    },
}

/// Whose code it is: "Xác nhận: {chức danh} {họ tên}".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EnrolmentLook {
    /// The organisation.
    pub organisation: String,
    /// Full name.
    pub person: String,
    /// Title and unit of each post.
    pub posts: Vec<EnrolmentPost>,
    /// Number of the office.
    pub office_phone: Option<String>,
}

/// A post as read back to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct EnrolmentPost {
    /// "trưởng ấp".
    pub title: String,
    /// "ấp An Định".
    pub unit: String,
}

/// Where this phone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nobody is signed in.
    NotEnrolled,
    /// The office has yet to confirm this phone; work goes on meanwhile.
    AwaitConfirmation,
    /// Enrolled; the first data are on their way.
    Filling,
    /// Everything works.
    Ready,
    /// Scan a new code; what was written stays.
    SignInAgain,
    /// The office withdrew this phone.
    Revoked,
}

/// Tôi: whose phone it is, and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Status {
    /// Where it stands.
    pub standing: Standing,
    /// Whose phone it is.
    pub person: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// The letters at the front of its receipts.
    pub label: Option<String>,
    /// The posts held today.
    pub posts: Vec<MyPost>,
    /// The strip.
    pub traffic: Traffic,
    /// Practice mode.
    pub practice: bool,
    /// Number of the office.
    pub office_phone: Option<String>,
    /// The version of this core.
    pub version: String,
}
