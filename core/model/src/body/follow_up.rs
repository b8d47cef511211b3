//! Promises that come back by themselves (S2: "soi rọi lại kết quả của tháng trước").

use minicbor::{Decode, Encode};

use crate::id::FactId;

/// A promise with a due month, made on a visit (its root). Its text is in a [`super::Words`] whose `of` names it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct FollowUp {
    /// The hamlet it was promised to.
    #[n(0)]
    pub unit: FactId,
    /// The month it is due, `year * 12 + month - 1`.
    #[n(1)]
    pub month: i32,
    /// Who promised to do it, when not the author.
    #[n(2)]
    pub owner: Option<FactId>,
}

/// A promise was looked at again. Root: the visit on which it was made.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct FollowUpTick {
    /// Which promise.
    #[n(0)]
    pub follow_up: FactId,
    /// Đã xong, or chưa xong (then it comes back next month).
    #[n(1)]
    pub done: bool,
    /// The visit on which it was looked at.
    #[n(2)]
    pub visit: Option<FactId>,
}
