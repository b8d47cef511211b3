//! The sentences of the fixed lists, as the apps' strings have them.

use fieldbook_ffi::error::{Field, FieldbookError, InputFault, Rejection};
use fieldbook_ffi::hamlet::HamletState;
use fieldbook_ffi::outbox::{Network, Trouble};
use fieldbook_ffi::records::{PhotoSending, Sending};
use fieldbook_ffi::sorter::{RightPlace, SorterQuestion};
use fieldbook_ffi::words::{CaseAction, CaseKind, CaseState, PetitionKind, Refusal, ReportKind, TopicMark};

/// What kind of record.
pub const fn kind(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Visit => "Lượt xuống địa bàn",
        CaseKind::Problem => "Khó khăn",
        CaseKind::Petition => "Ý kiến, kiến nghị",
        CaseKind::Report => "Báo cáo",
    }
}

/// What kind of petition.
pub const fn petition(kind: PetitionKind) -> &'static str {
    match kind {
        PetitionKind::Proposal => "kiến nghị",
        PetitionKind::Feedback => "phản ánh",
        PetitionKind::Complaint => "khiếu nại",
        PetitionKind::Denunciation => "tố cáo",
        PetitionKind::Unknown => "loại của phiên bản mới hơn",
    }
}

/// Where a case stands.
pub const fn state(state: CaseState) -> &'static str {
    match state {
        CaseState::Recorded => "đã ghi",
        CaseState::Received => "đã tiếp nhận",
        CaseState::Sorted => "đã phân loại",
        CaseState::Forwarded => "đã chuyển",
        CaseState::Advised => "đã hướng dẫn",
        CaseState::Accepted => "đã thụ lý",
        CaseState::Declined => "không thụ lý",
        CaseState::InProgress => "đang giải quyết",
        CaseState::Extended => "gia hạn",
        CaseState::Suspended => "tạm đình chỉ",
        CaseState::Withdrawn => "đã rút",
        CaseState::Resolved => "có kết quả",
        CaseState::Answered => "đã trả lời người dân",
        CaseState::Closed => "đã đóng",
        CaseState::Returned => "trả lại để bổ sung",
        CaseState::Settled => "đã giải quyết tại chỗ",
        CaseState::Unknown => "trạng thái của phiên bản mới hơn",
    }
}

/// What may happen.
pub const fn action(action: CaseAction) -> &'static str {
    match action {
        CaseAction::Receive => "tiếp nhận",
        CaseAction::Sort => "phân loại",
        CaseAction::Forward => "chuyển",
        CaseAction::Advise => "hướng dẫn",
        CaseAction::Accept => "thụ lý",
        CaseAction::Decline => "không thụ lý",
        CaseAction::Start => "bắt đầu giải quyết",
        CaseAction::Extend => "gia hạn",
        CaseAction::Suspend => "tạm đình chỉ",
        CaseAction::Resume => "tiếp tục",
        CaseAction::Withdraw => "người dân rút",
        CaseAction::Resolve => "ghi kết quả",
        CaseAction::Answer => "đã trả lời người dân",
        CaseAction::Close => "đóng",
        CaseAction::Reopen => "mở lại",
        CaseAction::SendBack => "trả lại",
        CaseAction::Resubmit => "gửi lại",
        CaseAction::Note => "ghi chú",
        CaseAction::Unknown => "việc của phiên bản mới hơn",
    }
}

/// The box of a topic.
pub const fn mark(mark: TopicMark) -> &'static str {
    match mark {
        TopicMark::Done => "làm được",
        TopicMark::NotDone => "chưa được",
        TopicMark::NotKnown => "chưa nắm",
        TopicMark::Unknown => "?",
    }
}

/// How often.
pub const fn report(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Daily => "ngày",
        ReportKind::Weekly => "tuần",
        ReportKind::Monthly => "tháng",
        ReportKind::Quarterly => "quý",
        ReportKind::Unknown => "?",
    }
}

/// This month's state of a hamlet.
pub fn hamlet(state: HamletState) -> String {
    match state {
        HamletState::Visited => "đã xuống".into(),
        HamletState::Overdue { months_missed } => format!("quá hạn {months_missed} tháng"),
        HamletState::DaysLeft { days } => format!("còn {days} ngày"),
        HamletState::NotYetDue => "chưa đến hạn".into(),
    }
}

