//! What a server answers, and what it is taken for.

use dateline::model::{FailureKind, Media};

use crate::server::{Server, reply};
use crate::{digest, fetcher, kind, plain, settings, text, visit};

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
async fn many_header_fields_are_an_answer_and_a_header_without_end_is_told() {
    let server = Server::start(|request, stream| {
        let value = if request.target == "/endless" { "x".repeat(10_000) } else { "x".to_owned() };
        let fields: Vec<String> = (0..300).map(|number| format!("X-{number}: {value}")).collect();
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        reply(stream, "200 OK", &fields, b"fine");
    });
    assert_eq!(text(&visit(&server.url("/many")).await), "fine");
    let endless = visit(&server.url("/endless")).await;
    let failure = endless.result.as_ref().expect_err("it has no end");
    assert_eq!(failure.kind, FailureKind::Protocol);
    assert_eq!(failure.detail, "the answer's header is larger than this program reads");
    assert_eq!(server.hits("/endless"), 1);
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
