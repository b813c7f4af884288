//! What is left of a document once it has been judged: what the run counts and tells, and its part
//! of the report.

use std::io;

use crate::model::Judged;
use crate::report::{Renderer, Summary};

/// A judged document on its way to the report.
pub(super) struct Concluded {
    /// What comments in it are to be told, a sentence each.
    pub remarks: Vec<String>,
    /// Its part of the report.
    pub part: Part,
}

/// A document's part of the report.
pub(super) enum Part {
    /// Written already, for reports that take nothing of what came before it.
    Rendered(Box<Told>, io::Result<Vec<Vec<u8>>>),
    /// Still to be written.
    Judged(Box<Judged>),
}

/// What the run counts and tells of a document.
pub(super) struct Told {
    /// The name that the user knows it by.
    pub name: String,
    /// What it comes to.
    pub summary: Summary,
    /// What the user should know, a sentence each.
    pub notices: Vec<String>,
}

/// Documents with more links are written by the report itself, which need not hold all of its part.
const MOST_LINKS: usize = 20_000;

impl Concluded {
    /// Renders what can be rendered here, and lets the case go then.
    pub(super) fn new(judged: Judged, remarks: Vec<String>, renderer: Option<&Renderer>) -> Self {
        let is_held = judged.case.extract.links.len() <= MOST_LINKS;
        let part = match renderer.filter(|_| is_held) {
            Some(renderer) => Part::Rendered(Box::new(Told::of(&judged)), renderer.render(&judged)),
            None => Part::Judged(Box::new(judged)),
        };
        Self { remarks, part }
    }
}

impl Told {
    pub(super) fn of(judged: &Judged) -> Self {
        let article = &judged.case.article;
        let name = article.name();
        let mut summary = Summary::default();
        summary.add(judged);
        let unread = article.pages.iter().flat_map(|pages| &pages.unread);
        let mut notices: Vec<String> = unread.map(|unread| format!("{name}: {unread}")).collect();
        // An entry of a sitemap has no words, but says when.
        let says_nothing = judged.case.dating.claims.is_empty();
        let is_read = article.unfetched.is_none();
        if says_nothing && is_read && article.text.trim().is_empty() {
            notices.push(format!("{name} is empty: there is nothing in it to check"));
        }
        Self { name, summary, notices }
    }
}
