//! Which channel had its last row where, kept in memory: most phones that ask have nothing new, and then the feed need not be
//! looked at. May say too much, never too little.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::PoisonError;

use super::{SqliteTx, failed};
use crate::storage::{ChannelNo, Pos, StorageError};

/// The last rows of channels, as far as this process has followed the feed.
#[derive(Default)]
pub(super) struct News {
    /// The places followed: every row after its start up to its end is in `last`.
    followed: Option<RangeInclusive<Pos>>,
    last: HashMap<ChannelNo, Pos>,
}

impl SqliteTx<'_> {
    /// Those of the channels that may have rows after this place.
    pub(super) fn with_news(&self, channels: &[ChannelNo], after: Pos) -> Result<Vec<ChannelNo>, StorageError> {
        let head = self.head_at_begin()?;
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, end) = news.followed.as_ref().map_or((head, head), |followed| (*followed.start(), *followed.end()));
        if end < head {
            self.follow(&mut news.last, end, head)?;
        }
        news.followed = Some(start..=end.max(head));
        if after < start {
            return Ok(channels.to_vec());
        }
        let fresh = self.ends.fresh.borrow();
        let has_news = |channel: &&ChannelNo| {
            news.last.get(channel).is_some_and(|last| *last > after) || fresh.get(channel).is_some_and(|last| *last > after)
        };
        Ok(channels.iter().filter(has_news).copied().collect())
    }

    /// Reads what was committed since, by this process or another. Rows of this very transaction may yet be undone.
    fn follow(&self, last: &mut HashMap<ChannelNo, Pos>, end: Pos, head: Pos) -> Result<(), StorageError> {
        let sql = "SELECT channel, pos FROM feed WHERE pos > ?1 AND pos <= ?2";
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query([end, head]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let (channel, pos): (i64, Pos) = (row.get(0).map_err(failed)?, row.get(1).map_err(failed)?);
            last.entry(ChannelNo(channel)).and_modify(|known| *known = pos.max(*known)).or_insert(pos);
        }
        Ok(())
    }
}
