//! A calendar day in Vietnam, as it travels: days since 1 January 1970.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use minicbor::{Decode, Encode};

/// Days since 1970-01-01, in Vietnam time (UTC+7).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encode, Decode)]
#[cbor(transparent)]
pub struct Day(#[n(0)] pub i32);

const UNIX_DAY_FROM_CE: i32 = 719_163;
const VIETNAM_SECONDS_EAST: i32 = 7 * 3600;

impl Day {
    /// The day this moment (Unix seconds) falls on in Vietnam.
    pub fn of(unix_seconds: i64) -> Self {
        Self(
            i32::try_from((unix_seconds.saturating_add(i64::from(VIETNAM_SECONDS_EAST))).div_euclid(86_400))
                .unwrap_or(i32::MAX),
        )
    }

    /// The first second of the day in Vietnam, as Unix seconds.
    pub fn starts(self) -> i64 {
        i64::from(self.0) * 86_400 - i64::from(VIETNAM_SECONDS_EAST)
    }

    /// As a calendar date; the last representable date when out of range.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(UNIX_DAY_FROM_CE)).unwrap_or(NaiveDate::MAX)
    }

    /// The month as one number, `year * 12 + month - 1`.
    pub fn month(self) -> i32 {
        let date = self.date();
        date.year() * 12 + date.month0() as i32
    }

    /// `days` later (or earlier when negative).
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - UNIX_DAY_FROM_CE)
    }
}

/// This moment on a clock in Vietnam.
pub fn in_vietnam(unix_seconds: i64) -> Option<DateTime<FixedOffset>> {
    let zone = FixedOffset::east_opt(VIETNAM_SECONDS_EAST)?;
    Some(DateTime::from_timestamp(unix_seconds, 0)?.with_timezone(&zone))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_vietnam() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).map(Day::from);
        assert_eq!(first.map(Day::starts), Some(1_793_466_000));
        assert_eq!(Some(Day::of(1_793_466_000)), first);
        assert_eq!(Some(Day::of(1_793_465_999)), first.map(|d| d.plus(-1)));
        assert_eq!(first.map(Day::month), Some(2026 * 12 + 10));
    }
}
