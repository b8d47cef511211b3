//! The shipped rows. Each names its law; a change of law is a new row below the old ones, never an edit.

use chrono::NaiveDate;

use super::{ClockRule, ClockSubject as S, ClockUnit, Extension, Period};

type Ymd = (i32, u32, u32);
type Row = (S, u32, ClockUnit, Option<Extension>, &'static str);

const DAYS: ClockUnit = ClockUnit::CalendarDays;
const WORKING: ClockUnit = ClockUnit::WorkingDays;
const ONCE: Option<Extension> = Some(Extension { length: 30, times: 1 });
const TWICE: Option<Extension> = Some(Extension { length: 30, times: 2 });

/// In force since 1 July 2012.
const COMPLAINT_LAW_2011: Ymd = (2012, 7, 1);
const COMPLAINTS: &[Row] = &[
    (S::ComplaintAcceptance, 10, DAYS, None, "Luật Khiếu nại 2011, Điều 27"),
    (S::ComplaintFirst, 30, DAYS, None, "Luật Khiếu nại 2011, Điều 28"),
    (S::ComplaintFirstComplex, 45, DAYS, None, "Luật Khiếu nại 2011, Điều 28"),
    (S::ComplaintFirstRemote, 45, DAYS, None, "Luật Khiếu nại 2011, Điều 28"),
    (S::ComplaintFirstRemoteComplex, 60, DAYS, None, "Luật Khiếu nại 2011, Điều 28"),
    (S::ComplaintSecond, 45, DAYS, None, "Luật Khiếu nại 2011, Điều 37"),
    (S::ComplaintSecondComplex, 60, DAYS, None, "Luật Khiếu nại 2011, Điều 37"),
    (S::ComplaintSecondRemote, 60, DAYS, None, "Luật Khiếu nại 2011, Điều 37"),
    (S::ComplaintSecondRemoteComplex, 70, DAYS, None, "Luật Khiếu nại 2011, Điều 37"),
];

/// In force since 1 January 2019.
const DENUNCIATION_LAW_2018: Ymd = (2019, 1, 1);
const DENUNCIATIONS: &[Row] = &[
    (S::DenunciationSettlement, 30, DAYS, None, "Luật Tố cáo 2018, Điều 30"),
    (S::DenunciationComplex, 30, DAYS, ONCE, "Luật Tố cáo 2018, Điều 30"),
    (S::DenunciationSpeciallyComplex, 30, DAYS, TWICE, "Luật Tố cáo 2018, Điều 30"),
];

/// In force since 1 July 2026. That it amends both laws is certain; its wording on periods was not at hand when this table was
/// written, so the rows repeat the earlier periods and say so until the office pushes checked ones.
const AMENDING_LAW_136_2025: Ymd = (2026, 7, 1);
const AMENDED: &str = "sửa đổi, bổ sung bởi Luật 136/2025/QH15 (thời hạn tạm giữ như trước, cần đối chiếu văn bản)";

/// Practice, not law: what the applications of cities promise. Each commune may push its own.
const PRACTICE: Ymd = (2020, 1, 1);
const SERVICE_LEVELS: &[Row] = &[
    (S::ProposalUrgent, 1, WORKING, None, "Mức phục vụ của địa phương: việc khẩn"),
    (S::Proposal, 3, WORKING, None, "Mức phục vụ của địa phương: việc thường"),
    (S::ProposalComplex, 7, WORKING, None, "Mức phục vụ của địa phương: việc phức tạp"),
    (S::Visit, 1, ClockUnit::Ends(Period::Month), None, "Phân công địa bàn: mỗi tháng ít nhất một lượt"),
    (S::ReportDaily, 1, ClockUnit::Ends(Period::Day), None, "Chế độ báo cáo ngày"),
    (S::ReportWeekly, 1, ClockUnit::Ends(Period::Week), None, "Chế độ báo cáo tuần"),
    (S::ReportMonthly, 1, ClockUnit::Ends(Period::Month), None, "Chế độ báo cáo tháng"),
    (S::ReportQuarterly, 1, ClockUnit::Ends(Period::Quarter), None, "Chế độ báo cáo quý"),
];

pub(super) fn rules() -> impl Iterator<Item = ClockRule> {
    let as_passed = [(COMPLAINT_LAW_2011, COMPLAINTS), (DENUNCIATION_LAW_2018, DENUNCIATIONS), (PRACTICE, SERVICE_LEVELS)];
    let as_amended = COMPLAINTS.iter().chain(DENUNCIATIONS).filter_map(|row| {
        let rule = rule(row, AMENDING_LAW_136_2025)?;
        Some(ClockRule { basis: format!("{}, {AMENDED}", rule.basis), ..rule })
    });
    as_passed.into_iter().flat_map(|(from, rows)| rows.iter().filter_map(move |row| rule(row, from))).chain(as_amended)
}

fn rule(&(subject, length, unit, extension, basis): &Row, (year, month, day): Ymd) -> Option<ClockRule> {
    let effective_from = NaiveDate::from_ymd_opt(year, month, day)?;
    Some(ClockRule { extension, ..ClockRule::new(subject, length, unit, basis, effective_from) })
}
