//! What the program says on standard error while it works.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use dateline::address::shown::Shown;
use dateline::config::cli::Messaging;
use dateline::error::Error;
use dateline::fetch::{self, Event, HostReport, Progress};
use dateline::read::ReadError;
use dateline::report::Summary;
use dateline::run::Observer;
use dateline::text::count;
use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Messages and a progress bar, on standard error.
pub(crate) struct Messages {
    quiet: bool,
    verbose: bool,
    color: bool,
    bar: ProgressBar,
    documents: AtomicUsize,
    /// How many bytes had been read before the first document was judged.
    begun: AtomicU64,
    /// How far fetching is.
    fetching: Mutex<String>,
}

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const HELP: Style = AnsiColor::BrightCyan.on_default().bold();

impl Messages {
    /// Talks as loud as asked for; the bar shows only on a terminal, and only when work is long.
    pub(crate) fn new(messaging: &Messaging) -> Self {
        let color = match messaging.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never
            }
        };
        let bar = ProgressBar::hidden();
        Self {
            quiet: messaging.quiet,
            verbose: messaging.verbose,
            color,
            bar,
            documents: AtomicUsize::new(0),
            begun: AtomicU64::new(0),
            fetching: Mutex::default(),
        }
    }

    /// From now on shows on a terminal how far the work is. What is written beside it has to go
    /// through [`Messages::apart`].
    pub(crate) fn work(&self) {
        if std::io::stderr().is_terminal() && !self.quiet {
            begin(&self.bar);
        }
    }

    /// Standard output, such that what is written and how far the work is do not run into each
    /// other where both are one terminal.
    pub(crate) fn apart(&self) -> Apart {
        Apart { bar: self.bar.clone() }
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

    /// Says what an interrupted run left of its outputs.
    pub(crate) fn interrupted(
        &self,
        reports: &[PathBuf],
        baseline: Option<&Path>,
        recording: Option<&Path>,
    ) {
        let tell = |path: &Path, what: &str| self.notice(&format!("{} {what}", path.display()));
        for path in reports {
            tell(path, "holds what was found until then");
        }
        if let Some(path) = recording {
            tell(path, "holds what was answered until then");
        }
        if let Some(path) = baseline {
            tell(path, "is left as it was: an interrupted run writes no baseline");
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

    /// Shows how far the run is.
    fn show(&self, fetched: Option<&Progress>) {
        if self.bar.is_hidden() {
            return;
        }
        let elapsed = self.bar.elapsed();
        let mut links = self.fetching.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(progress) = fetched {
            *links = format!(", {}", fetching(progress, elapsed));
        }
        let documents = count(self.documents.load(Ordering::Relaxed), "document");
        let (at, of) = (self.bar.position(), self.bar.length().unwrap_or(0));
        // What an earlier run had judged takes no time, and says nothing of how long the rest takes.
        let begun = self.begun.load(Ordering::Relaxed);
        let share = share(begun, at, of, elapsed);
        let rate = rate(self.documents.load(Ordering::Relaxed), elapsed);
        self.bar.set_message(format!("{documents}{rate}{share}{links}"));
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

fn begin(bar: &ProgressBar) {
    let template = "{spinner} {msg} ({elapsed})";
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.set_style(style);
    bar.set_message(count(0, "document"));
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    bar.enable_steady_tick(Duration::from_millis(250));
}

/// Standard output beside a progress bar.
pub(crate) struct Apart {
    bar: ProgressBar,
}

impl Write for Apart {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bar.suspend(|| {
            // A line that is not whole would be drawn over.
            let mut out = io::stdout().lock();
            out.write_all(bytes).and_then(|()| out.flush()).map(|()| bytes.len())
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

impl Observer for Messages {
    fn unreadable(&self, error: &ReadError) {
        if self.quiet {
            return;
        }
        self.say(ERROR, "error", &error.to_string());
        self.say(HELP, "help", &error.help);
    }

    fn judged(&self, name: &str, document: &Summary) {
        self.documents.fetch_add(1, Ordering::Relaxed);
        self.show(None);
        if self.verbose {
            let undated = if document.undated > 0 { ", undated" } else { "" };
            let links = count(document.links, "link");
            self.say(HELP, "done", &format!("{name} ({links}{undated})"));
        }
    }

    fn fetching(&self, progress: &Progress) {
        self.show(Some(progress));
    }

    fn advanced(&self, read: u64, of: u64) {
        if self.documents.load(Ordering::Relaxed) == 0 {
            self.begun.store(read, Ordering::Relaxed);
        }
        self.bar.set_length(of);
        self.bar.set_position(read);
        self.show(None);
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
            let requests = count(usize::try_from(requests).unwrap_or(usize::MAX), "request");
            let line = format!("{name}: {requests}, median {median} ms, {verdicts}");
            self.say(HELP, "host", &line);
        }
    }
}

/// How much of what is read is done, and how long the rest takes at that rate.
fn share(begun: u64, done: u64, all: u64, elapsed: Duration) -> String {
    /// Before that, a rate is a guess.
    const SOON: Duration = Duration::from_secs(2);
    if done == 0 || done >= all {
        return String::new();
    }
    let percent = done.saturating_mul(100) / all;
    let here = done.saturating_sub(begun);
    if elapsed < SOON || here == 0 {
        return format!(", {percent} %");
    }
    let left = elapsed.as_millis().saturating_mul((all - done).into()) / u128::from(here);
    let left = Duration::from_millis(u64::try_from(left).unwrap_or(u64::MAX));
    format!(", {percent} %, about {} left", HumanDuration(Duration::from_secs(left.as_secs())))
}

/// How many documents are judged in a second, or in a minute where that is less than one.
fn rate(documents: usize, elapsed: Duration) -> String {
    let millis = elapsed.as_millis().max(1);
    let per = |unit: u128| documents as u128 * unit / millis;
    match (per(1000), per(60_000)) {
        (_, 0) => String::new(),
        (0, minute) => format!(", {minute}/min"),
        (second, _) => format!(", {second}/s"),
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

    #[test]
    fn a_file_of_known_size_shows_its_share_and_the_time_left() {
        for (begun, done, all, seconds, said) in [
            (0, 0, 100, 5, ""),
            (0, 100, 100, 5, ""),
            (0, 25, 100, 1, ", 25 %"),
            (0, 25, 100, 60, ", 25 %, about 3 minutes left"),
            (0, 1, 1000, 10, ", 0 %, about 3 hours left"),
            (50, 75, 100, 60, ", 75 %, about 60 seconds left"),
            (75, 75, 100, 60, ", 75 %"),
        ] {
            assert_eq!(share(begun, done, all, Duration::from_secs(seconds)), said);
        }
        for (documents, seconds, said) in
            [(0, 5, ""), (300, 60, ", 5/s"), (30, 60, ", 30/min"), (1, 600, "")]
        {
            assert_eq!(rate(documents, Duration::from_secs(seconds)), said);
        }
    }
}
