//! What the program says on standard error while it works.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use dateline::cli::Talk;
use dateline::error::Error;
use dateline::fetch::{self, Event, HostReport, Progress};
use dateline::model::Judged;
use dateline::read::ReadError;
use dateline::report::shown::Shown;
use dateline::run::Observer;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Messages and a progress bar, on standard error.
pub(crate) struct Messages {
    quiet: bool,
    verbose: bool,
    color: bool,
    bar: ProgressBar,
}

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const HELP: Style = AnsiColor::BrightCyan.on_default().bold();

impl Messages {
    /// Talks as loud as asked for; the bar shows only on a terminal, and only when work is long.
    pub(crate) fn new(talk: &Talk) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let color = match talk.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
            }
        };
        let bar = if terminal && !talk.quiet { bar() } else { ProgressBar::hidden() };
        Self { quiet: talk.quiet, verbose: talk.verbose, color, bar }
    }

    /// Says what ends the run, and what to do about it.
    pub(crate) fn fatal(&self, error: &Error) {
        self.say(ERROR, "error", &error.to_string());
        self.say(HELP, "help", error.help());
    }

    /// Says what a command did.
    pub(crate) fn told(&self, text: &str) {
        if !self.quiet {
            self.say(HELP, "done", text);
        }
    }

    /// Tells of each fetch as it ends, where that is asked for.
    pub(crate) fn fetch_observer(&self) -> Option<fetch::Observer> {
        let bar = self.bar.clone();
        let tell = move |event: Event<'_>| {
            let verdict = match &event.outcome.result {
                Ok(page) => page.status.to_string(),
                Err(failure) => format!("{} ({})", failure.kind, failure.detail),
            };
            let how = if event.from_cache {
                "remembered".to_owned()
            } else {
                format!("{} ms", event.took.as_millis())
            };
            let line = format!("{}: {verdict}, {how}", event.url);
            bar.suspend(|| {
                let _ = writeln!(std::io::stderr(), "fetched: {}", Shown(&line));
            });
        };
        self.verbose.then(|| Arc::new(tell) as fetch::Observer)
    }

    fn say(&self, style: Style, kind: &str, text: &str) {
        let text = Shown(text);
        let line = if self.color {
            format!("{style}{kind}{style:#}: {text}\n")
        } else {
            format!("{kind}: {text}\n")
        };
        // Nothing can be done where standard error itself is closed.
        self.bar.suspend(|| {
            let _ = std::io::stderr().write_all(line.as_bytes());
        });
    }
}

fn bar() -> ProgressBar {
    let template = "{spinner} {pos} documents, {msg} ({elapsed}, {per_sec})";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8))
        .with_style(style);
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

impl Observer for Messages {
    fn unreadable(&self, error: &ReadError) {
        if self.quiet {
            return;
        }
        self.say(ERROR, "error", &error.to_string());
        self.say(HELP, "help", &error.help);
    }

    fn judged(&self, judged: &Judged) {
        self.bar.inc(1);
        if self.verbose {
            let links = judged.case.extract.links.len();
            self.say(HELP, "done", &format!("{} ({links} links)", judged.case.article.name()));
        }
    }

    fn fetching(&self, progress: &Progress) {
        self.bar.set_message(fetching(progress));
    }

    fn notice(&self, notice: &str) {
        if !self.quiet {
            self.say(HELP, "note", notice);
        }
    }

    fn hosts(&self, table: &[HostReport]) {
        if !self.verbose {
            return;
        }
        for host in table {
            let verdicts: Vec<_> =
                host.verdicts.iter().map(|(verdict, times)| format!("{times} {verdict}")).collect();
            let (name, requests, median) = (&host.host, host.requests, host.median.as_millis());
            let verdicts = verdicts.join(", ");
            let line = format!("{name}: {requests} requests, median {median} ms, {verdicts}");
            self.say(HELP, "host", &line);
        }
    }
}

/// How far fetching is, and the host that most links wait for.
fn fetching(progress: &Progress) -> String {
    let done = format!("{} of {} links", progress.done, progress.asked);
    let Some(most) = progress.waiting.first() else { return done };
    let waiting = format!("{done}, {} waiting for {}", most.links, Shown(&most.host));
    match most.paused {
        Some(wait) => format!("{waiting} (it asked for {} s)", wait.as_secs() + 1),
        None => waiting,
    }
}

impl Drop for Messages {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
