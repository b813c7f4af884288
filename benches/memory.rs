//! The most memory that a run holds at once, over one, four and sixteen times the same input: it
//! follows the documents in flight, not the size of the input. A run that needs more for more fails.
//!
//! `cargo bench --bench memory`: a plain program, since what is measured is one number a run.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench makes its input, tells its figures, and stops where something is wrong"
)]

use std::fmt::Write as _;
use std::path::Path;

use dateline::config::Settings;
use dateline::config::cli::{Cli, Command};
use dateline::read::ReadError;
use dateline::report::{FORMATS, Open, Style, Summary, View};
use dateline::run::{self, Observer};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Documents in the smallest input: more than are in flight at once.
const DOCUMENTS: usize = 300;

struct Strict;

impl Observer for Strict {
    fn unreadable(&self, error: &ReadError) {
        panic!("{error}");
    }

    fn judged(&self, _name: &str, _document: &Summary) {}
}

/// An article with links of which every second is newer than it.
fn article(number: usize) -> String {
    let mut text = format!("# Story {number}\n\nMay 25, 2018\n\n");
    for link in 0..10 {
        let year = if link % 2 == 0 { 2016 } else { 2025 };
        let url = format!("https://news{link}.example/{year}/10/17/story-{number}-{link}");
        let _ = writeln!(text, "What [was said]({url}) on the day, and what came of it.\n");
    }
    text
}

/// The most bytes that are held at once while so many documents are checked offline.
fn peak(documents: usize) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("articles.jsonl");
    let row =
        |number: usize| serde_json::json!({ "id": number.to_string(), "text": article(number) });
    let rows: String = (0..documents).map(|number| format!("{}\n", row(number))).collect();
    std::fs::write(&input, rows).expect("room for the input");
    ALLOCATOR.reset_peak_usage();
    let before = ALLOCATOR.current_usage();
    check(&input);
    ALLOCATOR.peak_usage() - before
}

fn check(input: &Path) {
    let arguments = ["dateline", "check", "--offline", "--no-config", "--now", "2026-01-01"];
    let arguments = arguments.map(Into::into).into_iter().chain([input.as_os_str().to_owned()]);
    let Command::Check(arguments) = <Cli as clap::Parser>::parse_from(arguments).command else {
        panic!("check was asked for");
    };
    let settings = Settings::check(*arguments, jiff::Timestamp::UNIX_EPOCH, None);
    let format = FORMATS.iter().find(|format| format.name == "jsonl").expect("a format");
    let Open::Stream(open) = format.open else { panic!("a stream") };
    let style = Style { color: false, width: 100, links: false };
    let mut report = open(View::Check, style, Box::new(std::io::sink()));
    run::run(settings.expect("good options"), &mut *report, &Strict).expect("the run ends well");
}

fn main() {
    // What is made once in a program is made before.
    let _ = peak(1);
    let mut first = None;
    for times in [1, 4, 16] {
        let documents = times * DOCUMENTS;
        let held = peak(documents);
        println!("{documents:>6} documents: {:>6} kB at most", held / 1_000);
        let first = *first.get_or_insert(held);
        assert!(held < 2 * first, "memory grows with the input");
    }
}
