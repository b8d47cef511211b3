//! "Cần xử lý": what came back, and what to do about it.

use fieldbook_model::body::{CaseState, Event};
use fieldbook_model::case::HistoryWhat;
use fieldbook_model::id::FactId;

use super::super::{Reading, StoreError};
use super::cases::{COLUMNS, CaseLine};

/// A case that needs its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionLine {
    /// The case.
    pub case: CaseLine,
    /// Why.
    pub why: Attention,
}

/// Why a case needs its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attention {
    /// The office refused the case, or a later fact of it.
    Refused {
        /// The refused fact.
        fact: FactId,
        /// Number of the [`fieldbook_model::case::Refusal`].
        code: u32,
        /// How many of one's facts hang on it and wait.
        held: usize,
    },
    /// The desk sent it back.
    Returned {
        /// What the desk wrote.
        reason: Option<String>,
    },
}

impl Reading<'_> {
    /// Everything that came back to this person, the latest first.
    pub fn needs_attention(&self) -> Result<Vec<AttentionLine>, StoreError> {
        let mut lines = Vec::new();
        let refused =
            format!("SELECT {COLUMNS} FROM cases c WHERE c.flags & 18 != 0 AND c.flags & 2 != 0 ORDER BY c.sort DESC");
        for case in self.lines(&refused, [])? {
            self.refusals_of(&case, &mut lines)?;
        }
        let Some(account) = self.find_account()? else {
            return Ok(lines);
        };
        let organisation = self.organisation()?;
        let is_mine =
            |case: &CaseLine| case.author == account.writer || organisation.writers.get(&case.author) == Some(&account.person);
        let returned = format!("SELECT {COLUMNS} FROM cases c WHERE c.state = 15 ORDER BY c.sort DESC");
        for case in self.lines(&returned, [])?.into_iter().filter(is_mine) {
            let reason = self.reason_of_return(&case)?;
            lines.push(AttentionLine { case, why: Attention::Returned { reason } });
        }
        Ok(lines)
    }

    fn refusals_of(&self, case: &CaseLine, lines: &mut Vec<AttentionLine>) -> Result<(), StoreError> {
        let Some(folded) = self.fold(case.root)? else {
            return Ok(());
        };
        let unconfirmed = self.facts_of(case.root)?.into_iter().filter(|kept| kept.order.is_none()).count();
        for fact in &folded.refused {
            let held = if *fact == case.root { unconfirmed.saturating_sub(folded.refused.len()) } else { 0 };
            let code = self.refusal(*fact)?.unwrap_or(0);
            lines.push(AttentionLine { case: case.clone(), why: Attention::Refused { fact: *fact, code, held } });
        }
        Ok(())
    }

    fn reason_of_return(&self, case: &CaseLine) -> Result<Option<String>, StoreError> {
        debug_assert_eq!(case.state, CaseState::Returned);
        let folded = self.fold(case.root)?;
        let history = folded.map(|folded| folded.case.history).unwrap_or_default();
        let back = history
            .into_iter()
            .rev()
            .find(|line| matches!(&line.what, HistoryWhat::Event(event) if event.event == Event::Return));
        Ok(back.and_then(|line| line.text))
    }
}
