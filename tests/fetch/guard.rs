//! No way leads to an address that is not allowed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dateline::fetch::{Lookup, Settings};
use dateline::model::FailureKind;

use crate::server::{Server, page, reply};
use crate::{digest, fetcher, kind, names, plain, settings, text, visit};

#[tokio::test]
async fn no_way_leads_to_an_address_that_is_not_allowed() {
    let inside = Server::on("127.0.0.2", plain);
    let target = inside.url("/canary");
    let port = target.port().expect("a port");
    let spellings = ["127.0.0.2", "2130706434", "0x7f.2", "[::ffff:127.0.0.2]", "0177.0.0.2", "0"]
        .map(|host| format!("http://{host}:{port}/canary"));
    let outside = Server::start(move |request, stream| {
        let at = request.target.trim_start_matches(|c: char| !c.is_ascii_digit());
        match at.parse::<usize>().ok().and_then(|at| spellings.get(at)) {
            Some(to) if request.target.starts_with("/meta") => {
                page(stream, &format!("<meta http-equiv=refresh content='0;url={to}'>"));
            }
            Some(to) => reply(stream, "302 Found", &[&format!("Location: {to}")], b""),
            None => {}
        }
    });
    assert_eq!(kind(&visit(&target).await), Err(FailureKind::Blocked));
    for at in 0..6 {
        for way in ["/redirect", "/meta"] {
            let outcome = visit(&outside.url(&format!("{way}{at}"))).await;
            assert_eq!(kind(&outcome), Err(FailureKind::Blocked), "{way}{at}: {outcome:?}");
            assert_eq!(outcome.chain.len(), 2);
        }
    }
    assert!(inside.requests().is_empty());
}

#[tokio::test]
async fn a_name_opens_no_address_that_is_closed_itself() {
    let inside = Server::on("127.0.0.2", plain);
    let port = inside.url("/").port().expect("a port");
    let lookup = names(&[
        ("internal.test", &["127.0.0.2"]),
        ("mixed.test", &["127.0.0.1", "127.0.0.2"]),
        ("mapped.test", &["::ffff:127.0.0.2"]),
        ("metadata.test", &["169.254.169.254"]),
    ]);
    let fetcher = fetcher(Settings { lookup: Some(lookup), ..settings() });
    for name in ["internal.test", "mixed.test", "mapped.test", "metadata.test"] {
        let url = format!("http://{name}:{port}/canary").parse().expect("a URL");
        let outcome = fetcher.visit(&url, digest).await;
        assert_eq!(kind(&outcome), Err(FailureKind::Blocked), "{name}: {outcome:?}");
    }
    assert!(inside.requests().is_empty());
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_looked_at_each_time() {
    let inside = Server::on("127.0.0.2", plain);
    let port = inside.url("/").port().expect("a port");
    let is_second = AtomicBool::new(false);
    let lookup: Lookup = Arc::new(move |_| {
        let address = if is_second.swap(true, Ordering::SeqCst) { 2 } else { 1 };
        Box::pin(std::future::ready(Ok(vec![[127, 0, 0, address].into()])))
    });
    let fetcher = fetcher(Settings { lookup: Some(lookup), ..settings() });
    // Nobody listens at the first address, so that the name is looked up again.
    let url = format!("http://rebind.test:{port}/canary").parse().expect("a URL");
    assert_eq!(kind(&fetcher.visit(&url, digest).await), Err(FailureKind::Blocked));
    assert!(inside.requests().is_empty());
}

#[tokio::test]
async fn a_name_with_an_open_address_is_asked_by_its_name() {
    let server = Server::start(plain);
    let port = server.url("/").port().expect("a port");
    let lookup = names(&[("public.test", &["127.0.0.1"])]);
    let fetcher = fetcher(Settings { lookup: Some(lookup), ..settings() });
    let url = format!("http://public.test:{port}/ok").parse().expect("a URL");
    assert_eq!(text(&fetcher.visit(&url, digest).await), "fine");
    assert_eq!(server.requests()[0].fields["host"], format!("public.test:{port}"));
}
