//! Where a run may write: never over what it reads, nor over what another output or program wrote.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;

use std::fs;

use project::{Project, article, late};

const ROW: &str = "{\"id\": 1, \"text\": \"May 25, 2018 https://news.example/2018/05/24/a\"}\n";

fn project() -> Project {
    let project = Project::new();
    project.write("part1.jsonl", ROW);
    project.write("posts/a.md", &article(&late("a")));
    project.write("other.txt", "not a database, and none of dateline's business at all\n");
    project.write("held/notes.txt", "kept");
    project.write("short.txt", "notes\n");
    fs::hard_link(project.path().join("part1.jsonl"), project.path().join("hard.jsonl"))
        .expect("a link");
    #[cfg(unix)]
    std::os::unix::fs::symlink("part1.jsonl", project.path().join("soft.html")).expect("a link");
    project
}

#[test]
fn no_output_goes_where_something_stands_or_is_to_go() {
    let project = project();
    let before = |name: &str| project.read(name);
    let refused: &[(&[&str], &str)] = &[
        (&["part1.jsonl", "--format", "html", "-o", "part1.jsonl"], "part1.jsonl is an input"),
        (&["part1.jsonl", "-o", "posts/../part1.jsonl"], "is an input"),
        (&["part1.jsonl", "-o", "hard.jsonl"], "hard.jsonl is an input"),
        #[cfg(unix)]
        (&["part1.jsonl", "-o", "soft.html"], "soft.html is an input"),
        (&["posts", "-o", "posts/a.md"], "posts/a.md is an input"),
        (&["posts/*.md", "--report", "csv=posts/a.md"], "posts/a.md is an input"),
        (&["posts", "--report", "html=x", "--report", "csv=./x"], "two outputs are to go"),
        (&["posts", "-o", "x", "--report", "csv=posts/../x"], "--output and --report csv"),
        (&["posts", "-o", "x", "--record", "x"], "--output and --record"),
        (&["posts", "-o", "dateline-baseline.json", "--write-baseline"], "and the baseline"),
        (&["posts", "--format", "sqlite", "-o", "other.txt"], "no database"),
        (&["posts", "--format", "sqlite", "-o", "short.txt"], "no database"),
        (&["posts", "--format", "sqlite", "-o", "none/x"], "there is no folder none"),
        (&["posts", "--format", "parquet", "-o", "other.txt"], "the report is a folder"),
        (&["posts", "-o", "held"], "held cannot be written: it is a folder"),
        (&["posts", "--record", "other.txt"], "a recording is never written over"),
        (&["posts", "--record", "none/x"], "none/x: there is no such file or folder"),
        (&["posts", "--format", "parquet", "-o", "held"], "the folder holds something already"),
    ];
    for (arguments, said) in refused {
        let offline: &[&str] = if arguments.contains(&"--record") { &[] } else { &["--offline"] };
        let (code, output) = project.run(&[&["check"], offline, *arguments].concat());
        assert_eq!(code, 2, "{arguments:?}: {output}");
        let output = output.replace('\n', " ");
        assert!(output.contains(said) && output.contains("help: "), "{arguments:?}: {output}");
        assert_eq!(before("part1.jsonl"), ROW, "{arguments:?}");
    }
    assert_eq!(before("posts/a.md"), article(&late("a")));
    assert!(before("other.txt").starts_with("not a database"));
    assert!(!project.path().join("x").exists());
    let rows = ["report", "part1.jsonl", "-o", "part1.jsonl"];
    assert!(project.run(&rows).1.contains("part1.jsonl is an input"));
    let null = ["check", "--offline", "posts", "-o", "/dev/null", "--report", "csv=/dev/null"];
    assert_eq!(project.run(&null).0, 1, "what is written nowhere is in nobody's way");
}

/// A report within the folder that is read is written again, and is no article of it.
#[test]
fn an_earlier_report_is_no_article() {
    for (format, name) in [("html", "report.html"), ("markdown", "report.md"), ("jsonl", "x.jsonl")]
    {
        let project = project();
        let run = || {
            project.run(&[
                "check",
                "--offline",
                "--now",
                "2026-01-01",
                "posts",
                "--format",
                format,
                "-o",
                &at(name),
            ])
        };
        let first = (run(), project.read(&at(name)));
        assert_eq!((run(), project.read(&at(name))), first, "{format}");
    }
}

fn at(name: &str) -> String {
    format!("posts/{name}")
}
