//! What the program says on standard error while it works.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use dateline::config::cli::Messaging;
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
    pub(crate) fn new(messaging: &Messaging) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let color = match messaging.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
            }
        };
        let bar = if terminal && !messaging.quiet { bar() } else { ProgressBar::hidden() };
        Self { quiet: messaging.quiet, verbose: messaging.verbose, color, bar }
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
                Ok(page) if page.partial => format!("{}, read in part", page.status),
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
    let template = "{spinner} {pos} documents{msg} ({elapsed})";
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
            let undated = if judged.case.dating.is_empty() { ", undated" } else { "" };
            let name = judged.case.article.name();
            self.say(HELP, "done", &format!("{name} ({links} links{undated})"));
        }
    }

    fn fetching(&self, progress: &Progress) {
        self.bar.set_message(format!(", {}", fetching(progress, self.bar.elapsed())));
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

/// How far fetching is, how fast it goes, and whom links wait for.
fn fetching(progress: &Progress, elapsed: Duration) -> String {
    let fetched = progress.done.saturating_sub(progress.from_cache);
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = fetched.saturating_mul(1000) / millis;
    let done = format!("{} of {} links, {rate}/s", progress.done, progress.asked);
    let Some(most) = progress.waiting.first() else { return done };
    let others = match progress.waiting.len() - 1 {
        0 => String::new(),
        1 => " and another site".to_owned(),
        others => format!(" and {others} other sites"),
    };
    let why = most.paused.map(|wait| format!(" (it asked for {} s)", wait.as_secs() + 1));
    let (links, host) = (most.links, Shown(&most.host));
    format!("{done}, {links} waiting for {host}{}{others}", why.unwrap_or_default())
}

impl Drop for Messages {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use dateline::fetch::Waiting;

    use super::*;

    #[test]
    fn progress_tells_how_far_how_fast_and_whom_it_waits_for() {
        let waiting = |host: &str, links, seconds: Option<u64>| Waiting {
            host: host.to_owned(),
            links,
            paused: seconds.map(Duration::from_secs),
        };
        let mut progress = Progress { asked: 100, done: 50, from_cache: 10, ..Progress::default() };
        let said = |progress: &Progress| fetching(progress, Duration::from_secs(2));
        assert_eq!(said(&progress), "50 of 100 links, 20/s");
        progress.waiting.push(waiting("slow.example", 7, Some(3)));
        assert_eq!(
            said(&progress),
            "50 of 100 links, 20/s, 7 waiting for slow.example (it asked for 4 s)"
        );
        progress.waiting.extend([waiting("b.example", 2, None), waiting("c.example", 1, None)]);
        assert!(said(&progress).ends_with("(it asked for 4 s) and 2 other sites"));
    }
}
