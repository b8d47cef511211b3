//! Epochs: the log begins with the first, and every restore from a backup begins another.

use fieldbook_model::id::{Order, WriterId};

use super::OfficeFault;
use crate::storage::{Epoch, StorageError, Tx};

const ORGANISATION: &str = "organisation";

/// Begins the log of an organisation. `writer` is a random number that was never used. Errors when it has begun.
pub fn start(tx: &mut dyn Tx, organisation: &str, writer: WriterId, now: i64) -> Result<(), OfficeFault> {
    if let Some(epoch) = tx.epochs()?.last() {
        return Err(StorageError::Other(format!("the log has begun, it is in epoch {}", epoch.n)).into());
    }
    tx.put_value(ORGANISATION, organisation.as_bytes())?;
    tx.add_epoch(&Epoch { n: 1, writer, base_order: Order(0), base_pos: 0, began_at: now })?;
    Ok(())
}

/// Begins a new epoch after a restore from a backup, with a new writer for the office. `highest` is the highest epoch ever
/// heard of, from where it is kept outside the database: a backup may not know the latest ones. Gives the new number.
pub fn begin_after_restore(tx: &mut dyn Tx, writer: WriterId, highest: u32, now: i64) -> Result<u32, OfficeFault> {
    let known = tx.epochs()?.last().map_or(0, |epoch| epoch.n);
    let n = known.max(highest) + 1;
    let (base_order, base_pos) = (tx.head()?, tx.feed_head()?);
    tx.add_epoch(&Epoch { n, writer, base_order, base_pos, began_at: now })?;
    Ok(n)
}

/// The epoch now. Errors when the log has not begun.
pub fn present(tx: &mut dyn Tx) -> Result<Epoch, StorageError> {
    tx.epochs()?
        .last()
        .copied()
        .ok_or_else(|| StorageError::Other("no epoch has begun; run `fieldbook-server init` first".into()))
}

/// Name of the organisation.
pub fn organisation(tx: &mut dyn Tx) -> Result<String, StorageError> {
    let name = tx.value(ORGANISATION)?.unwrap_or_default();
    String::from_utf8(name).map_err(|_| StorageError::Damaged("the name of the organisation".into()))
}
