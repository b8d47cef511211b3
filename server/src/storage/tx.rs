//! What the rules of the office ask of a transaction, in words of the work. No SQL outside the implementations.
//!
//! A transaction is used by one thread and one job. A method that changes something fails with
//! [`StorageError::ReadOnly`] in a reading transaction. Each trait is one subject; [`Tx`] is all of them.

use fieldbook_model::body::Kind;
use fieldbook_model::fact::{BadFact, Fact, FactHash};
use fieldbook_model::id::{FactId, Order, WriterId};

use super::StorageError;

type Result<T> = std::result::Result<T, StorageError>;

/// Number of a channel: a stream of facts that phones subscribe to. What the numbers mean is the office's own affair
/// ([`crate::office::scope`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChannelNo(pub i64);

/// Place of a row in the feed; goes up by one with every row, over all channels.
pub type Pos = i64;

/// A fact that is to be kept.
#[derive(Debug, Clone)]
pub struct NewFact<'a> {
    /// The fact, its bytes as they came.
    pub fact: &'a Fact,
    /// Order of the fact that began its case; none when this one begins it.
    pub root: Option<Order>,
    /// The only channel that may carry it; none when it goes where its case goes.
    pub private: Option<ChannelNo>,
    /// It is about the organisation (units, people, rules …) rather than a case.
    pub organisation: bool,
    /// Server time, Unix seconds.
    pub received_at: i64,
    /// Its author's right had ended when it came.
    pub late: bool,
}

/// A fact as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFact {
    /// Its place in the order.
    pub order: Order,
    /// Identity.
    pub id: FactId,
    /// Its kind, also after it was erased.
    pub kind: Kind,
    /// Order of the fact that began its case; its own when it did.
    pub root: Order,
    /// The bytes; none after it was erased.
    pub content: Option<Vec<u8>>,
    /// SHA-256, also after it was erased.
    pub hash: FactHash,
    /// The only channel that may carry it; none when it goes where its case goes.
    pub private: Option<ChannelNo>,
    /// Server time when it came, Unix seconds.
    pub received_at: i64,
    /// Its author's right had ended when it came.
    pub late: bool,
}

impl StoredFact {
    /// The fact; none when it was erased.
    pub fn open(&self) -> std::result::Result<Option<Fact>, BadFact> {
        self.content.clone().map(|content| Fact::open(self.id, content)).transpose()
    }

    /// Whether it begins a case (or a unit, a person …).
    pub fn is_root(&self) -> bool {
        self.root == self.order
    }
}

/// The log of facts.
pub trait Facts {
    /// Adds a fact to the end of the log, in the present epoch, and gives its order. The id must be new, an epoch begun.
    fn insert_fact(&mut self, fact: &NewFact<'_>) -> Result<Order>;
    /// The fact with this id.
    fn fact(&mut self, id: FactId) -> Result<Option<StoredFact>>;
    /// The fact at this place in the order.
    fn fact_at(&mut self, order: Order) -> Result<Option<StoredFact>>;
    /// All facts of the case whose first fact has this order, by order.
    fn facts_of(&mut self, root: Order) -> Result<Vec<StoredFact>>;
    /// Facts after this place in the order, at most `limit`.
    fn facts_after(&mut self, after: Order, limit: usize) -> Result<Vec<StoredFact>>;
    /// Facts about the organisation ([`NewFact::organisation`]) after this place in the order, at most `limit`.
    fn reference_after(&mut self, after: Order, limit: usize) -> Result<Vec<StoredFact>>;
    /// Order of the last fact about the organisation; `Order(0)` when there is none. Caches of what these facts say are
    /// good as long as it stays.
    fn reference_head(&mut self) -> Result<Order>;
    /// Order of the last fact; `Order(0)` when there is none.
    fn head(&mut self) -> Result<Order>;
    /// The highest sequence number of this writer among facts; 0 when it has none.
    fn last_seq(&mut self, writer: WriterId) -> Result<u64>;
    /// Drops the content of a fact; id and hash stay. Harmless when it was erased before.
    fn erase_fact(&mut self, order: Order) -> Result<()>;
}

/// A fact that waits because it hangs on a refused one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldFact {
    /// The fact's id.
    pub id: FactId,
    /// Its bytes.
    pub content: Vec<u8>,
    /// SHA-256.
    pub hash: FactHash,
    /// The refused or held root it hangs on.
    pub waits_for: FactId,
}

/// A verdict against a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedFact {
    /// The fact's id.
    pub id: FactId,
    /// SHA-256 of what was refused; its bytes are not kept.
    pub hash: FactHash,
    /// The number of [`fieldbook_model::case::Refusal`].
    pub code: u32,
    /// The case it belonged to, or its own id.
    pub root: FactId,
    /// Server time, Unix seconds.
    pub at: i64,
}

/// A fact of another writer that a phone holds and this server may have lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedFact {
    /// The fact's id.
    pub id: FactId,
    /// The order it had before the server was restored.
    pub order: Order,
    /// Its bytes.
    pub content: Vec<u8>,
    /// The phone that offered it first.
    pub by: WriterId,
    /// Server time, Unix seconds.
    pub at: i64,
}

