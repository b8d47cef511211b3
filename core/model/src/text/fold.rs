//! The two search forms of a text: `norm` answers queries typed with marks, `fold` answers those without (UX-9).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letter::{Letter, letters, place_tones, write_y_as_i};

/// The exact search form: NFC, lower case, white space collapsed, one spelling for each pair of accepted spellings.
///
/// `hoà` and `hòa` give `hòa`; `Mỹ` and `Mĩ` give `mĩ`. Meant for an index and for comparing, never for showing:
/// `hoàn` becomes `hòan`. For two texts `a`, `b` where `a` is `b` typed up to the end of a vowel group, `norm(a)` is a prefix of
/// `norm(b)`, so prefix search works on it.
#[must_use]
pub fn norm(text: &str) -> String {
    with_marks(&spelled_one_way(text))
}

/// The forgiving search form: [`norm`] with every mark stripped and đ written d.
#[must_use]
pub fn fold(text: &str) -> String {
    without_marks(&spelled_one_way(text))
}

/// Both search forms: [`norm`] and [`fold`].
#[must_use]
pub fn search_forms(text: &str) -> (String, String) {
    let letters = spelled_one_way(text);
    (with_marks(&letters), without_marks(&letters))
}

/// Whether the text carries any tone, quality mark or đ: such a query asks [`norm`], any other asks [`fold`].
#[must_use]
pub fn has_marks(text: &str) -> bool {
    text.nfd().any(|c| is_combining_mark(c) || matches!(c, 'đ' | 'Đ'))
}

fn with_marks(letters: &[Letter]) -> String {
    let mut line = Line::of(letters.len() * 2);
    let mut is_composed = true;
    for letter in letters {
        match letter.composed() {
            Some(c) => line.push(c),
            None => {
                is_composed = false;
                letter.parts().for_each(|c| line.push(c));
            }
        }
    }
    if is_composed { line.text } else { line.text.nfc().collect() }
}

fn without_marks(letters: &[Letter]) -> String {
    let mut line = Line::of(letters.len());
    for letter in letters {
        line.push(if letter.base == 'đ' { 'd' } else { letter.base });
    }
    line.text
}

fn spelled_one_way(text: &str) -> Vec<Letter> {
    let mut letters = letters(text);
    place_tones(&mut letters);
    write_y_as_i(&mut letters);
    letters
}

/// A text in which white space of any kind and length is one space between words.
struct Line {
    text: String,
    is_between: bool,
}

