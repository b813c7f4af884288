//! Findings: what does not fit, with the claims that convict it.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Claim, Confidence, Span};

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Should be looked at.
    Warning,
    /// Wrong.
    Error,
}

impl Level {
    /// The name in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A mechanical repair: exactly these bytes, exactly this text instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What the replacement does, in an imperative clause.
    pub title: String,
    /// The bytes to replace.
    pub span: Span,
    /// The text to put there.
    pub replacement: String,
}

/// The id of a rule: one of this version, or of the one that wrote a report that is read again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// The id of a rule of another version; none where no rule can be called so.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (name.len() <= 64 && name.bytes().all(is_id)).then(|| Self(Cow::Owned(name.to_owned())))
    }

    /// The name as it stands in reports.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for RuleId {
    fn from(id: &'static str) -> Self {
        Self(Cow::Borrowed(id))
    }
}

impl Deref for RuleId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for RuleId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for RuleId {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for RuleId {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The id of the rule that fired.
    pub rule: RuleId,
    /// How severe it is.
    pub level: Level,
    /// How sure it is.
    pub confidence: Confidence,
    /// What does not fit, in a line of at most some ninety characters without a full stop: what
    /// people read first. The message says the whole.
    pub title: String,
    /// What is claimed, by whom, where, and why that cannot be: plain text, one paragraph.
    pub message: String,
    /// What to do about it, a sentence.
    pub help: String,
    /// The link's address, where the finding is about a link.
    pub url: Option<Url>,
    /// Where it stands; none for a finding about what stands in no text (an HTTP header).
    pub span: Option<Span>,
    /// The claims that convict it.
    pub because: Vec<Claim>,
    /// The repair, where it is mechanical.
    pub suggestion: Option<Suggestion>,
}

/// What keeps a finding from counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SuppressedBy {
    /// A comment in the article.
    Comment,
    /// The baseline: it was there before.
    Baseline,
    /// An entry of the configuration's allow-list.
    Configuration,
}

/// A finding that was made and is known, so that it does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// What suppresses it.
    pub by: SuppressedBy,
    /// The reason that was written down, if one was.
    pub reason: Option<String>,
}
