//! The views as text, to compare two phones, or one before and after a rebuild.

use std::fmt::Write as _;

use super::organisation::Organisation;
use super::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// Everything the confirmed facts add up to, as canonical text: equal on two phones that hold the same confirmed facts.
    /// Holds no drafts, no state of sending, no local number and nothing of "today".
    pub fn dump(&self) -> Result<String, StoreError> {
        let mut out = String::new();
        line(&mut out, format_args!("{:?}", Organisation::confirmed(self)?));
        let mut statement = self.sql().prepare_cached("SELECT DISTINCT root FROM facts WHERE ord IS NOT NULL")?;
        let roots = statement.query_map([], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut cases = Vec::new();
        for root in roots {
            let resolved = self.resolve_no(root)?;
            if let Some(folded) = self.fold_no(resolved, true)? {
                cases.push((folded.case.root, format!("{:?}", folded.case)));
            }
        }
        cases.sort();
        cases.dedup();
        for (root, case) in cases {
            line(&mut out, format_args!("case {root}"));
            out.push_str(&case);
            out.push('\n');
        }
        Ok(out)
    }

    /// The rows that lists, search and numbers read, as text in one order: equal before and after a rebuild.
    pub fn dump_views(&self) -> Result<String, StoreError> {
        let mut out = String::new();
        for (table, order) in [("cases", "root"), ("follow_ups", "root, fact"), ("photos", "root, fact"), ("search", "rowid")] {
            let columns = if table == "search" { "rowid, norm, fold" } else { "*" };
            let mut statement = self.sql().prepare(&format!("SELECT {columns} FROM {table} ORDER BY {order}"))?;
            let width = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                out.push_str(table);
                for column in 0..width {
                    let value: rusqlite::types::Value = row.get(column)?;
                    write_part(&mut out, format_args!(" {value:?}"));
                }
                out.push('\n');
            }
        }
        Ok(out)
    }
}

impl Writing<'_> {
    /// As [`Reading::dump`], of what this transaction has changed so far.
    pub fn dump(&mut self) -> Result<String, StoreError> {
        self.settle()?;
        Reading::dump(self)
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    write_part(out, text);
    out.push('\n');
}

fn write_part(out: &mut String, text: std::fmt::Arguments<'_>) {
    if out.write_fmt(text).is_err() {
        // A string takes every byte.
        unreachable!();
    }
}
