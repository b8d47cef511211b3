//! How often somebody may ask: token buckets per phone, per address and per enrolment code, in bounded memory.

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
    code_by_address: Buckets<IpAddr>,
    digits_by_address: Buckets<IpAddr>,
    digits_everywhere: Buckets<()>,
}

/// Requests one phone may make an hour, after a tenth of it at once. A phone that drains a backlog of photos sends a few
/// requests a second; nobody needs more.
pub const PHONE_PER_HOUR: u32 = 4 * 3600;

/// Loose, because a mobile network hides thousands of phones behind one address.
const ADDRESS: Rate = Rate { burst: 4_000, per_hour: 200 * 3600 };

/// A code from a QR has 128 bits; this only keeps the noise down.
const CODE: Rate = Rate { burst: 60, per_hour: 60 };

/// Ten digits can be guessed, so five wrong ones an hour from one address …
const DIGITS: Rate = Rate { burst: 5, per_hour: 5 };

/// … and two hundred an hour from all addresses together: about one chance in 700,000 a day while a code is out.
const DIGITS_EVERYWHERE: Rate = Rate { burst: 200, per_hour: 200 };

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
            code_by_address: Buckets::new(CODE, REMEMBERED),
            digits_by_address: Buckets::new(DIGITS, REMEMBERED),
            digits_everywhere: Buckets::new(DIGITS_EVERYWHERE, 1),
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

    /// An attempt to enrol with a code. Taken before the code is looked at, so that parallel guesses count;
    /// [`Self::code_was_right`] gives it back.
    pub fn code(&self, address: IpAddr, code: &str, now: Duration) -> Result<(), Wait> {
        let address = network(address);
        if !is_typed(code) {
            return self.code_by_address.take(address, now);
        }
        self.digits_by_address.take(address, now)?;
        self.digits_everywhere.take((), now).inspect_err(|_| self.digits_by_address.give_back(&address))
    }

    /// The code was right: a phone that asks again after a lost answer is not held up.
    pub fn code_was_right(&self, address: IpAddr, code: &str) {
        let address = network(address);
        if !is_typed(code) {
            return self.code_by_address.give_back(&address);
        }
        self.digits_by_address.give_back(&address);
        self.digits_everywhere.give_back(&());
    }
}

/// Short codes are the typed ones.
fn is_typed(code: &str) -> bool {
    code.len() < 20
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
    fn a_sixth_wrong_typed_code_waits_and_one_from_elsewhere_does_not() {
        let limits = RateLimits::default();
        for guess in 0..5 {
            limits.code(address(1), &format!("000000000{guess}"), START).unwrap();
        }
        assert_eq!(limits.code(address(1), "0000000009", START), Err(Wait { seconds: 720 }));
        assert!(limits.code(address(2), "0000000009", START).is_ok());
        assert!(limits.code(address(1), "0000000009", Duration::from_secs(720)).is_ok());
    }

    #[test]
    fn guesses_from_ever_new_addresses_run_dry_together() {
        let limits = RateLimits::default();
        let tried = (0..=255).filter(|last| limits.code(address(*last), "1234567890", START).is_ok()).count();
        assert_eq!(tried, 200);
    }

    #[test]
    fn asking_again_with_the_right_code_never_waits() {
        let limits = RateLimits::default();
        for _ in 0..50 {
            limits.code(address(1), "1234567890", START).unwrap();
            limits.code_was_right(address(1), "1234567890");
        }
    }

    #[test]
    fn addresses_of_one_ipv6_customer_count_as_one() {
        let limits = RateLimits::default();
        for last in 0..5_u16 {
            limits.code(IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]), "1234567890", START).unwrap();
        }
        assert!(limits.code(IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]), "1234567890", START).is_err());
        assert!(limits.code(IpAddr::from([0x2001, 0xdb8, 0, 2, 9, 9, 9, 9]), "1234567890", START).is_ok());
    }
}
