//! Runs over many documents: killed and gone on with, split over machines, and told of together.

#![cfg(unix)]
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

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use dateline::report::View;
use project::{Project, article, late};
use server::{Server, page, reply};

const NOW: [&str; 2] = ["--now", "2026-11-24T12:00:00Z"];

fn run(project: &Project, arguments: &[&str]) -> Output {
    project.dateline(arguments).output().expect("dateline runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a file holds, or all files of a folder.
fn held(path: &std::path::Path) -> Vec<u8> {
    if path.is_file() {
        return std::fs::read(path).expect("a file");
    }
    let entries = std::fs::read_dir(path).expect("a folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort_unstable();
    files.iter().flat_map(|file| held(file)).collect()
}

/// A folder of articles and two files of rows, offline.
fn corpus() -> Project {
    let project = Project::new();
    for number in 0..20 {
        project.write(&format!("in/{}/{number}.md", number % 3), &article(&late("a")));
    }
    for file in ["x", "y"] {
        let mut rows = String::new();
        for number in 0..30 {
            let text = article(&late("b"));
            let id = (number % 4 != 0).then(|| format!("{file}{number}"));
            writeln!(rows, "{}", serde_json::json!({"id": id, "markdown": text})).expect("memory");
        }
        project.write(&format!("in/{file}.jsonl"), &rows);
    }
    project
}

fn check<'a>(rows: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let plain = ["check", "in", "--offline", "--fail-on", "never"];
    let output = ["--format", "jsonl", "--output", rows];
    [&plain[..], &output[..], &NOW[..], more].concat()
}

#[test]
fn a_run_goes_on_wherever_its_rows_end() {
    let project = corpus();
    assert!(run(&project, &check("whole.jsonl", &[])).status.success());
    let whole = project.read("whole.jsonl");
    assert_eq!(whole.lines().count(), 80);
    for end in [0, 1, whole.len() / 3, whole.len() / 2, whole.len() - 1, whole.len()] {
        project.write("rows.jsonl", &whole[..end]);
        let output = run(&project, &check("rows.jsonl", &["--resume"]));
        assert!(output.status.success(), "{}", said(&output));
        assert_eq!(project.read("rows.jsonl"), whole, "ended at {end}");
    }
    // The time of judging is that of the rows, unless another is given.
    project.write("rows.jsonl", &whole[..whole.len() / 2]);
    let without_now: Vec<&str> =
        check("rows.jsonl", &["--resume"]).into_iter().filter(|it| !NOW.contains(it)).collect();
    assert!(run(&project, &without_now).status.success());
    assert_eq!(project.read("rows.jsonl"), whole);
    // A changed input keeps its rows, and is named.
    thread::sleep(Duration::from_millis(20));
    project.write("in/0/0.md", "# Another");
    let told = said(&run(&project, &check("rows.jsonl", &["--resume"])));
    assert!(told.contains("1 input was changed since rows.jsonl was begun"), "{told}");
    assert!(told.contains("in/0/0.md"), "{told}");
    assert_eq!(project.read("rows.jsonl"), whole);
    std::fs::remove_file(project.path().join("in/0/3.md")).expect("a file");
    let told = said(&run(&project, &check("rows.jsonl", &["--resume"])));
    assert!(told.contains("1 document that the inputs do not hold any more"), "{told}");
    // What is no file of rows is left as it is.
    project.write("rows.jsonl", "{\"no\": 1}\n");
    let output = run(&project, &check("rows.jsonl", &["--resume"]));
    assert_eq!((output.status.code(), project.read("rows.jsonl").len()), (Some(2), 10));
}

#[test]
fn what_could_not_be_read_has_a_row_and_is_tried_again_when_asked_for() {
    let project = corpus();
    let text = project.read("in/x.jsonl");
    let good: Vec<&str> = text.lines().collect();
    let mut bad = good.clone();
    bad[7] = "{\"id\": \"seven\", \"text\": 7}";
    project.write("in/x.jsonl", &bad.join("\n"));
    project.write("in/1/1.md", "\0\0\0");
    let output = run(&project, &check("rows.jsonl", &["--resume"]));
    assert_eq!(output.status.code(), Some(2));
    let rows = project.read("rows.jsonl");
    assert_eq!(rows.lines().count(), 80);
    let failed: Vec<serde_json::Value> = rows
        .lines()
        .map(|row| serde_json::from_str(row).expect("JSON"))
        .filter(|row: &serde_json::Value| row["failed"].is_object())
        .collect();
    assert_eq!(failed.len(), 2);
    assert_eq!(failed[1]["failed"]["id"], "seven");
    assert_eq!(failed[1]["failed"]["line"], 8);

    project.write("in/x.jsonl", &good.join("\n"));
    let output = run(&project, &check("rows.jsonl", &["--resume"]));
    assert_eq!(output.status.code(), Some(2), "what failed has failed");
    assert!(said(&output).contains("2 that could not be read; --resume=failed tries them again"));
    assert_eq!(project.read("rows.jsonl"), rows);
    project.write("in/1/1.md", &article(&late("a")));
    let output = run(&project, &check("rows.jsonl", &["--resume=failed"]));
    assert!(output.status.success(), "{}", said(&output));
    run(&project, &check("whole.jsonl", &[]));
    assert_eq!(project.read("rows.jsonl"), project.read("whole.jsonl"));
}

#[test]
fn resuming_is_refused_where_it_cannot_be() {
    let project = corpus();
    for more in [
        &["--format", "csv", "--resume"][..],
        &["--resume", "--report", "html=x.html"],
        &["--resume", "--write-baseline"],
    ] {
        let output = run(&project, &[&["check", "in", "--offline"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{more:?}");
        assert!(said(&output).contains("--resume"), "{}", said(&output));
    }
}

/// The parts that each shard takes come together to the whole, in every report.
#[test]
fn shards_come_together_to_the_whole() {
    let project = corpus();
    run(&project, &check("whole.jsonl", &[]));
    let mut names = Vec::new();
    for number in 1..=16 {
        let (shard, name) = (format!("{number}/16"), format!("shard{number}.jsonl"));
        let output = run(&project, &check(&name, &["--shard", &shard]));
        assert!(output.status.success() || said(&output).is_empty(), "{}", said(&output));
        names.push(name);
    }
    // Some are packed, as they come from elsewhere.
    let packed = |name: &str, bytes: Vec<u8>| {
        std::fs::write(project.path().join(name), bytes).expect("a file");
    };
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(project.read(&names[0]).as_bytes()).expect("memory");
    packed("shard1.jsonl.gz", gzip.finish().expect("memory"));
    packed(
        "shard2.jsonl.zst",
        zstd::encode_all(project.read(&names[1]).as_bytes(), 1).expect("memory"),
    );
    (names[0], names[1]) = ("shard1.jsonl.gz".to_owned(), "shard2.jsonl.zst".to_owned());
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort_unstable();
        lines.join("\n")
    };
    // A report for GitHub holds only the first findings of all, whichever those are.
    for format in ["jsonl", "csv", "human"] {
        let report = |rows: &[String]| {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let output = run(&project, &[&["report", "--format", format], &rows[..]].concat());
            assert!(output.status.success(), "{}", said(&output));
            sorted(&String::from_utf8(output.stdout).expect("UTF-8"))
        };
        assert!(report(&names) == report(&["whole.jsonl".to_owned()]), "{format}");
    }
    // Sorted by document, the parts are the whole, and so is every report.
    let mut merged: Vec<(usize, String)> = Vec::new();
    let whole = project.read("whole.jsonl");
    // Rows without an id may be alike.
    let mut order: Vec<Option<&str>> = whole.lines().map(Some).collect();
    for name in &names {
        let rows = run(&project, &["report", name, "--format", "jsonl"]).stdout;
        for row in String::from_utf8(rows).expect("UTF-8").lines() {
            let at = order.iter().position(|it| *it == Some(row)).expect("a row of the whole");
            order[at] = None;
            merged.push((at, format!("{row}\n")));
        }
    }
    merged.sort_unstable();
    project.write("merged.jsonl", &merged.into_iter().map(|it| it.1).collect::<String>());
    for format in dateline::report::FORMATS.iter().filter(|it| it.views.contains(&View::Check)) {
        let report = |rows: &str, to: &str| {
            let output = run(&project, &["report", rows, "--format", format.name, "--output", to]);
            assert!(output.status.success(), "{}", said(&output));
            held(&project.path().join(to))
        };
        let name = format.name;
        let of_whole = report("whole.jsonl", &format!("of-whole.{name}"));
        let of_parts = report("merged.jsonl", &format!("of-parts.{name}"));
        assert!(!of_whole.is_empty() && of_parts == of_whole, "{name}");
    }
    // A folder and a glob name them all.
    for (number, name) in names.iter().enumerate() {
        let to = project.path().join(format!("rows/{number:02}-{name}"));
        std::fs::create_dir_all(project.path().join("rows")).expect("a folder");
        std::fs::rename(project.path().join(name), to).expect("it can be moved");
    }
    for shards in ["rows", "rows/*"] {
        let output = run(&project, &["report", shards, "--format", "jsonl"]);
        let rows = sorted(&String::from_utf8(output.stdout).expect("UTF-8"));
        assert!(rows == sorted(&project.read("whole.jsonl")), "{shards}");
        let output = run(&project, &["diff", "whole.jsonl", shards]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "no differences\n");
        let stats = |rows| run(&project, &["stats", rows, "--format", "csv"]).stdout;
        assert!(!stats(shards).is_empty() && stats(shards) == stats("whole.jsonl"));
    }
}

#[test]
fn compact_rows_leave_out_what_no_finding_is_about() {
    let project = Project::new();
    let links: String = (0..50).map(|n| format!("[w {n}](https://a.example/w{n})\n\n")).collect();
    project.write("in/a.md", &article(&format!("{links}{}", late("x"))));
    run(&project, &check("full.jsonl", &[]));
    run(&project, &check("compact.jsonl", &["--rows", "compact"]));
    let (full, compact) = (project.read("full.jsonl"), project.read("compact.jsonl"));
    assert!(compact.len() * 4 < full.len(), "{} of {}", compact.len(), full.len());
    let row: serde_json::Value = serde_json::from_str(&compact).expect("JSON");
    assert_eq!(row["links"].as_array().map(Vec::len), Some(1));
    assert_eq!(row["left_out"]["links"][0]["count"], 50);
    for format in ["human", "sarif"] {
        let report = |rows| run(&project, &["report", rows, "--format", format]).stdout;
        assert_eq!(report("full.jsonl"), report("compact.jsonl"), "{format}");
    }
    let again = run(&project, &["report", "full.jsonl", "--format", "jsonl", "--rows", "compact"]);
    assert_eq!(String::from_utf8_lossy(&again.stdout), compact);
}

/// Whatever the moment at which a run is killed, it goes on to what an unbroken run would have
/// written, and asks for no link again whose outcome it had told.
#[test]
fn a_killed_run_goes_on() {
    const DOCUMENTS: usize = 40;
    let server = Server::start(move |request, stream| {
        thread::sleep(Duration::from_millis(2));
        match request.target.len() % 3 {
            0 => reply(stream, "404 Not Found", &[], b""),
            _ => page(stream, "<title>A page</title>"),
        }
    });
    let project = Project::new();
    for number in 0..DOCUMENTS {
        let link = |n: usize| format!("[{n}]({})\n\n", server.url(&format!("/{number}/{n}")));
        let links: String = (0..4).map(link).collect();
        project.write(&format!("in/{number}.md"), &article(&links));
    }
    let spawn = |cache: &str, rows: &str, more: &[&str]| {
        let options = ["--allow-net", "127.0.0.1/32", "--host-interval", "0", "-v"];
        let output = ["--cache", cache, "--format", "jsonl", "--output", rows];
        let mut dateline =
            project.dateline(&[&["check", "in"], &options[..], &output, &NOW, more].concat());
        dateline.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("dateline runs")
    };
    let fetched = |said: &str| -> BTreeSet<String> {
        let path = |line: &str| {
            let (url, _) = line.strip_prefix("fetched: http://")?.split_once(": ")?;
            Some(format!("/{}", url.split_once('/')?.1))
        };
        said.lines().filter_map(path).collect()
    };
    for moment in [1, 9, 40, 77, 120, 158] {
        let (cache, rows) = (format!("{moment}.sqlite"), format!("{moment}.jsonl"));
        let mut run = spawn(&cache, &rows, &["--resume"]);
        let mut messages = BufReader::new(run.stderr.take().expect("piped"));
        let mut said = String::new();
        while fetched(&said).len() < moment {
            assert!(messages.read_line(&mut said).expect("it tells of each link") > 0, "{said}");
        }
        run.kill().expect("it can be killed");
        messages.read_to_string(&mut said).expect("what it had said until then");
        run.wait().expect("it has ended");
        let before = server.requests().len();
        spawn(&cache, &rows, &["--resume"]).wait_with_output().expect("it ends");
        let again: BTreeSet<String> =
            server.requests().into_iter().skip(before).map(|request| request.target).collect();
        let twice: Vec<_> = fetched(&said).intersection(&again).cloned().collect();
        assert!(twice.is_empty(), "asked again after {moment} links: {twice:?}");
        // The same answers, from an unbroken run.
        spawn(&cache, "whole.jsonl", &[]).wait_with_output().expect("it ends");
        assert_eq!(project.read(&rows), project.read("whole.jsonl"), "after {moment} links");
    }
    // What is interrupted has rows only of what was asked to the end.
    let mut run = spawn("late.sqlite", "late.jsonl", &["--resume"]);
    let mut messages = BufReader::new(run.stderr.take().expect("piped"));
    let mut said = String::new();
    while fetched(&said).len() < 30 {
        assert!(messages.read_line(&mut said).expect("it tells of each link") > 0, "{said}");
    }
    let kill = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    messages.read_to_string(&mut said).expect("messages");
    assert_eq!(run.wait().expect("it ends").code(), Some(130), "{said}");
    let rows = project.read("late.jsonl");
    assert!(!rows.contains("not-tried") && rows.lines().count() < DOCUMENTS, "{rows}");
    spawn("late.sqlite", "late.jsonl", &["--resume"]).wait_with_output().expect("it ends");
    spawn("late.sqlite", "whole.jsonl", &[]).wait_with_output().expect("it ends");
    assert_eq!(project.read("late.jsonl"), project.read("whole.jsonl"));
}

/// Links, outcomes and judgements by three runs are those of one.
#[test]
fn stages_apart_come_to_the_same_bytes() {
    let server = Server::start(move |request, stream| match request.target.as_str() {
        "/gone" => reply(stream, "404 Not Found", &[], b""),
        "/moved" => reply(stream, "302 Found", &["Location: /there"], b""),
        "/soft" => page(stream, "<title>Page not found</title><h1>Page not found</h1>"),
        _ => page(
            stream,
            "<title>A page</title><meta property='article:published_time' content='2025-01-02'>",
        ),
    });
    let project = Project::new();
    let mut rows = Vec::new();
    for (number, paths) in [["/gone", "/a"], ["/moved", "/soft"], ["/a", "/b"]].iter().enumerate() {
        let links: String =
            paths.iter().map(|path| format!("[it]({})\n\n", server.url(path))).collect();
        rows.push(serde_json::json!({"id": number, "markdown": article(&links)}));
    }
    let written = |rows: &[serde_json::Value]| -> String {
        rows.iter().map(|row| format!("{row}\n")).collect()
    };
    project.write("pages.jsonl", &written(&rows));
    let net = ["--allow-net", "127.0.0.1/32", "--host-interval", "0", "--cache", "c.sqlite"];
    let judge = ["--profile", "audit", "--format", "jsonl", "--fail-on", "never"];
    let told = |arguments: &[&str]| {
        let output = run(&project, arguments);
        assert!(output.status.success(), "{}", said(&output));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let links = told(&[&["links", "pages.jsonl", "--format", "jsonl"], &NOW[..]].concat());
    project.write("links.jsonl", &links);
    let listed = told(&["fetch", "links.jsonl", "--list"]);
    assert_eq!(listed.lines().count(), 5, "{listed}");
    let outcomes = told(&[&["fetch", "links.jsonl"], &net[..]].concat());
    assert_eq!(outcomes.lines().count(), 5, "{outcomes}");
    let before = server.requests().len();
    let plain = told(&[&["check", "pages.jsonl"], &net[..], &judge, &NOW].concat());
    let outcomes: Vec<serde_json::Value> =
        outcomes.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for row in &mut rows {
        row["outcomes"] = outcomes.clone().into();
    }
    project.write("pages.jsonl", &written(&rows));
    let apart = told(&[&["check", "pages.jsonl", "--offline"], &judge[..], &NOW].concat());
    assert_eq!(apart, plain);
    assert!(plain.contains("dead-link") && plain.contains("soft-404"), "{plain}");
    assert_eq!(server.requests().len(), before, "the cache and the outcomes answer");
    // What is not among the outcomes was not fetched.
    rows[0]["outcomes"] = serde_json::json!([]);
    project.write("pages.jsonl", &written(&rows));
    let less = told(&[&["check", "pages.jsonl", "--offline"], &judge[..], &NOW].concat());
    assert_eq!(less.lines().next().expect("a row").matches("\"verdict\":\"offline\"").count(), 2);
}

/// Rows come while the addresses still do, and an interruption loses none that was answered.
#[test]
fn fetch_tells_at_once_and_keeps_what_it_has_when_it_is_interrupted() {
    let server = Server::start(|request, stream| {
        if request.target == "/slow" {
            thread::sleep(Duration::from_secs(30));
        }
        page(stream, "<title>A page</title>");
    });
    let project = Project::new();
    let options =
        ["fetch", "--allow-net", "127.0.0.1/32", "--host-interval", "0", "--cache", "off"];
    let mut dateline = project.dateline(&options);
    dateline.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut fetch = dateline.spawn().expect("dateline runs");
    let mut addresses = fetch.stdin.take().expect("piped");
    let mut rows = BufReader::new(fetch.stdout.take().expect("piped"));
    for number in 0..3 {
        writeln!(addresses, "{}", server.url(&format!("/{number}"))).expect("it reads");
        let mut row = String::new();
        rows.read_line(&mut row).expect("a row, though the input goes on");
        assert!(row.contains(&format!("/{number}")), "{row}");
    }
    for path in ["/last", "/slow"] {
        writeln!(addresses, "{}", server.url(path)).expect("it reads");
    }
    while server.hits("/slow") == 0 {
        thread::sleep(Duration::from_millis(2));
    }
    let kill = Command::new("kill").args(["-INT", &fetch.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    let mut rest = String::new();
    rows.read_to_string(&mut rest).expect("UTF-8");
    assert!(rest.contains("/last") && !rest.contains("/slow"), "{rest}");
    assert_eq!(fetch.wait().expect("it ends").code(), Some(130));
    drop(addresses);
}
