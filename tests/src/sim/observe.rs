//! What is noticed of each answer as it passes: what it was, whether something moved, and whether a photo went on.

use fieldbook_device::engine::Answer;
use fieldbook_protocol::frame;
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};

use super::network::Request;
use super::phone::LastSave;
use super::world::World;
use super::{Outcome, aloud, broken, said};

impl World {
    /// Notes what a request brought, and whether it may.
    pub(crate) fn observe(&mut self, request: &Request, answer: &Answer) -> Outcome<()> {
        aloud::say_exchange(request, answer);
        self.surprise = match answer.status {
            401 => Some("heard: unknown token"),
            409 if request.is_sync() => Some("heard: cloned"),
            _ => None,
        };
        let moved = std::mem::take(&mut self.moved);
        self.look_at(request, answer);
        if self.moved {
            self.latest = format!("{} {} answered with {}", request.method, request.path, answer.status);
        }
        self.moved |= moved;
        self.goes_on(request, answer)
    }

    /// What "Hoàn tác" could still take back is not sent, nor anything that was written after it.
    pub(crate) fn stays_to_be_undone(&self, n: usize, request: &Request) -> Outcome<()> {
        let phone = &self.phones[n];
        let Some(LastSave { first, undo_until: Some(until), .. }) = phone.last_save else { return Ok(()) };
        if !request.is_sync() || phone.clock(self.now) >= until || phone.writer()? != Some(first.writer) {
            return Ok(());
        }
        let message: SyncRequest = frame::unpack(&request.body).map_err(said)?;
        let Some(facts) = message.facts else { return Ok(()) };
        let last = facts.items(first.writer).map_err(said)?.pop();
        match last.filter(|last| last.id.seq >= first.seq) {
            Some(last) => broken("what can be undone stays", format!("phone {n} sends {} before {until}", last.id)),
            None => Ok(()),
        }
    }

    /// What arrived of a photo is never asked for again.
    fn goes_on(&mut self, request: &Request, answer: &Answer) -> Outcome<()> {
        let Some(offset) = answer.upload_offset else { return Ok(()) };
        let known = self.stands.entry(request.path.clone()).or_default();
        if offset < *known {
            return broken("a photo goes on where it stopped", format!("{} was at {known}, and is at {offset}", request.path));
        }
        *known = offset;
        Ok(())
    }

    fn look_at(&mut self, request: &Request, answer: &Answer) {
        if answer.status >= 400 || answer.status == 202 {
            // Two phones with one token change it in turn until one of them writes; nobody waits for that.
            self.moved |= answer.status != 401;
            return self.counts.refused(answer);
        }
        if request.is_sync() {
            if let Ok(asked) = frame::unpack::<SyncRequest>(&request.body) {
                self.counts.asked(&asked);
                if asked.next_token.is_some() {
                    self.counts.hit("token rotated");
                }
            }
            if let Ok(answer) = frame::unpack::<SyncAnswer>(&answer.body) {
                self.counts.answered(&answer);
                if answer.check.as_ref().is_some_and(|check| !check.same) {
                    self.surprise = Some("heard: not the same");
                }
                let quiet = answer.facts.is_none() && answer.acknowledged.is_none() && answer.drop.is_none();
                self.moved |= !quiet || answer.restored.is_some() || answer.check.is_some_and(|check| !check.same);
            }
            return;
        }
        self.moved = true;
        self.counts.hit(match request.method {
            "PUT" => "preview",
            "PATCH" if answer.upload_offset.is_some_and(|offset| offset == self.length_of(request)) => "photo finished",
            "PATCH" => "photo piece",
            _ => "enrolled",
        });
    }

    fn length_of(&self, request: &Request) -> u64 {
        request.offset.unwrap_or(0) + request.body.len() as u64
    }
}
