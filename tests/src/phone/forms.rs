//! Fills in forms: the entry of a draft from what was typed.

use std::path::PathBuf;

use fieldbook_ffi::drafts::{Draft, FormChoices};
use fieldbook_ffi::entry::{
    Entry, FollowUpEntry, PetitionEntry, PhotoEntry, ProblemEntry, PromiseEntry, ReportEntry, VisitEntry,
};
use fieldbook_ffi::error::FieldbookError;
use fieldbook_ffi::fieldbook::Fieldbook;
use fieldbook_ffi::words::{Handling, Met, UnitLevel, Urgency};

use super::pick::{self, Typed};
use super::record_args::{PetitionArgs, ProblemArgs, VisitFields};

/// A call failed, or what was typed cannot be read.
#[derive(Debug)]
pub enum Trouble {
    /// The notebook says no.
    Fieldbook(FieldbookError),
    /// What was typed cannot be read.
    Typed(String),
}

impl From<FieldbookError> for Trouble {
    fn from(error: FieldbookError) -> Self {
        Self::Fieldbook(error)
    }
}

impl From<String> for Trouble {
    fn from(typed: String) -> Self {
        Self::Typed(typed)
    }
}

/// The visit in a draft.
pub fn visit(entry: Entry) -> Typed<VisitEntry> {
    match entry {
        Entry::Visit { entry } => Ok(entry),
        Entry::Problem { .. } | Entry::Petition { .. } | Entry::Report { .. } => {
            Err("bản nháp này không phải lượt xuống địa bàn".into())
        }
    }
}

/// The problem in a draft.
pub fn problem(entry: Entry) -> Typed<ProblemEntry> {
    match entry {
        Entry::Problem { entry } => Ok(entry),
        Entry::Visit { .. } | Entry::Petition { .. } | Entry::Report { .. } => Err("bản nháp này không phải khó khăn".into()),
    }
}

/// The petition in a draft.
pub fn petition(entry: Entry) -> Typed<PetitionEntry> {
    match entry {
        Entry::Petition { entry } => Ok(entry),
        Entry::Visit { .. } | Entry::Problem { .. } | Entry::Report { .. } => {
            Err("bản nháp này không phải ý kiến, kiến nghị".into())
        }
    }
}

/// The report in a draft.
pub fn report(entry: Entry) -> Typed<ReportEntry> {
    match entry {
        Entry::Report { entry } => Ok(entry),
        Entry::Visit { .. } | Entry::Problem { .. } | Entry::Petition { .. } => Err("bản nháp này không phải báo cáo".into()),
    }
}

/// Makes pictures small and keeps them.
pub async fn photos(book: &Fieldbook, files: &[PathBuf]) -> Result<Vec<PhotoEntry>, Trouble> {
    let mut photos = Vec::new();
    for file in files {
        photos.push(book.shrink_photo(file.to_string_lossy().into_owned()).await?);
    }
    Ok(photos)
}

/// What was typed of a visit, laid over what the form holds.
pub async fn fill_visit(
    book: &Fieldbook,
    draft: &Draft,
    choices: &FormChoices,
    fields: &VisitFields,
) -> Result<VisitEntry, Trouble> {
    let mut entry = visit(draft.entry.clone())?;
    if let Some(day) = &fields.day {
        entry.day = Some(pick::day(day)?);
    }
    if let Some(fix) = &fields.fix {
        entry.fix = Some(pick::fix(fix)?);
    }
    if let Some(reason) = &fields.place_reason {
        entry.place_reason.clone_from(reason);
    }
    if let Some(remark) = &fields.remark {
        entry.remark.clone_from(remark);
    }
    for met in &fields.met {
        entry.met.push(pick::key(met, Met::from_key)?);
    }
    for topic in &fields.topic {
        mark_topic(&mut entry, topic, choices)?;
    }
    for problem in &fields.problem {
        entry.problems.push(found_problem(problem)?);
    }
    for follow_up in &fields.follow_up {
        entry.follow_ups.push(looked_at(follow_up)?);
    }
    entry.promises.extend(fields.promise.iter().map(|text| PromiseEntry { text: text.clone(), month: None }));
    entry.photos.extend(photos(book, &fields.photo).await?);
    Ok(entry)
}

/// Puts a topic into its box, in the place it has in the form.
pub fn mark_topic(entry: &mut VisitEntry, typed: &str, choices: &FormChoices) -> Typed<()> {
    let marked = pick::topic(typed, &choices.topics)?;
    match entry.topics.iter_mut().find(|topic| topic.topic_id == marked.topic_id) {
        Some(topic) => (topic.mark, topic.remark) = (marked.mark, marked.remark),
        None => entry.topics.push(marked),
    }
    Ok(())
}

/// A problem by itself.
pub async fn fill_problem(book: &Fieldbook, mut entry: ProblemEntry, args: &ProblemArgs) -> Result<ProblemEntry, Trouble> {
    entry.text.clone_from(&args.text);
    entry.place.clone_from(&args.place);
    entry.urgency = pick::key(&args.urgency, Urgency::from_key)?;
    let (handling, to_level) = proposed_to(args.propose.as_deref())?;
    (entry.handling, entry.to_level) = (Some(handling), to_level);
    entry.photos = photos(book, &args.photo).await?;
    Ok(entry)
}

/// A petition, its kind and urgency already set.
pub async fn fill_petition(book: &Fieldbook, mut entry: PetitionEntry, args: &PetitionArgs) -> Result<PetitionEntry, Trouble> {
    entry.text.clone_from(&args.text);
    entry.place.clone_from(&args.place);
    entry.anonymous = args.name.is_none();
    entry.name = args.name.clone().unwrap_or_default();
    entry.phone.clone_from(&args.phone);
    entry.address.clone_from(&args.address);
    entry.photos = photos(book, &args.photo).await?;
    Ok(entry)
}

/// Settled on the spot, or proposed to a level.
pub fn proposed_to(level: Option<&str>) -> Typed<(Handling, Option<UnitLevel>)> {
    match level {
        None => Ok((Handling::OnTheSpot, None)),
        Some(level) => Ok((Handling::Proposed, Some(pick::key(level, UnitLevel::from_key)?))),
    }
}

/// `commune:text`, or just text for what was settled on the spot.
fn found_problem(typed: &str) -> Typed<ProblemEntry> {
    let level = typed.split_once(':').filter(|(level, _)| UnitLevel::from_key(level).is_some());
    let (level, text) = level.map_or((None, typed), |(level, text)| (Some(level), text));
    let (handling, to_level) = proposed_to(level)?;
    Ok(ProblemEntry {
        hamlet_id: String::new(),
        text: text.trim().to_owned(),
        place: String::new(),
        urgency: Urgency::Normal,
        handling: Some(handling),
        to_level,
        photos: Vec::new(),
    })
}

/// `id=done` or `id=not_done`.
fn looked_at(typed: &str) -> Typed<FollowUpEntry> {
    match typed.split_once('=') {
        Some((id, "done")) => Ok(FollowUpEntry { follow_up_id: id.to_owned(), done: true }),
        Some((id, "not_done")) => Ok(FollowUpEntry { follow_up_id: id.to_owned(), done: false }),
        _ => Err(format!("\"{typed}\" viết như {{mã}}=done hoặc {{mã}}=not_done")),
    }
}
