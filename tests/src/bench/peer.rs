//! Our phone and server as one peer among the others of `make bench-peers`: told line by line what to do, so that the same
//! proxy counts us all, with the same visits.

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::phone::Phone;
use super::visits::{SyntheticVisit, Visits};
use super::{Measured, organisation};

/// Visits written for the peers: a few to warm up, some one by one, and a backlog of 1,000.
const EXPORTED: usize = 1_024;

/// They began so many days ago, so that the last ends before today.
const BEGAN_DAYS_AGO: i64 = 50;

/// Writes the visits as a JSON array.
pub fn export(file: &Path) -> Measured<()> {
    let visits: Vec<SyntheticVisit> = Visits::of(1, now()? - BEGAN_DAYS_AGO * 86_400).take(EXPORTED).collect();
    Ok(std::fs::write(file, serde_json::to_vec(&visits)?)?)
}

/// Starts a server, says `server ADDRESS`, and then obeys: `through ADDRESS` enrols the phone at a proxy, `save FROM TO` saves
/// those visits of the file, `sync` sends and receives until nothing is left to do. Each is answered by `done` and how many
/// facts the server has not taken. The end of the input ends it.
pub fn obey(file: &Path, folder: &Path, input: &mut dyn BufRead, output: &mut dyn Write) -> Measured<()> {
    let visits: Vec<SyntheticVisit> = serde_json::from_slice(&std::fs::read(file)?)?;
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
                    phone.set_clock(visit.started + i64::from(visit.minutes) * 60);
                    phone.save(phone.draft(visit)?)?;
                }
            }
            (["sync"], Some(phone)) => {
                clock += 60;
                phone.set_clock(clock);
                runtime.block_on(phone.sync())?;
            }
            (other, _) => return Err(format!("cannot do {other:?} now").into()),
        }
        let waiting = enrolled.as_ref().map_or(Ok(0), Phone::waiting)?;
        writeln!(output, "done {waiting}")?;
        output.flush()?;
    }
    Ok(office.stop()?)
}

fn now() -> Measured<i64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64)
}
