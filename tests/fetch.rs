//! Fetching, one verdict at a time, against servers on loopback.

mod server;

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use dateline::fetch::{CacheChoice, Fetcher, Settings};
use dateline::model::{Dating, Document, FailureKind, Media, Outcome, Page, Title, TitleKind};
use futures::future::join_all;
use server::{Request, Server, page, reply};
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

/// Keeps of a page what the tests look at: its text stands in for its title.
fn digest(url: Url, document: Document) -> Page {
    let text = document.text.chars().take(100).collect();
    let span = dateline::model::Span::new(0, 0);
    Page {
        url,
        status: 0,
        media: document.media,
        titles: vec![Title { kind: TitleKind::Document, text, span }],
        canonical: None,
        dating: Dating::default(),
        partial: false,
        text: None,
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

#[tokio::test]
async fn each_answer_has_its_verdict() {
    let server = Server::start(plain);
    let fetcher = fetcher(settings());
    for (target, expected) in [
        ("/ok", Ok(200)),
        ("/404", Err(FailureKind::NotFound)),
        ("/410", Err(FailureKind::Gone)),
        ("/403", Err(FailureKind::Denied)),
        ("/999", Err(FailureKind::Denied)),
        ("/418", Err(FailureKind::UnexpectedStatus)),
        ("/501", Err(FailureKind::ServerError)),
        ("/429", Err(FailureKind::RateLimited)),
        ("/503-wait", Err(FailureKind::RateLimited)),
        ("/loop", Err(FailureKind::RedirectLoop)),
        ("/nowhere", Err(FailureKind::UnexpectedStatus)),
        ("/chain", Err(FailureKind::TooManyRedirects)),
        ("/to-ok", Ok(200)),
        ("/to-file", Err(FailureKind::Blocked)),
        ("/refresh", Ok(200)),
        ("/refresh-loop", Err(FailureKind::RedirectLoop)),
        ("/lie", Err(FailureKind::Undecodable)),
        ("/nested", Err(FailureKind::Undecodable)),
        ("/png", Ok(200)),
        ("/no-http", Err(FailureKind::Protocol)),
        ("/a", Err(FailureKind::LoginWall)),
        ("/login?next=/a", Ok(200)),
    ] {
        let outcome = fetcher.visit(&server.url(target), digest).await;
        assert_eq!(kind(&outcome), expected, "{target}: {outcome:?}");
    }
}

#[tokio::test]
async fn the_chain_is_kept_and_the_last_address_is_the_pages() {
    let server = Server::start(plain);
    let outcome = visit(&server.url("/to-ok")).await;
    let chain: Vec<_> = outcome.chain.iter().map(|hop| (hop.url.path(), hop.status)).collect();
    assert_eq!(chain, [("/to-ok", Some(301)), ("/to-ok-2", Some(307)), ("/ok", Some(200))]);
    assert_eq!(
        outcome.result.as_ref().map(|page| page.url.as_str()),
        Ok(server.url("/ok").as_str())
    );
    assert_eq!(text(&outcome), "fine");
}

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
async fn secrets_stay_with_their_origin() {
    let other = Server::on("127.0.0.3", plain);
    let to = other.url("/ok").to_string().replace("http://", "http://user:hunter2@");
    let server = Server::start(move |_, stream| {
        let location = format!("Location: {to}");
        reply(stream, "302 Found", &["Set-Cookie: sid=1", &location], b"");
    });
    let bound = (
        server.url("/").origin(),
        http::header::AUTHORIZATION,
        http::HeaderValue::from_static("Bearer x"),
    );
    let mut url = server.url("/private");
    url.set_username("me").and_then(|()| url.set_password(Some("secret"))).expect("an http URL");
    let fetcher = fetcher(Settings { headers: vec![bound], ..settings() });
    let outcome = fetcher.visit(&url, digest).await;
    assert_eq!(kind(&outcome), Ok(200));
    assert_eq!(server.requests()[0].fields["authorization"], "Bearer x");
    let sent = &other.requests()[0].fields;
    for name in ["authorization", "cookie", "referer", "proxy-authorization"] {
        assert!(!sent.contains_key(name), "{name}");
    }
    let kept = serde_json::to_string(&*outcome).expect("it is plain data");
    assert!(!kept.contains("secret") && !kept.contains("hunter2"), "{kept}");
}

#[tokio::test]
async fn a_cookie_lives_as_long_as_its_chain() {
    let server = Server::start(|request, stream| {
        if request.fields.get("cookie").is_some_and(|sent| sent == "wall=1") {
            page(stream, "behind the wall");
        } else {
            reply(stream, "302 Found", &["Set-Cookie: wall=1", "Location: /wall"], b"");
        }
    });
    let fetcher = fetcher(settings());
    assert_eq!(text(&fetcher.visit(&server.url("/wall"), digest).await), "behind the wall");
    assert_eq!(kind(&fetcher.visit(&server.url("/wall?2"), digest).await), Ok(200));
    assert!(server.requests()[2].fields.get("cookie").is_none());
}

#[tokio::test]
async fn bodies_are_bounded_and_what_was_read_is_kept() {
    let server = Server::start(|request, stream| {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        let _ = match request.target.as_str() {
            "/endless" => {
                let chunk = vec![b'x'; 64 * 1024];
                let _ = write!(stream, "{head}\r\n");
                while stream.write_all(&chunk).is_ok() {}
                Ok(())
            }
            "/cut" => write!(stream, "{head}Content-Length: 5000\r\n\r\nfine so far"),
            _ => Ok(()),
        };
    });
    let fetcher = fetcher(settings());
    for (target, text_so_far) in [("/endless", "xxxx"), ("/cut", "fine so far")] {
        let outcome = fetcher.visit(&server.url(target), digest).await;
        assert!(text(&outcome).starts_with(text_so_far), "{target}");
        assert_eq!(outcome.result.as_ref().map(|page| page.partial), Ok(true), "{target}");
    }
}

#[tokio::test]
async fn whoever_keeps_silent_or_trickles_is_timed_out() {
    let server = Server::start(|request, stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50000\r\n\r\n";
        match request.target.as_str() {
            "/silent" => {}
            "/stall" => drop(stream.write_all(head).and_then(|()| stream.write_all(b"half"))),
            _ => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ");
                while stream.write_all(b"x").is_ok() {
                    sleep(Duration::from_millis(100));
                }
            }
        }
        sleep(Duration::from_secs(4));
    });
    let began = Instant::now();
    let fetcher = fetcher(Settings {
        timeout: Duration::from_millis(900),
        idle_timeout: Duration::from_millis(400),
        ..settings()
    });
    let urls = ["/silent", "/stall", "/trickle"].map(|target| server.url(target));
    for outcome in join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await {
        assert_eq!(kind(&outcome), Err(FailureKind::Timeout), "{outcome:?}");
    }
    assert!(began.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn a_refused_connection_is_told_from_a_broken_one() {
    let closed = Server::start(|_, _| {});
    assert_eq!(kind(&visit(&closed.url("/")).await), Err(FailureKind::Protocol));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let address = listener.local_addr().expect("a bound socket has an address");
    drop(listener);
    let url = format!("http://{address}/").parse().expect("a URL");
    assert_eq!(kind(&visit(&url).await), Err(FailureKind::Refused));
}

#[tokio::test]
async fn https_to_a_plain_server_is_a_tls_failure() {
    let server = Server::start(|_, stream| drop(stream.write_all(b"HTTP/1.1 400 Bad\r\n\r\n")));
    let mut url = server.url("/");
    url.set_scheme("https").expect("both are web schemes");
    let outcome = visit(&url).await;
    assert_eq!(kind(&outcome), Err(FailureKind::Tls), "{outcome:?}");
}

#[tokio::test]
async fn a_host_that_asks_for_time_gets_it_and_loses_no_verdict() {
    let tries = AtomicUsize::new(0);
    let server = Server::start(move |_, stream| {
        if tries.fetch_add(1, Ordering::SeqCst) % 3 == 0 {
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
async fn no_more_requests_at_once_than_a_host_may_have() {
    let server = Server::start(|_, stream| {
        sleep(Duration::from_millis(30));
        page(stream, "fine");
    });
    let fetcher = fetcher(Settings { host_concurrency: 2, ..settings() });
    let urls: Vec<_> = (0..12).map(|n| server.url(&format!("/{n}"))).collect();
    join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
    assert!(server.busiest() <= 2, "{}", server.busiest());
    let table = fetcher.host_table();
    assert_eq!((table[0].requests, table[0].verdicts["ok"]), (12, 12));
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
async fn an_article_is_fetched_whole() {
    let server = Server::start(|_, stream| {
        reply(
            stream,
            "200 OK",
            &["Content-Type: text/plain; charset=windows-1251"],
            b"\xec\xe0\xff",
        );
    });
    let (chain, document) = fetcher(settings()).document(&server.url("/a.md")).await;
    let document = document.expect("an article");
    assert_eq!((document.text.as_str(), document.media), ("мая", Media::Markdown));
    assert_eq!(chain.len(), 1);
}

#[tokio::test]
async fn a_replayed_run_comes_to_the_same_outcomes_without_a_network() {
    let record = tempfile::tempdir().expect("a place for a file");
    let path = record.path().join("run.warc.gz");
    let targets = ["/ok", "/404", "/to-ok", "/loop", "/lie", "/nested", "/no-http", "/a", "/png"];
    let run = async |settings: Settings, urls: Vec<Url>| {
        let fetcher = fetcher(settings);
        let outcomes = join_all(urls.iter().map(|url| fetcher.visit(url, digest))).await;
        fetcher.finish().expect("a whole recording");
        outcomes
    };
    let (live, urls) = {
        let server = Server::start(plain);
        let urls: Vec<_> = targets.iter().map(|target| server.url(target)).collect();
        (run(Settings { record: Some(path.clone()), ..settings() }, urls.clone()).await, urls)
    };
    let mut unknown = urls.clone();
    unknown.push("http://127.0.0.1:1024/unknown".parse().expect("a URL"));
    let replayed = run(Settings { replay: Some(path), ..settings() }, unknown).await;
    for (live, replayed) in live.iter().zip(&replayed) {
        assert_eq!((&live.chain, &live.result), (&replayed.chain, &replayed.result));
    }
    assert_eq!(kind(&replayed[targets.len()]), Err(FailureKind::NotRecorded));
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
