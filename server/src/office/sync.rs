//! Answers a phone: takes in what it sends, and sends what it lacks.

use fieldbook_protocol::digest::{BUCKETS, Digest, bucket};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::pack::{Content, Pack};
use fieldbook_protocol::sync::{BlobState, Check, CheckAnswer, Restored, SyncAnswer, SyncRequest};
use fieldbook_protocol::version::OLDEST_PROTOCOL;
use minicbor::bytes::ByteArray;

use super::OfficeFault;
use super::accept::Work;
use super::cursor::{Cursor, FIRST_ROOM, MOST_ROOM, ROOM};
use super::pull::Pull;
use super::push::push;
use super::{cases, devices};
use crate::storage::{ChannelNo, Device, Epoch, OfferedFact, Tx};

/// The most ids a comparison names at once.
const MOST_COMPARED: usize = 4_000;

/// The most photos whose state is told at once.
const MOST_BLOBS: usize = 256;

/// Answers one request of a phone that [`devices::authenticate`] let in. To be run in a writing transaction, and answered
/// only after its commit. The same request again gives the same verdicts and the same facts. `now` is server time, Unix
/// seconds.
///
/// Errors: a [`FaultCode`] for the phone when the request is malformed, too old, or comes from a cloned phone; nothing of
/// it is stored then.
pub fn sync(tx: &mut dyn Tx, device: &Device, request: SyncRequest, now: i64) -> Result<SyncAnswer, OfficeFault> {
    if request.protocol < OLDEST_PROTOCOL {
        return Err(OfficeFault::phone(FaultCode::UpdateApp, format!("protocol {}", request.protocol)));
    }
    let epochs = tx.epochs()?;
    let epoch = epochs.last().map_or(0, |epoch| epoch.n);
    if let Some(base) = lost_since(&epochs, request.epoch, epoch) {
        return Ok(SyncAnswer { epoch, now, restored: Some(Restored { base }), ..SyncAnswer::default() });
    }
    let mut work = Work::begin(tx, now)?;
    cases::settle(tx, &mut work)?;
    devices::seen(tx, device, &request, now)?;

    keep_offered(tx, device, request.offered.as_ref(), now)?;
    let pushed = unpacked(request.facts.as_ref(), device)?;
    let mut outcome = push(tx, &mut work, device, pushed)?;

    let cursor = Cursor::read(request.cursor.as_ref(), tx, &epochs)?;
    let scope = work.reference.scope(device.person, work.today);
    let mut pull = Pull::new(tx, &scope, device.writer, room(&request)).acknowledged(outcome.orders());
    pull.drop_unseen(&outcome.roots)?;
    pull.wanted(request.want.as_deref().unwrap_or_default())?;
    let pulled = pull.run(cursor)?;

    let quiet = outcome.is_empty() && pulled.items.is_empty() && pulled.drops.is_empty() && pulled.more == 0;
    let check = match request.check.filter(|_| quiet) {
        Some(check) => Some(compare(tx, &scope.channels, &check)?),
        None => None,
    };
    let cursor = Some(pulled.cursor.to_bytes()).filter(|cursor| request.cursor.as_ref() != Some(cursor));
    Ok(SyncAnswer {
        epoch,
        now,
        acknowledged: outcome.acknowledged(),
        refused: outcome.refused(),
        held: outcome.held(),
        facts: (!pulled.items.is_empty()).then(|| Pack::of(device.writer, &pulled.items)),
        cursor,
        more: (pulled.more > 0).then_some(pulled.more as u64),
        drop: (!pulled.drops.is_empty()).then_some(pulled.drops),
        blobs: blob_states(tx, request.blobs.as_deref().unwrap_or_default())?,
        limits: None,
        restored: None,
        check,
        late: outcome.late(),
    })
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

fn unpacked(pack: Option<&Pack>, device: &Device) -> Result<Vec<fieldbook_protocol::pack::Item>, OfficeFault> {
    let Some(pack) = pack else {
        return Ok(Vec::new());
    };
    pack.items(device.writer).map_err(|error| OfficeFault::phone(FaultCode::Malformed, error.to_string()))
}

/// Keeps apart what other phones confirmed before a restore, until the desk looks at it.
fn keep_offered(tx: &mut dyn Tx, device: &Device, pack: Option<&Pack>, now: i64) -> Result<(), OfficeFault> {
    for item in unpacked(pack, device)? {
        let (Content::Whole(fact), Some(order)) = (&item.content, item.order) else {
            continue;
        };
        if tx.fact(item.id)?.is_some() {
            continue;
        }
        let content = fact.content().to_vec();
        tx.insert_offered(&OfferedFact { id: item.id, order, content, by: device.writer, at: now })?;
    }
    Ok(())
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

/// Compares what the phone holds with what its channels hold.
fn compare(tx: &mut dyn Tx, channels: &[ChannelNo], check: &Check) -> Result<CheckAnswer, OfficeFault> {
    let held = tx.held_by(channels)?;
    if Digest::of(held.iter().map(|(_, hash)| hash)) == check.whole {
        return Ok(CheckAnswer { same: true, parts: None });
    }
    let Some(theirs) = &check.parts else {
        return Ok(CheckAnswer { same: false, parts: None });
    };
    let mut ours = vec![(Digest::default(), Vec::new()); BUCKETS];
    for (id, hash) in &held {
        if let Some((digest, ids)) = ours.get_mut(bucket(hash)) {
            digest.add(hash);
            ids.push(*id);
        }
    }
    let mut parts = Vec::new();
    let mut named = 0;
    for (n, (digest, ids)) in ours.into_iter().enumerate() {
        if theirs.get(n).copied().unwrap_or_default() == digest {
            continue;
        }
        named += ids.len();
        if named > MOST_COMPARED && !parts.is_empty() {
            break;
        }
        parts.push((n as u32, ids));
    }
    Ok(CheckAnswer { same: false, parts: Some(parts) })
}
