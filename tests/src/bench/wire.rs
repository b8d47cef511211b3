//! Bytes and requests, counted on the connection between the real phone's driver and the real server: HTTP heads and bodies
//! both ways, without TLS.

use std::path::Path;
use std::time::Duration;

use super::phone::{Phone, Synced};
use super::report::{Figure, Report, Target};
use super::setting::{Setting, runtime};
use super::visits::Visits;
use super::{Extent, Measured};
use crate::proxy::tcp::Proxy;

/// Syncs before anything is counted: the phone is filled, compares its digest, and the connection's heads are learnt.
const WARM_UP: usize = 4;

/// Single visits and idle syncs that are counted.
const TIMES: u64 = 20;

/// How long the last frames of an exchange may take over loopback.
const SETTLE: Duration = Duration::from_millis(60);

/// Counts one visit, nothing new, and a backlog.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    runtime()?.block_on(async {
        let setting = Setting::found(folder, 2).await?;
        let (proxy, now) = (&setting.proxy, setting.now);
        report.part("On the wire (application layer, HTTP/2, loopback, no TLS); peers on the same visits: make bench-peers");

        singles(report, &mut setting.phone(0).await?, proxy, now).await?;
        backlog(report, &mut setting.phone(1).await?, proxy, extent.backlog, now).await
    })
}

/// Bytes of one sync, everything that belongs to it included.
async fn counted(phone: &mut Phone, proxy: &Proxy) -> Measured<(u64, Synced)> {
    tokio::time::sleep(SETTLE).await;
    proxy.reset();
    let synced = phone.sync().await?;
    tokio::time::sleep(SETTLE).await;
    Ok((proxy.reset().both(), synced))
}

async fn singles(report: &mut Report, phone: &mut Phone, proxy: &Proxy, now: i64) -> Measured<()> {
    let mut visits = Visits::of(1, now - 2 * 86_400);
    for visit in visits.by_ref().take(WARM_UP) {
        phone.save(phone.draft(&visit)?)?;
        phone.wait_for_undo();
        phone.sync().await?;
    }
    let (mut bytes, mut largest, mut requests) = (0, 0, 0);
    for visit in visits.take(TIMES as usize) {
        phone.save(phone.draft(&visit)?)?;
        phone.wait_for_undo();
        let (both, synced) = counted(phone, proxy).await?;
        bytes += both;
        largest = largest.max(both);
        requests += synced.requests;
    }
    report.add(Figure {
        key: "one_visit.bytes",
        what: "one visit (3 notes, 2 photos' metadata), warm",
        value: bytes as f64 / TIMES as f64,
        unit: "B",
        target: Target::AtMost(700.0),
        beside: String::new(),
    });
    report.add(Figure {
        key: "one_visit.largest",
        what: "  the largest of them",
        value: largest as f64,
        unit: "B",
        target: Target::AtMost(700.0),
        beside: String::new(),
    });
    report.add(Figure {
        key: "one_visit.requests",
        what: "  in requests",
        value: requests as f64 / TIMES as f64,
        unit: "",
        target: Target::AtMost(1.0),
        beside: String::new(),
    });

    let (mut bytes, mut requests) = (0, 0);
    for _ in 0..TIMES {
        let (both, synced) = counted(phone, proxy).await?;
        bytes += both;
        requests += synced.requests;
    }
    report.add(Figure {
        key: "idle.bytes",
        what: "nothing new, warm",
        value: bytes as f64 / TIMES as f64,
        unit: "B",
        target: Target::AtMost(200.0),
        beside: String::new(),
    });
    report.add(Figure {
        key: "idle.requests",
        what: "  in requests",
        value: requests as f64 / TIMES as f64,
        unit: "",
        target: Target::AtMost(1.0),
        beside: String::new(),
    });
    Ok(())
}

async fn backlog(report: &mut Report, phone: &mut Phone, proxy: &Proxy, visits: usize, now: i64) -> Measured<()> {
    for _ in 0..WARM_UP {
        phone.sync().await?;
    }
    for visit in Visits::of(2, now - 45 * 86_400).take(visits) {
        phone.set_clock(visit.started + i64::from(visit.minutes) * 60);
        phone.save(phone.draft(&visit)?)?;
    }
    phone.set_clock(now + 60);
    let (bytes, synced) = counted(phone, proxy).await?;
    let left = phone.waiting()?;
    if left > 0 {
        return Err(format!("{left} facts of the backlog were not taken").into());
    }
    report.add(Figure {
        key: "backlog_1000.bytes",
        what: "1,000 visits saved without network, then sent",
        value: bytes as f64,
        unit: "B",
        target: Target::AtMost(250_000.0),
        beside: String::new(),
    });
    report.add(Figure {
        key: "backlog_1000.requests",
        what: "  in requests, each durable by itself",
        value: synced.requests as f64,
        unit: "",
        target: Target::AtMost(8.0),
        beside: String::new(),
    });
    report.add(Figure {
        key: "backlog_1000.largest",
        what: "  the largest body",
        value: synced.largest as f64,
        unit: "B",
        target: Target::AtMost(65_536.0),
        beside: String::new(),
    });
    Ok(())
}
