//! Runs that are killed or interrupted while they fetch: what was finished is remembered, what was
//! found is told, and the next run comes to what an unbroken one would have.

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
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use project::{Project, article};
use server::{Server, page, reply};

const LINKS: usize = 60;

/// A server that takes its time, and whose every seventh page is missing.
fn server(millis: u64) -> Server {
    Server::start(move |request, stream| {
        thread::sleep(Duration::from_millis(millis));
        let number: usize = request.target.trim_start_matches('/').parse().unwrap_or(0);
        if number.is_multiple_of(7) {
            reply(stream, "404 Not Found", &[], b"");
        } else {
            page(stream, "<title>A page</title>");
        }
    })
}

fn project(server: &Server) -> Project {
    let project = Project::new();
    let mut article = String::from("# A story\n\nMay 25, 2018\n");
    for number in 0..LINKS {
        let url = server.url(&format!("/{number}"));
        write!(article, "\nSee [page {number}]({url}).\n").expect("memory");
    }
    project.write("a.md", &article);
    project
}

const OPTIONS: [&str; 11] = [
    "--allow-net",
    "127.0.0.1/32",
    "--host-concurrency",
    "2",
    "--host-interval",
    "0",
    "--now",
    "2026-11-24T12:00:00Z",
    "-v",
    "--format",
    "csv",
];

fn spawn(project: &Project, cache: &str) -> Child {
    let mut dateline = project.dateline(&["check", "a.md", "--cache", cache]);
    dateline.args(OPTIONS).stdout(Stdio::piped()).stderr(Stdio::piped());
    dateline.spawn().expect("dateline runs")
}

/// The paths that a run says it has fetched.
fn fetched(messages: &str) -> BTreeSet<String> {
    let path = |line: &str| {
        let rest = line.strip_prefix("fetched: http://")?;
        let (url, _) = rest.split_once(": ")?;
        Some(format!("/{}", url.split_once('/')?.1))
    };
    messages.lines().filter_map(path).collect()
}

/// The report, and what was said beside it.
fn finish(run: Child) -> (String, String) {
    let output = run.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr))
}

#[test]
fn a_run_that_is_killed_loses_no_finished_link() {
    let server = server(4);
    let project = project(&server);
    let (whole, _) = finish(spawn(&project, "off"));
    assert_eq!(whole.lines().count(), 1 + LINKS.div_ceil(7), "{whole}");
    for moment in [0, 1, 2, 5, 11, 23, 40, 55] {
        let cache = format!("{moment}.sqlite");
        let mut run = spawn(&project, &cache);
        let mut messages = BufReader::new(run.stderr.take().expect("piped"));
        let mut said = String::new();
        for _ in 0..moment {
            messages.read_line(&mut said).expect("it tells of each link");
        }
        run.kill().expect("it can be killed");
        messages.read_to_string(&mut said).expect("what it had said until then");
        run.wait().expect("it has ended");
        let finished = fetched(&said);
        assert!(finished.len() >= moment, "{said}");

        let before = server.requests().len();
        let (report, _) = finish(spawn(&project, &cache));
        assert_eq!(report, whole, "killed after {moment} links");
        let again: BTreeSet<String> =
            server.requests().into_iter().skip(before).map(|request| request.target).collect();
        let twice: Vec<&String> = finished.intersection(&again).collect();
        assert!(twice.is_empty(), "asked again after {moment} links: {twice:?}");
    }
}

const OUTPUTS: [&str; 3] = ["out.csv", "known.json", "page.html"];

/// A run that writes everything that a run can write.
fn writing(project: &Project) -> Child {
    let outputs = [
        "check",
        "a.md",
        "--cache",
        "cache.sqlite",
        "--write-baseline",
        "--baseline",
        "known.json",
        "--output",
        "out.csv",
        "--report",
        "html=page.html",
        "--report",
        "sqlite=audit.db",
    ];
    let mut dateline = project.dateline(&outputs);
    dateline.args(OPTIONS).stdout(Stdio::piped()).stderr(Stdio::piped());
    dateline.spawn().expect("dateline runs")
}

