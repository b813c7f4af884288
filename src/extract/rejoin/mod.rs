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
mod enclosure;
mod evidence;
mod follow;
mod function_words;
mod grounds;
pub(super) mod invisible;
mod lines;
mod names;
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
use evidence::Candidate;
use follow::may_follow;
use lines::Break;
use names::Names;
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
    let mut colons = memchr::memchr_iter(b':', address.as_bytes());
    colons.find_map(|colon| address.get(colon + 1..)?.strip_prefix("//"))
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
            malformed = seed.malformed;
            link.readdress(raw, &self.joined, part.into_url());
        }
        link.join = Some(Box::new(self.join));
        link.malformed = malformed.map(str::to_owned).or(link.malformed);
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

/// A URL as far as it is put together.
struct Parts {
    kind: LinkKind,
    /// What is put together, up to the line end, trailing punctuation included.
    head: String,
    /// The offset of `head`'s end in the source.
    reach: usize,
    /// Where the sign stands that closes what is open before the URL, if that is on another line.
    closes_at: Option<usize>,
    /// Where it ends, if its font or color tells.
    set_off: Option<usize>,
}

/// What the next line would add.
struct Next {
    at: Break,
    /// The first word of the next line.
    token: Span,
    /// `head` and the token, read together.
    joined: String,
    /// Where the URL ends in `joined`.
    end: usize,
    /// How far it reaches in `joined`.
    reach: usize,
    malformed: Option<&'static str>,
    /// The hyphen that a typesetter put at the line's end, if one was left out.
    hyphen: bool,
}

impl Parts {
    fn new(text: &str, seed: &Bare, closes_at: Option<usize>) -> Self {
        let head = Span::new(seed.span.start, seed.reach).of(text).to_owned();
        Self { kind: seed.kind, head, reach: seed.reach, closes_at, set_off: None }
    }

    /// What the next line would add to the URL; nothing where it cannot add anything.
    fn next(&self, text: &str) -> Option<Next> {
        let hyphen = hyphen_at(text, self.reach);
        let at = lines::break_at(text, self.reach + hyphen)?;
        let start = at.after.start + marker(at.before.of(text), at.after.of(text));
        let line = Span::new(start, at.after.end).of(text);
        let start = start + (line.len() - line.trim_start().len());
        let word = first_word(line.trim_start());
        let own = self.set_off.and_then(|end| end.checked_sub(start)).filter(|&own| own > 0);
        let word = own.and_then(|own| word.get(..own)).unwrap_or(word);
        self.with(at, Span::new(start, start + word.len()), word, hyphen > 0)
    }

    /// What the next word of the same line would add to the URL.
    fn next_after_space(&self, text: &str, start: usize) -> Option<Next> {
        let token = word_after_space(text, start, self.reach)?;
        let at = Break {
            before: Span::new(lines::line_start(text, self.reach), self.reach),
            after: Span::new(token.start, lines::line_end(text, token.start)),
            blank: 0,
            page: false,
        };
        self.with(at, token, token.of(text), false)
    }

    fn with(&self, at: Break, token: Span, word: &str, hyphen: bool) -> Option<Next> {
        let is_enclosed = self.closes_at.or(self.set_off).is_some();
        if !may_follow(&self.head, word, is_enclosed) {
            return None;
        }
        let joined = [&self.head, word].concat();
        let read = reread(self.kind, &joined)?;
        let adds = read.span.end > self.head.len() && read.span.end <= joined.len();
        adds.then(|| Next {
            at,
            token,
            end: read.span.end,
            reach: read.reach.min(joined.len()),
            malformed: read.malformed,
            joined,
            hyphen,
        })
    }

    /// Takes the next line's part in; false where the URL ends within it.
    fn take(&mut self, next: &Next) -> bool {
        self.reach = next.token.start + (next.reach - self.head.len());
        self.head.clone_from(&next.joined);
        self.head.truncate(next.reach);
        next.reach == next.joined.len()
    }
}

/// The length of a hyphen at `at` that a typesetter puts at the end of a line.
fn hyphen_at(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.chars().next().filter(|c| matches!(c, '\u{AD}' | '\u{2010}')).map_or(0, char::len_utf8)
}

/// The length of a quotation or comment mark that both lines begin with.
fn marker(before: &str, after: &str) -> usize {
    match (mark(before), mark(after)) {
        (Some(one), Some(other)) if one == other => {
            let spaced =
                after.trim_start().get(one.len()..).is_some_and(|rest| rest.starts_with(' '));
            if spaced { lines::indent(after) + one.len() } else { 0 }
        }
        _ => 0,
    }
}

