//! What the facts of one case add up to, written to the tables that lists and search read.

use std::collections::BTreeMap;

use fieldbook_model::body::{CaseState, Event, Handling, Slot};
use fieldbook_model::case::{Case, CaseBody, CaseKind, HistoryWhat, Placed};
use fieldbook_model::day::Day;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::FactId;
use fieldbook_model::text;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{FactState, Kept, Reading, StoreError, Writing, meta};

/// Marks of a row of `cases`.
pub(crate) mod flag {
    /// Some of it has not reached the office.
    pub(crate) const UNCONFIRMED: i64 = 1;
    /// The office refused some of it.
    pub(crate) const REFUSED: i64 = 2;
    /// Two corrections did not see each other ("có hai bản").
    pub(crate) const FORK: i64 = 4;
    /// Its author took it back.
    pub(crate) const WITHDRAWN: i64 = 8;
    /// Refused, and given up by its author.
    pub(crate) const DISCARDED: i64 = 16;
}

/// Longest title kept for a list, in characters.
const TITLE_CHARS: usize = 160;
/// Unconfirmed cases stand above all confirmed ones in a list; phone clocks order nothing.
const UNCONFIRMED_SORT: i64 = 1 << 62;

/// A case with what the phone alone knows of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Folded {
    /// The case.
    pub case: Case,
    /// Facts of it that the office refused, its root among them when that is so.
    pub refused: Vec<FactId>,
    /// Its author gave it up after it was refused.
    pub discarded: bool,
}

impl Reading<'_> {
    /// The case that goes on under `root`, folded from everything known; none when there is none or this version cannot
    /// read it.
    pub fn fold(&self, root: FactId) -> Result<Option<Folded>, StoreError> {
        let Some(no) = self.find_no(root)? else {
            return Ok(None);
        };
        self.fold_no(self.resolve_no(no)?, false)
    }

    pub(super) fn fold_no(&self, root: i64, confirmed_only: bool) -> Result<Option<Folded>, StoreError> {
        let id = self.id(root)?;
        let mut kept = self.facts_of_no(root)?;
        let mut moved = Vec::new();
        for old in self.repaired_by(root)? {
            let old_id = self.id(old)?;
            let follows = |k: &Kept| k.id != old_id && (k.state == FactState::Held || k.order.is_some());
            moved.extend(self.facts_of_no(old)?.into_iter().filter(follows).map(|k| (old_id, k)));
        }
        if confirmed_only {
            kept.retain(|k| k.order.is_some());
            moved.retain(|(_, k)| k.order.is_some());
        }
        let refused: Vec<FactId> = kept.iter().filter(|k| k.state == FactState::Refused).map(|k| k.id).collect();
        let discarded = kept.iter().any(|k| k.id == id && k.state == FactState::Discarded);
        kept.retain(|k| k.id == id || discarded || !k.state.is_out());

        let moved = under_new_root(moved, id)?;
        let erased: Vec<FactId> = kept.iter().chain(&moved).filter(|k| k.fact.is_none()).map(|k| k.id).collect();
        let mut facts: Vec<Placed<'_>> = moved.iter().chain(&kept).filter_map(place).collect();
        facts.sort_by_key(|p| (p.order.is_none(), p.order));
        Ok(Case::fold(id, &facts, &erased).map(|case| Folded { case, refused, discarded }))
    }
}

impl Writing<'_> {
    /// Folds the case under `root` into the views now instead of at the end, and gives it. `written` are the facts of this
    /// transaction: a case that began in it is made of nothing else.
    pub(crate) fn refold(&mut self, root: FactId, written: &[Fact]) -> Result<Option<Folded>, StoreError> {
        let no = self.no(root)?;
        if self.has_begun(no) {
            let of_case = written.iter().filter(|fact| fact.root == root);
            let facts: Vec<Placed<'_>> = of_case.map(|fact| Placed { fact, order: None }).collect();
            let case = Case::fold(root, &facts, &[]);
            return keep(self, no, case.map(|case| Folded { case, refused: Vec::new(), discarded: false }));
        }
        let resolved = self.resolve_no(no)?;
        refold(self, resolved)
    }
}

