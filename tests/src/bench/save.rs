//! How long "Lưu" takes until a visit is durable, beside the same rows written by nothing but SQL: one after the other, in
//! turns, on the same disk.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::floor::{Copier, Raw};
use super::phone::Phone;
use super::report::{Figure, Report, Target};
use super::times::Times;
use super::visits::Visits;
use super::{Extent, Measured, organisation};

/// Saves whose time is not taken: caches fill.
const WARM_UP: usize = 20;

/// Measures saving.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut phone = runtime.block_on(async {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;
        let (mut office, invited) = organisation::found(&folder.join("office"), 1, now)?;
        office.start()?;
        let mut phone = Phone::enrol(&folder.join("phone"), office.url(), &invited[0], now).await?;
        phone.sync().await?;
        Measured::Ok(phone)
    })?;
    let path = phone.store.path().to_owned();
    let mut raw = Raw::create(&folder.join("raw.db"), &path)?;
    let copier = Copier::open(&path)?;

    let (mut own, mut floor) = (Times::default(), Times::default());
    for (n, visit) in Visits::of(3, 1_793_581_200).take(extent.saves + WARM_UP).enumerate() {
        phone.set_clock(visit.started + i64::from(visit.minutes) * 60);
        let draft = phone.draft(&visit)?;
        let mut saved = Times::default();
        saved.take(|| phone.save(draft))?;
        let rows = copier.rows(draft)?;
        raw.keep_draft(&rows)?;
        let mut wrote = Times::default();
        wrote.take(|| raw.save(&rows))?;
        if n >= WARM_UP {
            own.append(saved);
            floor.append(wrote);
        }
    }
    report.part(format!("Saving a visit, durable (WAL, synchronous FULL), {} times in turns with raw SQL", extent.saves));
    for (key, ratio_key, what, share, most) in [
        ("save.p50_ms", "save.ratio_p50", "half of the saves within", 0.5, 1.25),
        ("save.p99_ms", "save.ratio_p99", "99 of 100 within", 0.99, 1.5),
    ] {
        let (ours, raw) = (own.quantile_ms(share), floor.quantile_ms(share));
        let beside = format!("raw SQLite, the same rows: {raw:.3} ms");
        report.add(Figure { key, what, value: ours, unit: "ms", target: Target::None, beside });
        let target = Target::AtMost(most);
        report.add(Figure {
            key: ratio_key,
            what: "  of what raw SQLite takes",
            value: ours / raw,
            unit: "×",
            target,
            beside: String::new(),
        });
    }
    Ok(())
}
