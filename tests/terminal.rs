//! Manners in a terminal: colour, width, hyperlinks, silence, interruption, a pipe that closes.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use project::{Project, article, late};

/// What a check of one late link prints with these variables set.
fn printed(variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let project = Project::new();
    project.write("a b.md", &article(&late("first")));
    let mut dateline = project.dateline(&[&["check", "--offline"], arguments].concat());
    let output = dateline.envs(variables.iter().copied()).output().expect("dateline runs");
    String::from_utf8(output.stdout).expect("reports are UTF-8")
}

#[test]
fn colour_follows_the_environment() {
    let colored = |name, arguments: &[&str]| printed(&[(name, "1")], arguments).contains('\u{1b}');
    assert!(colored("CLICOLOR_FORCE", &[]));
    assert!(!colored("NO_COLOR", &[]));
    assert!(!colored("X", &[]), "a file is no terminal");
    assert!(colored("NO_COLOR", &["--color", "always"]));
}

#[test]
fn names_and_addresses_are_hyperlinks_where_the_terminal_takes_them() {
    let forced = [("CLICOLOR_FORCE", "1"), ("FORCE_HYPERLINK", "1")];
    let said = printed(&forced, &[]);
    assert!(said.contains("\u{1b}]8;;file:///"), "{said:?}");
    assert!(said.contains("/a%20b.md\u{1b}\\a b.md\u{1b}]8;;\u{1b}\\:9:"), "{said:?}");
    let address = "https://news.example/2025/10/17/first";
    assert!(said.contains(&format!("\u{1b}]8;;{address}\u{1b}\\{address}\u{1b}]8;;\u{1b}\\")));
    for plain in [
        printed(&forced, &["--color", "never"]),
        printed(&[("CLICOLOR_FORCE", "1"), ("FORCE_HYPERLINK", "0")], &[]),
        printed(&[("CLICOLOR_FORCE", "1"), ("TERM", "xterm-kitty")], &[]),
        printed(&forced, &["--format", "markdown"]),
    ] {
        assert!(!plain.contains("\u{1b}]8"), "{plain:?}");
    }
}

#[test]
fn words_are_set_as_wide_as_the_terminal_is() {
    // A word that is longer than a line stands on its own.
    let longest = |said: &str| {
        let notes = said.lines().skip_while(|line| !line.contains(" note: "));
        let words = notes.filter(|line| !line.contains("://"));
        words.map(|line| line.chars().count()).max().expect("a note")
    };
    for (columns, most) in [("60", 60), ("80", 80), ("0", 120), ("many", 120)] {
        let said = printed(&[("COLUMNS", columns)], &[]);
        assert!(longest(&said) <= most, "{columns}:\n{said}");
    }
    assert!(longest(&printed(&[("COLUMNS", "100")], &[])) > 60);
}

#[test]
fn the_summary_counts_by_rule() {
    let said = printed(&[], &[]);
    assert!(
        said.ends_with("with 1 link, 1 not fetched\nby rule: 1 link-postdates-article\n"),
        "{said}"
    );
    let json = printed(&[], &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["summary"]["rules"]["link-postdates-article"], 1);
}

#[test]
fn quiet_says_only_what_ends_the_run() {
    let project = Project::new();
    project.write("a.md", "");
    let said = |arguments: &[&str]| {
        let output = project.output(arguments);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let inputs = ["check", "--offline", "a.md", "none.md"];
    let (code, loud) = said(&inputs);
    assert_eq!(code, Some(2));
    assert!(loud.contains("a.md is empty") && loud.contains("none.md"), "{loud}");
    assert_eq!(said(&[&inputs[..], &["--quiet"]].concat()), (Some(2), String::new()));
    let (code, fatal) = said(&["check", "--quiet", "--baseline", ".", "a.md"]);
    assert_eq!(code, Some(2));
    assert!(fatal.starts_with("error: the baseline"), "{fatal}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let project = Project::new();
    for number in 0..40 {
        project.write(&format!("{number}.md"), &article(&late("first").repeat(60)));
    }
    for format in ["human", "json", "jsonl", "sarif", "github", "gitlab", "junit", "csv", "html"] {
        let mut dateline = project.dateline(&["check", "--offline", "--format", format]);
        dateline.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut run = dateline.spawn().expect("dateline runs");
        let mut stdout = run.stdout.take().expect("piped");
        stdout.read_exact(&mut [0; 10]).expect("a report begins");
        drop(stdout);
        let ended = run.wait_with_output().expect("it ends");
        assert_eq!(ended.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "{format}");
    }
}

/// Ctrl-C ends a run that still waits for input; what was found until then is reported.
#[cfg(unix)]
#[test]
fn an_interrupted_run_reports_what_it_found() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    let mut dateline = project.dateline(&[
        "check",
        "--offline",
        "-v",
        "--format",
        "csv",
        "--report",
        "human=a.txt",
        "--baseline",
        "known.json",
        "--write-baseline",
        "a.md",
        "-",
    ]);
    dateline.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut run = dateline.spawn().expect("dateline runs");
    let mut messages = BufReader::new(run.stderr.take().expect("piped"));
    let mut line = String::new();
    messages.read_line(&mut line).expect("it tells of the first document");
    assert!(line.starts_with("done: a.md"), "{line}");
    let kill = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    let mut said = String::new();
    messages.read_to_string(&mut said).expect("messages");
    for told in [
        "interrupted: what is known until now is still told",
        "a.txt holds what was found until then",
        "known.json is left as it was",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!project.path().join("known.json").exists());
    let mut report = String::new();
    run.stdout.take().expect("piped").read_to_string(&mut report).expect("a report");
    assert_eq!(run.wait().expect("it ends").code(), Some(130));
    assert!(report.contains("a.md,,9,"), "{report}");
    let human = project.read("a.txt");
    assert!(human.contains("note: the run was interrupted"), "{human}");
}

/// The same in a terminal of its own, as `script` makes one.
#[cfg(target_os = "linux")]
#[test]
fn nothing_of_the_progress_is_left_on_the_terminal() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    for arguments in [&["rules"][..], &["check", "--offline", "a.md"], &["links", "a.md"]] {
        let dateline = project.dateline(arguments);
        let mut command = vec![dateline.get_program()];
        command.extend(dateline.get_args());
        let command: Vec<_> = command.iter().map(|word| word.to_string_lossy()).collect();
        let mut script = Command::new("script");
        script.args(["-qec", &command.join(" "), "/dev/null"]).current_dir(project.path());
        script.env("TERM", "xterm").stdin(Stdio::null());
        // Not every machine has it.
        let Ok(output) = script.output() else { return };
        let seen = String::from_utf8_lossy(&output.stdout);
        // What a line is overwritten with from its beginning on is all that stays of it.
        let cleared = |line: &str| line.rsplit("\u{1b}[2K").next().unwrap_or(line).to_owned();
        let left: Vec<String> = seen.lines().map(|line| cleared(line.trim_end())).collect();
        assert!(left.iter().all(|line| !line.contains("document (0s)")), "{arguments:?} {left:?}");
        assert!(left.iter().all(|line| !line.contains("0 documents")), "{arguments:?} {left:?}");
    }
}
