//! A Vietnamese letter taken apart: base, quality mark (ă â ê ô ơ ư) and tone, so that search and sorting
//! apply the same spelling rules.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

/// The hook of ơ and ư.
const HORN: char = '\u{31B}';

/// The six tones in dictionary order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// ngang
    Level,
    /// huyền
    Grave,
    /// hỏi
    Hook,
    /// ngã
    Tilde,
    /// sắc
    Acute,
    /// nặng
    Dot,
}

impl Tone {
    fn from_mark(mark: char) -> Option<Self> {
        match mark {
            '\u{300}' => Some(Self::Grave),
            '\u{309}' => Some(Self::Hook),
            '\u{303}' => Some(Self::Tilde),
            '\u{301}' => Some(Self::Acute),
            '\u{323}' => Some(Self::Dot),
            _ => None,
        }
    }

    fn mark(self) -> Option<char> {
        match self {
            Self::Level => None,
            Self::Grave => Some('\u{300}'),
            Self::Hook => Some('\u{309}'),
            Self::Tilde => Some('\u{303}'),
            Self::Acute => Some('\u{301}'),
            Self::Dot => Some('\u{323}'),
        }
    }
}

/// One lower-case character with its marks apart. Spaces, digits and punctuation are letters without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) base: char,
    pub(super) quality: Option<char>,
    pub(super) tone: Tone,
    foreign: Vec<char>,
    /// The composed character it was typed as, as long as nothing of it is spelled another way.
    typed: Option<char>,
}

impl Letter {
    /// The letter with all its marks as one composed character, which every Vietnamese letter is.
    pub(super) fn composed(&self) -> Option<char> {
        if self.typed.is_some() {
            return self.typed;
        }
        if !self.is_vietnamese() {
            return None;
        }
        // Unicode composes what hangs below before what stands above, and the horn first of all.
        let (quality, tone) = (self.quality, self.tone.mark());
        let dot_first = self.tone == Tone::Dot && quality != Some(HORN);
        let marks = if dot_first { [tone, quality] } else { [quality, tone] };
        marks.into_iter().flatten().try_fold(self.base, compose)
    }

    /// The letter and its marks one by one.
    pub(super) fn parts(&self) -> impl Iterator<Item = char> {
        std::iter::once(self.base).chain(self.quality).chain(self.tone.mark()).chain(self.foreign.iter().copied())
    }

    fn plain(base: char) -> Self {
        Self { base, quality: None, tone: Tone::Level, foreign: Vec::new(), typed: None }
    }

    fn is_vietnamese(&self) -> bool {
        self.foreign.is_empty() && (self.base.is_ascii() || self.base == 'đ')
    }

    fn is_plain(&self, base: char) -> bool {
        self.base == base && self.quality.is_none()
    }

    fn is_vowel(&self) -> bool {
        matches!(self.base, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }

    fn is_consonant(&self) -> bool {
        self.base.is_alphabetic() && !self.is_vowel()
    }
}

/// Takes `text` apart, in lower case, whatever its Unicode form; invisible joiners that chat programs paste in are left out.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for c in text.chars() {
        let Some(letter) = known(c) else {
            return of_any_script(text);
        };
        letters.push(letter.clone());
    }
    letters
}

fn of_any_script(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let lower = text.to_lowercase();
    if lower.chars().any(is_mark) {
        lower.nfd().for_each(|c| take(&mut letters, c));
        return letters;
    }
    // Without loose marks nothing has to change places.
    for c in lower.chars() {
        let before = letters.len();
        decompose_canonical(c, |part| take(&mut letters, part));
        if let [letter] = &mut letters[before..]
            && letter.is_vietnamese()
            && letter.parts().nfc().eq([c])
        {
            letter.typed = Some(c);
        }
    }
    letters
}

/// Latin letters and the signs between them: what nearly all text here is made of.
const KNOWN: [Range<u32>; 3] = [0..0x250, 0x1E00..0x1F00, 0x2010..0x2040];

