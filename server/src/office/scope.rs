//! Channels, and which of them a person's phones subscribe to: decided by posts and assignments in force today.

use std::collections::BTreeSet;

use fieldbook_model::body::{Level, Role};
use fieldbook_model::case::{Actor, HeldPost};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use sha2::{Digest, Sha256};

use super::reference::Reference;
use crate::storage::ChannelNo;

/// A stream of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// For everybody: rules and days off.
    Org,
    /// A unit, its posts and the people in them, its topics and its telephone.
    Info(FactId),
    /// The cases of a unit and those forwarded to it.
    Work(FactId),
    /// Who the petitioners are that came to the holder of a post.
    Private(FactId),
}

/// What kind of channel a number stands for. The order is the order in which a phone is filled: names first, so that a
/// list can be shown at once, then work, then what only few may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChannelKind {
    Info,
    Work,
    Private,
}

/// The number of the channel that nobody subscribes to: identities written by nobody's post.
pub(crate) const NOBODY: ChannelNo = ChannelNo(2);

const ORG: ChannelNo = ChannelNo(3);

impl Channel {
    /// Its number: the order of the unit or post, and two bits for the kind. It never changes, also not by a restore. None
    /// when unit or post are not known.
    pub fn number(self, reference: &Reference) -> Option<ChannelNo> {
        let (of, bits) = match self {
            Self::Org => return Some(ORG),
            Self::Info(unit) => (unit, 0),
            Self::Work(unit) => (unit, 1),
            Self::Private(post) => (post, 2),
        };
        Some(ChannelNo((reference.orders.get(&of)?.0 << 2) | bits))
    }
}

/// What kind of channel this is.
pub(crate) fn kind_of(channel: ChannelNo) -> ChannelKind {
    match channel.0 & 3 {
        1 => ChannelKind::Work,
        2 => ChannelKind::Private,
        _ => ChannelKind::Info,
    }
}

/// What a person sees on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The units whose cases the person sees.
    pub units: BTreeSet<FactId>,
    /// All channels, ascending.
    pub channels: Vec<ChannelNo>,
    /// A number made of the channels, equal for equal sets.
    pub id: u64,
}

impl Scope {
    /// Computes it. Head and secretary: their unit. Desk and leader: their unit and all below. Liaison: none by the post,
    /// the assigned units and all below by assignments.
    pub fn of(reference: &Reference, actor: &Actor, today: Day) -> Self {
        let tree = &reference.tree;
        let in_force: Vec<&HeldPost> = actor.posts.iter().filter(|post| covers(post.from, post.to, today)).collect();
        let mut units = BTreeSet::new();
        for post in &in_force {
            match post.role {
                Role::Head | Role::Secretary => _ = units.insert(post.unit),
                Role::Desk | Role::Leader => with_all_below(reference, post.unit, &mut units),
                Role::Liaison | Role::Other(_) => {}
            }
        }
        for assignment in actor.assignments.iter().filter(|a| covers(a.from, a.to, today)) {
            with_all_below(reference, assignment.unit, &mut units);
        }

        let mut named: BTreeSet<FactId> = units.clone();
        for unit in units.iter().copied().chain(in_force.iter().map(|post| post.unit)) {
            named.insert(unit);
            named.extend(tree.ancestors(unit));
            named.extend(predecessors(reference, unit));
            if let Some(commune) = commune_of(reference, unit) {
                named.extend(tree.children(commune));
            }
        }
        let private = in_force.iter().flat_map(|post| private_posts(reference, post));
        let channels = std::iter::once(Channel::Org)
            .chain(named.iter().copied().map(Channel::Info))
            .chain(units.iter().copied().map(Channel::Work))
            .chain(private.map(Channel::Private));
        let channels: BTreeSet<ChannelNo> = channels.filter_map(|channel| channel.number(reference)).collect();
        let channels: Vec<ChannelNo> = channels.into_iter().collect();
        Self { id: set_id(&channels), units, channels }
    }

    /// Whether a channel is among them.
    pub fn has(&self, channel: ChannelNo) -> bool {
        self.channels.binary_search(&channel).is_ok()
    }
}

/// A number made of a set of channels (ascending), the same on every server and after every restore.
pub(crate) fn set_id(channels: &[ChannelNo]) -> u64 {
    let mut hasher = Sha256::new();
    for channel in channels {
        hasher.update(channel.0.to_be_bytes());
    }
    hasher.finalize().iter().take(8).fold(0, |id, byte| (id << 8) | u64::from(*byte))
}

/// The nearest commune: the unit itself or one above it.
pub(crate) fn commune_of(reference: &Reference, unit: FactId) -> Option<FactId> {
    let tree = &reference.tree;
    std::iter::once(unit).chain(tree.ancestors(unit)).find(|unit| tree.level(*unit) == Some(Level::Commune))
}

fn covers(from: Day, to: Option<Day>, today: Day) -> bool {
    from <= today && to.is_none_or(|to| today <= to || fieldbook_model::planted!(DutyNeverEnds))
}

fn with_all_below(reference: &Reference, unit: FactId, units: &mut BTreeSet<FactId>) {
    units.insert(unit);
    units.extend(reference.tree.descendants(unit));
}

fn predecessors(reference: &Reference, unit: FactId) -> BTreeSet<FactId> {
    let mut found = BTreeSet::new();
    let mut open = vec![unit];
    while let Some(unit) = open.pop() {
        open.extend(reference.tree.predecessors(unit).iter().copied().filter(|unit| found.insert(*unit)));
    }
    found
}

/// Posts whose petitioners the holder of this one may know: its own, those it continues, and for a desk every post of its
/// own commune.
fn private_posts(reference: &Reference, post: &HeldPost) -> Vec<FactId> {
    let mut posts = vec![post.id];
    posts.extend(&post.continues);
    if post.role == Role::Desk {
        let below = reference.tree.descendants(post.unit).into_iter();
        let own = below.filter(|unit| commune_of(reference, *unit) == Some(post.unit)).chain([post.unit]);
        posts.extend(own.filter_map(|unit| reference.posts_in.get(&unit)).flatten());
    }
    posts
}
