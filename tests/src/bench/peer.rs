//! Our phone and server as one peer among the others of `make bench-peers`: told line by line what to do, so that the same
//! proxy counts us all, with the same visits.

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use fieldbook_device::photo::{ShrinkLimits, Shrunk, shrink};
use fieldbook_device::work::PhotoDraft;
use fieldbook_model::body::Kind;
use rusqlite::{Connection, OpenFlags};

use super::phone::Phone;
use super::visits::{SyntheticVisit, Visits};
use super::{Measured, organisation};
use crate::jpeg::sample_photo;
use crate::office::Office;

/// Visits written for the peers: a few to warm up, some one by one, and a backlog of 1,000.
const EXPORTED: usize = 1_024;

/// They began so many days ago, so that the last ends before today.
const BEGAN_DAYS_AGO: i64 = 50;

/// How often a photo is tried again.
const TRIES: usize = 20;

/// Writes what all peers are given to `folder`: `visits.json`, an array, and `photo.jpg`.
pub fn export(folder: &Path) -> Measured<()> {
    let visits: Vec<SyntheticVisit> = Visits::of(1, now()? - BEGAN_DAYS_AGO * 86_400).take(EXPORTED).collect();
    std::fs::write(folder.join("visits.json"), serde_json::to_vec(&visits)?)?;
    Ok(std::fs::rename(picture(folder)?.path, folder.join("photo.jpg"))?)
}

/// A picture of a camera as the phone keeps it.
pub(super) fn picture(folder: &Path) -> Measured<Shrunk> {
    let source = folder.join("camera.jpg");
    std::fs::write(&source, sample_photo(1, 2_400, 1_800))?;
    let shrunk = shrink(&source, folder, &ShrinkLimits::default())?;
    std::fs::remove_file(source)?;
    Ok(shrunk)
}

/// Starts a server, says `server ADDRESS`, and then obeys: `through ADDRESS` enrols the phone at a proxy; `save FROM TO` saves
/// those visits of `visits.json`; `sync` sends and receives until nothing is left to do; `photo` saves a visit with a picture,
/// without sending it; `send` sends that over a line that may break. Each is answered by `done` and how many visits the server
/// holds. The end of the input ends it.
pub fn obey(exported: &Path, folder: &Path, input: &mut dyn BufRead, output: &mut dyn Write) -> Measured<()> {
    let visits: Vec<SyntheticVisit> = serde_json::from_slice(&std::fs::read(exported.join("visits.json"))?)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mut clock = now()?;
    let (mut office, invited) = organisation::found(&folder.join("office"), 1, clock)?;
    office.start()?;
    let server: SocketAddr = office.url().trim_start_matches("http://").parse()?;
    writeln!(output, "server {server}")?;
    output.flush()?;

    let mut enrolled = None;
    for line in input.lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.as_slice(), &mut enrolled) {
            (["through", address], none @ None) => {
                let address = format!("http://{address}");
                *none = Some(runtime.block_on(Phone::enrol(&folder.join("phone"), &address, &invited[0], clock))?);
            }
            (["save", from, to], Some(phone)) => {
                for visit in &visits[from.parse()?..to.parse()?] {
                    phone.set_clock(ended(visit));
                    phone.save(phone.draft(visit)?)?;
                }
            }
            (["sync"], Some(phone)) => {
                clock += 60;
                phone.set_clock(clock);
                runtime.block_on(phone.sync())?;
            }
            (["photo"], Some(phone)) => {
                let Shrunk { hash, bytes, width, height, path } = picture(folder)?;
                let path = path.to_string_lossy().into_owned();
                let bytes = u32::try_from(bytes)?;
                let draft = PhotoDraft { hash: hash.into(), bytes, width, height, path, topic: None };
                phone.set_clock(ended(&visits[0]));
                phone.save(phone.draft_with(&visits[0], draft)?)?;
            }
            (["send"], Some(phone)) => {
                phone.let_photos_go();
                for _ in 0..TRIES {
                    clock += 60;
                    phone.set_clock(clock);
                    // A line that broke is what is measured; what did not arrive is counted below.
                    let _ = runtime.block_on(phone.sync());
                    if phone.photos_waiting()? == 0 {
                        break;
                    }
                }
                if phone.photos_waiting()? > 0 {
                    return Err("the photo does not arrive".into());
                }
            }
            (other, _) => return Err(format!("cannot do {other:?} now").into()),
        }
        writeln!(output, "done {}", visits_held(&office)?)?;
        output.flush()?;
    }
    Ok(office.stop()?)
}

fn ended(visit: &SyntheticVisit) -> i64 {
    visit.started + i64::from(visit.minutes) * 60
}

fn visits_held(office: &Office) -> Measured<i64> {
    let database = Connection::open_with_flags(office.data().join("office.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let sql = "SELECT count(*) FROM facts WHERE kind = ?1";
    Ok(database.query_row(sql, [Kind::Visit.code()], |row| row.get(0))?)
}

fn now() -> Measured<i64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64)
}
