//! Single values: what there is one of.

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::StoreError;

/// Set while erased text may still stand in free pages or the log.
pub(crate) const SCRUB_OWED: &str = "scrub_owed";
/// Grows with every change to the organisation's facts.
pub(crate) const ORGANISATION: &str = "organisation_version";
/// How many cases were ever folded: the row of `search` the next one gets.
pub(crate) const DOCS: &str = "docs";
/// The version of the fold that made the living views.
pub(crate) const FOLD_VERSION: &str = "fold_version";
/// The last case a rebuild has done; absent when none is running.
pub(crate) const REBUILD: &str = "rebuild";

pub(crate) fn get<T: FromSql>(sql: &Connection, key: &str) -> Result<Option<T>, StoreError> {
    let mut statement = sql.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

pub(crate) fn set<T: ToSql>(sql: &Connection, key: &str, value: T) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET value = excluded.value")?
        .execute(params![key, value])?;
    Ok(())
}

pub(crate) fn remove(sql: &Connection, key: &str) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
    Ok(())
}
