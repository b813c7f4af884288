//! What compact rows leave out, counted.

use serde::{Deserialize, Serialize};

/// Links and claims that a compact row does not hold, counted so that figures can still be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Claims about the document's dates that no finding and no conclusion rests on.
    pub claims: usize,
    /// Links without a finding.
    pub links: Vec<LinkCount>,
}

/// Links of one document that are alike in what is counted of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkCount {
    /// The site that they lead to: the registrable domain, or else the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// What they are for.
    pub role: String,
    /// What came of following them: `ok`, the name of a failure, or why they were not followed.
    pub verdict: String,
    /// Whether a web archive holds what they lead to, or they lead into one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// How many they are.
    pub count: usize,
}

impl LeftOut {
    /// How many links were left out.
    #[must_use]
    pub fn links(&self) -> usize {
        self.links.iter().map(|links| links.count).sum()
    }

    /// Whether nothing was left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.claims == 0 && self.links.is_empty()
    }
}
