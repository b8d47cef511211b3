//! `make bench`: prints the measured figures beside their floors and peers and writes `target/bench.json`.

#![allow(clippy::print_stderr, clippy::print_stdout)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use clap::builder::PossibleValuesParser;
use fieldbook_tests::bench::{self, Extent, Measured, PARTS, look, peer};

/// Measures bytes, requests and times.
#[derive(Debug, Parser)]
struct Command {
    /// Everything once and small, only to see that it works.
    #[arg(long)]
    small: bool,
    /// Only these parts: wire, cuts, save, look, load, neighbours, refill, slow.
    #[arg(long, value_delimiter = ',', value_parser = PossibleValuesParser::new(PARTS.map(|(name, _)| name)))]
    only: Vec<String>,
    /// Cases on the phone that is searched.
    #[arg(long)]
    cases: Option<usize>,
    /// Where to put the figures.
    #[arg(long, default_value = "target/bench.json")]
    json: PathBuf,
    /// Where the databases lie meanwhile; on the disk that matters.
    #[arg(long, default_value = "target")]
    folder: PathBuf,
    /// Instead of measuring: writes the visits and the photo that all peers are given.
    #[arg(long, value_name = "FOLDER")]
    export_visits: Option<PathBuf>,
    /// Instead of measuring: a server and a phone that do with those visits what is said on standard input.
    #[arg(long, value_name = "FOLDER")]
    peer: Option<PathBuf>,
    /// Instead of measuring: lists and searches in this phone's database, and says how much memory that took.
    #[arg(long, value_name = "DATABASE")]
    look_at: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The measurement stopped: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> Measured<()> {
    if let Some(exported) = &command.export_visits {
        return peer::export(exported);
    }
    if let Some(database) = &command.look_at {
        println!("{:.1}", look::look_at(database)?);
        return Ok(());
    }
    std::fs::create_dir_all(&command.folder)?;
    let folder = tempfile::Builder::new().prefix("bench-").tempdir_in(&command.folder)?;
    if let Some(exported) = &command.peer {
        return peer::obey(exported, folder.path(), &mut std::io::stdin().lock(), &mut std::io::stdout().lock());
    }
    let extent = if command.small { Extent::SMALL } else { Extent::FULL };
    let extent = Extent { cases: command.cases.unwrap_or(extent.cases), ..extent };
    bench::run(extent, &command.only, folder.path(), &command.json, &mut std::io::stdout().lock())?;
    Ok(())
}
