//! The program: parse, run, exit code. Everything else is in the library.

#![expect(
    clippy::disallowed_methods,
    reason = "the program's edge: the clock, the environment, the report's file"
)]

mod known;
mod output;
mod talk;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use dateline::cli::{Cli, Command, Talk};
use dateline::config::Settings;
use dateline::error::{Error, Exit};
use dateline::report::View;
use dateline::{rules, run};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let messages = talk::Messages::new(&cli.talk);
    match dispatch(cli, &messages) {
        Ok(exit) => exit.into(),
        Err(error) if error.is_closed_pipe() => Exit::Clean.into(),
        Err(error) => {
            messages.fatal(&error);
            Exit::Failed.into()
        }
    }
}

fn dispatch(cli: Cli, messages: &talk::Messages) -> Result<Exit, Error> {
    let Cli { command, talk } = cli;
    let clock = jiff::Timestamp::now();
    match command {
        Command::Check(args) => pipeline(Settings::check(*args, clock)?, &talk, messages),
        Command::Links(args) => {
            pipeline(Settings::list(args, View::Links, clock)?, &talk, messages)
        }
        Command::Date(args) => pipeline(Settings::list(args, View::Dates, clock)?, &talk, messages),
        Command::Explain { rule } => print(&explanation(&rule)),
        Command::Rules => print(&rule_list()),
    }
}

fn pipeline(mut settings: Settings, talk: &Talk, messages: &talk::Messages) -> Result<Exit, Error> {
    let fail_on = settings.fail_on;
    settings.sieve.baseline = known::baseline(&settings)?;
    let mut report = output::open(&settings, talk)?;
    let summary = run::run(settings, report.as_mut(), messages)?;
    Ok(run::exit(fail_on, &summary))
}

fn explanation(id: &str) -> String {
    rules::by_id(id).map_or_else(String::new, |rule| {
        format!("{} ({})\n\n{}.\n\n{}\n", rule.id, rule.level, rule.summary, rule.docs.trim())
    })
}

fn rule_list() -> String {
    let widest = rules::RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    rules::RULES
        .iter()
        .map(|rule| format!("{:<widest$}  {:<7}  {}\n", rule.id, rule.level.as_str(), rule.summary))
        .collect()
}

fn print(text: &str) -> Result<Exit, Error> {
    io::stdout()
        .write_all(text.as_bytes())
        .map(|()| Exit::Clean)
        .map_err(|error| Error::Output { to: "standard output".into(), error })
}
