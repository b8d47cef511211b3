//! The office came back from a backup: what it may have lost is given back to it.

use fieldbook_protocol::sync::Restored;

use super::SyncState;
use crate::store::blobs::UNCERTAIN;
use crate::store::{BlobState, FactState, StoreError, Writing};

impl Writing<'_> {
    /// Facts beyond the backup are not confirmed any more: own ones go out again, those of others are offered. Verdicts on
    /// own facts may be lost as well, so those facts go again too; an office that knows them says the same.
    pub(super) fn office_restored(&mut self, state: &mut SyncState, epoch: u32, restored: Restored) -> Result<(), StoreError> {
        let own = self.account()?.writer;
        for no in self.numbers("SELECT id FROM facts WHERE ord > ?1 ORDER BY id", restored.base)? {
            let id = self.id(no)?;
            if fieldbook_model::planted!(OwnNotSentAgain) && id.writer == own {
                continue;
            }
            if fieldbook_model::planted!(OthersNotOffered) && id.writer != own {
                continue;
            }
            // The former order of own ones too: should this phone become another writer first, others may have offered them.
            self.sql()
                .prepare_cached("INSERT OR REPLACE INTO to_offer(fact, ord) SELECT id, ord FROM facts WHERE id = ?1")?
                .execute([no])?;
            let state = if id.writer == own { FactState::Sent } else { FactState::Offered };
            self.set_state(id, state, None)?;
        }
        // A record that was repaired since stays refused, lest both be taken.
        let again = "SELECT id FROM facts WHERE ord IS NULL AND state = ?1
                       AND NOT EXISTS (SELECT 1 FROM facts AS later WHERE later.repairs = facts.id) ORDER BY id";
        for verdict in [FactState::Refused, FactState::Held] {
            for no in self.numbers(again, verdict.code())? {
                let id = self.id(no)?;
                if id.writer == own {
                    self.set_state(id, FactState::Sent, None)?;
                }
            }
        }
        // Photos may have arrived after the backup, those of its facts too. While their files lie here, the office is asked
        // how far it is; previews go again with the facts it lost.
        self.sql()
            .prepare_cached(
                "UPDATE blobs SET state = ?1, sent_offset = ?2, confirmed_at = NULL,
                   preview_sent = preview_sent AND EXISTS (SELECT 1 FROM facts WHERE facts.id = of_fact AND ord IS NOT NULL)
                 WHERE state = ?3 AND path IS NOT NULL",
            )?
            .execute([BlobState::Waiting.code(), UNCERTAIN, BlobState::Confirmed.code()])?;
        // Facts offered to an office that was restored once more have to be offered once more.
        self.sql().prepare_cached("UPDATE to_offer SET sent = 0")?.execute([])?;
        self.sql().prepare_cached("DELETE FROM wanted")?.execute([])?;
        state.epoch = epoch;
        state.check_parts = false;
        state.last_check = None;
        tracing::warn!(epoch, base = restored.base, "the office was restored from a backup");
        Ok(())
    }

    fn numbers(&self, sql: &str, value: i64) -> Result<Vec<i64>, StoreError> {
        Ok(self.sql().prepare_cached(sql)?.query_map([value], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?)
    }
}
