//! Screens read again the moment they hear that the notebook closed: they must not open the old one once more.
#![allow(clippy::unwrap_used)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use common::Phone;

#[test]
fn practice_ends_also_while_screens_read_on() {
    let phone = Phone::of_liaison();
    let fieldbook = phone.at(0);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(3).enable_all().build().unwrap();
    runtime.block_on(async {
        let is_over = Arc::new(AtomicBool::new(false));
        let screens: Vec<_> = (0..2)
            .map(|_| {
                let (fieldbook, is_over) = (Arc::clone(&fieldbook), Arc::clone(&is_over));
                tokio::spawn(async move {
                    while !is_over.load(Ordering::Relaxed) {
                        // What is read while the copy goes may fail; the screen then reads again.
                        let _ = fieldbook.status().await;
                    }
                })
            })
            .collect();
        for _ in 0..25 {
            assert!(fieldbook.set_practice(true).await.unwrap().practice);
            assert!(!fieldbook.set_practice(false).await.unwrap().practice, "the practice copy was opened again");
        }
        is_over.store(true, Ordering::Relaxed);
        for screen in screens {
            screen.await.unwrap();
        }
    });
}
