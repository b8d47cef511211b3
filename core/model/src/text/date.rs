//! Dates and times as they are printed and typed: dd/MM/yyyy, 24 hours, Vietnam time (UX-11).

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use thiserror::Error;

/// Vietnam time: UTC+7 all year; no summer time since 1975.
pub const VIETNAM: FixedOffset = match FixedOffset::east_opt(7 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// Why a typed date was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not day/month/year.
    #[error("{0:?} is not a date; write day/month/year, for example 22/11/2026")]
    Malformed(String),
    /// The right form, but no such day.
    #[error("there is no {0} in the calendar; check day and month")]
    NoSuchDay(String),
}

/// `22/11/2026`.
#[must_use]
pub fn format_date(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `08:05`, 24 hours, seconds left out.
#[must_use]
pub fn format_time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `hôm nay`, `hôm qua`, or the full date.
#[must_use]
pub fn format_day(date: NaiveDate, today: NaiveDate) -> String {
    match today.signed_duration_since(date).num_days() {
        0 => "hôm nay".to_owned(),
        1 => "hôm qua".to_owned(),
        _ => format_date(date),
    }
}

/// A moment as a person says it: `hôm qua 14:05`, or `02/09/2026 14:05`.
#[must_use]
pub fn format_moment(moment: NaiveDateTime, today: NaiveDate) -> String {
    format!("{} {}", format_day(moment.date(), today), format_time(moment.time()))
}

/// Reads a date typed as day/month/year with a four-figure year; `/`, `-` and `.` all separate.
///
/// # Errors
/// [`DateError`] when it has another form, or names a day that does not exist (31/02).
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    let malformed = || DateError::Malformed(text.to_owned());
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let &[day, month, year] = parts.as_slice() else {
        return Err(malformed());
    };
    let has_date_shape = (1..=2).contains(&day.len()) && (1..=2).contains(&month.len()) && year.len() == 4;
    if !has_date_shape || ![day, month, year].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(malformed());
    }
    let day = day.parse().map_err(|_| malformed())?;
    let month = month.parse().map_err(|_| malformed())?;
    let year = year.parse().map_err(|_| malformed())?;
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| year > 0).ok_or_else(|| DateError::NoSuchDay(text.to_owned()))
}

/// The clock on the wall in Vietnam at a Unix time in seconds; `None` when the number lies outside every calendar.
#[must_use]
pub fn vietnam_time(unix_seconds: i64) -> Option<NaiveDateTime> {
    let utc = DateTime::from_timestamp(unix_seconds, 0)?;
    utc.naive_utc().checked_add_offset(VIETNAM)
}

/// The date in Vietnam at a Unix time in seconds; `None` when the number lies outside every calendar.
#[must_use]
pub fn vietnam_date(unix_seconds: i64) -> Option<NaiveDate> {
    vietnam_time(unix_seconds).map(|time| time.date())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn dates_print_day_first_with_four_figure_years() {
        assert_eq!(format_date(day(2026, 9, 2)), "02/09/2026");
        assert_eq!(format_time(NaiveTime::from_hms_opt(8, 5, 59).unwrap()), "08:05");
    }

    #[test]
    fn near_days_are_named() {
        let today = day(2026, 3, 1);
        assert_eq!(format_day(today, today), "hôm nay");
        assert_eq!(format_day(day(2026, 2, 28), today), "hôm qua");
        assert_eq!(format_day(day(2026, 2, 27), today), "27/02/2026");
        assert_eq!(format_day(day(2026, 3, 2), today), "02/03/2026");
        assert_eq!(format_moment(day(2026, 2, 28).and_hms_opt(23, 59, 0).unwrap(), today), "hôm qua 23:59");
    }

    #[test]
    fn the_day_turns_at_midnight_in_vietnam() {
        let last_second = day(2026, 11, 22).and_hms_opt(16, 59, 59).unwrap().and_utc().timestamp();
        assert_eq!(vietnam_date(last_second), Some(day(2026, 11, 22)));
        assert_eq!(vietnam_date(last_second + 1), Some(day(2026, 11, 23)));
        assert_eq!(vietnam_time(0), day(1970, 1, 1).and_hms_opt(7, 0, 0));
    }

    #[test]
    fn an_impossible_time_is_none() {
        assert_eq!(vietnam_time(i64::MAX), None);
        assert_eq!(vietnam_date(i64::MIN), None);
    }

    #[test]
    fn typed_dates_are_read_day_first() {
        assert_eq!(parse_date("2/9/2026"), Ok(day(2026, 9, 2)));
        assert_eq!(parse_date(" 02-09-2026 "), Ok(day(2026, 9, 2)));
        assert_eq!(parse_date("31.12.2026"), Ok(day(2026, 12, 31)));
    }

    #[test]
    fn wrong_dates_are_refused_with_the_reason() {
        for wrong in ["", "2026-09-02", "2/9", "2/9/26", "+2/9/2026", "a/b/cccc", "2/9/2026/1"] {
            assert_eq!(parse_date(wrong), Err(DateError::Malformed(wrong.to_owned())));
        }
        for missing in ["31/02/2026", "29/02/2026", "00/01/2026", "1/13/2026", "1/1/0000"] {
            assert_eq!(parse_date(missing), Err(DateError::NoSuchDay(missing.to_owned())));
        }
    }
}
