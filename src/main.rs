//! The program: parse, run, exit code. Everything else is in the library.

#![expect(
    clippy::disallowed_methods,
    reason = "the program's edge: the clock, the environment, the report's file"
)]

mod talk;

use std::env;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, Parser};
use dateline::cli::{Cli, Command, Talk};
use dateline::config::Settings;
use dateline::error::{Error, Exit};
use dateline::report::{Style, View};
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
        Command::Check(args) => {
            pipeline(Settings::check(*args, clock, user_cache())?, &talk, messages)
        }
        Command::Links(args) => {
            pipeline(Settings::list(args, View::Links, clock)?, &talk, messages)
        }
        Command::Date(args) => pipeline(Settings::list(args, View::Dates, clock)?, &talk, messages),
        Command::Explain { rule } => print(&explanation(&rule)),
        Command::Rules => print(&rule_list()),
    }
}

/// The folder for what may be lost (XDG Base Directory Specification), where it can be told.
fn user_cache() -> Option<PathBuf> {
    let folder =
        |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = |below: &str| folder("HOME").map(|home| home.join(below));
    match env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => home("Library/Caches"),
        _ => folder("XDG_CACHE_HOME").or_else(|| home(".cache")),
    }
}

fn pipeline(mut settings: Settings, talk: &Talk, messages: &talk::Messages) -> Result<Exit, Error> {
    let out: Box<dyn Write> = match &settings.output {
        None => Box::new(BufWriter::new(io::stdout().lock())),
        Some(path) => Box::new(BufWriter::new(
            File::create(path)
                .map_err(|error| Error::Output { to: path.display().to_string(), error })?,
        )),
    };
    settings.fetch.observer = messages.fetch_observer();
    let fail_on = settings.fail_on;
    let style = style(talk, settings.output.is_some());
    let mut report = (settings.report_format()?.open)(settings.view, style, out);
    let summary = run::run(settings, report.as_mut(), messages)?;
    Ok(run::exit(fail_on, &summary))
}

/// Colour and width of standard output; a file gets neither.
fn style(talk: &Talk, to_file: bool) -> Style {
    let color = match talk.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            !to_file && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    };
    let width = match terminal_size::terminal_size() {
        Some((terminal_size::Width(columns), _)) if io::stdout().is_terminal() => columns.into(),
        _ => 120,
    };
    Style { color, width }
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