/// Whatever the moment at which a run is killed, every file is whole: as it was before, or as it is
/// after a run that was not killed.
#[test]
fn what_a_killed_run_writes_is_whole_or_as_it_was() {
    const MOMENTS: usize = 20;
    let server = server(1);
    let project = project(&server);
    let article = project.read("a.md");
    project.write("a.md", article.split_once("See [page 7]").expect("a link").0);
    finish(writing(&project));
    let old = OUTPUTS.map(|name| project.read(name));
    project.write("a.md", &article);
    let database = project.path().join("audit.db");
    let before = std::fs::read(&database).expect("a database");
    let (mut as_they_were, mut anew) = (0, 0);
    for moment in 0..MOMENTS {
        for (name, text) in OUTPUTS.iter().zip(&old) {
            project.write(name, text);
        }
        std::fs::write(&database, &before).expect("it can be written");
        let _ = std::fs::remove_file(project.path().join("audit.db-journal"));
        let mut run = writing(&project);
        let mut messages = BufReader::new(run.stderr.take().expect("piped"));
        // Some while it fetches, the others around the time at which it writes.
        let lines = if moment < MOMENTS / 2 { moment * 6 } else { LINKS };
        let mut said = String::new();
        for _ in 0..lines {
            messages.read_line(&mut said).expect("it tells of each link");
        }
        if moment == MOMENTS - 1 {
            // However slow the machine is, one run comes to its end.
            messages.read_to_string(&mut said).expect("messages");
            run.wait().expect("it ends");
        } else if moment >= MOMENTS / 2 {
            let moment = u64::try_from(moment - MOMENTS / 2).expect("a small number");
            thread::sleep(Duration::from_millis(moment * moment));
        }
        run.kill().expect("it can be killed");
        messages.read_to_string(&mut said).expect("what it had said until then");
        run.wait().expect("it has ended");

        for (name, old) in OUTPUTS.iter().zip(&old) {
            let now = project.read(name);
            if now == *old {
                as_they_were += 1;
                continue;
            }
            anew += 1;
            let whole = match *name {
                "out.csv" => now.lines().count() == 1 + LINKS.div_ceil(7),
                "known.json" => {
                    let known: serde_json::Value = serde_json::from_str(&now).expect("JSON");
                    known["entries"].as_array().map(Vec::len) == Some(LINKS.div_ceil(7))
                }
                _ => now.trim_end().ends_with("</html>"),
            };
            assert!(whole, "moment {moment}: {name} is cut: {now}");
        }
        let audit = rusqlite::Connection::open(&database).expect("a database");
        let asked = |query: &str| audit.query_row(query, [], |row| row.get::<_, String>(0));
        assert_eq!(asked("PRAGMA integrity_check").as_deref(), Ok("ok"), "moment {moment}");
        let runs = asked("SELECT count(*) || ' ' || max(id) FROM runs").expect("an answer");
        assert!(["1 1", "2 2"].contains(&runs.as_str()), "moment {moment}: {runs}");
        let of_the_last = "SELECT CAST(count(*) AS TEXT) FROM links l JOIN documents d \
                           ON d.id = l.document_id WHERE d.run_id = (SELECT max(id) FROM runs)";
        let judged = asked(of_the_last).expect("an answer");
        assert_eq!(judged, if runs == "1 1" { "7" } else { "60" }, "moment {moment}");
        let cache = rusqlite::Connection::open(project.path().join("cache.sqlite"));
        let cache = cache.expect("a database");
        let checked = cache.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
        assert_eq!(checked.as_deref(), Ok("ok"), "moment {moment}");
    }
    assert!(as_they_were > 0 && anew > 0, "{as_they_were} as they were, {anew} anew");
}

