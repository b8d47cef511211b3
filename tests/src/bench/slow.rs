//! The same syncs over a line as it is in the hills: slow, far, and breaking; beside what distance and rate alone would take.

use std::path::Path;
use std::time::{Duration, Instant};

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use super::phone::Phone;
use super::report::{Figure, Report, Target};
use super::setting::{Setting, runtime};
use super::visits::Visits;
use super::{Extent, Measured};
use crate::proxy::tcp::{Fault, Proxy};

/// There and back.
const ROUND_TRIP: Duration = Duration::from_millis(200);

/// 64 kb/s.
const BYTES_PER_SECOND: u64 = 8_000;

/// Of every hundred packets of this size five break the line: so it breaks after 20 of them on average.
const PACKET: f64 = 1_400.0;
const PACKETS: f64 = 20.0;

/// How often one visit and nothing new are sent.
const TIMES: usize = 10;

/// A backlog this bad a line gets through in minutes.
const TRIES: usize = 500;

/// What a sync over the line took.
#[derive(Default)]
struct Took {
    seconds: f64,
    bytes: u64,
    requests: u64,
    breaks: u64,
}

impl Took {
    /// Seconds that distance and rate alone take for these bytes and requests, and one more way there and back a connection.
    fn floor(&self) -> f64 {
        let trips = (self.requests + self.breaks) as f64;
        trips * ROUND_TRIP.as_secs_f64() + self.bytes as f64 / BYTES_PER_SECOND as f64
    }
}

/// Measures over such a line.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    runtime()?.block_on(async {
        let setting = Setting::found(folder, 1).await?;
        let (proxy, now) = (&setting.proxy, setting.now);
        let mut phone = setting.phone(0).await?;

        proxy.usual(Fault { delay: Some(ROUND_TRIP / 2), bytes_per_second: Some(BYTES_PER_SECOND), ..Fault::default() });
        let mut chance = SmallRng::seed_from_u64(8);
        let breaks = (0..TRIES).map(|_| {
            // Exponential, as breaks that know nothing of one another are.
            let after = (-(1.0 - chance.random::<f64>()).ln() * PACKET * PACKETS) as u64;
            Fault {
                delay: Some(ROUND_TRIP / 2),
                bytes_per_second: Some(BYTES_PER_SECOND),
                cut_up_after: Some(after.max(1)),
                ..Fault::default()
            }
        });
        phone.reconnect(&setting.address)?;
        proxy.plan(breaks.collect::<Vec<_>>());
        report.part("Over a bad line: 200 ms there and back, 64 kb/s, five of a hundred packets break it; pauses between tries left out");

        let mut visits = Visits::of(1, now - 2 * 86_400);
        let (mut one, mut nothing) = (Took::default(), Took::default());
        for visit in visits.by_ref().take(TIMES) {
            phone.save(phone.draft(&visit)?)?;
            phone.wait_for_undo();
            through(&mut phone, proxy, &mut one).await?;
            through(&mut phone, proxy, &mut nothing).await?;
        }
        let mut backlog = Took::default();
        for visit in Visits::of(2, now - 45 * 86_400).take(extent.backlog) {
            phone.set_clock(visit.started + i64::from(visit.minutes) * 60);
            phone.save(phone.draft(&visit)?)?;
        }
        phone.set_clock(now + 86_400);
        through(&mut phone, proxy, &mut backlog).await?;

        for (key, what, took, times) in [
            ("bad_line.one_visit_s", "one visit", one, TIMES),
            ("bad_line.idle_s", "nothing new", nothing, TIMES),
            ("bad_line.backlog_s", "the backlog of 1,000 visits", backlog, 1),
        ] {
            let each = |sum: f64| sum / times as f64;
            let beside = format!(
                "distance and rate alone: {:.2} s; {:.0} B, {:.1} requests, broke {} times",
                each(took.floor()),
                each(took.bytes as f64),
                each(took.requests as f64),
                took.breaks
            );
            report.add(Figure { key, what, value: each(took.seconds), unit: "s", target: Target::None, beside });
        }
        Ok(())
    })
}

/// Tries until everything has gone.
async fn through(phone: &mut Phone, proxy: &Proxy, took: &mut Took) -> Measured<()> {
    for _ in 0..TRIES {
        proxy.reset();
        let began = Instant::now();
        let synced = phone.sync().await;
        took.seconds += began.elapsed().as_secs_f64();
        took.bytes += proxy.reset().both();
        took.requests += phone.requests();
        match synced {
            Ok(_) if phone.waiting()? == 0 => return Ok(()),
            Ok(_) => {}
            Err(_) => took.breaks += 1,
        }
    }
    Err("it does not get through".into())
}
