//! The values that options take.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::model::{Level, Profile};
use crate::{report, rules};

/// Which rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Rows {
    /// All links and claims
    #[default]
    Full,
    /// The links that findings are about, and what findings rest on
    Compact,
}

/// What a run over rows of an earlier one does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Resume {
    /// The documents that have no row
    Rest,
    /// Those, and what could not be read
    Failed,
}

/// A report beside the main one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTo {
    /// The name of its format, one of the registry's.
    pub format: String,
    /// The file that it goes to.
    pub path: PathBuf,
}

/// The profiles by the names that people type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProfileArg {
    /// Few findings, each certain
    #[default]
    Ci,
    /// Every doubt, with its evidence
    Audit,
}

impl From<ProfileArg> for Profile {
    fn from(profile: ProfileArg) -> Self {
        match profile {
            ProfileArg::Ci => Self::Ci,
            ProfileArg::Audit => Self::Audit,
        }
    }
}

/// From which level on findings fail the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors only
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding that is shown
    Note,
    /// No finding
    Never,
    /// Links without an answer: no network, not in the recording, no time left
    Unfetched,
}

impl FailOn {
    /// The least level that fails the run, if any does.
    #[must_use]
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never | Self::Unfetched => None,
        }
    }
}

/// A rule and the level that its findings get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelOf {
    /// The rule's id.
    pub rule: &'static str,
    /// The level; none switches the rule off.
    pub level: Option<Level>,
}

/// `dead-link=warning`
pub(super) fn level_of(text: &str) -> Result<LevelOf, String> {
    let (rule, level) = text.split_once('=').unwrap_or((text, ""));
    let rule = rules::by_id(rule)
        .ok_or_else(|| format!("there is no rule `{rule}`; `dateline rules` lists them"))?;
    let level = match level {
        "error" => Some(Level::Error),
        "warning" => Some(Level::Warning),
        "note" => Some(Level::Note),
        "off" => None,
        _ => return Err("write RULE=LEVEL, the level being error, warning, note or off".into()),
    };
    Ok(LevelOf { rule: rule.id, level })
}

/// `sarif=out.sarif`
pub(super) fn report_to(text: &str) -> Result<ReportTo, String> {
    let names = || {
        let formats = report::FORMATS.iter().filter(|f| f.views.contains(&report::View::Check));
        formats.map(|format| format.name).collect::<Vec<_>>().join(", ")
    };
    match text.split_once('=') {
        Some((format, path)) if !path.is_empty() => {
            let known = report::by_name(format).ok_or_else(|| {
                format!("there is no format `{format}`: write one of {}", names())
            })?;
            Ok(ReportTo { format: known.name.to_owned(), path: path.into() })
        }
        _ => Err(format!("write FORMAT=FILE, such as sarif=dateline.sarif; formats: {}", names())),
    }
}