/// Verdicts that are not acceptance.
pub trait Verdicts {
    /// The highest sequence number of this writer that was judged in any way: accepted, refused or made to wait; 0 when
    /// none was.
    fn last_judged(&mut self, writer: WriterId) -> Result<u64>;
    /// Keeps a refusal for good.
    fn insert_refusal(&mut self, refusal: &RefusedFact) -> Result<()>;
    /// The refusal of this fact.
    fn refusal(&mut self, id: FactId) -> Result<Option<RefusedFact>>;
    /// Refusals, newest first, at most `limit`.
    fn refusals(&mut self, limit: usize) -> Result<Vec<RefusedFact>>;
    /// Refusals of facts of this writer that belonged to this case, by sequence.
    fn refusals_for(&mut self, writer: WriterId, root: FactId) -> Result<Vec<RefusedFact>>;
    /// Keeps a fact that must wait.
    fn insert_held(&mut self, held: &HeldFact) -> Result<()>;
    /// The waiting fact with this id.
    fn held(&mut self, id: FactId) -> Result<Option<HeldFact>>;
    /// The facts that wait for this root, by writer and sequence.
    fn held_for(&mut self, root: FactId) -> Result<Vec<HeldFact>>;
    /// It waits no longer.
    fn remove_held(&mut self, id: FactId) -> Result<()>;
    /// Nothing of this writer waits any longer.
    fn forget_held(&mut self, writer: WriterId) -> Result<()>;
    /// From now on `old` means `new`.
    fn insert_alias(&mut self, old: FactId, new: FactId) -> Result<()>;
    /// What a refused root means now.
    fn alias(&mut self, old: FactId) -> Result<Option<FactId>>;
    /// Keeps an offered fact apart; the first offer of an id stays.
    fn insert_offered(&mut self, offered: &OfferedFact) -> Result<()>;
    /// The offered fact with this id.
    fn offer(&mut self, id: FactId) -> Result<Option<OfferedFact>>;
    /// Offered facts by their former order, at most `limit`.
    fn offered(&mut self, limit: usize) -> Result<Vec<OfferedFact>>;
    /// Offered no longer.
    fn remove_offered(&mut self, id: FactId) -> Result<()>;
}

/// What a row of the feed says about its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedOp {
    /// A fact came and belongs here.
    New,
    /// A fact that was there before belongs here too from now on.
    Joined,
    /// The case whose first fact has this order is no longer here.
    Gone,
}

/// A row of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedRow {
    /// Its place.
    pub pos: Pos,
    /// Whose feed.
    pub channel: ChannelNo,
    /// What it says.
    pub op: FeedOp,
    /// The fact, or with [`FeedOp::Gone`] the first fact of the case.
    pub order: Order,
}

/// Which case is in which channel, and what phones have to be told.
pub trait Feeds {
    /// The channels the case is in, ascending.
    fn channels_of(&mut self, root: Order) -> Result<Vec<ChannelNo>>;
    /// Puts the case into a channel; says nothing to the feed. Harmless when it is there.
    fn join_channel(&mut self, root: Order, channel: ChannelNo) -> Result<()>;
    /// Takes the case out of a channel; says nothing to the feed.
    fn leave_channel(&mut self, root: Order, channel: ChannelNo) -> Result<()>;
    /// Cases in a channel by order, after this one, at most `limit`.
    fn roots_in(&mut self, channel: ChannelNo, after: Order, limit: usize) -> Result<Vec<Order>>;
    /// Cases that have a fact in this channel's feed, by order, after this one, at most `limit`: for channels that carry
    /// single facts of cases.
    fn roots_with_private(&mut self, channel: ChannelNo, after: Order, limit: usize) -> Result<Vec<Order>>;
    /// Adds a row to the end of the feed and gives its place.
    fn append_feed(&mut self, channel: ChannelNo, op: FeedOp, order: Order) -> Result<Pos>;
    /// Place of the last row; 0 when there is none.
    fn feed_head(&mut self) -> Result<Pos>;
    /// The first rows of these channels (ascending) after a place, by place, at most `limit`.
    fn feed_after(&mut self, channels: &[ChannelNo], after: Pos, limit: usize) -> Result<Vec<FeedRow>>;
    /// The first rows of one channel with `after < pos <= until`, at most `limit`.
    fn feed_of(&mut self, channel: ChannelNo, after: Pos, until: Pos, limit: usize) -> Result<Vec<FeedRow>>;
    /// How many rows one channel has with `after < pos <= until`; counting stops at `limit`.
    fn feed_count(&mut self, channel: ChannelNo, after: Pos, until: Pos, limit: usize) -> Result<usize>;
    /// Id, order and hash of every fact these channels hold now: those of the cases that are in them, without those that
    /// only another, private channel may carry.
    fn held_by(&mut self, channels: &[ChannelNo]) -> Result<Vec<(FactId, FactHash)>>;
    /// Remembers a set of channels (ascending) under the number made of its content.
    fn put_channel_set(&mut self, id: u64, channels: &[ChannelNo]) -> Result<()>;
    /// The set of channels with this number, ascending.
    fn channel_set(&mut self, id: u64) -> Result<Option<Vec<ChannelNo>>>;
}

