//! `dateline fix`: exactly the named bytes, once and for all.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;
#[allow(dead_code, reason = "every test takes its part of the server")]
mod server;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use project::Project;
use serde_json::Value;
use server::Server;

const AUDIT: [&str; 5] = ["--profile", "audit", "--offline", "--now", "2026-11-23"];

/// The rows of a check, by their inputs.
fn rows(project: &Project, arguments: &[&str]) -> BTreeMap<String, Value> {
    let output = project.output(&[&["check", "--format", "jsonl"], arguments].concat());
    let text = String::from_utf8(output.stdout).expect("rows are UTF-8");
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a row"));
    rows.map(|row| (row["input"].as_str().expect("an input").to_owned(), row)).collect()
}

/// The suggestions of a row: what they replace and by what, those that overlap an earlier one left
/// out.
fn suggestions(row: &Value) -> Vec<(usize, usize, String)> {
    let mut found: Vec<(usize, usize, String)> = row["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|finding| !finding["suggestion"].is_null())
        .map(|finding| {
            let suggestion = &finding["suggestion"];
            let at = |end: &str| {
                let offset = suggestion["span"][end].as_u64().expect("an offset");
                usize::try_from(offset).expect("it fits into memory")
            };
            let text = suggestion["replacement"].as_str().expect("a text").to_owned();
            (at("start"), at("end"), text)
        })
        .collect();
    found.sort();
    let mut done = 0;
    found.retain(|&(start, end, _)| {
        let apart = start >= done;
        done = if apart { end } else { done };
        apart
    });
    found
}

/// The text with every suggestion in its place and every other byte as it was.
fn spliced(text: &str, suggestions: &[(usize, usize, String)]) -> String {
    let mut made = String::new();
    let mut done = 0;
    for (start, end, replacement) in suggestions {
        made += &text[done..*start];
        made += replacement;
        done = *end;
    }
    made + &text[done..]
}

fn all_files(project: &Project) -> BTreeMap<String, String> {
    let files = fs::read_dir(project.path()).expect("a folder").flatten();
    let files = files.filter(|entry| entry.path().is_file());
    files
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let text = project.read(&name);
            (name, text)
        })
        .collect()
}

/// Every article that this repository ships, in three media and most ways to break an address.
#[test]
fn shipped_articles_are_repaired_once_and_nowhere_else() {
    let project = Project::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shipped = fs::read_dir(root.join("fixtures/articles")).expect("the articles").flatten();
    let mut files: Vec<_> = shipped.map(|entry| entry.path()).collect();
    files.push(root.join("fixtures/moscow-times-2018-05-25.txt"));
    for file in files.iter().filter(|path| path.is_file()) {
        let name = file.file_name().expect("a name");
        fs::copy(file, project.path().join(name)).expect("it can be copied");
    }
    let before = all_files(&project);
    let rows = rows(&project, &AUDIT);
    let repairs: usize = rows.values().map(|row| suggestions(row).len()).sum();
    assert!(repairs > 0, "there is something to repair");
    let rules = |row: &Value| -> Vec<String> {
        let findings = row["findings"].as_array().into_iter().flatten();
        let repaired = findings.filter(|finding| !finding["suggestion"].is_null());
        repaired.map(|finding| finding["rule"].to_string()).collect()
    };
    let (code, said) = project.run(&[&["fix"], &AUDIT[..]].concat());
    assert_eq!(code, 0, "{said}");
    let after = all_files(&project);
    for (name, text) in &before {
        let wanted = rows.get(name).map(suggestions).unwrap_or_default();
        assert_eq!(after[name], spliced(text, &wanted), "{name}");
    }
    for (name, row) in self::rows(&project, &AUDIT) {
        assert_eq!(rules(&row), Vec::<String>::new(), "{name} still wants repairs");
    }
    project.run(&[&["fix"], &AUDIT[..]].concat());
    assert_eq!(all_files(&project), after, "a second run changes nothing");
}

#[test]
fn what_stands_in_front_of_a_page_is_taken_away_as_each_medium_writes_it() {
    let project = Project::new();
    let wrapped =
        "https://www.google.com/url?q=https%3A%2F%2Fpaper.example%2Fa%3Fx%3D1%26copy%3D2%2529&sa=D";
    let escaped = wrapped.replace('&', "&amp;");
    project.write("a.txt", &format!("May 25, 2018\n\nSee {wrapped} there.\n"));
    project.write("a.md", &format!("# A\n\nMay 25, 2018\n\n[x]({wrapped}) and <{wrapped}>.\n"));
    project.write(
        "a.html",
        &format!(
            "<h1>A</h1><p>May 25, 2018<p><a href=\"{escaped}\">x</a> <a href={escaped}>y</a>\r\n"
        ),
    );
    assert_eq!(project.run(&["fix", "--offline", "--rule", "opaque-link"]).0, 0);
    let page = "https://paper.example/a?x=1&copy=2%29";
    assert_eq!(project.read("a.txt"), format!("May 25, 2018\n\nSee {page} there.\n"));
    assert_eq!(project.read("a.md"), format!("# A\n\nMay 25, 2018\n\n[x]({page}) and <{page}>.\n"));
    let page = page.replace('&', "&amp;");
    assert_eq!(
        project.read("a.html"),
        format!("<h1>A</h1><p>May 25, 2018<p><a href=\"{page}\">x</a> <a href={page}>y</a>\r\n")
    );
}

