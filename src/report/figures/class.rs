//! The classes that a link can be of.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::model::FailureKind;

/// What is known of a link.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    verdict: Verdict,
    archived: bool,
    rules: &'a [&'a str],
    is_dated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Answered,
    Dead,
    /// It was asked, and what came does not tell whether it is there.
    Unclear,
    /// It was not asked, though it would have been.
    Unasked,
    /// It is none to be asked.
    Other,
}

impl<'a> Facts<'a> {
    pub(super) fn new(verdict: &str, archived: bool, rules: &'a [&'a str], is_dated: bool) -> Self {
        let kind = || {
            let name: StrDeserializer<'_, Error> = verdict.into_deserializer();
            FailureKind::deserialize(name).ok()
        };
        let verdict = match verdict {
            "ok" => Verdict::Answered,
            "offline" => Verdict::Unasked,
            "not-followed" | "excluded" => Verdict::Other,
            _ => match kind() {
                Some(FailureKind::NotRecorded | FailureKind::NotTried) => Verdict::Unasked,
                Some(kind) if kind.is_dead() => Verdict::Dead,
                _ => Verdict::Unclear,
            },
        };
        Self { verdict, archived, rules, is_dated }
    }

    /// Whether it is a link of those that are counted: one that a reader can follow.
    pub(super) fn is_counted(&self) -> bool {
        self.verdict != Verdict::Other
    }

    fn is_decided(&self) -> bool {
        matches!(self.verdict, Verdict::Answered | Verdict::Dead)
    }

    fn has(&self, rule: &str) -> bool {
        self.rules.contains(&rule)
    }

    fn decided(&self, is: bool) -> Option<bool> {
        self.is_decided().then_some(is)
    }
}

/// A class of links.
pub(super) struct Class {
    pub(super) name: &'static str,
    /// Whether only a run that asked an archive tells.
    pub(super) needs_archive: bool,
    /// Whether a link is of it, where that is known.
    pub(super) is: fn(&Facts<'_>) -> Option<bool>,
}

const fn class(name: &'static str, is: fn(&Facts<'_>) -> Option<bool>) -> Class {
    Class { name, needs_archive: false, is }
}

/// Every class.
pub(super) const CLASSES: [Class; 8] = [
    class("rotten", |it| {
        it.decided(it.verdict == Verdict::Dead || it.has("soft-404") || it.has("content-drift"))
    }),
    class("dead", |it| it.decided(it.verdict == Verdict::Dead)),
    class("soft-404", |it| it.decided(it.has("soft-404"))),
    Class { needs_archive: true, ..class("drifted", |it| it.decided(it.has("content-drift"))) },
    class("redirected-elsewhere", |it| it.decided(it.has("redirect-drift"))),
    class("unclear", |it| {
        (it.verdict != Verdict::Unasked).then_some(it.verdict == Verdict::Unclear)
    }),
    Class { needs_archive: true, ..class("archived", |it| it.decided(it.archived)) },
    class("postdating", |it| it.is_dated.then(|| it.has("link-postdates-article"))),
];
