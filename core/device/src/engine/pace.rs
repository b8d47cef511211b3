//! How much to send at once, and how long to wait after a failure.

use rand::{Rng, RngCore};

/// The least that is sent at once, in bytes after compression.
const LEAST: u32 = 4 * 1024;

/// The most that is sent at once, in bytes after compression.
const MOST: u32 = 64 * 1024;

/// Where a phone starts that knows nothing of the link.
const START: u32 = 16 * 1024;

/// How long one request should take at most: what a cut costs.
const AIM_SECONDS: u64 = 8;

/// Photo parts are whole multiples of what the server keeps.
const PART: u64 = 16 * 1024;

/// The first wait after a failure is below this, in milliseconds; it doubles from there.
const FIRST_WAIT: i64 = 2_000;

/// No wait is longer, in milliseconds, unless the server asks for it.
const LONGEST_WAIT: i64 = 15 * 60_000;

/// The longest wait the server may ask for, in milliseconds.
const LONGEST_ASKED: i64 = 24 * 60 * 60_000;

/// How much fits through the link, learnt from what went through it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    batch: u32,
    bytes_per_second: Option<u64>,
    /// Bytes of facts for one byte on the wire, times 256.
    packing: u32,
}

impl Default for Link {
    fn default() -> Self {
        Self { batch: START, bytes_per_second: None, packing: 512 }
    }
}

impl Link {
    /// Bytes to send at once, after compression; never above what the server takes.
    pub(super) fn batch(&self, server: u32) -> u32 {
        self.batch.min(server.max(LEAST))
    }

    /// Bytes of facts that should pack into a batch of this size.
    pub(super) fn unpacked(&self, batch: u32) -> usize {
        usize::try_from(u64::from(batch) * u64::from(self.packing) / 256).unwrap_or(usize::MAX)
    }

    /// Learns how well facts pack.
    pub(super) fn packed(&mut self, facts: usize, frame: usize) {
        if facts >= 1024 && frame > 0 {
            let ratio = u32::try_from(facts * 256 / frame).unwrap_or(u32::MAX);
            self.packing = ratio.clamp(192, 256 * 16);
        }
    }

    /// How many bytes of facts to ask for; none when what the server gives by itself fits. `more`: much is waiting there.
    pub(super) fn room(&self, more: bool) -> Option<u32> {
        if more && self.batch == MOST {
            return Some(2 * MOST);
        }
        (self.batch < START).then(|| u32::try_from(self.unpacked(self.batch)).unwrap_or(u32::MAX))
    }

    /// Bytes of a photo to send at once.
    pub(super) fn photo_part(&self, server: u32) -> u64 {
        let aimed = self.bytes_per_second.map_or(8 * PART, |rate| rate.saturating_mul(2 * AIM_SECONDS));
        (aimed / PART).max(2).saturating_mul(PART).min(u64::from(server).max(PART))
    }

    /// A request with this many bytes, both ways, was answered after so many milliseconds.
    pub(super) fn went_through(&mut self, bytes: u64, millis: i64) {
        let Ok(millis) = u64::try_from(millis.max(1)) else {
            return;
        };
        if bytes < 1024 {
            return;
        }
        let rate = (bytes * 1000 / millis).max(1);
        let rate = self.bytes_per_second.map_or(rate, |before| (before * 3 + rate) / 4);
        self.bytes_per_second = Some(rate);
        let aimed = u32::try_from(rate.saturating_mul(AIM_SECONDS)).unwrap_or(MOST);
        self.batch = self.batch.saturating_mul(2).min(aimed).clamp(LEAST, MOST);
    }

    /// A request was cut off or was too large.
    pub(super) fn was_cut(&mut self) {
        self.batch = (self.batch / 2).max(LEAST);
        self.bytes_per_second = self.bytes_per_second.map(|rate| (rate / 2).max(1));
    }
}

/// When the engine may try again. Kept as a span, so that a clock that was turned back does not stretch it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pause {
    from: i64,
    until: i64,
}

impl Pause {
    /// A pause from now on, in milliseconds.
    pub(super) fn of(now: i64, millis: i64) -> Self {
        Self { from: now, until: now.saturating_add(millis) }
    }

    /// With full jitter after so many failures in a row; at least as long as the server asked for.
    pub(super) fn after(failures: u32, asked_seconds: Option<u32>, now: i64, rng: &mut dyn RngCore) -> Self {
        let cap = FIRST_WAIT.saturating_mul(1 << failures.clamp(1, 20).saturating_sub(1)).min(LONGEST_WAIT);
        let jitter = rng.random_range(0..=cap);
        let asked = i64::from(asked_seconds.unwrap_or(0)).saturating_mul(1000).min(LONGEST_ASKED);
        Self::of(now, if asked > 0 { asked + jitter.min(asked / 4) } else { jitter })
    }

    /// Until when, if it is not over; over also when the clock now stands before its beginning.
    pub(super) fn left(&self, now: i64) -> Option<i64> {
        (now >= self.from && now < self.until).then_some(self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng as _;
    use rand::rngs::SmallRng;

    #[test]
    fn batches_grow_on_a_quick_link_and_shrink_after_cuts() {
        let mut link = Link::default();
        for _ in 0..3 {
            link.went_through(16 * 1024, 300);
        }
        assert_eq!(link.batch(64 * 1024), MOST);
        for _ in 0..9 {
            link.was_cut();
        }
        assert_eq!(link.batch(64 * 1024), LEAST);
    }

    #[test]
    fn a_slow_link_never_gets_more_than_it_carries_in_the_aimed_time() {
        let mut link = Link::default();
        for _ in 0..6 {
            link.went_through(8 * 1024, 8_000);
        }
        assert!(link.batch(64 * 1024) <= 9 * 1024, "{link:?}");
        assert_eq!(link.photo_part(512 * 1024), 2 * PART);
    }

    #[test]
    fn the_servers_limit_holds() {
        let mut link = Link::default();
        link.went_through(60_000, 10);
        assert_eq!(link.batch(8_000), 8_000);
        assert_eq!(link.photo_part(64 * 1024), 64 * 1024);
    }

    #[test]
    fn waits_are_jittered_bounded_and_as_long_as_asked() {
        let mut rng = SmallRng::seed_from_u64(1);
        for failures in 0..60 {
            let left = Pause::after(failures, None, 1_000, &mut rng);
            assert!((1_000..=1_000 + LONGEST_WAIT).contains(&left.until));
            let asked = Pause::after(failures, Some(90), 1_000, &mut rng);
            assert!((91_000..=1_000 + 90_000 + 22_500).contains(&asked.until));
        }
        assert_eq!(Pause::after(1, Some(u32::MAX), 0, &mut rng).until / LONGEST_ASKED, 1);
    }

    #[test]
    fn a_clock_turned_back_ends_a_pause() {
        let pause = Pause::of(1_000_000, 60_000);
        assert_eq!(pause.left(1_010_000), Some(1_060_000));
        assert_eq!(pause.left(1_060_000), None);
        assert_eq!(pause.left(-1_000_000), None);
    }
}
