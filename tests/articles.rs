//! The shipped articles, each with the row that is expected of it.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may touch the world, and stops at once where something is wrong"
)]

use std::path::Path;

use dateline::config::Settings;
use dateline::model::Judged;
use dateline::read::ReadError;
use dateline::report::{Report, Row, Summary, View};
use dateline::run::{self, Observer};

/// Fails the test for an article that cannot be read.
struct Strict;

impl Observer for Strict {
    fn unreadable(&self, error: &ReadError) {
        panic!("{error}");
    }

    fn judged(&self, _name: &str, _document: &Summary) {}
}

#[derive(Default)]
struct Rows(Vec<serde_json::Value>);

impl Report for Rows {
    fn document(&mut self, judged: &Judged) -> std::io::Result<()> {
        self.0.push(serde_json::to_value(Row::new(judged, View::Check))?);
        Ok(())
    }

    fn finish(&mut self, _summary: &Summary) -> std::io::Result<()> {
        Ok(())
    }
}

/// The row of one article, judged offline at a fixed time.
fn row(path: &Path) -> serde_json::Value {
    let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("it is a fixture");
    let arguments = ["dateline", "check", "--offline", "--now", "2026-01-01"];
    let cli = clap::Parser::parse_from(
        arguments.map(Into::into).into_iter().chain([name.as_os_str().to_owned()]),
    );
    let dateline::config::cli::Cli {
        command: dateline::config::cli::Command::Check(arguments),
        ..
    } = cli
    else {
        panic!("check was asked for");
    };
    let settings =
        Settings::check(*arguments, jiff::Timestamp::UNIX_EPOCH, None).expect("good options");
    let mut rows = Rows::default();
    run::run(settings, &mut rows, &Strict).expect("the run ends well");
    rows.0.pop().expect("one article gives one row")
}

#[test]
fn every_article_gives_its_row() {
    insta::glob!("../fixtures", "{articles/*.*,*.txt}", |path| {
        insta::assert_json_snapshot!(row(path));
    });
}
