//! Receipts: short codes made on the phone without network, read out over the telephone and typed in again.
//!
//! `KAM-0042-X` is a label (which phone), a counter (which record of that phone) and a check character. Every wrong character and
//! every swap of two characters is noticed.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Digits, then the letters that can be told apart on paper and by ear in Vietnamese: no O, I, S, Z, B (look like figures); one of
/// C/K/Q, N/L/M (kept L, M), D/Đ/T, B/P, S/X, U/V, J/G, I/Y. Their number, 23, is a prime, which the check character relies on.
const ALPHABET: &[u8; 23] = b"0123456789AEFGHKLMPRTVX";
const FIRST_LETTER: u32 = 10;
const LETTERS: u32 = 13;
const MODULUS: u32 = 23;

/// 5 has order 22 modulo 23, so the weights of 22 neighbouring places are all different and none is zero.
const WEIGHT_STEP: u32 = 5;

const LABEL_LENGTH: std::ops::RangeInclusive<usize> = 3..=10;
const COUNTER_DIGITS: usize = 4;

/// The letters at the front of a phone's receipts, unique in the organisation. Three to five in practice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

/// A receipt: prints as `KAM-0042-X`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Receipt {
    label: Label,
    counter: u32,
}

/// What is wrong with a typed receipt, for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Nothing but spaces and hyphens.
    #[error("type the receipt, for example KAM-0042-X")]
    Empty,
    /// A character that no receipt has.
    #[error("receipts have no {0:?}; ask for that character again")]
    BadCharacter(char),
    /// Too few or too many letters at the front.
    #[error("a receipt starts with three letters or a few more, got {0:?}; ask for the start again")]
    Label(String),
    /// The number in the middle is too short, too long or has letters in it.
    #[error("after the letters come four digits or more and one check character, got {0:?}; ask for the number again")]
    Counter(String),
    /// All parts are there but do not belong together.
    #[error("the check character does not fit; one character is wrong or two are swapped, ask for the receipt again")]
    Check,
}

/// The label of the `n`-th phone of an organisation in an epoch (the epoch grows when the server is restored from a backup,
/// so phones enrolled after the backup and forgotten by it never share a label with new ones).
///
/// Different for every pair of `n` and `epoch % 13`. Three letters up to `n` 168, four up to 2.196, five up to 28.560.
#[must_use]
pub fn label_for(n: u32, epoch: u32) -> Label {
    let mut reversed = Vec::new();
    let mut rest = n;
    while rest > 0 || reversed.len() < *LABEL_LENGTH.start() - 1 {
        reversed.push(letter(rest % LETTERS));
        rest /= LETTERS;
    }
    reversed.push(letter(epoch % LETTERS));
    Label(reversed.into_iter().rev().collect())
}

impl Label {
    /// The letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Label {
    type Err = ReceiptError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let letters = characters(text)?;
        if !letters.chars().all(|c| c.is_ascii_alphabetic()) || !LABEL_LENGTH.contains(&letters.len()) {
            return Err(ReceiptError::Label(letters));
        }
        Ok(Self(letters))
    }
}

impl Receipt {
    /// The receipt of the `counter`-th record of the phone with this label.
    #[must_use]
    pub fn new(label: Label, counter: u32) -> Self {
        Self { label, counter }
    }

    /// Which phone made it.
    #[must_use]
    pub fn label(&self) -> &Label {
        &self.label
    }

    /// Which record of that phone it stands for.
    #[must_use]
    pub fn counter(&self) -> u32 {
        self.counter
    }

    /// The last character, computed from all others.
    #[must_use]
    pub fn check_character(&self) -> char {
        let missing = (MODULUS - weighted_sum(&format!("{}0", self.payload()))) % MODULUS;
        char::from(ALPHABET[missing as usize])
    }

    fn payload(&self) -> String {
        format!("{}{:0width$}", self.label, self.counter, width = COUNTER_DIGITS)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:0width$}-{}", self.label, self.counter, self.check_character(), width = COUNTER_DIGITS)
    }
}

impl FromStr for Receipt {
    type Err = ReceiptError;

    /// Takes small letters, spaces, dots and hyphens anywhere, and O for 0, I for 1.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed = characters(text)?;
        let label_end = typed.find(|c: char| c.is_ascii_digit()).unwrap_or(typed.len());
        let (label, number_and_check) = typed.split_at(label_end);
        let label: Label = label.parse().map_err(|_| ReceiptError::Label(label.to_owned()))?;

        let digits = &number_and_check[..number_and_check.len().saturating_sub(1)];
        let malformed = || ReceiptError::Counter(number_and_check.to_owned());
        let is_padded_as_printed =
            digits.len() == COUNTER_DIGITS || (digits.len() > COUNTER_DIGITS && !digits.starts_with('0'));
        if !is_padded_as_printed || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(malformed());
        }
        let counter = digits.parse().map_err(|_| malformed())?;

        if weighted_sum(&typed) != 0 {
            return Err(ReceiptError::Check);
        }
        Ok(Self { label, counter })
    }
}

/// The characters that count, in capitals.
fn characters(text: &str) -> Result<String, ReceiptError> {
    let mut typed = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_separator(*c)) {
        let plain = match c.to_ascii_uppercase() {
            'O' => '0',
            'I' => '1',
            other => other,
        };
        if place(plain).is_none() {
            return Err(ReceiptError::BadCharacter(c));
        }
        typed.push(plain);
    }
    if typed.is_empty() {
        return Err(ReceiptError::Empty);
    }
    Ok(typed)
}

