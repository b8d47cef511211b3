//! The places and people of the story. All persons are invented.

use std::path::PathBuf;

use super::{Done, Stage, must, say, text, title};
use crate::office::Office;

/// Full name of the liaison.
pub(super) const LIAISON: &str = "Trần Thị Mai";
/// Full name of the head, who is secretary of the cell as well.
pub(super) const HEAD: &str = "Lê Văn Bảy";

const TOPICS: [&str; 8] = [
    "Sinh hoạt chi bộ",
    "Xây dựng nông thôn mới",
    "Trữ nước mưa, nước ngọt",
    "Phòng, chống hạn mặn, dịch bệnh",
    "Giảm nghèo, xuất khẩu lao động",
    "Phòng, chống tội phạm, tệ nạn",
    "Phát triển, quản lý đảng viên",
    "Vệ sinh môi trường, đường giao thông",
];

/// Imports the country and the hamlets, gives people their posts, the liaison her hamlets, and every hamlet its topics.
pub(super) fn fill(office: &Office) -> Done {
    for file in ["units-vn.csv", "hamlets.csv"] {
        let path = data(file);
        say(&office.run(&["import-units", &path.to_string_lossy()])?);
    }
    for name in [LIAISON, HEAD] {
        office.run(&["person", "add", name])?;
    }
    let from = "2025-07-01";
    let commune = "29224";
    for (person, role, unit, title) in [
        (LIAISON, "liaison", commune, "đảng ủy viên phụ trách"),
        (HEAD, "head", "AQ-AD", "trưởng ấp"),
        (HEAD, "secretary", "AQ-AD", "bí thư chi bộ"),
    ] {
        office.run(&["post", "add", "--person", person, "--role", role, "--unit", unit, "--title", title, "--from", from])?;
    }
    for hamlet in ["AQ-AD", "AQ-AT", "AQ-AH"] {
        office.run(&["office", "assign", "--person", LIAISON, "--unit", hamlet, "--from", from, "--decision", "12-QĐ/ĐU"])?;
    }
    for topic in TOPICS {
        office.run(&["office", "topic", topic, "--unit", commune, "--from", from])?;
    }
    say(&format!(
        "{LIAISON} looks after three hamlets; {HEAD} is head and secretary of ấp An Định; {} topics are asked",
        TOPICS.len()
    ));
    Ok(())
}

/// Both phones become writers, each by a code that works once.
pub(super) fn enrol(stage: &mut Stage, address: &str) -> Done {
    title("Two phones are enrolled");
    let at = stage.days.then("07:00:00");
    for (phone, name) in [(&stage.liaison, LIAISON), (&stage.head, HEAD)] {
        let code = stage.office.invite(&["--person", name], address)?;
        let looked = phone.at(&at).json(&["enrol", "--look", &code])?;
        must(text(&looked, "person")? == name, "a look tells whose code it is", &looked)?;
        phone.at(&at).say(&["enrol", &code])?;
        let again = crate::headless::Phone::new(&stage.folder.join("thief")).output(&["enrol", &code])?;
        must(!again.status.success(), "a code works once", &name)?;
        phone.at(&at).say(&["sync"])?;
        stage.bytes(&format!("{name}: enrolled, first data arrived"));
    }
    Ok(())
}

/// A file shipped with the tests.
pub(super) fn data(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data").join(file)
}
