//! A network that loses, repeats, delays and cuts: the office has every record once, and the person sees the truth.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::headless::Phone;
use fieldbook_tests::proxy::http::{Fault, HttpProxy};
use fieldbook_tests::village::{HEAD, Village, listed_receipts, petition, press, send};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

/// A head's phone behind a network that does as planned. Field order: the proxy goes before the runtime it lives in.
struct BadNetwork {
    village: Village,
    proxy: HttpProxy,
    phone: Phone,
    _runtime: Runtime,
}

impl BadNetwork {
    fn new() -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let village = Village::found().unwrap();
        let proxy = runtime.block_on(HttpProxy::start(village.office.url())).unwrap();
        let phone = village.phone_through(HEAD, "head", &proxy.url).unwrap();
        Self { village, proxy, phone, _runtime: runtime }
    }

    /// Method, path and fault of the requests since `before`.
    fn seen_since(&self, before: usize) -> Vec<String> {
        self.proxy.seen().split_off(before)
    }

    fn sending(&self, receipt: &str) -> Value {
        self.phone.json(&["show", receipt]).unwrap()["row"]["sending"]["sending"].clone()
    }

    /// The office has exactly these, the person sees exactly these as received, and both books are sound.
    fn must_agree_on(&self, receipts: &[&str]) {
        let mut wanted: Vec<String> = receipts.iter().map(|receipt| (*receipt).to_owned()).collect();
        wanted.sort();
        let mut office = self.village.receipts().unwrap();
        office.sort();
        assert_eq!(office, wanted, "each record once at the office");
        assert_eq!(listed_receipts(&self.phone).unwrap(), wanted, "each record once on the phone");
        for receipt in receipts {
            assert_eq!(self.sending(receipt), "received");
        }
        let outbox = self.phone.json(&["outbox"]).unwrap();
        let on_the_way = outbox["records"].as_array().unwrap().iter().find(|row| row["sending"]["sending"] != "received");
        assert_eq!((on_the_way, &outbox["attention"]), (None, &json!([])), "Gửi – nhận has nothing on its way");
        self.phone.say(&["check"]).unwrap();
        self.village.office.run(&["check"]).unwrap();
    }
}

#[test]
fn a_lost_answer_doubles_nothing() {
    let net = BadNetwork::new();
    let receipt = petition(&net.phone, "Đèn đường tổ 3 hỏng").unwrap();
    net.proxy.plan([Fault::LoseAnswer]);

    let first = press(&net.phone).unwrap();

    assert_eq!(first["trouble"], "offline", "the person hears that nothing came back: {first}");
    assert_eq!(first["traffic"]["records_waiting"], 1);
    assert_eq!(net.sending(&receipt), "waiting", "not called received before the office said so");
    assert_eq!(net.village.receipts().unwrap(), std::slice::from_ref(&receipt), "although the office has it");
    send(&net.phone).unwrap();
    net.must_agree_on(&[&receipt]);
}

#[test]
fn a_request_delivered_twice_is_one_record() {
    let net = BadNetwork::new();
    let (one, two) = (petition(&net.phone, "Cống thoát nước nghẹt").unwrap(), petition(&net.phone, "Đường tổ 5 ngập").unwrap());
    net.proxy.plan([Fault::Twice, Fault::Twice, Fault::Twice]);
    let before = net.proxy.seen().len();

    send(&net.phone).unwrap();

    assert!(net.seen_since(before)[0].ends_with("Twice"), "the request with the records went twice");
    net.must_agree_on(&[&one, &two]);
}

#[test]
fn a_request_delivered_late_and_out_of_order_changes_nothing() {
    let net = BadNetwork::new();
    let early = petition(&net.phone, "Nước yếu từ chiều qua").unwrap();
    net.proxy.plan([Fault::KeepForLater]);
    let before = net.proxy.seen().len();
    assert_eq!(press(&net.phone).unwrap()["trouble"], "offline");
    assert_eq!(net.village.receipts().unwrap(), Vec::<String>::new(), "the network holds the request back");
    let late = petition(&net.phone, "Cây ngã chắn đường").unwrap();

    // The next request overtakes it; the one held back arrives after it has been answered.
    send(&net.phone).unwrap();

    let seen = net.seen_since(before);
    assert!(seen[0].ends_with("KeepForLater") && seen[1].ends_with("Pass"), "{seen:?}");
    net.must_agree_on(&[&early, &late]);
    // And nothing in the phone's way of asking was set back by it: what comes next goes and arrives.
    let next = petition(&net.phone, "Mất điện tổ 1").unwrap();
    send(&net.phone).unwrap();
    net.must_agree_on(&[&early, &late, &next]);
}

#[test]
fn an_answer_cut_mid_body_is_asked_again() {
    let net = BadNetwork::new();
    let receipt = petition(&net.phone, "Rác chưa được gom").unwrap();
    send(&net.phone).unwrap();
    net.village.office.run(&["office", "receive", &receipt]).unwrap();
    net.village.office.run(&["office", "answer", &receipt, "--text", "Thứ hai đã gom"]).unwrap();
    net.proxy.plan([Fault::CutAnswer]);

    let cut = press(&net.phone).unwrap();

    assert_eq!((&cut["complete"], &cut["trouble"]), (&json!(false), &json!("offline")), "{cut}");
    let half = net.phone.json(&["show", &receipt]).unwrap();
    assert!(!half.to_string().contains("Thứ hai đã gom"), "half an answer is no answer");
    send(&net.phone).unwrap();
    let whole = net.phone.json(&["show", &receipt]).unwrap();
    assert!(whole.to_string().contains("Thứ hai đã gom"), "{whole}");
    let told = whole["history"].as_array().unwrap().iter().filter(|line| line["text"] == "Thứ hai đã gom").count();
    assert!((1..=2).contains(&told), "the result and the answer, not more: {whole}");
    net.must_agree_on(&[&receipt]);
}