fn place(kept: &Kept) -> Option<Placed<'_>> {
    kept.fact.as_ref().map(|fact| Placed { fact, order: kept.order })
}

/// What hung on a refused root speaks of that root; in the case that repairs it, it speaks of the new one.
fn under_new_root(moved: Vec<(FactId, Kept)>, root: FactId) -> Result<Vec<Kept>, StoreError> {
    let mut out = Vec::with_capacity(moved.len());
    for (old, mut kept) in moved {
        if let Some(fact) = kept.fact.take() {
            kept.fact = Some(Fact::seal(fact.id, fact.restate(&|id| if id == old { root } else { id })?)?);
        }
        out.push(kept);
    }
    Ok(out)
}

/// Folds one root and writes its rows, to the views being rebuilt too. Gives the case.
pub(super) fn refold(tx: &mut Writing<'_>, root: i64) -> Result<Option<Folded>, StoreError> {
    let folded = if tx.resolve_no(root)? == root { tx.fold_no(root, false)? } else { None };
    keep(tx, root, folded)
}

fn keep(tx: &mut Writing<'_>, root: i64, folded: Option<Folded>) -> Result<Option<Folded>, StoreError> {
    tx.untouch(root);
    write(tx, root, folded.as_ref(), "")?;
    if meta::get::<String>(tx.sql(), meta::REBUILD)?.is_some() {
        write(tx, root, folded.as_ref(), "next_")?;
    }
    Ok(folded)
}

/// Writes the rows of one case to the views with this prefix; without a case, removes them.
pub(super) fn write(tx: &mut Writing<'_>, root: i64, folded: Option<&Folded>, prefix: &str) -> Result<(), StoreError> {
    let known = Row::find(tx, root, prefix)?;
    if known.is_some() {
        forget_parts(tx, root, prefix)?;
    }
    let Some(folded) = folded else {
        if let Some(known) = known {
            tx.sql().prepare_cached(&format!("DELETE FROM {prefix}cases WHERE root = ?1"))?.execute([root])?;
            forget_words(tx, known.doc, prefix)?;
        }
        return Ok(());
    };
    let searched = searched_text(&folded.case);
    let row = Row { words: fingerprint(&searched), doc: doc_of(tx, root, known, prefix)? };
    write_case(tx, root, folded, row, (known.is_some(), prefix))?;
    write_parts(tx, root, &folded.case, prefix)?;
    if known == Some(row) {
        return Ok(());
    }
    if let Some(known) = known {
        forget_words(tx, known.doc, prefix)?;
    }
    let (norm, fold) = text::search_forms(&searched);
    tx.sql()
        .prepare_cached(&format!("INSERT INTO {prefix}search(rowid, norm, fold) VALUES(?1, ?2, ?3)"))?
        .execute(params![row.doc, norm, fold])?;
    Ok(())
}

/// What a row of `cases` says about its text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    /// Fingerprint of the searched text.
    words: i64,
    /// Its row of `search`.
    doc: i64,
}

impl Row {
    fn find(tx: &Writing<'_>, root: i64, prefix: &str) -> Result<Option<Self>, StoreError> {
        let mut statement = tx.sql().prepare_cached(&format!("SELECT words, doc FROM {prefix}cases WHERE root = ?1"))?;
        Ok(statement.query_row([root], |row| Ok(Self { words: row.get(0)?, doc: row.get(1)? })).optional()?)
    }
}

