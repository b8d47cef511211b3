//! Carries records to the office and back: by itself while the app is open, or once, to the end.

use std::sync::Arc;
use std::time::Duration;

use fieldbook_device::engine::{Effect, Engine, Event};
use fieldbook_device::http::{self, Line, Nudge};
use fieldbook_device::store::{Store, StoreError};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use tokio::sync::{Mutex, watch};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::change::Change;
use crate::error::{FieldbookError, Result};
use crate::fieldbook::Core;
use crate::outbox::Network;
use crate::phone::Phone;
use crate::settings;

/// What was saved a moment ago goes when the time for "Hoàn tác" is over, and "Gửi ngay" waits for that.
const WORTH_WAITING_MS: i64 = 11_000;

/// Sends and receives by itself while it lives.
#[derive(Debug, Default)]
pub(crate) struct Courier {
    on_the_way: Mutex<Option<Rounds>>,
    nudge: Nudge,
}

#[derive(Debug)]
struct Rounds {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What went over the line, once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Trip {
    pub(crate) sent: u64,
    pub(crate) received: u64,
    /// The last request came to an answer and there is nothing more to ask.
    pub(crate) complete: bool,
}

impl Courier {
    /// Something was saved, or the network is back.
    pub(crate) fn wake(&self) {
        self.nudge.wake();
    }

    /// Begins its rounds; without an office or a network there is nothing to go round for.
    pub(crate) async fn start(&self, core: &Arc<Core>, phone: &Arc<Phone>) -> Result<()> {
        let mut on_the_way = self.on_the_way.lock().await;
        if on_the_way.is_none() {
            *on_the_way = self.begin(core, phone).await?;
        }
        Ok(())
    }

    /// Ends its rounds; true when it was on them. What was on the way counts as lost and goes again later.
    pub(crate) async fn stop(&self) -> bool {
        end(&mut *self.on_the_way.lock().await).await
    }

    /// Ends its rounds and does this before any other begins: two never send the same picture.
    pub(crate) async fn stopped<T>(&self, then: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T>
    where
        T: Send + 'static,
    {
        let mut on_the_way = self.on_the_way.lock().await;
        end(&mut on_the_way).await;
        spawn_blocking(then).await.map_err(FieldbookError::internal)?
    }

    /// Sends and receives until nothing is left or nothing goes. Nobody else goes meanwhile: an engine asked by two takes
    /// the answer to the one for an answer to the other.
    pub(crate) async fn once(&self, core: &Arc<Core>, phone: &Arc<Phone>) -> Result<Trip> {
        let mut on_the_way = self.on_the_way.lock().await;
        let was_on = end(&mut on_the_way).await;
        let trip = once(core, phone).await;
        if was_on {
            *on_the_way = self.begin(core, phone).await?;
        }
        trip
    }

    async fn begin(&self, core: &Arc<Core>, phone: &Arc<Phone>) -> Result<Option<Rounds>> {
        let network = settings::network(phone)?;
        let Some(line) = line(phone)?.filter(|_| network != Network::NoNetwork && !phone.practice) else {
            return Ok(None);
        };
        phone.engine.lock().await.set_metered(network == Network::Metered);
        let (stop, stopped) = watch::channel(false);
        let told = Arc::clone(core);
        let changed = move || told.news.tell(Change::Everything);
        let run = http::run(
            Arc::clone(&phone.engine),
            Arc::clone(&phone.store),
            line,
            seeded()?,
            self.nudge.clone(),
            stopped,
            changed,
        );
        Ok(Some(Rounds { stop, task: tokio::spawn(run) }))
    }
}

async fn end(on_the_way: &mut Option<Rounds>) -> bool {
    let Some(rounds) = on_the_way.take() else {
        return false;
    };
    rounds.stop.send_replace(true);
    if let Err(error) = rounds.task.await {
        tracing::error!(%error, "sending stopped by itself");
    }
    true
}

async fn once(core: &Arc<Core>, phone: &Arc<Phone>) -> Result<Trip> {
    let network = settings::network(phone)?;
    if phone.practice {
        return Ok(Trip { complete: true, ..Trip::default() });
    }
    let line = line(phone)?.ok_or(FieldbookError::SignInAgain)?;
    if network == Network::NoNetwork {
        return Err(FieldbookError::Offline);
    }
    phone.engine.lock().await.set_metered(network == Network::Metered);
    let mut trip = Trip { complete: true, ..Trip::default() };
    let mut event = Event::Nudge;
    loop {
        let now = core.clock.now_millis();
        let effect = step(phone, move |engine, store, rng| {
            engine.handle(store, now, event, rng)?;
            engine.next(store, now, rng)
        });
        let effect = effect.await?;
        match effect {
            Effect::Idle => return Ok(trip),
            Effect::Wait { until } => {
                let left = until.saturating_sub(now);
                let worth_it = trip.complete && core.clock.runs() && left <= WORTH_WAITING_MS && undo_is_open(phone, now)?;
                if !worth_it {
                    return Ok(trip);
                }
                tokio::time::sleep(Duration::from_millis(u64::try_from(left).unwrap_or(0))).await;
                event = Event::Nudge;
            }
            Effect::Post { .. } | Effect::PutPreview { .. } | Effect::Patch { .. } => {
                event = line.exchange(&effect).await;
                trip.complete = matches!(&event, Event::Answered(answer) if answer.status < 400);
                let (sent, received) = line.traffic().take();
                (trip.sent, trip.received) = (trip.sent + sent, trip.received + received);
                phone.engine.lock().await.count(sent, received);
                core.news.tell(Change::Traffic);
            }
        }
    }
}

/// The way to this phone's office; none before enrolment.
fn line(phone: &Phone) -> Result<Option<Line>> {
    let Some(office) = settings::office(phone)? else {
        return Ok(None);
    };
    Ok(Some(Line::new(&office.server, office.root.as_deref().map(|root| root.as_slice()))?))
}

fn undo_is_open(phone: &Phone, now: i64) -> Result<bool> {
    let outbox = phone.store.read(|tx| tx.outbox(tx.account()?.writer, now.div_euclid(1000), 1, 1))?;
    Ok(outbox.not_before.is_some())
}

/// One step of the engine on a thread that may block. Once begun it is finished.
async fn step<T: Send + 'static>(
    phone: &Arc<Phone>,
    take: impl FnOnce(&mut Engine, &Store, &mut StdRng) -> Result<T, StoreError> + Send + 'static,
) -> Result<T> {
    let (phone, mut rng) = (Arc::clone(phone), seeded()?);
    let done = spawn_blocking(move || take(&mut phone.engine.blocking_lock(), &phone.store, &mut rng));
    Ok(done.await.map_err(FieldbookError::internal)??)
}

/// Randomness from the system.
pub(crate) fn seeded() -> Result<StdRng> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(FieldbookError::internal)?;
    Ok(StdRng::from_seed(seed))
}
