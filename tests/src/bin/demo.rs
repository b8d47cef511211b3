//! `make demo` and `make serve`: see [`fieldbook_tests::demo`].

use std::path::Path;
use std::process::ExitCode;

#[tokio::main]
#[allow(clippy::print_stderr, reason = "a command says what failed")]
async fn main() -> ExitCode {
    let stays = std::env::args().any(|argument| argument == "--serve");
    let done = if stays {
        fieldbook_tests::demo::serve(Path::new("target/serve")).await
    } else {
        fieldbook_tests::demo::run(Path::new("target/demo")).await
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("\nThe story broke off: {trouble}");
            ExitCode::FAILURE
        }
    }
}
