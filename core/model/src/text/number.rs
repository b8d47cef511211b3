//! Numbers the Vietnamese way: a point between thousands, a comma before decimals.

use thiserror::Error;

/// Why a typed number was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("type a number, for example 1.039")]
    Empty,
    /// Something other than digits, or points in the wrong places.
    #[error("{0:?} is not a whole number; write it like 1039 or 1.039")]
    Malformed(String),
    /// Larger than a count can be.
    #[error("{0:?} is too large")]
    TooLarge(String),
}

/// A whole number with points between thousands: `1.039`.
#[must_use]
pub fn format_integer(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A decimal given as a whole number of its smallest place: `format_decimal(12345, 1)` is `1.234,5`. Trailing zeros are dropped.
#[must_use]
pub fn format_decimal(scaled: i64, places: u32) -> String {
    let Some(unit) = 10_i64.checked_pow(places) else {
        return format_decimal(scaled / 10, places - 1);
    };
    let (whole, part) = (scaled / unit, (scaled % unit).unsigned_abs());
    let sign = if scaled < 0 && whole == 0 { "-" } else { "" };
    let digits = format!("{part:0width$}", width = places as usize);
    let decimals = digits.trim_end_matches('0');
    if decimals.is_empty() {
        return format_integer(whole);
    }
    format!("{sign}{},{decimals}", format_integer(whole))
}

/// `part` of `whole` in percent, rounded half up to two places, trailing zeros dropped: `48 %`, `48,6 %`, `96,15 %`.
///
/// `None` when `whole` is zero: there is no share of nothing, the caller says so in words.
#[must_use]
pub fn format_percent(part: u64, whole: u64) -> Option<String> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let hundredths = (part * 20_000 + whole).checked_div(2 * whole)?;
    let hundredths = i64::try_from(hundredths).unwrap_or(i64::MAX);
    Some(format!("{} %", format_decimal(hundredths, 2)))
}

/// A data size in the decimal units that phone plans are sold in: `850 B`, `12 KB`, `1,2 MB`. At most one decimal, rounded half up.
#[must_use]
pub fn format_bytes(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut tenths_in_unit: u64 = 100;
    let mut unit = 0;
    // 999.950 B already rounds to 1 MB.
    while unit + 1 < UNITS.len() && tenths(bytes, tenths_in_unit) >= 10_000 {
        tenths_in_unit *= 1000;
        unit += 1;
    }
    let tenths = i64::try_from(tenths(bytes, tenths_in_unit)).unwrap_or(i64::MAX);
    format!("{} {}", format_decimal(tenths, 1), UNITS[unit])
}

/// Reads a whole number typed with or without points between thousands.
///
/// # Errors
/// [`NumberError`] when nothing, something else, or too many digits were typed. `1,5` and `1.5` are refused rather than guessed.
pub fn parse_integer(text: &str) -> Result<u64, NumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let groups: Vec<&str> = text.split('.').collect();
    let all_digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let grouped_in_thousands = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !all_digits || !grouped_in_thousands {
        return Err(NumberError::Malformed(text.to_owned()));
    }
    groups.concat().parse().map_err(|_| NumberError::TooLarge(text.to_owned()))
}

fn tenths(bytes: u64, tenth: u64) -> u64 {
    bytes / tenth + u64::from(bytes % tenth >= tenth.div_ceil(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_by_points() {
        assert_eq!(format_integer(0), "0");
        assert_eq!(format_integer(999), "999");
        assert_eq!(format_integer(1039), "1.039");
        assert_eq!(format_integer(-1_234_567), "-1.234.567");
        assert_eq!(format_integer(i64::MIN), "-9.223.372.036.854.775.808");
    }

    #[test]
    fn the_figures_of_the_articles_come_out() {
        let percent = |part, whole| format_percent(part, whole).unwrap_or_default();
        assert_eq!(percent(24, 50), "48 %");
        assert_eq!(percent(24, 48), "50 %");
        assert_eq!(percent(4, 8), "50 %");
        assert_eq!(percent(104, 214), "48,6 %");
        assert_eq!(percent(10, 10), "100 %");
        assert_eq!(percent(999, 1039), "96,15 %");
        assert_eq!(percent(14, 15), "93,33 %");
        assert_eq!(format_integer(1039 - 999), "40");
        assert_eq!(format_integer(369), "369");
    }

    #[test]
    fn a_percent_rounds_half_up() {
        assert_eq!(format_percent(1, 3).as_deref(), Some("33,33 %"));
        assert_eq!(format_percent(2, 3).as_deref(), Some("66,67 %"));
        assert_eq!(format_percent(1, 800).as_deref(), Some("0,13 %"));
        assert_eq!(format_percent(0, 5).as_deref(), Some("0 %"));
        assert_eq!(format_percent(3, 2).as_deref(), Some("150 %"));
        assert_eq!(format_percent(u64::MAX, u64::MAX).as_deref(), Some("100 %"));
    }

    #[test]
    fn a_share_of_nothing_has_no_percent() {
        assert_eq!(format_percent(0, 0), None);
    }

    #[test]
    fn decimals_use_a_comma() {
        assert_eq!(format_decimal(12_345, 1), "1.234,5");
        assert_eq!(format_decimal(-5, 1), "-0,5");
        assert_eq!(format_decimal(-105, 2), "-1,05");
        assert_eq!(format_decimal(1200, 2), "12");
        assert_eq!(format_decimal(7, 0), "7");
        assert_eq!(format_decimal(5, 30), "0");
    }

    #[test]
    fn sizes_use_the_units_of_phone_plans() {
        assert_eq!(format_bytes(0), "0 B");
        assert_eq!(format_bytes(999), "999 B");
        assert_eq!(format_bytes(1000), "1 KB");
        assert_eq!(format_bytes(12_000), "12 KB");
        assert_eq!(format_bytes(200_449), "200,4 KB");
        assert_eq!(format_bytes(999_949), "999,9 KB");
        assert_eq!(format_bytes(999_950), "1 MB");
        assert_eq!(format_bytes(1_234_567), "1,2 MB");
        assert_eq!(format_bytes(1_250_000), "1,3 MB");
        assert_eq!(format_bytes(3_500_000_000), "3,5 GB");
        assert_eq!(format_bytes(u64::MAX), "18.446.744,1 TB");
    }

    #[test]
    fn typed_numbers_are_read_or_refused_never_guessed() {
        assert_eq!(parse_integer(" 1.039 "), Ok(1039));
        assert_eq!(parse_integer("1039"), Ok(1039));
        assert_eq!(parse_integer(""), Err(NumberError::Empty));
        for wrong in ["1.5", "1,5", "12.34.567", "1..039", "-3", "mười", "1039.000", ".039"] {
            assert_eq!(parse_integer(wrong), Err(NumberError::Malformed(wrong.to_owned())));
        }
        assert!(matches!(parse_integer("99999999999999999999"), Err(NumberError::TooLarge(_))));
    }
}
