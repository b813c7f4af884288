//! What the program does: a file a command, and what they share.

mod check;
mod clocks;
mod config;
mod fetch;
mod fix;
mod git;
mod init;
mod known;
mod merge;
mod output;
mod places;
mod resume;
mod rows;
mod rules;
mod shell;

use std::io::{self, Write};

use dateline::config::Settings;
use dateline::config::cli::{Cli, Command};
use dateline::error::{Error, Exit};
use dateline::report::View;

use crate::arguments::Typed;
use crate::messages::Messages;

/// Does what was typed.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the clock")]
pub(crate) fn run(typed: Typed, messages: &Messages) -> Result<Exit, Error> {
    let Typed { cli, options, file } = typed;
    let Cli { command, messaging } = cli;
    let clock = jiff::Timestamp::now();
    match command {
        Command::Check(args) => check::check(*args, file, clock, &messaging, messages),
        Command::Links(args) => {
            check::pipeline(Settings::list(args, View::Links, clock)?, &messaging, messages)
        }
        Command::Date(args) => check::pipeline(Settings::date(args, clock)?, &messaging, messages),
        Command::Fetch(args) => fetch::fetch(*args, messages),
        Command::Fix(args) => fix::fix(*args, file.as_ref(), clock, messages),
        Command::Report(args) => rows::report(args, &messaging, messages),
        Command::Diff(args) => rows::diff(&args),
        Command::Stats(args) => rows::stats(&args),
        Command::Clocks(command) => clocks::clocks(&command, messages),
        Command::Init => init::init(),
        Command::Config(args) => config::config(&args, file.as_ref(), &options),
        Command::Explain { rule } => print(&rules::explanation(&rule, &messaging)),
        Command::Rules => print(&rules::list()),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man { folder } => shell::manual(folder.as_deref()),
    }
}

/// Prints to standard output.
fn print(text: &str) -> Result<Exit, Error> {
    io::stdout()
        .write_all(text.as_bytes())
        .map(|()| Exit::Clean)
        .map_err(|error| Error::Output { to: "standard output".into(), error })
}
