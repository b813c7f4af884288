//! What ends a run, and the exit codes.
//!
//! Only usage, configuration and output end a run; what goes wrong with one input or one link is
//! data and is reported while the rest goes on.

use std::fmt;
use std::io;

use crate::fetch::FetchError;

/// The exit codes, as the help text states them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// At least one finding at or above `--fail-on`.
    Findings = 1,
    /// The run itself failed: a bad flag, an input that cannot be read.
    Failed = 2,
    /// The run was interrupted; what was found until then is reported (128 + SIGINT).
    Interrupted = 130,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What ends a run before its end.
#[derive(Debug)]
pub enum Error {
    /// What was typed makes no sense together.
    Usage {
        /// What is wrong.
        problem: String,
        /// What to do instead.
        help: String,
    },
    /// The report cannot be written.
    Output {
        /// Where to.
        to: String,
        /// What the system said.
        error: io::Error,
    },
    /// Links cannot be fetched with these settings.
    Fetch(FetchError),
    /// The machine does not give what a run needs.
    Start(String),
}

impl Error {
    /// A usage error with its remedy.
    pub fn usage(problem: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Usage { problem: problem.into(), help: help.into() }
    }

    /// Whether the reader of the output went away, which is no failure (`dateline … | head`).
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output { error, .. } if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What to do next.
    #[must_use]
    pub fn help(&self) -> &str {
        match self {
            Self::Usage { help, .. } => help,
            Self::Output { error, .. } if error.kind() == io::ErrorKind::AlreadyExists => {
                "name a place that does not exist yet; what stands there is left as it is"
            }
            Self::Output { .. } => "check that the folder exists, may be written to, and has room",
            Self::Fetch(FetchError::Recording { help, .. }) => help,
            Self::Fetch(_) => "correct the option that it names, or use --offline",
            Self::Start(_) => "free memory or file handles, or lower --max-concurrency",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { problem, .. } => f.write_str(problem),
            Self::Output { to, error } => {
                write!(f, "{to} cannot be written: {}", in_words(error))
            }
            Self::Fetch(error) => error.fmt(f),
            Self::Start(problem) => write!(f, "the run could not start: {problem}"),
        }
    }
}

impl std::error::Error for Error {}

/// What the system says of a file, without its numbers.
#[must_use]
pub fn in_words(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder",
        io::ErrorKind::PermissionDenied => "that is not permitted",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a file stands where a folder is needed",
        io::ErrorKind::InvalidData => "it is no UTF-8 text",
        _ => return error.to_string(),
    };
    // An error of our own says more than its kind.
    if error.raw_os_error().is_none() && error.kind() != io::ErrorKind::InvalidData {
        return error.to_string();
    }
    words.to_owned()
}
