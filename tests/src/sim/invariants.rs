//! What must hold once the faults have stopped and everything has settled.

use std::collections::BTreeSet;

use fieldbook_device::store::FactState;
use fieldbook_model::body::{Kind, Problem};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::digest::Digest;
use fieldbook_protocol::sync::{Check, SyncRequest};
use fieldbook_protocol::version;
use rusqlite::Connection;

use super::office::{Office, Plan};
use super::phone::Phone;
use super::{Outcome, said};

/// A fact as it lies in a phone's file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HeldFact {
    pub(crate) id: FactId,
    pub(crate) order: Option<i64>,
    pub(crate) state: i64,
    pub(crate) kind: u32,
    pub(crate) is_root: bool,
    pub(crate) hash: Vec<u8>,
}

/// Everything in a phone's file, read past the store.
pub(crate) fn held(sql: &Connection) -> Outcome<Vec<HeldFact>> {
    let mut statement = sql
        .prepare_cached(
            "SELECT writers.id, facts.id & ((1 << 40) - 1), ord, state, kind, root = facts.id, hash FROM facts
             JOIN writers ON writers.no = facts.id >> 40 ORDER BY 1, 2",
        )
        .map_err(said)?;
    let rows = statement
        .query_map([], |row| {
            let id = FactId::new(WriterId(row.get::<_, i64>(0)?.cast_unsigned()), row.get::<_, i64>(1)?.cast_unsigned());
            Ok(HeldFact {
                id,
                order: row.get(2)?,
                state: row.get(3)?,
                kind: row.get(4)?,
                is_root: row.get(5)?,
                hash: row.get(6)?,
            })
        })
        .map_err(said)?;
    rows.collect::<Result<Vec<_>, _>>().map_err(said)
}

/// Checks everything; the first thing that does not hold is the error.
pub(crate) fn check(office: &Office, plan: &Plan, phones: &[Phone], now: i64) -> Outcome<()> {
    let mut confirmed = Vec::new();
    for (n, phone) in phones.iter().enumerate() {
        nothing_waits(n, phone)?;
        nothing_is_lost(n, office, phone)?;
        agrees(n, office, phone, now)?;
        let mut facts = held(phone.peek())?;
        facts.retain(|fact| fact.order.is_some());
        nothing_out_of_scope(n, plan, phone, &facts)?;
        confirmed.push(facts);
    }
    if confirmed[0] != confirmed[1] {
        return Err(format!("phones of one person differ:{}", difference(&confirmed[0], &confirmed[1])));
    }
    let dump = |phone: &Phone| phone.store()?.read(|tx| tx.dump()).map_err(said);
    let (one, other) = (dump(&phones[0])?, dump(&phones[1])?);
    if one != other {
        let line = one.lines().zip(other.lines()).position(|(one, other)| one != other).unwrap_or_default();
        let near = |dump: &str| dump.lines().skip(line.saturating_sub(8)).take(12).collect::<Vec<_>>().join("\n");
        return Err(format!("the same facts add up to two things:\n{}\n---\n{}", near(&one), near(&other)));
    }
    Ok(())
}

/// What became of the facts that were written, to see that the seeds visit what they should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Confirmed and still on their author's phone.
    pub confirmed: usize,
    /// Refused, and nothing done about it.
    pub refused: usize,
    /// Hanging on a refused one.
    pub held: usize,
    /// Given up.
    pub discarded: usize,
    /// Written to put a refused one right.
    pub repairs: usize,
    /// Gone from the phone with a case that left its scope.
    pub dropped: usize,
}

impl Tally {
    /// Adds another one.
    pub fn add(&mut self, other: &Self) {
        self.confirmed += other.confirmed;
        self.refused += other.refused;
        self.held += other.held;
        self.discarded += other.discarded;
        self.repairs += other.repairs;
        self.dropped += other.dropped;
    }
}

/// Counts what became of the facts of these phones.
pub(crate) fn tally(phones: &[Phone]) -> Outcome<Tally> {
    let mut tally = Tally::default();
    for phone in phones {
        for written in &phone.written {
            let Some(kept) = phone.store()?.read(|tx| tx.fact(written.id)).map_err(said)? else {
                tally.dropped += 1;
                continue;
            };
            tally.repairs += usize::from(kept.fact.as_ref().is_some_and(|fact| fact.repairs.is_some()));
            match kept.state {
                FactState::Confirmed => tally.confirmed += 1,
                FactState::Refused => tally.refused += 1,
                FactState::Held => tally.held += 1,
                FactState::Discarded => tally.discarded += 1,
                FactState::Waiting | FactState::Sent | FactState::Offered => (),
            }
        }
    }
    Ok(tally)
}

