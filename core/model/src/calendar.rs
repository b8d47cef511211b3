//! The Vietnamese working calendar as data: public holidays, days off in lieu, and working days swapped by decision.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

mod built_in;

/// Which days people of state offices work: Monday to Friday, except as listed.
///
/// A calendar is trusted for a span of dates. Outside it, and on days that nobody has settled yet, it still answers by the plain
/// week, and [`WorkingCalendar::is_settled`] says that the answer may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    version: u32,
    spans: Vec<RangeInclusive<NaiveDate>>,
    days_off: BTreeMap<NaiveDate, String>,
    swapped_in: BTreeMap<NaiveDate, String>,
    unsettled: BTreeSet<NaiveDate>,
}

impl WorkingCalendar {
    /// An empty calendar (no holidays at all) that is trusted for `span`. A higher version supersedes a lower one.
    #[must_use]
    pub fn new(version: u32, span: RangeInclusive<NaiveDate>) -> Self {
        Self { version, spans: vec![span], days_off: BTreeMap::new(), swapped_in: BTreeMap::new(), unsettled: BTreeSet::new() }
    }

    /// The table shipped with this version of the software: 2025, 2026 and 2027. Sources and assumptions stand beside its rows.
    #[must_use]
    pub fn built_in() -> Self {
        built_in::calendar()
    }

    /// The version of the newest data in it.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Makes `date` a day off: a public holiday, or a day off in lieu or by swap. Settles the day.
    pub fn set_day_off(&mut self, date: NaiveDate, name: &str) {
        self.swapped_in.remove(&date);
        self.unsettled.remove(&date);
        self.days_off.insert(date, name.to_owned());
    }

    /// Makes `date` a working day, whatever the weekday. Settles the day.
    pub fn set_working_day(&mut self, date: NaiveDate, name: &str) {
        self.days_off.remove(&date);
        self.unsettled.remove(&date);
        self.swapped_in.insert(date, name.to_owned());
    }

    /// Marks a day whose nature is still to be decided; until then it counts as listed.
    pub fn set_unsettled(&mut self, date: NaiveDate) {
        self.unsettled.insert(date);
    }

    /// Takes over everything that `newer` says about its span; days outside it stay as they are.
    #[must_use]
    pub fn superseded_by(mut self, newer: Self) -> Self {
        if newer.version < self.version {
            return newer.superseded_by(self);
        }
        let stays = |date: &NaiveDate| !newer.spans.iter().any(|span| span.contains(date));
        self.days_off.retain(|date, _| stays(date));
        self.swapped_in.retain(|date, _| stays(date));
        self.unsettled.retain(|date| stays(date));
        self.days_off.extend(newer.days_off);
        self.swapped_in.extend(newer.swapped_in);
        self.unsettled.extend(newer.unsettled);
        self.spans.extend(newer.spans);
        self.version = newer.version;
        self
    }

