//! dateline in a pipeline, as a person sets it up: configuration, baseline, suppressions, changes,
//! repairs, and the files that the documentation shows.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// An article of 2018 with room for links.
fn article(links: &str) -> String {
    format!(
        "---\ndate: 2018-05-25\n---\n\n# The Council Meets Again\n\nThe council met on Friday.\n\n{links}\n"
    )
}

/// A link that a piece of 2018 cannot have held.
fn late(name: &str) -> String {
    format!("See [the report](https://news.example/2025/10/17/{name}) for more.\n")
}

/// A folder with a git repository, in which dateline runs.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(TempDir::new().expect("a folder"));
        project.git(&["init", "-q"]);
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("the file can be read")
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(identity).args(arguments);
        assert!(git.status().expect("git runs").success(), "git {arguments:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "-q", "-m", "a change"]);
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.output(arguments);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
    }

    fn output(&self, arguments: &[&str]) -> Output {
        let mut dateline = Command::new(env!("CARGO_BIN_EXE_dateline"));
        dateline.current_dir(self.path()).args(arguments).stdin(Stdio::null());
        dateline.env_remove("GITHUB_STEP_SUMMARY").env("NO_COLOR", "1");
        dateline.output().expect("dateline runs")
    }

    /// Checks without a network; gives back the exit code and the addresses found.
    fn check(&self, arguments: &[&str]) -> (i32, Vec<String>) {
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

#[test]
fn a_newcomers_path() {
    let project = Project::new();
    project.write("old.md", &article(&late("first")));
    let (code, said) = project.run(&["init"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("dateline check --write-baseline"), "{said}");
    assert_eq!(project.check(&[]), (1, vec!["old.md link-postdates-article first".to_owned()]));
    assert_eq!(project.run(&["check", "--offline", "--write-baseline"]).0, 0);
    assert_eq!(project.check(&[]), (0, Vec::new()), "what was there is known");
    project
        .write("old.md", &article(&format!("New words.\n\n{}{}", late("first"), late("second"))));
    assert_eq!(project.check(&[]), (1, vec!["old.md link-postdates-article second".to_owned()]));
    project.write("old.md", &article(&late("first")));
    assert_eq!(project.check(&[]), (0, Vec::new()));
    assert_eq!(project.run(&["init"]).0, 2, "a configuration is never overwritten");
}

#[test]
fn a_baseline_survives_edits_and_renames_and_names_what_is_gone() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    project.write("b.md", &article(&late("second")));
    let baseline = ["--baseline", "known.json"];
    project.run(&[&["check", "--offline", "--write-baseline"], &baseline[..]].concat());
    let written = project.read("known.json");
    project.write("c.md", &article(&format!("One\nmore\n\n{}", late("first"))));
    fs::remove_file(project.path().join("a.md")).expect("the file is there");
    assert_eq!(project.check(&baseline), (0, Vec::new()));
    project.write("d.md", &article(&late("second")));
    assert_eq!(
        project.check(&baseline),
        (1, vec!["d.md link-postdates-article second".to_owned()]),
        "a copy of a known fault is new"
    );
    project.write("b.md", &article(""));
    fs::remove_file(project.path().join("d.md")).expect("the file is there");
    let (code, said) = project.run(&[&["check", "--offline"], &baseline[..]].concat());
    assert_eq!(code, 0);
    assert!(
        said.contains("b.md: link-postdates-article https://news.example/2025/10/17/second"),
        "{said}"
    );
    project.write("a.md", &article(&late("first")));
    project.write("b.md", &article(&late("second")));
    fs::remove_file(project.path().join("c.md")).expect("the file is there");
    project.run(&[&["check", "--offline", "--write-baseline"], &baseline[..]].concat());
    assert_eq!(project.read("known.json"), written, "the same findings, the same bytes");
}

#[test]
fn comments_suppress_and_idle_ones_are_told() {
    let project = Project::new();
    let known = "<!-- dateline-ignore: link-postdates-article -- put in by the editors -->";
    project.write("a.md", &article(&format!("{known}\n{}\n{}", late("first"), late("second"))));
    assert_eq!(project.check(&[]), (1, vec!["a.md link-postdates-article second".to_owned()]));
    assert_eq!(project.check(&["--no-suppress"]).1.len(), 2);
    project.write("a.md", &article(known));
    let (code, said) = project.run(&["check", "--offline"]);
    assert_eq!(code, 0);
    assert!(
        said.contains("a.md:9: `dateline-ignore: link-postdates-article` suppresses"),
        "{said}"
    );
}

#[test]
fn a_change_is_judged_by_what_it_brings() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    project.write("sub/b.md", &article(&late("second")));
    project.commit();
    let since = ["--changed-since", "HEAD"];
    assert_eq!(project.check(&since), (0, Vec::new()), "nothing has changed");
    project.write("a.md", &article(&format!("A\nparagraph\n\n{}", late("first"))));
    assert_eq!(project.check(&since), (0, Vec::new()), "lines above a link do not touch it");
    project.git(&["mv", "sub/b.md", "sub/c.md"]);
    assert_eq!(project.check(&since), (0, Vec::new()), "a move brings nothing");
    project.write("a.md", &article(&format!("{}\n{}", late("first"), late("third"))));
    project.write("new file.md", &article(&late("fourth")));
    let brought =
        ["a.md link-postdates-article third", "new file.md link-postdates-article fourth"];
    assert_eq!(project.check(&since), (1, brought.map(str::to_owned).to_vec()));
    project.write("a.md", &article(&late("first")).replace("2018-05-25", "2018-05-24"));
    assert_eq!(
        project.check(&since).1[0],
        "a.md link-postdates-article first",
        "a change of the date brings what it convicts"
    );
    let (code, said) = project.run(&["check", "--changed-since", "no-such-revision"]);
    assert_eq!(code, 2);
    assert!(said.contains("git does not tell what changed"), "{said}");
}

