//! What an answer means, and what to do when there is none.

use fieldbook_protocol::enrol::EnrolAnswer;
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_protocol::sync::SyncAnswer;
use rand::RngCore;

use super::pace::Pause;
use super::requests::{new_token, new_writer};
use super::{Answer, Asked, Engine, Failure, Flight, seconds};
use crate::store::sync::{Applied, Enrolment, Failing, Sent, Stopped, SyncState, Trouble, Why};
use crate::store::{Store, StoreError};

/// How often the phone asks whether the office has confirmed it, milliseconds.
const CONFIRMATION: i64 = 10 * 60_000;

/// Code of a fact that the office cannot even read: [`fieldbook_model::case::Refusal::Malformed`].
const MALFORMED: u32 = fieldbook_model::case::Refusal::Malformed.code();

impl Engine {
    pub(super) fn answered(
        &mut self,
        store: &Store,
        now: i64,
        flight: Flight,
        answer: Answer,
        rng: &mut dyn RngCore,
    ) -> Result<(), StoreError> {
        if flight.is_outdated(&store.read(|tx| tx.sync_state())?) {
            self.nudged = true;
            return Ok(());
        }
        if matches!(answer.status, 200 | 201 | 204) {
            self.link.went_through(flight.bytes + answer.body.len() as u64, now - flight.began);
            return match flight.asked {
                Asked::Sync(sent) => self.synced(store, now, &sent, &answer, rng),
                Asked::Enrol => self.enrolled(store, now, &answer, rng),
                Asked::Preview(hash) => {
                    self.went_well(store, now, |_| ())?;
                    store.write(|tx| tx.preview_sent(hash))
                }
                Asked::Part { hash, offset, len, total } => {
                    self.went_well(store, now, |_| ())?;
                    let offset = answer.upload_offset.unwrap_or(offset + len).min(total);
                    store.write(|tx| tx.photo_sent(hash, offset, seconds(now)))
                }
            };
        }
        let code = frame::unpack::<Fault>(&answer.body).ok().map(|fault| fault.code);
        match (code, flight.asked) {
            (Some(FaultCode::UnknownToken), _) => self.unknown_token(store, now, rng),
            (Some(FaultCode::Revoked), _) => self.stop(store, now, Stopped::Revoked),
            (Some(FaultCode::UpdateApp), _) => self.stop(store, now, Stopped::UpdateApp),
            (Some(FaultCode::Cloned), Asked::Sync(sent)) => self.cloned(store, &sent, rng),
            (Some(FaultCode::TooLarge), Asked::Sync(sent)) => self.too_much(store, now, &sent, "too large for the office", rng),
            (Some(FaultCode::Malformed), Asked::Sync(sent)) => {
                self.too_much(store, now, &sent, "not understood by the office", rng)
            }
            (Some(FaultCode::AwaitConfirmation), _) => self.awaits(store, now),
            (Some(FaultCode::BadCode), Asked::Enrol) => self.stop(store, now, Stopped::SignInAgain),
            (Some(FaultCode::WrongOffset), Asked::Part { hash, total, .. }) => {
                self.wrong_offset(store, now, hash, total, &answer, rng)
            }
            (Some(FaultCode::BadPicture), Asked::Part { hash, .. } | Asked::Preview(hash)) => {
                store.write(|tx| tx.photo_rejected(hash, seconds(now)))
            }
            (_, Asked::Preview(hash)) if matches!(answer.status, 400..=499) => {
                self.photo_pause = Some(Pause::after(self.failures + 1, answer.retry_after, now, rng));
                store.write(|tx| tx.preview_sent(hash))
            }
            (_, Asked::Part { hash, .. }) if matches!(answer.status, 400..=428 | 430..=499) => {
                self.photo_pause = Some(Pause::after(self.failures + 5, answer.retry_after, now, rng));
                let unknown = code == Some(FaultCode::NotFound);
                store.write(|tx| if unknown { tx.photo_unknown(hash) } else { tx.photo_uncertain(hash) })
            }
            _ => {
                let busy = matches!(answer.status, 429 | 500..=599);
                let (why, detail) = if busy { (Why::ServerBusy, "busy") } else { (Why::Broken, "unexpected status") };
                self.record(store, now, why, &format!("{detail} {}", answer.status))?;
                self.back_off(answer.retry_after, now, rng);
                Ok(())
            }
        }
    }

