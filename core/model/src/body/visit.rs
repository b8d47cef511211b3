//! A visit: one check-in at a hamlet.

use minicbor::{Decode, Encode};

use crate::day::Day;
use crate::id::FactId;
use crate::place::{Fix, PlaceEvidence};

crate::coded! {
    /// The three boxes of a topic (S2).
    TopicMark {
        /// Làm được.
        Done = 1: "done",
        /// Chưa được.
        NotDone = 2: "not_done",
        /// Chưa nắm.
        NotKnown = 3: "not_known",
    }
}

crate::coded! {
    /// Whom the liaison worked with.
    Met {
        /// Trưởng thôn, trưởng ấp …
        Head = 1: "head",
        /// Bí thư chi bộ.
        Secretary = 2: "secretary",
        /// Ban công tác Mặt trận.
        Front = 3: "front",
        /// Các chi hội, đoàn thể.
        Associations = 4: "associations",
        /// Hộ dân.
        Residents = 5: "residents",
        /// Công an, dân quân ở cơ sở.
        Security = 6: "security",
    }
}

/// One check-in. Its texts (remarks, reasons) are in a [`super::Words`] of the same case.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Visit {
    /// The hamlet.
    #[n(0)]
    pub unit: FactId,
    /// The day it counts for; up to seven days before it was written down.
    #[n(1)]
    pub day: Day,
    /// Start, Unix seconds by the phone's clock.
    #[n(2)]
    pub started: Option<i64>,
    /// Length, in minutes.
    #[n(3)]
    pub minutes: Option<u32>,
    /// Evidence of the place.
    #[n(4)]
    pub place: Place,
    /// Whom the liaison worked with.
    #[n(5)]
    pub met: Option<Vec<Met>>,
    /// Topics checked, in the order shown; remark `n` is slot [`super::Slot::topic`]`(n)` of the words.
    #[n(6)]
    pub topics: Option<Vec<MarkedTopic>>,
    /// The code the person can read out.
    #[n(7)]
    pub receipt: Option<String>,
    /// Time since the phone was started, seconds, when the form was opened: tells a turned clock.
    #[n(8)]
    pub since_boot: Option<i64>,
}

/// Evidence of the place, graded, never a block.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Place {
    /// The grade; its reason, where one is asked, is slot [`super::Slot::PlaceReason`].
    #[n(0)]
    pub evidence: PlaceEvidence,
    /// The one position fix, if allowed.
    #[n(1)]
    pub fix: Option<Fix>,
}

/// A topic and the box it went into.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct MarkedTopic {
    /// The topic.
    #[n(0)]
    pub topic: FactId,
    /// The box.
    #[n(1)]
    pub mark: TopicMark,
}
