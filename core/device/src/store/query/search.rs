//! Search: typed with marks it is exact, typed without it finds all (UX-9).

use fieldbook_model::text;

use super::super::{Reading, StoreError};
use super::cases::{COLUMNS, CaseLine, CasePage, CaseRow, PAGE};

/// A last word of so many letters also finds longer words at once: the index holds all beginnings of this length.
const PREFIX_LETTERS: usize = 3;

/// How many of the latest that match are looked through for words side by side.
const LOOKED_THROUGH: usize = 2_000;

impl Reading<'_> {
    /// Cases whose texts hold every word, the latest to arrive first, and after them those in which the last word is the beginning
    /// of a longer one. `after` is the page before's `next`.
    pub fn search(&self, typed: &str, after: Option<i64>) -> Result<CasePage, StoreError> {
        let Some(query) = Query::of(typed) else {
            return Ok(CasePage::default());
        };
        // The later part of the list counts downwards from -1.
        let (whole, longer) = match after {
            None => (Some(i64::MAX), i64::MAX),
            Some(after) if after > 0 => (Some(after), i64::MAX),
            Some(after) => (None, after.saturating_neg()),
        };
        let mut rows = match whole {
            Some(before) => self.matching(&query.whole(), before, PAGE + 1)?,
            None => Vec::new(),
        };
        if let Some(query) = query.longer().filter(|_| rows.len() <= PAGE) {
            let more = self.matching(&query, longer, PAGE + 1 - rows.len())?;
            rows.extend(more.into_iter().map(|(row, doc)| (row, -doc)));
        }
        self.page(rows)
    }

    /// The fifty cases that fit best: those that hold the words side by side as typed, then the others; the latest first. Words that
    /// are common are looked for side by side only among the latest, or it would take longer the longer a phone is in use.
    pub fn search_best(&self, typed: &str) -> Result<Vec<CaseLine>, StoreError> {
        let Some(query) = Query::of(typed) else {
            return Ok(Vec::new());
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM search s JOIN cases c ON c.doc = s.rowid
             WHERE s.search MATCH ?2 AND s.rowid >= coalesce(
               (SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET {LOOKED_THROUGH}), 0)
             ORDER BY s.rowid DESC LIMIT {PAGE}"
        );
        let mut lines = self.lines(&sql, [query.whole(), query.phrase()])?;
        if lines.len() < PAGE {
            let others = self.search(typed, None)?.lines;
            let further = others.into_iter().filter(|other| !lines.iter().any(|line| line.root == other.root));
            lines.extend(further.take(PAGE - lines.len()).collect::<Vec<_>>());
        }
        Ok(lines)
    }

    /// Matching cases with their rows in the index, the latest below `before` first.
    fn matching(&self, query: &str, before: i64, most: usize) -> Result<Vec<(CaseRow, i64)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, s.rowid FROM search s JOIN cases c ON c.doc = s.rowid
             WHERE s.search MATCH ?1 AND s.rowid < ?2 ORDER BY s.rowid DESC LIMIT ?3"
        );
        let mut statement = self.sql().prepare_cached(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(rusqlite::params![query, before, most], |row| Ok((CaseRow::read(row)?, row.get::<_, i64>(14)?)))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }
}

/// What was typed, as words for one column of the search table.
struct Query {
    column: &'static str,
    words: Vec<String>,
    last: String,
}

impl Query {
    /// None when nothing but signs was typed.
    fn of(typed: &str) -> Option<Self> {
        let (column, form) = if text::has_marks(typed) { ("norm", text::norm(typed)) } else { ("fold", text::fold(typed)) };
        let mut words: Vec<String> =
            form.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let last = words.pop()?;
        Some(Self { column, words, last })
    }

    fn last_letters(&self) -> usize {
        self.last.chars().count()
    }

    /// Every word. The index finds the beginnings of [`PREFIX_LETTERS`] as quickly as words.
    fn whole(&self) -> String {
        let star = if self.last_letters() == PREFIX_LETTERS { " *" } else { "" };
        self.all(&format!("\"{}\"{star}", self.last))
    }

    /// Longer words than the last; none when [`Self::whole`] has them. The index has to put their places together first.
    fn longer(&self) -> Option<String> {
        let last = &self.last;
        (self.last_letters() > PREFIX_LETTERS).then(|| self.all(&format!("(\"{last}\" * NOT \"{last}\")")))
    }

    /// The words side by side.
    fn phrase(&self) -> String {
        let Self { column, words, last } = self;
        let before: String = words.iter().map(|word| format!("{word} ")).collect();
        format!("{column} : \"{before}{last}\"")
    }

    fn all(&self, last: &str) -> String {
        let before: String = self.words.iter().map(|word| format!("\"{word}\" AND ")).collect();
        format!("{} : ({before}{last})", self.column)
    }
}
