//! Keeps the present version: a few days of two phones and their office, small, with everything that can be said.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tokio::runtime::Builder;

use super::{PHONES, READER, Shown, Spoken, copy_all, said};
use crate::headless::Phone;
use crate::office::Trouble;
use crate::proxy::http::HttpProxy;
use crate::village::{A_MINUTE_AGO, HEAD, LIAISON, Village, date, listed, save, send, text};

/// How hard the databases are packed.
const LEVEL: i32 = 19;

/// Makes the folder of a version anew.
///
/// # Errors
/// [`Trouble`] when a process cannot be driven or a file not written.
pub fn make(folder: &Path) -> Result<(), Trouble> {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(said)?;
    let mut village = Village::found()?;
    let proxy = runtime.block_on(HttpProxy::start(village.office.url())).map_err(said)?;
    let mut recorder = Recorder { proxy: &proxy, heard: 0, spoken: Vec::new() };
    let phones = live(&village, &mut recorder)?;
    village.office.stop()?;

    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(said)?;
    }
    std::fs::create_dir_all(folder).map_err(said)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(said)?.as_secs();
    write(folder, "moment", &format!("{now}\n"))?;
    let mut shown = String::new();
    for (name, phone) in [READER].iter().chain(&PHONES).zip(&phones) {
        for row in listed(phone)? {
            let mut page = phone.json(&["show", text(&row, "id")?])?;
            without_paths(&mut page);
            shown += &line(&Shown { phone: (*name).to_owned(), row, page })?;
        }
    }
    write(folder, "shown.jsonl", &shown)?;
    let spoken = recorder.spoken.iter().map(line).collect::<Result<String, _>>()?;
    write(folder, "spoken.jsonl", &spoken)?;
    for (name, phone) in PHONES.iter().zip(&phones[1..]) {
        pack(&phone.dir.join("fieldbook.db"), &folder.join(format!("{name}.db.zst")))?;
        std::fs::copy(phone.dir.join("notebook.key"), folder.join(format!("{name}.key"))).map_err(said)?;
        copy_all(&phone.dir.join("photos"), &folder.join(format!("{name}-photos"))).map_err(said)?;
    }
    let data = village.office.data();
    pack(&data.join("office.db"), &folder.join("office.db.zst"))?;
    for part in ["keys", "ledger", "blobs"] {
        copy_all(&data.join(part), &folder.join("office").join(part)).map_err(said)?;
    }
    Ok(())
}

