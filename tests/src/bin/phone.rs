//! A phone without a screen: every call opens the notebook, does one thing and ends.

use std::process::ExitCode;

use clap::Parser as _;
use fieldbook_tests::phone::{Command, run};

fn main() -> ExitCode {
    run(Command::parse())
}