/// The sum over all characters of place in the alphabet × weight, modulo 23; zero for a whole receipt. The check character has weight 1.
fn weighted_sum(typed: &str) -> u32 {
    let mut sum = 0;
    let mut weight = 1;
    for c in typed.chars().rev() {
        sum = (sum + place(c).unwrap_or(0) * weight) % MODULUS;
        weight = weight * WEIGHT_STEP % MODULUS;
    }
    sum
}

fn place(c: char) -> Option<u32> {
    (0_u32..).zip(ALPHABET).find(|(_, known)| char::from(**known) == c).map(|(place, _)| place)
}

fn letter(at: u32) -> char {
    char::from(ALPHABET[(FIRST_LETTER + at % LETTERS) as usize])
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::HashSet;

    fn samples() -> Vec<Receipt> {
        let mut samples = Vec::new();
        for n in [0, 1, 12, 168, 169, 2_197, 28_561, u32::MAX] {
            for counter in [0, 1, 42, 1_234, 9_999, 10_000, 987_654, u32::MAX] {
                samples.push(Receipt::new(label_for(n, n % 5), counter));
            }
        }
        samples
    }

    fn compact(receipt: &Receipt) -> Vec<char> {
        receipt.to_string().chars().filter(|c| *c != '-').collect()
    }

    fn parse(characters: &[char]) -> Result<Receipt, ReceiptError> {
        characters.iter().collect::<String>().parse()
    }

    #[test]
    fn prints_in_groups_and_comes_back() {
        let receipt = Receipt::new(label_for(42, 2), 42);
        assert_eq!(receipt.to_string(), "FGG-0042-F");
        for receipt in samples() {
            assert_eq!(receipt.to_string().parse(), Ok(receipt));
        }
    }

    #[test]
    fn typing_is_forgiven_what_does_not_change_the_code() {
        let receipt = Receipt::new(label_for(7, 0), 105);
        let printed = receipt.to_string();
        let careless = [
            printed.to_lowercase(),
            printed.replace('-', ""),
            printed.replace('-', " "),
            printed.replace('-', "\u{2013}"),
            format!("  {} ", printed.replace('0', "o").replace('1', "I")),
        ];
        for text in careless {
            assert_eq!(text.parse(), Ok(receipt.clone()), "{text}");
        }
    }

    #[test]
    fn every_single_wrong_character_is_noticed() {
        for receipt in samples() {
            let right = compact(&receipt);
            for at in 0..right.len() {
                for wrong in ALPHABET.iter().map(|b| char::from(*b)).filter(|c| *c != right[at]) {
                    let mut typed = right.clone();
                    typed[at] = wrong;
                    assert!(parse(&typed).is_err(), "{receipt}: {wrong} at {at}");
                }
            }
        }
    }

    #[test]
    fn every_swap_of_two_characters_is_noticed() {
        for receipt in samples() {
            let right = compact(&receipt);
            for first in 0..right.len() {
                for second in first + 1..right.len() {
                    if right[first] == right[second] {
                        continue;
                    }
                    let mut typed = right.clone();
                    typed.swap(first, second);
                    assert!(parse(&typed).is_err(), "{receipt}: {first} and {second}");
                }
            }
        }
    }

    #[test]
    fn the_weights_of_the_longest_receipt_are_all_different() {
        let longest = LABEL_LENGTH.end() + u32::MAX.to_string().len() + 1;
        let mut weights = HashSet::new();
        let mut weight = 1;
        for _ in 0..longest {
            assert!(weight != 0 && weights.insert(weight));
            weight = weight * WEIGHT_STEP % MODULUS;
        }
    }

    #[test]
    fn errors_say_what_is_wrong() {
        assert_eq!(" - ".parse::<Receipt>(), Err(ReceiptError::Empty));
        assert_eq!("FGG-0042-Đ".parse::<Receipt>(), Err(ReceiptError::BadCharacter('Đ')));
        assert_eq!("FGS-0042-F".parse::<Receipt>(), Err(ReceiptError::BadCharacter('S')));
        assert_eq!("FG-0042-F".parse::<Receipt>(), Err(ReceiptError::Label("FG".into())));
        assert_eq!("0042".parse::<Receipt>(), Err(ReceiptError::Label(String::new())));
        assert_eq!("FGG-0042".parse::<Receipt>(), Err(ReceiptError::Counter("0042".into())));
        assert_eq!("FGG".parse::<Receipt>(), Err(ReceiptError::Counter(String::new())));
        assert_eq!("FGG-00420-3".parse::<Receipt>(), Err(ReceiptError::Counter("004203".into())));
        assert_eq!("FGG-99999999999-3".parse::<Receipt>(), Err(ReceiptError::Counter("999999999993".into())));
        assert_eq!("FGG-0043-F".parse::<Receipt>(), Err(ReceiptError::Check));
    }

    #[test]
    fn labels_are_unique_per_phone_and_epoch() {
        let mut seen = HashSet::new();
        for epoch in 0..13 {
            for n in 0..3_000 {
                assert!(seen.insert(label_for(n, epoch)), "{n} in {epoch}");
            }
        }
        assert_eq!(label_for(168, 0).as_str().len(), 3);
        assert_eq!(label_for(2_196, 0).as_str().len(), 4);
        assert_eq!(label_for(28_560, 0).as_str().len(), 5);
        assert_eq!(label_for(u32::MAX, 0).as_str().len(), 10);
    }

    #[test]
    fn a_label_parses_only_as_letters() {
        assert_eq!("fgg".parse::<Label>().unwrap().as_str(), "FGG");
        assert_eq!("FG7".parse::<Label>(), Err(ReceiptError::Label("FG7".into())));
        assert_eq!("FG".parse::<Label>(), Err(ReceiptError::Label("FG".into())));
    }
}
