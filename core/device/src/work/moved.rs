//! The folder of the photos may move: on some systems an update of the app, or a new phone, gives it another path.

use std::path::Path;

use super::draft::line;
use super::{Draft, DraftLine, PhotoDraft, WorkError};
use crate::store::{DraftRow, Store};

impl Store {
    /// Says in which folder the photos lie now, under the names they have always had. Writes only when they lay elsewhere.
    pub fn photos_lie_in(&self, folder: &Path) -> Result<(), WorkError> {
        let folder = folder.join("").to_string_lossy().into_owned();
        if !self.read(|tx| tx.has_photos_outside(&folder))? {
            return Ok(());
        }
        self.write(|tx| {
            tx.move_photos(&folder)?;
            for row in tx.draft_rows()? {
                let DraftLine { mut draft, .. } = line(row.clone())?;
                for photo in photos_mut(&mut draft) {
                    let name = Path::new(&photo.path).file_name().map(|name| name.to_string_lossy().into_owned());
                    photo.path = format!("{folder}{}", name.unwrap_or_default());
                }
                let photos: Vec<_> = draft.photos().into_iter().map(|photo| (&*photo.hash, photo.path.as_str())).collect();
                tx.put_draft(&DraftRow { body: draft.to_bytes(), ..row }, &photos)?;
            }
            Ok(())
        })
    }
}

fn photos_mut(draft: &mut Draft) -> Vec<&mut PhotoDraft> {
    match draft {
        Draft::Visit(visit) => {
            visit.photos.iter_mut().chain(visit.problems.iter_mut().flat_map(|problem| &mut problem.photos)).collect()
        }
        Draft::Problem(problem) => problem.photos.iter_mut().collect(),
        Draft::Petition(petition) => petition.photos.iter_mut().collect(),
        Draft::Report(_) => Vec::new(),
        Draft::Event(event) => event.photos.iter_mut().collect(),
    }
}
