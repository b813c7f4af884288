//! A break with all that is asked about it.

use std::cell::OnceCell;

use super::{Context, Next, Parts, after_scheme, host_of, lines};
use crate::address::bare::Bare;
use crate::model::parse_url;
use crate::text::words::Words;

/// A break with all that is asked about it.
pub(super) struct Candidate<'a> {
    pub(super) text: &'a str,
    pub(super) seed: &'a Bare,
    pub(super) head: &'a str,
    /// What follows the scheme of the first part, if that has one, and its host.
    pub(super) after_scheme: Option<&'a str>,
    pub(super) host: Option<&'a str>,
    /// What would be added to the URL.
    pub(super) tail: &'a str,
    /// The whole first word of the next line.
    pub(super) token: &'a str,
    pub(super) joined: &'a str,
    /// The host of both parts together.
    pub(super) joined_host: Option<&'a str>,
    pub(super) next: &'a Next,
    pub(super) added: OnceCell<Words>,
    pub(super) slug: OnceCell<Option<Words>>,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(text: &'a str, seed: &'a Bare, parts: &'a Parts, next: &'a Next) -> Self {
        let from = parts.head.len();
        let joined = next.joined.get(..next.end).unwrap_or_default();
        Self {
            text,
            seed,
            head: &parts.head,
            after_scheme: after_scheme(&parts.head),
            host: host_of(&parts.head),
            tail: next.joined.get(from..next.end).unwrap_or_default(),
            token: next.joined.get(from..).unwrap_or_default(),
            joined,
            joined_host: host_of(joined),
            next,
            added: OnceCell::new(),
            slug: OnceCell::new(),
        }
    }

    /// The whole first word of the next line.
    pub(super) const fn token(&self) -> &'a str {
        self.token
    }

    /// Whether both lines begin with the sign of a list.
    pub(super) fn is_list_item(&self) -> bool {
        let at = self.next.at;
        let is_item = |line: &str| line.trim_start().starts_with("* ");
        is_item(at.before.of(self.text)) && is_item(at.after.of(self.text))
    }

    /// Whether blank lines lie between, no page ends there, and the lines around are not set so.
    pub(super) fn is_over_blank_line(&self) -> bool {
        let at = self.next.at;
        let before = self.text.get(..at.before.start).unwrap_or_default();
        let after = self.text.get(at.after.end..).unwrap_or_default();
        let is_spaced = lines::ends_with_blank(before) && lines::begins_with_blank(after);
        at.blank > 0 && !at.page && !is_spaced
    }

    /// What stands before the URL in its line.
    pub(super) fn before_in_line(&self) -> &'a str {
        let start = self.seed.span.start;
        self.text.get(lines::line_start(self.text, start)..start).unwrap_or_default()
    }

    /// Whether the next line is indented deeper than the one that the URL begins in.
    pub(super) fn is_hanging(&self) -> bool {
        let own = lines::indent(self.before_in_line());
        let own = if self.before_in_line().trim().is_empty() {
            self.before_in_line().chars().count()
        } else {
            own
        };
        lines::indent(self.next.at.after.of(self.text)) > own
    }

    /// Whether the URL's line begins with the number of a reference: `[1]`, `[^1]:`, `1.`, `1)`.
    pub(super) fn is_numbered(&self) -> bool {
        let first = self.before_in_line().split_whitespace().next().unwrap_or_default();
        let inner =
            first.trim_start_matches(['[', '(', '^']).trim_end_matches([']', ')', '.', ':']);
        inner.len() < first.len()
            && inner.len() < 5
            && !inner.is_empty()
            && inner.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether the URL is that of a target in reStructuredText (`.. _name: …`, `__ …`), which goes on
    /// in every indented line.
    pub(super) fn is_of_target(&self) -> bool {
        let start = lines::line_start(self.text, self.seed.span.start);
        let before = self.before_in_line().trim();
        let above = || self.text.get(..start).and_then(|above| above.lines().next_back());
        let names = |line: &str| line.starts_with(".. _") && line.ends_with(':');
        let is_target =
            before == "__" || names(before) || before.is_empty() && above().is_some_and(names);
        let after = self.next.at.after.of(self.text);
        is_target && lines::indent(after) > 1 && self.rest_of_line().trim().is_empty()
    }

    pub(super) fn rest_of_line(&self) -> &'a str {
        self.text.get(self.next.token.end..self.next.at.after.end).unwrap_or_default()
    }

    pub(super) fn last(&self) -> char {
        self.head.chars().next_back().unwrap_or(' ')
    }

    pub(super) fn first(&self) -> char {
        self.tail.chars().next().unwrap_or(' ')
    }

    /// The letters and digits on either side of the break, put together.
    pub(super) fn word_over_break(&self) -> String {
        let before = self.head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let after = self.tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        [before, after].concat()
    }

    /// Whether the hyphen at the break may be a typesetter's: the text has the word without it.
    pub(super) fn is_perhaps_hyphenated(&self, context: &Context) -> bool {
        let Some(head) = self.head.strip_suffix('-') else { return false };
        let before = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let after = self.tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_word = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
        let whole = [before, after].concat();
        is_word(before) && is_word(after) && context.vocabulary().count(&whole) > 0
    }

    /// The words that the second part adds, the one over the break included.
    pub(super) fn added(&self) -> &Words {
        self.added.get_or_init(|| {
            let end = self.tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.tail.len());
            let (cut, rest) = self.tail.split_at(end);
            let over = self.word_over_break();
            let whole = if self.last().is_alphanumeric() { over.as_str() } else { cut };
            Words::of_text(&[whole, " ", rest].concat(), None)
        })
    }

    /// The words of the joined slug, if it has some.
    pub(super) fn slug(&self) -> Option<&Words> {
        let read = || Words::of_slug(&parse_url(self.joined).ok()?, None);
        self.slug.get_or_init(read).as_ref()
    }

    pub(super) fn is_plain_word(&self) -> bool {
        let mut letters = self.tail.chars();
        letters.all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
    }
}

/// Endings of files that a URL commonly names, in alphabetical order.
pub(super) const FILES: &[&str] = &[
    "asp", "aspx", "bz2", "cgi", "csv", "djvu", "doc", "docx", "epub", "exe", "gif", "gz", "htm",
    "html", "jpeg", "jpg", "json", "jsp", "md", "mp3", "mp4", "pdf", "php", "png", "ppt", "pptx",
    "ps", "shtml", "sty", "svg", "tar", "tex", "tgz", "txt", "webp", "xhtml", "xls", "xlsx", "xml",
    "xz", "zip",
];

/// What stands after the last dot, or all.
pub(super) fn ending(address: &str) -> &str {
    let dot = memchr::memrchr(b'.', address.as_bytes());
    dot.and_then(|dot| address.get(dot + 1..)).unwrap_or(address)
}

pub(super) fn is_file(address: &str) -> bool {
    let ending = ending(address);
    (2..=5).contains(&ending.len())
        && FILES
            .binary_search_by(|file| {
                file.bytes().cmp(ending.bytes().map(|byte| byte.to_ascii_lowercase()))
            })
            .is_ok()
        && after_scheme(address).unwrap_or(address).contains('/')
}
