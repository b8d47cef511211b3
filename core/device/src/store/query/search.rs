//! Search: typed with marks it is exact, typed without it finds all (UX-9).

use fieldbook_model::text;

use super::super::{Reading, StoreError};
use super::cases::{COLUMNS, CaseLine, CasePage, CaseRow, PAGE};

/// From this many letters on a word being typed also finds longer words.
const PREFIX_LETTERS: usize = 3;

/// How many of the latest that match are weighed against each other.
const WEIGHED: usize = 4_000;

impl Reading<'_> {
    /// Cases whose texts hold every word, the latest to arrive first; the last word may be its beginning only. `after` is
    /// the page before's `next`.
    pub fn search(&self, typed: &str, after: Option<i64>) -> Result<CasePage, StoreError> {
        let Some(query) = match_query(typed) else {
            return Ok(CasePage::default());
        };
        let sql = format!(
            "SELECT {COLUMNS}, s.rowid FROM search s JOIN cases c ON c.doc = s.rowid
             WHERE s.search MATCH ?1 AND s.rowid < ?2 ORDER BY s.rowid DESC LIMIT {}",
            PAGE + 1
        );
        let mut statement = self.sql().prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params![query, after.unwrap_or(i64::MAX)], |row| {
            Ok((CaseRow::read(row)?, row.get::<_, i64>(14)?))
        })?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        self.page(rows)
    }

    /// The fifty cases that fit best, among the latest few thousand that hold every word: weighing each of a common word's would
    /// take longer the longer a phone is in use.
    pub fn search_best(&self, typed: &str) -> Result<Vec<CaseLine>, StoreError> {
        let Some(query) = match_query(typed) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM (SELECT rowid AS doc, rank AS fits FROM search WHERE search MATCH ?1 AND rowid >= coalesce(
               (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET {WEIGHED}), 0)
               ORDER BY rank LIMIT {PAGE}) s
             JOIN cases c ON c.doc = s.doc ORDER BY s.fits, s.doc DESC"
        );
        self.lines(&sql, [query])
    }
}

/// The query in the search table's own language; none when nothing but signs was typed.
fn match_query(typed: &str) -> Option<String> {
    let (column, form) = if text::has_marks(typed) { ("norm", text::norm(typed)) } else { ("fold", text::fold(typed)) };
    let words: Vec<&str> = form.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (last, before) = words.split_last()?;
    let mut query = format!("{column} : (");
    for word in before {
        query.push_str(&format!("\"{word}\" AND "));
    }
    let star = if last.chars().count() >= PREFIX_LETTERS { " *" } else { "" };
    query.push_str(&format!("\"{last}\"{star})"));
    Some(query)
}
