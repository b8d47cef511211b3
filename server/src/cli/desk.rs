//! `office …`: the work of the desk on cases, people's duties and places.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use fieldbook_model::body::{AnswerWay, Assignment, Event, Kind, Topic, UnitSplit, UnitsMerged};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use serde_json::json;

use super::data::DataFolder;
use super::fault::CliFault;
use super::people::person_named;
use super::show::{self, Filter};
use super::{Out, copies, find, now};
use crate::office::desk::{self, Happening};
use crate::office::reference::Reference;
use crate::office::{erase, offered};
use crate::storage::Tx;

/// What the desk does.
#[derive(Debug, Subcommand)]
pub enum OfficeVerb {
    /// List cases, newest last.
    List(Filter),
    /// Show a case with its texts and its history.
    Show(CaseArgs),
    /// Take a case in; the clock starts.
    Receive(EventArgs),
    /// Confirm the kind of a petition.
    Sort(EventArgs),
    /// Take a complaint on (thụ lý).
    Accept(EventArgs),
    /// Do not take it, with the reason.
    Decline(EventArgs),
    /// Begin to work on it.
    Start(EventArgs),
    /// More time, with the reason.
    Extend(EventArgs),
    /// State the result.
    Resolve(EventArgs),
    /// Answer: states the result first when the case has none yet.
    Answer(AnswerArgs),
    /// Send it back to its author, with the reason.
    Return(EventArgs),
    /// Send it to another unit.
    Forward(ForwardArgs),
    /// Add a remark or a question.
    Note(EventArgs),
    /// Close it.
    Close(EventArgs),
    /// Open it again.
    Reopen(EventArgs),
    /// Say that a colleague looks after a unit.
    Assign(AssignArgs),
    /// Ask something on every visit below a unit.
    Topic(TopicArgs),
    /// End a post, assignment, topic or unit.
    End {
        /// Its id.
        id: FactId,
        /// Last day, as 2026-11-30; today when left out.
        #[arg(long)]
        last: Option<NaiveDate>,
    },
    /// Units become part of another one.
    MergeUnits {
        /// The units that end.
        #[arg(required = true)]
        from: Vec<String>,
        /// The unit that goes on.
        #[arg(long)]
        into: String,
        /// First day of the new state; today when left out.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// A unit is divided into others that exist already.
    SplitUnit {
        /// The unit that ends.
        from: String,
        /// The units that go on.
        #[arg(long, required = true, num_args = 1..)]
        into: Vec<String>,
        /// First day of the new state; today when left out.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// Give a case to another unit.
    Rehome(RehomeArgs),
    /// Erase facts of a case on every phone and here, for good.
    Erase(EraseArgs),
    /// Facts that phones offer after a restore; with --confirm they are taken back.
    Offered {
        /// Take them back.
        #[arg(long)]
        confirm: bool,
        /// Only these.
        ids: Vec<FactId>,
    },
}

/// Which case.
#[derive(Debug, Args)]
pub struct CaseArgs {
    /// Id or receipt code.
    case: String,
}

/// Something that happens to a case.
#[derive(Debug, Args)]
pub struct EventArgs {
    /// Id or receipt code.
    case: String,
    /// Reason, result or remark.
    #[arg(long)]
    text: Option<String>,
}

/// An answer.
#[derive(Debug, Args)]
pub struct AnswerArgs {
    /// Id or receipt code.
    case: String,
    /// What is answered.
    #[arg(long)]
    text: Option<String>,
    /// How: in_person, phone, letter or meeting.
    #[arg(long)]
    way: Option<String>,
}

/// Where a case goes.
#[derive(Debug, Args)]
pub struct ForwardArgs {
    /// Id or receipt code.
    case: String,
    /// Unit: code, id or name.
    #[arg(long)]
    to: String,
    /// Remark.
    #[arg(long)]
    text: Option<String>,
}

/// Who looks after what.
#[derive(Debug, Args)]
pub struct AssignArgs {
    /// Who: id or full name.
    #[arg(long)]
    person: String,
    /// Unit: code, id or name.
    #[arg(long)]
    unit: String,
    /// First day; today when left out.
    #[arg(long)]
    from: Option<NaiveDate>,
    /// Last day, when it is fixed.
    #[arg(long)]
    to: Option<NaiveDate>,
    /// Number of the decision.
    #[arg(long)]
    decision: Option<String>,
}

/// What is asked.
#[derive(Debug, Args)]
pub struct TopicArgs {
    /// The question, as shown.
    text: String,
    /// The unit that asks: code, id or name.
    #[arg(long)]
    unit: String,
    /// A day of the first month, as 2026-11-01; this month when left out.
    #[arg(long)]
    from: Option<NaiveDate>,
    /// For how many months, the first included; until ended when left out.
    #[arg(long)]
    months: Option<i32>,
}

/// A new home.
#[derive(Debug, Args)]
pub struct RehomeArgs {
    /// Id or receipt code.
    case: String,
    /// Unit: code, id or name.
    #[arg(long)]
    unit: String,
}

/// What goes.
#[derive(Debug, Args)]
pub struct EraseArgs {
    /// Id or receipt code of the case.
    case: String,
    /// Ids of its facts; `office show` lists them.
    #[arg(required = true)]
    facts: Vec<FactId>,
    /// Why, as it is to be kept.
    #[arg(long)]
    ground: String,
}

/// `office …`
pub fn office(data: &DataFolder, verb: OfficeVerb, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    let event = |event: Event, args: EventArgs, out: Out<'_>| {
        happen(data, args.case, Happening { text: args.text, ..Happening::plain(event) }, out)
    };
    match verb {
        OfficeVerb::List(filter) => show::list(data, &filter, as_json, out),
        OfficeVerb::Show(args) => show::one(data, &args.case, as_json, out),
        OfficeVerb::Receive(args) => event(Event::Receive, args, out),
        OfficeVerb::Sort(args) => event(Event::Sort, args, out),
        OfficeVerb::Accept(args) => event(Event::Accept, args, out),
        OfficeVerb::Decline(args) => event(Event::Decline, args, out),
        OfficeVerb::Start(args) => event(Event::Start, args, out),
        OfficeVerb::Extend(args) => event(Event::Extend, args, out),
        OfficeVerb::Resolve(args) => event(Event::Resolve, args, out),
        OfficeVerb::Return(args) => event(Event::Return, args, out),
        OfficeVerb::Note(args) => event(Event::Note, args, out),
        OfficeVerb::Close(args) => event(Event::Close, args, out),
        OfficeVerb::Reopen(args) => event(Event::Reopen, args, out),
        OfficeVerb::Answer(args) => answer(data, args, out),
        OfficeVerb::Forward(args) => forward(data, args, out),
        OfficeVerb::Assign(args) => written(data, out, move |tx| assign(tx, args)),
        OfficeVerb::Topic(args) => written(data, out, move |tx| topic(tx, args)),
        OfficeVerb::End { id, last } => written(data, out, move |tx| Ok(desk::end(tx, id, day(last), now())?)),
        OfficeVerb::MergeUnits { from, into, on } => written(data, out, move |tx| {
            let merged = UnitsMerged { from: units(tx, &from)?, into: unit(tx, &into)?, on: day(on) };
            Ok(desk::merge(tx, &merged, now())?)
        }),
        OfficeVerb::SplitUnit { from, into, on } => written(data, out, move |tx| {
            let split = UnitSplit { from: unit(tx, &from)?, into: units(tx, &into)?, on: day(on) };
            Ok(desk::split(tx, &split, now())?)
        }),
        OfficeVerb::Rehome(args) => written(data, out, move |tx| {
            let (case, unit) = (show::case_named(tx, &args.case)?, unit(tx, &args.unit)?);
            Ok(desk::rehome(tx, case, unit, now())?)
        }),
        OfficeVerb::Erase(args) => erase(data, args, out),
        OfficeVerb::Offered { confirm, ids } => offered(data, confirm, ids, as_json, out),
    }
}

fn happen(data: &DataFolder, case: String, what: Happening, out: Out<'_>) -> Result<(), CliFault> {
    written(data, out, move |tx| {
        let case = show::case_named(tx, &case)?;
        Ok(desk::happen(tx, case, &what, now())?)
    })
}

/// One command for what takes two steps by the book: the result, then the answer to the resident.
fn answer(data: &DataFolder, args: AnswerArgs, out: Out<'_>) -> Result<(), CliFault> {
    let way = match &args.way {
        None => None,
        Some(key) => Some(AnswerWay::from_key(key).ok_or_else(|| {
            CliFault::Asked(format!("\"{key}\" is not a way to answer; write in_person, phone, letter or meeting"))
        })?),
    };
    written(data, out, move |tx| {
        let id = show::case_named(tx, &args.case)?;
        let case = desk::case(tx, id, now())?.ok_or_else(|| CliFault::Asked(format!("{id} was erased")))?;
        let can = |event| fieldbook_model::case::next(case.kind, case.petition_kind(), case.state, event).is_ok();
        if !can(Event::Answer) && can(Event::Resolve) {
            let result = Happening { text: args.text.clone(), ..Happening::plain(Event::Resolve) };
            desk::happen(tx, id, &result, now())?;
        }
        let answer = Happening { text: args.text, way, ..Happening::plain(Event::Answer) };
        Ok(desk::happen(tx, id, &answer, now())?)
    })
}

fn forward(data: &DataFolder, args: ForwardArgs, out: Out<'_>) -> Result<(), CliFault> {
    written(data, out, move |tx| {
        let (case, to) = (show::case_named(tx, &args.case)?, unit(tx, &args.to)?);
        let what = Happening { text: args.text, ..Happening::forward(to) };
        Ok(desk::happen(tx, case, &what, now())?)
    })
}

fn assign(tx: &mut dyn Tx, args: AssignArgs) -> Result<FactId, CliFault> {
    let assignment = Assignment {
        person: person_named(tx, &args.person)?,
        unit: Some(unit(tx, &args.unit)?),
        field: None,
        from: day(args.from),
        to: args.to.map(Day::from),
        decision: args.decision,
    };
    Ok(desk::assign(tx, &assignment, now())?)
}

fn topic(tx: &mut dyn Tx, args: TopicArgs) -> Result<FactId, CliFault> {
    let from_month = day(args.from).month();
    let to_month = args.months.map(|months| from_month + months.max(1) - 1);
    let topic = Topic { text: args.text, unit: unit(tx, &args.unit)?, from_month, to_month };
    Ok(desk::write(tx, Kind::Topic, None, &topic, now())?)
}

fn erase(data: &DataFolder, args: EraseArgs, out: Out<'_>) -> Result<(), CliFault> {
    let ledger = data.clone();
    let erased = data.store()?.write_now(move |tx| {
        let case = show::case_named(tx, &args.case)?;
        let mut keep = |entry: &erase::ErasureEntry| ledger.add_erasure(entry);
        Ok::<_, CliFault>(erase::erase(tx, case, &args.facts, &args.ground, &mut keep, now())?)
    })?;
    let photos = erased.photos.len();
    copies::remove_photos(data, erased.photos)?;
    data.sqlite()?.scrub()?;
    writeln!(out, "erased here, and on every phone at its next sync; {photos} photo files deleted")?;
    Ok(())
}

fn offered(data: &DataFolder, confirm: bool, ids: Vec<FactId>, as_json: bool, out: Out<'_>) -> Result<(), CliFault> {
    let store = data.store()?;
    if confirm {
        let taken = store.write_now(move |tx| offered::confirm(tx, (!ids.is_empty()).then_some(&ids[..]), now()))?;
        // What was erased before the restore was among the offers, perhaps.
        data.sqlite()?.scrub()?;
        writeln!(out, "{taken} facts taken back")?;
        return Ok(());
    }
    for offer in store.read_now(offered::list)? {
        if as_json {
            writeln!(
                out,
                "{}",
                json!({"id": offer.id.to_string(), "by": offer.by.to_string(), "at": offer.at, "bytes": offer.content.len()})
            )?;
        } else {
            writeln!(out, "{}  offered by {}", offer.id, offer.by)?;
        }
    }
    Ok(())
}

/// Runs a job that writes one fact and prints its id.
fn written(
    data: &DataFolder,
    out: Out<'_>,
    job: impl FnOnce(&mut dyn Tx) -> Result<FactId, CliFault> + Send + 'static,
) -> Result<(), CliFault> {
    let id = data.store()?.write_now(job)?;
    writeln!(out, "{id}")?;
    Ok(())
}

fn unit(tx: &mut dyn Tx, text: &str) -> Result<FactId, CliFault> {
    Ok(find::unit(&Reference::load(tx)?.tree, text)?)
}

fn units(tx: &mut dyn Tx, texts: &[String]) -> Result<Vec<FactId>, CliFault> {
    texts.iter().map(|text| unit(tx, text)).collect()
}

fn day(date: Option<NaiveDate>) -> Day {
    date.map_or(Day::of(now()), Day::from)
}
