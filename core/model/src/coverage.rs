//! Coverage: which assigned hamlets were visited this month, which are late, how many days are left (S2).

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};

use crate::text::{Month, format_percent};

/// From this many days before the end of the month the remaining days are shown.
pub const DAYS_SHOWN: u32 = 10;

/// A visit written down later may be dated this many days back.
pub const DATED_BACK_DAYS: u64 = 7;

/// Where one assigned hamlet stands today. Orders by urgency: most months missed first, then fewest days left, visited last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HamletState {
    /// đã xuống: visited this month.
    Visited,
    /// quá hạn: not visited last month, nor this month yet.
    Overdue {
        /// Whole months without a visit in a row, ending with last month; at least one.
        months_missed: u32,
    },
    /// còn N ngày: so many days of the month are left, today included (1–10).
    DaysLeft(u32),
    /// chưa đến hạn: more than ten days are left.
    NotYetDue,
}

/// Hamlets visited of hamlets assigned in one month; the only source of this number in every list and report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Coverage {
    /// Hamlets with at least one visit that counts for the month.
    pub visited: u32,
    /// Hamlets assigned in the month.
    pub assigned: u32,
}

/// The state of a hamlet on `today`, from the first day of its assignment and the dates its visits count for.
///
/// One visit per calendar month is enough and more do not add up. The month in which the assignment began counts as missed only
/// if at least [`DAYS_SHOWN`] of its days were left. Visits dated after `today` come from a wrong clock and are not counted.
#[must_use]
pub fn hamlet_state(assigned_from: NaiveDate, visits: &[NaiveDate], today: NaiveDate) -> HamletState {
    let Some(this_month) = Month::of(today) else {
        return HamletState::NotYetDue;
    };
    if is_visited(visits, this_month, today) {
        return HamletState::Visited;
    }
    let months_missed = months_missed(assigned_from, visits, this_month, today);
    if months_missed > 0 {
        return HamletState::Overdue { months_missed };
    }
    match days_left(today) {
        left @ ..=DAYS_SHOWN if assigned_from <= today => HamletState::DaysLeft(left),
        _ => HamletState::NotYetDue,
    }
}

/// Whether a visit that counts for `month` had been made by `today`.
#[must_use]
pub fn is_visited(visits: &[NaiveDate], month: Month, today: NaiveDate) -> bool {
    visits.iter().any(|visit| month.contains(*visit) && *visit <= today)
}

/// Whether a visit written down on `today` may carry `visit_date`: today or up to seven days back. It then counts for the month of
/// its date, also when that month has just ended.
#[must_use]
pub fn may_be_dated(visit_date: NaiveDate, today: NaiveDate) -> bool {
    let earliest = today.checked_sub_days(Days::new(DATED_BACK_DAYS)).unwrap_or(NaiveDate::MIN);
    (earliest..=today).contains(&visit_date)
}

impl HamletState {
    /// The place in a list, compared number by number: group, then most months missed or fewest days left.
    #[must_use]
    pub fn sort_key(self) -> (u8, u32) {
        match self {
            Self::Overdue { months_missed } => (0, u32::MAX - months_missed),
            Self::DaysLeft(days) => (1, days),
            Self::NotYetDue => (2, 0),
            Self::Visited => (3, 0),
        }
    }
}

impl Ord for HamletState {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for HamletState {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Coverage {
    /// Counts the hamlets assigned in `month`, each given by the dates its visits count for, as known on `today`.
    #[must_use]
    pub fn of<'a>(month: Month, today: NaiveDate, hamlets: impl IntoIterator<Item = &'a [NaiveDate]>) -> Self {
        hamlets.into_iter().fold(Self::default(), |sum, visits| Self {
            visited: sum.visited + u32::from(is_visited(visits, month, today)),
            assigned: sum.assigned + 1,
        })
    }

    /// Hamlets not visited.
    #[must_use]
    pub fn missing(self) -> u32 {
        self.assigned.saturating_sub(self.visited)
    }