/// A rebuilt view keeps the order of arrival.
fn doc_of(tx: &Writing<'_>, root: i64, known: Option<Row>, prefix: &str) -> Result<i64, StoreError> {
    if let Some(known) = known {
        return Ok(known.doc);
    }
    if !prefix.is_empty()
        && let Some(living) = Row::find(tx, root, "")?
    {
        return Ok(living.doc);
    }
    let doc = meta::get::<i64>(tx.sql(), meta::DOCS)?.unwrap_or(0) + 1;
    meta::set(tx.sql(), meta::DOCS, doc)?;
    Ok(doc)
}

fn write_case(
    tx: &mut Writing<'_>,
    root: i64,
    folded: &Folded,
    row: Row,
    (is_known, prefix): (bool, &str),
) -> Result<(), StoreError> {
    let case = &folded.case;
    let unit = tx.no(case.unit)?;
    let order = case.history.first().and_then(|line| line.order);
    let sort = order.map_or(UNCONFIRMED_SORT | (root & (UNCONFIRMED_SORT - 1)), |order| order.0);
    let (day, urgency, sub_kind) = details(case);
    let (columns, values) = (
        "kind, unit, state, open, sort, day, time, due, urgency, sub_kind, flags, photos, receipt, title, words, done_day, doc",
        "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18",
    );
    // Not "INSERT OR REPLACE": that is prepared to undo itself, for which the words found so far would be written out each time.
    let sql = if is_known {
        format!("UPDATE {prefix}cases SET ({columns}) = ({values}) WHERE root = ?1")
    } else {
        format!("INSERT INTO {prefix}cases(root, {columns}) VALUES(?1, {values})")
    };
    tx.sql().prepare_cached(&sql)?.execute(params![
        root,
        case.kind.kind().code(),
        unit,
        case.state.code(),
        case.open && !folded.discarded,
        sort,
        day.0,
        case.time,
        case.due.map(|day| day.0),
        urgency,
        sub_kind,
        flags(folded),
        case.photos.len() as i64,
        case.receipt,
        title(case),
        row.words,
        done_day(case).map(|day| day.0),
        row.doc,
    ])?;
    Ok(())
}

fn write_parts(tx: &mut Writing<'_>, root: i64, case: &Case, prefix: &str) -> Result<(), StoreError> {
    for promise in &case.follow_ups {
        let (fact, unit) = (tx.no(promise.id)?, tx.no(promise.unit)?);
        let owner = promise.owner.map(|id| tx.no(id)).transpose()?;
        let is_done = promise.done == Some(true);
        let done_day = promise.ticks.last().filter(|_| is_done).map(|tick| Day::of(tick.time).0);
        tx.sql()
            .prepare_cached(&format!(
                "INSERT INTO {prefix}follow_ups(root, fact, unit, month, done, done_day, owner, text)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
            ))?
            .execute(params![
                root,
                fact,
                unit,
                promise.month,
                is_done || case.withdrawn,
                done_day,
                owner,
                promise.text.as_deref().unwrap_or_default()
            ])?;
    }
    for (id, photo) in &case.photos {
        let fact = tx.no(*id)?;
        tx.sql()
            .prepare_cached(&format!("INSERT INTO {prefix}photos(root, fact, hash) VALUES(?1, ?2, ?3)"))?
            .execute(params![root, fact, photo.hash.as_slice()])?;
    }
    Ok(())
}

