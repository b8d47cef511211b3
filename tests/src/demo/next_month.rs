//! This month: two hamlets were merged while the liaison's phone was offline, and last month's promises come back.

use super::cast::LIAISON;
use super::month::drain_at;
use super::{Done, Stage, must, say, title};

/// The liaison visits a hamlet that the office merged away the same morning.
pub(super) fn merged_meanwhile(stage: &mut Stage) -> Done {
    title("This month: a visit to a hamlet that was merged away the same morning");
    stage.office.run(&["office", "merge-units", "AQ-AH", "--into", "AQ-AT"])?;
    let phone = stage.liaison.at(&stage.days.now("06:10:00"));
    let saved = phone.json(&[
        "--network",
        "none",
        "visit",
        "--unit",
        "An Hòa",
        "--met",
        "head",
        "--place-reason",
        "Nhà văn hóa khóa cửa",
        "--topic",
        "1=done",
        "--topic",
        "2=done",
        "--remark",
        "Bà con đã biết việc sáp nhập ấp",
    ])?;
    let receipt = stage.keep(&saved)?;
    stage.counted.reset();
    drain_at(&stage.liaison.at(&stage.days.now("06:20:00")))?;
    stage.bytes("one visit and the news of the merge");
    let seen = stage.office.lines(&["office", "list", "--kind", "visit", "--unit", "AQ-AT"])?;
    must(
        seen.iter().any(|row| row.to_string().contains(&receipt)),
        "the visit was taken in and is read under ấp An Thạnh",
        &receipt,
    )?;
    say("taken in; the office reads it under ấp An Thạnh, which took over ấp An Hòa");
    Ok(())
}

/// Last month's promises are on the list again, are ticked off, and coverage counts anew.
pub(super) fn promises_come_back(stage: &mut Stage) -> Done {
    title("Last month's promises come back by themselves");
    let phone = stage.liaison.at(&stage.days.now("06:30:00"));
    let today = phone.json(&["today"])?;
    let open = today["follow_ups"].as_array().cloned().unwrap_or_default();
    must(open.len() == 2, "two promises of last month are open", &today["follow_ups"])?;
    let ids: Vec<&str> = open.iter().filter_map(|line| line["id"].as_str()).collect();
    let before = phone.json(&["coverage"])?;
    say(&format!("two promises to look at again; coverage this month {}/{}", before["visited"], before["assigned"]));
    let (done, not_done) = (format!("{}=done", ids[0]), format!("{}=not_done", ids[1]));
    let saved = phone.json(&[
        "--network",
        "none",
        "visit",
        "--unit",
        "An Định",
        "--fix",
        "9.88425,106.51230,9",
        "--met",
        "head",
        "--topic",
        "1=done",
        "--follow-up",
        &done,
        "--follow-up",
        &not_done,
    ])?;
    stage.keep(&saved)?;
    let after = phone.json(&["coverage"])?;
    say(&format!("one kept, one carried on; coverage now {}/{} for {LIAISON}", after["visited"], after["assigned"]));
    must(after["visited"].as_i64() == before["visited"].as_i64().map(|n| n + 1), "one hamlet more", &after)?;
    drain_at(&stage.liaison.at(&stage.days.now("06:40:00")))?;
    let left = stage.liaison.at(&stage.days.now("06:45:00")).json(&["today"])?["follow_ups"].as_array().map_or(0, Vec::len);
    must(left == 1, "the promise that was kept is gone", &left)
}
