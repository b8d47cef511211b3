//! The tail of a file as the body of a request, read piece by piece.

use std::io;
use std::path::Path;
use std::sync::Arc;

use futures_util::Stream;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::line::{Pulse, Traffic};
use crate::engine::Failure;
use crate::photo;

/// How much is read and handed on at once.
const PIECE: u64 = 16 * 1024;

/// Opens a file at an offset.
pub(super) async fn open(path: &Path, offset: u64) -> io::Result<File> {
    let mut file = File::open(path).await?;
    file.seek(io::SeekFrom::Start(offset)).await?;
    Ok(file)
}

/// The small picture that travels before the photo.
pub(super) async fn preview(path: &Path) -> Result<Vec<u8>, Failure> {
    let path = path.to_owned();
    let made = tokio::task::spawn_blocking(move || photo::preview(&path)).await;
    made.map_err(|e| Failure::Broken(e.to_string()))?.map_err(|e| Failure::File(e.to_string()))
}

/// The next `len` bytes of the file. Each piece that the connection takes counts as a sign of life.
pub(super) fn pieces(
    file: File,
    len: u64,
    pulse: Arc<Pulse>,
    traffic: Arc<Traffic>,
) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static {
    futures_util::stream::try_unfold((file, len), move |(mut file, left)| {
        let (pulse, traffic) = (pulse.clone(), traffic.clone());
        async move {
            if left == 0 {
                return Ok(None);
            }
            let mut piece = vec![0; usize::try_from(left.min(PIECE)).unwrap_or_default()];
            file.read_exact(&mut piece).await?;
            pulse.beat();
            traffic.sent(piece.len());
            let left = left - piece.len() as u64;
            Ok(Some((piece, (file, left))))
        }
    })
}
