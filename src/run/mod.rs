//! The pipeline: read → extract → fetch → date → judge → report. The only orchestration there is.
//!
//! Documents flow through one by one, a few at a time, and come out in the order they went in, so
//! that memory is bounded by the documents in flight and the report is the same every time.

mod captures;
mod concluded;
mod digest;
mod fetching;
mod following;
mod link_budget;
mod local;
mod reading;
mod settling;
mod source;
mod stages;

use std::sync::Arc;
use std::time::Duration;

use futures::{StreamExt, future, stream};
use tokio::sync::{mpsc, oneshot};
use tokio::task;

use self::concluded::{Concluded, Part, Told};
pub use self::fetching::{Once, addresses, fetch};
use self::link_budget::LinkBudget;
use self::stages::{Stages, broken, finish};
use crate::address;
use crate::config::Settings;
use crate::config::cli::FailOn;
use crate::error::{Error, Exit};
use crate::fetch::{HostReport, Progress};
use crate::read::{self, ReadError};
use crate::report::{Failed, Report, Summary};
use crate::suppress::{self, Suppressions};

/// What is said where a run was ended from outside.
const INTERRUPTED: &str = "the run was interrupted: this is what was found until then";

/// What is said at once when a run is ended from outside.
const ENDING: &str =
    "interrupted: what is known until now is still told; a second time ends at once";

/// What is said as soon as it is known that nothing can be fetched.
const CUT_OFF: &str = "no name resolves, so that this machine seems to have no network: nothing is \
                       fetched, and links are judged by what the articles and the addresses say";

/// How many documents are under way at once: many, so that a slow host's links hold up only the
/// documents that they stand in.
const IN_FLIGHT: usize = 256;

/// How often progress is told, and what is written handed on.
const TICK: Duration = Duration::from_millis(250);

/// Is told what happens while a run goes on.
pub trait Observer {
    /// An input or a row of one could not be read.
    fn unreadable(&self, error: &ReadError);
    /// The document of that name has been judged, and comes to this.
    fn judged(&self, name: &str, document: &Summary);
    /// Links are being fetched; told a few times a second.
    fn fetching(&self, _progress: &Progress) {}
    /// So many of the bytes that all inputs hold have come out judged.
    fn advanced(&self, _read: u64, _of: u64) {}
    /// Something about the run that the user should know, though nothing failed.
    fn notice(&self, _notice: &str) {}
    /// What each host was asked, at the end.
    fn hosts(&self, _table: &[HostReport]) {}
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
    let summary = runtime.block_on(pipeline(settings, report, observer));
    // What is still being read or judged after an interruption is nobody's concern any more.
    runtime.shutdown_background();
    summary
}

/// The exit code that a finished run deserves.
#[must_use]
pub fn exit(fail_on: &[FailOn], summary: &Summary) -> Exit {
    let fails = |fail_on: &FailOn| match fail_on {
        FailOn::Unfetched => summary.not_fetched() > 0,
        fail_on => fail_on.level().is_some_and(|level| summary.at_least(level) > 0),
    };
    let failing = fail_on.iter().any(fails);
    if summary.interrupted {
        return Exit::Interrupted;
    }
    match (summary.unreadable, failing) {
        (0, false) => Exit::Clean,
        (0, true) => Exit::Findings,
        _ => Exit::Failed,
    }
}

/// What is set apart; a baseline, which may know a million findings, is held there alone.
fn suppressions(settings: &mut Settings) -> Suppressions {
    let baseline = settings.suppress.baseline.take();
    let suppress = suppress::Settings { baseline, ..settings.suppress.clone() };
    Suppressions::new(suppress, settings.rules.clone(), settings.now)
}

