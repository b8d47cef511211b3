//! What the screens show, as plain rows.

mod attention;
mod cases;
mod count;
mod hamlet;
mod line;
mod outbox;
mod pick;
mod search;
#[cfg(test)]
mod tests;
mod today;

pub use attention::{Attention, AttentionLine};
pub use cases::{CaseFilter, CaseLine, CasePage, CaseView, PAGE};
pub use hamlet::{HamletCard, OfficerLine};
pub use outbox::{OutboxLine, OutboxState};
pub use pick::UnitLine;
pub use today::{FollowUpRow, HamletLine, Today, WaitingCounts};

use fieldbook_model::id::FactId;

use super::{Reading, StoreError};

impl Reading<'_> {
    /// The numbers of these facts as a JSON array, for `json_each`; facts never heard of are left out.
    fn numbers(&self, ids: impl IntoIterator<Item = FactId>) -> Result<String, StoreError> {
        let mut numbers = String::from("[");
        for id in ids {
            let Some(no) = self.find_no(id)? else {
                continue;
            };
            if numbers.len() > 1 {
                numbers.push(',');
            }
            numbers.push_str(&no.to_string());
        }
        numbers.push(']');
        Ok(numbers)
    }
}
