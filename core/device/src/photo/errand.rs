//! Photos that somebody else sends in the phone's place: the operating system, while the app is closed.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use fieldbook_model::fact::FactHash;
use fieldbook_protocol::path;
use fieldbook_protocol::ticket::{self, Ticket};

use crate::store::sync::Upload;
use crate::store::{Store, StoreError};

/// How many photos are given away at once: each costs a second copy on the disk.
const MOST: usize = 32;

/// The rest of one photo, and the right to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// SHA-256 of the whole photo.
    pub hash: FactHash,
    /// The bytes from `offset` to its end.
    pub file: PathBuf,
    /// Where the file begins in the photo.
    pub offset: u64,
    /// Good for this photo only, and for a week.
    pub ticket: Ticket,
}

impl Errand {
    /// Where it goes, on the office's server.
    pub fn path(&self) -> String {
        self.hash.iter().fold(path::BLOB.to_owned(), |path, byte| format!("{path}{byte:02x}"))
    }
}

/// Writes what the office lacks of each waiting photo into `folder`. How far each comes is asked at the next sync, before the
/// phone itself sends more of it. `now` is Unix seconds.
///
/// # Errors
/// When the store cannot be read or written, or there is no room in the folder.
pub fn errands(store: &Store, folder: &Path, now: i64) -> Result<Vec<Errand>, StoreError> {
    let (state, waiting) = store.read(|tx| Ok::<_, StoreError>((tx.sync_state()?, tx.waiting_photos_to_send(MOST)?)))?;
    let token = state.token.as_ref().filter(|_| state.enrolment.is_none() && state.stopped.is_none());
    let Some(token) = token.and_then(|sealed| store.seal().open(sealed)) else {
        return Ok(Vec::new());
    };
    let writer = store.read(|tx| tx.account())?.writer;
    std::fs::create_dir_all(folder)?;
    let mut errands = Vec::new();
    for photo in waiting.into_iter().filter(|photo| photo.offset < photo.bytes) {
        let file = match rest(&photo, folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue, // the engine finds out and says so
            written => written?,
        };
        store.write(|tx| tx.photo_goes(photo.hash, photo.offset))?;
        let ticket = Ticket::new(&token, writer, now.saturating_add(ticket::LASTS), &photo.hash);
        errands.push(Errand { hash: photo.hash, file, offset: photo.offset, ticket });
    }
    Ok(errands)
}

fn rest(photo: &Upload, folder: &Path) -> io::Result<PathBuf> {
    let mut whole = File::open(&photo.path)?;
    whole.seek(SeekFrom::Start(photo.offset))?;
    let name = photo.path.file_name().ok_or(io::ErrorKind::NotFound)?;
    let path = folder.join(name);
    io::copy(&mut whole, &mut File::create(&path)?)?;
    Ok(path)
}