#[test]
fn repairs_touch_nothing_else_and_are_done_once() {
    let project = Project::new();
    let broken = "\u{feff}The Council Meets Again\r\n\r\nMay 25, 2018\r\n\r\nOriginal url: https://news.example/2018/05/25/the-cou\r\nncil-meets-again\r\n\r\nThe council met.\r\n";
    project.write("a.txt", broken);
    let audit = ["--profile", "audit", "--offline"];
    let (code, diff) = project.run(&[&["fix", "--diff"], &audit[..]].concat());
    assert_eq!(project.read("a.txt"), broken, "--diff changes nothing");
    assert_eq!(code, 1, "{diff}");
    assert!(
        diff.contains("+Original url: https://news.example/2018/05/25/the-council-meets-again"),
        "{diff}"
    );
    assert_eq!(project.run(&[&["fix", "--rule", "dead-link"], &audit[..]].concat()).0, 0);
    assert_eq!(project.read("a.txt"), broken, "that rule suggests nothing");
    assert_eq!(project.run(&[&["fix"], &audit[..]].concat()).0, 0);
    let repaired = project.read("a.txt");
    assert_eq!(repaired, broken.replace("the-cou\r\nncil", "the-council"));
    assert_eq!(project.run(&[&["fix"], &audit[..]].concat()).0, 0);
    assert_eq!(project.read("a.txt"), repaired, "a second run changes nothing");
    let found = project.check(&["--profile", "audit"]).1;
    assert!(!found.iter().any(|row| row.contains("broken-url")), "{found:?}");
}

