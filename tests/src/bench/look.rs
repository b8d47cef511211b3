//! How long a list and a search take on a phone that holds many cases, beside a plain scan of the same texts.

use std::path::Path;

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
use super::{Extent, Measured};

/// Cases taken in by one transaction.
const AT_ONCE: usize = 1_000;

/// How often each thing is asked.
const ASKED: usize = 400;

/// How often the whole is scanned.
const SCANNED: usize = 10;

/// Measures lists and searches.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    let store = Store::open(&folder.join("phone.db"))?;
    fill(&store, extent.cases, 2)?;
    let mut chance = SmallRng::seed_from_u64(4);

    let mut lists = Times::default();
    let filter = CaseFilter { kind: Some(CaseKind::Visit), ..CaseFilter::default() };
    for n in 0..ASKED {
        let after = (n > 0).then(|| Order::new(1, chance.random_range(0..extent.cases as i64 * 2)).0);
        lists.take(|| store.read(|tx| tx.cases(&filter, after)))?;
    }

    let words: Vec<Vec<String>> =
        sentences().map(|line| text::fold(line).split_whitespace().map(str::to_owned).collect()).collect();
    let typed: Vec<[String; 2]> = (0..ASKED)
        .filter_map(|_| {
            let line = words.choose(&mut chance)?;
            let at = chance.random_range(0..line.len().saturating_sub(1).max(1));
            Some([line.get(at)?.clone(), line.get(at + 1)?.clone()])
        })
        .collect();
    let (mut searches, mut prefixes, mut best) = (Times::default(), Times::default(), Times::default());
    for [first, second] in &typed {
        let both = format!("{first} {second}");
        searches.take(|| store.read(|tx| tx.search(&both, None)))?;
        best.take(|| store.read(|tx| tx.search_best(&both)))?;
        if let Some(beginning) = first.get(..3) {
            prefixes.take(|| store.read(|tx| tx.search(beginning, None)))?;
        }
    }

    let mut scans = Times::default();
    let beside = Connection::open_with_flags(store.path(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    for [first, second] in typed.iter().take(SCANNED) {
        let sql = "SELECT count(*) FROM search WHERE fold LIKE ?1 AND fold LIKE ?2";
        scans.take(|| beside.query_row(sql, [format!("%{first}%"), format!("%{second}%")], |row| row.get::<_, i64>(0)))?;
    }

    report.part(format!("Looking things up among {} cases on the phone", extent.cases));
    let scan = format!("LIKE scan {:.0} ms", scans.quantile_ms(0.5));
    for (key, what, times, most, beside) in [
        ("list.p95_ms", "a page of 50, anywhere in the list, p95", &lists, 1.0, ""),
        ("search.p95_ms", "two words, p95", &searches, 3.0, scan.as_str()),
        ("search.prefix_p95_ms", "the first three letters of a word, p95", &prefixes, 10.0, ""),
        ("search.best_p95_ms", "two words, best first, p95", &best, 15.0, ""),
    ] {
        let target = Target::AtMost(most);
        report.add(Figure { key, what, value: times.quantile_ms(0.95), unit: "ms", target, beside: beside.into() });
    }
    Ok(())
}

/// Takes in visits of a colleague, as if the office had sent them: of each the first `facts` facts.
pub fn fill(store: &Store, cases: usize, facts: usize) -> Measured<()> {
    let office = WriterId(0x0f1c_e000_0000_0001);
    let ids = |from: u64, count: usize| (from..).take(count).map(|seq| FactId::new(office, seq)).collect();
    let ground = Ground { post: FactId::new(office, 1), hamlets: ids(10, HAMLETS), topics: ids(100, TOPICS) };
    let mut pen = Pen::new(WriterId(0x0c01_1ea9_0000_0002), label_for(7, 1), ground);
    let mut visits = Visits::of(5, 1_500_000_000);
    let mut order = 0;
    let mut left = cases;
    while left > 0 {
        let batch: Vec<_> = visits.by_ref().take(AT_ONCE.min(left)).collect();
        left -= batch.len();
        let mut items = Vec::new();
        for visit in &batch {
            for fact in pen.visit(visit)?.into_iter().take(facts) {
                order += 1;
                items.push(Item { id: fact.id, order: Some(Order::new(1, order)), content: Content::Whole(fact) });
            }
        }
        store.write(|tx| -> Measured<()> {
            for item in &items {
                tx.receive(item)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
