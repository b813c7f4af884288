//! A small web server on loopback whose answers are written out byte by byte.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Path and query.
    pub target: String,
    /// Header fields, names in lower case.
    pub fields: HashMap<String, String>,
    /// When it had come in.
    pub at: Instant,
}

/// What a server does with a request: writes to the connection, which is closed afterwards.
type Answer = dyn Fn(&Request, &mut TcpStream) + Send + Sync;

/// A running server; it ends with the test process.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts a server on 127.0.0.1 and a free port.
    pub(crate) fn start(answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        Self::on("127.0.0.1", answer)
    }

    /// Starts a server on a loopback address and a free port.
    pub(crate) fn on(
        ip: &str,
        answer: impl Fn(&Request, &mut TcpStream) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((ip, 0)).expect("loopback is there");
        let address = listener.local_addr().expect("a bound socket has an address");
        let seen = Arc::default();
        let server = Self { address, seen: Arc::clone(&seen) };
        let answer: Arc<Answer> = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        server
    }

    /// The address of a path on this server.
    pub(crate) fn url(&self, target: &str) -> url::Url {
        format!("http://{}{target}", self.address).parse().expect("a URL")
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.seen.lock().expect("no panic in it").clone()
    }

    /// How many requests there were for a path.
    pub(crate) fn hits(&self, target: &str) -> usize {
        self.requests().iter().filter(|request| request.target == target).count()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, answer: &Answer) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let Some(request) = read(&stream) else { return };
    seen.lock().expect("no panic in it").push(request.clone());
    answer(&request, &mut stream);
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let target = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
    let fields = lines
        .map_while(|line| line.ok().filter(|line| !line.is_empty()))
        .filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect();
    Some(Request { target, fields, at: Instant::now() })
}

/// Writes an answer with header lines and a body.
pub(crate) fn reply(stream: &mut TcpStream, status: &str, fields: &[&str], body: &[u8]) {
    let mut head = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for field in fields {
        head.push_str(field);
        head.push_str("\r\n");
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

/// Writes a page.
pub(crate) fn page(stream: &mut TcpStream, html: &str) {
    reply(stream, "200 OK", &["Content-Type: text/html; charset=utf-8"], html.as_bytes());
}