    pub(super) fn failed(
        &mut self,
        store: &Store,
        now: i64,
        flight: Flight,
        failure: Failure,
        rng: &mut dyn RngCore,
    ) -> Result<(), StoreError> {
        if matches!(failure, Failure::Cut(_) | Failure::Stalled) {
            self.link.was_cut();
        }
        if let (Failure::File(why), Asked::Part { hash, .. } | Asked::Preview(hash)) = (&failure, &flight.asked) {
            let preview = matches!(flight.asked, Asked::Preview(_));
            self.photo_pause = Some(Pause::after(self.failures + 1, None, now, rng));
            return store
                .write(|tx| if preview { tx.preview_sent(*hash) } else { tx.photo_unreadable(*hash, why, seconds(now)) });
        }
        let (why, detail) = match failure {
            Failure::Offline => (Why::Offline, "no connection".to_owned()),
            Failure::Cut(detail) => (Why::Offline, detail),
            Failure::Stalled => (Why::Offline, "nothing moved".to_owned()),
            Failure::Untrusted(detail) => (Why::Untrusted, detail),
            Failure::File(detail) | Failure::Broken(detail) => (Why::Broken, detail),
        };
        self.record(store, now, why, &detail)?;
        self.back_off(None, now, rng);
        Ok(())
    }

    fn synced(
        &mut self,
        store: &Store,
        now: i64,
        sent: &Sent,
        answer: &Answer,
        rng: &mut dyn RngCore,
    ) -> Result<(), StoreError> {
        let message: SyncAnswer = match frame::unpack(&answer.body) {
            Ok(message) => message,
            Err(frame::BadFrame::UnknownDictionary(_)) => return self.stop(store, now, Stopped::UpdateApp),
            Err(error) => {
                self.record(store, now, Why::Broken, &format!("answer: {error}"))?;
                self.back_off(None, now, rng);
                return Ok(());
            }
        };
        let mut poison = None;
        let mut applied = self.keep(store, now, sent, &message);
        if let Err(StoreError::BadFact(error)) = applied {
            // One fact that cannot be kept must not hold back the verdicts on the phone's own.
            poison = Some(error.to_string());
            applied = self.keep(store, now, sent, &SyncAnswer { facts: None, cursor: None, drop: None, ..message });
        }
        let mut applied = applied?;
        if let Some(why) = poison {
            store.write(|tx| tx.add_trouble(Trouble::Office, None, &why, seconds(now)))?;
            applied.unreadable = Some(why);
        }
        self.at_most = self.at_most.filter(|most| sent.facts.len() >= *most);
        let Applied { progress, cloned, unreadable } = applied;
        if cloned {
            return self.become_new_writer(store, rng);
        }
        if let Some(why) = unreadable {
            self.synced_at = Some(now);
            self.record(store, now, Why::Broken, &why)?;
            self.back_off(None, now, rng);
            return Ok(());
        }
        if !progress {
            self.record(store, now, Why::Broken, "the office answered and nothing moved")?;
            self.back_off(None, now, rng);
            return Ok(());
        }
        self.failures = 0;
        self.pause = None;
        self.synced_at = Some(now);
        Ok(())
    }

    fn keep(&mut self, store: &Store, now: i64, sent: &Sent, message: &SyncAnswer) -> Result<Applied, StoreError> {
        let (bytes_sent, bytes_received) = (self.sent, self.received);
        if fieldbook_model::planted!(CursorBeforeApply) && message.cursor.is_some() {
            store.write(|tx| {
                let state = SyncState { cursor: message.cursor.clone(), ..tx.sync_state()? };
                tx.set_sync_state(&state)
            })?;
        }
        let applied = store.write(|tx| {
            let applied = tx.apply(sent, message, seconds(now))?;
            let mut state = tx.sync_state()?;
            state.count(super::month(now), bytes_sent, bytes_received);
            tx.set_sync_state(&state)?;
            Ok::<_, StoreError>(applied)
        })?;
        (self.sent, self.received) = (0, 0);
        Ok(applied)
    }

    fn enrolled(&mut self, store: &Store, now: i64, answer: &Answer, rng: &mut dyn RngCore) -> Result<(), StoreError> {
        let message: EnrolAnswer = match frame::unpack(&answer.body) {
            Ok(message) => message,
            Err(error) => {
                self.record(store, now, Why::Broken, &format!("answer: {error}"))?;
                self.back_off(None, now, rng);
                return Ok(());
            }
        };
        self.went_well(store, now, |_| ())?;
        store.write(|tx| tx.take_enrolment(&message, seconds(now)))?;
        self.failures = 0;
        self.nudged = true;
        Ok(())
    }

