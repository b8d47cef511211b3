//! Does one thing and prints what came of it; a record is printed as saved only after it is.

use std::process::ExitCode;
use std::sync::Arc;

use fieldbook_ffi::case_page::{ActionEntry, AnswerEntry, CorrectionEntry};
use fieldbook_ffi::cases::CaseFilter;
use fieldbook_ffi::drafts::{Draft, NewDraft};
use fieldbook_ffi::enrol::EnrolmentCode;
use fieldbook_ffi::entry::Entry;
use fieldbook_ffi::fieldbook::{Fieldbook, FieldbookConfig};
use fieldbook_ffi::outbox::{Network, PhotoPolicy};
use fieldbook_ffi::plain_key::PlainKey;
use fieldbook_ffi::sorter::{SorterStep, sort_petition};
use fieldbook_ffi::words::{AnswerWay, CaseAction, CaseKind, PetitionKind, ReportKind, Urgency};

use super::args::{Command, DraftVerb, EnrolArgs, ListArgs, Verb};
use super::forms::{self, Trouble};
use super::record_args::{PetitionArgs, ProblemArgs, ReportArgs, VisitArgs, VisitFields, VisitStep};
use super::say::{Said, Say};
use super::{pick, words};

type Done<T = ()> = Result<T, Trouble>;

/// Exit status of a call that the notebook or the office said no to.
const REFUSED: u8 = 1;
/// Exit status of a call that cannot be read.
const MISTYPED: u8 = 2;

/// Does what the command says. The exit status is 0 when it was done, 1 when not, 2 when the command cannot be read.
pub fn run(command: Command) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&command, &Trouble::Typed(error.to_string())),
    };
    let book = match open(&command) {
        Ok(book) => book,
        Err(trouble) => return failed(&command, &trouble),
    };
    let phone = Phone { say: Say { json: command.json }, book, post: command.post.clone() };
    let done = runtime.block_on(phone.run(&command));
    drop(runtime);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => failed(&command, &trouble),
    }
}

