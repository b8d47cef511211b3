//! What the engine asks next: a sync, an enrolment that repairs its standing, a preview, a part of a photo.

use fieldbook_model::id::WriterId;
use fieldbook_protocol::enrol::EnrolRequest;
use fieldbook_protocol::pack::{MAX_FACTS, Pack};
use fieldbook_protocol::sync::{Check, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::{frame, path, version};
use minicbor::bytes::ByteArray;
use rand::{Rng, RngCore};

use super::{Asked, Effect, Engine, Flight, seconds};
use crate::store::sync::{Sent, SyncState};
use crate::store::{Reading, Store, StoreError};

/// A token is replaced after this long, in seconds.
const TOKEN_AGE: i64 = 30 * 86_400;

/// Phone and office compare what the phone holds after this long, in seconds.
const CHECK_AGE: i64 = 86_400;

/// Facts asked for by name, and photos asked about, in one request.
const ASK_AT_ONCE: usize = 500;
const BLOBS_AT_ONCE: usize = 32;

/// How long the engine rests when the office has not confirmed this phone yet is up to the answer; this long when the phone
/// has nothing to ask and no period is set.
const LONGEST_REST: i64 = 24 * 3_600_000;

impl Engine {
    pub(super) fn sync_is_due(&self, store: &Store, state: &SyncState, now: i64) -> Result<bool, StoreError> {
        let news = self.synced_at.is_none_or(|at| now < at || now - at >= self.config.period);
        if self.nudged || news || state.check_parts || (state.more > 0 && state.unreadable == 0) {
            return Ok(true);
        }
        store.read(|tx| {
            let account = tx.account()?;
            Ok(!tx.outbox(account.writer, seconds(now), 1, 1)?.items.is_empty()
                || tx.has_wanted()?
                || tx.has_to_offer()?
                || (self.photos_may_go(state) && tx.has_uncertain_blobs()?))
        })
    }

    pub(super) fn ask_sync(
        &mut self,
        store: &Store,
        mut state: SyncState,
        now: i64,
        rng: &mut dyn RngCore,
    ) -> Result<Effect, StoreError> {
        if let Some(next) = token_to_announce(&state, seconds(now), rng) {
            let next = store.seal().seal(next)?;
            state.next_token = Some(next.clone());
            store.write(|tx| {
                let mut state = tx.sync_state()?;
                state.next_token = Some(next);
                tx.set_sync_state(&state)
            })?;
        }
        let Some(token) = token_in_use(store, &state) else {
            return Ok(Effect::Idle);
        };
        let (sent, body) = store.write(|tx| {
            let (sent, body) = self.write_sync(tx, &state, now)?;
            tx.mark_sent(sent.writer, &sent.facts)?;
            Ok::<_, StoreError>((sent, body))
        })?;
        self.flight = Some(Flight { asked: Asked::Sync(sent), began: now, bytes: body.len() as u64, token: state.token });
        Ok(Effect::Post { path: path::SYNC, body, token: Some(token) })
    }

    /// The request in the size the link takes: what did not pack into it goes next time.
    fn write_sync(&mut self, tx: &Reading<'_>, state: &SyncState, now: i64) -> Result<(Sent, Vec<u8>), StoreError> {
        let limits = state.limits();
        let batch = self.link.batch(limits.batch_bytes);
        let most = (limits.batch_facts as usize).clamp(1, MAX_FACTS).min(self.at_most.unwrap_or(MAX_FACTS));
        let mut room = self.link.unpacked(batch);
        loop {
            let (sent, request) = self.request(tx, state, now, most, room)?;
            let frame = frame::pack(&request);
            let facts = request.facts.as_ref().or(request.offered.as_ref()).map_or(0, Pack::len);
            match frame {
                Ok(frame) if frame.len() <= batch as usize || sent.facts.len() + sent.offered.len() <= 1 => {
                    self.link.packed(facts, frame.len());
                    return Ok((sent, frame));
                }
                Ok(frame) => room = (facts * batch as usize / frame.len()).saturating_mul(15) / 16,
                Err(frame::BadFrame::TooLarge(_)) if facts > 1 => room = facts / 2,
                Err(error) => return Err(StoreError::Corrupt { reason: format!("request: {error}") }),
            }
            if room == 0 {
                room = 1;
            }
        }
    }

    fn request(
        &self,
        tx: &Reading<'_>,
        state: &SyncState,
        now: i64,
        most: usize,
        room: usize,
    ) -> Result<(Sent, SyncRequest), StoreError> {
        let own = tx.account()?.writer;
        let facts = tx.outbox(own, seconds(now), most, room)?.items;
        let offered = if facts.is_empty() { tx.to_offer(most, room)? } else { Vec::new() };
        let quiet = facts.is_empty() && offered.is_empty() && state.more == 0;
        let check = if quiet && check_is_due(state, seconds(now)) { Some(check(tx, state)?) } else { None };
        let want = if check.is_none() { tx.wanted(ASK_AT_ONCE)? } else { Vec::new() };
        // Also where no photo may go now: somebody else may have sent it in the phone's place.
        let blobs = tx.uncertain_blobs(BLOBS_AT_ONCE)?;
        let request = SyncRequest {
            protocol: version::PROTOCOL,
            schema: version::SCHEMA,
            epoch: state.epoch,
            cursor: state.cursor.clone(),
            now: seconds(now),
            facts: (!facts.is_empty()).then(|| Pack::of(own, &facts)),
            offered: (!offered.is_empty()).then(|| Pack::of(own, &offered)),
            next_token: state.next_token.as_ref().and_then(|next| tx.seal().open(next)).map(Token::to_field),
            check: check.clone(),
            want: (!want.is_empty()).then(|| want.clone()),
            room: self.link.room(state.more > 0),
            blobs: (!blobs.is_empty()).then(|| blobs.iter().map(|hash| ByteArray::from(*hash)).collect()),
        };
        let sent = Sent {
            writer: own,
            facts: facts.iter().map(|item| item.id.seq).collect(),
            offered: offered.iter().map(|item| item.id).collect(),
            want,
            blobs,
            next_token: state.next_token.clone(),
            checked: check.is_some(),
            parts: check.is_some_and(|check| check.parts.is_some()),
        };
        Ok((sent, request))
    }

    pub(super) fn ask_enrolment(&mut self, store: &Store, state: &SyncState, now: i64) -> Result<Effect, StoreError> {
        let Some(enrolment) = &state.enrolment else {
            return Ok(Effect::Idle);
        };
        let Some(new) = store.seal().open(&enrolment.token) else {
            return Ok(Effect::Idle);
        };
        let former = if enrolment.by_certificate { None } else { store.read(|tx| tx.former())? };
        let request = EnrolRequest {
            protocol: version::PROTOCOL,
            code: None,
            writer: enrolment.writer,
            token: new.to_field(),
            device: self.config.device.clone(),
            look: false,
            certificate: if enrolment.by_certificate { state.certificate.clone() } else { None },
            former,
        };
        let body = frame::pack(&request).map_err(|e| StoreError::Corrupt { reason: format!("enrolment: {e}") })?;
        self.flight =
            Some(Flight { asked: Asked::Enrol, began: now, bytes: body.len() as u64, token: Some(enrolment.token.clone()) });
        let token = if enrolment.by_certificate { None } else { token_in_use(store, state) };
        Ok(Effect::Post { path: path::ENROL, body, token })
    }

    /// The next preview, or else the next part of a photo; none when there is none or they may not go now.
    pub(super) fn ask_photo(&mut self, store: &Store, state: &SyncState, now: i64) -> Result<Option<Effect>, StoreError> {
        if !self.photos_may_go(state) || self.photo_pause.is_some_and(|pause| pause.left(now).is_some()) {
            return Ok(None);
        }
        let Some(token) = token_in_use(store, state) else {
            return Ok(None);
        };
        let (preview, photo) = store.read(|tx| Ok::<_, StoreError>((tx.next_preview()?, tx.next_photo()?)))?;
        if let Some(blob) = preview {
            self.flight = Some(Flight { asked: Asked::Preview(blob.hash), began: now, bytes: 0, token: state.token.clone() });
            return Ok(Some(Effect::PutPreview { hash: blob.hash, file: blob.path, token }));
        }
        let Some(blob) = photo else {
            return Ok(None);
        };
        let len = self.link.photo_part(state.limits().blob_step).min(blob.bytes.saturating_sub(blob.offset));
        if fieldbook_model::planted!(PhotoSentTooSoon) {
            store.write(|tx| tx.photo_sent(blob.hash, blob.bytes, seconds(now)))?;
        }
        store.write(|tx| tx.photo_goes(blob.hash, blob.offset))?;
        let asked = Asked::Part { hash: blob.hash, offset: blob.offset, len, total: blob.bytes };
        self.flight = Some(Flight { asked, began: now, bytes: len, token: state.token.clone() });
        Ok(Some(Effect::Patch { hash: blob.hash, file: blob.path, offset: blob.offset, len, total: blob.bytes, token }))
    }

    /// Nothing to do: until something saved may go, pictures may be tried again, or it is time to ask for news.
    pub(super) fn rest(&self, store: &Store, state: &SyncState, now: i64) -> Result<Effect, StoreError> {
        let news = self.synced_at.map_or(now, |at| at.saturating_add(self.config.period));
        let outbox =
            store.read(|tx| tx.outbox(tx.account()?.writer, seconds(now), 1, 1))?.not_before.map(|s| s.saturating_mul(1000));
        let photos = self.photo_pause.filter(|_| self.photos_may_go(state)).and_then(|pause| pause.left(now));
        let until = [Some(news), outbox, photos].into_iter().flatten().min().unwrap_or(news);
        Ok(Effect::Wait { until: until.clamp(now + 1, now.saturating_add(LONGEST_REST)) })
    }

    pub(super) fn photos_may_go(&self, state: &SyncState) -> bool {
        !(self.metered && state.text_only_on_mobile)
    }
}

fn token_in_use(store: &Store, state: &SyncState) -> Option<Token> {
    store.seal().open(state.token.as_ref()?)
}

/// A token of the phone's own making.
pub(super) fn new_token(rng: &mut dyn RngCore) -> Token {
    Token(rng.random())
}

/// A new writer number; never 0.
pub(super) fn new_writer(rng: &mut dyn RngCore) -> WriterId {
    WriterId(rng.random_range(1..=u64::MAX))
}

fn token_to_announce(state: &SyncState, now: i64, rng: &mut dyn RngCore) -> Option<Token> {
    let due = now < state.token_since || now - state.token_since >= TOKEN_AGE;
    (due && state.next_token.is_none()).then(|| new_token(rng))
}

fn check_is_due(state: &SyncState, now: i64) -> bool {
    state.check_parts
        || state.last_check.is_none_or(|at| (now < at && !fieldbook_model::planted!(CheckByClock)) || now - at >= CHECK_AGE)
}

fn check(tx: &Reading<'_>, state: &SyncState) -> Result<Check, StoreError> {
    let parts = tx.digest_parts()?;
    let whole = parts.iter().fold(fieldbook_protocol::digest::Digest::default(), |mut whole, part| {
        whole.count += part.count;
        whole.sum = whole.sum.wrapping_add(part.sum);
        whole
    });
    Ok(Check { whole, parts: state.check_parts.then_some(parts) })
}
