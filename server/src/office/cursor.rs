//! How far a phone has come. Opaque to phones, which send back what they were given.

use fieldbook_protocol::frame;
use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use super::scope::{Scope, set_id};
use crate::storage::{Epoch, Pos, StorageError, Tx};

/// Everything needed to go on: the phone has all of the channels of `set` up to `pos`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Cursor {
    /// The epoch in which the position means something.
    #[n(0)]
    pub epoch: u32,
    /// Place in the feed.
    #[n(1)]
    pub pos: Pos,
    /// Number of the set of channels.
    #[n(2)]
    pub set: u64,
    /// The way to another set, when the phone is on it.
    #[n(3)]
    pub change: Option<Change>,
    /// Up to this place the phone may lack facts of its own: its channels changed there.
    #[n(4)]
    pub lacks_own: Option<Pos>,
}

/// How far a phone is on its way from one set of channels to another: first cases are dropped, then new ones filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub(crate) struct Change {
    /// Number of the set it goes to.
    #[n(0)]
    pub to: u64,
    /// Dropping is done.
    #[n(1)]
    pub filling: bool,
    /// The channel that is being worked on, as its place among the lost or gained ones.
    #[n(2)]
    pub channel: u32,
    /// How far in that channel: the order of a case when dropping, a place in the feed when filling.
    #[n(3)]
    pub at: i64,
}

impl Change {
    /// At the beginning of the way.
    pub fn to(set: u64) -> Self {
        Self { to: set, filling: false, channel: 0, at: 0 }
    }
}

impl Cursor {
    /// Where a request stands in the present epoch. One that cannot be read, like none, begins with nothing.
    pub fn read(bytes: Option<&ByteVec>, tx: &mut dyn Tx, epochs: &[Epoch]) -> Result<Self, StorageError> {
        let present = epochs.last().map_or(0, |epoch| epoch.n);
        let Some(mut cursor) =
            bytes.and_then(|bytes| minicbor::decode::<Self>(bytes).ok()).filter(|cursor| cursor.epoch <= present)
        else {
            return Ok(Self { epoch: present, pos: tx.feed_head()?, set: set_id(&[]), change: None, lacks_own: None });
        };
        if cursor.epoch < present {
            let lost_after = epochs.iter().filter(|epoch| epoch.n > cursor.epoch).map(|epoch| epoch.base_pos).min();
            cursor.pos = lost_after.map_or(cursor.pos, |base| base.min(cursor.pos));
            cursor.change = None;
            cursor.epoch = present;
        }
        cursor.pos = cursor.pos.clamp(0, tx.feed_head()?);
        if cursor.set != set_id(&[]) && tx.channel_set(cursor.set)?.is_none() {
            cursor.set = set_id(&[]);
            cursor.change = None;
        }
        if let Some(change) = cursor.change
            && tx.channel_set(change.to)?.is_none()
        {
            cursor.change = None;
        }
        Ok(cursor)
    }

    /// Whether there is nothing for a phone that stands here and sees this: nothing came, nothing gained, nothing lost.
    pub fn has_all(&self, scope: &Scope, tx: &mut dyn Tx) -> Result<bool, StorageError> {
        let stays = self.set == scope.id && self.change.is_none();
        Ok(stays && tx.feed_after(&scope.channels, self.pos, 1)?.is_empty())
    }

    /// As it travels.
    pub fn to_bytes(self) -> ByteVec {
        fieldbook_model::map::encoded(self).into()
    }
}

/// The most bytes of facts an answer carries when the phone does not say: a weak link takes it in a few seconds.
pub(crate) const ROOM: usize = 48 * 1024;

/// The most bytes of facts the very first answer carries, so that a list can be shown at once.
pub(crate) const FIRST_ROOM: usize = 12 * 1024;

/// The most bytes of facts an answer ever carries.
pub(crate) const MOST_ROOM: usize = frame::MAX_FRAME - 32 * 1024;
