//! Prints a record: a line for scripts, or what a person reads.

use std::io::Write as _;

use fieldbook_ffi::calendar_day::CalendarDay;
use fieldbook_ffi::case_page::{CasePageView, HistoryWhat};
use fieldbook_ffi::cases::CasePage;
use fieldbook_ffi::drafts::{Draft, DraftRow, Saved};
use fieldbook_ffi::enrol::{EnrolmentLook, Standing, Status};
use fieldbook_ffi::entry::{Entry, PhotoEntry, VisitEntry};
use fieldbook_ffi::hamlet::HamletPage;
use fieldbook_ffi::outbox::{Attention, Outbox, SyncOutcome, Traffic};
use fieldbook_ffi::records::{CaseRow, FollowUpLine, PhotoLine};
use fieldbook_ffi::settings::CheckOutcome;
use fieldbook_ffi::sorter::SorterResult;
use fieldbook_ffi::today::{CoverageLine, Today};
use fieldbook_model::text::{format_bytes, format_moment, vietnam_date, vietnam_time};
use serde::Serialize;

use super::{json, words};

/// A record that can be printed.
pub trait Said: Serialize {
    /// What a person reads, without the last line feed.
    fn sentences(&self) -> String;
}

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Say {
    /// For scripts.
    pub json: bool,
}

impl Say {
    /// Prints a record.
    pub fn record(self, record: &impl Said) {
        if self.json {
            print(&json::line(record).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}")));
        } else {
            print(&record.sentences());
        }
    }

    /// Prints a value for scripts, or a sentence.
    pub fn text(self, value: &str, sentence: &str) {
        if self.json {
            print(&serde_json::Value::from(value).to_string());
        } else {
            print(sentence);
        }
    }

