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
use std::process::Command;

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;

use project::{Project, article, late};

/// The steps that the documentation shows, each with what it comes to; nothing is fetched.
#[test]
fn a_newcomers_first_steps() {
    let project = Project::new();
    project.write("old.md", &article(&late("first")));
    let steps = include_str!("../fixtures/ci/first-steps.sh");
    let steps = steps.lines().map(|line| line.split('#').next().unwrap_or_default());
    let codes = steps.map(|step| {
        let mut words: Vec<&str> = step.split_whitespace().skip(1).collect();
        if words[0] == "check" {
            words.push("--offline");
        }
        project.run(&words).0
    });
    assert_eq!(codes.collect::<Vec<_>>(), [0, 1, 0, 0]);
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
    let said = said.replace('\n', " ");
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
fn comments_are_heard_in_the_rows_of_a_file() {
    let project = Project::new();
    let known =
        format!("{} <!-- dateline-ignore: link-postdates-article -->", late("first").trim());
    for (name, text) in [("known", &known), ("new", &late("second"))] {
        let row = serde_json::json!({ "id": name, "markdown": article(text) });
        let rows = fs::read_to_string(project.path().join("a.jsonl")).unwrap_or_default();
        project.write("a.jsonl", &format!("{rows}{row}\n"));
    }
    let found = project.check(&["a.jsonl"]);
    assert_eq!(found, (1, vec!["a.jsonl link-postdates-article second".to_owned()]));
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
fn completions_and_manual_are_made() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script) = project.run(&["completions", shell]);
        assert_eq!(code, 0);
        assert!(script.contains("changed-since"), "{shell}");
    }
    let (code, manual) = project.run(&["man"]);
    assert_eq!(code, 0);
    assert!(manual.contains(".TH dateline-check 1"), "{}", &manual[..400]);
    assert_eq!(project.run(&["man", "share/man1"]), (0, String::new()));
    assert!(project.read("share/man1/dateline.1").contains(".TH dateline 1"));
    assert!(project.read("share/man1/dateline-fix.1").contains("dateline fix"));
}

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The commands that the documentation's files run are commands of the program.
#[test]
fn what_the_pipelines_run_runs() {
    let project = Project::new();
    project.write("docs/a.md", &article(""));
    project.commit();
    for file in ["fixtures/ci/gitlab.yml", ".pre-commit-hooks.yaml"] {
        let text = fs::read_to_string(Path::new(ROOT).join(file)).expect("the file is there");
        let start = text.find("dateline check").expect("it runs dateline");
        let line = text[start..].lines().next().expect("a line");
        let mut words: Vec<&str> = line.split(' ').skip(1).collect();
        if !line.contains("--offline") {
            words.push("--offline");
        }
        let (code, said) = project.run(&words);
        assert_eq!(code, 0, "{line}: {said}");
    }
    assert!(project.path().join("gl-code-quality-report.json").is_file());
}

/// The script of the step with that name in the composite action.
fn script(step: &str) -> String {
    let action = include_str!("../action.yml");
    let (_, step) = action.split_once(&format!("- name: {step}\n")).expect("the step");
    let (_, script) = step.split_once("run: |\n").expect("its script");
    let lines = script.lines().take_while(|line| line.starts_with("        "));
    lines.map(|line| format!("{}\n", line.trim())).collect()
}

/// bash as a runner calls it.
#[cfg(unix)]
fn bash(project: &Project, step: &str) -> Command {
    let mut bash = Command::new("bash");
    bash.current_dir(project.path());
    bash.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script(step)]);
    bash.env("GITHUB_OUTPUT", project.path().join("outputs"));
    bash
}