/// The quotation or comment mark that a line begins with.
fn mark(line: &str) -> Option<&str> {
    let inner = line.trim_start();
    let rest = inner.trim_start_matches(['>', '#', '*', ';', '%', '|', '/']);
    inner.get(..inner.len() - rest.len()).filter(|mark| !mark.is_empty())
}

/// What is put before a host without a scheme to read it again.
const SCHEME: &str = "http://";

/// Reads an address again from its beginning; offsets are those of `address`.
fn reread(kind: LinkKind, address: &str) -> Option<Bare> {
    if kind == LinkKind::Bare {
        return bare::at_start(address);
    }
    let mut found = bare::at_start(&[SCHEME, address].concat())?;
    found.span.end = found.span.end.checked_sub(SCHEME.len())?;
    found.reach = found.reach.checked_sub(SCHEME.len())?;
    Some(found)
}

/// A join in the making.
struct Made {
    joined: String,
    /// Where the URL ends in the source.
    end: usize,
    probability: f64,
    reasons: Vec<&'static str>,
    alternatives: Vec<String>,
    malformed: Option<&'static str>,
    /// The URL up to the last break before which all joins are certain.
    certain: Option<String>,
}

impl Made {
    /// Notes one more break that was joined; the whole is as sure as its least sure break.
    fn note(
        before: Option<Self>,
        kind: LinkKind,
        next: &Next,
        reasons: Vec<&'static str>,
        sure: f64,
    ) -> Self {
        let first = next.joined.len() - next.token.len();
        let mut made = Self {
            joined: next.joined.get(..next.end).unwrap_or_default().to_owned(),
            end: next.token.start + (next.end - first),
            probability: sure,
            reasons: Vec::new(),
            alternatives: other_readings(kind, next),
            malformed: next.malformed,
            certain: None,
        };
        let is_certain = sure >= CERTAIN && before.as_ref().is_none_or(Self::is_certain);
        made.certain = if is_certain {
            Some(made.joined.clone())
        } else {
            before.as_ref().and_then(|before| before.certain.clone())
        };
        if let Some(before) = before {
            made.probability = sure.min(before.probability);
            made.reasons = before.reasons;
            made.alternatives.extend(before.alternatives);
        }
        for reason in reasons {
            if !made.reasons.contains(&reason) {
                made.reasons.push(reason);
            }
        }
        made
    }

    const fn is_certain(&self) -> bool {
        self.probability >= CERTAIN
    }

    /// The whole; a doubtful one of which the first part is no address is none.
    fn finish(mut self, text: &str, seed: &Bare) -> Option<Rejoined> {
        let confidence = match self.probability {
            p if p >= CERTAIN => Confidence::High,
            p if p >= 0.75 => Confidence::Medium,
            _ => Confidence::Low,
        };
        if confidence < Confidence::High {
            if seed.incomplete && self.certain.is_none() {
                return None;
            }
            // What is certain is asked for; the whole is the likeliest of the others.
            let first = self.certain.as_deref().unwrap_or_else(|| seed.address(text));
            self.alternatives.retain(|other| other != first);
            self.alternatives.insert(0, self.joined.clone());
        }
        let reasons = self.reasons.into_iter().map(Cow::Borrowed).collect();
        Some(Rejoined {
            span: Span::new(seed.span.start, self.end),
            joined: self.joined,
            join: Join { confidence, reasons, alternatives: self.alternatives },
            malformed: self.malformed,
            certain: self.certain,
        })
    }
}

/// The first part alone, and the whole without a typesetter's hyphen or with one that was taken
/// out.
fn other_readings(kind: LinkKind, next: &Next) -> Vec<String> {
    let (head, rest) = next.joined.split_at(next.joined.len() - next.token.len());
    let tail = rest.get(..next.end.saturating_sub(head.len())).unwrap_or_default();
    let alone = reread(kind, head).filter(|read| !read.incomplete);
    let alone = alone.and_then(|read| head.get(..read.span.end)).map(str::to_owned);
    let hyphen = match head.strip_suffix('-') {
        Some(bare) => Some([bare, tail].concat()),
        None => next.hyphen.then(|| [head, "-", tail].concat()),
    };
    alone.into_iter().chain(hyphen).collect()
}