/// The characters of [`KNOWN`] taken apart; none for one that is more than one letter, or changes with what follows it.
static APART: LazyLock<Vec<Option<Letter>>> = LazyLock::new(|| KNOWN.into_iter().flatten().map(apart).collect());

fn known(c: char) -> Option<&'static Letter> {
    let mut at = 0;
    for block in &KNOWN {
        if block.contains(&u32::from(c)) {
            return APART.get(at + (u32::from(c) - block.start) as usize)?.as_ref();
        }
        at += block.len();
    }
    None
}

fn apart(c: u32) -> Option<Letter> {
    let mut lower = char::from_u32(c)?.to_lowercase();
    let (Some(c), None) = (lower.next(), lower.next()) else {
        return None;
    };
    let mut letters = Vec::new();
    decompose_canonical(c, |part| take(&mut letters, part));
    let mut letter = letters.pop().filter(|letter| letters.is_empty() && !is_mark(c) && letter.parts().nfc().eq([c]))?;
    letter.typed = Some(c);
    Some(letter)
}

fn take(letters: &mut Vec<Letter>, c: char) {
    if is_invisible(c) {
        return;
    }
    let Some(last) = letters.last_mut().filter(|_| is_mark(c)) else {
        letters.push(Letter::plain(c));
        return;
    };
    match Tone::from_mark(c) {
        Some(tone) if last.tone == Tone::Level => last.tone = tone,
        None if is_quality_mark(c) && last.quality.is_none() => last.quality = Some(c),
        Some(_) | None => last.foreign.push(c),
    }
}

/// Writes tones where one single convention has them: `oà`, `oè`, `uỳ` become `òa`, `òe`, `ùy`, and the slip `qúy` becomes
/// `quý`. No two Vietnamese words differ by this alone.
///
/// The tone goes on the first vowel because then what is typed so far stays a prefix of the whole word:
/// `hò` … `hòa` and also `hoà` … `hoàn`.
pub(super) fn place_tones(letters: &mut [Letter]) {
    for first in 0..letters.len().saturating_sub(1) {
        let second = first + 1;
        let after_q = first > 0 && letters[first - 1].is_plain('q');
        if after_q && letters[first].is_plain('u') {
            if letters[second].is_vowel() {
                move_tone(letters, first, second);
            }
            continue;
        }
        let is_pair = (letters[first].is_plain('o') && (letters[second].is_plain('a') || letters[second].is_plain('e')))
            || (letters[first].is_plain('u') && letters[second].is_plain('y'));
        if is_pair {
            move_tone(letters, second, first);
        }
    }
}

/// Writes `y` as `i` where both spellings are in use: right after a consonant (Mỹ/Mĩ, kỹ/kĩ, lý/lí, tỷ/tỉ) and after `qu`
/// (quý/quí, quỳnh/quình).
///
/// `y` stays where it makes another word: after any other vowel (tay/tai, thúy/thúi) and at the start of a word (y, yên).
/// The rule looks only to the left, so what is typed so far stays a prefix of the whole word.
pub(super) fn write_y_as_i(letters: &mut [Letter]) {
    for at in 1..letters.len() {
        let before = &letters[at - 1];
        let after_qu = at > 1 && before.is_plain('u') && letters[at - 2].is_plain('q');
        if letters[at].is_plain('y') && (before.is_consonant() || after_qu) {
            letters[at].base = 'i';
            letters[at].typed = None;
        }
    }
}

fn move_tone(letters: &mut [Letter], from: usize, to: usize) {
    if letters[to].tone != Tone::Level || letters[from].tone == Tone::Level {
        return;
    }
    letters[to].tone = letters[from].tone;
    letters[from].tone = Tone::Level;
    (letters[to].typed, letters[from].typed) = (None, None);
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && (Tone::from_mark(c).is_some() || is_quality_mark(c) || is_combining_mark(c))
}

fn is_quality_mark(c: char) -> bool {
    matches!(c, '\u{302}' | '\u{306}' | HORN)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}
