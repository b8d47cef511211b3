//! An enrolled phone in a temp folder: a commune with three hamlets, its liaison and the head of one; no network anywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use fieldbook_device::store::{Account, Store};
use fieldbook_ffi::clock::Clock;
use fieldbook_ffi::drafts::{Draft, NewDraft, Saved};
use fieldbook_ffi::entry::{Entry, ProblemEntry, VisitEntry};
use fieldbook_ffi::fieldbook::{Fieldbook, FieldbookConfig};
use fieldbook_ffi::keys::KeyStore;
use fieldbook_ffi::plain_key::PlainKey;
use fieldbook_ffi::words::{CaseKind, Handling, UnitLevel};
use fieldbook_model::body::{Assignment, Kind, Level, OfficeContact, Person, Post, Role, Topic, Unit, WriterEnrolled};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::pack::{Content, Item};
use tempfile::TempDir;

/// 20 November 2026, 10:00 in Vietnam.
pub const NOW: i64 = 1_795_143_600;
const OFFICE: WriterId = WriterId(0x0ff1_ce00_0000_0001);
const PHONE: WriterId = WriterId(0x0f0e_0000_0000_0001);
const LIAISON: FactId = FactId::new(OFFICE, 5);
const HEAD: FactId = FactId::new(OFFICE, 10);

/// The hamlets, ids as the shells hold them.
pub const HAMLETS: [FactId; 3] = [FactId::new(OFFICE, 2), FactId::new(OFFICE, 3), FactId::new(OFFICE, 4)];

/// A phone and its folder.
pub struct Phone {
    dir: TempDir,
}

impl Phone {
    /// The liaison's.
    pub fn of_liaison() -> Self {
        Self::of(LIAISON)
    }

    /// The head's.
    pub fn of_head() -> Self {
        Self::of(HEAD)
    }

    fn of(person: FactId) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("fieldbook.db")).unwrap();
        store
            .write(|tx| {
                for (order, fact) in (1..).zip(commune(person)) {
                    tx.receive(&Item { id: fact.id, order: Some(Order::new(1, order)), content: Content::Whole(fact) })?;
                }
                tx.set_account(&Account { writer: PHONE, person, label: "KAM".into() })
            })
            .unwrap();
        Self { dir }
    }

    /// The app starts, its clock standing `seconds` after [`NOW`].
    pub fn at(&self, seconds: i64) -> Arc<Fieldbook> {
        Fieldbook::with_clock(self.config(), PlainKey::beside(self.dir.path()), Clock::Stopped(NOW + seconds)).unwrap()
    }

    /// The app starts with this key store.
    pub fn with_keys(&self, keys: Arc<dyn KeyStore>) -> Arc<Fieldbook> {
        Fieldbook::with_clock(self.config(), keys, Clock::Stopped(NOW)).unwrap()
    }

    fn config(&self) -> FieldbookConfig {
        FieldbookConfig {
            directory: self.dir.path().to_string_lossy().into_owned(),
            photos_directory: self.photos().to_string_lossy().into_owned(),
            app_version: "test".into(),
        }
    }

    pub fn photos(&self) -> PathBuf {
        self.dir.path().join("photos")
    }

    /// A picture as a camera makes it.
    pub fn picture(&self) -> String {
        let path = self.dir.path().join("camera.png");
        image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8])).save(&path).unwrap();
        path.to_string_lossy().into_owned()
    }

    /// Whether these bytes stand in any file of the phone.
    pub fn holds(&self, text: &str) -> bool {
        let folders = [self.dir.path().to_owned(), self.photos()];
        let files =
            folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().map(|file| file.unwrap().path());
        let needle = text.as_bytes();
        files
            .filter(|path| path.is_file())
            .any(|path| std::fs::read(path).unwrap().windows(needle.len()).any(|part| part == needle))
    }
}

/// Waits for a call of the contract the way a shell does: on a thread of its own, without a runtime.
pub fn wait<T>(call: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(call)
}

/// A form of this kind in the first hamlet.
pub async fn begin(book: &Fieldbook, kind: CaseKind) -> Draft {
    let hamlet_id = Some(HAMLETS[0].to_string());
    book.start_draft(NewDraft { kind, hamlet_id, since_boot: None, later: false }).await.unwrap()
}

pub fn visit(draft: &Draft) -> VisitEntry {
    let Entry::Visit { entry } = draft.entry.clone() else { panic!("{:?}", draft.entry) };
    entry
}

/// A problem proposed to the commune, saved.
pub async fn problem(book: &Fieldbook, text: &str) -> Saved {
    let draft = begin(book, CaseKind::Problem).await;
    let entry = Entry::Problem { entry: proposed(text, HAMLETS[0].to_string()) };
    book.keep_draft(draft.id.clone(), "review".into(), entry, None).await.unwrap();
    book.save(draft.id).await.unwrap()
}

pub fn proposed(text: &str, hamlet_id: String) -> ProblemEntry {
    ProblemEntry {
        hamlet_id,
        text: text.into(),
        place: String::new(),
        urgency: fieldbook_ffi::words::Urgency::Normal,
        handling: Some(Handling::Proposed),
        to_level: Some(UnitLevel::Commune),
        photos: Vec::new(),
    }
}

fn commune(person: FactId) -> Vec<Fact> {
    let commune = FactId::new(OFFICE, 1);
    let unit = |level, label: &str, name: &str, parent| Unit {
        level,
        label: label.into(),
        name: name.into(),
        parent,
        from: None,
        code: None,
        point: None,
    };
    let long_ago = Day::of(NOW - 400 * 86_400);
    let look_after =
        |unit| Assignment { person: LIAISON, unit: Some(unit), field: None, from: long_ago, to: None, decision: None };
    let post = |person, unit, title: &str, role| Post { person, unit, title: title.into(), role, from: long_ago, to: None };
    let bodies = [
        (Kind::Unit, to_body(&unit(Level::Commune, "xã", "An Nhơn", None))),
        (Kind::Unit, to_body(&unit(Level::Hamlet, "ấp", "An Định", Some(commune)))),
        (Kind::Unit, to_body(&unit(Level::Hamlet, "ấp", "An Hoà", Some(commune)))),
        (Kind::Unit, to_body(&unit(Level::Hamlet, "ấp", "An Bình", Some(commune)))),
        (Kind::Person, to_body(&Person { name: "Lê Thị Thử".into(), phone: None })),
        (Kind::Post, to_body(&post(LIAISON, commune, "đảng ủy viên phụ trách", Role::Liaison))),
        (Kind::Assignment, to_body(&look_after(HAMLETS[0]))),
        (Kind::Assignment, to_body(&look_after(HAMLETS[1]))),
        (Kind::Topic, to_body(&Topic { text: "An ninh trật tự".into(), unit: commune, from_month: 0, to_month: None })),
        (Kind::Person, to_body(&Person { name: "Trần Văn Mẫu".into(), phone: Some("0900000000".into()) })),
        (Kind::Post, to_body(&post(HEAD, HAMLETS[0], "trưởng ấp", Role::Head))),
        (Kind::OfficeContact, to_body(&OfficeContact { unit: commune, phone: "02750000000".into() })),
        (Kind::WriterEnrolled, to_body(&WriterEnrolled { writer: PHONE.0, person, label: "KAM".into() })),
    ];
    let seal = |(seq, (kind, body))| {
        let statement = Statement { kind, time: NOW - 86_400, post: None, root: None, repairs: None, body };
        Fact::seal(FactId::new(OFFICE, seq), statement).unwrap()
    };
    (1..).zip(bodies).map(seal).collect()
}
