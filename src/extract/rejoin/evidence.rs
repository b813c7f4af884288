//! What tells whether a URL goes on after a line end.

use super::candidate::{Candidate, FILES, ending, is_file};
use super::sign::{Sign, Signs};
use super::{Context, after_scheme, function_words, lines};
use crate::address::bare;
use crate::text::ascii::ByteSet;
use crate::text::words::Words;

/// All signs that a candidate shows.
pub(super) fn signs(context: &Context, candidate: &Candidate) -> Signs {
    let mut signs = Signs::default();
    signs.push(Sign::Always);
    place(candidate, &mut signs);
    head(context, candidate, &mut signs);
    tail(context, candidate, &mut signs);
    together(context, candidate, &mut signs);
    layout(context, candidate, &mut signs);
    conjunctions(candidate, &mut signs);
    signs
}

fn note(signs: &mut Signs, sign: Sign, shown: bool) {
    if shown {
        signs.push(sign);
    }
}

fn place(candidate: &Candidate, signs: &mut Signs) {
    let (last, first) = (candidate.last(), candidate.first());
    let scheme = candidate.seed.incomplete
        && candidate.host.is_none_or(|host| !host.contains('.'))
        && candidate.after_scheme.is_none()
        || candidate.head.ends_with("://");
    signs.push(match last {
        _ if scheme => Sign::InScheme,
        '/' => Sign::AfterSlash,
        '.' => Sign::AfterDot,
        '-' => Sign::AfterHyphen,
        '?' | '&' | '=' => Sign::AfterQuery,
        ',' | ';' | ':' | '!' | ')' | ']' | '}' | '\'' | '"' | '*' | '|' => Sign::AfterComma,
        _ if !last.is_alphanumeric() => Sign::AfterMark,
        _ if first.is_alphanumeric() => Sign::MidWord,
        _ if "/.-_?&=#%~+@".contains(first) => Sign::BeforeMark,
        _ => Sign::BeforeOther,
    });
    let digits = last.is_ascii_digit() && first.is_ascii_digit();
    note(signs, Sign::BetweenDigits, digits);
    note(signs, Sign::CaseChange, last.is_lowercase() && first.is_uppercase());
}

fn head(context: &Context, candidate: &Candidate, signs: &mut Signs) {
    let head = candidate.head;
    let alone = head.trim_end_matches(['.', ',', ';', ':', '!']);
    let host = candidate.host.unwrap_or_default();
    let in_host = candidate.after_scheme.is_none_or(|rest| !holds(rest, &ENDS_HOST));
    let unfinished = in_host && !bare::is_known_host(after_scheme(alone).unwrap_or(alone));
    note(signs, Sign::HostUnfinished, unfinished || (in_host && alone.ends_with("www")));
    note(
        signs,
        Sign::HostAlone,
        !unfinished && head.trim_end_matches('/').ends_with(host) && !host.is_empty(),
    );
    note(signs, Sign::FileEnds, is_file(alone) && head != alone || is_file(head));
    note(
        signs,
        Sign::SentenceEnds,
        head != alone && !unfinished && (is_file(alone) || alone.ends_with('/')),
    );
    let count = |sign: u8| memchr::memchr_iter(sign, head.as_bytes()).count();
    let opened = |open, close| count(open) > count(close);
    let is_open = || opened(b'(', b')') || opened(b'[', b']') || opened(b'{', b'}');
    note(signs, Sign::BracketOpen, holds(head, &OPENS) && is_open());
    note(signs, Sign::EscapeCut, is_escape_cut(head));
    note(signs, Sign::AddressKnown, context.addresses().contains(alone));
    note(signs, Sign::DoiPrefix, is_doi_prefix(head));
}

/// Whether a text holds any of some signs in ASCII.
fn holds(text: &str, signs: &ByteSet) -> bool {
    text.bytes().any(|byte| signs.has(byte))
}

