//! Why a command was not done, in words for the operator.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::find::NotFound;
use super::units_csv::BadTable;
use crate::blob::BlobFault;
use crate::office::OfficeFault;
use crate::storage::StorageError;
use crate::tls::TlsFault;

/// Ends a command with exit code 1.
#[derive(Debug, Error)]
pub enum CliFault {
    /// The command line itself is at fault.
    #[error("{0}")]
    Asked(String),
    /// There is no organisation in the folder.
    #[error("there is no organisation in {0}; begin one with `fieldbook-server init --data DIR --name NAME`")]
    NoOrganisation(PathBuf),
    /// There is one already.
    #[error("there is an organisation in {0} already; choose another folder")]
    Exists(PathBuf),
    /// A server runs on the folder.
    #[error("a server is running on {0}; stop it first")]
    Running(PathBuf),
    /// A file.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Output could not be written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// Not one unit, person …
    #[error(transparent)]
    NotFound(#[from] NotFound),
    /// A table of units with faults.
    #[error(transparent)]
    Table(#[from] BadTable),
    /// The office's rules.
    #[error(transparent)]
    Office(#[from] OfficeFault),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Photos.
    #[error(transparent)]
    Blob(#[from] BlobFault),
    /// Certificates.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// What was checked is not right.
    #[error("{0} faults were found; restore the last backup if they cannot be explained")]
    Unsound(usize),
}

impl CliFault {
    /// For an error of the system about this path.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }
}
