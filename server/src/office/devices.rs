//! Phones: who may come in, who is still out there, who is shut out.

use fieldbook_model::body::{Kind, WriterEnrolled};
use fieldbook_model::id::WriterId;
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::sync::SyncRequest;
use fieldbook_protocol::ticket::{self, Ticket};
use fieldbook_protocol::token::Token;
use sha2::{Digest, Sha256};

use super::OfficeFault;
use super::desk;
use super::reference::Reference;
use crate::storage::{Device, DeviceState, StorageError, Tx};

/// `last_seen` is exact to this many seconds, so that a phone that syncs often does not cost a write each time.
const SEEN_STEP: i64 = 60;

/// The SHA-256 under which a token is kept.
pub fn token_hash(token: &Token) -> [u8; 32] {
    Sha256::digest(token.0).into()
}

/// The phone with this token. Changes nothing, so it may be asked in a reading transaction.
///
/// Errors: [`FaultCode::UnknownToken`], [`FaultCode::Revoked`], or [`FaultCode::AwaitConfirmation`].
pub fn authenticate(tx: &mut dyn Tx, token: &Token) -> Result<Device, OfficeFault> {
    let hash = token_hash(token);
    let Some(mut device) = tx.device_by_token(&hash)? else {
        return Err(OfficeFault::phone(FaultCode::UnknownToken, "the token is not known here"));
    };
    let_in(&device)?;
    if device.next_token == Some(hash) {
        device.token = hash;
        device.next_token = None;
    }
    Ok(device)
}

/// The phone that made this ticket for this photo. Errors as [`authenticate`]; a ticket that is over is not known any more.
pub fn authenticate_ticket(tx: &mut dyn Tx, ticket: &Ticket, photo: &[u8; 32], now: i64) -> Result<Device, OfficeFault> {
    let device = tx.device(ticket.writer)?.filter(|device| {
        let is_sealed_with = |token: &[u8; 32]| ticket.is_of(token, photo);
        is_sealed_with(&device.token) || device.next_token.as_ref().is_some_and(is_sealed_with)
    });
    let is_good = ticket.until >= now && ticket.until.saturating_sub(now) <= ticket::LONGEST;
    let Some(device) = device.filter(|_| is_good) else {
        return Err(OfficeFault::phone(FaultCode::UnknownToken, "the ticket is not known here"));
    };
    let_in(&device)?;
    Ok(device)
}

fn let_in(device: &Device) -> Result<(), OfficeFault> {
    match device.state {
        DeviceState::Active => Ok(()),
        DeviceState::Awaiting => Err(OfficeFault::phone(FaultCode::AwaitConfirmation, device.writer.to_string())),
        DeviceState::Revoked => Err(OfficeFault::phone(FaultCode::Revoked, device.writer.to_string())),
    }
}

/// Notes that a phone was here, and which token it will use next. `device` comes from [`authenticate`].
pub(crate) fn seen(tx: &mut dyn Tx, device: &Device, request: &SyncRequest, now: i64) -> Result<(), OfficeFault> {
    let Some(known) = tx.device(device.writer)? else {
        return Err(OfficeFault::phone(FaultCode::UnknownToken, device.writer.to_string()));
    };
    if known.state == DeviceState::Revoked {
        return Err(OfficeFault::phone(FaultCode::Revoked, device.writer.to_string()));
    }
    let mut changed = Device { token: device.token, next_token: device.next_token, ..known.clone() };
    if let Some(next) = &request.next_token {
        let hash: [u8; 32] = Sha256::digest(**next).into();
        changed.next_token = (hash != changed.token).then_some(hash);
        if fieldbook_model::planted!(GraceTokenLost) {
            (changed.token, changed.next_token) = (hash, None);
        }
    }
    changed.schema = request.schema;
    let skew = request.now.saturating_sub(now);
    let seen_lately = known.last_seen.is_some_and(|seen| (0..SEEN_STEP).contains(&(now - seen)));
    if !seen_lately || skew.abs_diff(known.skew) >= SEEN_STEP.unsigned_abs() {
        changed.last_seen = Some(now);
        changed.skew = skew;
    }
    if changed != known {
        tx.put_device(&changed)?;
    }
    Ok(())
}

/// Shuts a phone out. It can no longer sync; the person is enrolled anew with a code.
pub fn revoke(tx: &mut dyn Tx, writer: WriterId) -> Result<(), OfficeFault> {
    let mut device = tx.device(writer)?.ok_or_else(|| OfficeFault::Unknown(writer.to_string()))?;
    device.state = DeviceState::Revoked;
    device.next_token = None;
    tx.put_device(&device).map_err(Into::into)
}

/// Lets a phone back in that came with its certificate after the server had forgotten it.
pub fn confirm(tx: &mut dyn Tx, writer: WriterId, now: i64) -> Result<(), OfficeFault> {
    let mut device = tx.device(writer)?.ok_or_else(|| OfficeFault::Unknown(writer.to_string()))?;
    if device.state != DeviceState::Awaiting {
        return Ok(());
    }
    device.state = DeviceState::Active;
    tx.put_device(&device)?;
    introduce(tx, &device, now)
}

/// All phones with the names of their people, by time of enrolment.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<(Device, String)>, StorageError> {
    let reference = Reference::load(tx)?;
    let name = |device: &Device| reference.person(device.person).map(|person| person.name.clone()).unwrap_or_default();
    Ok(tx.devices()?.into_iter().map(|device| (device.clone(), name(&device))).collect())
}

/// States for everybody whose words the facts of this phone are, once.
pub(crate) fn introduce(tx: &mut dyn Tx, device: &Device, now: i64) -> Result<(), OfficeFault> {
    if Reference::load(tx)?.person_of(device.writer).is_some() {
        return Ok(());
    }
    let body = WriterEnrolled { writer: device.writer.0, person: device.person, label: device.label.clone() };
    desk::write(tx, Kind::WriterEnrolled, None, &body, now).map(|_| ())
}