#[cfg(unix)]
#[test]
fn the_actions_check_runs() {
    let project = Project::new();
    project.write("posts/a b.md", &article(&late("first")));
    project.commit();
    let home = project.path().join("home/.local/share/dateline/bin");
    fs::create_dir_all(&home).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_dateline"), home.join("dateline"))
        .expect("a link");
    let mut bash = bash(&project, "Check");
    bash.env("HOME", project.path().join("home"));
    bash.env("GITHUB_STEP_SUMMARY", project.path().join("summary"));
    bash.env("PATHS", "posts").env("ARGS", "--offline").env("SINCE", "").env("UNTRUSTED", "true");
    bash.env("SARIF", "dateline.sarif");
    let output = bash.output().expect("bash runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(project.read("outputs"), "exit-code=1\n");
    assert!(output.stdout.starts_with(b"::error file=posts/a b.md,line=9"));
    assert!(project.read("dateline.sarif").contains("\"posts/a%20b.md\""));
    assert!(project.read("summary").contains("| **error** | `posts/a b.md:9:"));
}

/// A fork's own configuration and baseline count for nothing; those of the base do.
#[cfg(unix)]
#[test]
fn a_fork_is_judged_by_the_bases_configuration() {
    for (baseline, code) in [(None, 1), (Some("first"), 0), (Some("second"), 1)] {
        let project = Project::new();
        project.write("posts/a.md", &article(&late("first")));
        project.write("dateline.toml", "baseline = \"ci/known.json\"\n");
        fs::create_dir(project.path().join("ci")).expect("a folder");
        if let Some(name) = baseline {
            project.write("posts/a.md", &article(&late(name)));
            assert_eq!(project.run(&["check", "--offline", "--write-baseline"]).0, 0);
            project.write("posts/a.md", &article(&late("first")));
        }
        project.commit();
        let trusted = project.git_line(&["rev-parse", "HEAD"]);
        // The fork knows all that it brings, and switches all rules off but one.
        project.run(&["check", "--offline", "--write-baseline"]);
        project.write("dateline.toml", "baseline = \"ci/known.json\"\nselect = [\"broken-url\"]\n");
        project.commit();
        let home = project.path().join("home/.local/share/dateline/bin");
        fs::create_dir_all(&home).expect("a folder");
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_dateline"), home.join("dateline"))
            .expect("a link");
        let mut bash = bash(&project, "Check");
        bash.env("HOME", project.path().join("home")).env_remove("GITHUB_STEP_SUMMARY");
        bash.env("PATHS", "posts").env("ARGS", "--offline").env("SINCE", "");
        bash.env("UNTRUSTED", "true").env("SARIF", "dateline.sarif").env("BASE", trusted.trim());
        let output = bash.output().expect("bash runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(code), "{baseline:?}: {said}");
        assert_eq!(said.contains("::error file=posts/a.md"), code == 1, "{baseline:?}: {said}");
    }
}

/// What comes from outside is words to the shell, never a part of its script.
#[cfg(unix)]
#[test]
fn the_actions_inputs_give_no_commands() {
    let project = Project::new();
    let mut bash = bash(&project, "Check");
    bash.env("HOME", project.path());
    let hostile = "$(touch owned) `touch owned` ; touch owned *";
    for name in ["PATHS", "ARGS", "SINCE", "UNTRUSTED", "SARIF", "BASE"] {
        bash.env(name, hostile);
    }
    assert_eq!(bash.output().expect("bash runs").status.code(), Some(127), "dateline is not there");
    assert!(!project.path().join("owned").exists());
    for line in include_str!("../action.yml").lines().filter(|line| line.contains("${{")) {
        let key = line.trim().split(':').next().expect("a key");
        let is_value = !["run", "-"].contains(&key) && !line.trim_start().starts_with('$');
        assert!(is_value, "an expression stands in a script: {line}");
    }
}

/// Another version has another key, the same the same.
#[cfg(unix)]
#[test]
fn the_actions_cache_is_known_by_the_sources() {
    let project = Project::new();
    for (name, text) in [("Cargo.toml", "a"), ("Cargo.lock", "b"), ("src/main.rs", "c")] {
        project.write(name, text);
    }
    let hash = || {
        let _ = fs::remove_file(project.path().join("outputs"));
        let mut bash = bash(&project, "Name this version of dateline");
        let status = bash.env("SOURCE", project.path()).status();
        assert!(status.expect("bash runs").success());
        project.read("outputs")
    };
    let first = hash();
    assert!(first.starts_with("hash=") && first.trim_end().len() == "hash=".len() + 40, "{first}");
    project.write("README.md", "no source");
    assert_eq!(hash(), first);
    project.write("src/main.rs", "d");
    assert_ne!(hash(), first);
}