fn nothing_waits(n: usize, phone: &Phone) -> Outcome<()> {
    let waiting = phone.store()?.read(|tx| tx.waiting()).map_err(said)?;
    let state = phone.store()?.read(|tx| tx.sync_state()).map_err(said)?;
    if waiting.facts > 0 || state.more > 0 || state.enrolment.is_some() || state.stopped.is_some() || state.failing.is_some() {
        return Err(format!("phone {n} does not drain: {waiting:?} {state:?}"));
    }
    let troubles = phone.store()?.read(|tx| tx.troubles()).map_err(said)?;
    if !troubles.is_empty() {
        return Err(format!("phone {n} has troubles: {troubles:?}"));
    }
    Ok(())
}

/// Every fact that was ever saved is in the office's log once, or visible on the phone as needing attention.
fn nothing_is_lost(n: usize, office: &Office, phone: &Phone) -> Outcome<()> {
    for written in &phone.written {
        let id = written.id;
        let kept = phone.store()?.read(|tx| tx.fact(id)).map_err(said)?;
        let stored = office.read(|tx| Ok(tx.fact(id)?))?;
        if let Some(stored) = stored {
            if let Some(kept) = kept.filter(|kept| kept.state != FactState::Confirmed || kept.order != Some(stored.order)) {
                return Err(format!(
                    "phone {n}: {id} is at the office as {:?} and here {:?} {:?}",
                    stored.order, kept.state, kept.order
                ));
            }
            same_receipt(n, written, stored.open().map_err(said)?.as_ref())?;
            continue;
        }
        let Some(kept) = kept else {
            // A refused case whose repair was confirmed and then left the scope goes with it.
            if office.read(|tx| Ok(tx.refusal(id)?))?.is_some() {
                continue;
            }
            return Err(format!("phone {n}: {id} is nowhere"));
        };
        let visible = matches!(kept.state, FactState::Refused | FactState::Held | FactState::Discarded);
        if !visible {
            return Err(format!("phone {n}: {id} is {:?} and not at the office", kept.state));
        }
        same_receipt(n, written, kept.fact.as_ref())?;
    }
    Ok(())
}

fn same_receipt(n: usize, written: &super::phone::Written, fact: Option<&fieldbook_model::fact::Fact>) -> Outcome<()> {
    let Some((receipt, fact)) = written.receipt.as_ref().zip(fact) else {
        return Ok(());
    };
    let body: Problem = fact.read().map_err(said)?;
    if body.receipt.as_ref() == Some(receipt) {
        return Ok(());
    }
    Err(format!("phone {n}: the receipt {receipt} of {} became {:?}", written.id, body.receipt))
}

fn agrees(n: usize, office: &Office, phone: &Phone, now: i64) -> Outcome<()> {
    let (state, parts) = phone
        .store()?
        .read(|tx| Ok::<_, fieldbook_device::store::StoreError>((tx.sync_state()?, tx.digest_parts()?)))
        .map_err(said)?;
    let mut whole = Digest::default();
    for part in &parts {
        whole.count += part.count;
        whole.sum = whole.sum.wrapping_add(part.sum);
    }
    let Some(token) = state.token() else {
        return Err(format!("phone {n} has no token"));
    };
    let request = SyncRequest {
        protocol: version::PROTOCOL,
        schema: version::SCHEMA,
        epoch: state.epoch,
        cursor: state.cursor.clone(),
        now: now / 1000,
        facts: None,
        offered: None,
        next_token: None,
        check: None,
        want: None,
        room: None,
        blobs: None,
    };
    if office.agrees(token, request, Check { whole, parts: None }, now / 1000)? {
        return Ok(());
    }
    Err(format!("phone {n} and the office do not agree on what it holds ({whole:?})"))
}

/// A liaison's phone holds no case of a hamlet that nobody gave to its person.
fn nothing_out_of_scope(n: usize, plan: &Plan, phone: &Phone, facts: &[HeldFact]) -> Outcome<()> {
    if phone.is_desk {
        return Ok(());
    }
    let mine: BTreeSet<FactId> =
        plan.hamlets.iter().zip(&plan.assigned).filter(|(_, assigned)| assigned.is_some()).map(|(hamlet, _)| *hamlet).collect();
    for fact in facts.iter().filter(|fact| fact.is_root && fact.kind == Kind::Problem.code()) {
        let kept = phone.store()?.read(|tx| tx.fact(fact.id)).map_err(said)?;
        let Some(body) = kept.and_then(|kept| kept.fact).and_then(|fact| fact.read::<Problem>().ok()) else { continue };
        if !mine.contains(&body.unit) {
            return Err(format!("phone {n} holds {} of {}, which is not its person's", fact.id, body.unit));
        }
    }
    Ok(())
}

fn difference(one: &[HeldFact], other: &[HeldFact]) -> String {
    let (one, other): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    one.symmetric_difference(&other)
        .take(6)
        .map(|fact| format!("\n  {} {:?} kind {}", fact.id, fact.order, fact.kind))
        .collect()
}
