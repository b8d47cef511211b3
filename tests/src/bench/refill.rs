//! What a phone does seldom: fold everything anew, and fetch everything on its first day.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use fieldbook_device::store::Store;

use super::phone::Phone;
use super::report::{Figure, Report, Target};
use super::sender::Sender;
use super::{Extent, Measured, look, organisation};
use crate::proxy::tcp::Proxy;

/// Facts of one visit.
const FACTS: usize = 4;

/// Visits in one request of the phone that wrote them all.
const AT_ONCE: usize = 100;

/// Measures a rebuild and a first sync.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    report.part("Seldom: everything folded anew, everything fetched");
    let store = Store::open(&folder.join("phone.db"))?;
    look::fill(&store, extent.rebuilt / FACTS, FACTS)?;
    let began = Instant::now();
    store.rebuild()?;
    report.add(Figure {
        key: "rebuild.seconds",
        what: "views of 50,000 facts built anew",
        value: began.elapsed().as_secs_f64(),
        unit: "s",
        target: Target::AtMost(30.0),
        beside: format!("{} facts, saving works meanwhile", extent.rebuilt),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(first_sync(report, extent, folder))
}

async fn first_sync(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;
    let (mut office, invited) = organisation::found(&folder.join("office"), 1, now)?;
    office.start()?;
    let requests = extent.first_sync.div_ceil(FACTS * AT_ONCE);
    let mut sender = Sender::enrol(office.url(), &invited[0], 6, requests, AT_ONCE, now).await?;
    while sender.push().await? {}

    let server: SocketAddr = office.url().trim_start_matches("http://").parse()?;
    let proxy = Proxy::start(server).await?;
    let mut phone = Phone::enrol(&folder.join("phone"), &format!("http://{}", proxy.address), &invited[0], now).await?;
    proxy.reset();
    let began = Instant::now();
    let synced = phone.sync().await?;
    let took = began.elapsed().as_secs_f64();
    let bytes = proxy.reset().both();
    report.add(Figure {
        key: "first_sync.seconds",
        what: "a commune of 10,000 facts fetched by a new phone",
        value: took,
        unit: "s",
        target: Target::AtMost(3.0),
        beside: format!("{} facts; PouchDB minutes", requests * AT_ONCE * FACTS),
    });
    report.add(Figure {
        key: "first_sync.bytes",
        what: "  bytes",
        value: bytes as f64,
        unit: "B",
        target: Target::None,
        beside: format!("in {} requests", synced.requests),
    });
    Ok(())
}
