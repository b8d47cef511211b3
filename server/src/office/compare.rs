//! Compares what a phone holds with what its channels hold, and names only the parts that differ.

use fieldbook_protocol::digest::{BUCKETS, Digest, bucket};
use fieldbook_protocol::sync::{Check, CheckAnswer};

use super::OfficeFault;
use crate::storage::{ChannelNo, Tx};

/// The most ids a comparison names at once.
const MOST_COMPARED: usize = 4_000;

/// What the phone learns: all the same, or which parts differ, or what those parts hold.
pub(crate) fn compare(tx: &mut dyn Tx, channels: &[ChannelNo], check: &Check) -> Result<CheckAnswer, OfficeFault> {
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
