//! Everything goes through the proxy that the user names, in the way that its kind asks for.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use dateline::fetch::Settings;
use dateline::model::FailureKind;
use url::Url;

use crate::server::{Server, page, reply};
use crate::{digest, fetcher, kind, settings, text};

fn with_login(mut url: Url) -> Url {
    url.set_username("me").and_then(|()| url.set_password(Some("a%20b"))).expect("it has a host");
    url
}

/// `me:a b` as Basic authentication has it (RFC 7617).
const LOGIN: &str = "Basic bWU6YSBi";

#[tokio::test]
async fn a_proxy_passes_on_what_is_plain_and_is_told_who_asks() {
    let proxy = Server::start(|_, stream| page(stream, "by way of the proxy"));
    let address = with_login(proxy.url("/"));
    let fetcher = fetcher(Settings { proxy: Some(address), ..settings() });
    let url = "http://news.invalid/a?b=c".parse().expect("a URL");
    assert_eq!(text(&fetcher.visit(&url, digest).await), "by way of the proxy");
    let request = &proxy.requests()[0];
    assert_eq!(request.target, "http://news.invalid/a?b=c");
    assert_eq!(request.fields["host"], "news.invalid");
    assert_eq!(request.fields["proxy-authorization"], LOGIN);
}

#[tokio::test]
async fn a_proxy_makes_a_tunnel_for_what_is_secret() {
    let proxy = Server::start(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        let _ = stream.shutdown(Shutdown::Write);
        let mut hello = Vec::new();
        let _ = stream.read_to_end(&mut hello);
        assert!(hello.starts_with(&[0x16, 3]), "a TLS handshake");
    });
    let address = with_login(proxy.url("/"));
    let fetcher = fetcher(Settings { proxy: Some(address), ..settings() });
    let url = "https://news.invalid/a".parse().expect("a URL");
    assert_eq!(kind(&fetcher.visit(&url, digest).await), Err(FailureKind::Tls));
    let request = &proxy.requests()[0];
    assert_eq!(request.target, "news.invalid:443");
    assert_eq!(request.fields["proxy-authorization"], LOGIN);
}

#[tokio::test]
async fn a_proxy_that_makes_no_tunnel_is_no_fault_of_the_link() {
    let proxy = Server::start(|_, stream| reply(stream, "403 Forbidden", &[], b""));
    let fetcher = fetcher(Settings { proxy: Some(proxy.url("/")), ..settings() });
    let url = "https://news.invalid/a".parse().expect("a URL");
    assert_eq!(kind(&fetcher.visit(&url, digest).await), Err(FailureKind::Protocol));
}

/// A SOCKS 5 proxy for one connection (RFC 1928): gives the kind of the address that was asked for,
/// and the bytes of the address.
fn socks(with_login: bool) -> (u16, mpsc::Receiver<(u8, Vec<u8>)>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback is there");
    let port = listener.local_addr().expect("a bound socket has an address").port();
    let (asked, asks) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let read = |stream: &mut TcpStream, length: u8| {
            let mut bytes = vec![0; length.into()];
            stream.read_exact(&mut bytes).expect("the client goes on");
            bytes
        };
        let method = if with_login { 2 } else { 0 };
        assert_eq!(read(&mut stream, 3), [5, 1, method]);
        stream.write_all(&[5, method]).expect("it listens");
        if with_login {
            assert_eq!(read(&mut stream, 8), b"\x01\x02me\x03a b"[..]);
            stream.write_all(&[1, 0]).expect("it listens");
        }
        let kind = read(&mut stream, 4)[3];
        let length = match kind {
            1 => 4,
            3 => read(&mut stream, 1)[0],
            _ => 16,
        };
        let address = read(&mut stream, length);
        assert_eq!(read(&mut stream, 2), [0, 80]);
        asked.send((kind, address)).expect("the test waits");
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).expect("it listens");
        assert_eq!(read(&mut stream, 5), b"GET /"[..]);
        page(&mut stream, "by way of the proxy");
        let _ = stream.shutdown(Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
    });
    (port, asks)
}

#[tokio::test]
async fn names_are_looked_up_where_the_kind_of_the_proxy_says() {
    for (scheme, login, host, address) in [
        ("socks5h", "", "news.invalid", &b"news.invalid"[..]),
        ("socks5h", "me:a%20b@", "news.invalid", b"news.invalid"),
        ("socks5", "", "localhost", &[127, 0, 0, 1]),
    ] {
        let (port, asks) = socks(!login.is_empty());
        let proxy = format!("{scheme}://{login}127.0.0.1:{port}").parse().expect("a URL");
        let fetcher = fetcher(Settings { proxy: Some(proxy), ..settings() });
        let url = format!("http://{host}/").parse().expect("a URL");
        assert_eq!(text(&fetcher.visit(&url, digest).await), "by way of the proxy", "{scheme}");
        let (kind, asked) = asks.recv().expect("it was asked");
        // This machine may name itself by IPv6 first.
        let is_own = kind == 4 && asked.ends_with(&[1]);
        assert!(is_own || asked == address, "{scheme}: {asked:?}");
    }
}
