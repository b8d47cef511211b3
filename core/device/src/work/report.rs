//! The numbers of a report, counted from the records: the only place they come from, so two reports cannot differ.

use fieldbook_model::body::Number;
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;

use crate::store::{Organisation, Reading, StoreError};

/// What happened in `unit` and everything below it from `from` to `to`, both included, as known on this phone. Withdrawn,
/// refused and discarded records do not count. [`Number::Open`] is what was open at the end of the period.
pub fn count(
    tx: &Reading<'_>,
    organisation: &Organisation,
    unit: FactId,
    from: Day,
    to: Day,
) -> Result<Vec<(Number, u32)>, StoreError> {
    let mut units = organisation.tree.descendants(unit);
    units.push(unit);
    let mut numbers = Vec::with_capacity(Number::ALL.len());
    for number in Number::ALL {
        numbers.push((*number, tx.count_records(*number, &units, from, to)?));
    }
    Ok(numbers)
}
