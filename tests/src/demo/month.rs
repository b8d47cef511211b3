//! Last month: a visit with no signal and a kill in the middle, petitions, the first sync over a bad link, the office's answers.

use serde_json::Value;

use super::{Done, Stage, must, say, text, title};
use crate::proxy::http::Fault;

/// The liaison and the head work without any network.
pub(super) fn offline(stage: &mut Stage) -> Done {
    title("Last month, no signal: a visit, killed in the middle");
    let phone = stage.liaison.at(&stage.days.then("08:30:00"));
    let before = phone.json(&["coverage"])?;
    say(&format!("coverage before: {}/{}", before["visited"], before["assigned"]));
    must(before["visited"] == 0 && before["assigned"] == 3, "three hamlets, none visited", &before)?;
    let (road, bridge) = (stage.camera("road", 11)?, stage.camera("bridge", 12)?);
    phone.say(&["--network", "none", "visit", "start", "--unit", "An Định"])?;
    phone.say(&["visit", "set", "--fix", "9.88421,106.51234,12", "--met", "head", "--met", "secretary"])?;
    for mark in [
        "1=done:Chi bộ họp đúng ngày, 21/23 đảng viên dự",
        "2=not_done:Còn tuyến đường tổ 4 chưa bê tông",
        "3=done",
        "8=not_known",
    ] {
        phone.say(&["visit", "topic", mark])?;
    }
    let mut dying = phone.begin(&["visit", "photo", &road])?;
    dying.kill().map_err(super::trouble)?;
    dying.wait().map_err(super::trouble)?;
    let restored = phone.json(&["draft", "resume"])?;
    let marked = restored["entry"]["entry"]["topics"]
        .as_array()
        .map_or(0, |topics| topics.iter().filter(|t| !t["mark"].is_null()).count());
    must(marked == 4, "the draft is back with its four topics", &restored)?;
    say("killed while a photo was being attached; the draft came back with everything typed before");
    for photo in [&road, &bridge] {
        phone.say(&["visit", "photo", photo])?;
    }
    phone.say(&[
        "visit",
        "problem",
        "Cầu dân sinh qua kênh Sườn gãy lan can, trẻ em qua lại nguy hiểm",
        "--propose",
        "commune",
        "--urgency",
        "urgent",
    ])?;
    phone.say(&[
        "visit",
        "set",
        "--promise",
        "Kiểm tra lại lan can cầu kênh Sườn",
        "--promise",
        "Vận động 3 hộ mua bảo hiểm y tế",
    ])?;
    let saved = phone.json(&["visit", "save"])?;
    let receipt = stage.keep(&saved)?;
    say(&format!("saved, receipt {receipt}, problem {}", saved["more_receipts"][0]));
    let after = phone.json(&["coverage"])?;
    say(&format!("coverage after: {}/{}", after["visited"], after["assigned"]));
    must(after["visited"] == 1, "one hamlet visited", &after)?;
    petitions(stage)
}

fn petitions(stage: &mut Stage) -> Done {
    title("The head writes down what four residents say");
    let phone = stage.head.at(&stage.days.then("19:10:00"));
    let photo = stage.camera("well", 13)?;
    let said = [
        (
            "proposal",
            vec!["Đề nghị lắp thêm đèn đường đoạn trước trường mẫu giáo", "--name", "Nguyễn Văn Ân", "--phone", "0900000001"],
        ),
        ("feedback", vec!["Nước giếng khoan có mùi, nghi do bãi rác gần nhà", "--where", "tổ 2", "--photo", &photo]),
        ("complaint", vec!["Không đồng ý mức bồi thường khi mở rộng đường ấp", "--name", "Phạm Thị Út", "--address", "tổ 5"]),
    ];
    for (kind, words) in said {
        let answers = answers_for(kind);
        let arguments: Vec<&str> = ["--network", "none", "--post", "trưởng ấp", "petition"]
            .into_iter()
            .chain(words)
            .chain(["--answers", answers])
            .collect();
        let saved = phone.json(&arguments)?;
        let receipt = stage.keep(&saved)?;
        say(&format!("{kind}: receipt {receipt}, read out to the resident at once"));
    }
    let advised = phone.json(&[
        "--network",
        "none",
        "--post",
        "trưởng ấp",
        "petition",
        "--answers",
        answers_for("denunciation"),
        "SECRET-NAME-OF-A-PERSON",
    ])?;
    must(advised["receipt"].is_null(), "a denunciation has no receipt", &advised)?;
    say("denunciation: not taken; the guidance was shown, one \"advised\" is kept and no word of it");
    let found = grep(&stage.head.dir, b"SECRET-NAME-OF-A-PERSON")?;
    must(found.is_none(), "no byte of the denunciation is on the phone", &found.unwrap_or_default())
}