#[expect(clippy::disallowed_methods, reason = "progress is told every now and then")]
async fn pipeline(
    mut settings: Settings,
    report: &mut dyn Report,
    observer: &dyn Observer,
) -> Result<Summary, Error> {
    let inputs = std::mem::take(&mut settings.inputs);
    let size = read::size(&inputs);
    let reads_web = inputs.iter().any(|input| address::web_address(input).is_some());
    let tally = Arc::clone(&settings.read.tally);
    let mut suppressions = suppressions(&mut settings);
    let renderer = if suppressions.are_in_order() { None } else { report.renderer() };
    let entries = reading::begin(inputs, settings.read.clone(), settings.suppress.changes.clone());
    let mut budget = LinkBudget::new(settings.max_links);
    let stages = Stages::new(settings, suppressions.by_document(), renderer, reads_web)?;
    let stages = Arc::new(stages);
    let (stop, stopped) = oneshot::channel::<()>();
    let mut stop = Some(stop);
    let mut judged = stream::unfold(entries, async |mut entries| {
        entries.recv().await.map(|entry| (entry, entries))
    })
    .take_until(stopped)
    .map(|reading::Read { entry, room, at }| {
        let stages = Arc::clone(&stages);
        let share = budget.next();
        task::spawn(async move {
            let judged = stages.one(entry, share).await;
            // It holds memory until it is written, in its turn.
            (judged, at, room)
        })
    })
    .buffered(IN_FLIGHT)
    .boxed_local();
    let mut summary = Summary::default();
    let mut tick = tokio::time::interval(TICK);
    // One listener for the whole run, so that no signal falls between two documents.
    let mut interruptions = interruptions();
    let mut told = false;
    loop {
        let judged = tokio::select! {
            next = judged.next() => next,
            () = interrupted(&mut interruptions) => {
                summary.interrupted = true;
                // The first time, what is known of the documents under way is still told.
                let Some(stop) = stop.take() else { break };
                drop(stop);
                observer.notice(ENDING);
                stages.stop();
                continue;
            }
            _ = tick.tick() => {
                stages.tell_progress(observer);
                report.flush().map_err(unwritable)?;
                if !std::mem::replace(&mut told, stages.is_cut_off()) && told {
                    observer.notice(CUT_OFF);
                }
                continue;
            }
        };
        let Some(judged) = judged else { break };
        let (judged, at, _room) =
            judged.unwrap_or_else(|_| (Err(broken("a document".into())), 0, None));
        if let Some(size) = size {
            observer.advanced(at, size);
        }
        match judged {
            Ok(Concluded { remarks, part }) => {
                suppressions.note(remarks);
                let told = match part {
                    Part::Rendered(told, parts) => parts
                        .and_then(|parts| report.rendered(&mut parts.into_iter()))
                        .map(|()| told),
                    Part::Judged(mut judged) => {
                        suppressions.meet(&mut judged);
                        report.document(&judged).map(|()| Box::new(Told::of(&judged)))
                    }
                };
                let Told { name, summary: document, notices } = *told.map_err(unwritable)?;
                summary.merge(&document);
                observer.judged(&name, &document);
                for notice in &notices {
                    observer.notice(notice);
                }
            }
            Err(error) => {
                summary.unreadable += 1;
                observer.unreadable(&error);
                report.failed(&failed(error)).map_err(unwritable)?;
            }
        }
    }
    if summary.interrupted {
        summary.remarks.push(INTERRUPTED.to_owned());
    }
    summary.remarks.extend(stages.remark(summary.unfetched));
    summary.remarks.extend(stages.remark_beyond());
    summary.tell_silences();
    summary.remarks.extend(tally.remarks());
    if !summary.interrupted {
        let applied = suppressions.finish(summary.unreadable);
        summary.remarks.extend(applied.remarks);
        summary.baseline = applied.baseline;
    }
    report.finish(&summary).map_err(unwritable)?;
    stages.finish(observer)?;
    Ok(summary)
}

/// Hears of each time that the user wants the run to end (Ctrl-C).
fn interruptions() -> mpsc::Receiver<()> {
    let (heard, interruptions) = mpsc::channel(1);
    tokio::spawn(async move {
        // Where signals cannot be had, nobody can interrupt this way.
        while tokio::signal::ctrl_c().await.is_ok() {
            if heard.send(()).await.is_err() {
                break;
            }
        }
    });
    interruptions
}

/// Ends when the user wants the run to end.
async fn interrupted(interruptions: &mut mpsc::Receiver<()>) {
    if interruptions.recv().await.is_none() {
        future::pending::<()>().await;
    }
}

/// The report's own writers name the file.
fn unwritable(error: std::io::Error) -> Error {
    Error::Output { to: "the report".into(), error }
}

fn failed(ReadError { input, line, id, problem, help }: ReadError) -> Failed {
    Failed { input, line, id, problem, help }
}
