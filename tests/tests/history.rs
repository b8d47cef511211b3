//! Three phones, an office and a bad network as processes: what is there in the end follows from what was said.
//! `make history` lets them live for two minutes; `FIELDBOOK_SEED` tells them the same story again.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use fieldbook_tests::history::check::check;
use fieldbook_tests::history::record::{Came, Does, Line, What};
use fieldbook_tests::history::town::{Until, live};

const ROUNDS: u32 = 16;
const SEED: u64 = 20_261_127;

#[test]
fn what_is_there_in_the_end_follows_from_what_was_said() {
    let in_the_test = number("FIELDBOOK_HISTORY").is_none();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let seed = number("FIELDBOOK_SEED").unwrap_or(if in_the_test { SEED } else { now });
    let until = number("FIELDBOOK_HISTORY").map_or(Until::Rounds(ROUNDS), |seconds| Until::Over(Duration::from_secs(seconds)));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("history-{seed}.jsonl"));
    println!("FIELDBOOK_SEED={seed}, history in {}", file.display());

    let lived = live(seed, until, &file).unwrap_or_else(|trouble| panic!("seed {seed}: {trouble}"));

    let found = check(&lived.lines, &lived.end);
    let ends =
        |is: fn(&Came) -> bool| lived.lines.iter().filter(|line| matches!(&line.what, What::Ends(came) if is(came))).count();
    let (told, refused, died) = (
        ends(|came| matches!(came, Came::Told(_))),
        ends(|came| matches!(came, Came::Refused(_))),
        ends(|came| *came == Came::Died),
    );
    let faults = lived.requests.iter().filter(|request| !request.ends_with("Pass")).count();
    println!(
        "{} rounds, {} calls ({told} told, {refused} refused, {died} killed), {} facts at the office, {} requests, {faults} of them \
         lost, repeated, late or cut, {} violations",
        lived.rounds,
        told + refused + died,
        lived.end.log.len(),
        lived.requests.len(),
        found.len()
    );
    let told_of_it = found.iter().fold(String::new(), |text, violation| format!("{text}\n  {violation}"));
    assert!(found.is_empty(), "seed {seed}, history in {}:{told_of_it}", file.display());
    assert!(died > 0 && faults > 0 && undone(&lived.lines) > 0, "too little happened to show anything");
}

fn undone(lines: &[Line]) -> usize {
    lines.iter().filter(|line| matches!(&line.what, What::Asks(Does::Undoes { .. }, _))).count()
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text}")))
}
