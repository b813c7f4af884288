//! What the program says on standard error while it works.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use dateline::cli::Talk;
use dateline::error::Error;
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
}

impl Drop for Messages {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
