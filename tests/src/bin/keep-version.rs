//! Keeps the present version in `tests/data/version-{n}`: run once before a protocol or schema goes up.

use std::path::Path;
use std::process::ExitCode;

use fieldbook_protocol::version;
use fieldbook_tests::kept::make::make;

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(format!("version-{}", version::PROTOCOL));
    match make(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            #[allow(clippy::print_stderr, reason = "a program")]
            {
                eprintln!("{trouble}");
            }
            ExitCode::FAILURE
        }
    }
}
