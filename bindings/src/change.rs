//! News, pulled: an item names what changed, never the new data; the screen then reads again.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::{Mutex, broadcast, watch};

/// How many items wait for a slow reader before they are merged into [`Change::Everything`].
const ROOM: usize = 64;

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// Records were saved, undone, confirmed or refused, or came from the office.
    Records,
    /// Drafts.
    Drafts,
    /// What is waiting, being sent or received; the network; the last contact.
    Traffic,
    /// Who is signed in, posts, practice mode.
    Account,
    /// More happened than could be told apart: read everything shown again.
    Everything,
}

/// The sending side.
#[derive(Debug, Clone)]
pub(crate) struct News {
    items: broadcast::Sender<Change>,
}

impl News {
    pub(crate) fn new() -> Self {
        Self { items: broadcast::Sender::new(ROOM) }
    }

    /// Tells every reader; nobody listening is fine.
    pub(crate) fn tell(&self, change: Change) {
        let _ = self.items.send(change);
    }

    pub(crate) fn listen(&self) -> Arc<Changes> {
        let (stopped, _) = watch::channel(false);
        Arc::new(Changes { items: Mutex::new(self.items.subscribe()), stopped })
    }
}

/// A reader of news. Stop it when the screen goes away.
#[derive(Debug, uniffi::Object)]
pub struct Changes {
    items: Mutex<broadcast::Receiver<Change>>,
    stopped: watch::Sender<bool>,
}

#[uniffi::export]
impl Changes {
    /// The next change; none after [`Changes::stop`], or when the notebook is gone.
    pub async fn next(&self) -> Option<Change> {
        let mut stopped = self.stopped.subscribe();
        let mut items = tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => return None,
            items = self.items.lock() => items,
        };
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => None,
            item = items.recv() => match item {
                Ok(change) => Some(change),
                Err(broadcast::error::RecvError::Lagged(_)) => Some(Change::Everything),
                Err(broadcast::error::RecvError::Closed) => None,
            },
        }
    }

    /// Ends the reading: a waiting [`Changes::next`] gives none at once, and so does every later one.
    pub fn stop(&self) {
        self.stopped.send_replace(true);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn every_reader_hears_every_change_until_it_stops() {
        let news = News::new();
        let (one, other) = (news.listen(), news.listen());
        news.tell(Change::Drafts);
        news.tell(Change::Records);
        assert_eq!((one.next().await, one.next().await), (Some(Change::Drafts), Some(Change::Records)));
        other.stop();
        assert_eq!(other.next().await, None, "stopped with news waiting");
    }

    #[tokio::test]
    async fn stopping_wakes_a_waiting_reader() {
        let news = News::new();
        let changes = news.listen();
        let waiting = tokio::spawn({
            let changes = Arc::clone(&changes);
            async move { changes.next().await }
        });
        tokio::task::yield_now().await;
        changes.stop();
        assert_eq!(waiting.await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_slow_reader_is_told_to_read_everything_again() {
        let news = News::new();
        let changes = news.listen();
        for _ in 0..=ROOM {
            news.tell(Change::Traffic);
        }
        assert_eq!(changes.next().await, Some(Change::Everything));
    }

    #[tokio::test]
    async fn news_end_with_the_notebook() {
        let news = News::new();
        let changes = news.listen();
        drop(news);
        assert_eq!(changes.next().await, None);
    }
}
