//! Links to https servers: certificates, HTTP/2, and servers that break the rules of either, run as
//! users run dateline, since it is a process's environment that says whom it trusts.

#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use project::Project;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

type Tls = StreamOwned<ServerConnection, TcpStream>;

/// Certificates of one authority, which the runs of these tests trust.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "An authority");
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A server's configuration with a certificate for a host, valid for some years.
    fn certify(&self, host: &str, years: (i32, i32), protocol: &str) -> ServerConfig {
        let key = KeyPair::generate().expect("a key");
        let params = params(host, years);
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        config(&certificate, &key, protocol)
    }
}

fn params(host: &str, (from, to): (i32, i32)) -> CertificateParams {
    let mut params = CertificateParams::new(vec![host.to_owned()]).expect("a name");
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params
}

fn config(certificate: &rcgen::Certificate, key: &KeyPair, protocol: &str) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .expect("key and certificate belong together");
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    config
}

/// A server on loopback; gives its port. It ends with the test.
fn listen(answer: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || answer(stream));
        }
    });
    port
}

fn serve(config: ServerConfig, answer: fn(&mut Tls) -> io::Result<()>) -> u16 {
    let config = Arc::new(config);
    listen(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
        answer(&mut StreamOwned::new(connection, stream))
    })
}

const PAGE: &[u8] = b"<!doctype html><title>A page</title>";

fn http1(stream: &mut Tls) -> io::Result<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        request.extend(byte);
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n",
        PAGE.len()
    );
    stream.write_all(&[head.as_bytes(), PAGE].concat())?;
    stream.flush()
}

/// An HTTP/2 frame (RFC 9113, section 4.1).
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short payload").to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;

/// Reads up to the request's header and greets the client.
fn http2(stream: &mut Tls) -> io::Result<()> {
    stream.read_exact(&mut [0; 24])?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[]))?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head)?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; usize::try_from(length).expect("24 bits")];
        stream.read_exact(&mut payload)?;
        if head[3] == HEADERS {
            return Ok(());
        }
    }
}

/// `:status: 200` and `content-type: text/html` (RFC 7541, appendix A).
fn fields() -> Vec<u8> {
    [&[0x88, 0x5f, 9][..], b"text/html"].concat()
}

/// Sends the same frames until the client has had enough.
fn flood(stream: &mut Tls, frames: &[u8]) -> io::Result<()> {
    let many = frames.repeat(100);
    loop {
        stream.write_all(&many)?;
    }
}

/// Waits until the client ends the connection.
fn wait(stream: &mut Tls) -> io::Result<()> {
    io::copy(stream, &mut io::sink()).map(drop)
}

