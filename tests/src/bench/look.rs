//! How long a list and a search take on a phone that holds many cases, beside a plain scan of the same texts.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use fieldbook_device::store::Store;
use fieldbook_device::store::query::CaseFilter;
use fieldbook_model::case::CaseKind;
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_model::receipt::label_for;
use fieldbook_model::text;
use fieldbook_protocol::pack::{Content, Item};
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rusqlite::{Connection, OpenFlags};

use super::facts::{Ground, Pen};
use super::report::{Figure, Report, Target};
use super::times::Times;
use super::visits::{HAMLETS, TOPICS, Visits, sentences};
use super::{Extent, Measured, process};

/// Cases taken in by one transaction.
const AT_ONCE: usize = 1_000;

/// How often each thing is asked.
const ASKED: usize = 400;

/// How often the whole is scanned.
const SCANNED: usize = 10;

/// Measures lists and searches, with all the cases and with a tenth of them.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    let store = Store::open(&folder.join("phone.db"))?;
    let mut colleague = Colleague::new();
    colleague.write(&store, extent.cases / 10, 2)?;
    let few = Looked::among(&store, extent.cases / 10)?;
    let few_taken_in = colleague.batch_seconds;
    colleague.write(&store, extent.cases - extent.cases / 10, 2)?;
    let many = Looked::among(&store, extent.cases)?;
    let scan = format!("LIKE scan {:.0} ms", scanned(&store)?.quantile_ms(0.5));

    report.part(format!("Looking things up among {} cases on the phone", extent.cases));
    for (key, what, times, most, beside) in [
        ("list.p95_ms", "a page of 50, anywhere in the list, p95", &many.lists, 1.0, ""),
        ("search.p95_ms", "two words, p95", &many.searches, 3.0, scan.as_str()),
        ("search.prefix_p95_ms", "the first three letters of a word, p95", &many.prefixes, 10.0, ""),
        ("search.best_p95_ms", "two words, best first, p95", &many.best, 15.0, ""),
    ] {
        let target = Target::AtMost(most);
        report.add(Figure { key, what, value: times.quantile_ms(0.95), unit: "ms", target, beside: beside.into() });
    }
    let more = |key, what, few: f64, many: f64| Figure {
        key,
        what,
        value: many / few.max(1e-9),
        unit: "×",
        target: Target::None,
        beside: format!("{few:.2} ms became {many:.2} ms"),
    };
    let half = |times: &Times| times.quantile_ms(0.5);
    report.add(more("curve.list", "ten times the cases: a page takes", half(&few.lists), half(&many.lists)));
    report.add(more("curve.search", "  two words", half(&few.searches), half(&many.searches)));
    report.add(more("curve.prefix", "  three letters", half(&few.prefixes), half(&many.prefixes)));
    report.add(more("curve.best", "  best first", half(&few.best), half(&many.best)));
    let visits = |seconds: f64| seconds * 1_000.0 / AT_ONCE.min(extent.cases / 10) as f64;
    report.add(more("curve.take_in", "  taking in a colleague's visit", visits(few_taken_in), visits(colleague.batch_seconds)));

    let path = store.path().to_owned();
    drop(store);
    let output = Command::new(std::env::current_exe()?).arg("--look-at").arg(&path).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    report.add(Figure {
        key: "phone.peak_mib",
        what: "memory of a process that lists and searches there",
        value: said.trim().parse().map_err(|error| format!("{error}: {said}"))?,
        unit: "MiB",
        target: Target::None,
        beside: format!("database of {} MiB", std::fs::metadata(&path)?.len() >> 20),
    });
    Ok(())
}

/// Lists and searches once in a process of its own; gives the most memory it used, in MiB.
pub fn look_at(path: &Path) -> Measured<f64> {
    let store = Store::open(path)?;
    store.read(|tx| tx.cases(&CaseFilter { kind: Some(CaseKind::Visit), ..CaseFilter::default() }, None))?;
    for [first, second] in typed(ASKED / 10) {
        store.read(|tx| tx.search_best(&format!("{first} {second}")))?;
    }
    process::peak_mib(std::process::id())
}

/// Times of the four ways to look something up.
struct Looked {
    lists: Times,
    searches: Times,
    prefixes: Times,
    best: Times,
}

