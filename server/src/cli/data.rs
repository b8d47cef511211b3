//! The data folder: what lies where.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::fault::CliFault;
use crate::office::certificate::OfficeKey;
use crate::office::erase::ErasureEntry;
use crate::storage::Store;
use crate::storage::sqlite::Sqlite;

/// In the ledger's folder.
const EPOCH: &str = "epoch";

const ERASURES: &str = "erasures.log";

const OFFICE_KEY: &str = "office.key";

/// The folder of one organisation.
#[derive(Debug, Clone)]
pub struct DataFolder(PathBuf);

/// Held by the one process that may change the folder as a whole. Let go when dropped.
pub struct Lock {
    _file: File,
}

impl DataFolder {
    /// The folder at this path, which need not exist.
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database of the organisation in it. Errors when there is none.
    pub fn store(&self) -> Result<Store, CliFault> {
        Ok(Store::new(self.sqlite()?))
    }

    /// [`Self::store`] as what it is, for backups and checks.
    pub fn sqlite(&self) -> Result<Sqlite, CliFault> {
        Ok(Sqlite::open(&self.its_database()?)?)
    }

    /// [`Self::store`] for a server, on which many wait at once.
    pub fn store_for_many(&self) -> Result<Store, CliFault> {
        Ok(Store::new(Sqlite::open_for_many(&self.its_database()?)?))
    }

    fn its_database(&self) -> Result<PathBuf, CliFault> {
        if self.has_organisation() { Ok(self.database()) } else { Err(CliFault::NoOrganisation(self.0.clone())) }
    }

    /// Whether an organisation lives here.
    pub fn has_organisation(&self) -> bool {
        self.database().exists()
    }

    /// Makes the folder, readable by its owner only.
    pub fn make(&self) -> Result<(), CliFault> {
        use std::os::unix::fs::DirBuilderExt as _;
        for folder in [self.0.clone(), self.keys(), self.ledger(), self.blobs()] {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(CliFault::file(folder))?;
        }
        Ok(())
    }

    /// The right to run a server on the folder, or to replace what is in it.
    pub fn lock(&self) -> Result<Lock, CliFault> {
        let path = self.0.join("lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(CliFault::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(CliFault::Running(self.0.clone())),
            Err(TryLockError::Error(error)) => Err(CliFault::File { path, error }),
        }
    }

    /// The key that signs enrolment certificates.
    pub fn office_key(&self) -> Result<OfficeKey, CliFault> {
        let path = self.keys().join(OFFICE_KEY);
        let seed = fs::read(&path).map_err(CliFault::file(&path))?;
        OfficeKey::from_seed(&seed).map_err(|error| CliFault::Asked(format!("{}: {error}", path.display())))
    }

    /// Makes that key, once for all epochs.
    pub fn make_office_key(&self, seed: &[u8; 32]) -> Result<(), CliFault> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let path = self.keys().join(OFFICE_KEY);
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(CliFault::file(&path))?;
        file.write_all(seed).and_then(|()| file.sync_all()).map_err(CliFault::file(&path))
    }

    /// The highest epoch ever begun here, from outside the database: a backup may not know the latest ones.
    pub fn highest_epoch(&self) -> u32 {
        fs::read_to_string(self.ledger().join(EPOCH)).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
    }

    /// Notes the epoch that begins.
    pub fn note_epoch(&self, epoch: u32) -> Result<(), CliFault> {
        let path = self.ledger().join(EPOCH);
        fs::write(&path, format!("{epoch}\n")).map_err(CliFault::file(&path))
    }

    /// Adds a line to the erasure ledger; durable when this returns.
    pub fn add_erasure(&self, entry: &ErasureEntry) -> Result<(), String> {
        let said = |error: std::io::Error| error.to_string();
        let mut file = OpenOptions::new().append(true).create(true).open(self.ledger().join(ERASURES)).map_err(said)?;
        let line = format!("{}\n", URL_SAFE_NO_PAD.encode(fieldbook_model::map::encoded(entry)));
        file.write_all(line.as_bytes()).and_then(|()| file.sync_all()).map_err(said)
    }

    /// Every line of the erasure ledger. A last line that a power cut left unfinished was never carried out.
    pub fn erasures(&self) -> Result<Vec<ErasureEntry>, CliFault> {
        let path = self.ledger().join(ERASURES);
        if !path.exists() {
            return Ok(Vec::new());
        }
        let text = fs::read_to_string(&path).map_err(CliFault::file(&path))?;
        let mut entries = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let entry = URL_SAFE_NO_PAD.decode(line).ok().and_then(|bytes| minicbor::decode(&bytes).ok());
            match entry {
                Some(entry) => entries.push(entry),
                None if n + 1 == text.lines().count() && !text.ends_with('\n') => {}
                None => return Err(CliFault::Asked(format!("{}: line {} cannot be read", path.display(), n + 1))),
            }
        }
        Ok(entries)
    }

    /// Facts, phones and everything else but photos.
    pub fn database(&self) -> PathBuf {
        self.0.join("office.db")
    }

    /// Keys: never in a backup.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// The erasure ledger.
    pub fn ledger(&self) -> PathBuf {
        self.0.join("ledger")
    }

    /// Photos.
    pub fn blobs(&self) -> PathBuf {
        self.0.join("blobs")
    }
}