/// What servers do, and what is to be said of a link to each: the verdict, and a part of the
/// detail.
type Case = (&'static str, u16, &'static [&'static str], &'static str);

fn certificates(authority: &Authority) -> Vec<Case> {
    let (host, now) = ("127.0.0.1", (2000, 2900));
    let key = KeyPair::generate().expect("a key");
    let own = params(host, now).self_signed(&key).expect("a certificate");
    let mut authority_of_itself = params(host, now);
    authority_of_itself.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let openssl = authority_of_itself.self_signed(&key).expect("a certificate");
    let certify = |host, years| serve(authority.certify(host, years, "http/1.1"), http1);
    vec![
        ("a good certificate", certify(host, now), &["ok"], ""),
        ("an expired one", certify(host, (2000, 2001)), &["tls"], "has expired"),
        ("one of the future", certify(host, (2800, 2900)), &["tls"], "not valid yet"),
        ("another host's", certify("other.example", now), &["tls"], "for another host"),
        ("a self-signed one", serve(config(&own, &key, "http/1.1"), http1), &["tls"], "issuer"),
        (
            "a self-signed one of an authority",
            serve(config(&openssl, &key, "http/1.1"), http1),
            &["tls"],
            "self-signed",
        ),
        (
            "no TLS at all",
            listen(|mut stream| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
            &["tls"],
            "something else",
        ),
        ("an end in the handshake", listen(|_| Ok(())), &["tls", "protocol"], ""),
        (
            "silence in the handshake",
            listen(|stream| {
                let mut stream = stream;
                io::copy(&mut stream, &mut io::sink()).map(drop)
            }),
            &["timeout"],
            "",
        ),
    ]
}

fn second_version(authority: &Authority) -> Vec<Case> {
    let serve = |answer| serve(authority.certify("127.0.0.1", (2000, 2900), "h2"), answer);
    let broken: &[&str] = &["protocol", "timeout"];
    vec![
        (
            "a page",
            serve(|stream| {
                http2(stream)?;
                stream.write_all(&frame(HEADERS, 4, 1, &fields()))?;
                stream.write_all(&frame(DATA, 1, 1, PAGE))?;
                wait(stream)
            }),
            &["ok"],
            "",
        ),
        (
            "endless header fields",
            serve(|stream| {
                http2(stream)?;
                stream.write_all(&frame(HEADERS, 0, 1, &fields()))?;
                // A literal field without indexing, of a value of 126 bytes.
                let field = [&[0, 1, b'a', 126][..], &[b'v'; 126]].concat();
                flood(stream, &frame(CONTINUATION, 0, 1, &field.repeat(16)))
            }),
            broken,
            "",
        ),
        (
            "a flood of pings",
            serve(|stream| {
                http2(stream)?;
                flood(stream, &frame(PING, 0, 0, b"12345678"))
            }),
            broken,
            "",
        ),
        (
            "a flood of settings",
            serve(|stream| {
                http2(stream)?;
                flood(stream, &frame(SETTINGS, 0, 0, &[]))
            }),
            broken,
            "",
        ),
        (
            "a flood of resets",
            serve(|stream| {
                http2(stream)?;
                flood(stream, &frame(RST_STREAM, 0, 1, &7_u32.to_be_bytes()))
            }),
            broken,
            "",
        ),
        (
            "empty data without end",
            serve(|stream| {
                http2(stream)?;
                stream.write_all(&frame(HEADERS, 4, 1, &fields()))?;
                flood(stream, &frame(DATA, 0, 1, &[]))
            }),
            &["ok", "protocol", "timeout"],
            "",
        ),
        (
            "a farewell",
            serve(|stream| {
                http2(stream)?;
                stream.write_all(&frame(GOAWAY, 0, 0, &[0; 8]))?;
                stream.flush()
            }),
            broken,
            "",
        ),
        (
            "a header and no body",
            serve(|stream| {
                http2(stream)?;
                stream.write_all(&frame(HEADERS, 4, 1, &fields()))?;
                wait(stream)
            }),
            &["timeout", "ok"],
            "",
        ),
    ]
}

#[test]
fn each_https_server_gets_its_verdict_and_holds_up_no_other() {
    let authority = Authority::new();
    let cases = [certificates(&authority), second_version(&authority)].concat();
    let project = Project::new();
    project.write("authority.pem", &authority.pem);
    let mut article = String::from("# A story\n\nMay 25, 2018\n");
    for (name, port, ..) in &cases {
        write!(article, "\nSee [{name}](https://127.0.0.1:{port}/).\n").expect("memory");
    }
    project.write("a.md", &article);
    let output = project
        .dateline(&["check", "a.md", "--format", "jsonl", "--cache", "off", "--timeout", "4"])
        .args(["--allow-net", "127.0.0.1/32", "--host-concurrency", "32", "--host-interval", "0"])
        .env("SSL_CERT_FILE", project.path().join("authority.pem"))
        .env_remove("SSL_CERT_DIR")
        .output()
        .expect("dateline runs");
    let row: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one row");
    let links = row["links"].as_array().expect("links");
    assert_eq!(links.len(), cases.len());
    for ((name, _, verdicts, detail), link) in cases.iter().zip(links) {
        let status = &link["status"];
        let verdict = status["verdict"].as_str().expect("a verdict");
        assert!(verdicts.contains(&verdict), "{name}: {status}");
        let said = status["detail"].as_str().unwrap_or_default();
        assert!(said.contains(detail), "{name}: {status}");
    }
}
