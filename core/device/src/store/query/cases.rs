//! Lists of cases, fifty a page, and one case.

use fieldbook_model::body::CaseState;
use fieldbook_model::case::CaseKind;
use fieldbook_model::day::Day;
use fieldbook_model::id::{FactId, WriterId};
use rusqlite::{Row, params_from_iter};

use super::super::views::{Folded, flag};
use super::super::{Reading, StoreError};

/// Cases on a page.
pub const PAGE: usize = 50;

/// Which cases a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CaseFilter {
    /// Of this kind; every kind when absent.
    pub kind: Option<CaseKind>,
    /// Of this unit and everything below it.
    pub unit: Option<FactId>,
    /// Only those that somebody still has to do something about.
    pub open_only: bool,
    /// Only in this state.
    pub state: Option<CaseState>,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// The case.
    pub root: FactId,
    /// Visit, problem, petition or report.
    pub kind: CaseKind,
    /// Its unit.
    pub unit: FactId,
    /// Where it stands.
    pub state: CaseState,
    /// Whether somebody still has to do something about it.
    pub open: bool,
    /// The day it counts for.
    pub day: Day,
    /// When it was written down, Unix seconds by its phone's clock.
    pub time: i64,
    /// The day it is due.
    pub due: Option<Day>,
    /// Number of its [`fieldbook_model::body::Urgency`].
    pub urgency: Option<u32>,
    /// Number of the kind within its kind: of petition, of report, of handling.
    pub sub_kind: Option<u32>,
    /// Some of it has not reached the office.
    pub unconfirmed: bool,
    /// The office refused some of it.
    pub refused: bool,
    /// "Có hai bản".
    pub fork: bool,
    /// Its author took it back.
    pub withdrawn: bool,
    /// Refused and given up.
    pub discarded: bool,
    /// How many pictures it has.
    pub photos: i64,
    /// The code the person can read out.
    pub receipt: Option<String>,
    /// What it is about, on one line.
    pub title: String,
    /// Who began it.
    pub author: WriterId,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CasePage {
    /// At most [`PAGE`] cases.
    pub lines: Vec<CaseLine>,
    /// What to ask the next page with; none on the last one.
    pub next: Option<i64>,
}

/// One case with the names that its page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseView {
    /// The case and what was refused of it.
    pub folded: Folded,
    /// Its unit as written today.
    pub unit_name: String,
    /// Who began it; none when not known here.
    pub author_name: Option<String>,
    /// Why facts of it were refused, as numbers of [`fieldbook_model::case::Refusal`].
    pub refusals: Vec<(FactId, u32)>,
}

pub(super) const COLUMNS: &str = "c.root, c.kind, c.unit, c.state, c.open, c.day, c.time, c.due, c.urgency, c.sub_kind, c.flags, \
    c.photos, c.receipt, c.title";

