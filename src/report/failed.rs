//! The row of what could not be read: an input, or a line of one.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::SCHEMA;

/// An input, or a line of one, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// The input as the user named it.
    #[serde(skip)]
    pub input: String,
    /// The line in it, from one, where one line is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What that line calls its document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What happened.
    pub problem: String,
    /// What to do next.
    pub help: String,
}

/// A row that says why there is no other.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FailedRow<'a> {
    schema: u32,
    pub(super) input: Cow<'a, str>,
    pub(super) failed: Cow<'a, Failed>,
}

impl<'a> From<&'a Failed> for FailedRow<'a> {
    fn from(failed: &'a Failed) -> Self {
        let input = Cow::Borrowed(failed.input.as_str());
        Self { schema: SCHEMA, input, failed: Cow::Borrowed(failed) }
    }
}