/// The answers to the sorter's questions that lead to a kind.
pub(super) const fn answers_for(kind: &str) -> &'static str {
    match kind.as_bytes() {
        b"denunciation" => "y,n",
        b"complaint" => "n,y",
        b"proposal" => "n,n,n,n",
        _ => "n,n,y,n",
    }
}

/// Both phones send over a link that loses, repeats and cuts.
pub(super) fn first_sync(stage: &mut Stage) -> Done {
    title("A bar of signal: requests are lost, answers cut, one arrives twice");
    stage.counted.reset();
    stage.bad.plan([
        Fault::LoseRequest,
        Fault::LoseAnswer,
        Fault::Twice,
        Fault::CutAnswer,
        Fault::Pass,
        Fault::LoseAnswer,
        Fault::Twice,
    ]);
    drain(stage, "08:50:00", true)?;
    stage.bytes("the liaison's phone, with two photos");
    stage.bad.plan([Fault::LoseAnswer, Fault::KeepForLater, Fault::Pass, Fault::CutAnswer]);
    drain(stage, "19:40:00", false)?;
    stage.bytes("the head's phone, with one photo");
    let listed = stage.office.lines(&["office", "list"])?;
    must(listed.len() == 6, "the office has one visit, one problem, three petitions and one advised", &listed.len())?;
    say("the office has each of them once");
    Ok(())
}

/// Sends until nothing waits: a person presses "Gửi ngay" again after a failure.
pub(super) fn drain(stage: &Stage, time: &str, liaison: bool) -> Done {
    let phone = if liaison { &stage.liaison } else { &stage.head };
    drain_at(&phone.at(&stage.days.then(time)))
}

/// Sends until nothing waits, at most twelve times.
pub(super) fn drain_at(phone: &crate::headless::Phone) -> Done {
    let mut last = Value::Null;
    for _ in 0..12 {
        last = phone.json(&["--network", "unmetered", "sync"])?;
        let traffic = &last["traffic"];
        if last["complete"] == true && traffic["records_waiting"] == 0 && traffic["photos_waiting"] == 0 {
            return Ok(());
        }
    }
    Err(super::Trouble(format!("still waiting after twelve tries: {last}")))
}

/// The office answers one petition and sends another back; the head hears of both and puts it right.
pub(super) fn the_office_answers(stage: &mut Stage) -> Done {
    title("The office answers one petition and sends one back");
    let (proposal, feedback) = (stage.receipts[2].clone(), stage.receipts[3].clone());
    stage.office.run(&["office", "receive", &proposal])?;
    stage.office.run(&["office", "answer", &proposal, "--text", "Đã đưa vào kế hoạch quý tới, lắp 4 bóng"])?;
    stage.office.run(&["office", "return", &feedback, "--text", "Đề nghị ghi rõ địa chỉ giếng và thời gian phát hiện"])?;
    let phone = stage.head.at(&stage.days.then("20:30:00"));
    drain_at(&phone)?;
    let answered = phone.json(&["show", &proposal])?;
    must(answered.to_string().contains("lắp 4 bóng"), "the answer is on the phone", &answered)?;
    let attention = phone.json(&["outbox"])?["attention"].clone();
    must(
        attention.to_string().contains("ghi rõ địa chỉ giếng"),
        "the return stands under Cần xử lý with its reason",
        &attention,
    )?;
    say("the answer is on the head's phone; the other petition stands under \"Cần xử lý\" with the reason");
    phone.say(&["correct", &feedback, "--where", "giếng trước nhà số 14, tổ 2, phát hiện sáng thứ ba"])?;
    phone.say(&["act", &feedback, "resubmit"])?;
    drain_at(&stage.head.at(&stage.days.then("20:45:00")))?;
    let shown = stage.office.json(&["office", "show", &feedback])?;
    must(shown.to_string().contains("số 14"), "the office sees the corrected petition", &shown)?;
    must(text(&shown, "state")? == "recorded", "sent again", &shown)?;
    say("put right and sent again under the same receipt");
    stage.bytes("answers, correction and return together");
    Ok(())
}

/// The first file under `folder` that holds these bytes.
pub(super) fn grep(folder: &std::path::Path, needle: &[u8]) -> Done<Option<String>> {
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).map_err(super::trouble)? {
            let path = entry.map_err(super::trouble)?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if std::fs::read(&path).map_err(super::trouble)?.windows(needle.len()).any(|window| window == needle) {
                return Ok(Some(path.display().to_string()));
            }
        }
    }
    Ok(None)
}
