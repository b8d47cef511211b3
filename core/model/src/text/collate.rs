//! Sort keys in Vietnamese order (UX-10): bytes that a database can keep in an index and compare.

use super::letter::{Letter, Tone, letters, place_tones};

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

const PART_END: u8 = 0x00;
const WORD_END: u8 = 0x01;
const TONES: u8 = 0x02;
const FIRST_TONE: u8 = 0x03;
const NUMBER: u8 = 0x10;
const FIRST_LETTER: u8 = 0x40;
const FOREIGN_LETTER: u8 = 0xF0;

/// The sort key of a text: compare keys byte by byte.
///
/// Words are compared one after another as in a dictionary, so that everything starting with `bà` stays together after
/// everything starting with `ba`. Within a word, letters decide first (a ă â b c d đ e ê … with f j w z in their usual places), then
/// tones (ngang huyền hỏi ngã sắc nặng). Numbers come before letters and by value: khu phố 6 < khu phố 22.
/// Case, punctuation, Unicode form and tone placement do not matter, so two texts may share a key; break the tie by id.
#[must_use]
pub fn collation_key(text: &str) -> Vec<u8> {
    let mut letters = letters(text);
    place_tones(&mut letters);
    let mut key = Vec::with_capacity(letters.len() * 2 + 2);
    for word in letters.split(|letter| !letter.base.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(WORD_END);
        }
        push_word(&mut key, word);
    }
    key
}

/// The sort key of a person's full name: by given name, which Vietnamese writes last, then by the rest.
#[must_use]
pub fn person_key(full_name: &str) -> Vec<u8> {
    let name = full_name.trim();
    let (rest, given) = name.rsplit_once(char::is_whitespace).unwrap_or(("", name));
    let mut key = collation_key(given);
    key.push(PART_END);
    key.extend(collation_key(rest));
    key
}

fn push_word(key: &mut Vec<u8>, word: &[Letter]) {
    let mut tones = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.first() {
        let digits = rest.iter().take_while(|l| l.base.is_ascii_digit()).count();
        if digits > 0 {
            push_number(key, &rest[..digits]);
            rest = &rest[digits..];
            continue;
        }
        push_letter(key, letter);
        tones.push(FIRST_TONE + letter.tone as u8);
        rest = &rest[1..];
    }
    // Trailing level tones are the common case and sort first anyway.
    while tones.last() == Some(&(FIRST_TONE + Tone::Level as u8)) {
        tones.pop();
    }
    key.push(TONES);
    key.extend(tones);
}

/// A number is its count of digits, then the digits: more digits is a larger number once leading zeros are gone.
fn push_number(key: &mut Vec<u8>, digits: &[Letter]) {
    let zeros = digits.iter().take_while(|l| l.base == '0').count();
    let significant = &digits[zeros..];
    let length = u8::try_from(significant.len()).map_or(u8::MAX, |n| n.saturating_add(NUMBER));
    key.push(NUMBER);
    key.push(length);
    key.extend(significant.iter().map(|l| l.base as u8));
}

fn push_letter(key: &mut Vec<u8>, letter: &Letter) {
    if let Some(place) = place_in_alphabet(letter) {
        key.push(FIRST_LETTER + place);
        return;
    }
    key.push(FOREIGN_LETTER);
    key.extend(letter.base.encode_utf8(&mut [0; 4]).bytes());
}

fn place_in_alphabet(letter: &Letter) -> Option<u8> {
    let written = match (letter.base, letter.quality) {
        ('a', Some('\u{306}')) => 'ă',
        ('a', Some('\u{302}')) => 'â',
        ('e', Some('\u{302}')) => 'ê',
        ('o', Some('\u{302}')) => 'ô',
        ('o', Some('\u{31B}')) => 'ơ',
        ('u', Some('\u{31B}')) => 'ư',
        (base, _) => base,
    };
    ALPHABET.chars().position(|c| c == written).and_then(|place| u8::try_from(place).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_in_order(texts: &[&str]) {
        for pair in texts.windows(2) {
            assert!(collation_key(pair[0]) < collation_key(pair[1]), "{} before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        assert_in_order(&[
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "ô", "ơ", "p", "q",
            "r", "s", "t", "u", "ư", "v", "w", "x", "y", "z",
        ]);
    }

    #[test]
    fn tones_follow_the_dictionary() {
        assert_in_order(&["ma", "mà", "mả", "mã", "má", "mạ"]);
        assert_in_order(&["ô", "ồ", "ổ", "ỗ", "ố", "ộ", "ơ"]);
    }

    #[test]
    fn a_letter_weighs_more_than_a_tone() {
        assert_in_order(&["má", "mai", "mái", "măng", "mâm"]);
        assert_in_order(&["An Định", "Ấp Bắc", "Bắc", "Dân", "Đạo"]);
    }

    #[test]
    fn words_are_compared_one_after_another() {
        assert_in_order(&["ba", "ba ba", "bà", "bà con", "bả", "bác"]);
    }

    #[test]
    fn numbers_sort_by_value_and_before_letters() {
        assert_in_order(&["Khu phố 6", "Khu phố 6A", "khu phố 9", "Khu phố 22", "khu phố 100", "Khu phố An Hoà"]);
        assert_eq!(collation_key("tổ 06"), collation_key("tổ 6"));
        assert_in_order(&["0", "1", "99999999999999999999", "100000000000000000000"]);
    }

    #[test]
    fn spelling_variants_share_a_key() {
        assert_eq!(collation_key("Hoà"), collation_key("hòa"));
        assert_eq!(collation_key("Hòa"), collation_key("ho\u{300}a"));
        assert_eq!(collation_key("An-Nhơn"), collation_key("an nhơn"));
        assert_ne!(collation_key("Mỹ"), collation_key("Mĩ"));
    }

    #[test]
    fn people_sort_by_given_name_then_the_rest() {
        let mut people = ["Lê Thị Hạ", "Trần Văn Anh", "Nguyễn Văn An", "Bùi Thị Hà", "Đỗ An", "An", "Đinh Thị Đào", "Võ Dân"];
        people.sort_by_key(|name| person_key(name));
        assert_eq!(
            people,
            ["An", "Đỗ An", "Nguyễn Văn An", "Trần Văn Anh", "Võ Dân", "Đinh Thị Đào", "Bùi Thị Hà", "Lê Thị Hạ"]
        );
    }

    #[test]
    fn odd_names_still_have_a_key() {
        assert_eq!(person_key("  "), vec![PART_END]);
        assert!(person_key("Nguyễn Văn Ü") < person_key("Trần 王"));
    }
}
