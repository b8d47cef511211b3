//! Lists that an older version of the app made are made anew, in the background, while everything else works.

use std::sync::{Arc, Weak};
use std::thread;

use fieldbook_device::store::{Rebuild, Store, StoreError};

use crate::change::{Change, News};

/// Begins it when there is need, or goes on where the app was ended. It ends with the notebook; what is not done then is done
/// at the next start, and so is what failed.
pub(crate) fn begin(store: &Arc<Store>, news: &News) -> Result<(), StoreError> {
    if !store.needs_rebuild()? {
        return Ok(());
    }
    let (store, news) = (Arc::downgrade(store), news.clone());
    let started = thread::Builder::new().name("refold".into()).spawn(move || match to_the_end(&store) {
        Ok(()) => news.tell(Change::Everything),
        Err(error) => tracing::warn!(%error, "the lists are made anew at the next start"),
    });
    if let Err(error) = started {
        tracing::warn!(%error, "the lists are made anew at the next start");
    }
    Ok(())
}

fn to_the_end(store: &Weak<Store>) -> Result<(), StoreError> {
    while let Some(store) = store.upgrade() {
        if store.rebuild_step()? == Rebuild::Done {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn lists_of_another_version_are_made_anew_beside_the_work() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(&folder.path().join("fieldbook.db")).unwrap());
        store.write(|tx| tx.set_meta("fold_version", 0_i64)).unwrap();
        let news = News::new();
        let changes = news.listen();

        begin(&store, &news).unwrap();

        assert_eq!(changes.next().await, Some(Change::Everything));
        assert!(!store.needs_rebuild().unwrap());
    }

    #[tokio::test]
    async fn lists_of_this_version_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(&folder.path().join("fieldbook.db")).unwrap());
        let news = News::new();
        let changes = news.listen();

        begin(&store, &news).unwrap();
        drop(news);

        assert_eq!(changes.next().await, None);
    }
}
