//! Throughput of fetching from a server on loopback, beside a bare reqwest loop over the same
//! pages, in one run: `cargo bench --bench fetch`.

#![allow(
    clippy::disallowed_types,
    clippy::expect_used,
    reason = "a bench asks a server of its own, and stops at once where something is wrong"
)]

use std::net::SocketAddr;
use std::time::Duration;

use dateline::date::date;
use dateline::extract::extract_target;
use dateline::fetch::{Fetcher, Settings};
use dateline::model::{Document, Page};
use divan::counter::ItemsCount;
use futures::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use url::Url;

fn main() {
    divan::main();
}

/// Requests under way at once, in both.
const CONCURRENCY: usize = 128;

/// Links that are visited in one go.
const LINKS: [usize; 2] = [100, 1_000];

/// An article of about 8 kB with dates in its metadata and its text.
fn page() -> String {
    let paragraph = "<p>On May 3 the council met with <a href=\"/2018/05/03/a\">others</a>, and \
                     spoke of the year 2017 at length, as it had in years before.</p>\n";
    format!(
        "<!doctype html><html lang=\"en\"><head><title>A headline of some length</title>\
         <meta property=\"article:published_time\" content=\"2018-05-25T14:03:00+03:00\">\
         </head><body><article><h1>A headline of some length</h1>\n{}</article></body></html>",
        paragraph.repeat(60)
    )
}

/// Answers every request of one connection with the same bytes, until the other end is done.
async fn answer(mut stream: TcpStream, reply: String) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut part).await {
        request.extend_from_slice(&part[..length]);
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            if stream.write_all(reply.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// Starts the server, which lives as long as the runtime.
fn serve(runtime: &Runtime) -> SocketAddr {
    let body = page();
    let reply = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, reply.clone()));
        }
    });
    address
}

fn links(address: SocketAddr, count: usize) -> Vec<Url> {
    let link = |n| Url::parse(&format!("http://{address}/{n}.html")).expect("an address");
    (0..count).map(link).collect()
}

/// What a page's links and dates are read with, as in a run.
#[expect(clippy::needless_pass_by_value, reason = "the fetcher lets the body go with it")]
fn digest(url: Url, document: Document) -> Page {
    let extracted = extract_target(&document);
    let dating = date(&document, &extracted);
    Page {
        url,
        status: 0,
        media: document.media,
        titles: extracted.titles,
        canonical: None,
        dating,
        partial: false,
        text: None,
        anchors: None,
        more: Vec::new(),
    }
}

/// Every page is fetched under guard and pace, decoded, and dated. A fetcher asks for an address
/// once, so that each go has a new one.
#[divan::bench(args = LINKS)]
fn visits(bencher: divan::Bencher<'_, '_>, count: usize) {
    let runtime = Runtime::new().expect("a runtime");
    let links = links(serve(&runtime), count);
    let settings = Settings {
        max_concurrency: CONCURRENCY,
        host_concurrency: CONCURRENCY,
        host_interval: Duration::ZERO,
        allow_net: vec!["127.0.0.1/32".parse().expect("a network")],
        ..Settings::default()
    };
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        runtime.block_on(async {
            let fetcher = Fetcher::new(settings.clone()).expect("good settings");
            let visits = futures::stream::iter(&links).map(|link| fetcher.visit(link, digest));
            let read = visits
                .buffer_unordered(CONCURRENCY)
                .filter(|outcome| futures::future::ready(outcome.result.is_ok()));
            assert_eq!(read.count().await, count, "every page is there");
        });
    });
}

/// Every body is read, and nothing else done.
#[divan::bench(args = LINKS)]
fn bare_reqwest(bencher: divan::Bencher<'_, '_>, count: usize) {
    let runtime = Runtime::new().expect("a runtime");
    let links = links(serve(&runtime), count);
    // An error means that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        runtime.block_on(async {
            let client = reqwest::Client::builder().no_proxy().build().expect("a client");
            let bodies = futures::stream::iter(links.clone()).map(|link| {
                let asked = client.get(link);
                async { tokio::spawn(async { asked.send().await?.bytes().await }).await }
            });
            let read = bodies
                .buffer_unordered(CONCURRENCY)
                .filter(|body| futures::future::ready(matches!(body, Ok(Ok(_)))));
            assert_eq!(read.count().await, count, "every body is there");
        });
    });
}
