//! Phones, office and everything that can go wrong between them, under many seeds. `FIELDBOOK_SEED=n` replays one,
//! `FIELDBOOK_SEEDS=a..b` (or a count) runs a range, `FIELDBOOK_THREADS` limits how many run at once. `FIELDBOOK_ALOUD` tells the
//! shortest story of a failure aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use fieldbook_tests::sim::{self, Counts, FAULTS, PATHS, Story};

/// So many when nothing is asked for.
const USUAL: u64 = 2_000;

/// From this many seeds on, everything must have happened at least once.
const LONG_RUN: u64 = 500;

/// After so many broken promises the run ends.
const MOST_BROKEN: usize = 12;

fn seeds() -> Range<u64> {
    if let Ok(seed) = std::env::var("FIELDBOOK_SEED") {
        let seed: u64 = seed.parse().expect("FIELDBOOK_SEED is a number");
        return seed..seed + 1;
    }
    let Ok(range) = std::env::var("FIELDBOOK_SEEDS") else {
        return 0..USUAL;
    };
    let (from, to) = range.split_once("..").unwrap_or(("0", &range));
    from.parse().expect("a number before ..")..to.parse().expect("a range such as 0..2000, or a count")
}

fn threads() -> usize {
    let asked = std::env::var("FIELDBOOK_THREADS").ok().and_then(|count| count.parse().ok());
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// What all seeds together did.
#[derive(Default)]
struct Sum {
    phones: usize,
    facts: usize,
    counts: Counts,
    broken: Vec<(u64, sim::Found)>,
}

impl Sum {
    fn add(&mut self, done: &sim::Report) {
        self.phones += done.phones;
        self.facts += done.facts;
        self.counts.add(&done.counts);
    }

    /// Prints what the seeds were like; a long run must be full-size and have visited everything.
    fn check(&self, seeds: u64) {
        let mean = |sum: u64| sum as f64 / seeds as f64;
        let (phones, facts, faults) = (mean(self.phones as u64), mean(self.facts as u64), mean(self.counts.sum(FAULTS)));
        eprintln!("{seeds} seeds: means {phones:.1} phones, {facts:.0} facts, {faults:.0} faults\n{}", self.counts);
        if seeds >= LONG_RUN {
            assert!(phones >= 5.0 && facts >= 200.0 && faults >= 20.0, "the seeds are not full-size");
            let missing = [self.counts.missing(FAULTS), self.counts.missing(PATHS)].concat();
            assert!(missing.is_empty(), "never happened: {missing:?}");
        }
    }
}

/// The failure with its shortest story, and how to see it again.
fn report(seed: u64, found: sim::Found) -> String {
    let story = Story::of(seed);
    let (short, reason) = sim::shortest(&story, found.clone());
    if std::env::var_os("FIELDBOOK_ALOUD").is_some() {
        let _ = sim::tell_aloud(&short);
    }
    let steps: String = short.steps.iter().enumerate().map(|(n, step)| format!("\n  {}. {step}", n + 1)).collect();
    format!(
        "{}\n{found}\nreplay: make sim SEED={seed}\nshortest story ({} of {} steps):{steps}\n{reason}",
        story.options,
        short.steps.len(),
        story.steps.len()
    )
}

#[test]
fn every_promise_holds_under_every_seed() {
    let seeds = seeds();
    let (sum, next) = (Mutex::new(Sum::default()), AtomicU64::new(seeds.start));
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end || sum.lock().unwrap().broken.len() >= MOST_BROKEN {
                        return;
                    }
                    let done = sim::run(seed);
                    let mut sum = sum.lock().unwrap();
                    match done {
                        Ok(done) => sum.add(&done),
                        Err(found) => sum.broken.push((seed, found)),
                    }
                }
            });
        }
    });
    let mut sum = sum.into_inner().unwrap();
    sum.broken.sort_by_key(|(seed, _)| *seed);
    if let Some((seed, found)) = sum.broken.first() {
        let all: String = sum.broken.iter().map(|(seed, found)| format!("\nseed {seed}: {found}")).collect();
        panic!("broken promises under these seeds:{all}\n\n{}", report(*seed, found.clone()));
    }
    sum.check(seeds.end - seeds.start);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in seeds().take(3) {
        let once = sim::run(seed).unwrap_or_else(|found| panic!("seed {seed}: {found}"));
        let again = sim::run(seed).unwrap_or_else(|found| panic!("seed {seed}: {found}"));
        assert_eq!(once, again);
    }
}
