//! What comparisons and figures look at of a judged document: made of it, or read from its row without
//! restoring the rest, which is most of a row.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use jiff::Timestamp;
use serde::de::{IgnoredAny, Visitor};
use serde::{Deserialize, Deserializer};

use super::row::{SCHEMA, Which, verdict};
use crate::model::{
    Checked, Claim, Confidence, FailureKind, Finding, Judged, Level, LineIndex, PartialDate, RuleId,
};

/// A judged document in outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline<'a> {
    pub(crate) input: Text<'a>,
    pub(crate) document: DocumentOutline<'a>,
    pub(crate) now: Timestamp,
    /// When it came out, as far as that is known.
    pub(crate) published: Option<PartialDate>,
    pub(crate) links: Vec<LinkOutline<'a>>,
    pub(crate) findings: Vec<FindingOutline<'a>>,
    /// What was found and is known, so that it does not count.
    pub(crate) suppressed: Vec<FindingOutline<'a>>,
    /// The source, or the pieces of it that are known.
    pub(crate) source: Vec<Piece<'a>>,
    /// Links that the row only counts.
    pub(crate) left_out: Vec<CountOutline<'a>>,
}

/// What a row tells of.
#[derive(Clone, Debug, PartialEq)]
pub enum Outlined<'a> {
    /// A document that was judged.
    Judged(Box<Outline<'a>>),
    /// What could not be read.
    Failed,
}

/// What names a document.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct DocumentOutline<'a> {
    #[serde(borrow, default)]
    pub(crate) path: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) url: Option<Text<'a>>,
}

/// A link, and what came of following it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "LinkMembers<'a>", bound(deserialize = "'de: 'a"))]
pub(crate) struct LinkOutline<'a> {
    pub(crate) start: usize,
    pub(crate) url: Option<Text<'a>>,
    pub(crate) role: Text<'a>,
    /// In a word: `ok`, the name of a failure, or why it was not followed.
    pub(crate) verdict: Text<'a>,
    /// Whether an archive holds what it leads to, or it leads into one.
    pub(crate) archived: bool,
}

/// Links that are alike in what is counted of them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct CountOutline<'a> {
    #[serde(borrow, default)]
    pub(crate) site: Option<Text<'a>>,
    #[serde(borrow)]
    pub(crate) role: Text<'a>,
    #[serde(borrow)]
    pub(crate) verdict: Text<'a>,
    #[serde(default)]
    pub(crate) archived: bool,
    pub(crate) count: usize,
}

/// A finding, by what is compared of it and what it is known again by.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct FindingOutline<'a> {
    #[serde(borrow)]
    pub(crate) rule: Text<'a>,
    pub(crate) level: Level,
    pub(crate) confidence: Confidence,
    #[serde(borrow)]
    pub(crate) title: Text<'a>,
    #[serde(borrow)]
    pub(crate) url: Option<Text<'a>>,
    pub(crate) span: Option<PlaceOutline>,
    #[serde(borrow)]
    pub(crate) because: Vec<ClaimOutline<'a>>,
}

/// A place, by its bytes and as people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct PlaceOutline {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// What a claim quotes, and whether that stands in the document.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "ClaimMembers<'a>", bound(deserialize = "'de: 'a"))]
pub(crate) struct ClaimOutline<'a> {
    pub(crate) quote: Text<'a>,
    pub(crate) has_place: bool,
}

/// A piece of the source, and where it begins.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Piece<'a> {
    start: usize,
    #[serde(borrow)]
    text: Text<'a>,
}

/// Text that stands in the line that it was read from, unless something in it is escaped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Text<'a>(pub(crate) Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    // What serde derives for an optional `Cow` copies it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowing;
        impl<'de> Visitor<'de> for Borrowing {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Borrowing)
    }
}

/// The members of a row that are looked at.
#[derive(Deserialize)]
struct Members<'a> {
    schema: u32,
    #[serde(borrow)]
    input: Text<'a>,
    #[serde(default)]
    now: Option<Timestamp>,
    #[serde(borrow, default)]
    document: Option<DocumentOutline<'a>>,
    #[serde(default)]
    failed: Option<IgnoredAny>,
    #[serde(default)]
    published: Option<PublishedMembers>,
    #[serde(borrow, default)]
    links: Option<Vec<LinkOutline<'a>>>,
    #[serde(borrow, default)]
    findings: Option<Vec<FindingOutline<'a>>>,
    #[serde(borrow, default)]
    suppressed: Vec<SuppressedMembers<'a>>,
    #[serde(borrow, default)]
    source: Vec<Piece<'a>>,
    #[serde(borrow, default)]
    left_out: LeftOutMembers<'a>,
}

