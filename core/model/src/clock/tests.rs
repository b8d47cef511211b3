#![allow(clippy::unwrap_used)]

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// A calendar without holidays, so that the length of a period is all that shows.
fn plain_calendar() -> WorkingCalendar {
    WorkingCalendar::new(1, day(2020, 1, 1)..=day(2030, 12, 31))
}

/// Checks length, unit and basis of the row in force on a day before and a day after the law of 2026.
fn assert_row(subject: ClockSubject, length: u32, unit: ClockUnit, basis: &str) {
    let book = RuleBook::built_in();
    for received in [day(2026, 6, 30), day(2026, 7, 1)] {
        let rule = book.rule_on(subject, received).unwrap();
        assert_eq!((rule.length, rule.unit), (length, unit), "{subject:?} on {received}");
        assert!(rule.basis.starts_with(basis), "{}", rule.basis);
    }
}

fn extended(subject: ClockSubject, times: u32) -> i64 {
    let book = RuleBook::built_in();
    let start = day(2026, 3, 2);
    let due = due_extended(book.rule_on(subject, start).unwrap(), start, times, &plain_calendar());
    due.counted.signed_duration_since(start).num_days()
}

#[test]
fn complaint_first_settlement_art_28() {
    let basis = "Luật Khiếu nại 2011, Điều 28";
    assert_row(ClockSubject::ComplaintFirst, 30, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::ComplaintFirstComplex, 45, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::ComplaintFirstRemote, 45, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::ComplaintFirstRemoteComplex, 60, ClockUnit::CalendarDays, basis);
}

#[test]
fn complaint_second_settlement_art_37() {
    let basis = "Luật Khiếu nại 2011, Điều 37";
    assert_row(ClockSubject::ComplaintSecond, 45, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::ComplaintSecondComplex, 60, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::ComplaintSecondRemote, 60, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::ComplaintSecondRemoteComplex, 70, ClockUnit::CalendarDays, basis);
}

#[test]
fn complaint_acceptance_art_27() {
    assert_row(ClockSubject::ComplaintAcceptance, 10, ClockUnit::CalendarDays, "Luật Khiếu nại 2011, Điều 27");
}

#[test]
fn complaint_acceptance_follows_the_unit_its_rule_carries() {
    let mut book = RuleBook::built_in();
    let start = day(2026, 11, 2);
    let calendar = plain_calendar();
    let by_calendar = due(book.rule_on(ClockSubject::ComplaintAcceptance, start).unwrap(), start, &calendar);
    book.add(ClockRule::new(ClockSubject::ComplaintAcceptance, 10, ClockUnit::WorkingDays, "thử", day(2026, 7, 1)));
    let by_work = due(book.rule_on(ClockSubject::ComplaintAcceptance, start).unwrap(), start, &calendar);
    assert_eq!((by_calendar.date, by_work.date), (day(2026, 11, 12), day(2026, 11, 16)));
}

#[test]
fn denunciation_settlement_art_30() {
    let basis = "Luật Tố cáo 2018, Điều 30";
    assert_row(ClockSubject::DenunciationSettlement, 30, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::DenunciationComplex, 30, ClockUnit::CalendarDays, basis);
    assert_row(ClockSubject::DenunciationSpeciallyComplex, 30, ClockUnit::CalendarDays, basis);
}

#[test]
fn denunciation_extensions_art_30() {
    assert_eq!(extended(ClockSubject::DenunciationSettlement, 1), 30, "not complex: no extension");
    assert_eq!(extended(ClockSubject::DenunciationComplex, 0), 30);
    assert_eq!(extended(ClockSubject::DenunciationComplex, 1), 60);
    assert_eq!(extended(ClockSubject::DenunciationComplex, 2), 60, "complex: once");
    assert_eq!(extended(ClockSubject::DenunciationSpeciallyComplex, 1), 60);
    assert_eq!(extended(ClockSubject::DenunciationSpeciallyComplex, 2), 90);
    assert_eq!(extended(ClockSubject::DenunciationSpeciallyComplex, u32::MAX), 90, "specially complex: twice");
}

#[test]
fn proposal_service_levels_of_practice() {
    let basis = "Mức phục vụ của địa phương";
    assert_row(ClockSubject::ProposalUrgent, 1, ClockUnit::WorkingDays, basis);
    assert_row(ClockSubject::Proposal, 3, ClockUnit::WorkingDays, basis);
    assert_row(ClockSubject::ProposalComplex, 7, ClockUnit::WorkingDays, basis);
}

#[test]
fn a_commune_sets_its_own_service_level() {
    let mut book = RuleBook::built_in();
    book.add(ClockRule::new(ClockSubject::Proposal, 5, ClockUnit::WorkingDays, "Quyết định của phường", day(2026, 9, 1)));
    let length = |received| book.rule_on(ClockSubject::Proposal, received).unwrap().length;
    assert_eq!((length(day(2026, 8, 31)), length(day(2026, 9, 1))), (3, 5));
}

#[test]
fn visit_once_a_month_s2() {
    assert_row(ClockSubject::Visit, 1, ClockUnit::Ends(Period::Month), "Phân công địa bàn");
    let book = RuleBook::built_in();
    let rule = book.rule_on(ClockSubject::Visit, day(2026, 2, 10)).unwrap();
    assert_eq!(
        due(rule, day(2026, 2, 10), &plain_calendar()).date,
        day(2026, 2, 28),
        "a Saturday: visits are made on days off too"
    );
}

