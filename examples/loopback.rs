//! A server on loopback that answers every address with one of the pages in a folder, and an article
//! that links so many of them: what whole programs are timed over (see `benches/README.md`).
//!
//! `cargo run --release --example loopback -- FOLDER LINKS ARTICLE`: writes the article and serves until
//! it is ended.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a tool for timing serves the machine it stands on, and stops at once where something is wrong"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The pages of a folder, each as the answer to a request, in the order of their names.
fn answers(folder: &Path) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder).expect("a folder of pages").flatten();
    let mut pages: Vec<_> = files.map(|file| file.path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    let answer = |path| {
        let body = fs::read(path).expect("a page");
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.into_bytes(), body].concat()
    };
    pages.iter().map(answer).collect()
}

/// Answers the requests of one connection, each with the page that the number in its address names.
async fn serve(mut stream: TcpStream, answers: Arc<Vec<Vec<u8>>>) {
    let (mut request, mut part) = (Vec::new(), [0; 4096]);
    while let Ok(length @ 1..) = stream.read(&mut part).await {
        request.extend_from_slice(part.get(..length).unwrap_or_default());
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        let line = request.iter().take_while(|&&byte| byte != b'\r');
        let digits =
            line.skip_while(|byte| !byte.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
        let number = digits.fold(0, |number: usize, digit| {
            number.wrapping_mul(10).wrapping_add(usize::from(digit - b'0'))
        });
        let is_robots = request.starts_with(b"GET /robots.txt");
        let none = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
        let answer = answers.get(number % answers.len()).filter(|_| !is_robots);
        if stream.write_all(answer.map_or(&none[..], Vec::as_slice)).await.is_err() {
            return;
        }
        request.clear();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = env::args().skip(1);
    let mut next =
        || arguments.next().expect("a folder of pages, a number of links, an article to write");
    let (folder, links, article) = (next(), next(), next());
    let answers = Arc::new(answers(Path::new(&folder)));
    assert!(!answers.is_empty(), "{folder} holds no page (*.html)");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let mut text = String::from("# Ten thousand links\n\nMay 25, 2018\n\n");
    for number in 0..links.parse().expect("a number of links") {
        let _ = writeln!(text, "- [Story {number}](http://{address}/story/{number})");
    }
    fs::write(&article, text).expect("room for the article");
    println!("http://{address} answers with {} pages; {article} links {links}", answers.len());
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        tokio::spawn(serve(stream, Arc::clone(&answers)));
    }
}