#[derive(Deserialize)]
struct PublishedMembers {
    date: PartialDate,
}

#[derive(Deserialize)]
struct SuppressedMembers<'a> {
    #[serde(borrow)]
    finding: FindingOutline<'a>,
}

#[derive(Default, Deserialize)]
struct LeftOutMembers<'a> {
    #[serde(borrow)]
    links: Vec<CountOutline<'a>>,
}

#[derive(Deserialize)]
struct LinkMembers<'a> {
    span: StartMember,
    #[serde(borrow)]
    url: Option<Text<'a>>,
    #[serde(borrow)]
    role: Text<'a>,
    capture: Option<IgnoredAny>,
    #[serde(borrow, default)]
    status: Option<StatusMembers<'a>>,
}

#[derive(Deserialize)]
struct StartMember {
    start: usize,
}

#[derive(Deserialize)]
struct StatusMembers<'a> {
    #[serde(borrow)]
    verdict: Text<'a>,
    #[serde(default)]
    url: Option<IgnoredAny>,
    #[serde(default)]
    captures: Vec<CaptureMember>,
}

#[derive(Deserialize)]
struct CaptureMember {
    which: Which,
}

#[derive(Deserialize)]
struct ClaimMembers<'a> {
    #[serde(borrow)]
    quote: Text<'a>,
    span: Option<IgnoredAny>,
}

impl<'a> From<LinkMembers<'a>> for LinkOutline<'a> {
    fn from(members: LinkMembers<'a>) -> Self {
        let LinkMembers { span, url, role, capture, status } = members;
        let is_held = |status: &StatusMembers<'_>| {
            status.captures.iter().any(|capture| capture.which == Which::Earliest)
        };
        let archived = capture.is_some() || status.as_ref().is_some_and(is_held);
        let verdict = match status {
            None => "not-followed".into(),
            // An answer without an address is none.
            Some(it) if &*it.verdict == ALIVE && it.url.is_none() => {
                FailureKind::UnexpectedStatus.as_str().into()
            }
            Some(it) => it.verdict,
        };
        Self { start: span.start, url, role, verdict, archived }
    }
}

impl<'a> From<ClaimMembers<'a>> for ClaimOutline<'a> {
    fn from(members: ClaimMembers<'a>) -> Self {
        Self { quote: members.quote, has_place: members.span.is_some() }
    }
}

/// The verdict on a link whose target answered.
pub(crate) const ALIVE: &str = "ok";

/// The outline of what one line of a `jsonl` report of `dateline check` tells of.
///
/// # Errors
///
/// Says what is wrong with the line, for people.
pub fn outlined(line: &str) -> Result<Outlined<'_>, String> {
    let row: Members<'_> = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if row.schema != SCHEMA {
        return Err(format!("its schema is {}, this version reads {SCHEMA}", row.schema));
    }
    let (Some(document), Some(links), Some(findings)) = (row.document, row.links, row.findings)
    else {
        return match row.failed {
            Some(_) => Ok(Outlined::Failed),
            None => Err("it is not of `dateline check`: it has no links or no findings".to_owned()),
        };
    };
    if findings.iter().any(|finding| RuleId::read(&finding.rule).is_none()) {
        return Err("it names a rule that cannot be one".to_owned());
    }
    Ok(Outlined::Judged(Box::new(Outline {
        input: row.input,
        document,
        now: row.now.unwrap_or_default(),
        published: row.published.map(|published| published.date),
        links,
        findings,
        suppressed: row.suppressed.into_iter().map(|known| known.finding).collect(),
        source: row.source,
        left_out: row.left_out.links,
    })))
}