/// On its way.
pub fn sending(sending: &Sending) -> String {
    match sending {
        Sending::CanUndo { .. } => "chưa gửi, còn hoàn tác được".into(),
        Sending::Waiting => "chưa gửi".into(),
        Sending::TextSent { photos_sent, photos } => format!("đã gửi chữ, ảnh {photos_sent}/{photos}"),
        Sending::Received => "đã nhận".into(),
        Sending::Refused { code } => format!("trả lại: {}", refusal(*code)),
        Sending::Held => "chờ bản ghi bị trả lại".into(),
        Sending::Discarded => "đã bỏ".into(),
    }
}

/// A picture on its way.
pub fn photo(sending: &PhotoSending) -> String {
    match sending {
        PhotoSending::Waiting => "chưa gửi".into(),
        PhotoSending::Sending { sent } => format!("đã gửi {sent} B"),
        PhotoSending::Received => "đã nhận".into(),
        PhotoSending::Rejected => "không nhận được, chụp lại".into(),
        PhotoSending::NotOurs => "của người khác".into(),
    }
}

/// Why the office refused a record, and what to do.
pub const fn refusal(code: Refusal) -> &'static str {
    match code {
        Refusal::Malformed => "không đọc được; cập nhật ứng dụng rồi ghi lại",
        Refusal::UnknownRoot => "không có bản ghi này ở cơ quan",
        Refusal::UnknownTarget => "nội dung được nhắc đến không còn",
        Refusal::UnknownUnit => "không có địa bàn này",
        Refusal::UnknownKind => "cơ quan chưa nhận loại bản ghi này",
        Refusal::NotYourUnit => "địa bàn này chưa được phân công",
        Refusal::NotYourPost => "chức danh này không phải của người ghi",
        Refusal::NotYourDuty => "chức danh này không có nhiệm vụ đó",
        Refusal::NotYours => "chỉ người ghi hoặc người kế nhiệm làm được",
        Refusal::PostEnded => "chức danh đã thôi trước ngày ghi",
        Refusal::TooLate => "gửi quá 60 ngày sau khi thôi chức danh",
        Refusal::NotAllowedNow => "việc này không còn làm được ở bước hiện tại",
        Refusal::UnitEnded => "địa bàn đã giải thể",
        Refusal::OfficeOnly => "chỉ cơ quan làm được",
        Refusal::DenunciationKeepsNothing => "không lưu nội dung tố cáo",
        Refusal::VisitTooOld => "chỉ ghi lùi được bảy ngày",
        Refusal::VisitInFuture => "ngày trên điện thoại sai",
        Refusal::Unknown => "lý do của phiên bản mới hơn; cập nhật ứng dụng",
    }
}

/// The network.
pub const fn network(network: Network) -> &'static str {
    match network {
        Network::NoNetwork => "Chưa có mạng",
        Network::Metered => "Mạng di động",
        Network::Unmetered => "Wi-Fi",
    }
}

/// What stands in the way.
pub const fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Offline => "chưa có mạng; sẽ tự gửi khi có mạng",
        Trouble::OfficeBusy => "máy của cơ quan đang bận; sẽ tự gửi lại",
        Trouble::Untrusted => "nơi trả lời không phải máy của cơ quan; đổi mạng khác",
        Trouble::Broken => "máy và cơ quan không hiểu nhau; gọi cơ quan",
        Trouble::Revoked => "cơ quan đã ngừng điện thoại này; gọi cơ quan",
        Trouble::UpdateApp => "cần cập nhật ứng dụng",
        Trouble::SignInAgain => "cần quét mã mới của cơ quan; nội dung đã ghi vẫn còn",
        Trouble::AwaitConfirmation => "chờ cơ quan xác nhận điện thoại này",
    }
}

/// A question before a petition.
pub const fn question(question: SorterQuestion) -> &'static str {
    match question {
        SorterQuestion::AccusesPerson => "Người dân có nói một người nào đó làm trái pháp luật không?",
        SorterQuestion::WantsOwnDecisionReviewed => {
            "Điều người dân muốn là xem lại một quyết định đối với chính họ, chứ không phải xử lý người đó?"
        }
        SorterQuestion::OpposesDecision => {
            "Người dân có phản đối một quyết định hoặc việc làm cụ thể của cơ quan nhà nước đối với họ không?"
        }
        SorterQuestion::ReportsHappening => "Người dân có báo một việc đang xảy ra (hỏng, bẩn, mất, ồn …) không?",
        SorterQuestion::CannotWait => "Việc có thể gây nguy hiểm, hoặc không để đến ngày mai được?",
    }
}

