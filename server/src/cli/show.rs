//! Cases as the desk reads them.

use clap::Args;
use fieldbook_model::body::{CaseState, Kind, Slot};
use fieldbook_model::case::{Case, HistoryLine, HistoryWhat};
use fieldbook_model::id::{FactId, Order};
use fieldbook_model::unit::UnitTree;
use serde_json::{Value, json};

use super::data::DataFolder;
use super::fault::CliFault;
use super::{Out, find, now};
use crate::office::desk;
use crate::office::reference::Reference;
use crate::storage::{StoredFact, Tx};

/// Facts looked at in one go.
const PAGE: usize = 1_000;

/// Which cases.
#[derive(Debug, Args)]
pub struct Filter {
    /// visit, problem, petition or report.
    #[arg(long)]
    kind: Option<String>,
    /// A state, such as recorded or received.
    #[arg(long)]
    state: Option<String>,
    /// A unit with everything below it: code, id or name.
    #[arg(long)]
    unit: Option<String>,
    /// Only those somebody still has to do something about.
    #[arg(long)]
    open: bool,
}

/// A case with what it takes to show it.
pub(super) struct Shown {
    pub case: Case,
    pub order: Order,
}

/// `office list`
pub fn list(data: &DataFolder, filter: &Filter, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    let kind = match &filter.kind {
        Some(key) => Some(Kind::from_key(key).filter(|kind| kind.begins_case()).ok_or_else(|| {
            CliFault::Asked(format!("\"{key}\" is not a kind of case; write visit, problem, petition or report"))
        })?),
        None => None,
    };
    let state = match &filter.state {
        Some(key) => Some(CaseState::from_key(key).ok_or_else(|| CliFault::Asked(format!("\"{key}\" is not a state")))?),
        None => None,
    };
    data.store()?.read_now(|tx| {
        let reference = Reference::load(tx)?;
        let within = filter.unit.as_deref().map(|text| find::unit(&reference.tree, text)).transpose()?;
        each_case(tx, &mut |shown| {
            let case = &shown.case;
            let fits = kind.is_none_or(|kind| case.kind.kind() == kind)
                && state.is_none_or(|state| case.state == state)
                && within.is_none_or(|unit| reference.tree.is_within(case.unit, unit))
                && (!filter.open || case.open);
            if !fits {
                return Ok(());
            }
            if as_json {
                writeln!(out, "{}", summary(&reference.tree, &shown))?;
            } else {
                let receipt = case.receipt.as_deref().unwrap_or("-");
                let text = case.text(Slot::Text).unwrap_or_default();
                let unit = reference.tree.display(case.unit);
                writeln!(
                    out,
                    "{}  {receipt:<12} {:<8} {:<11} {unit}  {text}",
                    case.root,
                    case.kind.kind().key(),
                    case.state.key()
                )?;
            }
            Ok(())
        })
    })
}

/// `office show`
pub fn one(data: &DataFolder, case: &str, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    data.store()?.read_now(|tx| {
        let id = case_named(tx, case)?;
        let reference = Reference::load(tx)?;
        let stored = tx.fact(id)?.ok_or_else(|| CliFault::Asked(format!("{id} is not known here")))?;
        let case = desk::case(tx, id, now())?.ok_or_else(|| CliFault::Asked(format!("{id} was erased")))?;
        let facts = tx.facts_of(stored.order)?;
        let shown = Shown { case, order: stored.order };
        if as_json {
            let mut value = summary(&reference.tree, &shown);
            if let Some(object) = value.as_object_mut() {
                let history = shown.case.history.iter().map(|line| history(&reference.tree, line)).collect();
                object.insert("history".into(), Value::Array(history));
                let photos = shown
                    .case
                    .photos
                    .iter()
                    .map(|(id, photo)| json!({"id": id.to_string(), "hash": crate::blob::hex(&photo.hash)}));
                object.insert("photos".into(), photos.collect());
                object.insert("facts".into(), facts.iter().map(line).collect());
            }
            writeln!(out, "{value}")?;
            return Ok(());
        }
        print(&reference.tree, &shown.case, out)?;
        for fact in facts {
            let erased = if fact.content.is_none() { " (erased)" } else { "" };
            let late = if fact.late { " (late)" } else { "" };
            writeln!(out, "  fact {} {}{erased}{late}", fact.id, fact.kind.key())?;
        }
        Ok(())
    })
}

