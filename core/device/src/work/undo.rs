//! Turning back: undo within ten seconds, withdrawal after that.

use fieldbook_model::body::{Kind, Withdrawal};
use fieldbook_model::case::Action;
use fieldbook_model::id::FactId;

use super::act::{choose, find};
use super::record::Pen;
use super::save::judge_before;
use super::{UNDO_SECONDS, WorkError};
use crate::store::Store;

impl Store {
    /// "Hoàn tác": turns the save that began with this fact back into its draft, and gives the draft's number. The sequence
    /// numbers stay used up; the receipt stays with the draft.
    ///
    /// # Errors
    /// [`WorkError::TooLate`] after [`UNDO_SECONDS`], once anything of it was part of a request, or when the clock was turned
    /// back behind the save.
    pub fn undo(&self, first: FactId, now: i64) -> Result<i64, WorkError> {
        self.write(|tx| {
            let (draft, saved_at) = tx.unsave(first)?.ok_or(WorkError::TooLate)?;
            if !(saved_at..saved_at + UNDO_SECONDS).contains(&now) {
                return Err(WorkError::TooLate);
            }
            Ok(draft)
        })
    }

    /// The author takes a case back after it was sent, as long as nobody works on it.
    pub fn withdraw(&self, root: FactId, now: i64) -> Result<FactId, WorkError> {
        self.write(|tx| {
            let case = find(tx, root)?;
            let mut pen = Pen::take(tx, now)?;
            let post = choose(&pen, &case, None, &Action::Withdraw { case: &case.standing() })?;
            let id = pen.add(case.root, Kind::Withdrawal, post, &Withdrawal {})?;
            pen.judge_last(|pen, fact| judge_before(pen, fact, &case))?;
            pen.judge()?;
            Ok(id)
        })
    }
}