/// Pictures that leave a case may be nobody's any more.
fn forget_parts(tx: &mut Writing<'_>, root: i64, prefix: &str) -> Result<(), StoreError> {
    tx.sql().prepare_cached(&format!("DELETE FROM {prefix}follow_ups WHERE root = ?1"))?.execute([root])?;
    let mut statement = tx.sql().prepare_cached(&format!("DELETE FROM {prefix}photos WHERE root = ?1 RETURNING hash"))?;
    let hashes = statement.query_map([root], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
    for hash in hashes {
        tx.may_be_orphan(hash);
    }
    Ok(())
}

fn forget_words(tx: &Writing<'_>, doc: i64, prefix: &str) -> Result<(), StoreError> {
    tx.sql().prepare_cached(&format!("DELETE FROM {prefix}search WHERE rowid = ?1"))?.execute([doc])?;
    Ok(())
}

/// The day on which it reached the end it now has: settled, a result, answered, closed.
fn done_day(case: &Case) -> Option<Day> {
    let is_done = |state: CaseState| match case.kind {
        CaseKind::Problem => {
            matches!(state, CaseState::Settled | CaseState::Resolved | CaseState::Answered | CaseState::Closed)
        }
        CaseKind::Petition => matches!(state, CaseState::Answered | CaseState::Closed),
        CaseKind::Visit | CaseKind::Report => false,
    };
    let mut done = None;
    for line in &case.history {
        let (state, day) = match &line.what {
            HistoryWhat::Recorded => (first_state(case), Day::of(line.time)),
            HistoryWhat::Event(event) if event.event != Event::Note => (event.state, event.day.unwrap_or(Day::of(line.time))),
            HistoryWhat::Event(_)
            | HistoryWhat::Corrected { .. }
            | HistoryWhat::PhotoAdded
            | HistoryWhat::Erased
            | HistoryWhat::Rehomed { .. }
            | HistoryWhat::Withdrawn
            | HistoryWhat::Unknown(_) => continue,
        };
        done = if is_done(state) { done.or(Some(day)) } else { None };
    }
    done
}

fn first_state(case: &Case) -> CaseState {
    match &case.body {
        CaseBody::Problem(problem) if problem.handling == Handling::OnTheSpot => CaseState::Settled,
        CaseBody::Problem(_) | CaseBody::Visit(_) | CaseBody::Petition(_) | CaseBody::Report(_) => CaseState::Recorded,
    }
}

fn flags(folded: &Folded) -> i64 {
    let case = &folded.case;
    [
        (case.unconfirmed, flag::UNCONFIRMED),
        (!folded.refused.is_empty(), flag::REFUSED),
        (!case.forks.is_empty(), flag::FORK),
        (case.withdrawn || case.state == CaseState::Withdrawn, flag::WITHDRAWN),
        (folded.discarded, flag::DISCARDED),
    ]
    .iter()
    .filter(|(is_set, _)| *is_set)
    .map(|(_, flag)| flag)
    .sum()
}

/// The day it counts for, its urgency, and the kind within its kind.
fn details(case: &Case) -> (Day, Option<u32>, Option<u32>) {
    match &case.body {
        CaseBody::Visit(visit) => (visit.day, None, None),
        CaseBody::Problem(problem) => (Day::of(case.time), Some(problem.urgency.code()), Some(problem.handling.code())),
        CaseBody::Petition(petition) => (Day::of(case.time), Some(petition.urgency.code()), Some(petition.kind.code())),
        CaseBody::Report(report) => (report.to, None, Some(report.kind.code())),
    }
}

/// The first text that says what it is about, on one line.
pub(crate) fn title(case: &Case) -> String {
    const BY_WEIGHT: [Slot; 5] = [Slot::Text, Slot::Remark, Slot::BoxDone, Slot::BoxNotDone, Slot::BoxProposed];
    let own = case.words.get(&case.root);
    let chosen = own.and_then(|own| BY_WEIGHT.iter().find_map(|slot| own.get(slot)).or_else(|| own.values().next()));
    let line = chosen.map(String::as_str).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(TITLE_CHARS).collect()
}

fn searched_text(case: &Case) -> String {
    let texts: BTreeMap<_, _> =
        case.words.iter().flat_map(|(of, slots)| slots.iter().map(move |(slot, text)| ((of, slot), text))).collect();
    let identity = case.identity.iter().flat_map(|who| [&who.name, &who.phone, &who.address]).flatten();
    let all = texts.into_values().chain(identity).chain(&case.mask).chain(&case.receipt);
    all.map(String::as_str).collect::<Vec<_>>().join(" \u{2022} ")
}

fn fingerprint(text: &str) -> i64 {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte))
}
