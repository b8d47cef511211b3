//! Two hundred power cuts, at the phone while it saves and sends, at the office while it receives.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::process::Child;
use std::time::Duration;

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{A_MINUTE_AGO, HEAD, Village, listed, send};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;

const KILLS: usize = 200;
const PICTURES: u64 = 8;

/// Kills a process after a random moment, unless it was quicker, and returns what it had printed by then.
fn cut(mut child: Child, rng: &mut StdRng, within: u64) -> (bool, Option<Value>) {
    std::thread::sleep(Duration::from_millis(rng.random_range(0..within)));
    let killed = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    let printed = child.wait_with_output().unwrap().stdout;
    (killed, serde_json::from_slice(&printed).ok())
}

#[test]
fn kill_nine_at_two_hundred_moments_of_phone_and_server() {
    let mut rng = StdRng::seed_from_u64(20_261_122);
    let mut village = Village::found().unwrap();
    let phone = village.phone(HEAD, "head").unwrap();
    let pictures: Vec<String> = (0..PICTURES).map(|seed| village.picture(seed, 320, 240).unwrap()).collect();
    let saving = phone.at(A_MINUTE_AGO);
    let (mut kills, mut rounds) = (0, 0);
    let mut promised = BTreeSet::new();

    while kills < KILLS {
        rounds += 1;
        let words = format!("Ý kiến số {rounds}");
        let picture = &pictures[rounds % pictures.len()];
        let arguments = ["--json", "petition", &words, "--answers", "n,n,n,n", "--unit", "An Định", "--photo", picture];
        match rounds % 4 {
            0 | 1 => {
                let (killed, saved) = cut(saving.begin(&arguments).unwrap(), &mut rng, 200);
                kills += usize::from(killed);
                promised.extend(saved.and_then(|saved| saved["receipt"].as_str().map(str::to_owned)));
            }
            2 => kills += usize::from(cut(begin_sending(&phone), &mut rng, 120).0),
            _ => {
                let mut sending = begin_sending(&phone);
                std::thread::sleep(Duration::from_millis(rng.random_range(0..120)));
                village.office.kill();
                kills += 1;
                sending.wait().unwrap();
                village.office.start().unwrap();
            }
        }
    }

    send(&phone).unwrap();
    let at_office = village.receipts().unwrap();
    let once: BTreeSet<String> = at_office.iter().cloned().collect();
    assert_eq!(once.len(), at_office.len(), "nothing stands at the office twice: {at_office:?}");
    assert!(promised.len() > 10, "of {rounds} rounds {} records were saved: too few to show anything", promised.len());
    assert!(promised.is_subset(&once), "a record called saved is missing: {:?}", promised.difference(&once));
    let on_phone = listed(&phone).unwrap();
    assert_eq!(on_phone.len(), at_office.len(), "phone and office hold the same");
    assert!(
        on_phone.iter().all(|row| row["sending"]["sending"] == "received" && row["photos"] == 1),
        "each whole, with its picture"
    );
    let checked = village.office.json(&["check"]).unwrap();
    assert_eq!(checked["photos_under_way"], 0, "{checked}; the phone: {}", phone.json(&["outbox"]).unwrap());
    phone.say(&["check"]).unwrap();
}

fn begin_sending(phone: &Phone) -> Child {
    phone.begin(&["--json", "--network", "unmetered", "sync"]).unwrap()
}
