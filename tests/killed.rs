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

use project::Project;
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
