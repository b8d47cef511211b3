//! A phone of the next protocol, one of the last, and an office of the next, each against the code of today: served in full, or
//! told to update with everything kept.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use axum::body::Bytes;
use fieldbook_model::map;
use fieldbook_protocol::version::{OLDEST_PROTOCOL, PROTOCOL, SCHEMA};
use fieldbook_protocol::{frame, path};
use fieldbook_tests::headless::Phone;
use fieldbook_tests::proxy::http::{HttpProxy, Way};
use fieldbook_tests::village::{HEAD, Village, listed_receipts, petition, press, receipt, save, send};
use minicbor::decode::{Decode, Decoder, Error};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use tokio::runtime::{Builder, Runtime};

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap());

/// A key that this version does not have, in every message.
const NEW_KEY: u32 = 60;

/// A message as its bytes.
struct Raw(Vec<u8>);

impl<'b, C> Decode<'b, C> for Raw {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, Error> {
        let from = d.position();
        d.skip()?;
        Ok(Self(d.input()[from..d.position()].to_vec()))
    }
}

/// The frame with other entries in its message.
fn changed(body: &Bytes, entries: &[(u32, Vec<u8>)]) -> Bytes {
    let message: Raw = frame::unpack(body).unwrap();
    let mut all = map::entries(&message.0).unwrap();
    all.extend(entries.iter().cloned());
    [vec![0], map::from_entries(&all)].concat().into()
}

fn speaks(protocol: u32, schema: u32, of: &str, body: &Bytes) -> Bytes {
    let new = (NEW_KEY, map::encoded("điều phiên bản này chưa biết"));
    match of {
        path::SYNC => changed(body, &[(0, map::encoded(protocol)), (1, map::encoded(schema)), new]),
        path::ENROL => changed(body, &[(0, map::encoded(protocol)), new]),
        _ => body.clone(),
    }
}

/// A frame packed with a dictionary that nobody has yet.
fn packed_with_the_next_dictionary(of: &str, body: &Bytes) -> Bytes {
    if of != path::SYNC {
        return body.clone();
    }
    [&[2], &body[1..]].concat().into()
}

/// So often a person presses "Gửi ngay" before an office that is busy, not unreachable, has to be told of.
const PRESSES: usize = 8;

/// A head's phone whose messages, or the office's, pass through other hands until the switch is off.
struct Neighbours {
    village: Village,
    proxy: HttpProxy,
    are_there: Arc<AtomicBool>,
}

impl Neighbours {
    fn new(change: impl Fn(Way, &str, &Bytes) -> Bytes + Send + Sync + 'static) -> Self {
        let village = Village::found().unwrap();
        let are_there = Arc::new(AtomicBool::new(true));
        let switch = Arc::clone(&are_there);
        let change = move |way, path: &str, body: Bytes| {
            if switch.load(Ordering::SeqCst) && !body.is_empty() { change(way, path, &body) } else { body }
        };
        let proxy = RUNTIME.block_on(HttpProxy::start_changing(village.office.url(), change)).unwrap();
        Self { village, proxy, are_there }
    }

    /// App or office of today, from now on.
    fn are_updated(&self) {
        self.are_there.store(false, Ordering::SeqCst);
    }

    fn phone(&self) -> Phone {
        self.village.phone_through(HEAD, "head", &self.proxy.url).unwrap()
    }

    /// A phone enrolled before its app or its office changed.
    fn phone_from_before(&self) -> Phone {
        self.are_updated();
        let phone = self.phone();
        self.are_there.store(true, Ordering::SeqCst);
        phone
    }

    fn must_work_both_ways(&self, phone: &Phone) {
        let picture = self.village.picture(1, 320, 240).unwrap();
        let words = ["petition", "Đèn đường tổ 3 hỏng", "--answers", "n,n,n,n", "--unit", "An Định", "--photo", &picture];
        let receipt = receipt(&save(phone, &words).unwrap()).unwrap();
        send(phone).unwrap();
        self.village.office.run(&["office", "receive", &receipt]).unwrap();
        self.village.office.run(&["office", "answer", &receipt, "--text", "Đã thay bóng"]).unwrap();
        send(phone).unwrap();
        let shown = phone.json(&["show", &receipt]).unwrap();
        assert_eq!((&shown["row"]["state"], &shown["row"]["sending"]["sending"]), (&"answered".into(), &"received".into()));
        assert_eq!(self.village.office.json(&["check"]).unwrap()["photos"], 1);
        phone.say(&["check"]).unwrap();
    }

