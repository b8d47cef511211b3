//! How many visits a second one core of the server takes in, durable, from many phones at once over HTTP/2, each request
//! signed in, judged and put in scope; and what SQLite alone can do with the same rows.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::types::Value;
use rusqlite::{Connection, TransactionBehavior};

use super::process::{Apart, cpu_seconds, peak_mib};
use super::report::{Figure, Report, Target};
use super::sender::Sender;
use super::times::Times;
use super::{Extent, Measured, organisation};

/// No measurement goes on for longer.
const LONGEST: Duration = Duration::from_secs(60);

/// Visits written again by nothing but SQL.
const FLOOR_VISITS: usize = 3_000;

/// How often each phone asks for news that are not there.
const IDLE: usize = 500;

/// Pushes of each phone before the time is taken.
const WARM_UP: usize = 10;

/// Measures the server.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;
    let data = folder.join("office");
    let (mut office, invited) = organisation::found(&data, extent.phones, now)?;
    office.start()?;
    let pid = office.pid().ok_or("the server does not run")?;
    let apart = Apart::set(pid);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let address = office.url().to_owned();
    let measured = runtime.block_on(async {
        let mut senders = Vec::new();
        for (n, invited) in invited.iter().enumerate() {
            senders.push(Sender::enrol(&address, invited, n as u64, extent.pushes + WARM_UP, 1, now).await?);
        }
        let (pushed, senders) = push_all(senders, pid).await?;
        Measured::Ok((pushed, idle(senders, pid).await?))
    });
    let pinned = apart.told();
    drop(apart);
    let (pushed, idle) = measured?;
    let peak = peak_mib(pid)?;
    office.stop()?;
    let facts: i64 =
        Connection::open(data.join("office.db"))?
            .query_row("SELECT count(*) FROM facts WHERE kind >= 20", [], |row| row.get(0))?;
    let floors = [
        floor(&data.join("office.db"), &folder.join("each.db"), 1)?,
        floor(&data.join("office.db"), &folder.join("many.db"), 32)?,
    ];

    report.part(format!("The server under load: {} phones, {} facts taken in; {pinned}", extent.phones, facts));
    let seconds = pushed.took.as_secs_f64();
    let rate = pushed.count as f64 / seconds;
    report.add(Figure {
        key: "server.pushes_per_s_core",
        what: "visits taken in a second, durable, one core",
        value: rate,
        unit: "/s",
        target: Target::AtLeast(3_000.0),
        beside: format!(
            "raw SQLite, the same rows: {:.0}/s one a commit, {:.0}/s 32 a commit · Anki about 490",
            floors[0], floors[1]
        ),
    });
    report.add(Figure {
        key: "server.pushes_per_cpu_s",
        what: "  for each second of the server's processor time",
        value: pushed.count as f64 / pushed.cpu_seconds.max(1e-9),
        unit: "/s",
        target: Target::None,
        beside: format!("busy {:.0} % of the time", 100.0 * pushed.cpu_seconds / seconds),
    });
    for (key, what, share, target) in [
        ("server.p50_ms", "  half answered within", 0.5, Target::None),
        ("server.p99_ms", "  99 of 100 answered within", 0.99, Target::AtMost(50.0)),
    ] {
        report.add(Figure { key, what, value: pushed.times.quantile_ms(share), unit: "ms", target, beside: String::new() });
    }
    report.add(Figure {
        key: "server.idle_per_s_core",
        what: "syncs of phones with nothing new in a second",
        value: idle.count as f64 / idle.took.as_secs_f64(),
        unit: "/s",
        target: Target::None,
        beside: format!(
            "{:.0} for each second of processor time; 200,000 phones, ten times a day: 25/s, at the peak 250/s",
            idle.count as f64 / idle.cpu_seconds.max(1e-9)
        ),
    });
    report.add(Figure {
        key: "server.peak_mib",
        what: "the most memory the server used",
        value: peak,
        unit: "MiB",
        target: Target::None,
        beside: format!("{} connections, {facts} facts", extent.phones),
    });
    Ok(())
}

/// Everything that was pushed, or asked.
struct Pushed {
    count: usize,
    took: Duration,
    cpu_seconds: f64,
    times: Times,
}