/// How often a run over a corpus is killed, and how many documents that has. The full measure takes minutes:
/// `DATELINE_KILLS=20 DATELINE_DOCUMENTS=2000 cargo test --test killed corpus`.
fn measure(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

/// Killed at moments that nobody chose and gone on with each time, a run over a corpus comes to the rows
/// of one that nobody killed, and no link that it said to have fetched is asked for again. What was under
/// way at the kill may be.
#[test]
fn a_run_over_a_corpus_is_killed_again_and_again() {
    const EACH: usize = 3;
    let (kills, documents) = (measure("DATELINE_KILLS", 6), measure("DATELINE_DOCUMENTS", 150));
    let server = Server::start(move |request, stream| match request.target.len() % 3 {
        0 => reply(stream, "404 Not Found", &[], b""),
        _ => page(stream, "<title>A page</title>"),
    });
    let project = Project::new();
    let mut rows = String::new();
    for number in 0..documents {
        let link = |n: usize| format!("[{n}]({})\n\n", server.url(&format!("/{number}/{n}")));
        let text = article(&(0..EACH).map(link).collect::<String>());
        // Every second is a file, the others stand together in one.
        if number % 2 == 0 {
            project.write(&format!("in/{}/{number}.md", number % 10), &text);
        } else {
            let row = serde_json::json!({"id": number.to_string(), "markdown": text});
            writeln!(rows, "{row}").expect("memory");
        }
    }
    project.write("in/pages.jsonl", &rows);
    let spawn = |cache: &str, rows: &str, more: &[&str]| {
        let output = ["check", "in", "--cache", cache, "--output", rows];
        let options: Vec<&str> =
            OPTIONS.iter().map(|it| if *it == "csv" { "jsonl" } else { it }).collect();
        let mut dateline = project.dateline(&[&output[..], &options, more].concat());
        dateline.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("dateline runs")
    };
    let all = documents * EACH;
    let mut moments: Vec<usize> = (0..kills).map(|_| fastrand::usize(0..all)).collect();
    moments.sort_unstable();
    let (mut finished, mut killed) = (BTreeSet::new(), 0);
    for moment in moments {
        let mut run = spawn("cache.sqlite", "rows.jsonl", &["--resume"]);
        let messages = BufReader::new(run.stderr.take().expect("piped"));
        let told = thread::spawn(move || std::io::read_to_string(messages).expect("UTF-8"));
        let before = server.requests().len();
        while server.requests().len() < moment && run.try_wait().expect("it can be asked").is_none()
        {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_micros(fastrand::u64(0..9_000)));
        killed += usize::from(run.try_wait().expect("it can be asked").is_none());
        run.kill().expect("it can be killed");
        run.wait().expect("it has ended");
        let told = told.join().expect("messages");
        let asked: BTreeSet<String> =
            server.requests().into_iter().skip(before).map(|request| request.target).collect();
        let twice: Vec<&String> = finished.intersection(&asked).collect();
        assert!(twice.is_empty(), "asked again at {moment} of {all}: {twice:?}");
        finished.extend(fetched(&told).into_iter().filter(|path| asked.contains(path)));
    }
    assert!(killed > kills / 2, "{killed} of {kills} were in time");
    let before = server.requests().len();
    spawn("cache.sqlite", "rows.jsonl", &["--resume"]).wait_with_output().expect("it ends");
    let asked = server.requests().into_iter().skip(before).map(|request| request.target);
    let twice: Vec<String> = asked.filter(|path| finished.contains(path)).collect();
    assert!(twice.is_empty(), "asked again at the end: {twice:?}");
    let requests = server.requests().len();
    eprintln!("{killed} kills, {all} links, {requests} requests");
    // An unbroken run to which the cache answers has the same bytes, and one that asks itself all but
    // the time at which it asked.
    spawn("cache.sqlite", "whole.jsonl", &[]).wait_with_output().expect("it ends");
    assert_eq!(server.requests().len(), requests, "everything had been asked");
    let rows = project.read("rows.jsonl");
    assert_eq!(rows.lines().count(), documents);
    assert!(rows == project.read("whole.jsonl"), "the rows are those of an unbroken run");
    spawn("off", "anew.jsonl", &[]).wait_with_output().expect("it ends");
    let timeless = |rows: &str| -> String {
        let mut parts = rows.split("\"fetched\":\"");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once('"').expect("a time").1)
    };
    assert!(timeless(&rows) == timeless(&project.read("anew.jsonl")));
}

/// What was recorded until a run was killed can be read, and no later run writes over it.
#[test]
fn a_recording_survives() {
    let server = server(2);
    let project = project(&server);
    let recording = |options: &[&str]| {
        let mut dateline = project.dateline(&[&["check", "a.md"], options].concat());
        dateline.args(OPTIONS).stdout(Stdio::piped()).stderr(Stdio::piped());
        dateline.spawn().expect("dateline runs")
    };
    for moment in [1, 7, 30, 59] {
        let name = format!("{moment}.warc.gz");
        let mut run = recording(&["--record", &name]);
        let mut messages = BufReader::new(run.stderr.take().expect("piped"));
        let mut said = String::new();
        for _ in 0..moment {
            messages.read_line(&mut said).expect("it tells of each link");
        }
        run.kill().expect("it can be killed");
        run.wait().expect("it has ended");
        let held = std::fs::read(project.path().join(&name)).expect("a recording");
        let again = recording(&["--record", &name]).wait_with_output().expect("it ends");
        assert_eq!(again.status.code(), Some(2));
        let now = std::fs::read(project.path().join(&name)).expect("a recording");
        assert!(now == held, "{name} is as it was");
        let before = server.requests().len();
        let (report, said) = finish(recording(&["--replay", &name]));
        assert_eq!(server.requests().len(), before, "a recording answers alone");
        assert!(report.lines().count() > moment / 7, "moment {moment}: {report} {said}");
    }
}

#[test]
fn an_interrupted_run_tells_what_it_fetched_and_what_it_did_not() {
    // Slow enough that the signal comes before the end.
    let server = server(40);
    let project = project(&server);
    let mut run = spawn(&project, "cache.sqlite");
    let mut messages = BufReader::new(run.stderr.take().expect("piped"));
    let mut said = String::new();
    for _ in 0..15 {
        messages.read_line(&mut said).expect("it tells of each link");
    }
    let kill = Command::new("kill").args(["-INT", &run.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    messages.read_to_string(&mut said).expect("messages");
    let mut report = String::new();
    run.stdout.take().expect("piped").read_to_string(&mut report).expect("a report");
    assert_eq!(run.wait().expect("it ends").code(), Some(130), "{said}");
    assert!(report.contains("dead-link"), "{report}");
    let before = server.requests().len();
    let (whole, _) = finish(spawn(&project, "cache.sqlite"));
    assert!(report.lines().all(|line| whole.contains(line)), "{report}");
    let again = server.requests().len() - before;
    assert!(again > 0 && again <= LINKS - 15, "{again} links were asked for again");
}
