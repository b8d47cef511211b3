//! A server that stays, filled like the one of the story, and how to enrol a phone on it.

use std::path::Path;

use super::{Done, cast, say, title};
use crate::office::{Office, Transport};

/// Starts (or goes on with) the organisation in `folder` over TLS with its own root, prints how to enrol, and waits for Ctrl-C.
pub async fn serve(folder: &Path) -> Done {
    let data = folder.join("office");
    let mut office = if data.exists() {
        Office::open(&data, Transport::OwnRoot)
    } else {
        std::fs::create_dir_all(folder).map_err(super::trouble)?;
        title("A new organisation");
        let office = Office::create(&data, "Sổ Địa Bàn – bản thử", Transport::OwnRoot)?;
        cast::fill(&office)?;
        office
    };
    office.start()?;
    title(&format!("The server listens on {}", office.url()));
    let url = office.url().to_owned();
    for name in [cast::LIAISON, cast::HEAD] {
        let code = office.invite(&["--person", name], &url)?;
        say(&format!(
            "{name}: target/debug/phone --dir /tmp/phone-of-{} enrol {code}",
            if name == cast::HEAD { "head" } else { "liaison" }
        ));
    }
    say(&format!("its folder: {}; its commands: target/debug/fieldbook-server --data … office list", data.display()));
    say("Ctrl-C stops it; what it holds stays.");
    tokio::signal::ctrl_c().await.map_err(super::trouble)?;
    office.stop()
}
