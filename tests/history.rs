//! A repository's history: what was there before, and what a change brings.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;

use std::fs;
use std::process::Command;

use project::{Project, article, late};
use tempfile::TempDir;

fn found(path: &str, name: &str) -> String {
    format!("{path} link-postdates-article {name}")
}

/// Lines above, a move, one link repaired, one added: after each, only what is new fails.
#[test]
fn an_old_archive_starts_green_and_stays_so() {
    let project = Project::new();
    let links = |names: &[&str]| names.iter().map(|name| late(name)).collect::<String>();
    project.write("posts/a.md", &article(&links(&["first", "second"])));
    project.write("posts/b.md", &article(&links(&["third"])));
    project.commit();
    assert_eq!(project.run(&["check", "--offline", "posts", "--write-baseline"]).0, 0);
    let baseline = ["posts", "--baseline", "dateline-baseline.json"];
    let entries =
        |project: &Project| project.read("dateline-baseline.json").matches("\"url\"").count();
    assert_eq!((project.check(&baseline), entries(&project)), ((0, Vec::new()), 3));
    project.commit();

    let above = format!("Some\nnew\n\nlines.\n\n{}", links(&["first", "second"]));
    project.write("posts/a.md", &article(&above));
    assert_eq!(project.check(&baseline), (0, Vec::new()), "lines above");

    fs::create_dir(project.path().join("posts/old")).expect("a folder");
    project.git(&["mv", "posts/a.md", "posts/old/c.md"]);
    project.commit();
    assert_eq!(project.check(&baseline), (0, Vec::new()), "a move");

    project.write(
        "posts/old/c.md",
        &article(&above.replace("/2025/10/17/first", "/2018/05/17/first")),
    );
    assert_eq!(project.check(&baseline), (0, Vec::new()), "one link repaired");
    let said = project.run(&[&["check", "--offline"], &baseline[..]].concat()).1.replace('\n', " ");
    assert!(said.contains("no longer found (posts/a.md: link-postdates-article"), "{said}");
    assert!(said.contains("2 more findings do not count"), "{said}");

    project.write("posts/b.md", &article(&links(&["third", "fourth"])));
    let brought = (1, vec![found("posts/b.md", "fourth")]);
    assert_eq!(project.check(&baseline), brought, "one link added");
    // The same, asked of git: the move brings nothing, and neither do lines above.
    assert_eq!(project.check(&["posts", "--changed-since", "HEAD~2"]), brought);

    assert_eq!(
        project.run(&[&["check", "--offline", "--write-baseline"], &baseline[..]].concat()).0,
        0
    );
    assert_eq!((project.check(&baseline), entries(&project)), ((0, Vec::new()), 3));
    assert!(!project.read("dateline-baseline.json").contains("first"), "what is gone is let go");
}

#[test]
fn files_are_known_however_they_are_named() {
    let project = Project::new();
    project.write("posts/a.md", &article(""));
    project.commit();
    project.write("posts/a.md", &article(&late("first")));
    let path = project.path().join("posts/a.md");
    let absolute = path.to_str().expect("a path");
    for input in ["posts/a.md", "posts/../posts//a.md", "./posts", "posts/*.md", absolute] {
        let (code, found) = project.check(&[input, "--changed-since", "HEAD"]);
        assert_eq!((code, found.len()), (1, 1), "{input}");
    }
    let mut below =
        project.dateline(&["check", "--offline", "--changed-since", "HEAD", "../posts"]);
    let output = below.current_dir(project.path().join("posts")).output().expect("dateline runs");
    assert_eq!(output.status.code(), Some(1));
    let other = TempDir::new().expect("a folder");
    for outside in [other.path().to_str().expect("a path"), "-", "https://news.example/a"] {
        let (code, said) = project.run(&["check", "--offline", "--changed-since", "HEAD", outside]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("is no file of the git repository"), "{said}");
    }
}

