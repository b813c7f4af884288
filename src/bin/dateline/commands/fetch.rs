//! `dateline fetch`: asks addresses, and writes a row of what came of each.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead as _, BufWriter, Write};
use std::path::PathBuf;

use dateline::address::Addresses;
use dateline::config::cli::FetchCommandArgs;
use dateline::config::fetching;
use dateline::error::{Error, Exit, in_words};
use dateline::read::ReadError;
use dateline::run::{Observer, Once, addresses, fetch as ask};
use url::Url;

use super::check::user_cache;
use super::{places, rows};
use crate::messages::Messages;

const HELP: &str = "write an address a line, or rows of `dateline links --format jsonl`";

/// Asks the addresses that lines name, or lists them.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn fetch(args: FetchCommandArgs, messages: &Messages) -> Result<Exit, Error> {
    let FetchCommandArgs { inputs, list, output, fetch } = args;
    if fetch.offline && !list {
        return Err(Error::usage("--offline fetches nothing", "leave it out"));
    }
    places::of_lines(output.as_deref(), &inputs)?;
    let chosen =
        Addresses { exclude: fetch.exclude_url.clone(), include: fetch.include_url.clone() };
    let mut settings = fetching(fetch, user_cache());
    settings.observer = messages.fetch_observer();
    let name = output.as_ref().map_or("standard output".to_owned(), |it| it.display().to_string());
    let unwritable = |error| Error::Output { to: name.clone(), error };
    let out: Box<dyn Write> = match &output {
        Some(path) => Box::new(File::create(path).map_err(unwritable)?),
        None => Box::new(io::stdout()),
    };
    let mut out = BufWriter::new(out);
    let failed = Cell::new(0_usize);
    let tell = |error: &ReadError| {
        failed.set(failed.get() + 1);
        messages.unreadable(error);
    };
    let mut once = Once::default();
    let wanted = lines(inputs, &tell).filter(|url| once.is_new(url) && !chosen.leave_out(url));
    if list {
        for url in wanted {
            writeln!(out, "{url}").map_err(unwritable)?;
        }
    } else {
        messages.work();
        let mut take = |visited: dateline::model::Visited| {
            serde_json::to_writer(&mut out, &visited)
                .map_err(io::Error::from)
                .map_err(unwritable)?;
            out.write_all(b"\n").map_err(unwritable)
        };
        ask(settings, wanted, &mut take, messages)?;
    }
    out.flush().map_err(unwritable)?;
    Ok(if failed.get() > 0 { Exit::Failed } else { Exit::Clean })
}

/// The addresses of all lines, as they are read.
fn lines(inputs: Vec<PathBuf>, tell: &dyn Fn(&ReadError)) -> impl Iterator<Item = Url> {
    let files = inputs.into_iter().filter_map(|path| match rows::opened(&path) {
        Ok(reader) => Some((path, reader)),
        Err(error) => {
            let problem = format!("it cannot be read: {}", in_words(&error));
            tell(&ReadError::new(path.display().to_string(), problem, HELP));
            None
        }
    });
    files.flat_map(move |(path, reader)| {
        let name = path.display().to_string();
        reader.lines().zip(1..).flat_map(move |(line, number)| {
            let found = line.map_err(|error| in_words(&error)).and_then(|line| addresses(&line));
            found.unwrap_or_else(|problem| {
                tell(&ReadError::new(&name, problem, HELP).on_line(number));
                Vec::new()
            })
        })
    })
}