/// Where a phone stands with the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// May sync.
    Active,
    /// Came back with its certificate after the server had forgotten it; waits for the desk.
    Awaiting,
    /// May not sync any more.
    Revoked,
}

/// An enrolled phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The writer it is.
    pub writer: WriterId,
    /// Whose phone it is.
    pub person: FactId,
    /// Its name in the office's list, e.g. its model.
    pub name: String,
    /// Label at the front of its receipts.
    pub label: String,
    /// Where it stands.
    pub state: DeviceState,
    /// SHA-256 of its token.
    pub token: [u8; 32],
    /// SHA-256 of the token it will use next.
    pub next_token: Option<[u8; 32]>,
    /// Server time of its enrolment, Unix seconds.
    pub enrolled_at: i64,
    /// Server time of its last sync, Unix seconds; exact to a minute.
    pub last_seen: Option<i64>,
    /// Its clock minus the server's at the last sync, seconds.
    pub skew: i64,
    /// The version of facts it understands.
    pub schema: u32,
}

/// A code that makes a phone a writer of a person, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// SHA-256 of the code.
    pub code: [u8; 32],
    /// For whom.
    pub person: FactId,
    /// Ten typed digits rather than a QR.
    pub typed: bool,
    /// Server time from which it is void, Unix seconds.
    pub expires_at: i64,
    /// The writer that used it.
    pub used_by: Option<WriterId>,
}

/// Phones and how they come in.
pub trait Devices {
    /// Adds a phone or replaces what is known of it.
    fn put_device(&mut self, device: &Device) -> Result<()>;
    /// The phone with this writer.
    fn device(&mut self, writer: WriterId) -> Result<Option<Device>>;
    /// The phone whose token, or next token, has this SHA-256.
    fn device_by_token(&mut self, token: &[u8; 32]) -> Result<Option<Device>>;
    /// All phones by time of enrolment.
    fn devices(&mut self) -> Result<Vec<Device>>;
    /// Adds a code or replaces what is known of it.
    fn put_invite(&mut self, invite: &Invite) -> Result<()>;
    /// The code with this SHA-256.
    fn invite(&mut self, code: &[u8; 32]) -> Result<Option<Invite>>;
    /// Notes a wrong typed code of a source, and forgets those before `forget_before` (Unix seconds).
    fn note_attempt(&mut self, source: &str, at: i64, forget_before: i64) -> Result<()>;
    /// Wrong typed codes since then: of this source, and of all.
    fn attempts_since(&mut self, source: &str, since: i64) -> Result<(u32, u32)>;
}

/// An epoch: the time between two restores from a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch {
    /// Its number, from 1.
    pub n: u32,
    /// The writer the office is in it.
    pub writer: WriterId,
    /// The last order before it.
    pub base_order: Order,
    /// The last place of the feed before it.
    pub base_pos: Pos,
    /// Server time, Unix seconds.
    pub began_at: i64,
}

/// What is known of a photo's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of the file.
    pub hash: [u8; 32],
    /// Bytes durable here.
    pub offset: u64,
    /// The hash matched and the picture was accepted.
    pub complete: bool,
    /// The picture was examined and refused, or erased.
    pub rejected: bool,
    /// Server time of the last change, Unix seconds.
    pub changed_at: i64,
}

/// Epochs, photos and single values.
pub trait Keeping {
    /// All epochs by number.
    fn epochs(&mut self) -> Result<Vec<Epoch>>;
    /// Begins an epoch.
    fn add_epoch(&mut self, epoch: &Epoch) -> Result<()>;
    /// What is known of a photo's file.
    fn blob(&mut self, hash: &[u8; 32]) -> Result<Option<Blob>>;
    /// Adds a photo's file or replaces what is known of it.
    fn put_blob(&mut self, blob: &Blob) -> Result<()>;
    /// Nothing is known of a photo's file any more.
    fn remove_blob(&mut self, hash: &[u8; 32]) -> Result<()>;
    /// Notes that a fact shows a photo.
    fn link_photo(&mut self, hash: &[u8; 32], fact: Order) -> Result<()>;
    /// The facts that show a photo and were not erased.
    fn facts_with_photo(&mut self, hash: &[u8; 32]) -> Result<Vec<Order>>;
    /// A value by name.
    fn value(&mut self, name: &str) -> Result<Option<Vec<u8>>>;
    /// Sets a value.
    fn put_value(&mut self, name: &str, value: &[u8]) -> Result<()>;
}

/// Everything a job may ask of its transaction.
pub trait Tx: Facts + Verdicts + Feeds + Devices + Keeping {
    /// Place for what is costly to derive from the facts; lives as long as the storage. Emptied when a job that might have
    /// filled it is rolled back.
    fn memo(&self) -> &super::Memo;
}