static ENDS_HOST: ByteSet = ByteSet::of(b"/?#");
static OPENS: ByteSet = ByteSet::of(b"([{");
static DIGITS: ByteSet = ByteSet::of(b"0123456789");
static HYPHENS: ByteSet = ByteSet::of(b"-_");
/// What hardly stands in a sentence.
static MARKS: ByteSet = ByteSet::of(b"%=&~+#?@$");

/// A percent sign with fewer than two hexadecimal digits after it.
fn is_escape_cut(head: &str) -> bool {
    let end = head.get(head.len().saturating_sub(2)..).unwrap_or_default();
    end.ends_with('%') || (end.starts_with('%') && end.ends_with(|c: char| c.is_ascii_hexdigit()))
}

/// `…/10.1086/`: a DOI whose second part is missing, or a resolver without a DOI.
fn is_doi_prefix(head: &str) -> bool {
    let head = head.trim_end_matches('/');
    let last = head.rsplit('/').next().unwrap_or_default();
    let registrant = last.strip_prefix("10.").is_some_and(|digits| {
        digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    registrant || (head.ends_with("doi.org") || head.ends_with("hdl.handle.net"))
}

/// `…doi.org/10.1086/6`: the second part of a DOI has begun.
fn is_in_doi(candidate: &Candidate) -> bool {
    let host = candidate.host.filter(|host| host.ends_with("doi.org"));
    let rest = host.and_then(|host| candidate.head.split_once(host)?.1.strip_prefix("/10."));
    rest.is_some_and(|rest| rest.contains('/'))
}

fn tail(context: &Context, candidate: &Candidate, signs: &mut Signs) {
    let tail = candidate.tail;
    let word = candidate.is_plain_word();
    let inner = tail.get(1..).unwrap_or_default();
    let length = lines::length(tail);
    note(signs, Sign::TailHasSlash, inner.bytes().any(|byte| byte == b'/'));
    note(signs, Sign::TailHasDot, inner.bytes().any(|byte| byte == b'.'));
    note(signs, Sign::TailHasDigit, holds(tail, &DIGITS));
    note(signs, Sign::TailHasHyphen, holds(inner, &HYPHENS));
    note(signs, Sign::TailHasMark, holds(tail, &MARKS));
    note(signs, Sign::TailIsWord, word);
    note(signs, Sign::TailIsCapitalised, tail.starts_with(char::is_uppercase));
    note(signs, Sign::TailIsNumber, tail.bytes().all(|byte| byte.is_ascii_digit()));
    note(signs, Sign::TailIsListNumber, is_list_number(candidate));
    note(signs, Sign::TailIsFunctionWord, word && function_words::has(tail));
    note(signs, Sign::TailIsLong, length > 12);
    let known = word && tail.len() > 2 && context.vocabulary().count(tail) > 1;
    note(signs, Sign::TailIsKnownWord, known);
    note(signs, Sign::TailIsFile, FILES.binary_search(&ending(tail)).is_ok());
    note(signs, Sign::TailIsMail, is_mail(candidate.token));
    note(signs, Sign::TailIsCode, is_code(tail));
    note(signs, Sign::TailIsShort, length <= 4);
    let after = candidate.token.get(tail.len()..).unwrap_or_default();
    let rest = candidate.rest_of_line();
    note(signs, Sign::TailAlone, rest.trim().is_empty());
    note(signs, Sign::TailThenPunctuation, after.starts_with(['.', ',', ';', ')', '>']));
    note(signs, Sign::TailThenColon, after.starts_with(':'));
    note(signs, Sign::TailIsAuthor, is_author(candidate, after));
}

/// A line of a bibliography that begins with its author: `Jones, K.`, `Doe J, Lee P.`
fn is_author(candidate: &Candidate, after: &str) -> bool {
    let name = candidate.tail;
    let may_be = matches!(after, "" | ",") && name.starts_with(char::is_uppercase);
    if !may_be
        || !candidate.last().is_alphanumeric()
        || !name.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
    {
        return false;
    }
    let given = candidate.rest_of_line().trim_start();
    let letters = given.chars().take_while(|c| c.is_uppercase()).count();
    let rest = given.trim_start_matches(char::is_uppercase);
    letters > 0 && (after == "," || letters <= 3 && rest.starts_with(['.', ',']))
}

/// `name@example.org`.
fn is_mail(token: &str) -> bool {
    // Most words hold no such sign.
    if memchr::memchr(b'@', token.as_bytes()).is_none() {
        return false;
    }
    let token = token.trim_end_matches(['.', ',', ';', ')', '>']);
    token.split_once('@').is_some_and(|(name, host)| !name.is_empty() && bare::is_known_host(host))
        && !token.contains('/')
}

/// Capitals and digits mixed, as in ids: no word of a sentence.
fn is_code(tail: &str) -> bool {
    // Most words are lower-case letters.
    if tail.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_punctuation()) {
        return false;
    }
    let word = tail.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    capitals > 0 && digits > 0 || capitals > 1 && capitals == word.chars().count()
}

/// `3.` or `3)` at the start of a line that goes on.
fn is_list_number(candidate: &Candidate) -> bool {
    let (tail, after) =
        (candidate.tail, candidate.token.get(candidate.tail.len()..).unwrap_or_default());
    let number = tail.len() <= 3 && tail.bytes().all(|byte| byte.is_ascii_digit());
    let dotted = after == "." || after == ")" || after == ":" || after.is_empty();
    number && dotted && !candidate.rest_of_line().trim().is_empty()
}

fn together(context: &Context, candidate: &Candidate, signs: &mut Signs) {
    let host = candidate.joined_host.unwrap_or_default();
    let head_host = candidate.host.unwrap_or_default();
    let grew = host.len() > head_host.trim_end_matches('.').len();
    note(signs, Sign::HostCompleted, grew && bare::is_known_host(host) && host.contains('.'));
    note(signs, Sign::HostKnown, grew && context.hosts().contains(host));
    note(signs, Sign::JoinKnown, context.addresses().contains(candidate.joined));
    note(signs, Sign::EndingCompleted, is_ending_completed(candidate));
    note(signs, Sign::InDoi, is_in_doi(candidate));
    let over = candidate.last().is_alphanumeric() && candidate.first().is_alphanumeric();
    let is_word = |word: &str| word.len() > 3 && context.vocabulary().count(word) > 0;
    note(signs, Sign::WordCompleted, over && is_word(&candidate.word_over_break()));
    note(signs, Sign::HeadlineRepeated, repeats(candidate, context.headline()));
    note(signs, Sign::LabelRepeated, is_label_repeated(context, candidate));
    let opener =
        candidate.text.get(..candidate.seed.span.start).and_then(|t| t.chars().next_back());
    let closer = match opener {
        Some('(') => Some(')'),
        Some('<') => Some('>'),
        Some('[') => Some(']'),
        Some('"') => Some('"'),
        Some('“') => Some('”'),
        Some('‘') => Some('’'),
        Some('«') => Some('»'),
        Some('{') => Some('}'),
        _ => None,
    };
    let after = candidate.token.get(candidate.tail.len()..).unwrap_or_default();
    let is_closed = closer.is_some_and(|closer| after.contains(closer));
    note(signs, Sign::BracketClosed, is_closed);
    note(signs, Sign::BracketLeftOpen, closer.is_some() && !is_closed);
}

/// The headline, or introducing words above, name the page that the joined slug names.
pub(super) fn names_the_page(context: &Context, candidate: &Candidate) -> bool {
    repeats(candidate, context.headline()) || is_label_repeated(context, candidate)
}

/// The joined slug is made of these words, those around the break included.
fn repeats(candidate: &Candidate, words: &Words) -> bool {
    if words.len() < 2 || !candidate.joined.contains('-') {
        return false;
    }
    // What the second part adds must be among the words too, or the first part alone would do.
    candidate.added().shares(words) && candidate.slug().is_some_and(|slug| slug.resembles(words))
}

/// Introducing words above name the page that the joined slug names.
fn is_label_repeated(context: &Context, candidate: &Candidate) -> bool {
    candidate.joined.contains('-')
        && !candidate.added().is_empty()
        && context.is_introduced(candidate.seed.span.start, |name| repeats(candidate, name))
}

/// The break cuts a known file ending in two: `.shtm` and `l`.
fn is_ending_completed(candidate: &Candidate) -> bool {
    candidate.tail.len() < ending(candidate.joined).len()
        && candidate.tail.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && is_file(candidate.joined)
        && !is_file(candidate.head)
}

fn layout(context: &Context, candidate: &Candidate, signs: &mut Signs) {
    let at = candidate.next.at;
    let (before, after) = (at.before.of(candidate.text), at.after.of(candidate.text));
    let width = context.width(at.before.end);
    let edge = lines::edge(before);
    let slack = width.saturating_sub(edge);
    note(signs, Sign::LineFull, slack <= 1);
    note(signs, Sign::LineAlmostFull, slack > 1 && edge * 100 >= width * 88);
    note(signs, Sign::LineShort, edge * 100 < width * 70);
    note(signs, Sign::PieceWouldFit, piece_length(candidate.tail) < slack);
    note(signs, Sign::TokenWouldFit, lines::length(candidate.token) < slack);
    note(signs, Sign::Blank, at.blank > 0);
    note(signs, Sign::PageEnds, at.page);
    let (one, other) = (lines::indent(before), lines::indent(after));
    note(signs, Sign::Indented, other > one + 1);
    note(signs, Sign::Outdented, one > other + 1);
    let starts = candidate.text.get(at.before.start..candidate.seed.span.start);
    note(signs, Sign::UrlAloneInLine, starts.is_some_and(|start| start.trim().is_empty()));
}

static ENDS_PIECE: ByteSet = ByteSet::of(b"/.-_?=&#");

/// The length of the part of a URL up to where a line could be broken next.
fn piece_length(tail: &str) -> usize {
    let end = tail.bytes().position(|byte| ENDS_PIECE.has(byte)).map_or(tail.len(), |at| at + 1);
    lines::length(tail.get(..end).unwrap_or(tail))
}

fn conjunctions(candidate: &Candidate, signs: &mut Signs) {
    let shown = *signs;
    let has = |sign| shown.has(sign);
    let plain = has(Sign::TailIsWord);
    let full = has(Sign::LineFull);
    let fits = has(Sign::TokenWouldFit);
    let lower = candidate.first().is_lowercase();
    let found = [
        (Sign::MidWordInFullLine, has(Sign::MidWord) && full),
        (Sign::MidWordInShortLine, has(Sign::MidWord) && !full && !has(Sign::LineAlmostFull)),
        (Sign::MidWordInAlmostFullLine, has(Sign::MidWord) && has(Sign::LineAlmostFull)),
        (
            Sign::MidWordShortAlone,
            has(Sign::MidWord) && has(Sign::TailIsShort) && has(Sign::TailAlone),
        ),
        (Sign::SlashThenFile, has(Sign::AfterSlash) && has(Sign::TailIsFile)),
        (Sign::SlashThenPath, has(Sign::AfterSlash) && !plain && has(Sign::TailHasSlash)),
        (Sign::DotThenDigit, has(Sign::AfterDot) && candidate.first().is_ascii_digit()),
        (Sign::SlashThenWord, has(Sign::AfterSlash) && plain),
        (Sign::DotThenLower, has(Sign::AfterDot) && lower),
        (Sign::DotThenCapital, has(Sign::AfterDot) && candidate.first().is_uppercase()),
        (Sign::BlankThenWord, has(Sign::Blank) && plain),
        (Sign::WordThatWouldFit, plain && fits),
        (Sign::WordThatWouldNotFit, plain && !fits),
    ];
    for (sign, shown) in found {
        note(signs, sign, shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endings_of_files_are_in_order() {
        assert!(FILES.is_sorted_by(|one, other| one < other));
    }
}
