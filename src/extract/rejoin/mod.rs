//! URLs that a line end or a space broke, put together again.
//!
//! A sign that stands open right before an address tells where it ends ([`enclosure`]). Without one,
//! what is plainly another thing ends it ([`apart`]), and few things make a join certain
//! ([`grounds`]). Whatever else surrounds a break ([`evidence`]: whether the line was full, what
//! follows, whether the parts make words and hosts that the text has elsewhere), weighed by a small
//! logistic model ([`weights`]), only makes a doubtful join: its first part stays the address, the
//! whole an alternative, so that a fetch can decide between them. A space inside a line is judged
//! more strictly ([`spaced`]).

mod apart;
mod candidate;
mod enclosure;
mod evidence;
mod follow;
mod function_words;
mod grounds;
pub(super) mod invisible;
mod lines;
mod made;
mod names;
mod parts;
mod sign;
mod spaced;
mod vocabulary;
mod weights;
mod width;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell};

use foldhash::HashSet;

use crate::address::bare::{self, Bare};
use crate::model::{Confidence, Join, Link, LinkKind, Pages, Span};
use crate::text::words::Words;
use candidate::Candidate;
use made::Made;
use names::Names;
use parts::{Next, Parts, hyphen_at};
use sign::Sign;
use vocabulary::Vocabulary;
use width::Edges;

/// What the whole text tells about any one of its breaks, worked out when first asked for.
pub(super) struct Context<'t> {
    text: &'t str,
    seeds: &'t [Bare],
    vocabulary: OnceCell<Vocabulary>,
    addresses: OnceCell<HashSet<&'t str>>,
    hosts: OnceCell<HashSet<&'t str>>,
    headline: Option<&'t str>,
    pages: Option<&'t Pages>,
    headline_words: OnceCell<Words>,
    edges: Cell<Edges>,
    names: Cell<Names>,
}

impl<'t> Context<'t> {
    /// The context of a text with all that [`bare::seeds`] finds in it.
    pub(super) fn new(text: &'t str, seeds: &'t [Bare], headline: Option<&'t str>) -> Self {
        Self {
            text,
            seeds,
            vocabulary: OnceCell::new(),
            addresses: OnceCell::new(),
            hosts: OnceCell::new(),
            headline,
            pages: None,
            headline_words: OnceCell::new(),
            edges: Cell::default(),
            names: Cell::default(),
        }
    }

    /// The same for a text that is laid out on pages.
    pub(super) fn on(self, pages: Option<&'t Pages>) -> Self {
        Self { pages, ..self }
    }

    /// The words of the article's headline.
    pub(super) fn headline(&self) -> &Words {
        let read = || Words::of_text(self.headline.unwrap_or_default(), None);
        self.headline_words.get_or_init(read)
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::new(self.text))
    }

    /// How far to the right the lines near an offset reach.
    fn width(&self, at: usize) -> usize {
        let mut edges = self.edges.take();
        let width = edges.width(self.text, at);
        self.edges.set(edges);
        width
    }

    /// Whether introducing words in the lines above an offset give a name that `is_meant`.
    fn is_introduced(&self, at: usize, is_meant: impl FnMut(&Words) -> bool) -> bool {
        let mut names = self.names.take();
        names.read_to(self.text, at);
        let found = names.above().any(is_meant);
        self.names.set(names);
        found
    }

    /// Addresses that stand whole in the text: a line goes on after them.
    fn addresses(&self) -> &HashSet<&'t str> {
        self.addresses.get_or_init(|| {
            let whole = self.seeds.iter().filter(|seed| !lines::breaks_at(self.text, seed.reach));
            whole.map(|seed| seed.span.of(self.text)).collect()
        })
    }

    fn hosts(&self) -> &HashSet<&'t str> {
        self.hosts.get_or_init(|| {
            let after =
                |seed: &Bare| host_of(seed.span.of(self.text)).filter(|host| host.contains('.'));
            self.seeds
                .iter()
                .filter(|seed| seed.span.end < seed.reach || !at_line_end(self.text, seed.reach))
                .filter_map(after)
                .collect()
        })
    }
}

