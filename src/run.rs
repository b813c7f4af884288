//! The pipeline: read → extract → fetch → date → judge → report. The only orchestration there is.
//!
//! Documents flow through one by one, a few at a time, and come out in the order they went in, so
//! that memory is bounded by the documents in flight and the report is the same every time.

use std::sync::Arc;

use futures::StreamExt;
use futures::stream;
use tokio::sync::mpsc;
use tokio::task;

use crate::config::Settings;
use crate::error::{Error, Exit};
use crate::model::{Case, Document, Judged, Status};
use crate::read::{self, Entry, ReadError};
use crate::report::{Report, Summary, View};
use crate::{date, extract, rules};

/// How many documents are under way at once.
const IN_FLIGHT: usize = 8;

/// Is told what happens while a run goes on.
pub trait Observer {
    /// An input or a row of one could not be read.
    fn unreadable(&self, error: &ReadError);
    /// A document has been judged.
    fn judged(&self, judged: &Judged);
}

/// Runs the pipeline over all inputs and writes the report.
///
/// # Errors
///
/// Only what ends a run: the report cannot be written, or the machine gives no threads. What goes
/// wrong with one input is told to the observer and counted.
pub fn run(
    settings: Settings,
    report: &mut dyn Report,
    observer: &dyn Observer,
) -> Result<Summary, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::Start(error.to_string()))?;
    runtime.block_on(pipeline(settings, report, observer))
}

/// The exit code that a finished run deserves.
#[must_use]
pub fn exit(settings_fail_on: crate::cli::FailOn, summary: &Summary) -> Exit {
    let failing = settings_fail_on.level().is_some_and(|level| summary.at_least(level) > 0);
    match (summary.unreadable, failing) {
        (0, false) => Exit::Clean,
        (0, true) => Exit::Findings,
        _ => Exit::Failed,
    }
}

async fn pipeline(
    mut settings: Settings,
    report: &mut dyn Report,
    observer: &dyn Observer,
) -> Result<Summary, Error> {
    let inputs = std::mem::take(&mut settings.inputs);
    let entries = reader(inputs, settings.read.clone());
    let settings = Arc::new(settings);
    let mut judged = stream::unfold(entries, async |mut entries| {
        entries.recv().await.map(|entry| (entry, entries))
    })
    .map(|entry| one(entry, Arc::clone(&settings)))
    .buffered(IN_FLIGHT)
    .boxed_local();
    let mut summary = Summary::default();
    while let Some(judged) = judged.next().await {
        match judged {
            Ok(judged) => {
                summary.add(&judged);
                observer.judged(&judged);
                report.document(&judged).map_err(|error| unwritable(&settings, error))?;
            }
            Err(error) => {
                summary.unreadable += 1;
                observer.unreadable(&error);
            }
        }
    }
    report.finish(&summary).map_err(|error| unwritable(&settings, error))?;
    Ok(summary)
}

/// Reads on a thread of its own, only a little ahead of the rest.
fn reader(inputs: Vec<String>, options: read::Options) -> mpsc::Receiver<Result<Entry, ReadError>> {
    let (send, receive) = mpsc::channel(1);
    task::spawn_blocking(move || {
        for entry in read::entries(inputs, options) {
            if send.blocking_send(entry).is_err() {
                break;
            }
        }
    });
    receive
}

/// Takes one document from reading to judgement.
async fn one(
    entry: Result<Entry, ReadError>,
    settings: Arc<Settings>,
) -> Result<Judged, ReadError> {
    let article = match entry? {
        Entry::Document(document) => *document,
        Entry::Web(url) => {
            return Err(ReadError::new(
                url.as_str(),
                "not fetched",
                "save the page and check the file",
            ));
        }
    };
    let name = article.name();
    let judged = task::spawn_blocking(move || judge(case(article, &settings), &settings)).await;
    judged.map_err(|_| {
        ReadError::new(
            name,
            "it could not be judged: this is a bug in dateline",
            "please report it with the file",
        )
    })
}

fn case(article: Document, settings: &Settings) -> Case {
    let extract = extract::extract(&article);
    let dating = if settings.view == View::Links {
        crate::model::Dating::default()
    } else {
        date::date(&article, &extract)
    };
    let statuses = vec![Status::Offline; extract.links.len()];
    Case { article, extract, dating, statuses, now: settings.now }
}

fn judge(case: Case, settings: &Settings) -> Judged {
    let findings = rules::judge(&case, &settings.rules, &settings.tuning);
    Judged { case, findings }
}

fn unwritable(settings: &Settings, error: std::io::Error) -> Error {
    let to = settings
        .output
        .as_ref()
        .map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    Error::Output { to, error }
}
