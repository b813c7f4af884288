//! Each address is asked for once a run, once a day, and never where a recording answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use dateline::fetch::{CacheChoice, Settings};
use dateline::model::{FailureKind, Outcome};
use futures::future::join_all;
use url::Url;

use crate::server::{Server, page, reply};
use crate::{digest, fetcher, kind, plain, settings, text};

#[tokio::test]
async fn equal_addresses_are_fetched_once_and_fragments_make_no_difference() {
    let server = Server::start(plain);
    let fetcher = fetcher(settings());
    let urls: Vec<_> = (0..20).map(|n| server.url(&format!("/ok#{n}"))).collect();
    let outcomes = join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
    assert!(outcomes.windows(2).all(|pair| Arc::ptr_eq(&pair[0], &pair[1])));
    assert_eq!(server.hits("/ok"), 1);
    assert_eq!(fetcher.progress().done, 1);
}

#[tokio::test]
async fn a_replayed_run_comes_to_the_same_outcomes_without_a_network() {
    let record = tempfile::tempdir().expect("a place for a file");
    let path = record.path().join("run.warc.gz");
    let targets = ["/ok", "/404", "/to-ok", "/loop", "/lie", "/nested", "/no-http", "/a", "/png"];
    let (live, urls) = {
        let server = Server::start(plain);
        let mut urls: Vec<_> = targets.iter().map(|target| server.url(target)).collect();
        urls.push("http://127.0.0.2/private".parse().expect("a URL"));
        (run(Settings { record: Some(path.clone()), ..settings() }, urls.clone()).await, urls)
    };
    let mut unknown = urls.clone();
    unknown.push("http://127.0.0.1:1024/unknown".parse().expect("a URL"));
    let replayed = run(Settings { replay: vec![path], ..settings() }, unknown).await;
    for (live, replayed) in live.iter().zip(&replayed) {
        assert_eq!(live, replayed);
    }
    assert_eq!(kind(&replayed[live.len()]), Err(FailureKind::NotRecorded));
}

/// Visits all addresses at once, in a run of their own.
async fn run(settings: Settings, urls: Vec<Url>) -> Vec<Arc<Outcome>> {
    let fetcher = fetcher(settings);
    let outcomes = join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
    fetcher.finish().expect("a whole recording");
    outcomes
}

#[tokio::test]
async fn a_page_that_many_links_lead_to_is_replayed_as_each_of_them_saw_it() {
    let record = tempfile::tempdir().expect("a place for a file");
    let path = record.path().join("run.warc.gz");
    let views = AtomicUsize::new(0);
    let server = Server::start(move |request, stream| match request.target.as_str() {
        "/page" => page(stream, &format!("view {}", views.fetch_add(1, Ordering::SeqCst))),
        _ => reply(stream, "302 Found", &["Location: /page"], b""),
    });
    let mut urls: Vec<_> = (0..12).map(|n| server.url(&format!("/{n}"))).collect();
    let live = run(Settings { record: Some(path.clone()), ..settings() }, urls.clone()).await;
    let again = Settings { replay: vec![path], ..settings() };
    urls.reverse();
    let mut replayed = run(again.clone(), urls).await;
    replayed.reverse();
    assert_eq!(live, replayed);
    // A link that was not followed then sees what one of them saw, the last by the recording.
    let other = run(again, vec![server.url("/page"), server.url("/99")]).await;
    assert!(live.iter().any(|seen| text(seen) == text(&other[0])), "{}", text(&other[0]));
    assert_eq!(kind(&other[1]), Err(FailureKind::NotRecorded));
}

#[tokio::test]
async fn what_a_host_was_given_up_for_is_replayed_too() {
    let record = tempfile::tempdir().expect("a place for a file");
    let path = record.path().join("run.warc.gz");
    let server = Server::start(|_, _| sleep(Duration::from_secs(2)));
    let urls: Vec<_> = (0..30).map(|n| server.url(&format!("/{n}"))).collect();
    let brief = Settings { timeout: Duration::from_millis(200), host_concurrency: 2, ..settings() };
    let live = run(Settings { record: Some(path.clone()), ..brief.clone() }, urls.clone()).await;
    assert!(server.requests().len() < urls.len(), "it is given up");
    assert!(live.iter().all(|outcome| kind(outcome) == Err(FailureKind::Timeout)));
    assert_eq!(run(Settings { replay: vec![path], ..brief }, urls).await, live);
}

#[tokio::test]
async fn a_second_run_asks_only_whether_old_pages_have_changed() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let cache = CacheChoice::File(folder.path().join("cache.sqlite"));
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/page" => page(stream, "fine"),
        _ => reply(stream, "404 Not Found", &[], b""),
    });
    let run = async || {
        let fetcher = fetcher(Settings { cache: cache.clone(), ..settings() });
        let urls = ["/page", "/404"].map(|target| server.url(target));
        let outcomes = join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
        fetcher.finish().expect("nothing is recorded");
        assert_eq!(fetcher.notices(), Vec::<String>::new());
        (outcomes, fetcher.progress().from_cache)
    };
    let (first, none) = run().await;
    let (second, both) = run().await;
    assert_eq!((first, none, both), (second, 0, 2));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_old_page_is_asked_for_again_only_if_it_has_changed() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("cache.sqlite");
    let cache = CacheChoice::File(path.clone());
    let server = Server::start(|request, stream| {
        match request.fields.get("if-none-match").map(String::as_str) {
            Some("\"v1\"") => reply(stream, "304 Not Modified", &[], b""),
            _ => reply(stream, "200 OK", &["Content-Type: text/html", "ETag: \"v1\""], b"fine"),
        }
    });
    let run = async || {
        let fetcher = fetcher(Settings { cache: cache.clone(), ..settings() });
        let outcome = fetcher.visit(&server.url("/page"), digest).await;
        fetcher.finish().expect("nothing is recorded");
        outcome
    };
    let first = run().await;
    let database = rusqlite::Connection::open(&path).expect("the cache");
    database.execute("UPDATE outcome SET fetched = 0", []).expect("it ages");
    let second = run().await;
    assert_eq!(second.result, first.result);
    assert_eq!(second.chain[0].status, Some(304));
    assert_eq!(run().await, second);
    assert_eq!(server.hits("/page"), 2);
}