    /// Whether people work on this day.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        if self.swapped_in.contains_key(&date) {
            return true;
        }
        !self.days_off.contains_key(&date) && !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The name of the holiday or swap on this day, if it is listed.
    #[must_use]
    pub fn name_of(&self, date: NaiveDate) -> Option<&str> {
        self.days_off.get(&date).or_else(|| self.swapped_in.get(&date)).map(String::as_str)
    }

    /// Whether every day of the range is covered by data and decided. A deadline over other days is provisional.
    #[must_use]
    pub fn is_settled(&self, range: RangeInclusive<NaiveDate>) -> bool {
        if range.is_empty() {
            return true;
        }
        self.unsettled.range(range.clone()).next().is_none()
            && range.start().iter_days().take_while(|date| date <= range.end()).all(|date| self.covers(date))
    }

    /// The day `count` working days after `start`; the start itself is not counted (Bộ luật Dân sự 2015, art. 147 § 2).
    /// Zero gives `start`, also when that is a day off.
    #[must_use]
    pub fn add_working_days(&self, start: NaiveDate, count: u32) -> NaiveDate {
        let mut date = start;
        let mut left = count;
        while left > 0 {
            let Some(next) = date.succ_opt() else {
                return date;
            };
            date = next;
            left -= u32::from(self.is_working_day(date));
        }
        date
    }

    /// How many working days lie after `from` up to and including `to`; negative when `to` is earlier.
    #[must_use]
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|date| *date <= to).filter(|date| self.is_working_day(*date)).count();
        i64::try_from(days).unwrap_or(i64::MAX)
    }

    /// The day itself when people work on it, else the next day on which they do.
    #[must_use]
    pub fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        date.iter_days().find(|day| self.is_working_day(*day)).unwrap_or(date)
    }

    fn covers(&self, date: NaiveDate) -> bool {
        self.spans.iter().any(|span| span.contains(&date))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn weekends_are_off_and_not_counted() {
        let calendar = WorkingCalendar::built_in();
        let friday = day(2026, 11, 20);
        assert_eq!(calendar.add_working_days(friday, 1), day(2026, 11, 23));
        assert_eq!(calendar.add_working_days(day(2026, 11, 21), 1), day(2026, 11, 23));
        assert_eq!(calendar.add_working_days(day(2026, 11, 21), 0), day(2026, 11, 21));
        assert_eq!(calendar.working_days_between(friday, day(2026, 11, 23)), 1);
    }

    #[test]
    fn adding_and_counting_agree() {
        let calendar = WorkingCalendar::built_in();
        for start in day(2026, 1, 1).iter_days().take(400) {
            for count in [1, 3, 7, 30] {
                let end = calendar.add_working_days(start, count);
                assert_eq!(calendar.working_days_between(start, end), i64::from(count));
                assert_eq!(calendar.working_days_between(end, start), -i64::from(count));
            }
        }
    }

    #[test]
    fn a_swapped_saturday_is_worked_and_its_weekday_is_off() {
        let calendar = WorkingCalendar::built_in();
        assert!(!calendar.is_working_day(day(2026, 1, 2)));
        assert!(calendar.is_working_day(day(2026, 1, 10)));
        assert_eq!(calendar.add_working_days(day(2026, 1, 9), 1), day(2026, 1, 10));
    }

    #[test]
    fn a_newer_calendar_replaces_its_span_only() {
        let mut newer = WorkingCalendar::new(9, day(2027, 1, 1)..=day(2027, 12, 31));
        newer.set_day_off(day(2027, 2, 4), "Tết");
        let calendar = WorkingCalendar::built_in().superseded_by(newer.clone());
        assert!(!calendar.is_working_day(day(2027, 2, 4)));
        assert!(calendar.is_working_day(day(2027, 9, 2)), "the newer calendar does not list it");
        assert!(!calendar.is_working_day(day(2026, 9, 2)), "2026 is untouched");
        assert!(calendar.is_settled(day(2026, 12, 1)..=day(2027, 12, 31)));
        assert_eq!(calendar, newer.superseded_by(WorkingCalendar::built_in()), "order of arrival does not matter");
    }

    #[test]
    fn undecided_and_unknown_days_are_not_settled() {
        let calendar = WorkingCalendar::built_in();
        assert!(calendar.is_settled(day(2026, 1, 1)..=day(2026, 11, 23)));
        assert!(!calendar.is_settled(day(2026, 11, 23)..=day(2026, 11, 24)));
        assert!(!calendar.is_settled(day(2027, 12, 31)..=day(2028, 1, 1)));
        assert!(!calendar.is_settled(day(2024, 12, 31)..=day(2024, 12, 31)));
    }

    #[test]
    fn the_end_of_time_ends_the_count() {
        let calendar = WorkingCalendar::built_in();
        assert_eq!(calendar.add_working_days(NaiveDate::MAX, 3), NaiveDate::MAX);
        assert_eq!(calendar.working_day_from(NaiveDate::MAX), NaiveDate::MAX);
    }
}
