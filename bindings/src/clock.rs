//! What the time is: the system's, except for a headless phone whose clock is wrong on purpose.

use std::time::SystemTime;

use crate::calendar_day::seconds;

/// Where the time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// The system's clock, so many seconds fast (or slow when negative).
    Off(i64),
    /// It stands still at this Unix second.
    Stopped(i64),
}

impl Clock {
    /// Unix seconds.
    pub fn now(self) -> i64 {
        match self {
            Self::System => seconds(SystemTime::now()),
            Self::Off(by) => seconds(SystemTime::now()).saturating_add(by),
            Self::Stopped(at) => at,
        }
    }
}
