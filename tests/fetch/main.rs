//! Fetching, one verdict at a time, against servers on loopback.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::needless_pass_by_value,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[path = "../server/mod.rs"]
mod server;

mod answers;
mod bounds;
mod guard;
mod manners;
mod proxies;
mod remembered;
mod secrets;
mod verdicts;

use std::io::Write;
use std::net::{IpAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use dateline::fetch::{Fetcher, Lookup, Settings};
use dateline::model::{
    Dating, Document, FailureKind, MainText, Outcome, Page, Span, Title, TitleKind,
};
use server::{Request, page, reply};
use url::Url;

/// Settings for servers on 127.0.0.1 and 127.0.0.3, without the manners that strangers are owed.
fn settings() -> Settings {
    Settings {
        timeout: Duration::from_secs(3),
        idle_timeout: Duration::from_secs(1),
        host_concurrency: 8,
        host_interval: Duration::ZERO,
        allow_net: ["127.0.0.1/32", "127.0.0.3/32"]
            .map(|net| net.parse().expect("a network"))
            .into(),
        ..Settings::default()
    }
}

/// Keeps of a page what the tests look at: the beginning of its text as its title, and the count of
/// its bytes as that of its words.
fn digest(url: Url, document: Document) -> Page {
    let text = document.text.chars().take(100).collect();
    let span = Span::new(0, 0);
    Page {
        url,
        status: 0,
        media: document.media,
        titles: vec![Title { kind: TitleKind::Document, text, span }],
        canonical: None,
        dating: Dating::default(),
        partial: false,
        text: Some(MainText { words: document.text.len(), ..MainText::default() }),
        anchors: None,
        more: Vec::new(),
    }
}

fn text(outcome: &Arc<Outcome>) -> &str {
    &outcome.result.as_ref().expect("a page").titles[0].text
}

fn kind(outcome: &Arc<Outcome>) -> Result<u16, FailureKind> {
    outcome.result.as_ref().map(|page| page.status).map_err(|failure| failure.kind)
}

fn fetcher(settings: Settings) -> Fetcher {
    Fetcher::new(settings).expect("good settings")
}

async fn visit(url: &Url) -> Arc<Outcome> {
    fetcher(settings()).visit(url, digest).await
}

/// Verdicts that a server gives by its answer alone.
fn plain(request: &Request, stream: &mut TcpStream) {
    let html = "Content-Type: text/html";
    match request.target.as_str() {
        "/ok" | "/canary" => page(stream, "fine"),
        "/404" => reply(stream, "404 Not Found", &[], b""),
        "/410" => reply(stream, "410 Gone", &[], b""),
        "/403" => reply(stream, "403 Forbidden", &[], b""),
        "/999" => reply(stream, "999 Request denied", &[], b""),
        "/418" => reply(stream, "418 I'm a teapot", &[], b""),
        "/501" => reply(stream, "501 Not Implemented", &[], b""),
        "/429" => reply(stream, "429 Slow", &["Retry-After: 31536000"], b""),
        "/503-wait" => {
            reply(stream, "503 Busy", &["Retry-After: Fri, 31 Dec 9999 23:59:59 GMT"], b"");
        }
        "/loop" => reply(stream, "302 Found", &["Location: /loop"], b""),
        "/nowhere" => reply(stream, "302 Found", &[], b""),
        "/to-ok" => reply(stream, "301 Moved", &["Location: /to-ok-2"], b""),
        "/to-ok-2" => reply(stream, "307 Temporary", &["Location: ok#part"], b""),
        "/to-file" => reply(stream, "302 Found", &["Location: file:///etc/passwd"], b""),
        "/refresh" => page(stream, "<meta http-equiv=refresh content='0;url=/ok'>"),
        "/refresh-loop" => page(stream, "<meta http-equiv=refresh content='0;url=/refresh-loop'>"),
        "/lie" => reply(stream, "200 OK", &[html, "Content-Encoding: gzip"], b"<p>plain"),
        "/nested" => reply(stream, "200 OK", &[html, "Content-Encoding: gzip, gzip"], b"x"),
        "/png" => reply(stream, "200 OK", &[html], b"\x89PNG\r\n\x1a\n..."),
        "/no-http" => drop(stream.write_all(b"hello\r\n\r\n")),
        "/login?next=/a" => page(stream, "<input type=password>"),
        "/a" => reply(stream, "302 Found", &["Location: /login?next=/a"], b""),
        target if target.starts_with("/chain") => {
            reply(stream, "302 Found", &[&format!("Location: {target}x")], b"");
        }
        _ => {}
    }
}

/// Looks names up in a table; of the others only the one that is asked for to find out whether
/// there is a network exists.
fn names(table: &[(&str, &[&str])]) -> Lookup {
    let address = |text: &&str| text.parse::<IpAddr>().expect("an address");
    let table: Vec<(String, Vec<IpAddr>)> = table
        .iter()
        .map(|(name, addresses)| ((*name).to_owned(), addresses.iter().map(address).collect()))
        .collect();
    Arc::new(move |name| {
        let found = table.iter().find(|(known, _)| *known == name);
        let found = found.map(|(_, addresses)| addresses.clone());
        let control = (name == "example.com").then(Vec::new);
        let answer = found.or(control).ok_or_else(|| no_answer("Name or service not known"));
        Box::pin(std::future::ready(answer))
    })
}

/// What the standard library makes of a failed lookup.
fn no_answer(why: &str) -> std::io::Error {
    std::io::Error::other(format!("failed to lookup address information: {why}"))
}
