//! `dateline.toml`: what it may say, what it says at once, and what a stranger's may not.

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

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use project::{Project, article, late};
use server::Server;
use tempfile::TempDir;

#[test]
fn the_configuration_is_found_overridden_and_printed() {
    let project = Project::new();
    project.write("posts/old/a.md", &article(&late("first")));
    project.write("posts/b.md", &article(&late("second")));
    project.write(
        "dateline.toml",
        "offline = true\nformat = \"csv\"\n[levels]\nbroken-url = \"off\"\n\
         [[override]]\npath = \"posts/old/**\"\nlevel = \"note\"\n\
         [[allow]]\nurl = \"https://news.example/**/second\"\nreason = \"asked for\"\nexpires = 2030-01-01\n",
    );
    assert_eq!(project.run(&["check", "posts"]).0, 0);
    let (code, late) = project.run(&["check", "posts", "--now", "2031-01-01"]);
    assert_eq!(code, 1, "the entry has run out: {late}");
    let (_, said) = project.run(&["check", "posts", "--now", "2031-01-01", "--format", "markdown"]);
    assert!(said.contains("an entry of the allow-list ran out on 2030-01-01"), "{said}");
    let (_, said) = project.run(&["config", "posts", "--fail-on", "error"]);
    for line in [
        "# read from dateline.toml",
        "offline = true                           # dateline.toml",
        "fail-on = \"error\"                        # command line",
        "timeout = \"30s\"                          # default",
        "broken-url = \"off\"                       # dateline.toml",
        "[[allow]]                                # dateline.toml",
        "reason = \"asked for\"",
        "[[override]]                             # dateline.toml",
        "path = \"posts/old/**\"",
    ] {
        assert!(said.lines().any(|said| said == line), "{line} is not in:\n{said}");
    }
    project.write("dateline.toml", "ofline = true\n");
    let (code, said) = project.run(&["check"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is no key `ofline`; did you mean `offline`?"), "{said}");
    assert_eq!(
        project.run(&["check", "--untrusted", "--offline"]).0,
        1,
        "a stranger's file is not read"
    );
}

/// Every option is a key or one of those that only a person may type; each of the latter is refused
/// in a file with its reason.
#[test]
fn every_option_is_a_key_or_says_why_not() {
    use clap::CommandFactory;
    let mut command = dateline::config::cli::Cli::command();
    command.build();
    let check = command.find_subcommand("check").expect("the command");
    let keys = dateline::config::file::keys();
    let project = Project::new();
    let mut typed_only = Vec::new();
    for name in check.get_arguments().filter_map(|arg| arg.get_long()) {
        if keys.iter().any(|key| key == name) {
            continue;
        }
        project.write("dateline.toml", &format!("{name} = \"x\"\n"));
        let (code, said) = project.run(&["config"]);
        assert_eq!(code, 2);
        assert!(said.contains("can only be given on the command line: "), "{said}");
        typed_only.push(name.to_owned());
    }
    typed_only.sort();
    assert_eq!(
        typed_only,
        [
            "allow-env",
            "allow-net",
            "changed-since",
            "config",
            "help",
            "level",
            "no-config",
            "no-offline",
            "no-robots",
            "resume",
            "shard",
            "suppress",
            "untrusted",
            "write-baseline"
        ]
    );
}

#[test]
fn how_to_talk_can_be_written_down() {
    let project = Project::new();
    project.write("dateline.toml", "quiet = true\ncolor = \"always\"\noffline = true\n");
    let output = project.output(&["check", "none.md"]);
    assert_eq!(output.stderr, b"");
    project.write("dateline.toml", "quiet = true\noffline = true\n");
    assert_ne!(project.output(&["check", "none.md", "-v"]).stderr, b"", "what is typed goes first");
}

/// A server that answers every path, slowly, and how many requests it had at once at most.
fn server() -> (Server, Arc<AtomicUsize>) {
    let busiest = Arc::new(AtomicUsize::new(0));
    let (now, most) = (AtomicUsize::new(0), Arc::clone(&busiest));
    let server = Server::start(move |_, stream| {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        now.fetch_sub(1, Ordering::SeqCst);
        server::page(stream, "<!doctype html><title>A</title><h1>A</h1>");
    });
    (server, busiest)
}

#[test]
fn a_file_names_only_the_secrets_that_are_meant_for_it() {
    let (server, _) = server();
    let project = Project::new();
    project.write("a.md", &article(&format!("See [it]({}).", server.url("/a"))));
    let origin = server.url("/");
    let header = |name: &str| {
        format!("cache = \"off\"\nheader = \"{origin} X-Token: ${{{name}}}\"\nhost-interval = 0\n")
    };
    let check = |arguments: &[&str]| {
        let all =
            [&["check", "--allow-net", "127.0.0.1", "--select", "dead-link", "a.md"], arguments]
                .concat();
        let mut dateline = project.dateline(&all);
        dateline.env("DATELINE_TOKEN", "s3cret").env("AWS_SECRET", "s3cret");
        let output = dateline.output().expect("dateline runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let told = || server.requests().iter().filter(|r| r.fields.contains_key("x-token")).count();
    project.write("dateline.toml", &header("AWS_SECRET"));
    let (code, said) = check(&[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("may not be used by a file alone"), "{said}");
    assert_eq!((told(), server.requests().len()), (0, 0));
    assert_eq!(check(&["--untrusted"]).0, Some(0));
    assert_eq!(told(), 0);
    assert_eq!(check(&["--allow-env", "AWS_SECRET"]).0, Some(0));
    assert_eq!(told(), 1);
    project.write("dateline.toml", &header("DATELINE_TOKEN"));
    let (code, said) = check(&["-v"]);
    assert_eq!((code, told()), (Some(0), 2), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
    let (_, said) = project.run(&["config"]);
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn a_host_is_asked_at_its_own_pace() {
    let (server, busiest) = server();
    let project = Project::new();
    let links: String =
        (0..4).map(|n| format!("[{n}]({})\n", server.url(&format!("/{n}")))).collect();
    project.write("a.md", &article(&links));
    project.write(
        "dateline.toml",
        "cache = \"off\"\nhost-interval = 0\nhost-concurrency = 4\n\
         [[host]]\nhost = \"127.0.0.1\"\nconcurrency = 1\ninterval = \"1ms\"\n",
    );
    assert_eq!(project.run(&["check", "--allow-net", "127.0.0.1", "--select", "dead-link"]).0, 0);
    assert_eq!((server.requests().len(), busiest.load(Ordering::SeqCst)), (4, 1));
    let (_, said) = project.run(&["config"]);
    assert!(said.contains("[[host]]                                 # dateline.toml\n"), "{said}");
    assert!(said.contains("interval = \"1ms\""), "{said}");
}

#[test]
fn furniture_is_what_the_file_says() {
    let project = Project::new();
    let boxed = "<!doctype html><meta property=article:published_time content=2018-05-25T10:00:00Z>\
        <h1>A</h1><time datetime=2018-05-25T10:00:00Z>May 25, 2018</time><p>Words in a sentence.</p>\
        <p class=zx9>Read <a href=\"https://news.example/2025/10/17/first\">this new piece</a> \
        now.</p>";
    project.write("blog/a.html", boxed);
    project.write("docs/a.html", boxed);
    assert_eq!(project.check(&["blog", "docs"]).1.len(), 2, "it looks like a sentence");
    project.write("dateline.toml", "[[furniture]]\npath = \"blog/**\"\nselect = \".zx9\"\n");
    let (_, found) = project.check(&["blog", "docs"]);
    assert_eq!(found, ["docs/a.html link-postdates-article first"]);
    project.write("dateline.toml", "[[furniture]]\nselect = [\"h6\", \"p[class=zx9] a\"]\n");
    assert_eq!(project.check(&["blog", "docs"]), (0, Vec::new()));
    project.write("dateline.toml", "[[furniture]]\nselect = \"p:hover\"\n");
    let (code, said) = project.run(&["config"]);
    assert_eq!(code, 2);
    assert!(said.contains("`select`: `p:hover`: "), "{said}");
}

#[test]
fn the_links_of_a_stranger_are_counted() {
    let project = Project::new();
    let links = |from: usize| {
        let link = |n| format!("https://news.example/2018/05/{n}\n");
        (from..from + 6_000).map(link).collect::<String>()
    };
    project.write("a.txt", &links(0));
    project.write("b.txt", &links(10_000));
    let json = |arguments: &[&str]| {
        let all = [&["check", "--offline", "--select", "dead-link", "--format", "json"], arguments];
        let output = project.output(&all.concat());
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        json["summary"].clone()
    };
    let summary = json(&["--untrusted"]);
    assert_eq!(summary["unfetched"], 10_000);
    assert_eq!(
        summary["remarks"][1],
        "2,000 links were not followed: at most 10,000 of one run are (--untrusted)"
    );
    assert_eq!(json(&[])["unfetched"], 12_000);
}

#[cfg(unix)]
#[test]
fn a_strangers_links_lead_nowhere_outside() {
    let project = Project::new();
    let outside = TempDir::new().expect("a folder");
    fs::write(outside.path().join("a.md"), article(&late("first"))).expect("a file");
    std::os::unix::fs::symlink(outside.path().join("a.md"), project.path().join("b.md"))
        .expect("a link");
    let (code, said) = project.run(&["check", "--offline", "--untrusted", "b.md"]);
    assert_eq!(code, 2);
    assert!(said.contains("b.md: it stands outside of this folder"), "{said}");
    assert_eq!(project.check(&["b.md"]).0, 1);
}

#[test]
fn the_schema_takes_what_init_writes_and_refuses_what_the_program_refuses() {
    let schema = dateline::config::file::schema();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let json = |toml: &str| {
        let table: toml::Table = toml.parse().expect("TOML");
        serde_json::to_value(table).expect("it is JSON, too")
    };
    let sample = include_str!("../src/bin/dateline/commands/dateline.toml");
    assert!(validator.is_valid(&json(sample)));
    // All that is commented out in the sample holds, too.
    let all: String = sample
        .lines()
        .map(|line| {
            line.strip_prefix("# ")
                .filter(|l| l.contains(" = ") || l.starts_with("[["))
                .unwrap_or(line)
        })
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(all.contains("\n[[override]]\n"));
    let errors: Vec<String> = validator.iter_errors(&json(&all)).map(|e| e.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let project = Project::new();
    project.write("dateline.toml", &all);
    assert_eq!(project.run(&["config"]).0, 0);
    for wrong in [
        "ofline = true",
        "offline = 1",
        "[levels]\ndead-link = \"bad\"",
        "[[allow]]\nrule = \"dead-link\"",
    ] {
        assert!(!validator.is_valid(&json(wrong)), "{wrong}");
        project.write("dateline.toml", wrong);
        assert_eq!(project.run(&["config"]).0, 2, "{wrong}");
    }
}

#[test]
fn the_schemas_defaults_are_the_programs() {
    let schema = dateline::config::file::schema();
    let project = Project::new();
    let (_, said) = project.run(&["config"]);
    for (key, property) in schema["properties"].as_object().expect("properties") {
        let Some(default) = property.get("default") else { continue };
        let line = format!("{key} = {default} ");
        assert!(said.lines().any(|said| said.starts_with(&line)), "{line} is not in:\n{said}");
    }
}

/// `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_shipped_schema_is_the_programs() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/dateline.schema.json");
    let (code, schema) = Project::new().run(&["config", "--schema"]);
    assert_eq!(code, 0);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, schema).expect("the file can be written");
    } else {
        let shipped = fs::read_to_string(path).unwrap_or_default();
        assert!(shipped == schema, "it is stale: UPDATE_DOCS=1 cargo test --test configuration");
    }
}

/// What is wrong only beside another value is told with the place of the later one.
#[test]
fn values_that_do_not_go_together_are_told_with_their_place() {
    let project = Project::new();
    project.write("a.md", "");
    for (file, said) in [
        (
            "offline = true\n\narchive = \"wayback\"\n",
            "dateline.toml:1:1: `offline`: the argument '--archive <ARCHIVE>' cannot be used with",
        ),
        ("quiet = true\nverbose = true\n", "dateline.toml:2:1: `verbose`: the argument"),
        (
            "select = [\"dead-link\"]\n\n[levels]\ndead-link = \"off\"\n",
            "every rule is switched off (dateline.toml:4:1: `dead-link` has a part in it)",
        ),
    ] {
        project.write("dateline.toml", file);
        let (code, output) = project.run(&["check", "a.md"]);
        assert_eq!(code, 2, "{file}: {output}");
        assert!(output.replace('\n', " ").contains(said), "{file}: {output}");
    }
    // What was typed goes before the file, and is not the file's fault.
    project.write("dateline.toml", "archive = \"wayback\"\n");
    assert_eq!(project.run(&["check", "a.md", "--offline"]).0, 0);
}
