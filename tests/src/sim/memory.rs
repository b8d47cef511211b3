//! What people were told is saved. Every text that is typed carries a mark of its own, so that it can be found again wherever
//! it is, under whatever id.

/// Where a text must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// In a draft on its phone, and nowhere at the office.
    Draft,
    /// At the office once, or on its phone, waiting or needing attention.
    Saved,
    /// The disk failed while it was being kept: as a draft, saved, or (when it was new) not at all. Looked up when the phone
    /// is on again.
    Uncertain {
        /// Nobody was told yet that it is kept.
        new: bool,
    },
    /// Its person threw it away: nowhere at the office.
    ThrownAway,
    /// Its phone was lost or put back to an older copy: at most once.
    MayBe,
    /// Erased: no byte of it anywhere.
    Erased,
}

/// A text and what was promised for it.
#[derive(Debug, Clone)]
pub(crate) struct Promise {
    pub(crate) phone: usize,
    pub(crate) fate: Fate,
    /// The receipt of the record it begins.
    pub(crate) receipt: Option<String>,
    /// It was seen confirmed.
    pub(crate) confirmed: bool,
    /// So many copies of it went with copied phones before it was confirmed; each of them may file it.
    pub(crate) copies: usize,
}

/// Everything that was promised, by mark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    pub(crate) promises: Vec<Promise>,
}

impl Memory {
    /// A new text that is not yet kept.
    pub(crate) fn type_text(&mut self, phone: usize) -> (u32, String) {
        const WORDS: [&str; 6] = ["Mất điện", "Đường hỏng", "Thiếu nước", "Cầu yếu", "Rác nhiều", "Đèn hỏng"];
        let mark = self.promises.len() as u32;
        self.promises.push(Promise { phone, fate: Fate::ThrownAway, receipt: None, confirmed: false, copies: 0 });
        (mark, format!("{} {}", WORDS[mark as usize % WORDS.len()], text_of(mark)))
    }

    pub(crate) fn set(&mut self, marks: &[u32], fate: Fate) {
        for mark in marks {
            if let Some(promise) = self.promises.get_mut(*mark as usize).filter(|promise| promise.fate != Fate::Erased) {
                promise.fate = fate;
            }
        }
    }

    pub(crate) fn is_draft(&self, mark: u32) -> bool {
        self.promises.get(mark as usize).is_some_and(|promise| promise.fate == Fate::Draft)
    }
}

/// How a mark is written.
fn text_of(mark: u32) -> String {
    format!("t{mark:05}z")
}

/// The marks in some bytes.
pub(crate) fn marks_in(bytes: &[u8]) -> Vec<u32> {
    let mark = |end: usize| match bytes.get(end.checked_sub(6)?..end)? {
        [b't', digits @ ..] => std::str::from_utf8(digits).ok()?.parse().ok(),
        _ => None,
    };
    memchr::memchr_iter(b'z', bytes).filter_map(mark).collect()
}
