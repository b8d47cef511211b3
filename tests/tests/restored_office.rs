//! The office comes back from yesterday's backup: what it lost is on the phones, and they give it back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::village::{HEAD, LIAISON, Village, listed_receipts, petition, press, receipt, save, send};

#[test]
fn an_office_restored_from_yesterday_gets_everything_back() {
    let mut village = Village::found().unwrap();
    let (head, liaison) = (village.phone(HEAD, "head").unwrap(), village.phone(LIAISON, "liaison").unwrap());
    let yesterday = petition(&head, "Có trong bản sao lưu").unwrap();
    send(&head).unwrap();
    let backup = village.path("yesterday");
    village.office.run(&["backup", &backup.to_string_lossy()]).unwrap();

    // More work after the backup: on both phones, at the desk, and on a phone that was enrolled only then.
    let own = petition(&head, "Viết sau bản sao lưu").unwrap();
    send(&head).unwrap();
    let picture = village.picture(7, 640, 480).unwrap();
    let place = "Đã gặp trưởng ấp tại nhà";
    let visited = save(
        &liaison,
        &[
            "visit",
            "--unit",
            "An Định",
            "--met",
            "head",
            "--place-reason",
            place,
            "--topic",
            "1=done",
            "--topic",
            "2=done",
            "--photo",
            &picture,
        ],
    );
    let visit = receipt(&visited.unwrap()).unwrap();
    send(&liaison).unwrap();
    village.office.run(&["office", "receive", &own]).unwrap();
    village.office.run(&["office", "answer", &own, "--text", "Đã trả lời hôm nay"]).unwrap();
    let late = village.phone(HEAD, "late").unwrap();
    let by_late = petition(&late, "Từ điện thoại mới").unwrap();
    for phone in [&late, &head, &liaison] {
        send(phone).unwrap();
    }
    let everything = village.receipts().unwrap();
    assert_eq!(everything.len(), 4);

    village.office.stop().unwrap();
    village.office.run(&["restore", &backup.to_string_lossy()]).unwrap();
    village.office.start().unwrap();
    assert_eq!(village.receipts().unwrap(), std::slice::from_ref(&yesterday), "the office lost a day");
    for phone in [&head, &liaison] {
        send(phone).unwrap();
    }

    // Own records came back by themselves, what the desk and the lost phone wrote waits for a look.
    let mut back = village.receipts().unwrap();
    back.sort();
    let mut own_ones = vec![yesterday.clone(), own.clone(), visit.clone()];
    own_ones.sort();
    assert_eq!(back, own_ones);
    let offered = village.office.lines(&["office", "offered"]).unwrap();
    assert!(!offered.is_empty(), "the answer and the petition of the other phone are offered");
    village.office.run(&["office", "offered", "--confirm"]).unwrap();
    assert!(
        village.office.json(&["office", "show", &own]).unwrap().to_string().contains("Đã trả lời hôm nay"),
        "the answer is back"
    );
    // The phone that the backup has never seen proves itself, waits, and is let in by the desk.
    let told = (0..4).map(|_| press(&late).unwrap()).find(|outcome| !outcome["trouble"].is_null()).unwrap_or_default();
    assert_eq!(told["trouble"], "await_confirmation", "the person is told to wait for the office: {told}");
    let after = petition(&late, "Viết trong khi chờ").unwrap();
    let devices = village.office.lines(&["devices"]).unwrap();
    let waiting: Vec<_> = devices.iter().filter(|device| device["state"] == "awaiting").collect();
    assert_eq!(waiting.len(), 1, "{devices:?}");
    village.office.run(&["devices", "confirm", waiting[0]["writer"].as_str().unwrap()]).unwrap();
    for phone in [&late, &head, &liaison, &late] {
        send(phone).unwrap();
    }

    let mut all = everything;
    all.push(after.clone());
    all.sort();
    let mut office = village.receipts().unwrap();
    office.sort();
    assert_eq!(office, all, "everything is back, and once");
    assert!(village.office.lines(&["office", "offered"]).unwrap().is_empty(), "nothing is left to look through");
    let checked = village.office.json(&["check"]).unwrap();
    assert_eq!((&checked["photos"], &checked["photos_under_way"]), (&1.into(), &0.into()), "the picture too: {checked}");
    for phone in [&head, &late, &liaison] {
        assert_eq!(listed_receipts(phone).unwrap(), all, "{:?} shows all of it once", phone.dir);
        let shown = phone.json(&["show", &own]).unwrap();
        assert_eq!(shown["row"]["state"], "answered", "{shown}");
        let told = shown["history"].as_array().unwrap().iter().filter(|line| line["text"] == "Đã trả lời hôm nay").count();
        assert_eq!(told, 2, "the result and the answer, once each: {shown}");
        phone.say(&["check"]).unwrap();
    }
    assert!([&yesterday, &by_late, &visit].iter().all(|receipt| all.contains(receipt)));
    let dump = head.json(&["dump"]).unwrap();
    assert_eq!(dump, late.json(&["dump"]).unwrap(), "two phones of one person hold the same");
}
