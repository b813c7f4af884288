//! What the README and the documentation show is what the program prints and what the files that
//! tests run say. `UPDATE_README=1` writes them anew.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).expect("the file is there")
}

fn output(command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("dateline"), "another program is shown: {command}");
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(words)
        .current_dir(ROOT)
        .env_clear()
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// The text with every shown output, every shown file and the rule table made anew.
fn made_anew(text: &str) -> String {
    let mut made = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        let mark = |name: &str| line.strip_prefix(name).and_then(|rest| rest.strip_suffix(" -->"));
        let shown = match (mark("<!-- run: "), mark("<!-- file: ")) {
            (Some(command), _) => output(command),
            (_, Some(name)) => read(name),
            _ => {
                let table = match line {
                    "<!-- rules -->" => dateline::rules::table(),
                    "<!-- clocks -->" => dateline::address::identifier::table(),
                    _ => continue,
                };
                made.push_str(&table);
                while lines.next_if(|line| line.starts_with('|')).is_some() {}
                continue;
            }
        };
        let fence = lines.next().expect("a block of code follows");
        made.push_str(&format!("{fence}\n{}\n```\n", shown.trim_end()));
        while lines.next().is_some_and(|line| line != "```") {}
    }
    made
}

#[test]
fn the_documentation_shows_what_the_program_prints() {
    for name in ["README.md", "docs/ci.md", "docs/clocks.md"] {
        let text = read(name);
        let made = made_anew(&text);
        if std::env::var_os("UPDATE_README").is_some() {
            fs::write(Path::new(ROOT).join(name), made).expect("the file can be written");
        } else {
            assert!(text == made, "{name} is stale: UPDATE_README=1 cargo test --test readme");
        }
    }
}

#[test]
fn ci_runs_the_readmes_test_command() {
    assert!(read("README.md").contains("```sh\ncargo test\n```"));
    assert!(read(".ci/run").lines().any(|line| line.starts_with("step cargo test")));
}
