//! The measurements behind `make bench`: bytes and requests as counted on the wire, times beside their floor in the same
//! run, and what others needed for the same visits.
//!
//! Absolute times depend on the machine and on what else it does; ratios and bytes do not, or hardly.

pub mod cuts;
pub mod facts;
pub mod floor;
pub mod load;
pub mod look;
pub mod neighbours;
pub mod organisation;
pub mod peer;
pub mod phone;
pub mod process;
pub mod refill;
pub mod report;
pub mod save;
pub mod sender;
pub mod setting;
pub mod slow;
pub mod times;
pub mod visits;
pub mod wire;

use std::io::Write;
use std::path::Path;

use report::Report;

/// What a measurement gives, or what went wrong with it.
pub type Measured<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures one subject with databases in a folder of its own, and adds the figures to the report.
pub type Part = fn(&mut Report, Extent, &Path) -> Measured<()>;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Visits saved without network, then sent.
    pub backlog: usize,
    /// Visits saved to take the time of it.
    pub saves: usize,
    /// Cases on the phone that is searched.
    pub cases: usize,
    /// Facts on the phone whose views are built anew.
    pub rebuilt: usize,
    /// Facts of a commune that a new phone fetches.
    pub first_sync: usize,
    /// Phones that push at once.
    pub phones: usize,
    /// Visits that each of them pushes.
    pub pushes: usize,
    /// Facts that one phone sends while eight others work.
    pub large_push: usize,
}

impl Extent {
    /// What the targets name.
    pub const FULL: Self = Self {
        backlog: 1_000,
        saves: 1_000,
        cases: 100_000,
        rebuilt: 50_000,
        first_sync: 10_000,
        phones: 40,
        pushes: 240,
        large_push: 100_000,
    };
    /// Everything once, to see that it works.
    pub const SMALL: Self =
        Self { backlog: 40, saves: 40, cases: 500, rebuilt: 400, first_sync: 400, phones: 4, pushes: 10, large_push: 2_000 };
}

/// The parts by their names, in the order they are measured.
pub const PARTS: [(&str, Part); 8] = [
    ("wire", wire::measure),
    ("cuts", cuts::measure),
    ("save", save::measure),
    ("look", look::measure),
    ("load", load::measure),
    ("neighbours", neighbours::measure),
    ("refill", refill::measure),
    ("slow", slow::measure),
];

/// Measures the parts named in `only`, or all when it names none; prints each as it is done, and writes the figures to `json`.
/// `folder` is for the databases and should lie on the disk that matters.
pub fn run(extent: Extent, only: &[String], folder: &Path, json: &Path, out: &mut dyn Write) -> Measured<Report> {
    let mut report = Report::default();
    for (name, measure) in PARTS.into_iter().filter(|(name, _)| only.is_empty() || only.iter().any(|wanted| wanted == name)) {
        let own = folder.join(name);
        std::fs::create_dir_all(&own)?;
        measure(&mut report, extent, &own)?;
        report.print_last(out)?;
    }
    if let Some(parent) = json.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(json, format!("{:#}\n", report.json()))?;
    writeln!(out, "\nFigures in {}", json.display())?;
    Ok(report)
}
