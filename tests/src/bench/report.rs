//! Figures with their targets and what stands beside them: a table to read, and JSON to compare runs by.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// Only to be known.
    None,
    /// Not more than this.
    AtMost(f64),
    /// Not less than this.
    AtLeast(f64),
}

/// One measured figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// Place in the JSON, with a dot: `one_visit.bytes`.
    pub key: &'static str,
    /// What was measured.
    pub what: &'static str,
    /// The value.
    pub value: f64,
    /// What it counts.
    pub unit: &'static str,
    /// What it must be.
    pub target: Target,
    /// The floor of the same run, or what others need for the same.
    pub beside: String,
}

impl Figure {
    /// Whether it is what it must be.
    pub fn holds(&self) -> bool {
        self.missed_by() <= 0.0
    }

    /// By how much of its target it misses it; 0 or less when it holds.
    fn missed_by(&self) -> f64 {
        match self.target {
            Target::None => 0.0,
            Target::AtMost(most) => self.value / most - 1.0,
            Target::AtLeast(least) => 1.0 - self.value / least,
        }
    }
}

/// Everything one run measured, under headings, in the order measured.
#[derive(Debug, Default)]
pub struct Report {
    parts: Vec<(String, Vec<Figure>)>,
}

impl Report {
    /// Begins a part and says what is measured in it.
    pub fn part(&mut self, title: impl Into<String>) {
        self.parts.push((title.into(), Vec::new()));
    }

    /// Adds a figure to the part begun last.
    pub fn add(&mut self, figure: Figure) {
        if self.parts.is_empty() {
            self.part("");
        }
        if let Some((_, figures)) = self.parts.last_mut() {
            figures.push(figure);
        }
    }

    /// All figures.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.parts.iter().flat_map(|(_, figures)| figures)
    }

    /// The part begun last, as a table.
    pub fn print_last(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some((title, figures)) = self.parts.last() else {
            return Ok(());
        };
        writeln!(out, "\n{title}")?;
        for figure in figures {
            let target = match figure.target {
                Target::None => String::new(),
                Target::AtMost(most) => format!("≤ {}", number(most)),
                Target::AtLeast(least) => format!("≥ {}", number(least)),
            };
            let verdict = match (figure.target, figure.holds()) {
                (Target::None, _) => ' ',
                (_, true) => '✓',
                (_, false) => '✗',
            };
            let value = format!("{} {}", number(figure.value), figure.unit);
            let missed = match figure.holds() {
                true => String::new(),
                false => format!("missed by {:.0} %  ", 100.0 * figure.missed_by()),
            };
            writeln!(out, "  {verdict} {:<50} {value:>16}  {target:<10} {missed}{}", figure.what, figure.beside)?;
        }
        out.flush()
    }

    /// Every figure under its key.
    pub fn json(&self) -> Value {
        let mut all = Map::new();
        for figure in self.figures() {
            let (group, name) = figure.key.split_once('.').unwrap_or(("other", figure.key));
            let rounded = (figure.value * 1000.0).round() / 1000.0;
            let value = if rounded.fract() == 0.0 { json!(rounded as i64) } else { json!(rounded) };
            if let Some(group) = all.entry(group).or_insert_with(|| json!({})).as_object_mut() {
                group.insert(name.to_owned(), value);
            }
        }
        Value::Object(all)
    }
}

/// With as many decimals as say something, thousands apart.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        large if large >= 100.0 || large.fract() == 0.0 => 0,
        middling if middling >= 10.0 => 1,
        _ => 2,
    };
    let plain = format!("{value:.decimals$}");
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(key: &'static str, value: f64, target: Target) -> Figure {
        Figure { key, what: "something", value, unit: "B", target, beside: String::new() }
    }

    #[test]
    fn a_figure_holds_when_it_is_on_the_right_side_of_its_target() {
        assert!(figure("a.b", 700.0, Target::AtMost(700.0)).holds());
        assert!(!figure("a.b", 701.0, Target::AtMost(700.0)).holds());
        assert!(!figure("a.b", 2_999.0, Target::AtLeast(3_000.0)).holds());
    }

    #[test]
    fn keys_with_a_dot_become_groups() {
        let mut report = Report::default();
        report.part("sizes");
        report.add(figure("one_visit.bytes", 512.0, Target::None));
        report.add(figure("one_visit.requests", 1.0, Target::None));
        report.add(figure("save.ratio_p50", 1.12345, Target::None));
        assert_eq!(report.json(), json!({"one_visit": {"bytes": 512, "requests": 1}, "save": {"ratio_p50": 1.123}}));
    }

    #[test]
    fn numbers_are_grouped_and_short() {
        let written: Vec<String> = [512.0, 1_234_567.0, 12.345, 0.127, -1_500.0, 100.4].map(number).into();
        assert_eq!(written, ["512", "1,234,567", "12.3", "0.13", "-1,500", "100"]);
    }
}
