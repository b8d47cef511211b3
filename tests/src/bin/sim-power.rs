//! Plants one mistake after the other in phones and office, and looks which seed of the simulation finds it, by which broken
//! promise. `FIELDBOOK_SEEDS=n` says how many seeds each gets, `FIELDBOOK_BUG=Name` plants one only.
#![allow(clippy::print_stdout, reason = "a report for people")]

use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use fieldbook_model::planted::{Bug, plant};
use fieldbook_tests::sim::{self, Found, Story};

/// How many seeds a mistake may stay hidden.
const SEEDS: u64 = 2_000;

fn main() -> ExitCode {
    // A mistake may well panic; that is a find like any other.
    std::panic::set_hook(Box::new(|_| ()));
    let asked = |name: &str| std::env::var(name).ok();
    let seeds = asked("FIELDBOOK_SEEDS").and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    let only = asked("FIELDBOOK_BUG");
    let bugs: Vec<Bug> =
        Bug::ALL.iter().copied().filter(|bug| only.as_ref().is_none_or(|only| *only == format!("{bug:?}"))).collect();
    // What all seeds share is made without a mistake.
    if let Err(found) = sim::run(0) {
        println!("seed 0 fails without any mistake: {found}");
        return ExitCode::FAILURE;
    }
    if only.as_deref() == Some("none") {
        return alone(seeds);
    }
    let mut hidden = 0;
    for bug in &bugs {
        let began = Instant::now();
        let found = find(*bug, seeds);
        let took = began.elapsed().as_secs();
        match found {
            Some((seed, found)) => {
                let steps = Story::of(seed).steps.len();
                println!(
                    "{:<26} seed {seed:>4} ({steps} steps, {took} s)  {}: {}",
                    format!("{bug:?}"),
                    found.invariant,
                    bug.text()
                );
            }
            None => {
                hidden += 1;
                println!("{:<26} NOT FOUND in {seeds} seeds ({took} s): {}", format!("{bug:?}"), bug.text());
            }
        }
    }
    println!("{} of {} planted mistakes found", bugs.len() - hidden, bugs.len());
    if hidden == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Every seed without any mistake, from `FIELDBOOK_FROM` on.
fn alone(seeds: u64) -> ExitCode {
    let from = std::env::var("FIELDBOOK_FROM").ok().and_then(|from| from.parse().ok()).unwrap_or(0);
    let failing = (from..seeds).filter_map(|seed| Some((seed, sim::run(seed).err()?)));
    for (seed, found) in failing.take(10) {
        let (short, reason) = sim::shortest(&Story::of(seed), found);
        let steps: String = short.steps.iter().map(|step| format!("\n  {step}")).collect();
        println!("{}{steps}\n{reason}", short.options);
    }
    ExitCode::SUCCESS
}

/// The seed that finds this mistake. One that fails by itself finds nothing.
fn find(bug: Bug, seeds: u64) -> Option<(u64, Found)> {
    let mut from = 0;
    loop {
        plant(Some(bug));
        let found = hunt(from, seeds);
        plant(None);
        let (seed, found) = found?;
        let Err(alone) = sim::run(seed) else {
            return Some((seed, found));
        };
        println!("seed {seed} fails without any mistake: {alone}");
        from = seed + 1;
    }
}

/// The first seed, as they come, that finds something.
fn hunt(from: u64, seeds: u64) -> Option<(u64, Found)> {
    let next = AtomicU64::new(from);
    let first = Mutex::new(None);
    let threads = std::env::var("FIELDBOOK_THREADS").ok().and_then(|count| count.parse().ok());
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let is_over = first.lock().is_ok_and(|first| first.is_some());
                    if seed >= seeds || is_over {
                        return;
                    }
                    let Err(found) = sim::run(seed) else { continue };
                    if let Ok(mut first) = first.lock()
                        && first.as_ref().is_none_or(|(known, _)| seed < *known)
                    {
                        *first = Some((seed, found));
                    }
                }
            });
        }
    });
    first.into_inner().ok().flatten()
}
