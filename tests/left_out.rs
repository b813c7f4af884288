//! What the user leaves out: files and addresses that are neither read nor asked, and are counted.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

#[allow(dead_code, reason = "every test takes its part of the project")]
mod project;
#[allow(dead_code, reason = "every test takes its part of the server")]
mod server;

use project::{Project, article, late};
use server::{Server, page};

fn said(project: &Project, arguments: &[&str]) -> (i32, String) {
    let (code, said) = project.run(arguments);
    (code, said.replace('\n', " "))
}

#[test]
fn files_are_left_out_from_wherever_the_run_starts() {
    let project = Project::new();
    for name in ["posts/a.md", "posts/old/b.md", "posts/c.draft.md"] {
        project.write(name, &article(&late("x")));
    }
    let count = |arguments: &[&str]| {
        let said = said(&project, &[&["check", "--offline"], arguments].concat()).1;
        let left_out = said.contains("left out, as --exclude or --include asks for");
        assert_eq!(left_out, !said.contains(" in 3 documents"), "{said}");
        (1..=3).find(|n| said.contains(&format!(" in {n} document"))).unwrap_or(0)
    };
    assert_eq!(count(&["posts"]), 3);
    assert_eq!(count(&["posts", "--exclude", "old/"]), 2);
    assert_eq!(count(&["posts", "--exclude", "old/", "--exclude", "*.draft.md"]), 1);
    assert_eq!(count(&["posts", "--include", "posts/old"]), 1);
    assert_eq!(count(&["posts/old/b.md", "posts/a.md", "--exclude", "old"]), 1);
    project.write("dateline.toml", "exclude = [\"/posts/old\"]\n");
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--exclude", "*.draft.md"]), 1, "what is typed is added");
    let mut below = project.dateline(&["check", "--offline"]);
    let output = below.current_dir(project.path().join("posts")).output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains(" in 2 documents"), "{text}");
}

#[test]
fn addresses_are_never_asked_and_are_counted() {
    let server = Server::start(|_, stream| page(stream, "<title>A page</title>"));
    let project = Project::new();
    let links: String = ["/one", "/two/x", "/two/y"]
        .iter()
        .map(|path| format!("<{}>\n\n", server.url(path)))
        .collect();
    project.write("a.md", &article(&links));
    let check =
        ["check", "a.md", "--allow-net", "127.0.0.1", "--cache", "off", "--ignore", "private-link"];
    let pattern = format!("{}/**", server.url("/two"));
    let (code, text) = said(&project, &[&check[..], &["--exclude-url", &pattern]].concat());
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("2 links were left out (--exclude-url"), "{text}");
    let asked: Vec<String> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(asked, ["/one"]);
    project.write("dateline.toml", "exclude-url = \"127.0.0.1\"\n");
    let text = said(&project, &check).1;
    assert!(text.contains("3 links were left out"), "{text}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_a_folder_holds_beside_articles_is_said() {
    let project = Project::new();
    project.write("posts/a.mdx", &article(&late("x")));
    project.write("posts/part.tar.gz", "x");
    project.write("posts/paper.org", "x");
    let (code, text) = said(&project, &["check", "--offline", "posts"]);
    assert!(code == 1 && text.contains("in 1 document with 1 link"), "{text}");
    assert!(
        text.contains("2 files were passed over") && text.contains("1 .org, 1 .tar.gz"),
        "{text}"
    );
}

/// Every switch of the file has an opposite, and what the file says never speaks as if it was typed.
#[test]
fn what_the_file_switches_on_is_switched_off_by_hand() {
    let server = Server::start(|_, stream| page(stream, "<title>A page</title>"));
    let project = Project::new();
    project.write("a.md", &article(&format!("<{}>\n", server.url("/one"))));
    project.write(
        "dateline.toml",
        "offline = true\nrobots = true\nno-suppress = true\ntimeout = \"20s\"\n",
    );
    let check =
        ["check", "a.md", "--allow-net", "127.0.0.1", "--cache", "off", "--ignore", "private-link"];
    let run = |more: &[&str]| said(&project, &[&check[..], more].concat());
    assert!(run(&[]).1.contains("--offline was given"));
    assert_eq!(server.requests().len(), 0);
    let (code, text) = run(&["--no-offline", "--no-robots", "--suppress", "--record", "a.warc.gz"]);
    assert!(code == 0 && !text.contains("not fetched"), "{text}");
    assert_eq!(server.requests().len(), 1, "and no robots.txt");
    let (code, text) = run(&["--replay", "a.warc.gz"]);
    assert!(code == 0 && !text.contains("--offline"), "{text}");
    project.write("dateline.toml", "offline = true\n\ntimeout = [\n");
    let (code, text) = run(&[]);
    assert!(code == 2 && text.contains("dateline.toml:") && !text.contains("\\u{a}"), "{text}");
    project.write("dateline.toml", "\nofline = true\n");
    assert!(run(&[]).1.contains("dateline.toml:2:1: there is no key `ofline`"));
    project.write("dateline.toml", "");
    for (arguments, text) in [
        (&["nowhere/*.md"][..], "there is no folder nowhere/"),
        (&["-o", "nowhere/x.txt"], "there is no folder nowhere"),
    ] {
        let (code, told) = run(arguments);
        assert!(code == 2 && told.contains(text), "{told}");
    }
}
