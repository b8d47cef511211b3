//! Clocks: by when a petition must be taken in, settled or answered, and a visit or report made. Rules are rows of data with
//! effective dates; a case keeps the rule in force on the day it was received, whatever comes later.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::calendar::WorkingCalendar;
use crate::text::Month;

mod built_in;

/// No legal period comes near ten years; a longer one is a slip in pushed data and must not stall the phone.
const LONGEST: u32 = 3_660;

crate::coded! {
    /// What a clock runs for, with what lengthens or shortens it (complexity, remoteness, urgency).
    ClockSubject {
        /// Thụ lý khiếu nại: from receipt to the decision whether to accept it.
        ComplaintAcceptance = 1: "complaint_acceptance",
        /// Giải quyết khiếu nại lần đầu, from acceptance.
        ComplaintFirst = 2: "complaint_first",
        /// The same, complex case.
        ComplaintFirstComplex = 3: "complaint_first_complex",
        /// The same in a remote area that is hard to reach (vùng sâu, vùng xa).
        ComplaintFirstRemote = 4: "complaint_first_remote",
        /// The same in a remote area, complex case.
        ComplaintFirstRemoteComplex = 5: "complaint_first_remote_complex",
        /// Giải quyết khiếu nại lần hai, from acceptance.
        ComplaintSecond = 6: "complaint_second",
        /// The same, complex case.
        ComplaintSecondComplex = 7: "complaint_second_complex",
        /// The same in a remote area.
        ComplaintSecondRemote = 8: "complaint_second_remote",
        /// The same in a remote area, complex case.
        ComplaintSecondRemoteComplex = 9: "complaint_second_remote_complex",
        /// Giải quyết tố cáo, from acceptance.
        DenunciationSettlement = 10: "denunciation_settlement",
        /// The same, complex case: may be extended once.
        DenunciationComplex = 11: "denunciation_complex",
        /// The same, specially complex case: may be extended twice.
        DenunciationSpeciallyComplex = 12: "denunciation_specially_complex",
        /// Kiến nghị, phản ánh, from receipt.
        Proposal = 13: "proposal",
        /// Urgent proposal or feedback.
        ProposalUrgent = 14: "proposal_urgent",
        /// Complex proposal or feedback.
        ProposalComplex = 15: "proposal_complex",
        /// The visit of the month to an assigned hamlet.
        Visit = 16: "visit",
        /// Báo cáo ngày.
        ReportDaily = 17: "report_daily",
        /// Báo cáo tuần.
        ReportWeekly = 18: "report_weekly",
        /// Báo cáo tháng.
        ReportMonthly = 19: "report_monthly",
        /// Báo cáo quý.
        ReportQuarterly = 20: "report_quarterly",
    }
}

/// How the length of a period is counted. The first day (of receipt, of acceptance) is never counted in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockUnit {
    /// Every day counts; a period that ends on a day off ends with the next working day.
    CalendarDays,
    /// Only days on which offices work count.
    WorkingDays,
    /// To the last day of the period the start lies in, days off or not; a length of two means the end of the following one.
    Ends(Period),
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// The day itself.
    Day,
    /// Monday to Sunday.
    Week,
    /// The calendar month.
    Month,
    /// Three calendar months from January, April, July or October.
    Quarter,
}

/// By how much, and how often, a period may be prolonged by decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extension {
    /// Length of one extension, in the unit of the rule.
    pub length: u32,
    /// How many are allowed.
    pub times: u32,
}

/// One row: how long a clock runs, by which law, from when on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRule {
    /// What it is for.
    pub subject: ClockSubject,
    /// Length of the period, in `unit`.
    pub length: u32,
    /// What the length counts.
    pub unit: ClockUnit,
    /// Extensions allowed by the law; `None` when the length is final.
    pub extension: Option<Extension>,
    /// Law and article, in Vietnamese, as shown beside the deadline.
    pub basis: String,
    /// First day of receipt to which it applies.
    pub effective_from: NaiveDate,
}

/// A deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Due {
    /// The last day on which the work is in time.
    pub date: NaiveDate,
    /// The last day as counted, before it moved off a day off; extensions run on from here.
    pub counted: NaiveDate,
    /// The calendar is not settled up to the deadline, so it may still move.
    pub provisional: bool,
}

/// All rules known, past ones included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleBook {
    rules: BTreeMap<(ClockSubject, NaiveDate), ClockRule>,
}

