//! What is meant for one site is told to no other, and to no report.

use dateline::fetch::Settings;

use crate::server::{Server, page, reply};
use crate::{digest, fetcher, kind, plain, settings, text};

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
    assert!(!server.requests()[2].fields.contains_key("cookie"));
}

#[tokio::test]
async fn a_proxy_is_used_where_it_is_asked_for() {
    let proxy = Server::start(|_, stream| page(stream, "by way of the proxy"));
    let fetcher = fetcher(Settings { proxy: Some(proxy.url("/")), ..settings() });
    let url = "http://news.invalid/a".parse().expect("a URL");
    assert_eq!(text(&fetcher.visit(&url, digest).await), "by way of the proxy");
    assert_eq!(proxy.requests()[0].target, "http://news.invalid/a");
}

#[tokio::test]
async fn a_flood_of_cookies_is_not_sent_back() {
    let server = Server::start(|request, stream| {
        let cookies: Vec<_> =
            (0..60).map(|n| format!("Set-Cookie: c{n}={}", "v".repeat(4000))).collect();
        let mut fields: Vec<_> = cookies.iter().map(String::as_str).collect();
        fields.push("Location: /end");
        match request.target.as_str() {
            "/end" => page(stream, "fine"),
            _ => reply(stream, "302 Found", &fields, b""),
        }
    });
    let outcome = fetcher(settings()).visit(&server.url("/flood"), digest).await;
    assert_eq!(kind(&outcome), Ok(200), "{outcome:?}");
    assert!(server.requests()[1].fields["cookie"].len() <= 16 * 1024);
}