impl<'a> From<&'a Judged> for Outline<'a> {
    fn from(judged: &'a Judged) -> Self {
        let case = &judged.case;
        let article = &case.article;
        let lines = LineIndex::new(&article.text);
        let finding = |finding: &'a Finding| {
            let span = finding.span.map(|span| {
                let at = lines.position(&article.text, span.start);
                PlaceOutline { start: span.start, end: span.end, line: at.line, column: at.column }
            });
            FindingOutline {
                rule: Text::from(&*finding.rule),
                level: finding.level,
                confidence: finding.confidence,
                title: Text::from(&*finding.title),
                url: finding.url.as_ref().map(|url| Text::from(url.as_str())),
                span,
                because: finding.because.iter().map(ClaimOutline::from).collect(),
            }
        };
        let left_out = judged.left_out.links.iter().map(|links| CountOutline {
            site: links.site.as_deref().map(Text::from),
            role: Text::from(&*links.role),
            verdict: Text::from(&*links.verdict),
            archived: links.archived,
            count: links.count,
        });
        Self {
            input: Text::from(&*article.input),
            document: DocumentOutline {
                path: article.path.as_deref().map(Text::from),
                id: article.id.as_deref().map(Text::from),
                url: article.url.as_ref().map(|url| Text::from(url.as_str())),
            },
            now: case.now,
            published: case.dating.published.as_ref().map(|conclusion| conclusion.date),
            links: case.links().map(LinkOutline::from).collect(),
            findings: judged.findings.iter().map(finding).collect(),
            suppressed: judged.suppressed.iter().map(|known| finding(&known.finding)).collect(),
            source: vec![Piece { start: 0, text: Text::from(&*article.text) }],
            left_out: left_out.collect(),
        }
    }
}

impl<'a> From<Checked<'a>> for LinkOutline<'a> {
    fn from(checked: Checked<'a>) -> Self {
        let Checked { link, status } = &checked;
        Self {
            start: link.span.start,
            url: link.url().map(|url| Text::from(url.as_str())),
            role: Text::from(link.role.as_str()),
            verdict: Text::from(verdict(status)),
            archived: super::compact::is_archived(link, status),
        }
    }
}

impl<'a> From<&'a Claim> for ClaimOutline<'a> {
    fn from(claim: &'a Claim) -> Self {
        Self { quote: Text::from(&*claim.quote), has_place: claim.span.is_some() }
    }
}

impl Outline<'_> {
    /// What is known of the words between two offsets.
    pub(crate) fn words(&self, start: usize, end: usize) -> String {
        let within = |piece: &Piece<'_>| {
            let from = start.saturating_sub(piece.start);
            let to = end.checked_sub(piece.start)?.min(piece.text.len());
            piece.text.get(from..to).map(str::to_owned)
        };
        self.source.iter().filter_map(within).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::{fetched, hostile};
    use crate::report::{Restored, Row, View, compact, restored, safe_json};

    #[test]
    fn a_row_in_outline_is_the_outline_of_what_the_row_restores() {
        let whole: Vec<Judged> = hostile().into_iter().chain(fetched()).collect();
        let small: Vec<Judged> = whole.iter().map(compact).collect();
        for judged in whole.iter().chain(&small) {
            let mut row = Vec::new();
            safe_json::write(&mut row, &Row::new(judged, View::Check)).expect("memory");
            let row = String::from_utf8(row).expect("JSON is UTF-8");
            let Restored::Judged(judged) = restored(&row).expect("a row") else { panic!("{row}") };
            let Outlined::Judged(read) = outlined(&row).expect("a row") else { panic!("{row}") };
            let whole = Outline::from(&*judged);
            for finding in &read.findings {
                let Some(PlaceOutline { start, end, .. }) = finding.span else { continue };
                let plain = |words: String| words.replace(['*', ' '], "");
                assert_eq!(plain(read.words(start, end)), plain(whole.words(start, end)));
            }
            assert_eq!(
                Outline { source: Vec::new(), ..*read },
                Outline { source: Vec::new(), ..whole }
            );
        }
    }

    #[test]
    fn what_is_no_row_is_said() {
        let failed = r#"{"schema":1,"input":"a","failed":{"problem":"p","help":"h"}}"#;
        assert_eq!(outlined(failed), Ok(Outlined::Failed));
        for (line, problem) in [
            ("{", "EOF"),
            (r#"{"schema":2,"input":"a"}"#, "its schema is 2"),
            (r#"{"schema":1,"input":"a"}"#, "it is not of `dateline check`"),
        ] {
            assert!(outlined(line).is_err_and(|it| it.contains(problem)), "{line}");
        }
    }
}
