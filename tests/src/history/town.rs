//! Lets it happen: two phones of a neighbourhood head, one of a liaison, an office that is killed now and then, and a desk, all at
//! once, round after round; then everything comes to rest.

use std::path::Path;
use std::time::{Duration, Instant};

use fieldbook_model::id::Order;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::check::End;
use super::end;
use super::person::Person;
use super::record::{Came, Does, History, Line, Who};
use crate::office::Trouble;
use crate::proxy::{http, tcp};
use crate::village::{HEAD, LIAISON, Village};

/// Who holds the phones, and what they write.
const PHONES: [(&str, &str); 3] = [(HEAD, "petition"), (HEAD, "petition"), (LIAISON, "problem")];

const PICTURES: u64 = 6;

/// How long it goes on.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// So many rounds.
    Rounds(u32),
    /// Rounds for so long.
    Over(Duration),
}

/// What happened.
pub struct Lived {
    /// The history.
    pub lines: Vec<Line>,
    /// What is there.
    pub end: End,
    /// How many rounds.
    pub rounds: u32,
    /// Requests the phones made, by what happened to them.
    pub requests: Vec<String>,
}

/// Lives through a history that this seed decides, as far as processes that run at once allow. It is written to `file`.
///
/// # Errors
/// [`Trouble`] when a process cannot be driven, or says that its own books are not sound.
pub fn live(seed: u64, until: Until, file: &Path) -> Result<Lived, Trouble> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(said)?;
    let mut village = Village::found()?;
    let pictures = (0..PICTURES).map(|n| village.picture(n, 320, 240)).collect::<Result<Vec<_>, _>>()?;
    let history = History::begin(file).map_err(said)?;
    let mut people = people(seed, &village, &runtime, &history, &pictures)?;
    let founding = end::log(&village.office, Order(0))?;
    let mut desk = Desk { history: &history, rng: StdRng::seed_from_u64(seed ^ u64::MAX), notes: 0 };

    let began = Instant::now();
    let mut rounds = 0;
    while match until {
        Until::Rounds(wanted) => rounds < wanted,
        Until::Over(time) => began.elapsed() < time,
    } {
        rounds += 1;
        at_once(&mut people, &mut desk, &mut village)?;
    }

    // Twice: what the last phone brings, the first has yet to hear.
    for _ in 0..2 {
        people.iter_mut().try_for_each(Person::comes_to_rest)?;
    }
    people.iter().try_for_each(|person| person.phone.say(&["check"]).map(|_| ()))?;
    village.office.stop()?;
    village.office.run(&["check"])?;
    let last = founding.last().map_or(Order(0), |fact| fact.order);
    let log = end::log(&village.office, last)?;
    let mut ended = End {
        log: log.iter().map(end::entry).collect::<Result<_, _>>()?,
        office: founding.iter().map(|fact| fact.id.writer.to_string()).collect(),
        photos: end::photos(&village.office)?,
        phones: Vec::new(),
    };
    for (person, (name, _)) in people.iter().zip(PHONES) {
        ended.phones.push(end::phone(&person.phone, name, &log)?);
    }
    let requests = people.iter().flat_map(|person| person.requests.seen()).collect();
    drop(people);
    Ok(Lived { lines: history.finish().map_err(said)?, end: ended, rounds, requests })
}

fn people<'a>(
    seed: u64,
    village: &Village,
    runtime: &Runtime,
    history: &'a History,
    pictures: &'a [String],
) -> Result<Vec<Person<'a>>, Trouble> {
    let mut people = Vec::new();
    for (n, (name, verb)) in PHONES.into_iter().enumerate() {
        let requests = runtime.block_on(http::HttpProxy::start(village.office.url())).map_err(said)?;
        let there = requests.url.trim_start_matches("http://").parse().map_err(said)?;
        let wire = runtime.block_on(tcp::Proxy::start(there)).map_err(said)?;
        let phone = village.phone_through(name, &format!("phone-{n}"), &format!("http://{}", wire.address))?;
        let rng = StdRng::seed_from_u64(seed.wrapping_mul(1_000).wrapping_add(n as u64));
        people.push(Person { n, phone, history, requests, wire, rng, verb, pictures, known: Vec::new(), written: 0 });
    }
    Ok(people)
}

/// One round of everybody, at the same time.
fn at_once(people: &mut [Person<'_>], desk: &mut Desk<'_>, village: &mut Village) -> Result<(), Trouble> {
    std::thread::scope(|scope| {
        let mut running: Vec<_> = people.iter_mut().map(|person| scope.spawn(move || person.round())).collect();
        running.push(scope.spawn(|| desk.round(village)));
        let gone = |_| Trouble("somebody fell over".into());
        running.into_iter().try_for_each(|one| one.join().map_err(gone)?)
    })
}

/// The desk and the machine it works at.
struct Desk<'a> {
    history: &'a History,
    rng: StdRng,
    notes: u32,
}

impl Desk<'_> {
    fn round(&mut self, village: &mut Village) -> Result<(), Trouble> {
        if self.rng.random_ratio(1, 4) {
            village.office.kill();
            village.office.start()?;
        }
        let cases = village.office.lines(&["office", "list"])?;
        let Some(case) = cases.get(self.rng.random_range(0..cases.len().max(1))).and_then(|case| case["id"].as_str()) else {
            return Ok(());
        };
        if self.rng.random_ratio(1, 3) {
            return self.call(village, Does::Adds { on: case.to_owned() }, &["office", "receive", case]);
        }
        self.notes += 1;
        let text = format!("Ghi chú của cơ quan {}", self.notes);
        let does = Does::Writes { texts: vec![text.clone()], on: Some(case.to_owned()) };
        self.call(village, does, &["office", "note", case, "--text", &text])
    }

    fn call(&self, village: &Village, does: Does, words: &[&str]) -> Result<(), Trouble> {
        let call = self.history.asks(Who::Desk, does, words);
        let came = match village.office.run(words) {
            Ok(printed) => Came::Told(Value::String(printed)),
            Err(trouble) => Came::Refused(trouble.0),
        };
        self.history.ends(Who::Desk, call, came);
        Ok(())
    }
}

fn said(error: impl std::fmt::Display) -> Trouble {
    Trouble(error.to_string())
}
