//! A whole check over a network, which is a server on loopback.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the server")]
mod server;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;
use server::Server;

/// The row of an article that is read from standard input, its links fetched from loopback.
fn row(article: &str, arguments: &[&str]) -> Value {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["check", "-", "--format", "jsonl", "--now", "2026-01-01", "--no-config"])
        .args(["--cache", "off", "--allow-net", "127.0.0.0/8", "--host-interval", "0"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(article.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("one row")
}

fn rules(row: &Value) -> Vec<&str> {
    let findings = row["findings"].as_array().expect("findings");
    findings.iter().map(|finding| finding["rule"].as_str().expect("a rule")).collect()
}

/// Answers 200 with that page at the paths in `there`, else 404.
fn serve(there: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(move |request, stream| {
        let page = there.iter().find(|(path, _)| *path == request.target);
        let (status, body) = page.map_or(("404 Not Found", ""), |(_, body)| ("200 OK", body));
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
        );
        let _ = stream.write_all(format!("{head}{body}").as_bytes());
    })
}

#[test]
fn a_page_that_says_it_is_older_than_its_address_was_redated() {
    let server = serve(&[(
        "/2025/10/17/trump-factor",
        "<html><head><meta property=article:published_time content=2018-05-23T09:00:00Z>\
         <script type=application/ld+json>{\"@type\": \"NewsArticle\", \"datePublished\": \
         \"2018-05-23T09:00:00Z\"}</script></head><body><article><h1>Trump Factor</h1>\
         <p>May 23, 2018</p><p>Text of the piece.</p></article></body></html>",
    )]);
    let link = server.url("/2025/10/17/trump-factor");
    let article = format!(
        "Putin and Macron Agree\n\nMay 25, 2018\n\nRelated article: Trump Factor\n\n{link}\n"
    );
    assert_eq!(rules(&row(&article, &[])), ["redated-link"]);
}

#[test]
fn a_page_that_is_not_there_is_dead() {
    let server = serve(&[]);
    let link = server.url("/2017/01/02/gone");
    let row = row(&format!("Headline\n\nMay 25, 2018\n\nSee {link} for more.\n"), &[]);
    assert_eq!(rules(&row), ["dead-link"]);
    assert_eq!(row["links"][0]["status"]["verdict"], "not-found");
}

#[test]
fn the_reading_of_a_broken_address_that_answers_wins() {
    let server = serve(&[("/news/political-solution-in-syria", "<title>Syria</title>")]);
    let broken = server.url("/news/political-solution-i");
    let article =
        format!("Headline of the piece\n\nMay 25, 2018\n\nOriginal url:\n\n{broken}\nn-syria\n");
    let row = row(&article, &[]);
    let link = &row["links"][0];
    assert_eq!(rules(&row), ["broken-url"], "{row}");
    assert!(
        link["joined"]
            .as_str()
            .is_some_and(|joined| joined.ends_with("/political-solution-in-syria"))
    );
    assert!(link["join"]["reasons"].to_string().contains("it answers, and"), "{link}");
}

#[test]
fn a_part_that_answers_alone_was_never_broken() {
    let server = serve(&[("/news/political-solution-i", "<title>Solution I</title>")]);
    let whole = server.url("/news/political-solution-i");
    let article =
        format!("Headline of the piece\n\nMay 25, 2018\n\nOriginal url:\n\n{whole}\nn-syria\n");
    let row = row(&article, &[]);
    assert_eq!(rules(&row), Vec::<&str>::new(), "{row}");
    assert_eq!(row["links"][0]["raw"], whole.as_str());
}

/// A page whose text is made of numbered words.
fn page_of(word: &str) -> String {
    let words: Vec<String> = (0..300).map(|n| format!("{word}{}", n * 7 % 101 + n)).collect();
    let text = words.join(" ");
    format!("<html><body><article><h1>A report</h1><p>{text}</p></article></body></html>")
}

/// Serves a page that changed, a page under a late address, and an archive of both.
fn archived() -> Server {
    Server::start(|request, stream| {
        let html = "Content-Type: text/html";
        let capture = "; rel=\"first memento\"; datetime=\"Thu, 24 May 2018 09:00:00 GMT\",\n";
        let later = "; rel=\"memento\"; datetime=\"Mon, 03 Nov 2025 09:00:00 GMT\"\n";
        let host = request.fields.get("host").cloned().unwrap_or_default();
        let list = |name: &str| {
            format!(
                "<http://{host}{name}>; rel=\"original\",\n\
                 <http://{host}/web/20180524090000/http://{host}{name}>{capture}\
                 <http://{host}/web/20251103090000/http://{host}{name}>{later}"
            )
        };
        let link_format = "Content-Type: application/link-format";
        let raw = |stamp: &str| format!("/web/{stamp}id_/http://{host}");
        let taken = "Memento-Datetime: Thu, 24 May 2018 09:00:00 GMT";
        let target = request.target.as_str();
        if let Some(name) = target.strip_prefix(&raw("20180524090000")) {
            // A list names captures of errors too.
            let (status, word) = match name {
                "/report" => ("200 OK", "fact"),
                "/2025/10/17/a-story" => ("200 OK", "story"),
                _ => ("404 Not Found", "nothing"),
            };
            return server::reply(stream, status, &[html, taken], page_of(word).as_bytes());
        }
        let (field, body) = match target {
            "/2025/10/17/a-story" => (html, page_of("story")),
            "/report" => (html, page_of("product")),
            target if target.starts_with("/timemap/") && target.ends_with("/report") => {
                (link_format, list("/report"))
            }
            target if target.starts_with("/timemap/") && target.ends_with("/a-story") => {
                (link_format, list("/2025/10/17/a-story"))
            }
            _ => return server::reply(stream, "404 Not Found", &[], b""),
        };
        server::reply(stream, "200 OK", &[field], body.as_bytes());
    })
}

/// An article of May 25, 2018 with that link.
fn citing(link: &url::Url) -> String {
    format!("Headline of the piece\n\nMay 25, 2018\n\nRelated article: A report\n\n{link}\n")
}

/// How often an archive on that server was asked.
fn told(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.target.starts_with("/timemap/")).count()
}

