//! Photos on their way: which goes next, how far it is, what became of it.

use std::path::PathBuf;

use fieldbook_model::fact::FactHash;
use fieldbook_protocol::sync::BlobState as AtOffice;
use rusqlite::{OptionalExtension as _, params};

use super::Trouble;
use crate::store::blobs::{AT_OFFICE, UNCERTAIN};
use crate::store::{BlobState, FactState, Reading, StoreError, Writing};

const WAITING: i64 = BlobState::Waiting.code();

/// A photo without a fact is owed: its case left this phone after the office took in the words and before the picture went.
const OWED: &str = "of_fact IS NULL";

/// Own facts here that show a photo: the one that first attached it, and any other, also of a writer this phone was. An erased one
/// shows nothing.
const SHOWN: &str = "SELECT facts.id FROM facts WHERE content IS NOT NULL AND (facts.id = blobs.of_fact OR facts.id IN
    (SELECT fact FROM photos WHERE photos.hash = blobs.hash)
    AND (facts.id >> 40 = (SELECT writer FROM account) OR facts.saved_at IS NOT NULL))";

/// A photo, or the rest of one, to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// SHA-256 of the file.
    pub hash: FactHash,
    /// Where it lies.
    pub path: PathBuf,
    /// Length of the file.
    pub bytes: u64,
    /// How much the office has.
    pub offset: u64,
}

