//! A calendar month: the unit in which visits count and promises come back.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};
use thiserror::Error;

use super::date::vietnam_date;

/// A calendar month of the years 1 to 9999. Orders by time; prints and parses as `MM/yyyy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first_day: NaiveDate,
}

/// Why a typed month was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0:?} is not a month; write month/year, for example 11/2026")]
pub struct MonthError(String);

impl Month {
    /// The month `month` (1–12) of `year` (1–9999); `None` outside these ranges.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let first_day = NaiveDate::from_ymd_opt(year, month, 1)?;
        (1..=9999).contains(&year).then_some(Self { first_day })
    }

    /// The month a date lies in; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::new(date.year(), date.month())
    }

    /// The month in Vietnam at a Unix time in seconds; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn from_unix(unix_seconds: i64) -> Option<Self> {
        vietnam_date(unix_seconds).and_then(Self::of)
    }

    /// The month stored as `year * 12 + month - 1`, the inverse of [`Month::code`].
    #[must_use]
    pub fn from_code(code: i32) -> Option<Self> {
        Self::new(code.div_euclid(12), code.rem_euclid(12).unsigned_abs() + 1)
    }

    /// `year * 12 + month - 1`: consecutive months have consecutive codes.
    #[must_use]
    pub fn code(self) -> i32 {
        self.year() * 12 + self.first_day.month0().cast_signed()
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.first_day.year()
    }

    /// The month of the year, 1–12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.first_day.month()
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.first_day
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.first_day + Days::new(u64::from(self.first_day.num_days_in_month()) - 1)
    }

    /// The month after; 12/9999 has none and gives itself.
    #[must_use]
    pub fn next(self) -> Self {
        self.first_day.checked_add_months(Months::new(1)).and_then(Self::of).unwrap_or(self)
    }

    /// The month before; 01/0001 has none and gives itself.
    #[must_use]
    pub fn previous(self) -> Self {
        self.first_day.checked_sub_months(Months::new(1)).and_then(Self::of).unwrap_or(self)
    }

    /// Whether the date lies in this month.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        (date.year(), date.month()) == (self.year(), self.month())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{:04}", self.month(), self.year())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    /// Reads `11/2026`, `9/2026` or `09-2026`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || MonthError(text.to_owned());
        let (month, year) = text.trim().split_once(['/', '-']).ok_or_else(error)?;
        let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if !is_digits(month) || !is_digits(year) || year.len() != 4 || !(1..=2).contains(&month.len()) {
            return Err(error());
        }
        let year = year.parse().map_err(|_| error())?;
        let month = month.parse().map_err(|_| error())?;
        Self::new(year, month).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn prints_and_reads_month_and_year() {
        assert_eq!(month("9/2026").to_string(), "09/2026");
        assert_eq!(month(" 09-2026 "), Month::new(2026, 9).unwrap());
        for wrong in ["", "13/2026", "0/2026", "2026/09", "9/26", "9.2026", "+9/2026", "09/0000"] {
            assert_eq!(wrong.parse::<Month>(), Err(MonthError(wrong.to_owned())));
        }
    }

    #[test]
    fn codes_are_consecutive_and_come_back() {
        let (december, january) = (month("12/2026"), month("01/2027"));
        assert_eq!(december.code(), 2026 * 12 + 11);
        assert_eq!(january.code(), december.code() + 1);
        for month in [december, january, month("01/0001"), month("12/9999")] {
            assert_eq!(Month::from_code(month.code()), Some(month));
        }
        assert_eq!(Month::from_code(i32::MIN), None);
        assert_eq!(Month::from_code(11), None);
    }

    #[test]
    fn neighbours_cross_the_year() {
        assert_eq!(month("12/2026").next(), month("01/2027"));
        assert_eq!(month("01/2027").previous(), month("12/2026"));
        assert_eq!(month("12/9999").next(), month("12/9999"));
        assert_eq!(month("01/0001").previous(), month("01/0001"));
        assert!(month("12/2026") < month("01/2027"));
    }

    #[test]
    fn knows_its_days() {
        let february = month("02/2028");
        assert_eq!(february.last_day(), NaiveDate::from_ymd_opt(2028, 2, 29).unwrap());
        assert!(february.contains(february.first_day()) && february.contains(february.last_day()));
        assert!(!february.contains(NaiveDate::from_ymd_opt(2027, 2, 1).unwrap()));
    }

    #[test]
    fn a_moment_belongs_to_the_month_in_vietnam() {
        let five_in_the_afternoon_utc =
            NaiveDate::from_ymd_opt(2026, 11, 30).unwrap().and_hms_opt(17, 0, 0).unwrap().and_utc().timestamp();
        assert_eq!(Month::from_unix(five_in_the_afternoon_utc), Some(month("12/2026")));
        assert_eq!(Month::from_unix(five_in_the_afternoon_utc - 1), Some(month("11/2026")));
        assert_eq!(Month::from_unix(i64::MAX), None);
    }
}