#[test]
fn an_archive_tells_a_redated_page_from_a_late_one() {
    let server = archived();
    let link = server.url("/2025/10/17/a-story");
    let archive = format!("{}{{url}}", server.url("/timemap/link/"));
    let late = row(&citing(&link), &[]);
    assert_eq!((rules(&late), told(&server)), (vec!["link-postdates-article"], 0), "{late}");
    let only = ["--select", "link-postdates-article", "--select", "redated-link"];
    let found = row(&citing(&link), &[&["--archive", &archive], only.as_slice()].concat());
    assert_eq!((rules(&found), told(&server)), (vec!["redated-link"], 1), "{found}");
    let raw = "/web/20180524090000id_/";
    let asked = server.requests().iter().filter(|asked| asked.target.starts_with(raw)).count();
    assert_eq!(asked, 1, "the earliest capture is proved, once");
}

#[test]
fn an_archive_of_the_configuration_is_asked_as_often_as_it_may() {
    let server = archived();
    let link = server.url("/2025/10/17/a-story");
    let folder = tempfile::tempdir().expect("a folder");
    let article = folder.path().join("article.txt");
    std::fs::write(&article, citing(&link)).expect("the article is written");
    let run = |limit: usize, name: Option<&str>| {
        let timemap = format!("{}{{url}}", server.url("/timemap/link/"));
        let raw = format!("{}{{time}}id_/{{url}}", server.url("/web/"));
        let text = format!(
            "[[archive]]\nname = \"mine\"\ntimemap = \"{timemap}\"\nraw = \"{raw}\"\n\
             ask = true\ninterval = \"1ms\"\nlimit = {limit}\n"
        );
        std::fs::write(folder.path().join("dateline.toml"), text).expect("it is written");
        let named = name.map(|name| ["--archive", name]);
        let fetching = ["--cache", "off", "--allow-net", "127.0.0.0/8"];
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
            .current_dir(folder.path())
            .args(["check", "article.txt", "--select", "redated-link", "--format", "json"])
            .args(fetching)
            .args(named.into_iter().flatten())
            .output()
            .expect("the program runs");
        [ran.stdout, ran.stderr].map(|said| String::from_utf8_lossy(&said).into_owned())
    };
    for name in [Some("mine"), None] {
        let [found, _] = run(2, name);
        assert!(found.contains("\"redated-link\""), "{found}");
    }
    for limit in [0, 1] {
        let [found, said] = run(limit, Some("mine"));
        assert!(!found.contains("\"rule\":\"redated-link\""), "{found}");
        assert!(said.replace('\n', " ").contains("as often as its `limit` allows"), "{said}");
    }
    let [_, said] = run(2, Some("yours"));
    assert!(said.contains("there is no archive `yours`; there are `wayback`, `mine`"), "{said}");
}

#[test]
fn an_archive_that_is_none_says_nothing_about_what_it_holds() {
    let server = Server::start(|request, stream| match request.target.as_str() {
        "/2025/10/17/a-story" => {
            server::reply(
                stream,
                "200 OK",
                &["Content-Type: text/html"],
                page_of("story").as_bytes(),
            );
        }
        target if target.starts_with("/empty/") => {
            let field = "Content-Type: application/link-format";
            server::reply(stream, "404 Not Found", &[field], b"");
        }
        _ => server::reply(stream, "404 Not Found", &["Content-Type: text/html"], b"no such"),
    });
    let link = server.url("/2025/10/17/a-story");
    let complaint = "could not be asked about every link";
    for (place, complains) in [("/empty/", false), ("/wrong/", true)] {
        let archive = format!("{}{{url}}", server.url(place));
        let folder = tempfile::tempdir().expect("a folder");
        let article = folder.path().join("article.txt");
        std::fs::write(&article, citing(&link)).expect("the article is written");
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args([
                "check",
                "--no-config",
                "--cache",
                "off",
                "--allow-net",
                "127.0.0.0/8",
                "--archive",
            ])
            .arg(&archive)
            .arg(&article)
            .output()
            .expect("the program runs");
        let told = String::from_utf8_lossy(&ran.stderr).contains(complaint);
        assert_eq!(told, complains, "{place}: {}", String::from_utf8_lossy(&ran.stderr));
    }
}

#[test]
fn a_page_that_no_longer_says_what_was_cited_has_drifted() {
    let server = archived();
    let link = server.url("/report");
    let archive = format!("{}{{url}}", server.url("/timemap/link/"));
    let audit = ["--profile", "audit", "--archive", &archive];
    let found = row(&citing(&link), &audit);
    assert!(rules(&found).contains(&"content-drift"), "{found}");
    let asked = |stamp: &str| {
        let raw = format!("/web/{stamp}id_/");
        server.requests().iter().filter(|asked| asked.target.starts_with(&raw)).count()
    };
    assert_eq!((asked("20180524090000"), asked("20251103090000")), (1, 0));
    let select = ["--archive", &archive, "--select", "redated-link"];
    let undated = row(&citing(&link), &select);
    assert_eq!((rules(&undated), told(&server)), (vec![], 1), "no rule needs to ask again");
}
