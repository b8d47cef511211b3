//! Phones, office and a failing network under many seeds. `FIELDBOOK_SEED=n` replays one, `FIELDBOOK_SEEDS=a..b` runs a range.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use fieldbook_tests::sim;

fn seeds() -> Range<u64> {
    if let Ok(seed) = std::env::var("FIELDBOOK_SEED") {
        let seed: u64 = seed.parse().expect("FIELDBOOK_SEED is a number");
        return seed..seed + 1;
    }
    let Ok(range) = std::env::var("FIELDBOOK_SEEDS") else {
        return 0..1_000;
    };
    let (from, to) = range.split_once("..").expect("FIELDBOOK_SEEDS is a range such as 0..1000");
    from.parse().expect("a number before ..")..to.parse().expect("a number after ..")
}

/// What all seeds together did.
#[derive(Default)]
struct Sum {
    seeds: usize,
    facts: usize,
    faults: usize,
    tally: sim::Tally,
}

#[test]
fn one_thousand_seeds() {
    let seeds: Vec<u64> = seeds().collect();
    let sum = Mutex::new(Sum::default());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = sim::run(*seed).unwrap_or_else(|found| panic!("{found}"));
                    let mut sum = sum.lock().unwrap();
                    sum.seeds += 1;
                    sum.facts += report.facts;
                    sum.faults += report.faults;
                    sum.tally.add(&report.tally);
                }
            });
        }
    });
    let Sum { seeds, facts, faults, tally } = sum.into_inner().unwrap();
    eprintln!("{seeds} seeds, {facts} facts, {faults} faults, {tally:?}");
    if seeds >= 100 {
        let visited = [tally.confirmed, tally.refused, tally.held, tally.discarded, tally.repairs, tally.dropped];
        assert!(visited.iter().all(|count| *count > 0), "the seeds do not visit everything: {tally:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in seeds().take(3) {
        let once = sim::run(seed).unwrap_or_else(|found| panic!("{found}"));
        let again = sim::run(seed).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(once, again);
    }
}