/// The story. Gives the reader's, the head's and the liaison's phone.
fn live(village: &Village, recorder: &mut Recorder<'_>) -> Result<[Phone; 3], Trouble> {
    let office = &village.office;
    let address = recorder.proxy.url.clone();
    let picture = |n| village.picture(n, 96, 64);
    let [head, liaison] = [(HEAD, "head"), (LIAISON, "liaison")].map(|(person, name)| -> Result<Phone, Trouble> {
        let phone = village.phone_through(person, name, &address)?;
        recorder.heard_from(name);
        Ok(phone)
    });
    let (head, liaison) = (head?, liaison?);

    let petition = save(
        &head,
        &[
            "petition",
            "Đèn đường tổ 3 hỏng đã lâu",
            "--answers",
            "n,n,y,n",
            "--unit",
            "An Định",
            "--where",
            "trước nhà văn hoá",
            "--name",
            "Nguyễn Văn Ân",
            "--phone",
            "0901 234 567",
            "--photo",
            &picture(1)?,
        ],
    )?;
    save(&head, &["report", "--kind", "weekly", "--nothing"])?;
    let visit = save(
        &liaison,
        &[
            "visit",
            "--unit",
            "An Định",
            "--met",
            "head",
            "--met",
            "residents",
            "--place-reason",
            "Đã gặp trưởng ấp tại nhà",
            "--topic",
            "1=done:Đã họp dân",
            "--topic",
            "2=not_done",
            "--problem",
            "commune:Cầu dân sinh yếu",
            "--problem",
            "Cống nghẹt",
            "--promise",
            "Báo lại ngày nạo vét",
            "--remark",
            "Bà con đồng tình",
            "--photo",
            &picture(2)?,
        ],
    )?;
    for (phone, name) in [(&head, "head"), (&liaison, "liaison"), (&head, "head")] {
        send(phone)?;
        recorder.heard_from(name);
    }

    let petition = text(&petition, "id")?;
    office.run(&["office", "receive", petition])?;
    office.run(&["office", "start", petition])?;
    office.run(&["office", "note", petition, "--text", "Tổ điện xem giúp"])?;
    office.run(&["office", "resolve", petition, "--text", "Đã thay bóng"])?;
    send(&head)?;
    recorder.heard_from("head");
    head.at(A_MINUTE_AGO).say(&["answer", petition, "--text", "Đã báo bà con"])?;
    head.at(A_MINUTE_AGO).say(&["correct", petition, "--text", "Đèn đường tổ 4 hỏng đã lâu"])?;
    liaison.at(A_MINUTE_AGO).say(&["note", text(&visit, "id")?, "Đã gửi biên bản"])?;
    let wrong = save(&head, &["problem", "Chuyện riêng của một nhà", "--unit", "An Định"])?;
    for (phone, name) in [(&head, "head"), (&liaison, "liaison")] {
        send(phone)?;
        recorder.heard_from(name);
    }
    let wrong = text(&wrong, "id")?;
    let facts = village.shown(wrong)?["facts"].as_array().cloned().unwrap_or_default();
    let words: Vec<&str> = facts.iter().filter(|fact| fact["kind"] == "words").filter_map(|fact| fact["id"].as_str()).collect();
    office.run(&[&["office", "erase", wrong][..], &words, &["--ground", "theo yêu cầu"]].concat())?;

    // What the liaison writes for a hamlet that has ended is refused.
    save(&liaison, &["problem", "Đường ngập", "--unit", "An Hòa", "--photo", &picture(3)?])?;
    office.run(&["office", "end", &village.unit("AQ-AH")?, "--last", &date(5)])?;
    for (phone, name) in [(&liaison, "liaison"), (&head, "head")] {
        send(phone)?;
        recorder.heard_from(name);
    }
    let reader = village.phone_through(HEAD, READER, &address)?;
    recorder.heard_from(READER);

    // Left unsent, and left open.
    save(&head, &["petition", "Nước yếu từ chiều qua", "--answers", "n,n,n,n", "--unit", "An Định", "--photo", &picture(4)?])?;
    head.say(&[
        "petition",
        "Rác chưa được gom",
        "--answers",
        "n,n,n,n",
        "--unit",
        "An Định",
        "--photo",
        &picture(5)?,
        "--draft",
    ])?;
    Ok([reader, head, liaison])
}

/// Writes down who said what.
struct Recorder<'a> {
    proxy: &'a HttpProxy,
    heard: usize,
    spoken: Vec<Spoken>,
}

impl Recorder<'_> {
    /// Everything since the last time came from this phone.
    fn heard_from(&mut self, phone: &str) {
        let exchanges = self.proxy.exchanges();
        self.spoken.extend(exchanges[self.heard..].iter().map(|exchange| Spoken::of(phone, exchange)));
        self.heard = exchanges.len();
    }
}

/// Where a file lay is no part of what was shown.
fn without_paths(page: &mut Value) {
    match page {
        Value::Object(fields) => {
            fields.remove("path");
            fields.values_mut().for_each(without_paths);
        }
        Value::Array(items) => items.iter_mut().for_each(without_paths),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A database in one small file, whatever is still in its log.
fn pack(from: &Path, to: &Path) -> Result<(), Trouble> {
    let whole = to.with_extension("whole");
    let database = rusqlite::Connection::open(from).map_err(said)?;
    database.execute("VACUUM INTO ?1", [whole.to_string_lossy()]).map_err(said)?;
    let packed = zstd::encode_all(&std::fs::read(&whole).map_err(said)?[..], LEVEL).map_err(said)?;
    std::fs::remove_file(&whole).map_err(said)?;
    std::fs::write(to, packed).map_err(said)
}

fn line(record: &impl serde::Serialize) -> Result<String, Trouble> {
    let record: Value = serde_json::to_value(record).map_err(said)?;
    Ok(format!("{record}\n"))
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Trouble> {
    std::fs::write(folder.join(name), text).map_err(said)
}
