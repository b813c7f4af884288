//! Asks git which files and lines a change touched.

use std::fs;
use std::io::ErrorKind;
use std::process::Command;

use dateline::address;
use dateline::error::Error;
use dateline::suppress::changed::Changes;

/// What differs from where `revision` and the working tree part, and what git does not know yet.
/// The inputs must stand in the repository: of others git tells nothing.
pub(super) fn changes(revision: &str, inputs: &[String]) -> Result<Changes, Error> {
    let root = line(&["rev-parse", "--show-toplevel"])?;
    let folder = line(&["rev-parse", "--show-prefix"])?;
    inputs.iter().try_for_each(|input| stands_in(&root, input))?;
    let diff = git(&[
        // The lines around a change are not of it, also where git asks itself about a submodule.
        "-c",
        "diff.context=0",
        "-c",
        "core.quotePath=true",
        "diff",
        "--no-prefix",
        "--no-color",
        // Programs that a repository's configuration names are not run.
        "--no-ext-diff",
        "--no-textconv",
        "--no-relative",
        "--submodule=diff",
        "--find-renames",
        "--merge-base",
        "--end-of-options",
        revision,
        "--",
    ])?;
    let changes = Changes::parse(&String::from_utf8_lossy(&diff));
    let mut changes = changes.within(&root, &folder);
    let new = git(&["-C", &root, "ls-files", "--others", "--exclude-standard", "-z"])?;
    for name in new.split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
        changes.add(String::from_utf8_lossy(name).into_owned());
    }
    Ok(changes)
}

/// An input that git knows nothing of would be left out without a word.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn stands_in(root: &str, input: &str) -> Result<(), Error> {
    let outside = |input: &str| {
        Error::usage(
            format!("{input} is no file of the git repository {root}"),
            "name files of the repository, or leave out --changed-since",
        )
    };
    if input == "-" || address::web_address(input).is_some() {
        return Err(outside(input));
    }
    // A glob, and what is not there, is for reading to tell of.
    let Ok(path) = fs::canonicalize(input) else { return Ok(()) };
    let inside = fs::canonicalize(root).is_ok_and(|root| path.starts_with(root));
    if inside { Ok(()) } else { Err(outside(input)) }
}

fn line(arguments: &[&str]) -> Result<String, Error> {
    let said = String::from_utf8_lossy(&git(arguments)?).into_owned();
    Ok(said.trim_end_matches(['\n', '\r']).to_owned())
}

#[expect(clippy::disallowed_methods, reason = "the program's edge: git says what changed")]
fn git(arguments: &[&str]) -> Result<Vec<u8>, Error> {
    let failed = |problem: &str, help: &str| {
        Error::usage(format!("git does not tell what changed: {problem}"), help)
    };
    let mut git = Command::new("git");
    git.args(["-c", "core.fsmonitor=false"]).args(arguments);
    let output = git.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => {
            failed("it is not installed", "install git, or leave out --changed-since")
        }
        _ => failed(&error.to_string(), "see that git can be run here"),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    Err(failed(said, remedy()))
}

/// What to do, by what kind of clone this is.
#[expect(clippy::disallowed_methods, reason = "the program's edge: git says what changed")]
fn remedy() -> &'static str {
    let mut git = Command::new("git");
    let shallow = git.args(["rev-parse", "--is-shallow-repository"]).output();
    if shallow.is_ok_and(|output| output.stdout.starts_with(b"true")) {
        "this clone is shallow: fetch the history up to the revision (`git fetch --unshallow`; for \
         actions/checkout, fetch-depth: 0)"
    } else {
        "run it in a git repository that holds the revision"
    }
}