#[test]
fn reports_daily_weekly_monthly_quarterly_s4() {
    let book = RuleBook::built_in();
    let calendar = WorkingCalendar::built_in();
    let due_on = |subject, start| due(book.rule_on(subject, start).unwrap(), start, &calendar);
    let sunday = day(2026, 11, 22);
    assert_eq!(due_on(ClockSubject::ReportDaily, sunday).date, sunday);
    assert_eq!(due_on(ClockSubject::ReportWeekly, sunday).date, sunday);
    assert_eq!(due_on(ClockSubject::ReportWeekly, day(2026, 11, 23)).date, day(2026, 11, 29));
    assert_eq!(due_on(ClockSubject::ReportMonthly, sunday).date, day(2026, 11, 30));
    assert_eq!(due_on(ClockSubject::ReportQuarterly, sunday).date, day(2026, 12, 31));
    assert_eq!(due_on(ClockSubject::ReportQuarterly, day(2027, 1, 1)).date, day(2027, 3, 31));
    assert!(!due_on(ClockSubject::ReportMonthly, day(2040, 1, 1)).provisional, "no calendar is needed");
}

#[test]
fn later_periods_end_later() {
    let start = day(2026, 11, 22);
    assert_eq!(end_of(Period::Day, start, 2), day(2026, 11, 23));
    assert_eq!(end_of(Period::Week, start, 2), day(2026, 11, 29));
    assert_eq!(end_of(Period::Month, start, 3), day(2027, 1, 31));
    assert_eq!(end_of(Period::Quarter, start, 2), day(2027, 3, 31));
    assert_eq!(end_of(Period::Quarter, start, u32::MAX), NaiveDate::MAX);
}

#[test]
fn law_136_2025_is_a_later_row_and_old_cases_keep_theirs() {
    let book = RuleBook::built_in();
    let before = book.rule_on(ClockSubject::ComplaintFirst, day(2026, 6, 30)).unwrap();
    let after = book.rule_on(ClockSubject::ComplaintFirst, day(2026, 7, 1)).unwrap();
    assert_eq!(before.code(), "complaint_first@2012-07-01");
    assert_eq!(after.code(), "complaint_first@2026-07-01");
    assert!(after.basis.contains("136/2025/QH15") && !before.basis.contains("136/2025/QH15"));
    assert_eq!(book.rule_named("complaint_first@2012-07-01"), Some(before));
}

#[test]
fn a_case_received_before_a_change_keeps_its_period() {
    let mut book = RuleBook::built_in();
    book.add(ClockRule::new(ClockSubject::ComplaintFirst, 20, ClockUnit::CalendarDays, "luật sau", day(2027, 1, 1)));
    let received = day(2026, 12, 31);
    let accepted = day(2027, 1, 5);
    let kept = due(book.rule_on(ClockSubject::ComplaintFirst, received).unwrap(), accepted, &plain_calendar());
    assert_eq!(kept.counted, day(2027, 2, 4));
}

#[test]
fn no_rule_applies_before_its_law_or_to_an_unknown_subject() {
    let book = RuleBook::built_in();
    assert_eq!(book.rule_on(ClockSubject::DenunciationSettlement, day(2018, 12, 31)), None);
    assert_eq!(book.rule_on(ClockSubject::Other(99), day(2026, 1, 1)), None);
}

#[test]
fn every_subject_has_a_rule_today_and_every_row_its_own_code() {
    let book = RuleBook::built_in();
    for subject in ClockSubject::ALL {
        assert!(book.rule_on(*subject, day(2026, 11, 22)).is_some(), "{subject:?}");
    }
    let mut codes: Vec<_> = book.rules().map(ClockRule::code).collect();
    let rows = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!((codes.len(), rows), (rows, 9 * 2 + 3 * 2 + 8));
}

#[test]
fn a_period_that_ends_on_a_day_off_ends_with_the_next_working_day() {
    let rule = ClockRule::new(ClockSubject::ComplaintAcceptance, 10, ClockUnit::CalendarDays, "thử", day(2020, 1, 1));
    let due = due(&rule, day(2026, 2, 6), &WorkingCalendar::built_in());
    assert_eq!(due, Due { date: day(2026, 2, 23), counted: day(2026, 2, 16), provisional: false });
}

#[test]
fn working_days_skip_tet() {
    let book = RuleBook::built_in();
    let rule = book.rule_on(ClockSubject::Proposal, day(2026, 2, 12)).unwrap();
    assert_eq!(due(rule, day(2026, 2, 12), &WorkingCalendar::built_in()).date, day(2026, 2, 24));
}

#[test]
fn a_deadline_over_unsettled_days_is_provisional() {
    let book = RuleBook::built_in();
    let calendar = WorkingCalendar::built_in();
    let due_from = |start| due(book.rule_on(ClockSubject::Proposal, start).unwrap(), start, &calendar);
    assert!(!due_from(day(2026, 11, 16)).provisional);
    assert!(due_from(day(2026, 11, 23)).provisional, "24/11 may become a holiday");
    assert!(due_from(day(2027, 12, 30)).provisional, "2028 is not in the table");
}

#[test]
fn a_pushed_row_with_an_absurd_length_is_cut_to_ten_years() {
    for unit in [ClockUnit::CalendarDays, ClockUnit::WorkingDays, ClockUnit::Ends(Period::Quarter)] {
        let rule = ClockRule::new(ClockSubject::Other(9), u32::MAX, unit, "thử", day(2020, 1, 1));
        let due = due(&rule, day(2026, 1, 1), &plain_calendar());
        assert!(due.date > day(2036, 1, 1) && due.date < NaiveDate::MAX, "{unit:?}");
        assert_eq!(rule.code(), "subject_9@2020-01-01");
    }
}
