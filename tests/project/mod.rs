//! A folder with a git repository, in which dateline runs as a person runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// An article of 2018 with room for links.
pub(crate) fn article(links: &str) -> String {
    format!(
        "---\ndate: 2018-05-25\n---\n\n# The Council Meets Again\n\nThe council met on Friday.\n\n{links}\n"
    )
}

/// A link that a piece of 2018 cannot have held.
pub(crate) fn late(name: &str) -> String {
    format!("See [the report](https://news.example/2025/10/17/{name}) for more.\n")
}

/// A folder with a git repository, in which dateline runs.
pub(crate) struct Project(TempDir);

impl Project {
    /// A new one, with nothing in it.
    pub(crate) fn new() -> Self {
        let project = Self(TempDir::new().expect("a folder"));
        project.git(&["init", "-q"]);
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("the file can be read")
    }

    /// Runs git in it.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(identity).args(arguments);
        assert!(git.status().expect("git runs").success(), "git {arguments:?}");
    }

    /// What git prints.
    pub(crate) fn git_line(&self, arguments: &[&str]) -> String {
        let output = Command::new("git").current_dir(self.path()).args(arguments).output();
        String::from_utf8(output.expect("git runs").stdout).expect("UTF-8")
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", "a change"]);
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.output(arguments);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
    }

    pub(crate) fn output(&self, arguments: &[&str]) -> Output {
        self.dateline(arguments).env("NO_COLOR", "1").output().expect("dateline runs")
    }

    /// dateline with these arguments, and nothing in the environment that would change what it
    /// prints.
    pub(crate) fn dateline(&self, arguments: &[&str]) -> Command {
        let mut dateline = Command::new(env!("CARGO_BIN_EXE_dateline"));
        dateline.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        for name in [
            "CLICOLOR_FORCE",
            "COLUMNS",
            "FORCE_HYPERLINK",
            "GITHUB_STEP_SUMMARY",
            "NO_COLOR",
            "TERM",
        ] {
            dateline.env_remove(name);
        }
        dateline
    }

    /// Checks without a network; gives back the exit code and the addresses found.
    pub(crate) fn check(&self, arguments: &[&str]) -> (i32, Vec<String>) {
        let all = [&["check", "--offline", "--format", "csv"], arguments].concat();
        let output = self.output(&all);
        let mut rows = csv::Reader::from_reader(output.stdout.as_slice());
        let rows = rows.records().map(|row| {
            let row = row.expect("a row");
            format!("{} {} {}", &row[0], &row[6], row[10].rsplit('/').next().unwrap_or_default())
        });
        (output.status.code().unwrap_or(-1), rows.collect())
    }
}