impl Reading<'_> {
    /// A page of cases, the latest first: unconfirmed ones, then by the office's order. `after` is the page before's `next`.
    pub fn cases(&self, filter: &CaseFilter, after: Option<i64>) -> Result<CasePage, StoreError> {
        let mut sql = format!("SELECT {COLUMNS}, c.sort FROM cases c WHERE c.sort < ?1");
        let mut values = vec![rusqlite::types::Value::from(after.unwrap_or(i64::MAX))];
        let mut also = |condition: &str, value: rusqlite::types::Value| {
            values.push(value);
            sql.push_str(&format!(" AND {condition}{}", condition_end(condition, values.len())));
        };
        if let Some(kind) = filter.kind {
            also("c.kind = ", i64::from(kind.kind().code()).into());
        }
        if filter.open_only {
            also("c.open = ", 1_i64.into());
        }
        if let Some(state) = filter.state {
            also("c.state = ", i64::from(state.code()).into());
        }
        if let Some(unit) = filter.unit {
            let units = self.numbers(self.organisation()?.tree.descendants(unit).into_iter().chain([unit]))?;
            also("c.unit IN (SELECT value FROM json_each(", units.into());
        }
        sql.push_str(&format!(" ORDER BY c.sort DESC LIMIT {}", PAGE + 1));
        let mut statement = self.sql().prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok((CaseRow::read(row)?, row.get::<_, i64>(14)?)))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        self.page(rows)
    }

    /// One case: everything its page shows. None when it is not here, or this version cannot read it.
    pub fn case(&self, root: FactId) -> Result<Option<CaseView>, StoreError> {
        let Some(folded) = self.fold(root)? else {
            return Ok(None);
        };
        let organisation = self.organisation()?;
        let mut refusals = Vec::new();
        for id in &folded.refused {
            refusals.extend(self.refusal(*id)?.map(|code| (*id, code)));
        }
        Ok(Some(CaseView {
            unit_name: organisation.tree.display(folded.case.unit),
            author_name: organisation.author_name(folded.case.author).map(str::to_owned),
            refusals,
            folded,
        }))
    }

    /// The case with this receipt.
    pub fn case_by_receipt(&self, receipt: &str) -> Result<Option<CaseLine>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM cases c WHERE c.receipt = ?1 ORDER BY c.sort LIMIT 1");
        let mut statement = self.sql().prepare_cached(&sql)?;
        let row = rusqlite::OptionalExtension::optional(statement.query_row([receipt], CaseRow::read))?;
        row.map(|row| row.line(self)).transpose()
    }

    pub(super) fn page(&self, mut rows: Vec<(CaseRow, i64)>) -> Result<CasePage, StoreError> {
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().map(|(_, key)| *key).filter(|_| has_more);
        let lines = rows.into_iter().map(|(row, _)| row.line(self)).collect::<Result<_, _>>()?;
        Ok(CasePage { lines, next })
    }

    pub(super) fn lines(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<CaseLine>, StoreError> {
        let mut statement = self.sql().prepare_cached(sql)?;
        let rows = statement.query_map(params, CaseRow::read)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(|row| row.line(self)).collect()
    }
}

fn condition_end(condition: &str, parameter: usize) -> String {
    if condition.ends_with("json_each(") { format!("?{parameter}))") } else { format!("?{parameter}") }
}

pub(super) struct CaseRow {
    root: i64,
    kind: u32,
    unit: i64,
    state: u32,
    open: bool,
    day: i32,
    time: i64,
    due: Option<i32>,
    urgency: Option<u32>,
    sub_kind: Option<u32>,
    flags: i64,
    photos: i64,
    receipt: Option<String>,
    title: String,
}

impl CaseRow {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            root: row.get(0)?,
            kind: row.get(1)?,
            unit: row.get(2)?,
            state: row.get(3)?,
            open: row.get(4)?,
            day: row.get(5)?,
            time: row.get(6)?,
            due: row.get(7)?,
            urgency: row.get(8)?,
            sub_kind: row.get(9)?,
            flags: row.get(10)?,
            photos: row.get(11)?,
            receipt: row.get(12)?,
            title: row.get(13)?,
        })
    }

    pub(super) fn line(self, tx: &Reading<'_>) -> Result<CaseLine, StoreError> {
        let root = tx.id(self.root)?;
        let kind = CaseKind::of(fieldbook_model::body::Kind::from_code(self.kind))
            .ok_or_else(|| StoreError::Corrupt { reason: format!("{root} is no kind of case ({})", self.kind) })?;
        let is = |flag| self.flags & flag != 0;
        Ok(CaseLine {
            root,
            kind,
            unit: tx.id(self.unit)?,
            state: CaseState::from_code(self.state),
            open: self.open,
            day: Day(self.day),
            time: self.time,
            due: self.due.map(Day),
            urgency: self.urgency,
            sub_kind: self.sub_kind,
            unconfirmed: is(flag::UNCONFIRMED),
            refused: is(flag::REFUSED),
            fork: is(flag::FORK),
            withdrawn: is(flag::WITHDRAWN),
            discarded: is(flag::DISCARDED),
            photos: self.photos,
            receipt: self.receipt,
            title: self.title,
            author: root.writer,
        })
    }
}
