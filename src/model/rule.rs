//! What a rule is: a value with a plain function, listed in one slice.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Case, Finding, Level, SiteClocks};

/// Who reads the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// A build: few findings, each certain.
    #[default]
    Ci,
    /// An audit: every doubt, with its evidence.
    Audit,
}

/// What a rule must have to judge; the pipeline fetches the union for the rules switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Need {
    /// What the link leads to.
    Page,
    /// The main text of what the link leads to.
    Text,
    /// What the disk says of the files that links lead to, and what is inside of the article.
    Files,
    /// Web-archive captures of the link's target.
    Captures,
}

/// Settings that rules may look at.
#[derive(Clone, Debug, Default)]
pub struct Tuning {
    /// Who reads the findings.
    pub profile: Profile,
    /// Rules, by id, whose findings are to have another level than their own.
    pub levels: BTreeMap<String, Level>,
    /// The clocks that were learnt from sites, where the user gives some.
    pub clocks: Option<Arc<SiteClocks>>,
}

/// One rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab case; reads well after "allow".
    pub id: &'static str,
    /// What it finds, one line.
    pub summary: &'static str,
    /// What it means, why it matters, an example that fires and one that does not (Markdown).
    pub docs: &'static str,
    /// Its level unless configured otherwise.
    pub level: Level,
    /// What it needs beyond the article.
    pub needs: &'static [Need],
    /// The rules whose findings on the same link this one explains, and so replaces: one cause
    /// gives one finding.
    pub supersedes: &'static [&'static str],
    /// The judgement: pure, no clock, no network, no file.
    pub check: fn(&Case, &Tuning) -> Vec<Finding>,
}

impl Rule {
    /// The docs as Markdown: without the blank that a doc comment has before each line.
    #[must_use]
    pub fn markdown(&self) -> String {
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    }
}
