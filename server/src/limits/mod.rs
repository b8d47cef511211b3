//! How often somebody may ask: token buckets per phone, per address and per failed enrolment, in bounded memory.

mod bucket;

use std::net::IpAddr;
use std::time::Duration;

use bucket::{Buckets, Rate};

/// Why a request has to wait, with how long, in whole seconds of at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Goes into `Retry-After`.
    pub seconds: u32,
}

/// The rate limits of one server. Time is the time since the server started, given by the caller.
pub struct RateLimits {
    by_token: Buckets<[u8; 32]>,
    by_address: Buckets<IpAddr>,
    wrong_codes: Buckets<IpAddr>,
}

/// Requests one phone may make an hour, after a tenth of it at once. A phone that drains a backlog of photos sends a few
/// requests a second; nobody needs more.
pub const PHONE_PER_HOUR: u32 = 4 * 3600;

/// Loose, because a mobile network hides thousands of phones behind one address.
const ADDRESS: Rate = Rate { burst: 4_000, per_hour: 200 * 3600 };

/// Enrolments that failed. Typed codes have a stricter limit of the office's own, which outlives a restart.
const WRONG_CODES: Rate = Rate { burst: 60, per_hour: 60 };

/// How many callers each table remembers: 24 bytes or so each.
const REMEMBERED: usize = 50_000;

impl Default for RateLimits {
    fn default() -> Self {
        Self::new(PHONE_PER_HOUR)
    }
}

impl RateLimits {
    /// With another limit for phones than [`PHONE_PER_HOUR`].
    pub fn new(phone_per_hour: u32) -> Self {
        let phone = Rate { burst: (phone_per_hour / 10).max(1), per_hour: phone_per_hour.max(1) };
        Self {
            by_token: Buckets::new(phone, REMEMBERED),
            by_address: Buckets::new(ADDRESS, REMEMBERED),
            wrong_codes: Buckets::new(WRONG_CODES, REMEMBERED),
        }
    }

    /// Any request from this address.
    pub fn address(&self, address: IpAddr, now: Duration) -> Result<(), Wait> {
        self.by_address.take(network(address), now)
    }

    /// A request with this token, known or not: asked before the database is.
    pub fn token(&self, token: &[u8; 32], now: Duration) -> Result<(), Wait> {
        self.by_token.take(*token, now)
    }

    /// An attempt to enrol. Taken before the code is looked at, so that parallel guesses count; [`Self::code_was_right`]
    /// gives it back.
    pub fn code(&self, address: IpAddr, now: Duration) -> Result<(), Wait> {
        self.wrong_codes.take(network(address), now)
    }

    /// The code was right: a room full of phones, or one that asks again after a lost answer, is not held up.
    pub fn code_was_right(&self, address: IpAddr) {
        self.wrong_codes.give_back(&network(address));
    }
}

/// One customer of an IPv6 provider has a whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => IpAddr::V6((u128::from(six) & !u128::from(u64::MAX)).into()),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const START: Duration = Duration::ZERO;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([127, 0, 0, last])
    }

    #[test]
    fn whoever_guesses_codes_waits_and_others_do_not() {
        let limits = RateLimits::default();
        for _ in 0..60 {
            limits.code(address(1), START).unwrap();
        }
        assert_eq!(limits.code(address(1), START), Err(Wait { seconds: 60 }));
        assert!(limits.code(address(2), START).is_ok());
        assert!(limits.code(address(1), Duration::from_secs(60)).is_ok());
    }

    #[test]
    fn a_room_full_of_right_codes_never_waits() {
        let limits = RateLimits::default();
        for _ in 0..500 {
            limits.code(address(1), START).unwrap();
            limits.code_was_right(address(1));
        }
    }

    #[test]
    fn a_busy_phone_waits_and_another_does_not() {
        let limits = RateLimits::new(100);
        let asked = (0..50).filter(|_| limits.token(&[1; 32], START).is_ok()).count();
        assert_eq!(asked, 10);
        assert!(limits.token(&[2; 32], START).is_ok());
    }

    #[test]
    fn addresses_of_one_ipv6_customer_count_as_one() {
        let limits = RateLimits::default();
        for last in 0..60_u16 {
            limits.code(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]), START).unwrap();
        }
        assert!(limits.code(IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]), START).is_err());
        assert!(limits.code(IpAddr::from([0x2001, 0xdb8, 0, 2, 9, 9, 9, 9]), START).is_ok());
    }
}