#[test]
fn a_hidden_address_that_is_no_page_is_not_put_in() {
    let project = Project::new();
    let text = "<p>May 25, 2018<p><a href=\"https://www.google.com/url?q=javascript:alert(1)%2F%2F\">x</a>";
    project.write("a.html", text);
    project.run(&["fix", "--offline", "--profile", "audit"]);
    assert_eq!(project.read("a.html"), text);
}

/// The canonical address of a page, and whatever a repair lays open, in one run.
#[test]
fn the_canonical_address_is_linked_where_both_name_one_piece() {
    let server = Server::start(|_, stream| {
        let page = "<!doctype html><title>The council agrees on a plan</title>\
             <link rel=canonical href=https://paper.org/2018/05/20/the-council-agrees-on-a-plan>\
             <h1>The council agrees on a plan</h1>";
        server::page(stream, page);
    });
    let project = Project::new();
    let copy = server.url("/copies/the-council-agrees-on-a-plan");
    let article =
        |link: &str| format!("---\ndate: 2018-05-25\n---\n\n# A\n\nSee [it]({link}#part).\n");
    project.write("a.md", &article(copy.as_str()));
    let network = ["--allow-net", "127.0.0.1", "--host-interval", "0", "--cache", "off"];
    let fix =
        [&["fix", "--profile", "audit", "--rule", "canonical-mismatch"], &network[..]].concat();
    let (code, said) = project.run(&fix);
    assert_eq!(code, 0, "{said}");
    let canonical = "https://paper.org/2018/05/20/the-council-agrees-on-a-plan";
    assert_eq!(project.read("a.md"), article(canonical), "{said}");
}

#[cfg(unix)]
#[test]
fn a_file_is_replaced_whole_with_its_rights_and_through_links() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let project = Project::new();
    let broken = "May 25, 2018\n\nSee https://editor:hunter2@news.example/a there.\n";
    project.write("real/a.txt", broken);
    let path = project.path().join("real/a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let before = fs::metadata(&path).expect("a file").ino();
    symlink("real/a.txt", project.path().join("link.txt")).expect("a link");
    let (code, said) = project.run(&["fix", "--offline", "link.txt"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(project.read("real/a.txt"), broken.replace("editor:hunter2@", ""));
    let after = fs::metadata(&path).expect("a file");
    assert_eq!(after.permissions().mode() & 0o777, 0o640);
    assert_ne!(after.ino(), before, "the file is another one, renamed into its place");
    assert!(project.path().join("link.txt").is_symlink());
    let left: Vec<_> = fs::read_dir(project.path().join("real")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "nothing is left beside it");
}

/// Nothing that is known is repaired, and the reader is told of it.
#[test]
fn what_is_known_is_left_alone_and_counted() {
    let project = Project::new();
    let broken = "Read https://news.example/2018/05/25/the-\nlong-story here.\n";
    project.write("b.txt", broken);
    let args = ["--offline", "--profile", "audit", "--now", "2026-11-23", "b.txt"];
    let run = |first: &[&str]| project.run(&[first, &args[..]].concat());
    let (code, said) = run(&["fix", "--diff"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("1 repair would be made in 1 file"), "{said}");
    run(&["check", "--write-baseline"]);
    let (code, said) = run(&["fix", "--baseline", "dateline-baseline.json"]);
    assert_eq!(code, 0, "{said}");
    let left = "0 repairs made in 0 files; 1 more was left alone, the finding being known (1 by the baseline)";
    assert!(said.contains(left), "{said}");
    assert_eq!(project.read("b.txt"), broken);
}

#[test]
fn a_diff_shows_no_password_and_names_files_as_patch_takes_them() {
    let project = Project::new();
    project
        .write("b.txt", "Read https://me:hunter2@news.example/2018/05/25/the-\nlong-story here.\n");
    let path = project.path().join("b.txt");
    let path = path.to_str().expect("UTF-8");
    let args = ["fix", "--diff", "--offline", "--profile", "audit", "--now", "2026-11-23", path];
    let (_, said) = project.run(&args);
    assert!(said.contains(&format!("--- a{path}\n+++ b{path}\n")), "{said}");
    assert!(!said.contains("hunter2") && said.contains("shown as ***"), "{said}");
}
