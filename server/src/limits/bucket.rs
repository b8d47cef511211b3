//! Token buckets by key, never more of them than agreed.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Wait;

/// How many at once, and how many an hour after that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    /// What a full bucket holds.
    pub burst: u32,
    /// What flows in.
    pub per_hour: u32,
}

/// Buckets that fill by the hour. A key that is not remembered has a full bucket.
pub(super) struct Buckets<K> {
    rate: Rate,
    capacity: usize,
    filled: Mutex<HashMap<K, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    level: f64,
    at: Duration,
}

impl<K: Eq + Hash + Clone> Buckets<K> {
    /// Buckets for at most `capacity` keys.
    pub fn new(rate: Rate, capacity: usize) -> Self {
        Self { rate, capacity, filled: Mutex::default() }
    }

    /// Takes one from the bucket of `key`, or says how long until there is one.
    pub fn take(&self, key: K, now: Duration) -> Result<(), Wait> {
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        if !filled.contains_key(&key) && filled.len() >= self.capacity {
            self.make_room(&mut filled, now);
        }
        let full = Bucket { level: f64::from(self.rate.burst), at: now };
        let bucket = filled.entry(key).or_insert(full);
        *bucket = self.level_at(*bucket, now);
        if bucket.level < 1.0 {
            return Err(self.wait(bucket.level));
        }
        bucket.level -= 1.0;
        Ok(())
    }

    /// Puts one back.
    pub fn give_back(&self, key: &K) {
        let mut filled = self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = filled.get_mut(key) {
            bucket.level = (bucket.level + 1.0).min(f64::from(self.rate.burst));
        }
    }

    fn level_at(&self, bucket: Bucket, now: Duration) -> Bucket {
        let inflow = now.saturating_sub(bucket.at).as_secs_f64() * f64::from(self.rate.per_hour) / 3600.0;
        Bucket { level: (bucket.level + inflow).min(f64::from(self.rate.burst)), at: bucket.at.max(now) }
    }

    fn wait(&self, level: f64) -> Wait {
        let seconds = ((1.0 - level) * 3600.0 / f64::from(self.rate.per_hour)).ceil();
        Wait { seconds: (seconds as u32).max(1) }
    }

    /// Forgets buckets that are full again; when none is, the fuller half, whose owners lose nothing much.
    fn make_room(&self, filled: &mut HashMap<K, Bucket>, now: Duration) {
        filled.retain(|_, bucket| self.level_at(*bucket, now).level < f64::from(self.rate.burst));
        if filled.len() < self.capacity {
            return;
        }
        let mut levels: Vec<f64> = filled.values().map(|bucket| self.level_at(*bucket, now).level).collect();
        levels.sort_by(f64::total_cmp);
        let middle = levels.get(levels.len() / 2).copied().unwrap_or_default();
        filled.retain(|_, bucket| self.level_at(*bucket, now).level < middle);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const RATE: Rate = Rate { burst: 3, per_hour: 3600 };

    #[test]
    fn a_bucket_gives_its_burst_and_then_what_flows_in() {
        let buckets = Buckets::new(RATE, 10);
        for _ in 0..3 {
            buckets.take("a", Duration::ZERO).unwrap();
        }
        assert_eq!(buckets.take("a", Duration::from_millis(500)), Err(Wait { seconds: 1 }));
        assert!(buckets.take("a", Duration::from_secs(1)).is_ok());
        assert!(buckets.take("a", Duration::from_secs(1)).is_err());
    }

    #[test]
    fn memory_stays_bounded_and_the_emptiest_buckets_are_remembered() {
        let buckets = Buckets::new(RATE, 100);
        for _ in 0..3 {
            buckets.take(0, Duration::ZERO).unwrap();
        }
        for key in 1..10_000 {
            buckets.take(key, Duration::ZERO).unwrap();
        }
        assert!(buckets.filled.lock().unwrap().len() <= 100);
        assert!(buckets.take(0, Duration::ZERO).is_err());
    }

    #[test]
    fn a_clock_that_steps_back_adds_nothing() {
        let buckets = Buckets::new(RATE, 10);
        for _ in 0..3 {
            buckets.take("a", Duration::from_secs(100)).unwrap();
        }
        assert!(buckets.take("a", Duration::from_secs(50)).is_err());
        assert!(buckets.take("a", Duration::from_secs(100)).is_err());
    }
}
