//! `dateline fetch`: asks addresses, and writes a row of what came of each.

use std::fs::File;
use std::io::{self, BufRead as _, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::{future, thread};

use dateline::address::Addresses;
use dateline::config::cli::FetchCommandArgs;
use dateline::config::fetching;
use dateline::error::{Error, Exit, in_words};
use dateline::fetch::registrable_domain;
use dateline::read::ReadError;
use dateline::run::{Observer, Once, addresses, fetch as ask};
use futures::{StreamExt, stream};
use tokio::sync::mpsc;
use url::Url;

use super::check::user_cache;
use super::{places, rows};
use crate::messages::Messages;

const HELP: &str = "write an address a line, or rows of `dateline links --format jsonl`";

/// Asks the addresses that lines name, or lists them.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn fetch(args: FetchCommandArgs, messages: &Messages) -> Result<Exit, Error> {
    let FetchCommandArgs { inputs, list, sites, output, fetch } = args;
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
    let mut failed = false;
    let mut once = Once::default();
    let wanted = |line: Result<Url, ReadError>| match line {
        Ok(url) => (once.is_new(&url) && !chosen.leave_out(&url)).then_some(url),
        Err(error) => {
            failed = true;
            messages.unreadable(&error);
            None
        }
    };
    let mut lines = lines(inputs);
    let mut is_whole = true;
    if list {
        for url in std::iter::from_fn(|| lines.blocking_recv()).filter_map(wanted) {
            let site =
                if sites { [registrable_domain(&url), "\t"].concat() } else { String::new() };
            writeln!(out, "{site}{url}").map_err(unwritable)?;
        }
    } else {
        messages.work();
        let mut take = |visited: dateline::model::Visited| {
            serde_json::to_writer(&mut out, &visited)
                .map_err(io::Error::from)
                .map_err(unwritable)?;
            // Asking took longer than writing does, and whoever reads the rows may wait for this one.
            out.write_all(b"\n").and_then(|()| out.flush()).map_err(unwritable)
        };
        let lines = stream::poll_fn(|context| lines.poll_recv(context));
        let mut wanted = wanted;
        let addresses = lines.filter_map(|line| future::ready(wanted(line)));
        is_whole = ask(settings, addresses, &mut take, messages)?;
    }
    out.flush().map_err(unwritable)?;
    Ok(match (is_whole, failed) {
        (false, _) => Exit::Interrupted,
        (true, true) => Exit::Failed,
        (true, false) => Exit::Clean,
    })
}

/// So many addresses are read ahead.
const AHEAD: usize = 1024;

/// The addresses of all lines, as they are read: by a thread of their own, since whoever writes the lines
/// may take any time.
fn lines(inputs: Vec<PathBuf>) -> mpsc::Receiver<Result<Url, ReadError>> {
    let (found, lines) = mpsc::channel(AHEAD);
    thread::spawn(move || {
        let each = |path: &Path| read(path, &mut |line| found.blocking_send(line).is_ok());
        // Nobody wants the rest where the run has ended.
        inputs.iter().all(|path| each(path))
    });
    lines
}

/// Hands over the addresses of a file's lines as long as they are wanted.
fn read(path: &Path, take: &mut dyn FnMut(Result<Url, ReadError>) -> bool) -> bool {
    let name = path.display().to_string();
    let reader = match rows::opened(path) {
        Ok(reader) => reader,
        Err(error) => {
            let problem = format!("it cannot be read: {}", in_words(&error));
            return take(Err(ReadError::new(name, problem, HELP)));
        }
    };
    for (line, number) in reader.lines().zip(1..) {
        let is_wanted = match line.map_err(|error| in_words(&error)).and_then(|it| addresses(&it)) {
            Ok(found) => found.into_iter().all(|url| take(Ok(url))),
            Err(problem) => take(Err(ReadError::new(&name, problem, HELP).on_line(number))),
        };
        if !is_wanted {
            return false;
        }
    }
    true
}