fn open(command: &Command) -> Done<Arc<Fieldbook>> {
    let config = FieldbookConfig {
        directory: command.dir.to_string_lossy().into_owned(),
        photos_directory: command.dir.join("photos").to_string_lossy().into_owned(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    Ok(Fieldbook::with_clock(config, PlainKey::beside(&command.dir), pick::clock(command.clock.as_deref())?)?)
}

fn failed(command: &Command, trouble: &Trouble) -> ExitCode {
    let say = Say { json: command.json };
    match trouble {
        Trouble::Fieldbook(error) => {
            say.error(error, &words::error(error));
            ExitCode::from(REFUSED)
        }
        Trouble::Typed(sentence) => {
            say.error(sentence, sentence);
            ExitCode::from(MISTYPED)
        }
    }
}

/// One call.
struct Phone {
    say: Say,
    book: Arc<Fieldbook>,
    post: Option<String>,
}

impl Phone {
    async fn run(&self, command: &Command) -> Done {
        let book = &self.book;
        if let Some(network) = &command.network {
            book.set_network(network_of(network)?).await?;
        }
        match &command.verb {
            Verb::Enrol(args) => self.enrol(args).await,
            Verb::Today => self.say(book.today().await?),
            Verb::Status => self.say(book.status().await?),
            Verb::Visit(args) => self.visit(args).await,
            Verb::Problem(args) => self.problem(args).await,
            Verb::Petition(args) => self.petition(args).await,
            Verb::Report(args) => self.report(args).await,
            Verb::Photo { file, case } => {
                self.say(book.add_photo(self.id(case).await?, file.to_string_lossy().into_owned()).await?)
            }
            Verb::Draft(verb) => self.draft(verb).await,
            Verb::List(args) => self.list(args).await,
            Verb::Search { words } => self.say(book.cases(filter(words.join(" ")), None).await?),
            Verb::Show { id } => self.say(book.case(self.id(id).await?).await?),
            Verb::Hamlet { unit } => self.say(book.hamlet(self.hamlet(Some(unit)).await?).await?),
            Verb::Sync => self.say(book.sync_now().await?),
            Verb::Outbox => self.say(book.outbox().await?),
            Verb::Receipt { id } => {
                let case = book.case(self.id(id).await?).await?;
                let receipt = case.row.receipt.ok_or_else(|| "bản ghi này không có mã biên nhận".to_owned())?;
                self.say.text(&receipt, &format!("{receipt} ({})", words::sending(&case.row.sending)));
                Ok(())
            }
            Verb::Repair { id, text, unit, save } => self.repair(id, text.as_deref(), unit.as_deref(), *save).await,
            Verb::Discard { id } => self.done(book.discard(self.id(id).await?).await?, "Đã bỏ; không gửi nữa."),
            Verb::Undo { id } => self.say(book.undo(self.id(id).await?).await?),
            Verb::TakeBack { id } => self.done(book.take_back(self.id(id).await?).await?, "Đã rút lại."),
            Verb::Correct { id, text, place } => {
                let case_id = self.id(id).await?;
                let entry = CorrectionEntry { case_id, text: text.clone(), place: place.clone() };
                self.done(book.correct(entry).await?, "Đã đính chính.")
            }
            Verb::Note { id, text } => self.say(book.note(self.id(id).await?, text.clone()).await?),
            Verb::Answer { id, way, text } => {
                let (case_id, way) = (self.id(id).await?, pick::key(way, AnswerWay::from_key)?);
                let entry = AnswerEntry { case_id, way, day: None, text: text.clone() };
                self.say(book.answer_resident(entry).await?)
            }
            Verb::Act { id, action, text } => {
                let (case_id, action) = (self.id(id).await?, pick::key(action, CaseAction::from_key)?);
                let entry = ActionEntry { case_id, action, text: text.clone(), to_unit_id: None };
                self.say(book.act(entry).await?)
            }
            Verb::FollowUp { id, not_done } => {
                self.done(book.tick_follow_up(id.clone(), !not_done).await?, if *not_done { "Chưa xong." } else { "Đã xong." })
            }
            Verb::Coverage => self.say(book.today().await?.coverage),
            Verb::Practice { state } => match state.as_str() {
                "on" | "off" => self.say(book.set_practice(state == "on").await?),
                other => Err(format!("\"{other}\" phải là on hoặc off").into()),
            },
            Verb::Photos { policy } => {
                book.set_photo_policy(policy_of(policy)?).await?;
                self.say(book.status().await?.traffic)
            }
            Verb::Rebuild => self.done(book.rebuild().await?, "Đã dựng lại sổ."),
            Verb::Check => self.say(book.check().await?),
            Verb::Dump => {
                let dump = book.dump().await?;
                self.say.text(&dump, &dump);
                Ok(())
            }
        }
    }

    async fn enrol(&self, args: &EnrolArgs) -> Done {
        let code = match (&args.code, &args.address, &args.digits) {
            (Some(text), _, _) => EnrolmentCode::Scanned { text: text.clone() },
            (None, Some(address), Some(digits)) => EnrolmentCode::Typed { address: address.clone(), digits: digits.clone() },
            (None, _, _) => return Err("cần mã đã quét, hoặc --address và --digits".to_owned().into()),
        };
        if args.look {
            return self.say(self.book.enrol_look(code).await?);
        }
        self.say(self.book.enrol(code, args.device.clone()).await?)
    }

    async fn visit(&self, args: &VisitArgs) -> Done {
        let book = &self.book;
        let (draft, save) = match &args.step {
            None => {
                let draft = self.start(CaseKind::Visit, args.unit.as_deref(), false).await?;
                (self.fill(draft, &args.fields).await?, true)
            }
            Some(VisitStep::Start { unit, later }) => (self.start(CaseKind::Visit, unit.as_deref(), *later).await?, false),
            Some(VisitStep::Set { draft, fields }) => (self.fill(self.open(draft.as_deref()).await?, fields).await?, false),
            Some(VisitStep::Save { draft }) => (self.open(draft.as_deref()).await?, true),
            Some(VisitStep::Topic { mark, draft }) => {
                let fields = VisitFields { topic: vec![mark.clone()], ..Default::default() };
                (self.fill(self.open(draft.as_deref()).await?, &fields).await?, false)
            }
            Some(VisitStep::Problem { text, propose, urgency, draft }) => {
                let draft = self.open(draft.as_deref()).await?;
                let mut entry = forms::visit(draft.entry.clone())?;
                let (handling, to_level) = forms::proposed_to(propose.as_deref())?;
                entry.problems.push(fieldbook_ffi::entry::ProblemEntry {
                    hamlet_id: String::new(),
                    text: text.clone(),
                    place: String::new(),
                    urgency: pick::key(urgency, Urgency::from_key)?,
                    handling: Some(handling),
                    to_level,
                    photos: Vec::new(),
                });
                (self.keep(draft, "problems", Entry::Visit { entry }).await?, false)
            }
            Some(VisitStep::FollowUp { id, not_done, draft }) => {
                let mark = format!("{id}={}", if *not_done { "not_done" } else { "done" });
                let fields = VisitFields { follow_up: vec![mark], ..Default::default() };
                (self.fill(self.open(draft.as_deref()).await?, &fields).await?, false)
            }
            Some(VisitStep::Photo { file, draft }) => {
                let fields = VisitFields { photo: vec![file.clone()], ..Default::default() };
                (self.fill(self.open(draft.as_deref()).await?, &fields).await?, false)
            }
        };
        if save {
            return self.say(book.save(draft.id).await?);
        }
        self.say(draft)
    }

    async fn problem(&self, args: &ProblemArgs) -> Done {
        let draft = self.start(CaseKind::Problem, args.unit.as_deref(), false).await?;
        let entry = forms::fill_problem(&self.book, forms::problem(draft.entry.clone())?, args).await?;
        self.keep_or_save(draft, Entry::Problem { entry }, args.draft).await
    }

    async fn petition(&self, args: &PetitionArgs) -> Done {
        let today = self.book.today().await?.day;
        let result = match sort_petition(pick::answers(&args.answers)?, today) {
            SorterStep::Ask { question, .. } => return Err(format!("còn phải hỏi: {}", words::question(question)).into()),
            SorterStep::Sorted { result } => result,
        };
        if result.kind == PetitionKind::Denunciation {
            return self.say(self.book.advise_denunciation(self.hamlet(args.unit.as_deref()).await?).await?);
        }
        let draft = self.start(CaseKind::Petition, args.unit.as_deref(), false).await?;
        let mut entry = forms::petition(draft.entry.clone())?;
        (entry.kind, entry.urgency) = (Some(result.kind), result.urgency);
        let entry = forms::fill_petition(&self.book, entry, args).await?;
        self.keep_or_save(draft, Entry::Petition { entry }, args.draft).await
    }

    async fn report(&self, args: &ReportArgs) -> Done {
        let kind = pick::key(&args.kind, ReportKind::from_key)?;
        let unit = self.hamlet(args.unit.as_deref()).await?;
        if args.nothing {
            return self.say(self.book.nothing_to_report(unit, kind).await?);
        }
        let draft = self.book.start_report(unit, kind).await?;
        let mut entry = forms::report(draft.entry.clone())?;
        (entry.done, entry.not_done, entry.proposed) = (args.done.clone(), args.not_done.clone(), args.proposed.clone());
        self.keep_or_save(draft, Entry::Report { entry }, false).await
    }

    async fn draft(&self, verb: &DraftVerb) -> Done {
        let book = &self.book;
        match verb {
            DraftVerb::List => self.say(book.drafts().await?),
            DraftVerb::Show { id } => self.say(book.draft(id.clone()).await?),
            DraftVerb::Resume => self.say(self.open(None).await?),
            DraftVerb::Save { id } => self.say(book.save(id.clone()).await?),
            DraftVerb::Delete { id, erase: false } => self.done(book.delete_draft(id.clone()).await?, "Đã xoá bản nháp."),
            DraftVerb::Delete { id, erase: true } => {
                self.done(book.erase_draft(id.clone()).await?, "Đã xoá hẳn bản nháp, cả ảnh.")
            }
        }
    }

    async fn list(&self, args: &ListArgs) -> Done {
        let kind = args.kind.as_deref().map(|kind| pick::key(kind, kind_of)).transpose()?;
        let unit_id = match &args.unit {
            Some(unit) => Some(self.hamlet(Some(unit)).await?),
            None => None,
        };
        let filter = CaseFilter { kind, unit_id, open_only: args.open, mine_only: args.mine, words: String::new() };
        let mut after = args.after.clone();
        loop {
            let page = self.book.cases(filter.clone(), after.take()).await?;
            after.clone_from(&page.next);
            self.say(page)?;
            if !args.all || after.is_none() {
                return Ok(());
            }
        }
    }

    async fn repair(&self, id: &str, text: Option<&str>, unit: Option<&str>, save: bool) -> Done {
        let draft = self.book.repair(self.id(id).await?).await?;
        let mut entry = draft.entry.clone();
        let unit = match unit {
            Some(unit) => Some(self.hamlet(Some(unit)).await?),
            None => None,
        };
        change(&mut entry, text, unit);
        self.keep_or_save(draft, entry, !save).await
    }

    async fn start(&self, kind: CaseKind, unit: Option<&str>, later: bool) -> Done<Draft> {
        let hamlet_id = Some(self.hamlet(unit).await?);
        Ok(self.book.start_draft(NewDraft { kind, hamlet_id, since_boot: None, later }).await?)
    }

    /// The draft named, or the one last touched.
    async fn open(&self, id: Option<&str>) -> Done<Draft> {
        let id = match id {
            Some(id) => id.to_owned(),
            None => {
                let drafts = self.book.drafts().await?;
                drafts.into_iter().max_by_key(|draft| draft.updated).ok_or_else(|| "không có bản nháp nào".to_owned())?.id
            }
        };
        Ok(self.book.draft(id).await?)
    }

    async fn fill(&self, draft: Draft, fields: &VisitFields) -> Done<Draft> {
        let choices = self.book.choices(draft.id.clone()).await?;
        let entry = forms::fill_visit(&self.book, &draft, &choices, fields).await?;
        self.keep(draft, "form", Entry::Visit { entry }).await
    }

    async fn keep(&self, draft: Draft, step: &str, entry: Entry) -> Done<Draft> {
        self.book.keep_draft(draft.id.clone(), step.to_owned(), entry, draft.post_id).await?;
        let kept = self.book.draft(draft.id).await?;
        let Some(typed) = &self.post else {
            return Ok(kept);
        };
        let post = pick::post(typed, &kept.posts)?;
        self.book.keep_draft(kept.id.clone(), step.to_owned(), kept.entry, Some(post)).await?;
        Ok(self.book.draft(kept.id).await?)
    }

    async fn keep_or_save(&self, draft: Draft, entry: Entry, only_keep: bool) -> Done {
        let draft = self.keep(draft, "review", entry).await?;
        if only_keep {
            return self.say(draft);
        }
        self.say(self.book.save(draft.id).await?)
    }

    /// An id, or the record with this receipt.
    async fn id(&self, typed: &str) -> Done<String> {
        Ok(self.book.find_receipt(typed.to_owned()).await?.unwrap_or_else(|| typed.to_owned()))
    }

    async fn hamlet(&self, typed: Option<&str>) -> Done<String> {
        Ok(pick::hamlet(typed, &self.book.hamlets().await?)?)
    }

    fn say(&self, record: impl Said) -> Done {
        self.say.record(&record);
        Ok(())
    }

    fn done(&self, (): (), sentence: &str) -> Done {
        self.say.text("done", sentence);
        Ok(())
    }
}

/// Puts a new text and hamlet into a form.
fn change(entry: &mut Entry, text: Option<&str>, unit: Option<String>) {
    let (texts, place) = match entry {
        Entry::Visit { entry } => (&mut entry.remark, &mut entry.hamlet_id),
        Entry::Problem { entry } => (&mut entry.text, &mut entry.hamlet_id),
        Entry::Petition { entry } => (&mut entry.text, &mut entry.hamlet_id),
        Entry::Report { entry } => (&mut entry.done, &mut entry.unit_id),
    };
    if let Some(text) = text {
        text.clone_into(texts);
    }
    if let Some(unit) = unit {
        *place = unit;
    }
}

fn filter(words: String) -> CaseFilter {
    CaseFilter { kind: None, unit_id: None, open_only: false, mine_only: false, words }
}

fn kind_of(key: &str) -> Option<CaseKind> {
    Some(match key {
        "visit" => CaseKind::Visit,
        "problem" => CaseKind::Problem,
        "petition" => CaseKind::Petition,
        "report" => CaseKind::Report,
        _ => return None,
    })
}

fn network_of(typed: &str) -> pick::Typed<Network> {
    match typed {
        "none" => Ok(Network::NoNetwork),
        "metered" => Ok(Network::Metered),
        "wifi" | "unmetered" => Ok(Network::Unmetered),
        other => Err(format!("\"{other}\" phải là none, metered hoặc unmetered")),
    }
}

fn policy_of(typed: &str) -> pick::Typed<PhotoPolicy> {
    match typed {
        "everything" => Ok(PhotoPolicy::Everything),
        "text_only" => Ok(PhotoPolicy::TextOnly),
        other => Err(format!("\"{other}\" phải là everything hoặc text_only")),
    }
}
