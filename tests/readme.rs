//! What the README shows is what the program prints. `UPDATE_README=1` writes it anew.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::process::Command;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

fn output(command: &str) -> String {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("dateline"), "README shows another program: {command}");
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .output()
        .expect("the program runs");
    String::from_utf8(output.stdout).expect("the program prints UTF-8")
}

/// The README with every shown output and the rule table made anew.
fn made_anew(readme: &str) -> String {
    let mut made = String::new();
    let mut lines = readme.lines().peekable();
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        if let Some(command) =
            line.strip_prefix("<!-- run: ").and_then(|rest| rest.strip_suffix(" -->"))
        {
            made.push_str("```text\n");
            made.push_str(output(command).trim_end());
            made.push_str("\n```\n");
            lines.next();
            while lines.next().is_some_and(|line| line != "```") {}
        } else if line == "<!-- rules -->" {
            made.push_str(&dateline::rules::table());
            while lines.peek().is_some_and(|line| line.starts_with('|')) {
                lines.next();
            }
        }
    }
    made
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme = std::fs::read_to_string(README).expect("there is a README");
    let made = made_anew(&readme);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(README, made).expect("the README can be written");
    } else {
        assert!(readme == made, "the README is stale: UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn ci_runs_the_readmes_test_command() {
    let root = env!("CARGO_MANIFEST_DIR");
    let readme = std::fs::read_to_string(README).expect("there is a README");
    let script = std::fs::read_to_string(format!("{root}/.ci/run")).expect("there is a .ci/run");
    assert!(readme.contains("```sh\ncargo test\n```"));
    assert!(script.lines().any(|line| line.starts_with("step cargo test")));
}
