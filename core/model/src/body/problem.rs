//! A problem: something wrong in a hamlet, with who can settle it.

use minicbor::{Decode, Encode};

use super::office::Level;
use crate::id::FactId;

crate::coded! {
    /// How soon something must be done.
    Urgency {
        /// Bình thường.
        Normal = 1: "normal",
        /// Gấp.
        Urgent = 2: "urgent",
        /// Phức tạp.
        Complex = 3: "complex",
    }
}

crate::coded! {
    /// What the author did about it.
    Handling {
        /// Giải quyết tại chỗ.
        OnTheSpot = 1: "on_the_spot",
        /// Đề xuất lên cấp trên.
        Proposed = 2: "proposed",
    }
}

/// Something wrong in a hamlet. What it is stands in a [`super::Words`] of the same case.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Problem {
    /// Where.
    #[n(0)]
    pub unit: FactId,
    /// How soon.
    #[n(1)]
    pub urgency: Urgency,
    /// Settled, or proposed upward.
    #[n(2)]
    pub handling: Handling,
    /// The level that can settle it, when proposed.
    #[n(3)]
    pub to_level: Option<Level>,
    /// The visit on which it was noted.
    #[n(4)]
    pub visit: Option<FactId>,
    /// The code the person can read out.
    #[n(5)]
    pub receipt: Option<String>,
}
