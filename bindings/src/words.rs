//! The fixed lists of the work as both shells see them: a stable value here, the sentence in the shell's strings.

use fieldbook_model::{body, case, clock, place};
use serde::Serialize;

/// Mirrors a list of the model. A value of a newer version is `Unknown`: shown as such, never offered as a choice.
macro_rules! mirror {
    ($(#[$meta:meta])* $name:ident of $model:path { $($(#[$vmeta:meta])* $variant:ident $(= $theirs:ident)?),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A value of a newer version of the app.
            Unknown,
        }

        impl From<$model> for $name {
            fn from(value: $model) -> Self {
                use $model as Model;
                match value {
                    $(mirror!(@theirs Model $variant $($theirs)?) => Self::$variant,)+
                    Model::Other(_) => Self::Unknown,
                }
            }
        }

        impl $name {
            /// The model's value; none for `Unknown`, which nobody can choose.
            pub const fn to_model(self) -> Option<$model> {
                use $model as Model;
                match self {
                    $(Self::$variant => Some(mirror!(@theirs Model $variant $($theirs)?)),)+
                    Self::Unknown => None,
                }
            }

            /// The value with the model's stable key (`in_person`, `gps_inside` …), as scripts write it.
            pub fn from_key(key: &str) -> Option<Self> {
                <$model>::from_key(key).map(Self::from)
            }
        }
    };
    (@theirs $model:ident $variant:ident) => { $model::$variant };
    (@theirs $model:ident $variant:ident $theirs:ident) => { $model::$theirs };
}

mirror! {
    /// Where a case stands.
    CaseState of body::CaseState {
        /// Đã ghi.
        Recorded,
        /// Đã tiếp nhận.
        Received,
        /// Đã phân loại.
        Sorted,
        /// Đã chuyển.
        Forwarded,
        /// Đã hướng dẫn.
        Advised,
        /// Đã thụ lý.
        Accepted,
        /// Không thụ lý, có lý do.
        Declined,
        /// Đang giải quyết.
        InProgress,
        /// Gia hạn.
        Extended,
        /// Tạm đình chỉ.
        Suspended,
        /// Đã rút.
        Withdrawn,
        /// Có kết quả.
        Resolved,
        /// Đã trả lời người dân.
        Answered,
        /// Đã đóng.
        Closed,
        /// Trả lại người ghi để bổ sung.
        Returned,
        /// Đã giải quyết tại chỗ.
        Settled,
    }
}

mirror! {
    /// What may happen, or happened, to a case.
    CaseAction of body::Event {
        /// The office has it.
        Receive,
        /// The kind is confirmed.
        Sort,
        /// Sent to another unit.
        Forward,
        /// The resident was told where to go.
        Advise,
        /// Thụ lý.
        Accept,
        /// Not taken, with the reason.
        Decline,
        /// Someone works on it.
        Start,
        /// More time, with the reason.
        Extend,
        /// Stopped for a while, with the reason.
        Suspend,
        /// Goes on after a stop.
        Resume,
        /// The resident takes it back.
        Withdraw,
        /// There is a result.
        Resolve,
        /// The resident was answered.
        Answer,
        /// Finished.
        Close,
        /// Opened again.
        Reopen,
        /// Sent back to its author, with the reason.
        SendBack = Return,
        /// The author sent it again.
        Resubmit,
        /// A remark; the state stays.
        Note,
    }
}

mirror! {
    /// What kind of petition it is.
    PetitionKind of body::PetitionKind {
        /// Kiến nghị.
        Proposal,
        /// Phản ánh.
        Feedback,
        /// Khiếu nại.
        Complaint,
        /// Tố cáo: only "advised, one denunciation" is ever kept.
        Denunciation,
    }
}

mirror! {
    /// How soon something must be done.
    Urgency of body::Urgency {
        /// Bình thường.
        Normal,
        /// Gấp.
        Urgent,
        /// Phức tạp.
        Complex,
    }
}

mirror! {
    /// What the author did about a problem.
    Handling of body::Handling {
        /// Giải quyết tại chỗ.
        OnTheSpot,
        /// Đề xuất lên cấp trên.
        Proposed,
    }
}

mirror! {
    /// A level of the tree of units.
    UnitLevel of body::Level {
        /// Tỉnh, thành phố.
        Province,
        /// Huyện, quận, thị xã.
        District,
        /// Xã, phường, đặc khu.
        Commune,
        /// Thôn, ấp, khu phố, tổ dân phố.
        Hamlet,
    }
}

mirror! {
    /// What a post lets its holder do.
    PostRole of body::Role {
        /// Cán bộ được phân công theo dõi địa bàn.
        Liaison,
        /// Trưởng thôn, trưởng ấp, trưởng khu phố, tổ trưởng.
        Head,
        /// Bí thư chi bộ.
        Secretary,
        /// Bộ phận tiếp nhận.
        Desk,
        /// Lãnh đạo.
        Leader,
    }
}

mirror! {
    /// The three boxes of a topic.
    TopicMark of body::TopicMark {
        /// Làm được.
        Done,
        /// Chưa được.
        NotDone,
        /// Chưa nắm.
        NotKnown,
    }
}