impl Reading<'_> {
    /// The next photo whose preview the office does not have. Pictures follow their fact: only confirmed ones count.
    pub fn next_preview(&self) -> Result<Option<Upload>, StoreError> {
        Ok(self.uploads("preview_sent = 0", 1)?.pop())
    }

    /// The next photo the office does not have whole, and how far it is.
    pub fn next_photo(&self) -> Result<Option<Upload>, StoreError> {
        Ok(self.uploads("sent_offset >= 0", 1)?.pop())
    }

    /// Photos the office does not have whole, also those that were cut off: at least so much of each is there.
    pub fn waiting_photos_to_send(&self, most: usize) -> Result<Vec<Upload>, StoreError> {
        self.uploads("TRUE", most)
    }

    /// Photos that were cut off: how much of them arrived is not known here.
    pub fn uncertain_blobs(&self, most: usize) -> Result<Vec<FactHash>, StoreError> {
        let mut statement =
            self.sql().prepare_cached("SELECT hash FROM blobs WHERE state = ?1 AND sent_offset < 0 ORDER BY hash LIMIT ?2")?;
        let rows = statement.query_map(params![WAITING, i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    }

    /// Whether a photo was cut off.
    pub fn has_uncertain_blobs(&self) -> Result<bool, StoreError> {
        Ok(!self.uncertain_blobs(1)?.is_empty())
    }

    /// How many photos are on their way, and their bytes. One whose record was refused, given up or only offered is not.
    pub(super) fn waiting_photos(&self) -> Result<(u64, u64), StoreError> {
        let mut statement = self.sql().prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(bytes - {AT_OFFICE}), 0) FROM blobs
             WHERE state = ?1 AND ({OWED} OR EXISTS ({SHOWN} AND facts.state IN (?2, ?3, ?4)))"
        ))?;
        let [waiting, sent, confirmed] = [FactState::Waiting, FactState::Sent, FactState::Confirmed].map(FactState::code);
        let counted = statement.query_row([WAITING, waiting, sent, confirmed], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned()))
        });
        Ok(counted?)
    }

    fn uploads(&self, condition: &str, most: usize) -> Result<Vec<Upload>, StoreError> {
        let sql = format!(
            "SELECT hash, path, bytes, {AT_OFFICE} FROM blobs
             WHERE state = ?1 AND path IS NOT NULL AND {condition}
               AND ({OWED} OR EXISTS ({SHOWN} AND facts.ord IS NOT NULL))
             ORDER BY of_fact, hash LIMIT ?2"
        );
        let mut statement = self.sql().prepare_cached(&sql)?;
        let rows = statement.query_map(params![WAITING, i64::try_from(most).unwrap_or(i64::MAX)], |row| {
            Ok(Upload {
                hash: row.get(0)?,
                path: PathBuf::from(row.get::<_, String>(1)?),
                bytes: row.get::<_, i64>(2)?.cast_unsigned(),
                offset: row.get::<_, i64>(3)?.cast_unsigned(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Writing<'_> {
    /// The office has the preview, or none can be made of this photo.
    pub fn preview_sent(&mut self, hash: FactHash) -> Result<(), StoreError> {
        self.sql().prepare_cached("UPDATE blobs SET preview_sent = 1 WHERE hash = ?1")?.execute([hash])?;
        Ok(())
    }

    /// The office took a part of the photo, up to here. When that is its end, it has examined the whole and keeps it.
    pub fn photo_sent(&mut self, hash: FactHash, offset: u64, now: i64) -> Result<(), StoreError> {
        let bytes: Option<i64> = self
            .sql()
            .prepare_cached("SELECT bytes FROM blobs WHERE hash = ?1")?
            .query_row([hash], |row| row.get(0))
            .optional()?;
        if bytes.is_some_and(|bytes| offset >= bytes.cast_unsigned()) {
            return self.photo_arrived(hash, now);
        }
        self.photo_stands_at(hash, offset)
    }

    /// So many bytes lie at the office. Also all of them are not the photo yet: it may have gone down before it looked at the whole,
    /// and does so when it is sent what is left, which may be nothing.
    fn photo_stands_at(&mut self, hash: FactHash, offset: u64) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached("UPDATE blobs SET sent_offset = min(?2, bytes) WHERE hash = ?1 AND state = ?3")?
            .execute(params![hash, offset.cast_signed(), WAITING])?;
        Ok(())
    }

    /// A part of the photo goes out, from here on.
    pub fn photo_goes(&mut self, hash: FactHash, offset: u64) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached("UPDATE blobs SET sent_offset = -2 - ?2 WHERE hash = ?1 AND state = ?3")?
            .execute(params![hash, offset.cast_signed(), WAITING])?;
        Ok(())
    }

    /// A fact that showed a photo was erased, and the office erased the photo with it. When another own fact shows the same
    /// picture the office is asked, and gets it again.
    pub(in crate::store) fn photo_may_be_gone(&mut self, erased: i64) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE blobs SET state = ?2, sent_offset = ?3, confirmed_at = NULL, preview_sent = 0
             WHERE state = ?4 AND path IS NOT NULL AND hash IN (SELECT hash FROM photos WHERE fact = ?1) AND EXISTS ({SHOWN})"
        );
        let states = params![erased, WAITING, UNCERTAIN, BlobState::Confirmed.code()];
        self.sql().prepare_cached(&sql)?.execute(states)?;
        Ok(())
    }

    /// The facts `first` to `last` were turned back into a draft, and their photos with them. A picture that another own fact shows
    /// too still has to go.
    pub(in crate::store) fn photos_unsaved(&mut self, first: i64, last: i64) -> Result<(), StoreError> {
        for sql in [
            format!("DELETE FROM blobs WHERE of_fact BETWEEN ?1 AND ?2 AND NOT EXISTS ({SHOWN})"),
            format!("UPDATE blobs SET of_fact = ({SHOWN} LIMIT 1) WHERE of_fact BETWEEN ?1 AND ?2"),
        ] {
            self.sql().prepare_cached(&sql)?.execute([first, last])?;
        }
        Ok(())
    }

    /// How much of the photo the office has must be asked before more is sent.
    pub fn photo_uncertain(&mut self, hash: FactHash) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached("UPDATE blobs SET sent_offset = ?2 WHERE hash = ?1 AND state = ?3")?
            .execute(params![hash, UNCERTAIN, WAITING])?;
        Ok(())
    }

    /// The office knows of no fact of this phone's that shows the photo. One that is owed was erased there: nobody's any more, unless
    /// its case came back. That others' facts show the same picture is no reason to send it.
    pub fn photo_unknown(&mut self, hash: FactHash) -> Result<(), StoreError> {
        let sql =
            format!("UPDATE blobs SET of_fact = coalesce(({SHOWN} LIMIT 1), 0) WHERE hash = ?1 AND state = ?2 AND {OWED}");
        self.sql().prepare_cached(&sql)?.execute(params![hash, WAITING])?;
        self.may_be_orphan(hash.to_vec());
        self.photo_uncertain(hash)
    }

    /// The office has looked at the photo and does not take it: sending it again is of no use.
    pub fn photo_rejected(&mut self, hash: FactHash, now: i64) -> Result<(), StoreError> {
        self.photo_failed(hash, "the office does not take it as a picture", now)
    }

    /// The photo's file cannot be read.
    pub fn photo_unreadable(&mut self, hash: FactHash, why: &str, now: i64) -> Result<(), StoreError> {
        self.photo_failed(hash, why, now)
    }

    /// What the office says of the photos it was asked about; one it does not name it has never seen.
    pub(super) fn heard_of_photos(&mut self, asked: &[FactHash], told: &[AtOffice], now: i64) -> Result<(), StoreError> {
        for photo in told {
            if photo.rejected {
                self.photo_rejected(*photo.hash, now)?;
            } else if photo.complete {
                self.photo_arrived(*photo.hash, now)?;
            } else if fieldbook_model::planted!(UnexaminedBelieved) {
                self.photo_sent(*photo.hash, photo.offset, now)?;
            } else {
                self.photo_stands_at(*photo.hash, photo.offset)?;
            }
        }
        for hash in asked.iter().filter(|hash| !told.iter().any(|photo| *photo.hash == **hash)) {
            self.photo_stands_at(*hash, 0)?;
        }
        Ok(())
    }

    fn photo_arrived(&mut self, hash: FactHash, now: i64) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached(
                "UPDATE blobs SET state = ?2, sent_offset = bytes, confirmed_at = ?3 WHERE hash = ?1 AND state = ?4",
            )?
            .execute(params![hash, BlobState::Confirmed.code(), now, WAITING])?;
        self.may_be_orphan(hash.to_vec());
        Ok(())
    }

    fn photo_failed(&mut self, hash: FactHash, why: &str, now: i64) -> Result<(), StoreError> {
        let mut statement =
            self.sql().prepare_cached("UPDATE blobs SET state = ?2 WHERE hash = ?1 AND state = ?3 RETURNING of_fact")?;
        let of: Option<Option<i64>> =
            statement.query_row(params![hash, BlobState::Rejected.code(), WAITING], |row| row.get(0)).optional()?;
        let Some(of) = of else {
            return Ok(());
        };
        let of = self.id_opt(of)?;
        self.add_trouble(Trouble::Photo, of, why, now)
    }
}