    /// Prints what went wrong where errors go.
    pub fn error(self, error: &(impl Serialize + ?Sized), sentence: &str) {
        let line = if self.json { json::line(&error).unwrap_or_else(|_| sentence.to_owned()) } else { sentence.to_owned() };
        // Nobody is left to tell when the error stream itself is closed.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

/// A reader that went away early (`| head`) is not an error.
fn print(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

impl Said for Today {
    fn sentences(&self) -> String {
        let mut lines = vec![format!("Hôm nay {} · {}", day(self.day), self.person)];
        lines.extend(self.posts.iter().map(|post| format!("  {} {}", post.title, post.unit)));
        lines.push(self.traffic.sentences());
        if self.coverage.assigned > 0 {
            lines.push(self.coverage.sentences());
        }
        for hamlet in &self.hamlets {
            let last = hamlet.last_visit.map_or_else(String::new, |last| format!(" · lần trước {}", day(last)));
            lines.push(format!("  {} · {}{last}", hamlet.name, words::hamlet(hamlet.state)));
        }
        section(&mut lines, "Việc đã hứa", self.follow_ups.iter().map(follow_up));
        section(&mut lines, "Sắp đến hạn", self.due_soon.iter().map(row));
        section(&mut lines, "Chờ xử lý", self.waiting_for_me.iter().map(row));
        section(&mut lines, "Có kết quả, cần trả lời người dân", self.answers_back.iter().map(row));
        let due = |due: &fieldbook_ffi::today::ReportDue| {
            format!("báo cáo {} · {} · đến {}", words::report(due.kind), due.unit, day(due.to))
        };
        section(&mut lines, "Báo cáo đến hạn", self.reports_due.iter().map(due));
        section(&mut lines, "Bản nháp", self.drafts.iter().map(draft_row));
        if self.practice {
            lines.push("Đang tập dùng: không có gì rời điện thoại.".into());
        }
        lines.join("\n")
    }
}

impl Said for CoverageLine {
    fn sentences(&self) -> String {
        let percent = self.percent.as_ref().map_or_else(String::new, |percent| format!(" ({percent})"));
        format!("Đã xuống {}/{}{percent}", self.visited, self.assigned)
    }
}

impl Said for Traffic {
    fn sentences(&self) -> String {
        let mut parts = vec![words::network(self.network).to_owned()];
        parts.push(if self.records_waiting + self.photos_waiting == 0 {
            "không có gì chờ gửi".into()
        } else {
            format!(
                "chờ gửi {} bản ghi, {} ảnh ({})",
                self.records_waiting,
                self.photos_waiting,
                bytes(self.photo_bytes_waiting)
            )
        });
        if self.needs_attention > 0 {
            parts.push(format!("cần xử lý {}", self.needs_attention));
        }
        parts.push(format!("tháng này {}", bytes(self.bytes_this_month)));
        if let Some(last) = self.last_contact {
            parts.push(format!("liên lạc cơ quan {}", moment(last)));
        }
        if let Some(trouble) = self.trouble {
            parts.push(words::trouble(trouble).to_owned());
        }
        parts.join(" · ")
    }
}

impl Said for Status {
    fn sentences(&self) -> String {
        let standing = match self.standing {
            Standing::NotEnrolled => "Chưa đăng ký. Quét mã của cơ quan.",
            Standing::AwaitConfirmation => "Chờ cơ quan xác nhận điện thoại này.",
            Standing::Filling => "Đang nhận dữ liệu lần đầu.",
            Standing::Ready => "Sẵn sàng.",
            Standing::SignInAgain => "Cần quét mã mới của cơ quan; nội dung đã ghi vẫn còn.",
            Standing::Revoked => "Cơ quan đã ngừng điện thoại này.",
        };
        let mut lines = vec![standing.to_owned()];
        if let (Some(person), Some(label)) = (&self.person, &self.label) {
            lines.push(format!("{person} · {} · mã {label}", self.organisation.as_deref().unwrap_or_default()));
        }
        lines.extend(self.posts.iter().map(|post| format!("  {} {}", post.title, post.unit)));
        lines.push(self.traffic.sentences());
        lines.extend(self.office_phone.iter().map(|phone| format!("Cơ quan: {phone}")));
        lines.join("\n")
    }
}

impl Said for EnrolmentLook {
    fn sentences(&self) -> String {
        let posts: Vec<String> = self.posts.iter().map(|post| format!("{} {}", post.title, post.unit)).collect();
        format!("Xác nhận: {} {} ({})", posts.join(", "), self.person, self.organisation)
    }
}

impl Said for Saved {
    fn sentences(&self) -> String {
        let mut lines = vec![format!("✓ Đã lưu: {} · {}", words::kind(self.kind), self.id)];
        lines.push("  An toàn trên điện thoại này; sẽ gửi khi có mạng.".into());
        let codes: Vec<&str> = self.receipt.iter().chain(&self.more_receipts).map(String::as_str).collect();
        if !codes.is_empty() {
            lines.push(format!("  Mã biên nhận {} ({})", codes.join(", "), words::sending(&self.sending)));
        }
        lines.join("\n")
    }
}

impl Said for SorterResult {
    fn sentences(&self) -> String {
        let mut lines = vec![format!("Đây là {}: {}.", words::petition(self.kind), words::place(self.place))];
        for clock in &self.clocks {
            let unit = if clock.working_days { "ngày làm việc" } else { "ngày" };
            let due = clock.due.map_or_else(String::new, |due| format!(", dự kiến {}", day(due)));
            lines.push(format!("  {} {unit}{due} ({})", clock.days, clock.basis));
        }
        lines.join("\n")
    }
}

impl Said for Draft {
    fn sentences(&self) -> String {
        let what = match &self.entry {
            Entry::Visit { entry } => visit(entry),
            Entry::Problem { entry } => format!("Khó khăn: {}", entry.text),
            Entry::Petition { entry } => {
                format!("Ý kiến ({}): {}", entry.kind.map_or("chưa rõ loại", words::petition), entry.text)
            }
            Entry::Report { entry } => {
                let kind = entry.kind.map_or("chưa rõ kỳ", words::report);
                format!("Báo cáo {kind} đến {}", entry.to.map_or_else(String::new, day))
            }
        };
        format!("Bản nháp {} · {} · giữ {}\n{what}", self.id, self.step, moment(self.updated))
    }
}

impl Said for Vec<DraftRow> {
    fn sentences(&self) -> String {
        if self.is_empty() {
            return "Không có bản nháp.".into();
        }
        self.iter().map(draft_row).collect::<Vec<_>>().join("\n")
    }
}

impl Said for CasePage {
    fn sentences(&self) -> String {
        if self.rows.is_empty() {
            return "Không có bản ghi.".into();
        }
        let next = self.next.iter().map(|next| format!("… trang sau: --after {next}"));
        self.rows.iter().map(row).chain(next).collect::<Vec<_>>().join("\n")
    }
}

impl Said for CasePageView {
    fn sentences(&self) -> String {
        let mut lines = vec![row(&self.row), format!("  {} · {}", self.author, moment(self.row.time))];
        lines.extend([&self.text, &self.place].into_iter().filter(|text| !text.is_empty()).map(|text| format!("  {text}")));
        if let Some(resident) = &self.resident {
            lines.push(if resident.anonymous {
                "  Người dân không nêu tên".into()
            } else {
                format!("  Người dân: {}", resident.name)
            });
        }
        for topic in self.visit.iter().flat_map(|visit| &visit.topics) {
            lines.push(format!("  {} · {} {}", topic.text, words::mark(topic.mark), topic.remark));
        }
        let promises = self.visit.iter().flat_map(|visit| &visit.promises).map(follow_up);
        section(&mut lines, "Đề xuất tháng tới", promises);
        section(
            &mut lines,
            "Diễn biến",
            self.history.iter().map(|line| {
                let text = if line.text.is_empty() { String::new() } else { format!(": {}", line.text) };
                let kept = if line.received { "" } else { " (chưa gửi)" };
                format!("{} · {} · {}{text}{kept}", moment(line.time), line.author, happened(&line.what))
            }),
        );
        section(&mut lines, "Ảnh", self.photos.iter().map(photo));
        if !self.forks.is_empty() {
            lines.push("Có hai bản; cần người xem lại.".into());
        }
        let actions: Vec<&str> = self.actions.iter().map(|action| words::action(*action)).collect();
        if !actions.is_empty() {
            lines.push(format!("Làm được bây giờ: {}", actions.join(", ")));
        }
        lines.join("\n")
    }
}

impl Said for HamletPage {
    fn sentences(&self) -> String {
        let mut lines =
            vec![format!("{} · {} · {}", self.name, self.above.join(", "), self.state.map_or_else(String::new, words::hamlet))];
        for person in &self.people {
            lines.push(format!("  {} {} {}", person.title, person.name, person.phone.as_deref().unwrap_or_default()));
        }
        section(&mut lines, "Lượt xuống", self.visits.iter().map(|visit| day(*visit)));
        section(&mut lines, "Việc đã hứa", self.follow_ups.iter().map(follow_up));
        section(&mut lines, "Bản ghi", self.records.iter().map(row));
        lines.join("\n")
    }
}

impl Said for PhotoEntry {
    fn sentences(&self) -> String {
        format!("✓ Đã thêm ảnh {} ({}×{}, {})", self.hash, self.width, self.height, bytes(self.bytes))
    }
}

impl Said for Outbox {
    fn sentences(&self) -> String {
        let mut lines = vec![self.traffic.sentences()];
        section(
            &mut lines,
            "Cần xử lý",
            self.attention.iter().map(|line| {
                let what = match &line.what {
                    Attention::Refused { code } => format!("trả lại: {}", words::refusal(*code)),
                    Attention::Returned { reason } => format!("trả lại: {reason}"),
                    Attention::PhotoRejected => "ảnh không nhận được, chụp lại".into(),
                };
                let held = if line.held > 0 { format!(" (+{} bản ghi chờ)", line.held) } else { String::new() };
                format!("{} → {what}{held}", row(&line.row))
            }),
        );
        section(&mut lines, "Bản ghi", self.records.iter().map(row));
        section(&mut lines, "Ảnh", self.photos.iter().map(|photo_line| photo(&photo_line.photo)));
        lines.join("\n")
    }
}

impl Said for SyncOutcome {
    fn sentences(&self) -> String {
        let went = format!("gửi {}, nhận {}", bytes(self.bytes_sent), bytes(self.bytes_received));
        let end = if self.complete { "Đã gửi và nhận hết".to_owned() } else { "Chưa hết".to_owned() };
        let trouble = self.trouble.map_or_else(String::new, |trouble| format!(": {}", words::trouble(trouble)));
        format!("{end}{trouble} ({went})\n{}", self.traffic.sentences())
    }
}

impl Said for CheckOutcome {
    fn sentences(&self) -> String {
        if self.sound {
            "Sổ nguyên vẹn.".into()
        } else {
            format!("Sổ hỏng, gọi cơ quan: {}", self.findings.join("; "))
        }
    }
}

fn section(lines: &mut Vec<String>, title: &str, entries: impl Iterator<Item = String>) {
    let mut entries = entries.peekable();
    if entries.peek().is_some() {
        lines.push(format!("{title}:"));
        lines.extend(entries.map(|entry| format!("  {entry}")));
    }
}

fn row(row: &CaseRow) -> String {
    let kind = row.petition_kind.map_or(words::kind(row.kind), words::petition);
    let left = match row.days_left {
        Some(days) if days < 0 => format!(" · quá hạn {} ngày", -days),
        Some(days) => format!(" · còn {days} ngày"),
        None => String::new(),
    };
    let receipt = row.receipt.as_ref().map_or_else(String::new, |receipt| format!(" · {receipt}"));
    let standing = format!("{}{left}{receipt} · {}", words::state(row.state), words::sending(&row.sending));
    format!("{} · {kind} · {} · {} · {standing}", row.id, row.unit, row.text)
}

fn draft_row(draft: &DraftRow) -> String {
    let unit = draft.unit.as_deref().unwrap_or("chưa chọn địa bàn");
    format!("{} · {} · {unit} · {} · giữ {}", draft.id, words::kind(draft.kind), draft.text, moment(draft.updated))
}

fn follow_up(line: &FollowUpLine) -> String {
    let done = match line.done {
        Some(true) => "đã xong",
        Some(false) => "chưa xong",
        None => "chưa xem",
    };
    format!("{} · {} · {} · hạn {:02}/{} · {done}", line.id, line.unit, line.text, line.month.month, line.month.year)
}

fn photo(photo: &PhotoLine) -> String {
    format!("{} · {}×{} · {} · {}", photo.hash, photo.width, photo.height, bytes(photo.bytes), words::photo(&photo.sending))
}

fn happened(what: &HistoryWhat) -> String {
    match what {
        HistoryWhat::Recorded => "ghi".into(),
        HistoryWhat::Happened { action, to, .. } => {
            let to = to.as_ref().map_or_else(String::new, |to| format!(" đến {to}"));
            format!("{}{to}", words::action(*action))
        }
        HistoryWhat::Corrected => "đính chính".into(),
        HistoryWhat::PhotoAdded => "thêm ảnh".into(),
        HistoryWhat::Erased => "đã xoá nội dung".into(),
        HistoryWhat::Rehomed { unit } => format!("chuyển về {unit}"),
        HistoryWhat::TakenBack => "rút lại".into(),
        HistoryWhat::Unknown => "việc của phiên bản mới hơn".into(),
    }
}

fn visit(entry: &VisitEntry) -> String {
    let marked = entry.topics.iter().filter(|topic| topic.mark.is_some()).count();
    format!(
        "Lượt xuống ngày {}: {marked}/{} nội dung, {} việc đã hứa xem lại, {} khó khăn, {} đề xuất, {} ảnh",
        entry.day.map_or_else(|| "hôm nay".to_owned(), day),
        entry.topics.len(),
        entry.follow_ups.len(),
        entry.problems.len(),
        entry.promises.len(),
        entry.photos.len(),
    )
}

fn bytes(bytes: i64) -> String {
    format_bytes(u64::try_from(bytes).unwrap_or(0))
}

fn day(day: CalendarDay) -> String {
    format!("{:02}/{:02}/{}", day.day, day.month, day.year)
}

fn moment(moment: std::time::SystemTime) -> String {
    let seconds =
        moment.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
    let today = vietnam_date(seconds);
    match (vietnam_time(seconds), today) {
        (Some(time), Some(date)) => format_moment(time, date.succ_opt().and_then(|next| next.succ_opt()).unwrap_or(date)),
        _ => String::new(),
    }
}
