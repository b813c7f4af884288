//! Every kind of failure, brought about.

use std::io::Write;
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use dateline::fetch::{Fetcher, Settings};
use dateline::model::{FailureKind, Outcome};

use crate::server::{Server, page, reply};
use crate::{digest, fetcher, kind, names, no_answer, plain, settings, visit};

/// What comes of a path on the server with the plain answers.
async fn answer(path: &str) -> Arc<Outcome> {
    visit(&Server::start(plain).url(path)).await
}

/// What comes of an address with those settings.
async fn with(settings: Settings, url: &str) -> Arc<Outcome> {
    fetcher(settings).visit(&url.parse().expect("a URL"), digest).await
}

#[test]
fn the_documentation_names_every_verdict_and_the_dead_ones_first() {
    let documentation = include_str!("../../docs/fetching.md");
    let rows = documentation.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let rows: Vec<&str> = rows.filter(|row| *row != "ok").collect();
    for kind in FailureKind::ALL {
        let at = rows.iter().position(|row| *row == kind.as_str());
        let at = at.unwrap_or_else(|| panic!("{kind} is not documented"));
        assert_eq!(kind.is_dead(), at < 4, "{kind}");
    }
    assert_eq!(rows.len(), FailureKind::ALL.len());
}

/// Brings a kind of failure about. A kind that has no case here does not compile.
async fn brought_about(kind: FailureKind) -> Arc<Outcome> {
    match kind {
        FailureKind::NotFound => answer("/404").await,
        FailureKind::Gone => answer("/410").await,
        FailureKind::NoSuchHost => {
            let lookup = Some(names(&[]));
            with(Settings { lookup, ..settings() }, "http://gone.test/").await
        }
        FailureKind::Unresolved => unresolved().await,
        FailureKind::Refused => visit(&nobody()).await,
        FailureKind::Denied => answer("/403").await,
        FailureKind::LoginWall => answer("/a").await,
        FailureKind::RateLimited => answer("/429").await,
        FailureKind::ServerError => answer("/501").await,
        FailureKind::UnexpectedStatus => answer("/418").await,
        FailureKind::Timeout => timeout().await,
        FailureKind::Tls => https_to_a_plain_server().await,
        FailureKind::Protocol => answer("/no-http").await,
        FailureKind::RedirectLoop => answer("/loop").await,
        FailureKind::TooManyRedirects => answer("/chain").await,
        FailureKind::Blocked => with(settings(), "http://127.0.0.2/").await,
        FailureKind::Undecodable => answer("/lie").await,
        FailureKind::DisallowedByRobots => disallowed().await,
        FailureKind::NoNetwork => no_network().await,
        FailureKind::NotRecorded => not_recorded().await,
        FailureKind::NotTried => not_tried().await,
    }
}

#[tokio::test]
async fn every_kind_of_failure_is_told_from_the_others() {
    for expected in FailureKind::ALL {
        let outcome = brought_about(expected).await;
        assert_eq!(kind(&outcome), Err(expected), "{outcome:?}");
    }
}

/// The address of a server that is no longer there.
fn nobody() -> url::Url {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let address = listener.local_addr().expect("a bound socket has an address");
    format!("http://{address}/").parse().expect("a URL")
}

async fn unresolved() -> Arc<Outcome> {
    let lookup: dateline::fetch::Lookup = Arc::new(|name| {
        let control = name == "example.com";
        let busy = || no_answer("Temporary failure in name resolution");
        Box::pin(std::future::ready(control.then(Vec::new).ok_or_else(busy)))
    });
    with(Settings { lookup: Some(lookup), ..settings() }, "http://busy.test/").await
}

async fn no_network() -> Arc<Outcome> {
    let lookup: dateline::fetch::Lookup =
        Arc::new(|_| Box::pin(std::future::ready(Err(no_answer("Name or service not known")))));
    with(Settings { lookup: Some(lookup), ..settings() }, "http://any.test/").await
}

async fn timeout() -> Arc<Outcome> {
    let server = Server::start(|_, _| sleep(Duration::from_secs(2)));
    let settings = Settings { idle_timeout: Duration::from_millis(200), ..settings() };
    with(settings, server.url("/").as_str()).await
}

async fn https_to_a_plain_server() -> Arc<Outcome> {
    let server = Server::start(|_, stream| drop(stream.write_all(b"HTTP/1.1 400 Bad\r\n\r\n")));
    let mut url = server.url("/");
    url.set_scheme("https").expect("both are web schemes");
    visit(&url).await
}

async fn disallowed() -> Arc<Outcome> {
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/robots.txt" => {
            let fields = ["Content-Type: text/plain"];
            reply(stream, "200 OK", &fields, b"User-agent: *\nDisallow: /");
        }
        _ => page(stream, "fine"),
    });
    with(Settings { robots: true, ..settings() }, server.url("/p").as_str()).await
}

async fn not_recorded() -> Arc<Outcome> {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("empty.warc.gz");
    let recording = Fetcher::new(Settings { record: Some(path.clone()), ..settings() });
    recording.and_then(|nothing| nothing.finish()).expect("an empty recording");
    with(Settings { replay: vec![path], ..settings() }, "http://any.test/").await
}

async fn not_tried() -> Arc<Outcome> {
    let fetcher = fetcher(settings());
    fetcher.stop();
    fetcher.visit(&"http://127.0.0.1/".parse().expect("a URL"), digest).await
}

#[tokio::test]
async fn a_connection_that_is_closed_early_is_no_refusal() {
    let closing = Server::start(|_, _| {});
    assert_eq!(kind(&visit(&closing.url("/")).await), Err(FailureKind::Protocol));
}
