//! What the time is: the system's, except for a headless phone whose clock is wrong on purpose.

use std::time::{SystemTime, UNIX_EPOCH};

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
    /// Unix milliseconds.
    pub fn now_millis(self) -> i64 {
        let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::from(since.subsec_millis()),
            Err(_) => 0,
        };
        self.now().saturating_mul(1000).saturating_add(if self.runs() { millis } else { 0 })
    }

    /// Whether waiting makes it later.
    pub const fn runs(self) -> bool {
        match self {
            Self::System | Self::Off(_) => true,
            Self::Stopped(_) => false,
        }
    }

    /// Unix seconds.
    pub fn now(self) -> i64 {
        match self {
            Self::System => seconds(SystemTime::now()),
            Self::Off(by) => seconds(SystemTime::now()).saturating_add(by),
            Self::Stopped(at) => at,
        }
    }
}
