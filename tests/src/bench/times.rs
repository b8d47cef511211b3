//! Times of many repetitions, and the ones that matter of them.

use std::time::{Duration, Instant};

/// How long each of many repetitions took.
#[derive(Debug, Default, Clone)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does it once more and keeps how long it took.
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let done = work();
        self.0.push(began.elapsed());
        done
    }

    /// Adds a time taken elsewhere.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Takes over the times of another.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The time that `share` of the repetitions did not exceed, in milliseconds; 0 without repetitions.
    pub fn quantile_ms(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = ((sorted.len() as f64 * share).ceil() as usize).clamp(1, sorted.len().max(1)) - 1;
        sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_times_that_were_taken() {
        let mut times = Times::default();
        for ms in (1..=100).rev() {
            times.push(Duration::from_millis(ms));
        }
        assert_eq!([0.5, 0.95, 0.99, 1.0].map(|share| times.quantile_ms(share)), [50.0, 95.0, 99.0, 100.0]);
        assert_eq!(Times::default().quantile_ms(0.5), 0.0);
    }
}
