//! Who may see a photo: who may see a fact that shows it.

use fieldbook_model::day::Day;

use super::OfficeFault;
use super::reference::Reference;
use crate::storage::{Device, Tx};

/// Whether this phone may fetch the photo with this SHA-256. `now` is server time, Unix seconds.
pub fn may_see(tx: &mut dyn Tx, device: &Device, hash: &[u8; 32], now: i64) -> Result<bool, OfficeFault> {
    let reference = Reference::load(tx)?;
    let scope = reference.scope(device.person, Day::of(now));
    for order in tx.facts_with_photo(hash)? {
        let Some(fact) = tx.fact_at(order)? else {
            continue;
        };
        if tx.channels_of(fact.root)?.iter().any(|channel| scope.has(*channel)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a fact that this server holds shows the photo, so that its file is worth keeping.
pub fn is_shown(tx: &mut dyn Tx, hash: &[u8; 32]) -> Result<bool, OfficeFault> {
    Ok(!tx.facts_with_photo(hash)?.is_empty())
}