fn at_line_end(text: &str, at: usize) -> bool {
    text.get(at..).is_none_or(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}

/// What follows `://` in an address; said without a searcher, since it is asked very often.
fn after_scheme(address: &str) -> Option<&str> {
    let follows = |colon: usize| address.get(colon + 1..)?.strip_prefix("//");
    // Most addresses begin with a scheme, which is short.
    let bytes = address.as_bytes();
    let first = bytes.iter().take(8).position(|&byte| byte == b':').and_then(follows);
    first.or_else(|| memchr::memchr_iter(b':', bytes).find_map(follows))
}

/// The host of an address as written, port and user information included.
fn host_of(address: &str) -> Option<&str> {
    let rest = after_scheme(address).unwrap_or(address);
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    rest.get(..end.unwrap_or(rest.len())).filter(|host| !host.is_empty())
}

/// What stands before the first white space.
fn first_word(text: &str) -> &str {
    let ends = |&byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ') || !byte.is_ascii();
    let end = text.as_bytes().iter().position(ends).unwrap_or(text.len());
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return text.get(..end).unwrap_or_default();
    }
    text.split(char::is_whitespace).next().unwrap_or_default()
}

/// A URL put together from more than one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rejoined {
    /// All its bytes, the breaks included.
    pub span: Span,
    /// The URL without the breaks.
    pub joined: String,
    /// How it was put together.
    pub join: Join,
    /// What is wrong with the URL, put together.
    pub malformed: Option<&'static str>,
    /// Of a doubtful join, as much as is certain beyond the first part.
    certain: Option<String>,
}

impl Rejoined {
    /// The link, given the URL's first part: that is what a doubtful join leads to.
    pub(super) fn into_link(self, text: &str, seed: &Bare) -> Link {
        let raw = self.span.of(text);
        let mut link = Link::new(seed.kind, self.span, raw, &self.joined, None);
        let mut malformed = self.malformed;
        if self.join.confidence < Confidence::High {
            let part = self.certain.as_deref().unwrap_or_else(|| seed.address(text));
            let part = Link::new(seed.kind, seed.span, part, part, None);
            link.malformed.clone_from(&part.malformed);
            malformed = seed.malformed();
            link.readdress(raw, &self.joined, part.into_url());
        }
        link.join = Some(Box::new(self.join));
        link.malformed = malformed.map(Into::into).or(link.malformed);
        link
    }
}

/// No URL goes over more lines than this.
const MOST_BREAKS: usize = 12;
/// At least this sure a join must be to be made.
const THRESHOLD: f64 = 0.5;

/// Puts a URL together with what follows it on the next lines, as long as that is likelier than
/// that it ends where its line does.
pub(super) fn rejoin(context: &Context, seed: &Bare) -> Option<Rejoined> {
    let text = context.text;
    if !matches!(seed.kind, LinkKind::Bare | LinkKind::Schemeless) {
        return None;
    }
    if let Some(rejoined) = invisible::rejoined(text, seed) {
        return Some(rejoined);
    }
    let breaks = lines::breaks_at(text, seed.reach + hyphen_at(text, seed.reach));
    let goes_on = || word_after_space(text, seed.span.start, seed.reach).is_some();
    if !breaks && (seed.kind != LinkKind::Bare || !goes_on()) {
        return None;
    }
    // What is left out was left out on purpose, or could not be shown.
    if ends_short(Span::new(seed.span.start, seed.reach).of(text)) {
        return None;
    }
    let set_off = context.pages.and_then(|pages| pages.set_off_at(seed.span.start));
    if set_off.is_some_and(|end| end <= seed.reach) {
        return None;
    }
    let mut parts =
        Parts::new(text, seed, breaks.then(|| enclosure::closes_at(text, seed)).flatten());
    parts.set_off = set_off.filter(|_| breaks);
    let mut made = None;
    for _ in 0..MOST_BREAKS {
        let Some((next, signs, told)) = judged(context, seed, &parts) else { break };
        let reached = parts.take(&next);
        made = Some(Made::note(made, seed.kind, &next, signs, told));
        if !reached {
            break;
        }
    }
    made.and_then(|made| made.finish(text, seed))
}

