//! `export`: cases as a table for spreadsheets.

use fieldbook_model::body::Slot;

use super::data::DataFolder;
use super::fault::CliFault;
use super::{Out, show};
use crate::office::reference::Reference;

/// Prints all cases as CSV in UTF-8 with the mark that Excel needs. Petitioners' identities are not in it.
pub fn export(data: &DataFolder, out: Out<'_>) -> Result<(), CliFault> {
    write!(out, "\u{feff}")?;
    let mut table = csv::Writer::from_writer(out);
    let row = |table: &mut csv::Writer<_>, fields: &[&str]| {
        table.write_record(fields.iter().map(|field| as_text(field))).map_err(|error| CliFault::Output(error.into()))
    };
    row(&mut table, &["id", "kind", "state", "unit", "recorded", "receipt", "due", "petitioner", "text", "remark", "photos"])?;
    data.store()?.read_now(|tx| {
        let reference = Reference::load(tx)?;
        show::each_case(tx, &mut |shown| {
            let case = &shown.case;
            let recorded =
                fieldbook_model::day::in_vietnam(case.time).map(|moment| moment.format("%d/%m/%Y %H:%M").to_string());
            let due = case.due.map(|due| fieldbook_model::text::format_date(due.date()));
            row(
                &mut table,
                &[
                    &case.root.to_string(),
                    case.kind.kind().key(),
                    case.state.key(),
                    &reference.tree.display(case.unit),
                    &recorded.unwrap_or_default(),
                    case.receipt.as_deref().unwrap_or_default(),
                    &due.unwrap_or_default(),
                    case.mask.as_deref().unwrap_or_default(),
                    case.text(Slot::Text).unwrap_or_default(),
                    case.text(Slot::Remark).unwrap_or_default(),
                    &case.photos.len().to_string(),
                ],
            )
        })
    })?;
    Ok(table.flush()?)
}

/// A field that a spreadsheet would take for a formula becomes text.
fn as_text(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_becomes_text() {
        for formula in ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(as_text(formula), format!("'{formula}"));
        }
        assert_eq!(as_text("Mất điện = khổ"), "Mất điện = khổ");
    }
}
