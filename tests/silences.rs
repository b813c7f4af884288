//! What was not looked at is said, and can fail a run.

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

use project::{Project, article};
use server::{Server, page};

/// An article with links to some pages of a server.
fn with_links(server: &Server, names: &[&str]) -> String {
    let link = |name: &&str| format!("See [{name}]({}).\n\n", server.url(&format!("/{name}")));
    article(&names.iter().map(link).collect::<String>())
}

const FETCHING: [&str; 9] = [
    "check",
    "--allow-net",
    "127.0.0.1",
    "--cache",
    "off",
    "--host-interval",
    "0",
    "--ignore",
    "private-link",
];

fn run(project: &Project, arguments: &[&str]) -> (i32, String) {
    let (code, said) = project.run(&[&FETCHING[..], arguments].concat());
    (code, said.replace('\n', " "))
}

#[test]
fn a_recording_that_answers_nothing_is_not_green_in_silence() {
    let server = Server::start(|_, stream| page(stream, "<title>A page</title>"));
    let project = Project::new();
    project.write("a.md", &with_links(&server, &["one", "two", "three"]));
    project.write("b.md", &with_links(&server, &["four", "two"]));
    assert_eq!(run(&project, &["a.md", "--record", "a.warc.gz"]).0, 0);
    let replayed = |more: &[&str]| run(&project, &[&["--replay", "a.warc.gz"], more].concat());
    let (code, said) = replayed(&["a.md", "--fail-on", "warning,unfetched"]);
    assert!(code == 0 && said.contains("everything fits in 1 document with 3 links "), "{said}");
    for profile in ["ci", "audit"] {
        let (code, said) = replayed(&["b.md", "--profile", profile, "--fail-on", "warning"]);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("1 link does not stand in the recording"), "{said}");
        assert!(said.contains("with 2 links, 1 not fetched"), "{said}");
    }
    assert_eq!(replayed(&["b.md", "--fail-on", "warning,unfetched"]).0, 1);
    let json = replayed(&["b.md", "--format", "json"]).1;
    assert!(json.contains("\"unrecorded\":1") || json.contains("\"unrecorded\": 1"), "{json}");

    let path = project.path().join("a.warc.gz");
    let mut bytes = std::fs::read(&path).expect("the recording");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20].fill(0xff);
    std::fs::write(&path, bytes).expect("it is written");
    let said = replayed(&["a.md"]).1;
    assert!(said.contains("a.warc.gz is damaged at byte"), "{said}");
}