impl Looked {
    fn among(store: &Store, cases: usize) -> Measured<Self> {
        let mut chance = SmallRng::seed_from_u64(4);
        let mut looked =
            Self { lists: Times::default(), searches: Times::default(), prefixes: Times::default(), best: Times::default() };
        let filter = CaseFilter { kind: Some(CaseKind::Visit), ..CaseFilter::default() };
        for n in 0..ASKED {
            let after = (n > 0).then(|| Order::new(1, chance.random_range(0..cases as i64 * 2)).0);
            looked.lists.take(|| store.read(|tx| tx.cases(&filter, after)))?;
        }
        for [first, second] in typed(ASKED) {
            let both = format!("{first} {second}");
            looked.searches.take(|| store.read(|tx| tx.search(&both, None)))?;
            looked.best.take(|| store.read(|tx| tx.search_best(&both)))?;
            if let Some(beginning) = first.get(..3) {
                looked.prefixes.take(|| store.read(|tx| tx.search(beginning, None)))?;
            }
        }
        Ok(looked)
    }
}

/// Neighbouring words of sentences, as somebody types them who looks for one.
fn typed(times: usize) -> Vec<[String; 2]> {
    let mut chance = SmallRng::seed_from_u64(9);
    let words: Vec<Vec<String>> =
        sentences().map(|line| text::fold(line).split_whitespace().map(str::to_owned).collect()).collect();
    let two = |_| {
        let line = words.choose(&mut chance)?;
        let at = chance.random_range(0..line.len().saturating_sub(1).max(1));
        Some([line.get(at)?.clone(), line.get(at + 1)?.clone()])
    };
    (0..times).filter_map(two).collect()
}

/// The same words without an index.
fn scanned(store: &Store) -> Measured<Times> {
    let mut scans = Times::default();
    let beside = Connection::open_with_flags(store.path(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    for [first, second] in typed(SCANNED) {
        let sql = "SELECT count(*) FROM search WHERE fold LIKE ?1 AND fold LIKE ?2";
        scans.take(|| beside.query_row(sql, [format!("%{first}%"), format!("%{second}%")], |row| row.get::<_, i64>(0)))?;
    }
    Ok(scans)
}

/// Takes in visits of a colleague, as if the office had sent them: of each the first `facts` facts.
pub fn fill(store: &Store, cases: usize, facts: usize) -> Measured<()> {
    Colleague::new().write(store, cases, facts)
}

/// Somebody whose visits this phone is sent.
struct Colleague {
    pen: Pen,
    visits: Visits,
    order: i64,
    /// How long the last full batch took.
    batch_seconds: f64,
}

impl Colleague {
    fn new() -> Self {
        let office = WriterId(0x0f1c_e000_0000_0001);
        let ids = |from: u64, count: usize| (from..).take(count).map(|seq| FactId::new(office, seq)).collect();
        let ground = Ground { post: FactId::new(office, 1), hamlets: ids(10, HAMLETS), topics: ids(100, TOPICS) };
        let pen = Pen::new(WriterId(0x0c01_1ea9_0000_0002), label_for(7, 1), ground);
        Self { pen, visits: Visits::of(5, 1_500_000_000), order: 0, batch_seconds: 0.0 }
    }

    fn write(&mut self, store: &Store, cases: usize, facts: usize) -> Measured<()> {
        let mut left = cases;
        while left > 0 {
            let batch: Vec<_> = self.visits.by_ref().take(AT_ONCE.min(left)).collect();
            let is_full = batch.len() == AT_ONCE.min(cases);
            left -= batch.len();
            let mut items = Vec::new();
            for visit in &batch {
                for fact in self.pen.visit(visit)?.into_iter().take(facts) {
                    self.order += 1;
                    items.push(Item { id: fact.id, order: Some(Order::new(1, self.order)), content: Content::Whole(fact) });
                }
            }
            let began = Instant::now();
            store.write(|tx| -> Measured<()> {
                for item in &items {
                    tx.receive(item)?;
                }
                Ok(())
            })?;
            if is_full {
                self.batch_seconds = began.elapsed().as_secs_f64();
            }
        }
        Ok(())
    }
}