    /// A restored office may know only the token before; else the certificate is the proof.
    fn unknown_token(&mut self, store: &Store, now: i64, rng: &mut dyn RngCore) -> Result<(), StoreError> {
        let token = store.seal().seal(new_token(rng))?;
        let done = store.write(|tx| {
            let mut state = tx.sync_state()?;
            if let Some(previous) = state.previous_token.take() {
                state.token = Some(previous);
                state.next_token = None;
                state.token_since = 0;
            } else if state.certificate.is_some() && state.enrolment.as_ref().is_none_or(|enrolment| !enrolment.by_certificate)
            {
                // A clone that was becoming a new writer starts over as itself; the office finds out again.
                let writer = tx.account()?.writer.0;
                state.enrolment = Some(Enrolment { writer, token, by_certificate: true, awaiting: false });
            } else {
                state.stopped = Some(Stopped::SignInAgain);
            }
            tx.set_sync_state(&state)?;
            Ok::<_, StoreError>(state.stopped.is_none())
        })?;
        self.nudged = done;
        if done {
            self.back_off(None, now, rng);
        }
        Ok(())
    }

    /// Facts sent before the phone was copied may be known at the office as they are; only the first one that is not shows
    /// what has to be filed anew. So they go one by one until then.
    fn cloned(&mut self, store: &Store, sent: &Sent, rng: &mut dyn RngCore) -> Result<(), StoreError> {
        if sent.facts.len() > 1 {
            self.nudged = true;
            self.at_most = Some(1);
            return Ok(());
        }
        self.at_most = None;
        self.become_new_writer(store, rng)
    }

    /// The same ids exist at the office with other content: the phone asks for a new writer number, then files what was not
    /// confirmed anew. Asked for once, however often the office says so.
    fn become_new_writer(&mut self, store: &Store, rng: &mut dyn RngCore) -> Result<(), StoreError> {
        let (writer, token) = (new_writer(rng), store.seal().seal(new_token(rng))?);
        self.nudged = true;
        store.write(|tx| {
            let mut state = tx.sync_state()?;
            if state.enrolment.is_none() {
                state.enrolment = Some(Enrolment { writer: writer.0, token, by_certificate: false, awaiting: false });
            }
            tx.set_sync_state(&state)
        })
    }

    /// Less next time; a single fact that is too much by itself is sent back to its author.
    fn too_much(&mut self, store: &Store, now: i64, sent: &Sent, why: &str, rng: &mut dyn RngCore) -> Result<(), StoreError> {
        self.link.was_cut();
        match sent.facts.as_slice() {
            [] => {
                self.record(store, now, Why::Broken, why)?;
                self.back_off(None, now, rng);
                Ok(())
            }
            [seq] => {
                self.nudged = true;
                self.at_most = None;
                store.write(|tx| tx.refuse_here(sent.writer, *seq, MALFORMED, seconds(now)))
            }
            many => {
                self.nudged = true;
                self.at_most = Some(many.len() / 2);
                Ok(())
            }
        }
    }

    fn awaits(&mut self, store: &Store, now: i64) -> Result<(), StoreError> {
        self.pause = Some(Pause::of(now, CONFIRMATION));
        self.went_well(store, now, |state| {
            if let Some(enrolment) = &mut state.enrolment {
                enrolment.awaiting = true;
            }
        })
    }

    fn wrong_offset(
        &mut self,
        store: &Store,
        now: i64,
        hash: [u8; 32],
        total: u64,
        answer: &Answer,
        rng: &mut dyn RngCore,
    ) -> Result<(), StoreError> {
        self.photo_pause = Some(Pause::after(1, answer.retry_after, now, rng));
        store.write(|tx| match answer.upload_offset {
            Some(offset) if offset < total => tx.photo_sent(hash, offset, seconds(now)),
            Some(_) | None => tx.photo_uncertain(hash),
        })
    }

    fn stop(&mut self, store: &Store, now: i64, stopped: Stopped) -> Result<(), StoreError> {
        self.went_well(store, now, |state| state.stopped = Some(stopped))
    }

    /// The office answered in order: whatever was failing is over.
    fn went_well(&mut self, store: &Store, now: i64, change: impl FnOnce(&mut SyncState)) -> Result<(), StoreError> {
        store.write(|tx| {
            let mut state = tx.sync_state()?;
            self.count_into(&mut state, now);
            state.last_contact = Some(seconds(now));
            state.failing = None;
            state.stopped = None;
            change(&mut state);
            tx.set_sync_state(&state)
        })
    }

    /// Remembers since when and why nothing goes. What the person must help with is also put among what needs attention.
    fn record(&mut self, store: &Store, now: i64, why: Why, detail: &str) -> Result<(), StoreError> {
        tracing::info!(?why, detail, "sync failed");
        store.write(|tx| {
            let mut state = tx.sync_state()?;
            self.count_into(&mut state, now);
            let failing =
                state.failing.get_or_insert_with(|| Failing { since: seconds(now), attempts: 0, why, detail: String::new() });
            failing.attempts = failing.attempts.saturating_add(1);
            failing.why = why;
            failing.detail = detail.to_owned();
            if why == Why::Broken && failing.attempts == 3 {
                tx.add_trouble(Trouble::Office, None, detail, seconds(now))?;
            }
            tx.set_sync_state(&state)
        })
    }
}
