//! In which channels cases and facts about the organisation are, and what changes that: forwarding, re-homing, merges,
//! splits.

use std::collections::BTreeSet;

use fieldbook_model::body::{Assignment, Kind, OfficeContact, Post, Topic, UnitSplit, UnitsMerged, WriterEnrolled};
use fieldbook_model::case::Case;
use fieldbook_model::day::Day;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, Order};

use super::OfficeFault;
use super::accept::Work;
use super::reference::Reference;
use super::scope::Channel;
use crate::storage::{ChannelNo, FeedOp, Tx};

/// Name of the value that counts the merges and splits whose cases were moved.
const SETTLED: &str = "lineage_settled";

/// How many cases are moved at a time.
const PAGE: usize = 512;

/// The channels of a case: its unit and the units it was forwarded to, each also as the unit that has its work today.
pub fn channels(reference: &Reference, case: &Case, today: Day) -> BTreeSet<ChannelNo> {
    let units = std::iter::once(case.unit).chain(case.forwarded_to.iter().copied());
    let homes = units.flat_map(|unit| [unit, reference.tree.current_home(unit, today)]);
    homes.filter_map(|unit| Channel::Work(unit).number(reference)).collect()
}

/// Moves the cases of units whose merge or split has begun. Cheap when none has begun since the last time.
pub(crate) fn settle(tx: &mut dyn Tx, work: &mut Work) -> Result<(), OfficeFault> {
    let reference = std::sync::Arc::clone(&work.reference);
    let begun: Vec<&Vec<FactId>> = reference.fates.iter().filter(|(on, _)| *on <= work.today).map(|(_, units)| units).collect();
    if begun.is_empty() || fieldbook_model::planted!(MergeNotSettled) {
        return Ok(());
    }
    let count = (begun.len() as u64).to_be_bytes();
    if tx.value(SETTLED)?.as_deref() == Some(&count[..]) {
        return Ok(());
    }
    for unit in begun.into_iter().flatten() {
        let Some(channel) = Channel::Work(*unit).number(&reference) else {
            continue;
        };
        let mut after = Order(0);
        loop {
            let roots = tx.roots_in(channel, after, PAGE)?;
            let Some(last) = roots.last() else {
                break;
            };
            after = *last;
            for root in roots {
                if let Some(case) = work.case(tx, root)? {
                    place(tx, &reference, &case, root, work.today)?;
                }
                work.forget(root);
            }
        }
    }
    tx.put_value(SETTLED, &count).map_err(Into::into)
}

/// Puts a new case into its channels.
pub(crate) fn place_first(
    tx: &mut dyn Tx,
    reference: &Reference,
    case: &Case,
    root: Order,
    today: Day,
    op: FeedOp,
) -> Result<(), OfficeFault> {
    for channel in channels(reference, case, today) {
        tx.join_channel(root, channel)?;
        tx.append_feed(channel, op, root)?;
    }
    Ok(())
}

/// Brings the channels of a case up to date.
pub(crate) fn place(tx: &mut dyn Tx, reference: &Reference, case: &Case, root: Order, today: Day) -> Result<(), OfficeFault> {
    let before: BTreeSet<ChannelNo> = tx.channels_of(root)?.into_iter().collect();
    let after = channels(reference, case, today);
    let joined: Vec<ChannelNo> = after.difference(&before).copied().collect();
    join(tx, root, &joined, FeedOp::Joined)?;
    for channel in before.difference(&after).filter(|_| !fieldbook_model::planted!(RehomeNotLeft)) {
        tx.leave_channel(root, *channel)?;
        tx.append_feed(*channel, FeedOp::Gone, root)?;
    }
    Ok(())
}

/// Puts everything under a root into further channels; what is private is announced again in its own channel, because a
/// phone there may not have had the case before.
fn join(tx: &mut dyn Tx, root: Order, channels: &[ChannelNo], op: FeedOp) -> Result<(), OfficeFault> {
    if channels.is_empty() {
        return Ok(());
    }
    let facts = tx.facts_of(root)?;
    for channel in channels {
        tx.join_channel(root, *channel)?;
        for fact in facts.iter().filter(|fact| fact.private.is_none()) {
            tx.append_feed(*channel, op, fact.order)?;
        }
    }
    for fact in &facts {
        if let Some(channel) = fact.private {
            tx.append_feed(channel, op, fact.order)?;
        }
    }
    Ok(())
}

