//! Who may send a photo, and who may see it. To anybody else it does not exist.

use fieldbook_model::body::Photo;
use fieldbook_protocol::ticket::Ticket;
use fieldbook_protocol::token::Token;

use super::BlobHash;
use crate::office::reference::Reference;
use crate::office::{OfficeFault, devices, photos};
use crate::storage::{Device, Tx};

/// The length in bytes of a photo that the person of this phone attached, with this phone or another.
pub fn to_send(tx: &mut dyn Tx, token: &Token, hash: &BlobHash) -> Result<Option<u64>, OfficeFault> {
    let device = devices::authenticate(tx, token)?;
    attached(tx, &device, hash)
}

/// As [`to_send`], for whoever sends in the phone's place.
pub fn to_send_by_ticket(tx: &mut dyn Tx, ticket: &Ticket, hash: &BlobHash, now: i64) -> Result<Option<u64>, OfficeFault> {
    let device = devices::authenticate_ticket(tx, ticket, hash, now)?;
    attached(tx, &device, hash)
}

fn attached(tx: &mut dyn Tx, device: &Device, hash: &BlobHash) -> Result<Option<u64>, OfficeFault> {
    let reference = Reference::load(tx)?;
    for order in tx.facts_with_photo(hash)? {
        let Some(stored) = tx.fact_at(order)? else {
            continue;
        };
        let own = stored.id.writer == device.writer || reference.person_of(stored.id.writer) == Some(device.person);
        if let Some(fact) = stored.open()?.filter(|_| own) {
            return Ok(Some(fact.read::<Photo>()?.bytes.into()));
        }
    }
    Ok(None)
}

/// Whether the person of this phone may see the photo.
pub fn to_see(tx: &mut dyn Tx, token: &Token, hash: &BlobHash, now: i64) -> Result<bool, OfficeFault> {
    let device = devices::authenticate(tx, token)?;
    photos::may_see(tx, &device, hash, now)
}
