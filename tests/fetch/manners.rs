//! No host is asked more, faster or against its will.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use dateline::fetch::Settings;
use dateline::model::FailureKind;
use futures::future::join_all;
use url::Url;

use crate::server::{Server, page, reply};
use crate::{digest, fetcher, kind, settings};

#[tokio::test]
async fn a_host_that_asks_for_time_gets_it_and_loses_no_verdict() {
    let tries = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        if tries.fetch_add(1, Ordering::SeqCst).is_multiple_of(3) {
            reply(stream, "429 Slow", &["Retry-After: 1"], b"");
        } else {
            page(stream, "fine");
        }
    });
    let fetcher = fetcher(Settings { host_concurrency: 2, ..settings() });
    let urls: Vec<_> = (0..5).map(|n| server.url(&format!("/{n}"))).collect();
    for outcome in join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await {
        assert_eq!(kind(&outcome), Ok(200));
    }
}

#[tokio::test]
async fn no_more_requests_at_once_than_a_host_may_have() {
    let (busy, busiest) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let most = Arc::clone(&busiest);
    let server = Server::start(move |_, stream| {
        most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        sleep(Duration::from_millis(30));
        // Before the answer, since the client may be faster than this thread after it.
        busy.fetch_sub(1, Ordering::SeqCst);
        page(stream, "fine");
    });
    let fetcher = fetcher(Settings { host_concurrency: 2, ..settings() });
    let urls: Vec<_> = (0..12).map(|n| server.url(&format!("/{n}"))).collect();
    join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
    assert_eq!(busiest.load(Ordering::SeqCst), 2);
    let table = fetcher.host_table();
    assert_eq!((table[0].requests, table[0].verdicts["ok"]), (12, 12));
}

#[tokio::test]
async fn robots_are_kept_to_where_that_is_asked_for() {
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/robots.txt" => {
            reply(stream, "200 OK", &["Content-Type: text/plain"], b"User-agent: *\nDisallow: /p");
        }
        _ => page(stream, "fine"),
    });
    let fetcher = fetcher(Settings { robots: true, ..settings() });
    let urls = ["/p", "/p2", "/q"].map(|target| server.url(target));
    let outcomes = join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
    let kinds: Vec<_> = outcomes.iter().map(kind).collect();
    let denied = Err(FailureKind::DisallowedByRobots);
    assert_eq!(kinds, [denied, denied, Ok(200)]);
    assert_eq!((server.hits("/robots.txt"), server.requests().len()), (1, 2));
}

/// A site whose robots.txt cannot be had has not asked for anything.
#[tokio::test]
async fn a_fault_of_robots_txt_is_told_as_one() {
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/robots.txt" => reply(stream, "503 Service Unavailable", &[], b""),
        _ => page(stream, "fine"),
    });
    let fetcher = fetcher(Settings { robots: true, ..settings() });
    let outcome = fetcher.visit(&server.url("/p"), digest).await;
    let failure = outcome.result.as_ref().expect_err("the site is closed");
    assert_eq!(failure.kind, FailureKind::DisallowedByRobots);
    assert!(failure.detail.contains("could not be had (503"), "{}", failure.detail);
}

#[tokio::test]
async fn robots_are_found_where_they_have_moved_to() {
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/robots.txt" => reply(stream, "301 Moved", &["Location: /en/robots"], b""),
        "/en/robots" => {
            reply(stream, "200 OK", &["Content-Type: text/plain"], b"User-agent: *\nDisallow: /p");
        }
        _ => page(stream, "fine"),
    });
    let fetcher = fetcher(Settings { robots: true, ..settings() });
    let urls = ["/p", "/q"].map(|target| server.url(target));
    let visits = join_all(urls.iter().map(|url| fetcher.visit(url, digest)));
    let outcomes = tokio::time::timeout(Duration::from_secs(9), visits).await.expect("an end");
    let kinds: Vec<_> = outcomes.iter().map(kind).collect();
    assert_eq!(kinds, [Err(FailureKind::DisallowedByRobots), Ok(200)]);
}

#[tokio::test]
async fn after_the_deadline_nothing_is_tried() {
    let server = Server::start(|_, stream| {
        sleep(Duration::from_secs(2));
        page(stream, "late");
    });
    let fetcher = fetcher(Settings { deadline: Some(Duration::from_millis(200)), ..settings() });
    let urls: Vec<_> = (0..3).map(|n| server.url(&format!("/{n}"))).collect();
    for outcome in join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await {
        assert_eq!(kind(&outcome), Err(FailureKind::NotTried));
    }
}

#[tokio::test]
async fn no_host_is_asked_faster_than_it_may_be() {
    let interval = Duration::from_millis(20);
    let servers =
        ["127.0.0.1", "127.0.0.3"].map(|ip| Server::on(ip, |_, stream| page(stream, "fine")));
    let fetcher = fetcher(Settings { host_interval: interval, ..settings() });
    let urls: Vec<Url> = (0..25)
        .flat_map(|n| servers.each_ref().map(|server| server.url(&format!("/{n}"))))
        .collect();
    join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
    for server in servers {
        let asked = server.requests();
        let span = asked[24].at.duration_since(asked[0].at);
        // One interval less, since the first may have been under way longer than the last.
        assert!((asked.len(), span) >= (25, interval * 23), "{span:?}");
    }
}

#[tokio::test]
async fn a_host_that_stalls_holds_no_other_up() {
    let stalling = Server::on("127.0.0.3", |_, _| sleep(Duration::from_secs(9)));
    let server = Server::start(|_, stream| page(stream, "fine"));
    let patient = Duration::from_secs(8);
    let settings = Settings { timeout: patient, idle_timeout: patient, ..settings() };
    let fetcher = fetcher(settings);
    let slow: Vec<_> = (0..40).map(|n| stalling.url(&format!("/{n}"))).collect();
    let fast: Vec<_> = (0..40).map(|n| server.url(&format!("/{n}"))).collect();
    let slow = join_all(slow.iter().map(|url| fetcher.visit(url, digest)));
    let fast = join_all(fast.iter().map(|url| fetcher.visit(url, digest)));
    tokio::select! {
        _ = slow => panic!("those that stall are done first"),
        outcomes = fast => assert_eq!(outcomes.len(), 40),
    }
}