/// Puts a fact about the organisation into its channels, and the people it speaks of with it.
pub(crate) fn place_reference(
    tx: &mut dyn Tx,
    reference: &Reference,
    fact: &Fact,
    order: Order,
    begins: bool,
    op: FeedOp,
) -> Result<(), OfficeFault> {
    let about = About::of(fact, reference);
    let channels: BTreeSet<ChannelNo> = about.channels.iter().filter_map(|channel| channel.number(reference)).collect();
    let channels: Vec<ChannelNo> = channels.into_iter().collect();
    if begins {
        join(tx, order, &channels, op)?;
    }
    let Some(person) = about.person else {
        return Ok(());
    };
    let phones = reference.enrolments_of.get(&person).into_iter().flatten().copied();
    for id in std::iter::once(person).chain(phones) {
        let Some(root) = tx.fact(id)?.map(|stored| stored.order).filter(|root| *root != order) else {
            continue;
        };
        let before = tx.channels_of(root)?;
        let new: Vec<ChannelNo> = channels.iter().copied().filter(|channel| !before.contains(channel)).collect();
        join(tx, root, &new, FeedOp::Joined)?;
    }
    Ok(())
}

/// Whom a fact about the organisation concerns.
#[derive(Default)]
struct About {
    channels: Vec<Channel>,
    person: Option<FactId>,
}

impl About {
    /// What cannot be read concerns everybody, so that phones of a newer version get it.
    fn of(fact: &Fact, reference: &Reference) -> Self {
        Self::read(fact, reference).unwrap_or_else(|| Self { channels: vec![Channel::Org], person: None })
    }

    fn read(fact: &Fact, reference: &Reference) -> Option<Self> {
        let units = |units: Vec<FactId>| Self { channels: units.into_iter().map(Channel::Info).collect(), person: None };
        let person = |person: FactId, units: Vec<FactId>| {
            let channels = units.into_iter().map(Channel::Info).collect();
            Self { channels, person: Some(person) }
        };
        let of_person = |person: &FactId| reference.units_of.get(person).into_iter().flatten().copied().collect::<Vec<_>>();
        Some(match fact.kind {
            Kind::Unit => units(vec![fact.id]),
            Kind::UnitsMerged => {
                let UnitsMerged { mut from, into, .. } = fact.read().ok()?;
                from.push(into);
                units(from)
            }
            Kind::UnitSplit => {
                let UnitSplit { from, mut into, .. } = fact.read().ok()?;
                into.push(from);
                units(into)
            }
            Kind::Person => units(of_person(&fact.id)),
            Kind::Post => {
                let post: Post = fact.read().ok()?;
                person(post.person, vec![post.unit])
            }
            Kind::Assignment => {
                let assignment: Assignment = fact.read().ok()?;
                let unit = assignment.unit.map_or_else(|| of_person(&assignment.person), |unit| vec![unit]);
                person(assignment.person, unit)
            }
            Kind::Topic => units(vec![fact.read::<Topic>().ok()?.unit]),
            Kind::OfficeContact => units(vec![fact.read::<OfficeContact>().ok()?.unit]),
            Kind::WriterEnrolled => units(of_person(&fact.read::<WriterEnrolled>().ok()?.person)),
            Kind::Rule
            | Kind::Holiday
            | Kind::Ended
            | Kind::UnitRenamed
            | Kind::Rehomed
            | Kind::Erasure
            | Kind::Visit
            | Kind::Problem
            | Kind::Petition
            | Kind::Report
            | Kind::Words
            | Kind::Identity
            | Kind::Mask
            | Kind::CaseEvent
            | Kind::Photo
            | Kind::FollowUp
            | Kind::FollowUpTick
            | Kind::Correction
            | Kind::Withdrawal
            | Kind::Other(_) => Self { channels: vec![Channel::Org], person: None },
        })
    }
}
