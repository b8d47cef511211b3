//! "Hôm nay": what is mine to do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use fieldbook_model::body::Level;
use fieldbook_model::coverage::{Coverage, HamletState, hamlet_state};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::text::{Month, collation_key};
use rusqlite::params;

use super::super::blobs::AT_OFFICE;
use super::super::{Organisation, Reading, StoreError};
use super::attention::AttentionLine;
use super::cases::{COLUMNS, CaseLine};

/// A case shows as due soon this many days before its due day.
const DUE_SOON_DAYS: i32 = 7;

/// The first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// My hamlets, most overdue first.
    pub hamlets: Vec<HamletLine>,
    /// Hamlets visited of hamlets assigned, this month.
    pub coverage: Coverage,
    /// Promises due this month or earlier in my hamlets.
    pub follow_ups: Vec<FollowUpRow>,
    /// Open cases due within seven days or overdue, the nearest first.
    pub due_soon: Vec<CaseLine>,
    /// What came back and needs me.
    pub attention: Vec<AttentionLine>,
    /// What waits to go.
    pub waiting: WaitingCounts,
}

/// A hamlet I look after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HamletLine {
    /// The hamlet.
    pub unit: FactId,
    /// As written today.
    pub name: String,
    /// Where it stands this month.
    pub state: HamletState,
    /// The day of the latest visit that counts.
    pub last_visit: Option<Day>,
}

/// An open promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpRow {
    /// The promise.
    pub id: FactId,
    /// The visit on which it was made.
    pub root: FactId,
    /// The hamlet.
    pub unit: FactId,
    /// The month it is due, `year * 12 + month - 1`.
    pub month: i32,
    /// What was promised.
    pub text: String,
    /// Who does it, when not the author.
    pub owner: Option<FactId>,
}

/// What waits to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WaitingCounts {
    /// Cases with facts the office does not have.
    pub cases: i64,
    /// Photos the office does not have whole.
    pub photos: i64,
    /// Bytes of those photos still to go.
    pub photo_bytes: i64,
    /// Drafts not saved.
    pub drafts: i64,
}

impl Reading<'_> {
    /// What is mine to do now.
    pub fn today(&self, now: i64) -> Result<Today, StoreError> {
        let today = Day::of(now);
        let organisation = self.organisation()?;
        let mine = self.my_hamlets(&organisation, today)?;
        let hamlets: Vec<FactId> = mine.keys().copied().collect();
        let visits = self.visit_days(&organisation, &hamlets)?;
        let month = Month::of(today.date());
        let dates = |unit: &FactId| visits.get(unit).map_or(&[][..], Vec::as_slice);
        let mut lines: Vec<HamletLine> = mine
            .iter()
            .map(|(unit, from)| HamletLine {
                unit: *unit,
                name: organisation.tree.display(*unit),
                state: hamlet_state(from.date(), dates(unit), today.date()),
                last_visit: dates(unit).iter().filter(|date| **date <= today.date()).max().map(|date| Day::from(*date)),
            })
            .collect();
        lines.sort_by_cached_key(|line| (line.state.sort_key(), collation_key(&line.name), line.unit));
        Ok(Today {
            coverage: month
                .map_or_else(Coverage::default, |month| Coverage::of(month, today.date(), hamlets.iter().map(dates))),
            hamlets: lines,
            follow_ups: self.open_follow_ups(&hamlets, today.month())?,
            due_soon: self.due_by(today.plus(DUE_SOON_DAYS))?,
            attention: self.needs_attention()?,
            waiting: self.waiting_counts()?,
        })
    }

    /// Open promises in these hamlets due in `month` (`year * 12 + month - 1`) or earlier, the oldest first.
    pub fn open_follow_ups(&self, hamlets: &[FactId], month: i32) -> Result<Vec<FollowUpRow>, StoreError> {
        let mut statement = self.sql().prepare_cached(
            "SELECT fact, root, unit, month, text, owner FROM follow_ups
             WHERE done = 0 AND unit IN (SELECT value FROM json_each(?1)) AND month <= ?2 ORDER BY month, fact",
        )?;
        let hamlets = self.numbers(hamlets.iter().copied())?;
        let rows = statement.query_map(params![hamlets, month], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get::<_, Option<i64>>(5)?))
        })?;
        let rows: Vec<(i64, i64, i64, i32, String, Option<i64>)> = rows.collect::<Result<_, _>>()?;
        rows.into_iter()
            .map(|(fact, root, unit, month, text, owner)| {
                let owner = self.id_opt(owner)?;
                Ok(FollowUpRow { id: self.id(fact)?, root: self.id(root)?, unit: self.id(unit)?, month, text, owner })
            })
            .collect()
    }

    /// What waits to go.
    pub fn waiting_counts(&self) -> Result<WaitingCounts, StoreError> {
        let mut statement = self.sql().prepare_cached(&format!(
            "SELECT (SELECT count(DISTINCT root) FROM facts WHERE ord IS NULL AND state IN (2, 3)),
                    (SELECT count(*) FROM blobs WHERE state = 1),
                    (SELECT coalesce(sum(bytes - {AT_OFFICE}), 0) FROM blobs WHERE state = 1),
                    (SELECT count(*) FROM drafts WHERE first IS NULL)",
        ))?;
        Ok(statement.query_row([], |row| {
            Ok(WaitingCounts { cases: row.get(0)?, photos: row.get(1)?, photo_bytes: row.get(2)?, drafts: row.get(3)? })
        })?)
    }

    /// The hamlets I look after today, by assignment, each with the first day of that; nobody's before enrolment.
    pub(super) fn my_hamlets(&self, organisation: &Organisation, today: Day) -> Result<BTreeMap<FactId, Day>, StoreError> {
        let mut mine = BTreeMap::new();
        let Some(account) = self.find_account()? else {
            return Ok(mine);
        };
        for held in organisation.actor(account.person).assignments {
            if held.from > today || held.to.is_some_and(|last| last < today) {
                continue;
            }
            for unit in organisation.tree.descendants(held.unit).into_iter().chain([held.unit]) {
                let is_hamlet = organisation.tree.level(unit) == Some(Level::Hamlet);
                if is_hamlet && organisation.tree.exists_on(unit, today) {
                    let from = mine.entry(unit).or_insert(held.from);
                    *from = held.from.min(*from);
                }
            }
        }
        Ok(mine)
    }

    /// The days visits count for, by hamlet; visits to a unit that was merged count for the one that goes on.
    pub(super) fn visit_days(
        &self,
        organisation: &Organisation,
        hamlets: &[FactId],
    ) -> Result<BTreeMap<FactId, Vec<NaiveDate>>, StoreError> {
        let mut statement =
            self.sql().prepare_cached("SELECT day FROM cases WHERE unit = ?1 AND kind = 20 AND flags & 26 = 0")?;
        let mut days = BTreeMap::new();
        for hamlet in hamlets {
            let mut dates = Vec::new();
            for unit in organisation.tree.descendants(*hamlet).into_iter().chain([*hamlet]) {
                let Some(no) = self.find_no(unit)? else {
                    continue;
                };
                for day in statement.query_map([no], |row| row.get(0))? {
                    dates.push(Day(day?).date());
                }
            }
            days.insert(*hamlet, dates);
        }
        Ok(days)
    }

    fn due_by(&self, last: Day) -> Result<Vec<CaseLine>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM cases c WHERE c.open = 1 AND c.due IS NOT NULL AND c.due <= ?1 ORDER BY c.due, c.sort LIMIT 50"
        );
        self.lines(&sql, [last.0])
    }
}
