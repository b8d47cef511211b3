//! Sổ: lists and search, fifty a page.

use fieldbook_device::store::query;
use fieldbook_model::receipt::Receipt;
use serde::Serialize;

use crate::convert;
use crate::error::{Field, FieldbookError, InputFault, Result};
use crate::fieldbook::Fieldbook;
use crate::records::CaseRow;
use crate::rows::{self, Look};
use crate::words::CaseKind;

/// Which records to list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CaseFilter {
    /// Of one kind only.
    pub kind: Option<CaseKind>,
    /// Of one unit and everything below it.
    pub unit_id: Option<String>,
    /// Only those on which somebody still has to do something.
    pub open_only: bool,
    /// Only those written by this person.
    pub mine_only: bool,
    /// Words to find; with marks they are exact, without they find all spellings. Empty lists everything.
    pub words: String,
}

/// Fifty records, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CasePage {
    /// The records.
    pub rows: Vec<CaseRow>,
    /// Asks for the next page; none at the end.
    pub next: Option<String>,
}

#[uniffi::export]
impl Fieldbook {
    /// A page of records. `after` is the page before's `next`.
    pub async fn cases(&self, filter: CaseFilter, after: Option<String>) -> Result<CasePage> {
        let page = self.work(move |core, phone| {
            let after = after.map(|after| after.parse::<i64>()).transpose();
            let after = after.map_err(|_| FieldbookError::invalid(Field::Choice, InputFault::Malformed))?;
            rows::look(phone, core.clock.now(), |look| page(look, &filter, after))
        });
        page.await
    }

    /// The record with this receipt, as typed or read out: small letters, spaces and hyphens do not matter.
    pub async fn find_receipt(&self, typed: String) -> Result<Option<String>> {
        let found = self.work(move |_, phone| {
            let Ok(receipt) = typed.parse::<Receipt>() else {
                return Ok(None);
            };
            let case = phone.store.read(|tx| tx.case_by_receipt(&receipt.to_string()))?;
            Ok(case.map(|case| case.root.to_string()))
        });
        found.await
    }
}

/// What the filter asks and the index cannot answer is looked at line by line, and a page may then hold fewer than fifty.
fn page(look: &Look<'_, '_>, filter: &CaseFilter, after: Option<i64>) -> Result<CasePage> {
    let unit = filter.unit_id.as_deref().map(convert::id).transpose()?;
    let kind = filter.kind.map(Into::into);
    let page = if filter.words.trim().is_empty() {
        look.tx.cases(&query::CaseFilter { kind, unit, open_only: filter.open_only, state: None }, after)?
    } else {
        look.tx.search(&filter.words, after)?
    };
    let fits = |line: &query::CaseLine| {
        (!filter.mine_only || look.is_mine(line.author))
            && kind.is_none_or(|kind| line.kind == kind)
            && (!filter.open_only || line.open)
            && unit.is_none_or(|unit| look.organisation.tree.is_within(line.unit, unit))
    };
    let lines = page.lines.into_iter().filter(fits).collect();
    Ok(CasePage { rows: look.rows(lines)?, next: page.next.map(|next| next.to_string()) })
}
