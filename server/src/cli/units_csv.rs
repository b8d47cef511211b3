//! Units from a table: read with line numbers, then only what is new is written, parents before children.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use csv::{ReaderBuilder, Trim};
use fieldbook_model::body::{Level, Unit};
use fieldbook_model::id::FactId;
use fieldbook_model::unit::UnitTree;
use serde::Deserialize;
use thiserror::Error;

/// A table that cannot be imported; nothing of it was.
#[derive(Debug, PartialEq, Eq, Error)]
#[error("nothing was imported; put these lines right and import again:\n{}", .0.join("\n"))]
pub struct BadTable(pub Vec<String>);

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file.
    line: u64,
    code: Option<String>,
    level: Level,
    label: String,
    name: String,
    parent_code: Option<String>,
}

/// The columns as they stand in the file.
#[derive(Deserialize)]
struct Columns {
    #[serde(default)]
    code: String,
    level: String,
    kind: String,
    name: String,
    #[serde(default)]
    parent_code: String,
}

/// How many faulty lines are told at once.
const TOLD: usize = 20;

/// Reads the columns code, level, kind, name, parent_code. Level is province, district, commune or hamlet; code may be
/// empty for a hamlet; parent_code may be empty for the top of the tree.
pub fn read(table: impl Read) -> Result<Vec<Row>, BadTable> {
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(table);
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    let headers = reader.headers().map_err(|error| BadTable(vec![format!("line 1: {error}")]))?.clone();
    for needed in ["level", "kind", "name"] {
        if !headers.iter().any(|header| header.trim_start_matches('\u{feff}') == needed) {
            faults.push(format!("line 1: the column {needed} is missing; the columns are code,level,kind,name,parent_code"));
        }
    }
    if !faults.is_empty() {
        return Err(BadTable(faults));
    }
    let headers = headers.iter().map(|header| header.trim_start_matches('\u{feff}').to_owned()).collect();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                faults.push(format!("line {line}: not a row of the table: {error}"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        match record
            .deserialize::<Columns>(Some(&headers))
            .map_err(|error| error.to_string())
            .and_then(|columns| row(line, columns))
        {
            Ok(row) => rows.push(row),
            Err(reason) => faults.push(format!("line {line}: {reason}")),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(some_of(faults)) }
}

/// Gives `found` every unit that the tree does not have yet, parents first; it answers with the new unit's id.
/// A unit is the same when its code and level are, or, without a code, its level, label, name and parent.
pub fn import<E: From<BadTable>>(
    rows: &[Row],
    tree: &UnitTree,
    mut found: impl FnMut(Unit) -> Result<FactId, E>,
) -> Result<usize, E> {
    let mut known = Known::of(tree);
    let mut by_level: Vec<&Row> = rows.iter().collect();
    by_level.sort_by_key(|row| row.level);
    let mut faults = Vec::new();
    let mut added = 0;
    for row in by_level {
        let parent = match known.parent_of(row) {
            Ok(parent) => parent,
            Err(reason) => {
                faults.push(format!("line {}: {reason}", row.line));
                continue;
            }
        };
        if known.has(row, parent) {
            continue;
        }
        let unit = Unit {
            level: row.level,
            label: row.label.clone(),
            name: row.name.clone(),
            parent,
            from: None,
            code: row.code.clone(),
            point: None,
        };
        let id = found(unit)?;
        known.add(row, parent, id);
        added += 1;
    }
    if faults.is_empty() { Ok(added) } else { Err(some_of(faults).into()) }
}

fn row(line: u64, columns: Columns) -> Result<Row, String> {
    let level = Level::from_key(&columns.level)
        .ok_or_else(|| format!("\"{}\" is not a level; write province, district, commune or hamlet", columns.level))?;
    if columns.name.is_empty() {
        return Err("the name is empty".into());
    }
    let some = |text: String| (!text.is_empty()).then_some(text);
    let row = Row {
        line,
        code: some(columns.code),
        level,
        label: columns.kind,
        name: columns.name,
        parent_code: some(columns.parent_code),
    };
    if row.level == Level::Hamlet && row.parent_code.is_none() {
        return Err(format!("hamlet \"{}\" has no parent_code; write the code of its commune", row.name));
    }
    Ok(row)
}

fn some_of(mut faults: Vec<String>) -> BadTable {
    let more = faults.len().saturating_sub(TOLD);
    faults.truncate(TOLD);
    if more > 0 {
        faults.push(format!("… and {more} more"));
    }
    BadTable(faults)
}

/// What is in the tree, by what a table knows.
struct Known {
    by_code: BTreeMap<String, Vec<(Level, FactId)>>,
    by_name: BTreeSet<(Level, String, String, Option<FactId>)>,
}

impl Known {
    fn of(tree: &UnitTree) -> Self {
        let mut known = Self { by_code: BTreeMap::new(), by_name: BTreeSet::new() };
        for (id, unit) in tree.units() {
            known.insert(unit.code.as_deref(), unit.level, &unit.label, &unit.name, unit.parent, id);
        }
        known
    }

    fn add(&mut self, row: &Row, parent: Option<FactId>, id: FactId) {
        self.insert(row.code.as_deref(), row.level, &row.label, &row.name, parent, id);
    }

    fn insert(&mut self, code: Option<&str>, level: Level, label: &str, name: &str, parent: Option<FactId>, id: FactId) {
        if let Some(code) = code {
            self.by_code.entry(code.to_owned()).or_default().push((level, id));
        }
        self.by_name.insert((level, label.to_owned(), name.to_owned(), parent));
    }

    fn has(&self, row: &Row, parent: Option<FactId>) -> bool {
        match &row.code {
            Some(code) => self.by_code.get(code).is_some_and(|units| units.iter().any(|(level, _)| *level == row.level)),
            None => self.by_name.contains(&(row.level, row.label.clone(), row.name.clone(), parent)),
        }
    }

    fn parent_of(&self, row: &Row) -> Result<Option<FactId>, String> {
        let Some(code) = &row.parent_code else {
            return Ok(None);
        };
        let above = self.by_code.get(code).into_iter().flatten().filter(|(level, _)| *level < row.level);
        match above.max_by_key(|(level, _)| *level) {
            Some((_, parent)) => Ok(Some(*parent)),
            None => Err(format!(
                "parent_code {code} names no unit above \"{}\"; import that unit first or in the same file",
                row.name
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use fieldbook_model::body::Kind;
    use fieldbook_model::fact::{Fact, Statement, to_body};
    use fieldbook_model::id::WriterId;

    const TABLE: &str = "\u{feff}code,level,kind,name,parent_code\n\
        00004,commune,Xã,An Nhơn,01\n\
        ,hamlet,ấp,An Định,00004\n\
        ,hamlet,ấp,An Bình,00004\n\
        01,province,Tỉnh,Bến Sông,\n";

    /// Imports into the tree and says what was new, in order.
    fn imported(table: &str, tree: &mut UnitTree) -> Result<Vec<String>, BadTable> {
        let rows = read(table.as_bytes())?;
        let before = tree.clone();
        let mut seq = before.units().count() as u64;
        let mut names = Vec::new();
        import(&rows, &before, |unit| {
            seq += 1;
            let id = FactId::new(WriterId(1), seq);
            let statement =
                Statement { kind: Kind::Unit, time: 0, post: None, root: None, repairs: None, body: to_body(&unit) };
            tree.apply(&Fact::seal(id, statement).unwrap());
            names.push(unit.name);
            Ok::<_, BadTable>(id)
        })?;
        Ok(names)
    }

    #[test]
    fn parents_are_written_before_children_whatever_the_order_of_lines() {
        let mut tree = UnitTree::default();
        assert_eq!(imported(TABLE, &mut tree).unwrap(), ["Bến Sông", "An Nhơn", "An Định", "An Bình"]);
        let hamlet = tree.units().find(|(_, unit)| unit.name == "An Định").unwrap().1.clone();
        assert_eq!(tree.unit(hamlet.parent.unwrap()).unwrap().code.as_deref(), Some("00004"));
    }

    #[test]
    fn importing_again_adds_only_what_is_new() {
        let mut tree = UnitTree::default();
        imported(TABLE, &mut tree).unwrap();
        assert!(imported(TABLE, &mut tree).unwrap().is_empty());
        let longer = format!("{TABLE},hamlet,ấp,An Thạnh,00004\n");
        assert_eq!(imported(&longer, &mut tree).unwrap(), ["An Thạnh"]);
    }

    #[test]
    fn every_faulty_line_is_named_with_what_to_do() {
        let bad = "code,level,kind,name,parent_code\n1,town,x,A,\n2,commune,Xã,,\n,hamlet,ấp,B,\n3,commune,Xã,C\n";
        let BadTable(faults) = read(bad.as_bytes()).unwrap_err();
        assert_eq!(faults.len(), 4);
        assert!(faults[0].starts_with("line 2: \"town\" is not a level"), "{faults:?}");
        assert!(faults[1].starts_with("line 3: the name is empty"), "{faults:?}");
        assert!(faults[2].starts_with("line 4: hamlet \"B\" has no parent_code"), "{faults:?}");
        assert!(faults[3].starts_with("line 5: "), "{faults:?}");
    }

    #[test]
    fn a_parent_nobody_knows_and_a_missing_column_are_faults() {
        let mut tree = UnitTree::default();
        let orphan = imported("code,level,kind,name,parent_code\n,hamlet,ấp,B,77777\n", &mut tree).unwrap_err();
        assert!(orphan.0[0].starts_with("line 2: parent_code 77777"), "{orphan:?}");
        assert!(read("code,level,name\n".as_bytes()).unwrap_err().0[0].contains("column kind"));
    }

    #[test]
    fn all_units_of_the_country_can_be_imported_twice() {
        let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/units-vn.csv")).unwrap();
        let mut tree = UnitTree::default();
        assert_eq!(imported(&table, &mut tree).unwrap().len(), 3_355);
        assert!(imported(&table, &mut tree).unwrap().is_empty());
    }
}
