//! What links within an article's own site lead to: files beside it, and places inside of texts.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Region, Span};
use crate::text::slug;

/// A link to a place inside the text that it stands in: `#installation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// Where the reference stands, with its `#`.
    pub span: Span,
    /// The part of the page that it stands in.
    pub region: Region,
}

/// The places inside a text that a fragment can name.
///
/// They are kept as hashes of what all ways to make a name of a heading have in common, so that many
/// take little room, and what resembles a name is never called missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchors {
    /// In order.
    hashes: Vec<u32>,
    /// Whether the text shows that its places are all in it: none is made later by a script, or
    /// comes from a file that it includes.
    pub closed: bool,
    /// Whether some of its headings are in letters that one generator spells in Latin ones and
    /// another does not.
    pub transliterated: bool,
    /// The names as GitHub makes them, for who looks for the nearest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
}

impl Anchors {
    /// The places of names with these hashes ([`slug::hash`]).
    pub(crate) fn of_hashes(mut hashes: Vec<u32>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes, ..Self::default() }
    }

    /// Whether there may be a place of that name.
    #[must_use]
    pub fn may_hold(&self, name: &str) -> bool {
        self.hashes.binary_search(&slug::hash(name)).is_ok()
    }
}

/// Where an article stands on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Whether the root is that of a repository, all of whose files are there.
    pub in_repository: bool,
    /// The configuration file of a site generator in a folder above it, by its name.
    pub site: Option<String>,
    /// Whether its file is a link to another.
    pub is_link: bool,
}

/// What the disk says of the file that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Whether it is there.
    pub found: Found,
    /// The places inside it, where the link names one and it was read.
    pub anchors: Option<Arc<Anchors>>,
}

/// Whether a file is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is.
    There,
    /// Only under a name with other capital letters: the path as it is spelled on the disk.
    OtherCase(String),
    /// It is not.
    Missing(Missing),
}

/// What the disk says about a file that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// Its folder is there, and holds others with its ending.
    pub among_alike: bool,
    /// A build may make it: git ignores it, or its folder holds a file of its name with another
    /// ending.
    pub made: bool,
    /// It is there if its path is taken from a folder above the article's.
    pub from_above: bool,
}

/// What was looked up of the links that stay within the article's own site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Local {
    /// Where the article stands, if it is a file.
    pub whereabouts: Option<Whereabouts>,
    /// The places inside the article, where it has links to such.
    pub anchors: Option<Anchors>,
    /// The files that links lead to, by the index of the link.
    pub files: HashMap<usize, LocalFile>,
}
