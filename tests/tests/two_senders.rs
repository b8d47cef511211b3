//! "Gửi ngay" is pressed while the app begins its rounds: no answer of the office gets lost between the two.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_ffi::fieldbook::{Fieldbook, FieldbookConfig};
use fieldbook_ffi::outbox::Network;
use fieldbook_ffi::plain_key::PlainKey;
use fieldbook_ffi::words::CaseState;
use fieldbook_tests::village::{HEAD, Village, petition, send};

const ROUNDS: usize = 8;

#[test]
fn the_news_of_both_arrive() {
    let village = Village::found().unwrap();
    let phone = village.phone(HEAD, "head").unwrap();
    let receipts: Vec<_> = (0..ROUNDS).map(|round| petition(&phone, &format!("Ý kiến {round}")).unwrap()).collect();
    send(&phone).unwrap();
    let config = FieldbookConfig {
        directory: phone.dir.to_string_lossy().into_owned(),
        photos_directory: phone.dir.join("photos").to_string_lossy().into_owned(),
        app_version: "test".into(),
    };
    let book = Fieldbook::new(config, PlainKey::beside(&phone.dir)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for receipt in receipts {
        village.office.run(&["office", "receive", &receipt]).unwrap();
        let state = runtime.block_on(async {
            book.set_network(Network::Unmetered).await.unwrap();
            let (sent, begun) = tokio::join!(book.sync_now(), book.start_sending());
            assert!(sent.unwrap().complete);
            begun.unwrap();
            let id = book.find_receipt(receipt.clone()).await.unwrap().unwrap();
            let state = book.case(id).await.unwrap().row.state;
            book.stop_sending().await.unwrap();
            state
        });
        assert_eq!(state, CaseState::Received, "{receipt}");
    }
}
