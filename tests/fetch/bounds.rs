//! Whatever a server sends, and however long it takes, costs no more than its limit.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use dateline::fetch::Settings;
use dateline::model::{FailureKind, Outcome};
use futures::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::server::{Request, Server, reply};
use crate::{digest, fetcher, kind, settings, text};

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

/// How many bytes of text were read.
fn length(outcome: &Outcome) -> usize {
    let page = outcome.result.as_ref().expect("a page");
    page.text.as_ref().expect("its length").words
}

/// 256 MiB of blanks in a coding.
fn bomb(coding: &str) -> Vec<u8> {
    let (megabyte, count) = (vec![b' '; 1 << 20], 256);
    if coding == "gzip" {
        let mut coder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        (0..count).try_for_each(|_| coder.write_all(&megabyte)).expect("memory takes all");
        return coder.finish().expect("memory takes all");
    }
    let mut coder = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("a coder");
    (0..count).try_for_each(|_| coder.write_all(&megabyte)).expect("memory takes all");
    coder.finish().expect("memory takes all")
}

#[tokio::test]
async fn a_bomb_is_unpacked_no_further_than_a_page_is_read() {
    for coding in ["gzip", "zstd"] {
        let body = bomb(coding);
        let server = Server::start(move |_, stream| {
            let coded = format!("Content-Encoding: {coding}");
            reply(stream, "200 OK", &["Content-Type: text/html", &coded], &body);
        });
        let outcome = fetcher(settings()).visit(&server.url("/bomb"), digest).await;
        assert_eq!(length(&outcome), settings().max_page_bytes, "{coding}");
        assert_eq!(outcome.result.as_ref().map(|page| page.partial), Ok(true), "{coding}");
    }
}

/// Sends heads that are too large, or that never end.
fn floods(request: &Request, stream: &mut TcpStream) {
    let begin = |stream: &mut TcpStream| write!(stream, "HTTP/1.1 200 OK\r\n");
    let _ = match request.target.as_str() {
        "/long" => begin(stream).and_then(|()| {
            let value = "v".repeat(8 << 20);
            write!(stream, "X: {value}\r\n\r\n")
        }),
        "/many" => begin(stream).and_then(|()| {
            let fields: Vec<_> = (0..100_000).map(|n| format!("X-{n}: v\r\n")).collect();
            stream.write_all(fields.concat().as_bytes())
        }),
        "/hints" => {
            let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
            while stream.write_all(hint).is_ok() {
                sleep(Duration::from_millis(5));
            }
            Ok(())
        }
        "/trailers" => {
            let head =
                "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n";
            let _ = begin(stream).and_then(|()| write!(stream, "{head}"));
            while write!(stream, "X: {}\r\n", "v".repeat(500)).is_ok() {}
            Ok(())
        }
        _ => Ok(()),
    };
}

#[tokio::test]
async fn floods_of_header_fields_come_to_an_end() {
    let server = Server::start(floods);
    let fetcher = fetcher(Settings { timeout: Duration::from_secs(2), ..settings() });
    for (target, expected) in [
        ("/long", FailureKind::Protocol),
        ("/many", FailureKind::Protocol),
        ("/hints", FailureKind::Timeout),
        ("/trailers", FailureKind::Protocol),
    ] {
        let outcome = fetcher.visit(&server.url(target), digest).await;
        assert_eq!(kind(&outcome), Err(expected), "{target}: {outcome:?}");
    }
}

/// Tells what a document's PDF says of itself.
fn envelope(url: url::Url, document: dateline::model::Document) -> dateline::model::Page {
    let text = serde_json::to_string(&document.envelope).expect("it can be written");
    dateline::model::Page {
        partial: document.partial,
        ..digest(url, dateline::model::Document { text, ..document })
    }
}

#[tokio::test]
async fn a_pdf_is_read_whole_or_as_far_as_it_comes() {
    let server = Server::start(|request, stream| {
        let info = b"1 0 obj << /CreationDate (D:20180525) >> endobj \
            2 0 obj << /Type /Catalog /Pages 3 0 R >> endobj 3 0 obj << /Type /Pages /Count 1 \
            /Kids [4 0 R] >> endobj 4 0 obj << /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >> endobj ";
        let end = b" trailer << /Root 2 0 R /Info 1 0 R >> ";
        let middle = vec![b'x'; if request.target == "/long" { 3 << 20 } else { 0 }];
        let body = [b"%PDF-1.4\n", &info[..], &middle, &end[..]].concat();
        match request.target.as_str() {
            // What cannot be decoded has no dates, and that is all.
            "/lie" => reply(
                stream,
                "200 OK",
                &["Content-Type: application/pdf", "Content-Encoding: br"],
                &body,
            ),
            "/stall" => {
                let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 50000\r\n\r\n";
                let _ = stream.write_all(head).and_then(|()| stream.write_all(&body));
            }
            _ => reply(stream, "200 OK", &["Content-Type: application/pdf"], &body),
        }
    });
    let fetcher = fetcher(settings());
    for (target, is_dated) in [("/short", true), ("/long", true), ("/stall", true), ("/lie", false)]
    {
        let outcome = fetcher.visit(&server.url(target), envelope).await;
        assert_eq!(kind(&outcome), Ok(200), "{target}");
        assert_eq!(text(&outcome).contains("D:20180525"), is_dated, "{target}: {}", text(&outcome));
    }
}

/// Serves pages on connections that stay open, on all loopback addresses; gives the port, and how many
/// connections are open at once at most.
async fn lasting() -> (u16, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("0.0.0.0:0").await.expect("loopback is there");
    let port = listener.local_addr().expect("an address").port();
    let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let told = Arc::clone(&most);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (open, most) = (Arc::clone(&open), Arc::clone(&most));
            tokio::spawn(async move {
                most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let mut request = [0; 4096];
                while let Ok(1..) = stream.read(&mut request).await {
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nfine";
                    if stream.write_all(answer).await.is_err() {
                        break;
                    }
                }
                open.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    (port, told)
}

/// However many hosts are asked, the unused connections to them do not gather.
#[tokio::test]
async fn unused_connections_are_bounded_over_all_hosts() {
    const HOSTS: usize = 700;
    let (port, most) = lasting().await;
    let allow_net = vec!["127.0.0.0/8".parse().expect("a network")];
    let fetcher = fetcher(Settings { allow_net, ..settings() });
    for host in 0..HOSTS {
        let url = format!("http://127.1.{}.{}:{port}/", host / 200, host % 200 + 1);
        let outcome = fetcher.visit(&url.parse().expect("a URL"), digest).await;
        assert_eq!(kind(&outcome), Ok(200));
    }
    let most = most.load(Ordering::SeqCst);
    assert!((256..=600).contains(&most), "{most} connections of {HOSTS} hosts were open at once");
}
