//! Same inputs, same `--now`, same answers of the network: the same bytes out, in every format
//! that is written as a stream.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the folder")]
mod project;
#[allow(dead_code, reason = "every test takes its part of the server")]
mod server;

use std::process::Output;

use dateline::report::{FORMATS, Open, View};
use project::Project;
use server::Server;

/// A site with a page that was redated, one that moved, one that is gone, and one that is far newer
/// than what links to it.
fn site() -> Server {
    Server::start(|request, stream| {
        let dated = |day: &str| {
            format!(
                "<html><head><meta property=article:published_time content={day}T09:00:00Z></head>\
                 <body><article><h1>A story of the day</h1><p>Text.</p></article></body></html>"
            )
        };
        match request.target.as_str() {
            "/2025/10/17/redated" => server::page(stream, &dated("2018-05-23")),
            "/new" => server::page(stream, &dated("2025-10-17")),
            "/moved" => server::reply(stream, "301 Moved Permanently", &["Location: /new"], b""),
            _ => server::reply(stream, "404 Not Found", &["Content-Type: text/html"], b"gone"),
        }
    })
}

fn check(project: &Project, format: &str, more: &[&str]) -> Output {
    let mut arguments = vec!["check", "posts", "--now", "2026-01-01", "--no-config"];
    arguments.extend(["--profile", "audit", "--cache", "off", "--allow-net", "127.0.0.0/8"]);
    arguments.extend(["--host-interval", "0", "--format", format]);
    arguments.extend(more);
    project.output(&arguments)
}

#[test]
fn a_replayed_run_writes_the_same_bytes_in_every_format() {
    let site = site();
    let project = Project::new();
    for (name, paths) in [
        ("posts/one.md", &["/2025/10/17/redated", "/moved", "/gone"][..]),
        ("posts/two.md", &["/new", "/2025/10/17/redated", "/2017/01/02/gone"][..]),
    ] {
        let links: String =
            paths.iter().map(|path| format!("See [this]({}) too.\n\n", site.url(path))).collect();
        project.write(name, &project::article(&links));
    }
    for format in FORMATS.iter().filter(|format| format.views.contains(&View::Check)) {
        let format = match format.open {
            Open::Stream(_) => format.name,
            Open::Place(_) => continue,
        };
        let recording = format!("{format}.warc.gz");
        let live = check(&project, format, &["--record", &recording]);
        let asked = site.requests().len();
        let replayed = check(&project, format, &["--replay", &recording]);
        assert_eq!(site.requests().len(), asked, "{format}: a recording answers alone");
        assert!(!live.stdout.is_empty(), "{format}: {}", String::from_utf8_lossy(&live.stderr));
        assert!(live.stdout == replayed.stdout, "{format}: the reports differ");
        assert_eq!(live.status.code(), replayed.status.code(), "{format}");
    }
}
