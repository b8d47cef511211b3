//! "Gửi – nhận": each own record with its honest state.

use fieldbook_model::id::FactId;

use super::super::{Reading, StoreError};
use super::cases::{COLUMNS, CaseLine};

/// Records the office has, shown below those that wait.
const RECENT: usize = 30;

/// A record of this phone on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxLine {
    /// The case.
    pub case: CaseLine,
    /// Where its text stands.
    pub state: OutboxState,
    /// Its photos the office has whole.
    pub photos_received: i64,
    /// Its photos from this phone.
    pub photos: i64,
    /// When its latest fact was saved here, Unix seconds.
    pub saved_at: Option<i64>,
}

/// Where a record's text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Chờ gửi: some of it was never part of a request.
    Waiting,
    /// It went; whether it arrived is not known yet.
    Sent,
    /// Đã nhận: the office has all of it.
    Received,
    /// The office refused some of it, or keeps it back.
    Refused,
}

impl Reading<'_> {
    /// Own records: those that wait or came back, then the latest thirty that the office has.
    pub fn sending(&self) -> Result<Vec<OutboxLine>, StoreError> {
        let Some(account) = self.find_account()? else {
            return Ok(Vec::new());
        };
        let unfinished = format!(
            "SELECT {COLUMNS} FROM cases c WHERE c.root IN (
               SELECT root FROM facts WHERE ord IS NULL AND state IN (2, 3, 4, 5)
               UNION SELECT p.root FROM blobs b JOIN photos p ON p.hash = b.hash WHERE b.state = 1)
             ORDER BY c.sort DESC"
        );
        let mut cases = self.lines(&unfinished, [])?;
        let recent =
            format!("SELECT {COLUMNS} FROM cases c WHERE c.root BETWEEN ?1 AND ?2 ORDER BY c.root DESC LIMIT {RECENT}");
        let last = self.find_no(FactId::new(account.writer, (1 << 40) - 1))?.unwrap_or(0);
        let known: Vec<FactId> = cases.iter().map(|case| case.root).collect();
        cases.extend(self.lines(&recent, [last >> 40 << 40, last])?.into_iter().filter(|case| !known.contains(&case.root)));
        cases.into_iter().map(|case| self.outbox_line(case)).collect()
    }

    fn outbox_line(&self, case: CaseLine) -> Result<OutboxLine, StoreError> {
        let no = self.find_no(case.root)?;
        let mut facts = self.sql().prepare_cached(
            "SELECT max(state = 2), max(state = 3), max(state IN (4, 5, 6)), max(saved_at) FROM facts WHERE root = ?1",
        )?;
        let (waiting, sent, refused, saved_at): (Option<bool>, Option<bool>, Option<bool>, Option<i64>) =
            facts.query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut photos = self.sql().prepare_cached(
            "SELECT count(*), coalesce(sum(b.state IN (2, 4)), 0) FROM photos p JOIN blobs b ON b.hash = p.hash WHERE p.root = ?1",
        )?;
        let (photos, photos_received) = photos.query_row([no], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let state = match (refused, waiting, sent) {
            (Some(true), _, _) => OutboxState::Refused,
            (_, Some(true), _) => OutboxState::Waiting,
            (_, _, Some(true)) => OutboxState::Sent,
            _ => OutboxState::Received,
        };
        Ok(OutboxLine { case, state, photos_received, photos, saved_at })
    }
}