#[test]
fn what_git_cannot_tell_is_said_with_a_remedy() {
    let project = Project::new();
    for number in 0..3 {
        project.write("a.md", &article(&late(&number.to_string())));
        project.commit();
    }
    let folder = TempDir::new().expect("a folder");
    let source = format!("file://{}", project.path().display());
    let clone = Command::new("git")
        .args(["clone", "-q", "--depth", "1", &source, "shallow"])
        .current_dir(folder.path())
        .status();
    assert!(clone.expect("git runs").success());
    let since = ["check", "--offline", "--changed-since"];
    let said = |dateline: &mut Command| {
        let output = dateline.output().expect("dateline runs");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let mut shallow = project.dateline(&[&since[..], &["HEAD~2"]].concat());
    let shallow = said(shallow.current_dir(folder.path().join("shallow")));
    assert!(shallow.contains("git fetch --unshallow"), "{shallow}");

    let mut nowhere = project.dateline(&[&since[..], &["HEAD"]].concat());
    let nowhere = said(nowhere.current_dir(folder.path()).env("GIT_CEILING_DIRECTORIES", "/"));
    assert!(nowhere.contains("not a git repository"), "{nowhere}");
    assert!(nowhere.contains("help: run it in a git repository"), "{nowhere}");

    let mut without = project.dateline(&[&since[..], &["HEAD"]].concat());
    let without = said(without.env("PATH", folder.path()));
    assert!(without.contains("git does not tell what changed: it is not installed"), "{without}");

    let option = project.run(&[&since[..], &["--output=a.md"]].concat());
    assert_eq!(option.0, 2, "a revision is never an option of git");
    assert!(project.read("a.md").contains("2025/10/17/2"));
}

#[test]
fn a_change_within_a_submodule_is_a_change() {
    let library = Project::new();
    library.write("b.md", &article(&late("first")));
    library.commit();
    let project = Project::new();
    let source = library.path().to_str().expect("a path");
    project.git(&[
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        source,
        "sub",
    ]);
    project.commit();
    let since = ["--changed-since", "HEAD"];
    assert_eq!(project.check(&since), (0, Vec::new()));
    project.write("sub/b.md", &article(&format!("{}\n{}", late("first"), late("second"))));
    assert_eq!(project.check(&since), (1, vec![found("sub/b.md", "second")]));
}

#[test]
fn deleted_files_and_new_ones_with_odd_names_are_seen() {
    let project = Project::new();
    project.write("a.md", &article(&late("first")));
    project.commit();
    fs::remove_file(project.path().join("a.md")).expect("the file is there");
    project.write("b.md", &article(""));
    assert_eq!(project.check(&["--changed-since", "HEAD"]), (0, Vec::new()));
    let odd = "é \"b\"\t1.md";
    project.write(odd, &article(&late("second")));
    for staged in [false, true] {
        if staged {
            project.git(&["add", "--all"]);
        }
        let (code, found) = project.check(&["--changed-since", "HEAD"]);
        assert_eq!((code, found.len()), (1, 1), "{found:?}");
    }
}

/// However little a run reads and wherever it starts, what it did not judge stays known and is not
/// called gone.
#[test]
fn a_baseline_forgets_nothing_that_a_run_did_not_judge() {
    for repository in [true, false] {
        let project = Project::new();
        if !repository {
            fs::remove_dir_all(project.path().join(".git")).expect("it was there");
        }
        let names = ["posts/a.md", "posts/sub/b.md", "news/c.md"];
        for name in names {
            project.write(name, &article(&late(&name.replace('/', "-"))));
        }
        assert_eq!(project.run(&["check", "--offline", "--write-baseline"]).0, 0);
        let known = project.read("dateline-baseline.json");
        let full = project.path().join("posts/sub");
        let full = full.to_str().expect("a path");
        for inputs in [&["posts"][..], &["./posts/sub"], &["posts/*.md"], &[full], &["news/c.md"]] {
            let run = |more: &[&str]| {
                let said = project.run(&[&["check", "--offline"], more, inputs].concat());
                assert!(!said.1.contains("no longer found"), "{inputs:?} {more:?}: {}", said.1);
                said.0
            };
            assert_eq!(run(&["--baseline", "dateline-baseline.json"]), 0, "{inputs:?}");
            assert_eq!(run(&["--write-baseline"]), 0);
            assert_eq!(project.read("dateline-baseline.json"), known, "{inputs:?}");
        }
        for below in ["posts", "posts/sub"] {
            let up = format!("{}dateline-baseline.json", "../".repeat(below.split('/').count()));
            for write in [&[][..], &["--write-baseline"]] {
                let check = ["check", "--offline", "--baseline", &up];
                let mut run = project.dateline(&[&check[..], write].concat());
                let output = run.current_dir(project.path().join(below)).output().expect("it runs");
                let said = String::from_utf8_lossy(&output.stdout).replace('\n', " ");
                assert_eq!(output.status.code(), Some(0), "{said}");
                assert!(!said.contains("no longer found"), "{said}");
                assert_eq!(project.read("dateline-baseline.json"), known, "from {below}");
            }
        }
        if repository {
            project.commit();
            project
                .write("posts/a.md", &article(&format!("{}\n{}", late("posts-a.md"), late("new"))));
            let since = ["check", "--offline", "--changed-since", "HEAD", "--write-baseline"];
            assert_eq!(project.run(&since).0, 0);
            let now = project.read("dateline-baseline.json");
            assert_eq!(now.matches("\"url\"").count(), 4, "{now}");
            let select = ["check", "--offline", "--write-baseline", "--select", "broken-url"];
            assert_eq!(project.run(&select).0, 0);
            assert_eq!(project.read("dateline-baseline.json"), now, "a rule that did not run");
        }
        project.write("dateline-baseline.json", "[]");
        let (code, said) = project.run(&["check", "--offline", "--write-baseline"]);
        assert_eq!((code, project.read("dateline-baseline.json").as_str()), (2, "[]"), "{said}");
    }
}
