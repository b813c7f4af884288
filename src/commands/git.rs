//! Asks git which files and lines a change touched.

use std::process::Command;

use dateline::error::Error;
use dateline::sieve::changed::{Changes, Lines};

/// What differs from where `revision` and the working tree part, and what git does not know yet.
pub(super) fn changes(revision: &str) -> Result<Changes, Error> {
    let diff = git(&[
        // Programs that a repository's configuration names are not run.
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=true",
        "diff",
        "--unified=0",
        "--no-prefix",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--relative",
        "--find-renames",
        "--merge-base",
        "--end-of-options",
        revision,
        "--",
    ])?;
    let mut changes = Changes::parse(&String::from_utf8_lossy(&diff));
    let new =
        git(&["-c", "core.fsmonitor=false", "ls-files", "--others", "--exclude-standard", "-z"])?;
    for name in new.split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
        changes.0.insert(String::from_utf8_lossy(name).into_owned(), Lines::All);
    }
    Ok(changes)
}

fn git(arguments: &[&str]) -> Result<Vec<u8>, Error> {
    let failed = |problem: String| {
        Error::usage(
            format!("git does not tell what changed: {problem}"),
            "run it in a git repository that holds the revision and the history up to it (for \
             actions/checkout: fetch-depth: 0)",
        )
    };
    let output = Command::new("git").args(arguments).output();
    let output = output.map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(said.trim().trim_start_matches("fatal: ").to_owned()))
}
