//! The end of a story: faults stop, everybody comes back, and within a week everything must have come to rest.

use fieldbook_device::engine::{Effect, Event};
use fieldbook_device::store::Rebuild;
use fieldbook_device::store::sync::Stopped;
use fieldbook_protocol::version;
use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::network::Request;
use super::phone::Use;
use super::world::World;
use super::{Outcome, broken, said};

/// Days until everything must be at rest.
const DAYS: usize = 24;

/// A round that brought nothing new can only follow the one that compared.
const AT_LEAST: usize = 2;

/// After so many milliseconds other facts, tokens and rules have changed around a phone.
const LONG_SILENCE: i64 = 400 * 86_400_000;

/// The most requests and waits of one phone on one day.
const MOST_STEPS: usize = 600;

impl World {
    pub(crate) fn settle(&mut self) -> Outcome<()> {
        let mut rng = StdRng::seed_from_u64(self.seed);
        self.trouble = 0;
        self.old_office = false;
        self.office.disk.set_full(false);
        self.office.crash(&mut rng)?;
        while !self.late.is_empty() {
            self.deliver_late(&mut rng)?;
        }
        for n in 0..self.phones.len() {
            self.make_sound(n, &mut rng)?;
        }
        for day in 0..DAYS {
            self.now += 25 * 3_600_000;
            self.moved = false;
            self.confirm_all()?;
            for n in 0..self.phones.len() {
                self.enrol_again(n)?;
                self.phones[n].tell(self.now, Event::Nudge)?;
                self.rest(n, &mut rng)?;
            }
            if day >= AT_LEAST && !self.moved {
                return Ok(());
            }
        }
        broken("queues drain once faults stop", format!("after all these days there is still something new: {}", self.latest))
    }

    /// Room on the disk, a present app, switched on, the update finished.
    fn make_sound(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let phone = &mut self.phones[n];
        if let Use::Silent { since } = phone.standing {
            phone.standing = Use::InUse;
            if self.now - since >= LONG_SILENCE {
                self.counts.hit("silent for 400 days");
            }
        }
        phone.disk.set_full(false);
        phone.protocol = version::PROTOCOL;
        phone.end(super::disk::End::Killed, rng)?;
        if phone.store()?.needs_rebuild().map_err(said)? {
            while phone.store()?.rebuild_step().map_err(said)? == Rebuild::Going {}
        }
        self.glance(n)
    }

    fn rest(&mut self, n: usize, rng: &mut StdRng) -> Outcome<()> {
        let mut last = None;
        for _ in 0..MOST_STEPS {
            let Some(effect) = self.phones[n].next(self.now)? else {
                return broken("nothing fails by itself", "the disk is sound, and the engine failed");
            };
            let request = Request::of(&effect);
            match (&*last.insert(effect), request) {
                (_, Some(request)) => self.carry(n, request, rng)?,
                (Effect::Wait { until }, None) => {
                    let wait = until - (self.now + self.phones[n].skew);
                    if wait > 60_000 {
                        return Ok(());
                    }
                    self.now += wait.max(1);
                }
                (_, None) => {
                    let state = self.phones[n].store()?.read(|tx| tx.sync_state()).map_err(said)?;
                    if matches!(state.stopped, Some(Stopped::Revoked | Stopped::SignInAgain)) {
                        self.enrol_again(n)?;
                        self.phones[n].tell(self.now, Event::Nudge)?;
                        continue;
                    }
                    return Ok(());
                }
            }
        }
        let last = format!("{last:?}");
        broken("queues drain once faults stop", format!("phone {n} does not come to rest: {last:.300}"))
    }
}
