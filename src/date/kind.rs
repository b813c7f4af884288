//! Kinds of evidence: what is known of a claim before it is read, by how it came about.
//!
//! All claims of one kind are about equally reliable. Each kind is a value beside the evidence that
//! makes its claims, and everything that is known of it stands there: no other file tells one kind
//! from another by its name.

use std::hash::{Hash, Hasher};

use crate::model::{Confidence, Event};

/// How a claim came about.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// What it is called, among all kinds.
    pub name: &'static str,
    /// Who makes such a claim, in a reader's words.
    pub told: &'static str,
    /// What such a claim says happened.
    pub event: Event,
    /// What such a claim is about.
    pub about: About,
    /// How far such a claim is to be believed on its own.
    pub confidence: Confidence,
    /// The evidence that it may be copied from, or that may copy it.
    pub group: Group,
    /// What the first date of the kind weighs, in document order and hundredths of a log-odds.
    pub first: i32,
    /// What another date of the kind weighs, after one that differs.
    pub further: i32,
    /// What else the weighing must know, of few kinds.
    pub traits: &'static [Trait],
}

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The article itself.
    Article,
    /// What stands around it or on its page, or what its sentences tell.
    Surroundings,
    /// The copy that was taken of it, whatever it holds.
    Copy,
}

/// Evidence whose members copy each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Stated from outside.
    Given,
    /// The feed or the mail that carried it.
    Carrier,
    /// The document's address.
    Address,
    /// What the content system writes for machines.
    Metadata,
    /// What is printed for readers.
    Print,
    /// What is said of the last change.
    Change,
    /// The article's picture.
    Picture,
    /// What stands outside the article.
    Furniture,
}

/// What sets a few kinds apart from most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Tells the publication so surely that a page's scripts need not be searched for it.
    Tells,
    /// Is printed where an article has its own date: the first of these from the headline on gains.
    Leads,
    /// Another date of the kind that differs is no more doubtful than the first.
    Several,
    /// Where only a month or a week is claimed, it speaks for the days in it.
    Period,
    /// Of the day that is claimed the month counts, and it concludes nothing alone.
    MonthAlone,
    /// Speaks for a day that something else claims, and concludes nothing alone.
    Supports,
    /// What it counts as where the text passes on what is older than its carrier.
    PassedOn(&'static Kind),
}

impl Kind {
    /// Whether it has that trait.
    #[must_use]
    pub fn is(&self, wanted: Trait) -> bool {
        self.traits.contains(&wanted)
    }
}

/// Kinds are told apart by their names; a test holds that each has its own.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

impl Hash for Kind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}
