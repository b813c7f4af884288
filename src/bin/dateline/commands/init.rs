//! `dateline init`: writes a configuration that explains itself, and says what to do next.

use std::fs::OpenOptions;
use std::io::Write;

use dateline::config::file::NAME;
use dateline::error::{Error, Exit};

use super::print;

/// The configuration that is written; it changes nothing until its lines are edited.
const SAMPLE: &str = include_str!("dateline.toml");

const NEXT: &str = "\
dateline.toml is written; it explains itself. Next:

  dateline check                       what does not fit today
  dateline check --write-baseline      know it: from then on only what is new fails
  dateline check                       green until something new does not fit

Add dateline.toml and dateline-baseline.json to the repository.
";

/// Writes the file, if there is none.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn init() -> Result<Exit, Error> {
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(NAME)
        .and_then(|mut file| file.write_all(SAMPLE.as_bytes()));
    match written {
        Ok(()) => print(NEXT),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(Error::usage(
            format!("there is a {NAME} already"),
            "edit it; `dateline config` prints what is in force",
        )),
        Err(error) => Err(Error::Output { to: NAME.to_owned(), error }),
    }
}
