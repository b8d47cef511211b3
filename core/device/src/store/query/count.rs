//! Counting records for reports.

use fieldbook_model::body::Number;
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use rusqlite::params;

use super::super::{Reading, StoreError};

impl Reading<'_> {
    /// How many records of these units count for this number from `from` to `to`, both included.
    pub(crate) fn count_records(&self, number: Number, units: &[FactId], from: Day, to: Day) -> Result<u32, StoreError> {
        // 26: refused, withdrawn or discarded.
        const OF_UNITS: &str = "unit IN (SELECT value FROM json_each(?1)) AND flags & 26 = 0";
        let (table, condition) = match number {
            Number::Visits => ("cases", "kind = 20 AND day BETWEEN ?2 AND ?3"),
            Number::ProblemsNew => ("cases", "kind = 21 AND day BETWEEN ?2 AND ?3"),
            Number::ProblemsDone => ("cases", "kind = 21 AND done_day BETWEEN ?2 AND ?3"),
            Number::PetitionsNew => ("cases", "kind = 22 AND day BETWEEN ?2 AND ?3"),
            Number::PetitionsDone => ("cases", "kind = 22 AND done_day BETWEEN ?2 AND ?3"),
            Number::Open => ("cases", "kind IN (21, 22) AND day <= ?3 AND (open = 1 OR done_day > ?3) AND ?2 <= ?3"),
            Number::FollowUpsDone => ("follow_ups", "done_day BETWEEN ?2 AND ?3"),
            Number::Other(_) => return Ok(0),
        };
        let of_units = if table == "cases" { OF_UNITS } else { "unit IN (SELECT value FROM json_each(?1))" };
        let mut statement =
            self.sql().prepare_cached(&format!("SELECT count(*) FROM {table} WHERE {of_units} AND {condition}"))?;
        let units = self.numbers(units.iter().copied())?;
        Ok(statement.query_row(params![units, from.0, to.0], |row| row.get(0))?)
    }
}
