//! Single cases as a list shows them.

use fieldbook_model::id::FactId;

use super::super::{Reading, StoreError};
use super::cases::{COLUMNS, CaseLine};

impl Reading<'_> {
    /// One case as a list shows it.
    pub fn case_line(&self, root: FactId) -> Result<Option<CaseLine>, StoreError> {
        let Some(no) = self.find_no(root)? else {
            return Ok(None);
        };
        Ok(self.lines(&format!("SELECT {COLUMNS} FROM cases c WHERE c.root = ?1"), [no])?.pop())
    }

    /// The receipts of the problems that were noted on this visit and saved with it, in the order of the form.
    pub fn receipts_of_visit(&self, visit: FactId) -> Result<Vec<String>, StoreError> {
        let Some(no) = self.find_no(visit)? else {
            return Ok(Vec::new());
        };
        // Problems of one save follow their visit closely in the writer's own sequence.
        let near = self.lines(
            &format!("SELECT {COLUMNS} FROM cases c WHERE c.root > ?1 AND c.root < ?1 + 1000 AND c.kind = 21 ORDER BY c.root"),
            [no],
        )?;
        let mut receipts = Vec::new();
        for line in near {
            let noted_on = self.fold(line.root)?.and_then(|folded| match folded.case.body {
                fieldbook_model::case::CaseBody::Problem(problem) => problem.visit,
                fieldbook_model::case::CaseBody::Visit(_)
                | fieldbook_model::case::CaseBody::Petition(_)
                | fieldbook_model::case::CaseBody::Report(_) => None,
            });
            if noted_on == Some(visit) {
                receipts.extend(line.receipt);
            }
        }
        Ok(receipts)
    }
}
