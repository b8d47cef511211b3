//! What a person should look at, beside facts that were sent back.

use fieldbook_model::id::FactId;
use rusqlite::params;

use crate::store::{Reading, StoreError, Writing};

/// What kind of trouble it is. Numbers never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The office has another content under the id of a fact that stood here. Ours was kept, unless it was only offered to a
    /// restored office: then it gave way.
    Conflict,
    /// Phone and office do not understand each other.
    Office,
    /// A photo cannot be read any more, or the office does not take it as a picture.
    Photo,
    /// The phone was restored from a backup; what it had not sent was filed again under a new writer.
    Refiled,
}

/// One trouble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TroubleLine {
    /// What kind.
    pub kind: Trouble,
    /// The fact it is about, if it is about one.
    pub subject: Option<FactId>,
    /// For who helps over the phone; no personal data.
    pub detail: String,
    /// When it was first noticed, Unix seconds by the phone's clock.
    pub at: i64,
}

impl Trouble {
    const ALL: [Self; 4] = [Self::Conflict, Self::Office, Self::Photo, Self::Refiled];

    const fn code(self) -> i64 {
        match self {
            Self::Conflict => 1,
            Self::Office => 2,
            Self::Photo => 3,
            Self::Refiled => 4,
        }
    }

    fn from_code(code: i64) -> Result<Self, StoreError> {
        let found = Self::ALL.into_iter().find(|kind| kind.code() == code);
        found.ok_or_else(|| StoreError::Corrupt { reason: format!("trouble {code} is of no kind") })
    }
}

impl Reading<'_> {
    /// Everything a person should look at, oldest first.
    pub fn troubles(&self) -> Result<Vec<TroubleLine>, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT kind, subject, detail, at FROM troubles ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next()? {
            lines.push(TroubleLine {
                kind: Trouble::from_code(row.get(0)?)?,
                subject: self.id_opt(row.get(1)?)?,
                detail: row.get(2)?,
                at: row.get(3)?,
            });
        }
        Ok(lines)
    }
}

impl Writing<'_> {
    /// Notes a trouble, once however often it comes.
    pub fn add_trouble(&mut self, kind: Trouble, subject: Option<FactId>, detail: &str, now: i64) -> Result<(), StoreError> {
        tracing::warn!(?kind, ?subject, detail, "needs attention");
        let subject = subject.map(|id| self.no(id)).transpose()?;
        self.sql()
            .prepare_cached(
                "INSERT INTO troubles(kind, subject, detail, at)
                 SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM troubles WHERE kind = ?1 AND subject IS ?2 AND detail = ?3)",
            )?
            .execute(params![kind.code(), subject, detail, now])?;
        Ok(())
    }

    /// The person has seen these.
    pub fn clear_troubles(&mut self) -> Result<(), StoreError> {
        self.sql().prepare_cached("DELETE FROM troubles")?.execute([])?;
        Ok(())
    }
}
