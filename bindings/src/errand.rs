//! Photos that the system sends while the app is closed.

use std::path::PathBuf;

use fieldbook_device::photo;

use crate::change::Change;
use crate::error::Result;
use crate::fieldbook::Fieldbook;
use crate::settings;

/// One upload for the system to make by itself: `PATCH` of a file to an address, with these two headers.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PhotoErrand {
    /// Where to.
    pub url: String,
    /// The bytes to send.
    pub file: String,
    /// `Authorization`: good for this picture only, and for a week.
    pub authorization: String,
    /// `Upload-Offset`.
    pub offset: i64,
    /// It waits for a network that is not paid by size.
    pub unmetered_only: bool,
}

#[uniffi::export]
impl Fieldbook {
    /// Stops sending, and gives the system what still waits of pictures: the rest of each, in a file of its own in this
    /// folder. How far each came is asked at the next sync, so the system is told to leave off before that. None are given
    /// away where the office has a certificate of its own, which the system would not trust.
    pub async fn give_photos_away(&self, folder: String) -> Result<Vec<PhotoErrand>> {
        let given = self.errand(|core, phone| async move {
            let Some(office) = settings::office(&phone)?.filter(|office| office.root.is_none() && !phone.practice) else {
                return Ok(Vec::new());
            };
            let now = core.clock.now();
            let given = core.courier.stopped(move || {
                let errands = photo::errands(&phone.store, &PathBuf::from(folder), now)?;
                let unmetered_only = phone.store.read(|tx| tx.sync_state())?.text_only_on_mobile;
                Ok(errands.into_iter().map(|errand| show(errand, &office.server, unmetered_only)).collect())
            });
            given.await
        });
        self.told(given.await, Change::Traffic)
    }
}

fn show(errand: photo::Errand, server: &str, unmetered_only: bool) -> PhotoErrand {
    PhotoErrand {
        url: format!("{}{}", server.trim_end_matches('/'), errand.path()),
        authorization: format!("Ticket {}", errand.ticket.to_text()),
        offset: errand.offset.cast_signed(),
        file: errand.file.to_string_lossy().into_owned(),
        unmetered_only,
    }
}