async fn push_all(mut senders: Vec<Sender>, server: u32) -> Measured<(Pushed, Vec<Sender>)> {
    for sender in &mut senders {
        for _ in 0..WARM_UP {
            sender.push().await?;
        }
    }
    all_at_once(senders, server, async |sender| sender.push().await).await
}

/// Each asks for news, so often, and there is none.
async fn idle(senders: Vec<Sender>, server: u32) -> Measured<Pushed> {
    let ready = senders.into_iter().map(|sender| (sender, IDLE)).collect();
    let ask = async |(sender, left): &mut (Sender, usize)| {
        *left = left.saturating_sub(1);
        sender.ask().await?;
        Measured::Ok(*left > 0)
    };
    Ok(all_at_once(ready, server, ask).await?.0)
}

/// All do it again and again, side by side, until each says that it was the last time.
async fn all_at_once<S>(
    doing: Vec<S>,
    server: u32,
    again: impl AsyncFn(&mut S) -> Measured<bool>,
) -> Measured<(Pushed, Vec<S>)> {
    let again = &again;
    let before = cpu_seconds(server)?;
    let began = Instant::now();
    let each = doing.into_iter().map(|mut one| async move {
        let mut times = Times::default();
        while began.elapsed() < LONGEST {
            let asked = Instant::now();
            if !again(&mut one).await? {
                break;
            }
            times.push(asked.elapsed());
        }
        Measured::Ok((times, one))
    });
    let ended = futures_util::future::try_join_all(each).await?;
    let took = began.elapsed();
    let cpu_seconds = cpu_seconds(server)? - before;
    let (mut times, mut all, mut count) = (Times::default(), Vec::new(), 0);
    for (own, one) in ended {
        count += own.len();
        times.append(own);
        all.push(one);
    }
    Ok((Pushed { count, took, cpu_seconds, times }, all))
}

/// The rows of visits that the server took in, written again by nothing but SQL, so many visits to a commit; visits a second.
fn floor(from: &Path, to: &Path, per_commit: usize) -> Measured<f64> {
    let mut conn = Connection::open(to)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.execute("ATTACH ?1 AS office", [from.to_string_lossy()])?;
    let tables = ["facts", "root_channels", "feed", "photos"];
    for table in tables {
        let mut schema =
            conn.prepare("SELECT sql FROM office.sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL ORDER BY type DESC")?;
        let statements = schema.query_map([table], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        drop(schema);
        for sql in statements {
            conn.execute_batch(&sql)?;
        }
    }
    let columns =
        |table: &str| -> Measured<usize> { Ok(conn.prepare(&format!("SELECT * FROM office.{table} LIMIT 0"))?.column_count()) };
    let mut inserts = Vec::new();
    for table in tables {
        let places = (1..=columns(table)?).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        inserts.push(format!("INSERT INTO main.{table} VALUES({places})"));
    }
    let mut by_root: BTreeMap<i64, Vec<(usize, Vec<Value>)>> = BTreeMap::new();
    for (n, table) in tables.iter().enumerate() {
        let same = if *table == "root_channels" { "root" } else { "ord" };
        let sql = format!(
            "SELECT f.root, t.* FROM office.{table} t JOIN office.facts f ON f.ord = t.{same} JOIN office.facts r ON r.ord = f.root
             WHERE r.kind = 20"
        );
        let mut statement = conn.prepare(&sql)?;
        let width = statement.column_count();
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let values = (1..width).map(|at| row.get(at)).collect::<Result<_, _>>()?;
            by_root.entry(row.get(0)?).or_default().push((n, values));
        }
    }
    let visits: Vec<_> = by_root.into_values().take(FLOOR_VISITS).collect();
    let began = Instant::now();
    let mut done = 0;
    for group in visits.chunks(per_commit) {
        if began.elapsed() > LONGEST / 6 {
            break;
        }
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (n, row) in group.iter().flatten() {
            tx.prepare_cached(&inserts[*n])?.execute(rusqlite::params_from_iter(row))?;
        }
        tx.commit()?;
        done += group.len();
    }
    Ok(done as f64 / began.elapsed().as_secs_f64())
}