/// Where it must go.
pub const fn place(place: RightPlace) -> &'static str {
    match place {
        RightPlace::Commune => "gửi xã, phường",
        RightPlace::DecidingBody => "cơ quan đã ra quyết định giải quyết; xã, phường chuyển",
        RightPlace::InPersonOnly => "người dân đến nơi tiếp công dân hoặc gửi đơn giấy; ứng dụng không lưu gì",
    }
}

/// What went wrong, and what to do.
pub fn error(error: &FieldbookError) -> String {
    match error {
        FieldbookError::Offline => "Chưa liên lạc được cơ quan. Sẽ tự gửi khi có mạng.".into(),
        FieldbookError::SignInAgain => "Cần quét mã của cơ quan.".into(),
        FieldbookError::UpdateApp => "Cần cập nhật ứng dụng.".into(),
        FieldbookError::StorageFull => "Bộ nhớ điện thoại đã đầy. Xoá bớt ảnh, video rồi thử lại.".into(),
        FieldbookError::Rejected { code: Rejection::WouldBeRefused { refusal: why } } => {
            format!("Chưa lưu: {}.", refusal(*why))
        }
        FieldbookError::Rejected { code } => rejection(*code).into(),
        FieldbookError::Invalid { field: at, fault } => format!("{}: {}", field(*at), input(*fault)),
        FieldbookError::Internal { reason } => format!("Có lỗi trong máy, gọi cơ quan: {reason}"),
    }
}

const fn rejection(code: Rejection) -> &'static str {
    match code {
        Rejection::BadCode => "Mã sai, đã dùng hoặc hết hạn. Xin cơ quan mã mới.",
        Rejection::Revoked => "Cơ quan đã ngừng điện thoại này. Gọi cơ quan.",
        Rejection::AwaitConfirmation => "Chờ cơ quan xác nhận điện thoại này. Gọi cơ quan.",
        Rejection::Slower => "Thử quá nhiều lần. Chờ một lát rồi thử lại.",
        Rejection::Unavailable => "Máy của cơ quan chưa nhận được. Thử lại sau.",
        Rejection::WouldBeRefused { .. } => "Cơ quan sẽ không nhận bản ghi này.",
        Rejection::NotRefused => "Bản ghi này không bị trả lại. Dùng đính chính hoặc rút lại.",
        Rejection::NotFound => "Không có trên điện thoại này.",
        Rejection::TooLateToUndo => "Đã quá lúc hoàn tác. Dùng đính chính hoặc rút lại.",
        Rejection::Other => "Cơ quan không nhận. Gọi cơ quan.",
    }
}

const fn field(field: Field) -> &'static str {
    match field {
        Field::Code => "Mã",
        Field::Address => "Địa chỉ",
        Field::Hamlet => "Địa bàn",
        Field::Post => "Chức danh",
        Field::Day => "Ngày",
        Field::PlaceReason => "Lý do không có vị trí",
        Field::Topic { .. } => "Nội dung trọng tâm",
        Field::Problem { .. } => "Khó khăn",
        Field::Promise { .. } => "Đề xuất tháng tới",
        Field::Text => "Nội dung",
        Field::Remark => "Nhận xét",
        Field::Reason => "Lý do",
        Field::Where => "Ở đâu",
        Field::With => "Làm việc với ai",
        Field::ReportBox => "Nội dung báo cáo",
        Field::ToLevel => "Cấp đề xuất",
        Field::ToUnit => "Nơi chuyển đến",
        Field::Photo => "Ảnh",
        Field::PetitionKind => "Loại ý kiến",
        Field::Resident => "Người dân",
        Field::Period => "Kỳ báo cáo",
        Field::Choice => "Lựa chọn",
        Field::Id => "Mã bản ghi",
    }
}

const fn input(fault: InputFault) -> &'static str {
    match fault {
        InputFault::Missing => "chưa có",
        InputFault::Malformed => "chưa đúng",
        InputFault::TooLong => "quá dài, viết ngắn lại",
        InputFault::InFuture => "ở tương lai",
        InputFault::TooOld => "quá bảy ngày",
        InputFault::EndsBeforeStart => "ngày cuối trước ngày đầu",
        InputFault::NotAPicture => "không phải ảnh",
        InputFault::TooLarge => "ảnh quá lớn",
        InputFault::Damaged => "ảnh hỏng, chụp lại",
        InputFault::NotTakenHere => "không ghi tố cáo ở đây",
    }
}