impl Line {
    fn of(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), is_between: false }
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.is_between = !self.text.is_empty();
            return;
        }
        if std::mem::take(&mut self.is_between) {
            self.text.push(' ');
        }
        self.text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_text_are_the_same() {
        let composed = "Phường Đạo Thạnh, ấp An Định";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(norm(composed), norm(&decomposed));
        assert_eq!(norm(composed), "phường đạo thạnh, ấp an định");
    }

    #[test]
    fn every_letter_comes_out_composed() {
        let vowels = "aăâeêioôơuưy";
        for vowel in vowels.chars() {
            for tone in ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"] {
                let composed: String = format!("b{vowel}{tone}").nfc().collect();
                let spelled: String = composed.nfd().map(|c| if c == 'y' { 'i' } else { c }).nfc().collect();
                assert_eq!(norm(&composed), spelled);
                assert_eq!(norm(&composed.nfd().collect::<String>()), spelled);
            }
        }
    }

    #[test]
    fn other_scripts_come_out_as_unicode_composes_them() {
        for text in [
            "한국",
            "ḹ",
            "a\u{308}\u{323}",
            "e\u{302}\u{301}\u{300}",
            "ё",
            "ά",
            "ﬁ",
            "\u{37e}",
            "\u{1fef}",
            "\u{212b}",
            "\u{1100}\u{1161}",
        ] {
            let normal: String = text.to_lowercase().nfc().collect();
            assert_eq!(norm(text), normal, "{text}");
        }
    }

    #[test]
    fn signs_between_vietnamese_words_change_nothing_about_the_letters() {
        let text = "“Hoà Bình” – khu phố 2…";
        assert_eq!(search_forms(text), ("“hòa bình” – khu phố 2…".into(), "“hoa binh” – khu pho 2…".into()));
        let decomposed: String = text.nfd().collect();
        assert_eq!(search_forms(&decomposed), search_forms(text));
    }

    #[test]
    fn the_quick_way_and_the_way_of_any_script_agree() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            for text in [format!("o{c}a"), format!("{c}u{c}y"), format!("{c} y"), format!("Q{c}ý")] {
                // A letter of another script sends the whole text the other way.
                let other = format!("{text} б");
                let (norm, fold) = search_forms(&other);
                assert_eq!(
                    search_forms(&text),
                    (norm.trim_end_matches(" б").into(), fold.trim_end_matches(" б").into()),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn both_tone_placements_are_found() {
        for (old, new) in [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thúy", "thuý"), ("ủy ban", "uỷ ban"), ("tòa án", "toà án")]
        {
            assert_eq!(norm(old), norm(new), "{old}");
            assert_eq!(norm(old), old, "the older placement is the stored one");
        }
        assert_eq!(norm("khóang"), norm("khoáng"));
        assert_eq!(norm("qủa"), norm("quả"));
        assert_eq!(norm("Qúy"), norm("quý"));
    }

    #[test]
    fn both_spellings_with_i_and_y_are_found() {
        for (y, i) in [
            ("Mỹ Phong", "Mĩ Phong"),
            ("kỹ sư", "kĩ sư"),
            ("lý do", "lí do"),
            ("quý", "quí"),
            ("Quỳnh", "Quình"),
            ("công ty", "công ti"),
        ] {
            assert_eq!(norm(y), norm(i));
            assert_eq!(fold(y), fold(i));
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [
            ("tay", "tai"),
            ("thúy", "thúi"),
            ("hoa", "hòa"),
            ("múa", "mùa"),
            ("ý", "í"),
            ("yên", "iên"),
            ("mây", "mâi"),
            ("đạo", "dạo"),
            ("ơn", "ôn"),
        ] {
            assert_ne!(norm(a), norm(b), "{a} / {b}");
        }
    }

    #[test]
    fn a_word_being_typed_is_a_prefix_of_the_whole() {
        for (typed, whole) in [
            ("hòa", "hoàn"),
            ("hoà", "hoàn"),
            ("quy", "quyết"),
            ("qu", "Quỳnh"),
            ("hò", "hoà"),
            ("huy", "huyện"),
            ("my", "Mỹ Thạnh"),
        ] {
            let (typed_norm, typed_fold) = (norm(typed), fold(typed));
            assert!(fold(whole).starts_with(&typed_fold), "{typed}");
            assert!(!has_marks(typed) || norm(whole).starts_with(&typed_norm), "{typed}");
        }
    }

    #[test]
    fn fold_strips_stacked_marks_and_d_with_stroke() {
        assert_eq!(fold("Đường ĐƯỢC Nghỉ"), "duong duoc nghi");
        assert_eq!(fold("Khu phố Bình Phong"), "khu pho binh phong");
    }

    #[test]
    fn white_space_of_every_kind_is_one_space() {
        assert_eq!(norm("  khu\u{a0}phố\n\t22 \u{200b}"), "khu phố 22");
        assert_eq!(fold(""), "");
        assert_eq!(norm(" \u{feff} "), "");
    }

    #[test]
    fn both_forms_are_stable_when_applied_twice() {
        for text in ["Uỷ ban nhân dân phường Mỹ Phong", "qúy vị", "Ốc bươu vàng, naïve café", "\u{301}x", "Hoà Mỹ Thuý Quỳnh"]
        {
            assert_eq!(norm(&norm(text)), norm(text));
            assert_eq!(fold(&fold(text)), fold(text));
            assert_eq!(fold(&norm(text)), fold(text));
        }
    }

    #[test]
    fn only_marked_text_counts_as_marked() {
        assert!(has_marks("Mỹ"));
        assert!(has_marks("My\u{303}"));
        assert!(has_marks("Dao Đ"));
        assert!(!has_marks("khu pho 22, so 1.039"));
    }
}