    /// What was written stays on the phone, marked as waiting, and the office has nothing of it.
    fn must_wait(&self, phone: &Phone, receipt: &str, trouble: &str) {
        let told: Vec<_> = (0..PRESSES).map(|_| press(phone).unwrap()["trouble"].clone()).collect();
        assert_eq!(told[PRESSES - 1], trouble, "told in the end: {told:?}");
        let outbox = phone.json(&["outbox"]).unwrap();
        assert_eq!(
            (&outbox["records"][0]["receipt"], &outbox["records"][0]["sending"]["sending"]),
            (&receipt.into(), &"waiting".into())
        );
        assert_eq!(outbox["attention"].as_array().unwrap().len(), 0, "nobody has to put anything right: {outbox}");
        assert!(self.village.receipts().unwrap().is_empty());
    }

    fn must_arrive(&self, phone: &Phone, receipt: &str) {
        self.are_updated();
        send(phone).unwrap();
        assert_eq!(self.village.receipts().unwrap(), [receipt]);
        assert_eq!(listed_receipts(phone).unwrap(), [receipt]);
    }
}

#[test]
fn a_phone_of_the_next_protocol_is_served_in_full() {
    let next = |way, path: &str, body: &Bytes| match way {
        Way::Request => speaks(PROTOCOL + 1, SCHEMA + 1, path, body),
        Way::Answer => body.clone(),
    };
    let neighbours = Neighbours::new(next);
    neighbours.must_work_both_ways(&neighbours.phone());
}

#[test]
fn an_office_of_the_next_protocol_may_say_more_than_a_phone_of_today_knows() {
    let more = |way, path: &str, body: &Bytes| match (way, path) {
        (Way::Answer, path::SYNC | path::ENROL) => changed(body, &[(NEW_KEY, map::encoded(7))]),
        (Way::Answer | Way::Request, _) => body.clone(),
    };
    let neighbours = Neighbours::new(more);
    neighbours.must_work_both_ways(&neighbours.phone());
}

fn last_protocol(way: Way, path: &str, body: &Bytes) -> Bytes {
    match way {
        Way::Request => speaks(OLDEST_PROTOCOL - 1, OLDEST_PROTOCOL - 1, path, body),
        Way::Answer => body.clone(),
    }
}

#[test]
fn a_phone_of_a_protocol_no_longer_spoken_is_told_to_update_and_keeps_everything() {
    let neighbours = Neighbours::new(last_protocol);
    let phone = neighbours.phone_from_before();
    let receipt = petition(&phone, "Đèn đường tổ 3 hỏng").unwrap();

    neighbours.must_wait(&phone, &receipt, "update_app");

    neighbours.must_arrive(&phone, &receipt);
}

#[test]
fn a_phone_that_is_too_old_to_enrol_does_not_use_up_its_code() {
    let neighbours = Neighbours::new(last_protocol);
    let phone = Phone::new(&neighbours.village.path("old"));
    let code = neighbours.village.office.invite(&["--person", HEAD], &neighbours.proxy.url).unwrap();
    let enrol = ["--network", "unmetered", "enrol", &code];

    let told = phone.say(&enrol).unwrap_err().to_string();

    assert!(told.contains("Cần cập nhật ứng dụng"), "{told}");
    neighbours.are_updated();
    phone.say(&enrol).unwrap();
}

#[test]
fn a_phone_that_packs_with_a_dictionary_the_office_does_not_have_keeps_everything() {
    let ahead = |way, path: &str, body: &Bytes| match way {
        Way::Request => packed_with_the_next_dictionary(path, body),
        Way::Answer => body.clone(),
    };
    let neighbours = Neighbours::new(ahead);
    let phone = neighbours.phone_from_before();
    let receipt = petition(&phone, "Đèn đường tổ 3 hỏng").unwrap();

    neighbours.must_wait(&phone, &receipt, "office_busy");

    neighbours.must_arrive(&phone, &receipt);
}

#[test]
fn an_answer_packed_with_a_dictionary_the_phone_does_not_have_asks_for_an_update() {
    let ahead = |way, path: &str, body: &Bytes| match way {
        Way::Request => body.clone(),
        Way::Answer => packed_with_the_next_dictionary(path, body),
    };
    let neighbours = Neighbours::new(ahead);
    let phone = neighbours.phone_from_before();
    let receipt = petition(&phone, "Đèn đường tổ 3 hỏng").unwrap();

    assert_eq!(press(&phone).unwrap()["trouble"], "update_app");

    neighbours.must_arrive(&phone, &receipt);
}
