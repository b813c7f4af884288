//! `dateline clocks learn`: learns the clocks of sites from the rows of earlier runs; and reads what
//! was learnt for the commands that use it.

use std::fs::File;
use std::io::{self, Read, Write};
use std::sync::Arc;

use dateline::config::Settings;
use dateline::config::cli::{ClocksCommand, LearnArgs};
use dateline::error::{Error, Exit};
use dateline::learn::{Learner, Learnt};
use dateline::model::SiteClocks;
use dateline::report::{Restored, restored};

use super::{output, places, rows};
use crate::messages::Messages;

/// A file that is larger was not learnt.
const LARGEST: u64 = 512 << 20;

pub(super) fn clocks(command: &ClocksCommand, messages: &Messages) -> Result<Exit, Error> {
    match command {
        ClocksCommand::Learn(args) => learn(args, messages),
    }
}

fn learn(args: &LearnArgs, messages: &Messages) -> Result<Exit, Error> {
    let LearnArgs { rows, output } = args;
    let rows = rows::files(rows)?;
    places::of_lines(output.as_deref(), &rows)?;
    let mut learner = Learner::default();
    rows::each(&rows, restored, &mut |row| {
        if let Restored::Judged(judged) = row {
            learner.add(&judged);
        }
        Ok(())
    })?;
    let learnt = learner.finish();
    let text = written(&learnt.clocks);
    match output {
        Some(path) => output::whole(path, text.as_bytes())?,
        None => io::stdout()
            .write_all(text.as_bytes())
            .map_err(|error| Error::Output { to: "standard output".into(), error })?,
    }
    messages.told(&told(&learnt));
    Ok(Exit::Clean)
}

/// JSON with a clock a line, so that a person can look at it and a diff tells which clocks changed.
fn written(clocks: &SiteClocks) -> String {
    let SiteClocks { schema, clocks } = clocks;
    let line = |clock| serde_json::to_string(clock).unwrap_or_default();
    let lines: Vec<String> = clocks.iter().map(line).collect();
    format!("{{\"schema\":{schema},\"clocks\":[\n{}\n]}}\n", lines.join(",\n"))
}

/// How much was learnt, and why not more.
fn told(learnt: &Learnt) -> String {
    let Learnt { clocks, refused, scarce, left_out } = learnt;
    let counted = |count: usize, one: &str, more: &str| {
        format!("{count} {}", if count == 1 { one } else { more })
    };
    let numbers = |count| counted(count, "dated number", "dated numbers");
    let points = clocks.clocks.iter().map(|clock| clock.points as usize).sum();
    let learnt = counted(clocks.clocks.len(), "clock", "clocks");
    let mut told = format!("{learnt} learnt from {}", numbers(points));
    for (count, why) in [
        (refused, "in which the numbers do not follow the days"),
        (scarce, "with fewer than 30 dated numbers"),
    ] {
        if *count > 0 {
            let shapes = counted(*count, "shape of address", "shapes of address");
            told += &format!("; none from {shapes} {why}");
        }
    }
    if *left_out > 0 {
        told += &format!("; {} had no room", numbers(*left_out));
    }
    told
}

/// Reads the clocks that the settings name.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn load(settings: &mut Settings) -> Result<(), Error> {
    let Some(path) = settings.clocks.as_deref() else { return Ok(()) };
    let unusable = |problem: String| {
        Error::usage(
            format!("the clocks {} cannot be used: {problem}", path.display()),
            "make the file with `dateline clocks learn`, or leave --clocks out",
        )
    };
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut text));
    let read = read.map_err(|error| unusable(error.to_string()))?;
    if read as u64 > LARGEST {
        return Err(unusable(format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    settings.tuning.clocks = Some(Arc::new(parse(&text).map_err(unusable)?));
    Ok(())
}

fn parse(text: &str) -> Result<SiteClocks, String> {
    /// What a file of any version has.
    #[derive(serde::Deserialize)]
    struct Version {
        schema: u32,
    }
    let version: Version = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if version.schema != SiteClocks::SCHEMA {
        let empty = SiteClocks { schema: version.schema, clocks: Vec::new() };
        return Err(empty.problem().unwrap_or_default());
    }
    let clocks: SiteClocks = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match clocks.problem() {
        Some(problem) => Err(problem),
        None => Ok(clocks),
    }
}
