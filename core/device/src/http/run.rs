//! Drives the engine in the app: asks it what to do, does it, tells it what happened.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand::rngs::StdRng;
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::spawn_blocking;

use super::Line;
use crate::engine::{Effect, Engine, Event};
use crate::store::{Store, StoreError};

/// How long to wait when the store itself fails (storage full, file locked).
const STORE_FAILED: Duration = Duration::from_secs(30);

/// The longest sleep without looking at the clock again: a phone sleeps, and its clock jumps.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Wakes the engine: "Gửi ngay", something saved, the network is back.
#[derive(Debug, Clone, Default)]
pub struct Nudge(Arc<Notify>);

/// A nudge to hand to [`run`] and to keep.
pub fn nudges() -> Nudge {
    Nudge::default()
}

impl Nudge {
    /// Wakes the engine; remembered when it is busy.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Runs until `stop` turns true or its sender is gone. May be dropped at any point: what was on the way counts as lost, and a
/// later run over the same store goes on. `changed` is called after everything that may have changed what screens show.
pub async fn run(
    engine: Arc<Mutex<Engine>>,
    store: Arc<Store>,
    line: Line,
    rng: StdRng,
    nudge: Nudge,
    mut stop: watch::Receiver<bool>,
    changed: impl Fn() + Send + Sync,
) {
    let rng = Arc::new(std::sync::Mutex::new(rng));
    while !*stop.borrow() {
        let next = step(&engine, &store, &rng, |engine, store, now, rng| engine.next(store, now, rng)).await;
        let event = match next {
            Ok(Effect::Wait { until }) => {
                let left = Duration::from_millis(u64::try_from(until.saturating_sub(unix_millis())).unwrap_or(0));
                tokio::select! {
                    () = tokio::time::sleep(left.min(LONGEST_SLEEP)) => continue,
                    () = nudge.0.notified() => Event::Nudge,
                    _ = stop.changed() => return,
                }
            }
            Ok(Effect::Idle) => tokio::select! {
                () = nudge.0.notified() => Event::Nudge,
                _ = stop.changed() => return,
            },
            Ok(effect) => tokio::select! {
                event = line.exchange(&effect) => event,
                _ = stop.changed() => return,
            },
            Err(error) => {
                tracing::error!(%error, "the store failed");
                tokio::select! {
                    () = tokio::time::sleep(STORE_FAILED) => continue,
                    () = nudge.0.notified() => Event::Nudge,
                    _ = stop.changed() => return,
                }
            }
        };
        let (sent, received) = line.traffic().take();
        let handled = step(&engine, &store, &rng, move |engine, store, now, rng| {
            engine.count(sent, received);
            engine.handle(store, now, event, rng)
        });
        if let Err(error) = handled.await {
            tracing::error!(%error, "an answer could not be kept");
        }
        changed();
    }
}

/// One step of the engine, on a thread that may block: it reads and writes the database. Once begun it is finished, also when
/// the run is dropped meanwhile.
async fn step<T: Send + 'static>(
    engine: &Arc<Mutex<Engine>>,
    store: &Arc<Store>,
    rng: &Arc<std::sync::Mutex<StdRng>>,
    take: impl FnOnce(&mut Engine, &Store, i64, &mut StdRng) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let (engine, store, rng) = (engine.clone(), store.clone(), rng.clone());
    let done = spawn_blocking(move || {
        let mut engine = engine.blocking_lock();
        let mut rng = rng.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        take(&mut engine, &store, unix_millis(), &mut rng)
    });
    done.await.unwrap_or_else(|e| Err(StoreError::Io { reason: format!("a step of the engine stopped: {e}") }))
}

fn unix_millis() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis),
    }
}