    /// The share as printed, `96,15 %`; `None` when nothing is assigned.
    #[must_use]
    pub fn percent(self) -> Option<String> {
        format_percent(u64::from(self.visited), u64::from(self.assigned))
    }
}

fn months_missed(assigned_from: NaiveDate, visits: &[NaiveDate], this_month: Month, today: NaiveDate) -> u32 {
    let Some(first_due) = first_due_month(assigned_from) else {
        return 0;
    };
    let last_visited = visits.iter().filter(|visit| **visit <= today).filter_map(|visit| Month::of(*visit)).max();
    let first_missed = match last_visited {
        Some(visited) if visited >= first_due => visited.next(),
        Some(_) | None => first_due,
    };
    u32::try_from(this_month.code() - first_missed.code()).unwrap_or(0)
}

fn first_due_month(assigned_from: NaiveDate) -> Option<Month> {
    let month = Month::of(assigned_from)?;
    if days_left(assigned_from) < DAYS_SHOWN {
        return Some(month.next());
    }
    Some(month)
}

/// Days to the end of the month, `date` included.
fn days_left(date: NaiveDate) -> u32 {
    u32::from(date.num_days_in_month()) - date.day0()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    const NO_VISITS: &[NaiveDate] = &[];

    #[test]
    fn one_visit_this_month_is_enough_whatever_was_missed() {
        let visits = [day(2026, 11, 1), day(2026, 11, 20)];
        assert_eq!(hamlet_state(day(2026, 1, 1), &visits, day(2026, 11, 22)), HamletState::Visited);
    }

    #[test]
    fn months_without_a_visit_add_up_from_the_last_visit() {
        let today = day(2026, 11, 22);
        assert_eq!(hamlet_state(day(2025, 1, 1), &[day(2026, 8, 31)], today), HamletState::Overdue { months_missed: 2 });
        assert_eq!(hamlet_state(day(2026, 7, 1), NO_VISITS, today), HamletState::Overdue { months_missed: 4 });
    }

    #[test]
    fn months_missed_cross_the_year() {
        let state = hamlet_state(day(2025, 1, 1), &[day(2026, 11, 30)], day(2027, 1, 1));
        assert_eq!(state, HamletState::Overdue { months_missed: 1 });
    }

    #[test]
    fn the_last_ten_days_are_counted_today_included() {
        let state = |today| hamlet_state(day(2026, 1, 1), &[day(2026, 10, 5)], today);
        assert_eq!(state(day(2026, 11, 20)), HamletState::NotYetDue);
        assert_eq!(state(day(2026, 11, 21)), HamletState::DaysLeft(10));
        assert_eq!(state(day(2026, 11, 30)), HamletState::DaysLeft(1));
    }

    #[test]
    fn nothing_is_missed_before_the_assignment() {
        let today = day(2026, 11, 12);
        assert_eq!(hamlet_state(day(2026, 11, 2), NO_VISITS, today), HamletState::NotYetDue);
        assert_eq!(hamlet_state(day(2026, 12, 1), NO_VISITS, day(2026, 11, 29)), HamletState::NotYetDue);
        let predecessor = [day(2026, 5, 3)];
        assert_eq!(hamlet_state(day(2026, 10, 1), &predecessor, today), HamletState::Overdue { months_missed: 1 });
    }

    #[test]
    fn a_first_month_counts_only_with_ten_days_left() {
        let today = day(2026, 11, 1);
        assert_eq!(hamlet_state(day(2026, 10, 22), NO_VISITS, today), HamletState::Overdue { months_missed: 1 });
        assert_eq!(hamlet_state(day(2026, 10, 23), NO_VISITS, today), HamletState::NotYetDue);
    }

    #[test]
    fn a_visit_from_the_future_does_not_count() {
        let visits = [day(2026, 10, 3), day(2026, 11, 23), day(2031, 1, 1)];
        assert_eq!(hamlet_state(day(2026, 1, 1), &visits, day(2026, 11, 22)), HamletState::DaysLeft(9));
    }

    #[test]
    fn the_most_urgent_hamlet_comes_first() {
        let mut states = [
            HamletState::Visited,
            HamletState::NotYetDue,
            HamletState::DaysLeft(9),
            HamletState::Overdue { months_missed: 1 },
            HamletState::DaysLeft(2),
            HamletState::Overdue { months_missed: 3 },
        ];
        states.sort();
        assert_eq!(
            states,
            [
                HamletState::Overdue { months_missed: 3 },
                HamletState::Overdue { months_missed: 1 },
                HamletState::DaysLeft(2),
                HamletState::DaysLeft(9),
                HamletState::NotYetDue,
                HamletState::Visited,
            ]
        );
    }

    #[test]
    fn a_visit_is_dated_at_most_seven_days_back_and_never_ahead() {
        let today = day(2026, 12, 3);
        assert!(may_be_dated(today, today));
        assert!(may_be_dated(day(2026, 11, 26), today));
        assert!(!may_be_dated(day(2026, 11, 25), today));
        assert!(!may_be_dated(day(2026, 12, 4), today));
    }

    #[test]
    fn a_visit_dated_back_counts_for_the_month_of_its_date() {
        let november = Month::new(2026, 11).unwrap();
        let visits = [day(2026, 11, 30)];
        assert!(is_visited(&visits, november, day(2026, 12, 3)));
        assert!(!is_visited(&visits, november.next(), day(2026, 12, 3)));
    }

    #[test]
    fn coverage_counts_hamlets_not_visits() {
        let visits: [&[NaiveDate]; 3] = [&[day(2026, 11, 1), day(2026, 11, 2)], &[day(2026, 10, 31)], NO_VISITS];
        let coverage = Coverage::of(Month::new(2026, 11).unwrap(), day(2026, 11, 22), visits);
        assert_eq!(coverage, Coverage { visited: 1, assigned: 3 });
        assert_eq!((coverage.missing(), coverage.percent().as_deref()), (2, Some("33,33 %")));
        assert_eq!(Coverage::default().percent(), None);
        assert_eq!(Coverage { visited: 999, assigned: 1039 }.percent().as_deref(), Some("96,15 %"));
    }
}