/// Puts a URL in the words of a page together that a line end of the page's source broke: where the
/// lines end in the source tells nothing there, so only the sign that encloses the URL does.
pub(super) fn enclosed(text: &str, seed: &Bare) -> Option<(Span, String, Join)> {
    let span = Span::new(seed.span.start, enclosure::closes_at(text, seed)?);
    let raw = span.of(text);
    let mut lines = raw.lines().rev().skip(1);
    if lines.any(|line| line.trim_end().ends_with('-')) {
        return None;
    }
    let joined: String = raw.split_whitespace().collect();
    bare::at_start(&joined).filter(|whole| whole.span.end == joined.len())?;
    let reasons = vec![Cow::Borrowed("the sign before the URL closes after the second part")];
    let alternatives = vec![seed.address(text).to_owned()];
    Some((span, joined, Join { confidence: Confidence::High, reasons, alternatives }))
}

/// At least this sure a join is certain.
const CERTAIN: f64 = 0.95;
/// At most this sure is a join that nothing makes certain.
const DOUBTFUL: f64 = 0.94;

/// What the URL goes on with after a line end or a space, why, and how sure that is.
fn judged(context: &Context, seed: &Bare, parts: &Parts) -> Option<(Next, Vec<&'static str>, f64)> {
    if let Some(next) = parts.next(context.text).filter(|_| !ends_short(&parts.head)) {
        if let Some(end) = parts.set_off {
            let reason = "its font or color sets it off from the words around";
            return (next.token.start < end).then(|| (next, vec![reason], 0.99));
        }
        let candidate = Candidate::new(context.text, seed, parts, &next);
        let is_hyphenated = candidate.is_perhaps_hyphenated(context);
        if parts.closes_at.is_some_and(|end| next.token.start < end) {
            let reason = "the sign before the URL closes after the second part";
            return Some((next, vec![reason], if is_hyphenated { DOUBTFUL } else { 0.99 }));
        }
        if !apart::may_go_on(seed.kind, &parts.head) || apart::is_apart(&candidate) {
            return None;
        }
        let signs = evidence::signs(context, &candidate);
        let probability = weights::probability(signs);
        let mut reasons = weights::reasons(signs);
        let ground = grounds::of(&candidate, signs)
            .filter(|_| probability >= 0.2 && (!is_hyphenated || signs.has(Sign::JoinKnown)));
        if let Some(ground) = ground {
            reasons.retain(|reason| *reason != ground);
            reasons.insert(0, ground);
            return Some((next, reasons, probability.max(CERTAIN)));
        }
        let is_likely = probability >= THRESHOLD && seed.kind == LinkKind::Bare;
        return is_likely.then(|| (next, reasons, probability.min(DOUBTFUL)));
    }
    if seed.kind != LinkKind::Bare {
        return None;
    }
    let next = parts.next_after_space(context.text, seed.span.start)?;
    let candidate = Candidate::new(context.text, seed, parts, &next);
    let (probability, reason) = spaced::judge(context, &candidate)?;
    Some((next, vec![reason], probability))
}

/// Whether an address ends with the sign that some of it is left out.
fn ends_short(address: &str) -> bool {
    address.ends_with('…')
}

/// The word after the one or two spaces at the end of a URL's part, if it may be more of that URL.
fn word_after_space(text: &str, start: usize, reach: usize) -> Option<Span> {
    let rest = text.get(reach..)?;
    // Most URLs end in other ways, and what follows them may be long.
    let gap = rest.bytes().take(3).take_while(|&byte| byte == b' ').count();
    if !(1..=2).contains(&gap) {
        return None;
    }
    let word = first_word(rest.get(gap..)?);
    let may = !word.is_empty() && spaced::may_join(text.get(start..reach)?, word);
    may.then(|| Span::new(reach + gap, reach + gap + word.len()))
}