/// The case meant by an id or a receipt code.
pub(super) fn case_named(tx: &mut dyn Tx, text: &str) -> Result<FactId, CliFault> {
    if let Ok(id) = text.parse::<FactId>() {
        return match tx.fact(id)? {
            Some(_) => Ok(id),
            None => Err(find::NotFound::None { what: "case", text: text.into() }.into()),
        };
    }
    let wanted = bare(text);
    let mut found = Vec::new();
    each_case(tx, &mut |shown| {
        if shown.case.receipt.as_deref().map(bare).as_deref() == Some(&wanted) {
            found.push(shown.case.root);
        }
        Ok(())
    })?;
    Ok(find::one(found, "case", text, |_| String::new())?)
}

/// Every case, by the order in which they came.
pub(super) fn each_case(tx: &mut dyn Tx, told: &mut dyn FnMut(Shown) -> Result<(), CliFault>) -> Result<(), CliFault> {
    let mut after = Order(0);
    loop {
        let page = tx.facts_after(after, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = last.order;
        for root in page.iter().filter(|fact| fact.kind.begins_case() && fact.is_root()) {
            if let Some(case) = desk::case(tx, root.id, now())? {
                told(Shown { case, order: root.order })?;
            }
        }
    }
}

fn summary(tree: &UnitTree, shown: &Shown) -> Value {
    let case = &shown.case;
    let texts: serde_json::Map<String, Value> = case
        .words
        .get(&case.root)
        .into_iter()
        .flatten()
        .map(|(slot, text)| {
            let key = slot.topic_index().map_or_else(|| slot.key().to_owned(), |index| format!("topic_{index}"));
            (key, Value::from(text.as_str()))
        })
        .collect();
    json!({
        "id": case.root.to_string(), "order": shown.order.0, "kind": case.kind.kind().key(), "state": case.state.key(),
        "open": case.open, "receipt": case.receipt, "unit": case.unit.to_string(), "unit_name": tree.display(case.unit),
        "time": case.time, "due": case.due.map(|day| day.date().to_string()), "basis": case.basis, "mask": case.mask,
        "withdrawn": case.withdrawn, "texts": texts, "photos": case.photos.len(), "forks": case.forks.len(),
    })
}

/// A fact of a case; late when it was taken in after the post or assignment it was written under had ended.
fn line(fact: &StoredFact) -> Value {
    json!({"id": fact.id.to_string(), "kind": fact.kind.key(), "erased": fact.content.is_none(), "late": fact.late})
}

fn history(tree: &UnitTree, line: &HistoryLine) -> Value {
    let (what, state, to) = happened(&line.what);
    json!({
        "id": line.id.to_string(), "time": line.time, "what": what, "state": state, "text": line.text,
        "to": to.map(|unit| tree.display(unit)),
    })
}

fn happened(what: &HistoryWhat) -> (&'static str, Option<&'static str>, Option<FactId>) {
    match what {
        HistoryWhat::Recorded => ("recorded", None, None),
        HistoryWhat::Event(event) => (event.event.key(), Some(event.state.key()), event.to),
        HistoryWhat::Corrected { .. } => ("corrected", None, None),
        HistoryWhat::PhotoAdded => ("photo", None, None),
        HistoryWhat::Erased => ("erased", None, None),
        HistoryWhat::Rehomed { unit } => ("rehomed", None, Some(*unit)),
        HistoryWhat::Withdrawn => ("withdrawn", None, None),
        HistoryWhat::Unknown(_) => ("unknown", None, None),
    }
}

fn print(tree: &UnitTree, case: &Case, out: Out<'_>) -> Result<(), CliFault> {
    let unit = tree.display(case.unit);
    writeln!(out, "{} {} {} {unit}", case.root, case.kind.kind().key(), case.state.key())?;
    if let Some(receipt) = &case.receipt {
        writeln!(out, "  receipt {receipt}")?;
    }
    if let Some(due) = case.due {
        writeln!(
            out,
            "  due {} {}",
            fieldbook_model::text::format_date(due.date()),
            case.basis.as_deref().unwrap_or_default()
        )?;
    }
    for (slot, text) in case.words.get(&case.root).into_iter().flatten() {
        writeln!(out, "  {}: {text}", slot.key())?;
    }
    for line in &case.history {
        let moment = fieldbook_model::day::in_vietnam(line.time).map(|moment| moment.format("%d/%m/%Y %H:%M").to_string());
        let (what, _, to) = happened(&line.what);
        let to = to.map(|unit| format!(" → {}", tree.display(unit))).unwrap_or_default();
        let text = line.text.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        writeln!(out, "  {} {what}{to}{text}", moment.unwrap_or_default())?;
    }
    Ok(())
}

/// A receipt code as it is compared: as read over the phone.
fn bare(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}
