//! The end of the story: phones and office agree, nothing is lost, nothing is double.

use serde_json::Value;

use super::month::{drain_at, grep};
use super::{Done, Stage, must, say, title};
use crate::jpeg::MARKER_TEXT;

/// Looks everywhere.
pub(super) fn everything_is_there(stage: &mut Stage) -> Done {
    title("Do phones and office agree?");
    for phone in [&stage.liaison, &stage.head] {
        drain_at(&phone.at(&stage.days.now("07:00:00")))?;
    }
    receipts(stage)?;
    same_view(stage)?;
    photos(stage)?;
    for phone in [&stage.liaison, &stage.head] {
        phone.say(&["check"])?;
    }
    say(&format!("check on the office: {}", stage.office.run(&["check"])?.lines().last().unwrap_or_default()));
    must(
        grep(stage.office.data(), b"SECRET-NAME-OF-A-PERSON")?.is_none(),
        "nothing of the denunciation reached the office",
        &"",
    )?;
    title("Nothing lost, nothing double.");
    Ok(())
}

/// Every receipt that was read out is at the office exactly once.
fn receipts(stage: &Stage) -> Done {
    let listed = stage.office.lines(&["office", "list"])?;
    for receipt in &stage.receipts {
        let times = listed.iter().filter(|row| row["receipt"].as_str() == Some(receipt)).count();
        must(times == 1, &format!("receipt {receipt} stands at the office once"), &times)?;
    }
    say(&format!("{} receipts, each at the office exactly once, of {} records", stage.receipts.len(), listed.len()));
    must(listed.len() == stage.receipts.len() + 1, "and nothing else but the one advised", &listed.len())
}

/// Both phones see ấp An Định; what both hold must read the same.
fn same_view(stage: &Stage) -> Done {
    let now = stage.days.now("07:05:00");
    let mut views = Vec::new();
    for phone in [&stage.liaison, &stage.head] {
        let rows = phone.at(&now).json(&["list", "--all"])?;
        let rows = rows["rows"].as_array().or_else(|| rows.as_array()).cloned().unwrap_or_default();
        let row = |row: &Value| (row["id"].as_str().unwrap_or_default().to_owned(), row["state"].clone(), row["title"].clone());
        views.push(rows.iter().map(row).collect::<Vec<_>>());
    }
    let both: Vec<_> = views[0].iter().filter(|row| views[1].iter().any(|other| other.0 == row.0)).collect();
    must(both.len() >= 7, "both phones hold the cases of ấp An Định", &both.len())?;
    must(both.iter().all(|row| views[1].contains(row)), "and show them alike", &format!("{views:?}"))?;
    say(&format!("{} cases are on both phones and read the same", both.len()));
    Ok(())
}

/// Three pictures arrived whole, and what the camera wrote into them did not.
fn photos(stage: &Stage) -> Done {
    let mut pictures = Vec::new();
    let mut waiting = vec![stage.office.data().join("blobs")];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).map_err(super::trouble)? {
            let path = entry.map_err(super::trouble)?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                pictures.push(bytes);
            }
        }
    }
    let whole: Vec<&Vec<u8>> =
        pictures.iter().filter(|bytes| bytes.len() > 8 * 1024 && bytes.starts_with(&[0xff, 0xd8])).collect();
    must(whole.len() == 3, "three pictures arrived", &whole.len())?;
    for bytes in &whole {
        let clean = !contains(bytes, MARKER_TEXT.as_bytes()) && !contains(bytes, b"Exif") && !contains(bytes, b"GPS");
        must(clean, "camera, position and thumbnail are gone", &bytes.len())?;
    }
    let total: usize = whole.iter().map(|bytes| bytes.len()).sum();
    say(&format!("three photos, {} KB in all; make, position and thumbnail of the camera are gone", total / 1000));
    Ok(())
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
