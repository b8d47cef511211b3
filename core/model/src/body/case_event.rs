//! What happens to a case after it was written down, and the states it goes through.

use minicbor::{Decode, Encode};

use crate::day::Day;
use crate::id::FactId;

crate::coded! {
    /// Version 1's list of states. Every event carries the state it leads to, so an old app can still show where a case stands
    /// after an event it does not know.
    CaseState {
        /// Đã ghi.
        Recorded = 1: "recorded",
        /// Đã tiếp nhận.
        Received = 2: "received",
        /// Đã phân loại.
        Sorted = 3: "sorted",
        /// Đã chuyển.
        Forwarded = 4: "forwarded",
        /// Đã hướng dẫn.
        Advised = 5: "advised",
        /// Đã thụ lý.
        Accepted = 6: "accepted",
        /// Không thụ lý, có lý do.
        Declined = 7: "declined",
        /// Đang giải quyết.
        InProgress = 8: "in_progress",
        /// Gia hạn.
        Extended = 9: "extended",
        /// Tạm đình chỉ.
        Suspended = 10: "suspended",
        /// Người dân rút đơn, hoặc người ghi rút lại.
        Withdrawn = 11: "withdrawn",
        /// Có kết quả.
        Resolved = 12: "resolved",
        /// Đã trả lời người dân.
        Answered = 13: "answered",
        /// Đã đóng.
        Closed = 14: "closed",
        /// Trả lại người ghi để bổ sung.
        Returned = 15: "returned",
        /// Đã giải quyết tại chỗ.
        Settled = 16: "settled",
    }
}

crate::coded! {
    /// What happened.
    Event {
        /// The office has it; stamps the clock rule.
        Receive = 1: "receive",
        /// The kind is confirmed.
        Sort = 2: "sort",
        /// Sent to another unit.
        Forward = 3: "forward",
        /// The resident was told where to go.
        Advise = 4: "advise",
        /// Thụ lý.
        Accept = 5: "accept",
        /// Not taken, with the reason.
        Decline = 6: "decline",
        /// Someone works on it.
        Start = 7: "start",
        /// More time, with the reason.
        Extend = 8: "extend",
        /// Stopped for a while, with the reason.
        Suspend = 9: "suspend",
        /// Goes on after a stop.
        Resume = 10: "resume",
        /// The resident takes it back.
        Withdraw = 11: "withdraw",
        /// There is a result; its text is in the words.
        Resolve = 12: "resolve",
        /// The resident was answered.
        Answer = 13: "answer",
        /// Finished.
        Close = 14: "close",
        /// Opened again.
        Reopen = 15: "reopen",
        /// Sent back to its author, with the reason.
        Return = 16: "return",
        /// The author sent it again after a return.
        Resubmit = 17: "resubmit",
        /// A remark, a question or a reply; the state stays.
        Note = 18: "note",
    }
}

crate::coded! {
    /// How the resident was answered.
    AnswerWay {
        /// Gặp trực tiếp.
        InPerson = 1: "in_person",
        /// Gọi điện.
        Phone = 2: "phone",
        /// Văn bản.
        Letter = 3: "letter",
        /// Tại cuộc họp dân.
        Meeting = 4: "meeting",
    }
}

/// Something that happened to a case. Its text, if any, is in a [`super::Words`] whose `of` names this event.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct CaseEvent {
    /// What happened.
    #[n(0)]
    pub event: Event,
    /// The state it leads to, from version 1's list.
    #[n(1)]
    pub state: CaseState,
    /// Where it was forwarded to.
    #[n(2)]
    pub to: Option<FactId>,
    /// The new due day, when the office stamped or moved it.
    #[n(3)]
    pub due: Option<Day>,
    /// The rule the due day follows, as its law and article.
    #[n(4)]
    pub basis: Option<String>,
    /// How the resident was answered.
    #[n(5)]
    pub way: Option<AnswerWay>,
    /// The day it happened, when not the day it was written down.
    #[n(6)]
    pub day: Option<Day>,
}

/// The desk gave the case to another unit after a merge or split.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Rehomed {
    /// Its unit from now on.
    #[n(0)]
    pub unit: FactId,
}
