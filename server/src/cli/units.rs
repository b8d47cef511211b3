//! `init`, `import-units` and `units`.

use std::fs::File;
use std::path::Path;

use fieldbook_model::body::{Kind, Unit};
use fieldbook_model::id::WriterId;
use rand::Rng as _;
use serde_json::json;

use super::data::DataFolder;
use super::fault::CliFault;
use super::{Out, now, random, units_csv};
use crate::office::reference::Reference;
use crate::office::{desk, epoch};
use crate::storage::Store;
use crate::storage::sqlite::Sqlite;

/// Begins an organisation.
pub fn init(data: &DataFolder, name: &str, out: Out<'_>) -> Result<(), CliFault> {
    if data.has_organisation() {
        return Err(CliFault::Exists(data.path().to_owned()));
    }
    data.make()?;
    let mut random = random()?;
    data.make_office_key(&random.random())?;
    let store = Store::new(Sqlite::open(&data.database())?);
    let (name, writer) = (name.to_owned(), WriterId(random.random()));
    let told = format!("{name} is ready in {}", data.path().display());
    store.write_now(move |tx| epoch::start(tx, &name, writer, now()))?;
    data.note_epoch(1)?;
    writeln!(out, "{told}")?;
    Ok(())
}

/// Adds what is new in a table of units; all of it or nothing.
pub fn import(data: &DataFolder, file: &Path, out: Out<'_>) -> Result<(), CliFault> {
    let table = File::open(file).map_err(CliFault::file(file))?;
    let rows = units_csv::read(table)?;
    let lines = rows.len();
    let added = data.store()?.write_now(move |tx| {
        let tree = Reference::load(tx)?.tree.clone();
        let now = now();
        units_csv::import::<CliFault>(&rows, &tree, |unit: Unit| Ok(desk::write(tx, Kind::Unit, None, &unit, now)?))
    })?;
    writeln!(out, "{added} units added, {} were there already", lines - added)?;
    Ok(())
}

/// Lists units with their ids.
pub fn list(data: &DataFolder, text: Option<&str>, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    let reference = data.store()?.read_now(Reference::load)?;
    let tree = &reference.tree;
    let ids = match text {
        Some(text) => tree.find(text),
        None => tree.units().map(|(id, _)| id).collect(),
    };
    for id in ids {
        let above: Vec<String> = tree.ancestors(id).into_iter().map(|above| tree.display(above)).collect();
        let code = tree.unit(id).and_then(|unit| unit.code.clone()).unwrap_or_default();
        if as_json {
            let level = tree.level(id).map(|level| level.key());
            writeln!(
                out,
                "{}",
                json!({"id": id.to_string(), "code": code, "level": level, "name": tree.display(id), "above": above})
            )?;
        } else {
            let whole = std::iter::once(tree.display(id)).chain(above).collect::<Vec<_>>().join(", ");
            writeln!(out, "{id}  {code:<6} {whole}")?;
        }
    }
    Ok(())
}