mirror! {
    /// Whom the liaison worked with.
    Met of body::Met {
        /// Trưởng thôn, trưởng ấp …
        Head,
        /// Bí thư chi bộ.
        Secretary,
        /// Ban công tác Mặt trận.
        Front,
        /// Các chi hội, đoàn thể.
        Associations,
        /// Hộ dân.
        Residents,
        /// Công an, dân quân ở cơ sở.
        Security,
    }
}

mirror! {
    /// How the resident was answered.
    AnswerWay of body::AnswerWay {
        /// Gặp trực tiếp.
        InPerson,
        /// Gọi điện.
        Phone,
        /// Văn bản.
        Letter,
        /// Tại cuộc họp dân.
        Meeting,
    }
}

mirror! {
    /// How often a report is due.
    ReportKind of body::ReportKind {
        /// Báo cáo ngày.
        Daily,
        /// Báo cáo tuần.
        Weekly,
        /// Báo cáo tháng.
        Monthly,
        /// Báo cáo quý.
        Quarterly,
    }
}

mirror! {
    /// What a number of a report counts.
    ReportNumber of body::Number {
        /// Visits in the period.
        Visits,
        /// Problems noted.
        ProblemsNew,
        /// Problems settled or closed.
        ProblemsDone,
        /// Petitions taken.
        PetitionsNew,
        /// Petitions answered.
        PetitionsDone,
        /// Matters still open at its end.
        Open,
        /// Follow-ups ticked off.
        FollowUpsDone,
    }
}

mirror! {
    /// How well the place of a visit is known.
    PlaceEvidence of place::PlaceEvidence {
        /// Inside the hamlet's radius.
        GpsInside,
        /// Within the error of it.
        GpsNear,
        /// Outside; asks for a reason.
        GpsOutside,
        /// The hamlet has no reference point to compare with.
        GpsUnknown,
        /// The code at the culture house was scanned.
        Qr,
        /// None; asks for a reason.
        NoEvidence = None,
    }
}

mirror! {
    /// Why the office refused a record; the shell says what to do about each.
    Refusal of case::Refusal {
        /// Cannot be read; update the app and write it again.
        Malformed,
        /// The case is not known to the office.
        UnknownRoot,
        /// What it speaks about is not known or was erased.
        UnknownTarget,
        /// The unit is not in the tree.
        UnknownUnit,
        /// A kind of case the office does not know yet.
        UnknownKind,
        /// Nobody gave this person that unit.
        NotYourUnit,
        /// The post is not this person's.
        NotYourPost,
        /// The post's duties do not include this.
        NotYourDuty,
        /// Only its author, the successor or the desk may do it.
        NotYours,
        /// The post had ended when this was written.
        PostEnded,
        /// It came more than 60 days after the post ended.
        TooLate,
        /// Not in a state in which this can happen.
        NotAllowedNow,
        /// The unit ended and no other went on from it.
        UnitEnded,
        /// Only the office may do it.
        OfficeOnly,
        /// Nothing but "advised" is kept about a denunciation.
        DenunciationKeepsNothing,
        /// Written down more than seven days after the visit.
        VisitTooOld,
        /// The visit lies in the future: the phone's date is wrong.
        VisitInFuture,
    }
}

mirror! {
    /// What a clock runs for.
    ClockSubject of clock::ClockSubject {
        /// Thụ lý khiếu nại.
        ComplaintAcceptance,
        /// Giải quyết khiếu nại lần đầu.
        ComplaintFirst,
        /// The same, complex.
        ComplaintFirstComplex,
        /// The same, remote area.
        ComplaintFirstRemote,
        /// The same, remote and complex.
        ComplaintFirstRemoteComplex,
        /// Giải quyết khiếu nại lần hai.
        ComplaintSecond,
        /// The same, complex.
        ComplaintSecondComplex,
        /// The same, remote area.
        ComplaintSecondRemote,
        /// The same, remote and complex.
        ComplaintSecondRemoteComplex,
        /// Giải quyết tố cáo.
        DenunciationSettlement,
        /// The same, complex.
        DenunciationComplex,
        /// The same, specially complex.
        DenunciationSpeciallyComplex,
        /// Kiến nghị, phản ánh.
        Proposal,
        /// The same, urgent.
        ProposalUrgent,
        /// The same, complex.
        ProposalComplex,
        /// The visit of the month.
        Visit,
        /// Báo cáo ngày.
        ReportDaily,
        /// Báo cáo tuần.
        ReportWeekly,
        /// Báo cáo tháng.
        ReportMonthly,
        /// Báo cáo quý.
        ReportQuarterly,
    }
}

/// The kinds of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum CaseKind {
    /// Lượt xuống địa bàn.
    Visit,
    /// Khó khăn, vướng mắc.
    Problem,
    /// Ý kiến, kiến nghị.
    Petition,
    /// Báo cáo.
    Report,
}

impl From<case::CaseKind> for CaseKind {
    fn from(kind: case::CaseKind) -> Self {
        match kind {
            case::CaseKind::Visit => Self::Visit,
            case::CaseKind::Problem => Self::Problem,
            case::CaseKind::Petition => Self::Petition,
            case::CaseKind::Report => Self::Report,
        }
    }
}

impl From<CaseKind> for case::CaseKind {
    fn from(kind: CaseKind) -> Self {
        match kind {
            CaseKind::Visit => Self::Visit,
            CaseKind::Problem => Self::Problem,
            CaseKind::Petition => Self::Petition,
            CaseKind::Report => Self::Report,
        }
    }
}
