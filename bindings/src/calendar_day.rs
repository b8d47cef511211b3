//! Days and months as people name them, free of time zones: always Vietnam's calendar.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{Datelike, NaiveDate};
use fieldbook_model::day::Day;
use fieldbook_model::text::Month;
use serde::Serialize;

use crate::error::{Field, FieldbookError, InputFault, Result};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, uniffi::Record)]
pub struct CalendarDay {
    /// The year, 4 figures.
    pub year: i32,
    /// 1–12.
    pub month: i32,
    /// 1–31.
    pub day: i32,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, uniffi::Record)]
pub struct CalendarMonth {
    /// The year, 4 figures.
    pub year: i32,
    /// 1–12.
    pub month: i32,
}

impl CalendarDay {
    pub(crate) fn to_date(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, u32::try_from(self.month).ok()?, u32::try_from(self.day).ok()?)
    }

    pub(crate) fn to_day(self) -> Result<Day> {
        self.to_date().map(Day::from).ok_or(FieldbookError::invalid(Field::Day, InputFault::Malformed))
    }
}

impl From<Day> for CalendarDay {
    fn from(day: Day) -> Self {
        let date = day.date();
        Self { year: date.year(), month: date.month() as i32, day: date.day() as i32 }
    }
}

impl CalendarMonth {
    pub(crate) fn from_code(code: i32) -> Self {
        Self { year: code.div_euclid(12), month: code.rem_euclid(12) + 1 }
    }

    pub(crate) fn to_code(self) -> Result<i32> {
        let month = u32::try_from(self.month).ok().and_then(|month| Month::new(self.year, month));
        Ok(month.ok_or(FieldbookError::invalid(Field::Period, InputFault::Malformed))?.code())
    }
}

/// A moment of the phone's clock.
pub(crate) fn moment(unix_seconds: i64) -> SystemTime {
    let size = Duration::from_secs(unix_seconds.unsigned_abs());
    let moment = if unix_seconds < 0 { UNIX_EPOCH.checked_sub(size) } else { UNIX_EPOCH.checked_add(size) };
    moment.unwrap_or(UNIX_EPOCH)
}

/// Unix seconds of a moment.
pub(crate) fn seconds(moment: SystemTime) -> i64 {
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |seconds| -seconds),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_and_months_come_back_and_impossible_ones_are_named() {
        let day = CalendarDay { year: 2026, month: 2, day: 28 };
        assert_eq!(CalendarDay::from(day.to_day().unwrap()), day);
        assert!(CalendarDay { day: 29, ..day }.to_day().is_err());
        let month = CalendarMonth { year: 2026, month: 12 };
        assert_eq!(CalendarMonth::from_code(month.to_code().unwrap()), month);
        assert!(CalendarMonth { year: 2026, month: 13 }.to_code().is_err());
        assert_eq!(seconds(moment(-5)), -5);
    }
}
