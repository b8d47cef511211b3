//! What eight phones feel while a ninth sends 100,000 facts: their visits are pushed at a steady pace, first alone, then beside it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use fieldbook_server::aside::step_back;

use super::process::Apart;
use super::report::{Figure, Report, Target};
use super::sender::Sender;
use super::times::Times;
use super::{Extent, Measured, organisation};

/// The others.
const OTHERS: usize = 8;

/// Each of them pushes a visit so often: together many times what a province does at its busiest.
const PACE: Duration = Duration::from_millis(20);

/// Visits in one request of the phone with much to send: about what fits into 64 KB.
const AT_ONCE: usize = 250;

/// Facts of one visit.
const FACTS: usize = 4;

/// Visits each of the others has ready: more than it can send meanwhile.
const READY: usize = 4_000;

/// However long it takes, nobody is told to be slower.
const REQUESTS_PER_HOUR: u32 = 1_000_000;

/// The others are measured alone for so many pushes each.
const ALONE: usize = 250;

/// Measures the others' times, alone and beside a large push.
pub fn measure(report: &mut Report, extent: Extent, folder: &Path) -> Measured<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64;
    let (mut office, invited) = organisation::found(&folder.join("office"), OTHERS + 1, now)?;
    office.allow(REQUESTS_PER_HOUR);
    office.start()?;
    let apart = Apart::set(office.pid().ok_or("the server does not run")?);
    // What the large push is packed with is another phone's processor in life: it must not make an answer seem late.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().on_thread_start(step_back).build()?;
    let large = extent.large_push.div_ceil(FACTS * AT_ONCE);
    let (alone, beside, took) = runtime.block_on(async {
        let mut others = Vec::new();
        for (n, invited) in invited.iter().take(OTHERS).enumerate() {
            others.push(Sender::enrol(office.url(), invited, n as u64, READY, 1, now).await?);
        }
        let mut big = Sender::enrol(office.url(), &invited[OTHERS], 99, large, AT_ONCE, now).await?;
        let pushes = ALONE.min(extent.large_push);
        let (mut others, alone) = at_pace(others, |n| n < pushes).await?;
        let finished = AtomicBool::new(false);
        let began = Instant::now();
        let pushing = async {
            while big.push().await? {}
            finished.store(true, Ordering::Relaxed);
            Measured::Ok(began.elapsed())
        };
        let going_on = at_pace(std::mem::take(&mut others), |_| !finished.load(Ordering::Relaxed));
        let (took, (_, beside)) = futures_util::try_join!(pushing, going_on)?;
        Measured::Ok((alone, beside, took))
    })?;
    let told = apart.told();
    drop(apart);
    office.stop()?;

    let facts = large * AT_ONCE * FACTS;
    report.part(format!("Eight phones beside one that sends {facts} facts; each pushes a visit every {PACE:?}; {told}"));
    let (before, during) = (alone.quantile_ms(0.99), beside.quantile_ms(0.99));
    let figure = |key, what, value, unit, target, beside: String| Figure { key, what, value, unit, target, beside };
    report.add(figure(
        "neighbours.p99_alone_ms",
        "99 of 100 answered within, alone",
        before,
        "ms",
        Target::None,
        format!("half within {:.2} ms", alone.quantile_ms(0.5)),
    ));
    report.add(figure(
        "neighbours.p99_ms",
        "99 of 100 answered within, beside it",
        during,
        "ms",
        Target::None,
        format!("half within {:.2} ms", beside.quantile_ms(0.5)),
    ));
    report.add(figure(
        "neighbours.ratio_p99",
        "  of what it is alone",
        during / before,
        "×",
        Target::AtMost(2.0),
        "CHT: one large push blocks all".into(),
    ));
    report.add(figure(
        "neighbours.large_facts_per_s",
        "the large push itself",
        facts as f64 / took.as_secs_f64(),
        "facts/s",
        Target::None,
        format!("in {:.1} s", took.as_secs_f64()),
    ));
    Ok(())
}

/// Everybody pushes at the pace for as long as `goes_on` says of how many were pushed.
async fn at_pace(others: Vec<Sender>, goes_on: impl Fn(usize) -> bool) -> Measured<(Vec<Sender>, Times)> {
    let goes_on = &goes_on;
    let count = others.len() as u32;
    let each = others.into_iter().zip(0_u32..).map(|(mut sender, n)| async move {
        let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + PACE * n / count, PACE);
        beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut times = Times::default();
        let mut pushed = 0;
        while goes_on(pushed) {
            beat.tick().await;
            let asked = Instant::now();
            if !sender.push().await? {
                break;
            }
            times.push(asked.elapsed());
            pushed += 1;
        }
        Measured::Ok((sender, times))
    });
    let mut all = Times::default();
    let mut senders = Vec::new();
    for (sender, times) in futures_util::future::try_join_all(each).await? {
        all.append(times);
        senders.push(sender);
    }
    Ok((senders, all))
}