impl ClockRule {
    /// A rule without extensions, as the office pushes it.
    #[must_use]
    pub fn new(subject: ClockSubject, length: u32, unit: ClockUnit, basis: &str, effective_from: NaiveDate) -> Self {
        Self { subject, length, unit, extension: None, basis: basis.to_owned(), effective_from }
    }

    /// The name of the row, `complaint_first@2012-07-01`: unique in a rule book, so a case can say which rule it keeps.
    #[must_use]
    pub fn code(&self) -> String {
        if let ClockSubject::Other(number) = self.subject {
            return format!("subject_{number}@{}", self.effective_from);
        }
        format!("{}@{}", self.subject.key(), self.effective_from)
    }
}

impl RuleBook {
    /// The rows shipped with this version of the software.
    #[must_use]
    pub fn built_in() -> Self {
        let mut book = Self::default();
        built_in::rules().for_each(|rule| book.add(rule));
        book
    }

    /// Adds a row pushed by the office. It takes the place of a row for the same subject from the same day on.
    pub fn add(&mut self, rule: ClockRule) {
        self.rules.insert((rule.subject, rule.effective_from), rule);
    }

    /// The rule for a case received on `receipt_date`: the latest one in force by then. `None` when no rule applied yet, or for a
    /// subject of a newer version.
    #[must_use]
    pub fn rule_on(&self, subject: ClockSubject, receipt_date: NaiveDate) -> Option<&ClockRule> {
        self.rules.range((subject, NaiveDate::MIN)..=(subject, receipt_date)).next_back().map(|(_, rule)| rule)
    }

    /// The row with this [`ClockRule::code`].
    #[must_use]
    pub fn rule_named(&self, code: &str) -> Option<&ClockRule> {
        self.rules.values().find(|rule| rule.code() == code)
    }

    /// All rows, by subject, then by date.
    pub fn rules(&self) -> impl Iterator<Item = &ClockRule> {
        self.rules.values()
    }
}

/// The deadline of a clock that starts on `start`: the day of receipt or of acceptance, as the subject says.
///
/// Days are counted from the day after (Bộ luật Dân sự 2015, art. 147 § 2); calendar days that end on a day off end with the next
/// working day (art. 148 § 5).
#[must_use]
pub fn due(rule: &ClockRule, start: NaiveDate, calendar: &WorkingCalendar) -> Due {
    due_extended(rule, start, 0, calendar)
}

/// The deadline after `times` decisions to extend; more than the rule allows count as many as it allows.
#[must_use]
pub fn due_extended(rule: &ClockRule, start: NaiveDate, times: u32, calendar: &WorkingCalendar) -> Due {
    let prolonged = rule.extension.map_or(0, |extension| extension.length.saturating_mul(times.min(extension.times)));
    let length = rule.length.saturating_add(prolonged).min(LONGEST);
    let (counted, date) = match rule.unit {
        ClockUnit::CalendarDays => {
            let counted = start.checked_add_days(Days::new(length.into())).unwrap_or(NaiveDate::MAX);
            (counted, calendar.working_day_from(counted))
        }
        ClockUnit::WorkingDays => {
            let counted = calendar.add_working_days(start, length);
            (counted, counted)
        }
        ClockUnit::Ends(period) => {
            let counted = end_of(period, start, length);
            return Due { date: counted, counted, provisional: false };
        }
    };
    let first_that_matters = match rule.unit {
        ClockUnit::WorkingDays => start.succ_opt().unwrap_or(start),
        ClockUnit::CalendarDays | ClockUnit::Ends(_) => counted,
    };
    Due { date, counted, provisional: !calendar.is_settled(first_that_matters..=date) }
}

/// The last day of the `count`-th period, the one around `start` being the first.
fn end_of(period: Period, start: NaiveDate, count: u32) -> NaiveDate {
    let later = count.saturating_sub(1);
    let end = match period {
        Period::Day => start.checked_add_days(Days::new(later.into())),
        Period::Week => {
            let sunday = start.week(Weekday::Mon).checked_last_day();
            sunday.and_then(|sunday| sunday.checked_add_days(Days::new(u64::from(later) * 7)))
        }
        Period::Month => months_later(start, later),
        Period::Quarter => months_later(start, later.saturating_mul(3).saturating_add(2 - start.month0() % 3)),
    };
    end.unwrap_or(NaiveDate::MAX)
}

fn months_later(start: NaiveDate, months: u32) -> Option<NaiveDate> {
    let code = Month::of(start)?.code().checked_add(i32::try_from(months).ok()?)?;
    Month::from_code(code).map(Month::last_day)
}

#[cfg(test)]
mod tests;