#[test]
fn the_configuration_is_found_overridden_and_printed() {
    let project = Project::new();
    project.write("docs/old/a.md", &article(&late("first")));
    project.write("docs/b.md", &article(&late("second")));
    project.write(
        "dateline.toml",
        "offline = true\nformat = \"csv\"\n[levels]\nbroken-url = \"off\"\n\
         [[override]]\npath = \"docs/old/**\"\nlevel = \"note\"\n\
         [[allow]]\nurl = \"https://news.example/**/second\"\nreason = \"asked for\"\nexpires = 2030-01-01\n",
    );
    assert_eq!(project.run(&["check", "docs"]).0, 0);
    let (code, late) = project.run(&["check", "docs", "--now", "2031-01-01"]);
    assert_eq!(code, 1, "the entry has run out: {late}");
    let (_, said) = project.run(&["config", "docs", "--fail-on", "error"]);
    for line in [
        "# read from dateline.toml",
        "offline = true                           # dateline.toml",
        "fail-on = \"error\"                        # command line",
        "timeout = 30                             # default",
        "broken-url = \"off\"                       # dateline.toml",
    ] {
        assert!(said.lines().any(|said| said == line), "{line} is not in:\n{said}");
    }
    project.write("dateline.toml", "ofline = true\n");
    let (code, said) = project.run(&["check"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is no key `ofline`; did you mean `offline`?"), "{said}");
    assert_eq!(
        project.run(&["check", "--untrusted", "--offline"]).0,
        1,
        "a stranger's file is not read"
    );
}

#[cfg(unix)]
#[test]
fn a_strangers_links_lead_nowhere_outside() {
    let project = Project::new();
    let outside = TempDir::new().expect("a folder");
    fs::write(outside.path().join("a.md"), article(&late("first"))).expect("a file");
    std::os::unix::fs::symlink(outside.path().join("a.md"), project.path().join("b.md"))
        .expect("a link");
    let (code, said) = project.run(&["check", "--offline", "--untrusted", "b.md"]);
    assert_eq!(code, 2);
    assert!(said.contains("b.md: it stands outside of this folder"), "{said}");
    assert_eq!(project.check(&["b.md"]).0, 1);
}

#[test]
fn several_reports_are_written_in_one_run_and_are_whole() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    let (code, _) = project.run(&[
        "check",
        "--offline",
        "--report",
        "sarif=out/dateline.sarif",
        "--report",
        "junit=junit.xml",
    ]);
    assert_eq!(code, 2, "the folder is not there");
    assert!(!project.path().join("junit.xml").exists(), "no half report is left");
    let mut dateline = Command::new(env!("CARGO_BIN_EXE_dateline"));
    dateline
        .current_dir(project.path())
        .env("GITHUB_STEP_SUMMARY", project.path().join("summary.md"));
    dateline.args(["check", "--offline", "--format", "github", "--report", "sarif=dateline.sarif"]);
    let output = dateline.output().expect("dateline runs");
    assert!(output.stdout.starts_with(b"::error file=a.md,line=9,endLine=9,col="));
    assert!(project.read("dateline.sarif").contains("\"startLine\":9"));
    assert!(project.read("summary.md").contains("`a.md:9:"));
}

#[test]
fn colour_follows_the_environment() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    let colored = |name: &str, arguments: &[&str]| {
        let mut dateline = Command::new(env!("CARGO_BIN_EXE_dateline"));
        dateline.current_dir(project.path()).args(["check", "--offline"]).args(arguments);
        dateline.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env(name, "1");
        dateline.output().expect("dateline runs").stdout.contains(&0x1b)
    };
    assert!(colored("CLICOLOR_FORCE", &[]));
    assert!(!colored("NO_COLOR", &[]));
    assert!(colored("NO_COLOR", &["--color", "always"]));
}

#[test]
fn completions_and_manual_are_made() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script) = project.run(&["completions", shell]);
        assert_eq!(code, 0);
        assert!(script.contains("changed-since"), "{shell}");
    }
    let (code, manual) = project.run(&["man"]);
    assert_eq!(code, 0);
    assert!(
        manual.contains(".TH dateline-check 1") && !manual.contains("dateline-man"),
        "{}",
        &manual[..400]
    );
}
