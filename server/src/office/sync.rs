//! Answers a phone: takes in what it sends, and sends what it lacks. Steps that change something run in the writer and are
//! short, so that nobody waits long for a neighbour; looking things up is done beside it.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use fieldbook_model::case::Actor;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::pack::{Item, MAX_FACTS, Pack};
use fieldbook_protocol::sync::{BlobState, RefusedBefore, Restored, SyncAnswer, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_protocol::version::OLDEST_PROTOCOL;
use minicbor::bytes::ByteArray;

use super::accept::Work;
use super::compare::compare;
use super::cursor::{Cursor, FIRST_ROOM, MOST_ROOM, ROOM};
use super::outcome::Outcome;
use super::pull::Pull;
use super::push::{check, known_hash, push};
use super::scope::Scope;
use super::{OfficeFault, cases, devices, offered};
use crate::storage::{Device, Epoch, StorageError, Tx};

/// A push of no more facts is taken in by one job of the writer.
const AT_ONCE: usize = 32;

/// Of a larger one, a job takes in so many: others wait for no more than that.
pub const PART: usize = 8;

/// A push of more bytes than this is looked through before the writer takes in its first part.
const LARGE: usize = 8 * 1024;

/// The most photos whose state is told at once.
const MOST_BLOBS: usize = 256;

/// What a request needs next.
pub enum Next {
    /// [`Exchange::write`] in a writing transaction; it goes on only after the commit.
    Write(Exchange),
    /// [`Exchange::read`] in a reading transaction that begins after the last commit.
    Read(Exchange),
    /// Nothing more: this is the answer to this phone.
    Answer(WriterId, SyncAnswer),
}

/// A request on its way to its answer. The same request again gives the same verdicts and the same facts.
pub struct Exchange {
    token: Token,
    request: SyncRequest,
    /// Server time, Unix seconds.
    now: i64,
    /// The facts that are still to be taken in, once they are unpacked.
    left: VecDeque<Item>,
    outcome: Outcome,
    written: bool,
    /// What the phone sees changed between two steps, so the last step is the writer's too.
    in_one: bool,
}

impl Next {
    /// The first step of a request.
    pub fn begin(token: Token, request: SyncRequest, now: i64) -> Self {
        let bytes = request.facts.as_ref().map_or(0, Pack::len);
        let brings_little = (bytes > 0 || request.offered.is_some()) && bytes <= LARGE;
        let (left, outcome) = (VecDeque::new(), Outcome::default());
        let exchange = Exchange { token, request, now, left, outcome, written: false, in_one: false };
        if brings_little { Self::Write(exchange) } else { Self::Read(exchange) }
    }
}

impl Exchange {
    /// Takes in what the phone sent, or a part of it, and notes that the phone was here.
    ///
    /// Errors: a [`FaultCode`] for the phone when the request is malformed, too old, or comes from a cloned phone; nothing of
    /// it is stored then.
    pub fn write(mut self, tx: &mut dyn Tx) -> Result<Next, OfficeFault> {
        let device = devices::authenticate(tx, &self.token)?;
        let epochs = tx.epochs()?;
        if let Some(answer) = self.turned_back(tx, &device, &epochs)? {
            return Ok(Next::Answer(device.writer, answer));
        }
        let mut work = Work::begin(tx, self.now)?;
        cases::settle(tx, &mut work)?;
        devices::seen(tx, &device, &self.request, self.now)?;
        let offered = unpacked(self.request.offered.take().as_ref(), &device)?;
        offered::keep(tx, device.writer, &offered, self.now)?;
        let is_unchecked = self.request.facts.is_some();
        self.unpack(&device)?;

        let left = self.left.len();
        let is_small = !self.written && left <= AT_ONCE;
        if is_unchecked && !is_small {
            check(tx, &device, &self.left)?;
        }
        let part: Vec<Item> = self.left.drain(..if is_small { left } else { left.min(PART) }).collect();
        let mut cursor = Cursor::read(self.request.cursor.as_ref(), tx, &epochs)?;
        let scope = work.reference.scope(device.person, work.today);
        let (head, has_rest) = (tx.feed_head()?, !self.left.is_empty());
        let is_quiet = !has_rest && self.asks_nothing() && cursor.has_all(&scope, tx)?;
        self.outcome.join(push(tx, &mut work, &device, part)?);
        self.written = true;
        if has_rest {
            return Ok(Next::Write(self));
        }
        if is_quiet {
            // What follows is this push alone.
            cursor.pos = head;
        } else if !self.in_one {
            tx.put_channel_set(scope.id, &scope.channels)?;
            return Ok(Next::Read(self));
        }
        let scope = work.reference.scope(device.person, work.today);
        let actor = work.reference.actor(device.person);
        let answer = self.answer(tx, &device, &epochs, (&scope, &actor), cursor)?;
        Ok(Next::Answer(device.writer, answer))
    }

    /// [`Self::write`], as a part of a job that goes on as long as the next step is the writer's too.
    pub fn write_on(self, tx: &mut dyn Tx) -> Result<ControlFlow<Next, Self>, OfficeFault> {
        Ok(match self.write(tx)? {
            Next::Write(rest) => ControlFlow::Continue(rest),
            next @ (Next::Read(_) | Next::Answer(..)) => ControlFlow::Break(next),
        })
    }

    /// Whether [`Self::read`] looks through a large push.
    pub fn brings_much(&self) -> bool {
        !self.written && self.request.facts.is_some()
    }

    /// Looks through a large push, or looks up the answer.
    ///
    /// Errors: as [`Self::write`].
    pub fn read(mut self, tx: &mut dyn Tx) -> Result<Next, OfficeFault> {
        let device = devices::authenticate(tx, &self.token)?;
        let epochs = tx.epochs()?;
        match self.turned_back(tx, &device, &epochs) {
            Ok(None) => (),
            Ok(Some(answer)) => return Ok(Next::Answer(device.writer, answer)),
            Err(OfficeFault::Storage(StorageError::ReadOnly)) => return Ok(Next::Write(self)),
            Err(fault) => return Err(fault),
        }
        if self.brings_much() {
            self.unpack(&device)?;
            check(tx, &device, &self.left)?;
            return Ok(Next::Write(self));
        }
        match self.look_up(tx, &device, &epochs) {
            Ok(answer) => Ok(Next::Answer(device.writer, answer)),
            Err(OfficeFault::Storage(StorageError::ReadOnly)) => {
                self.in_one = self.written;
                Ok(Next::Write(self))
            }
            Err(fault) => Err(fault),
        }
    }

    /// Fails as a change in a reading transaction does when there is something to note first.
    fn look_up(&mut self, tx: &mut dyn Tx, device: &Device, epochs: &[Epoch]) -> Result<SyncAnswer, OfficeFault> {
        let mut work = Work::begin(tx, self.now)?;
        if !self.written {
            cases::settle(tx, &mut work)?;
            devices::seen(tx, device, &self.request, self.now)?;
        }
        let scope = work.reference.scope(device.person, work.today);
        let cursor = Cursor::read(self.request.cursor.as_ref(), tx, epochs)?;
        let actor = work.reference.actor(device.person);
        self.answer(tx, device, epochs, (&scope, &actor), cursor)
    }

    fn answer(
        &mut self,
        tx: &mut dyn Tx,
        device: &Device,
        epochs: &[Epoch],
        (scope, actor): (&Scope, &Actor),
        cursor: Cursor,
    ) -> Result<SyncAnswer, OfficeFault> {
        let (request, outcome) = (&self.request, &mut self.outcome);
        let want = request.want.as_deref().unwrap_or_default();
        for id in want.iter().take(MAX_FACTS).filter(|id| id.writer == device.writer) {
            outcome.look_up(tx, *id, |_| true)?;
        }
        let refused_before = refused_before(tx, device, actor, want)?;
        let is_refused = |id: &FactId| refused_before.iter().any(|refused| refused.id == *id);
        let sought: Vec<FactId> = want.iter().copied().filter(|id| !is_refused(id)).collect();
        let mut pull = Pull::new(tx, scope, device.writer, room(request)).acknowledged(outcome.orders());
        pull.drop_unseen(&outcome.roots)?;
        pull.take_back_private(&outcome.private_roots)?;
        pull.wanted(&sought)?;
        let mut pulled = pull.run(cursor)?;
        pulled.items.append(&mut outcome.erased);

        let quiet = outcome.is_empty() && pulled.items.is_empty() && pulled.drops.is_empty() && pulled.more == 0;
        let check = match request.check.as_ref().filter(|_| quiet) {
            Some(check) => Some(compare(tx, &scope.channels, check)?),
            None => None,
        };
        let cursor = Some(pulled.cursor.to_bytes()).filter(|cursor| request.cursor.as_ref() != Some(cursor));
        Ok(SyncAnswer {
            epoch: present(epochs),
            now: self.now,
            acknowledged: outcome.acknowledged_runs(),
            refused: outcome.take_refused(),
            held: outcome.take_held(),
            facts: (!pulled.items.is_empty()).then(|| Pack::of(device.writer, &pulled.items)),
            cursor,
            more: (pulled.more > 0).then_some(pulled.more as u64),
            drop: (!pulled.drops.is_empty()).then_some(pulled.drops),
            blobs: blob_states(tx, request.blobs.as_deref().unwrap_or_default())?,
            limits: None,
            restored: None,
            check,
            late: outcome.take_late(),
            refused_before: (!refused_before.is_empty()).then_some(refused_before),
            unknown: unknown(tx, want)?,
        })
    }

    /// What is told to a phone whose request is not looked at. After a restore it sends again what it still has; what waited from
    /// it before does not, lest it be taken beside what the phone has filed in its place since.
    fn turned_back(&self, tx: &mut dyn Tx, device: &Device, epochs: &[Epoch]) -> Result<Option<SyncAnswer>, OfficeFault> {
        let SyncRequest { protocol, epoch, .. } = self.request;
        if protocol < OLDEST_PROTOCOL {
            return Err(OfficeFault::phone(FaultCode::UpdateApp, format!("protocol {protocol}")));
        }
        let Some(base) = lost_since(epochs, epoch, present(epochs)) else { return Ok(None) };
        tx.forget_held(device.writer)?;
        let restored = Some(Restored { base });
        Ok(Some(SyncAnswer { epoch: present(epochs), now: self.now, restored, ..SyncAnswer::default() }))
    }

    fn unpack(&mut self, device: &Device) -> Result<(), OfficeFault> {
        let facts = self.request.facts.take();
        self.left.extend(unpacked(facts.as_ref(), device)?);
        Ok(())
    }

    fn asks_nothing(&self) -> bool {
        let SyncRequest { check, want, blobs, .. } = &self.request;
        check.is_none() && want.is_none() && blobs.is_none()
    }
}

fn present(epochs: &[Epoch]) -> u32 {
    epochs.last().map_or(0, |epoch| epoch.n)
}

/// The last order this server knows from before the phone's epoch ended; none when it has not ended, or the phone has
/// not heard of one yet.
fn lost_since(epochs: &[Epoch], of_phone: u32, present: u32) -> Option<i64> {
    if of_phone == 0 || of_phone == present {
        return None;
    }
    let later = epochs.iter().filter(|epoch| epoch.n > of_phone).map(|epoch| epoch.base_order.0).min();
    // A phone that knows a later epoch than this server heard of it from a server that is gone.
    later.or(epochs.last().map(|epoch| epoch.base_order.0))
}

fn room(request: &SyncRequest) -> usize {
    let usual = if request.cursor.is_none() { FIRST_ROOM } else { ROOM };
    request.room.map_or(usual, |room| room as usize).min(MOST_ROOM)
}

fn unpacked(pack: Option<&Pack>, device: &Device) -> Result<Vec<Item>, OfficeFault> {
    let Some(pack) = pack else {
        return Ok(Vec::new());
    };
    pack.items(device.writer).map_err(|error| OfficeFault::phone(FaultCode::Malformed, error.to_string()))
}

/// The verdicts on facts the phone asks for that its person wrote as another writer.
fn refused_before(tx: &mut dyn Tx, device: &Device, actor: &Actor, want: &[FactId]) -> Result<Vec<RefusedBefore>, OfficeFault> {
    let mut before = Vec::new();
    for id in want.iter().take(MAX_FACTS).filter(|id| id.writer != device.writer && actor.wrote(**id)) {
        if let Some(refused) = tx.refusal(*id)? {
            before.push(RefusedBefore { id: *id, code: refused.code });
        }
    }
    Ok(before)
}

/// What the phone asks for of which nothing is known here: it waited here before a restore, perhaps.
fn unknown(tx: &mut dyn Tx, want: &[FactId]) -> Result<Option<Vec<FactId>>, OfficeFault> {
    let mut unknown = Vec::new();
    for id in want.iter().take(MAX_FACTS) {
        if known_hash(tx, *id)?.is_none() && tx.offer(*id)?.is_none() {
            unknown.push(*id);
        }
    }
    Ok((!unknown.is_empty()).then_some(unknown))
}

fn blob_states(tx: &mut dyn Tx, hashes: &[ByteArray<32>]) -> Result<Option<Vec<BlobState>>, OfficeFault> {
    let mut states = Vec::new();
    for hash in hashes.iter().take(MOST_BLOBS) {
        if let Some(blob) = tx.blob(hash)? {
            let (offset, complete, rejected) = (blob.offset, blob.complete, blob.rejected);
            states.push(BlobState { hash: *hash, offset, complete, rejected });
        }
    }
    Ok((!states.is_empty()).then_some(states))
}
