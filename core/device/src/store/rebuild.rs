//! Building the views anew from the facts, beside the living ones, in steps that a kill may separate.

use super::{Store, StoreError, Writing, meta, schema, views};

/// The version of the fold: a database folded by another one is rebuilt.
pub(crate) const FOLD_VERSION: i64 = 1;

/// Cases folded in one step; work is saved between steps.
const STEP: usize = 200;

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuild {
    /// There is more to do.
    Going,
    /// The rebuilt views are in place.
    Done,
}

impl Store {
    /// Whether the views were made by another version of the fold, or a rebuild was begun and not finished.
    pub fn needs_rebuild(&self) -> Result<bool, StoreError> {
        self.read(|tx| {
            let folded = tx.meta::<i64>(meta::FOLD_VERSION)?;
            Ok(folded != Some(FOLD_VERSION) || tx.meta::<String>(meta::REBUILD)?.is_some())
        })
    }

    /// Does one step of a rebuild, beginning it when none is under way. Between steps everything else works; a kill loses
    /// the present step only. When the disk is short the rebuild is given up and the living views stay.
    pub fn rebuild_step(&self) -> Result<Rebuild, StoreError> {
        let outcome = self.write(step);
        if matches!(outcome, Err(StoreError::StorageFull)) {
            self.give_up_rebuild()?;
        }
        outcome
    }

    /// Rebuilds the views from beginning to end, or from where it was left.
    pub fn rebuild(&self) -> Result<(), StoreError> {
        while self.rebuild_step()? == Rebuild::Going {}
        Ok(())
    }

    fn give_up_rebuild(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            schema::drop_next(tx.sql())?;
            tx.remove_meta(meta::REBUILD)
        })
    }
}

/// Where the next step begins, kept as `phase root`: open matters (0), then everything (1).
struct Place {
    open_first: bool,
    after: i64,
}

impl Place {
    fn parse(text: &str) -> Self {
        let (phase, after) = text.split_once(' ').unwrap_or(("0", ""));
        Self { open_first: phase == "0", after: after.parse().unwrap_or(i64::MIN) }
    }

    fn text(&self) -> String {
        format!("{} {}", u8::from(!self.open_first), self.after)
    }
}

fn step(tx: &mut Writing<'_>) -> Result<Rebuild, StoreError> {
    let Some(place) = tx.meta::<String>(meta::REBUILD)? else {
        schema::create_next(tx.sql())?;
        tx.set_meta(meta::REBUILD, Place { open_first: true, after: i64::MIN }.text())?;
        return Ok(Rebuild::Going);
    };
    let place = Place::parse(&place);
    let roots = roots_after(tx, &place)?;
    for root in &roots {
        if !place.open_first && is_rebuilt(tx, *root)? {
            continue;
        }
        let folded = if tx.resolve_no(*root)? == *root { tx.fold_no(*root, false)? } else { None };
        views::write(tx, *root, folded.as_ref(), "next_")?;
    }
    if let Some(last) = roots.last() {
        tx.set_meta(meta::REBUILD, Place { after: *last, ..place }.text())?;
        return Ok(Rebuild::Going);
    }
    if place.open_first && !fieldbook_model::planted!(RebuildHalf) {
        tx.set_meta(meta::REBUILD, Place { open_first: false, after: i64::MIN }.text())?;
        return Ok(Rebuild::Going);
    }
    schema::swap(tx.sql())?;
    tx.remove_meta(meta::REBUILD)?;
    tx.set_meta(meta::FOLD_VERSION, FOLD_VERSION)?;
    Ok(Rebuild::Done)
}

fn roots_after(tx: &Writing<'_>, place: &Place) -> Result<Vec<i64>, StoreError> {
    let sql = if place.open_first {
        "SELECT root FROM cases WHERE open = 1 AND root > ?1 ORDER BY root LIMIT ?2"
    } else {
        "SELECT DISTINCT root FROM facts WHERE root > ?1 ORDER BY root LIMIT ?2"
    };
    let mut statement = tx.sql().prepare_cached(sql)?;
    Ok(statement.query_map([place.after, STEP as i64], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// What is saved while the rebuild runs is folded into both, so a row there is never behind.
fn is_rebuilt(tx: &Writing<'_>, root: i64) -> Result<bool, StoreError> {
    Ok(tx.sql().prepare_cached("SELECT 1 FROM next_cases WHERE root = ?1")?.exists([root])?)
}
