//! The tree of units changes while a phone has no signal: its visits are taken in, and old records keep reading.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{LIAISON, Village, listed_receipts, receipt, send};
use serde_json::Value;

const DESK: &str = "Võ Thị Hạnh";

fn visit(phone: &Phone, hamlet: &str, remark: &str) -> String {
    let seen = ["--met", "head", "--place-reason", "Máy mất định vị", "--remark", remark];
    receipt(&phone.json(&[&["--network", "none", "visit", "--unit", hamlet], &seen[..]].concat()).unwrap()).unwrap()
}

fn row<'v>(rows: &'v Value, receipt: &str) -> &'v Value {
    let found =
        rows["rows"].as_array().or_else(|| rows["records"].as_array()).unwrap().iter().find(|row| row["receipt"] == receipt);
    found.unwrap_or_else(|| panic!("no {receipt} in {rows}"))
}

/// The receipts the office lists under a unit.
fn under(village: &Village, unit: &str) -> Vec<String> {
    let lines = village.office.lines(&["office", "list", "--unit", &village.unit(unit).unwrap()]).unwrap();
    lines.iter().map(|line| receipt(line).unwrap()).collect()
}

#[test]
fn a_unit_merged_and_another_split_while_a_phone_was_offline() {
    let village = Village::found().unwrap();
    village.post(DESK, "desk", "29224").unwrap();
    let halves = village.path("halves.csv");
    std::fs::write(&halves, "code,level,kind,name,parent_code\nH1,hamlet,Ấp,Hòa Đông,29224\nH2,hamlet,Ấp,Hòa Tây,29224\n")
        .unwrap();
    village.office.run(&["import-units", &halves.to_string_lossy()]).unwrap();
    let (liaison, desk) = (village.phone(LIAISON, "liaison").unwrap(), village.phone(DESK, "desk").unwrap());
    let before =
        [visit(&liaison.off(-900), "An Định", "Trước sáp nhập"), visit(&liaison.off(-890), "An Hòa", "Trước chia tách")];
    send(&liaison).unwrap();

    village.office.run(&["office", "merge-units", "AQ-AD", "--into", "AQ-AT"]).unwrap();
    village.office.run(&["office", "split-unit", "AQ-AH", "--into", "H1", "H2"]).unwrap();
    let during = [visit(&liaison.off(-60), "An Định", "Sau sáp nhập"), visit(&liaison.off(-50), "An Hòa", "Sau chia tách")];
    for phone in [&liaison, &desk] {
        send(phone).unwrap();
    }

    assert_eq!(liaison.json(&["outbox"]).unwrap()["attention"], Value::Array(vec![]));
    let of_successor = under(&village, "AQ-AT");
    assert!(of_successor.contains(&before[0]) && of_successor.contains(&during[0]), "{of_successor:?}");
    let of_parent = under(&village, "29224");
    assert!(of_parent.contains(&before[1]) && of_parent.contains(&during[1]), "{of_parent:?}");
    assert!(under(&village, "H1").is_empty() && under(&village, "H2").is_empty(), "nobody has said yet whose they are");

    for phone in [&liaison, &desk] {
        let page = phone.json(&["hamlet", "An Thạnh"]).unwrap();
        for receipt in [&before[0], &during[0]] {
            assert_eq!(
                row(&page, receipt)["unit"],
                "Ấp An Định",
                "on the page of the hamlet that went on, under its name of then"
            );
        }
        for (receipt, remark) in
            before.iter().chain(&during).zip(["Trước sáp nhập", "Trước chia tách", "Sau sáp nhập", "Sau chia tách"])
        {
            assert_eq!(phone.json(&["show", receipt]).unwrap()["text"], remark, "old records keep reading");
        }
    }

    village.office.run(&["office", "rehome", &during[1], "--unit", "H1"]).unwrap();
    send(&desk).unwrap();
    assert_eq!(under(&village, "H1"), [during[1].as_str()]);
    let moved = desk.json(&["show", &during[1]]).unwrap();
    assert_eq!(moved["row"]["unit"], "Ấp Hòa Đông");
    assert!(moved["history"].as_array().unwrap().iter().any(|line| line["what"]["what"] == "rehomed"), "{moved}");

    village.assign(LIAISON, "H1").unwrap();
    send(&liaison).unwrap();
    let receipts = listed_receipts(&liaison).unwrap();
    assert!(receipts.contains(&during[1]), "{receipts:?}");
    assert_eq!(liaison.json(&["show", &during[1]]).unwrap()["text"], "Sau chia tách");
}
