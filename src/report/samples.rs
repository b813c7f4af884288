//! Judged cases for the tests of reports and of what stands between judging and reporting.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use url::Url;

use super::{Format, Open, Style, Summary, View};
use crate::model::{
    Case, Claim, Confidence, Dating, Document, Event, Extract, Finding, Judged, Level, Link,
    LinkKind, Media, PartialDate, Source, Span, Status, Suggestion, Suppressed, SuppressedBy,
};

/// What a hostile article may say: it clears screens, reverses text, gives a runner commands,
/// closes elements and computes cells.
pub(crate) const HOSTILE: &str = "\u{1b}[2J\u{1b}[31mRED\u{1b}]0;owned\u{7}\u{1b}]8;;http://a.example/\u{1b}\\click\u{1b}]8;;\u{1b}\\ \
    \u{202e}gnp.exe\u{202c} \u{2066}x\u{2069} \n::error file=a.rs,line=1::pwned%0A::add-mask::x\n##[error]pwned \
    </script><script>alert(1)</script> ]]><x/> =HYPERLINK(\"http://a.example/\",\"x\") | \
    [a](javascript:alert(1)) `b` <img src=x onerror=alert(1)> @everyone \u{9b}31m \u{2028}\u{0} \
    http://user:hunter2@a.example/";

/// A case with one finding of level error about a link that the text holds.
pub(crate) fn judged(name: &str, text: &str, url: &str) -> Judged {
    let case = case(Document::new(name, Media::Markdown, text), &[url]);
    let finding = finding("dead-link", &case, url);
    Judged::new(case, vec![finding])
}

/// A case whose links are the given texts, where they first stand.
pub(crate) fn case(article: Document, links: &[&str]) -> Case {
    let link = |raw: &&str| {
        let start = article.text.find(raw)?;
        let span = Span::new(start, start + raw.len());
        Some(Link::new(LinkKind::Bare, span, raw, (*raw).to_owned(), None))
    };
    let links: Vec<Link> = links.iter().filter_map(link).collect();
    let statuses = vec![Status::NotFollowed; links.len()];
    let now = "2026-11-23T00:00:00Z".parse().expect("a time");
    let extract = Extract { links, ..Extract::default() };
    Case { article, extract, dating: Dating::default(), statuses, now }
}

/// A finding about some words of the article.
pub(crate) fn finding(rule: &'static str, case: &Case, words: &str) -> Finding {
    let start = case.article.text.find(words).expect("the words stand in the text");
    Finding {
        rule,
        level: Level::Error,
        confidence: Confidence::High,
        title: format!("{words} is gone"),
        message: format!("the target of {words} is gone."),
        help: "take it out".to_owned(),
        url: Url::parse(words).ok(),
        span: Some(Span::new(start, start + words.len())),
        because: Vec::new(),
        suggestion: None,
    }
}

/// Three documents whose every foreign string is hostile: findings of each level, with claims,
/// suggestions and suppressions, a row of a file that holds many, and one without findings.
pub(crate) fn hostile() -> Vec<Judged> {
    let url = "http://user:hunter2@a.example/=1+1?access_token=0123456789abcdef0&x='\"><script>";
    let text = format!("intro\n{HOSTILE}\nsee {url} there\n");
    let case = case(Document::new("=cmd|'a' ::b,c/\u{202e}x.md", Media::Markdown, text), &[url]);
    let levels = [Level::Error, Level::Warning, Level::Note];
    let mut findings: Vec<Finding> =
        levels.into_iter().map(|level| hostile_finding(&case, url, level)).collect();
    findings.push(Finding { span: None, url: None, because: Vec::new(), ..findings[0].clone() });
    let suppressed = Suppressed {
        finding: findings[1].clone(),
        by: SuppressedBy::Comment,
        reason: Some(HOSTILE.to_owned()),
    };
    let first = Judged { suppressed: vec![suppressed], ..Judged::new(case, findings) };
    let mut row = first.clone();
    row.case.article.input = "rows.jsonl".to_owned();
    row.case.article.id = Some(HOSTILE.to_owned());
    let clean = Document::new("clean.md", Media::Markdown, "nothing\n");
    vec![first, row, Judged::new(self::case(clean, &[]), Vec::new())]
}

fn hostile_finding(case: &Case, url: &str, level: Level) -> Finding {
    let mut finding = finding("link-postdates-article", case, url);
    let start = case.article.text.find("click").expect("the words stand in the text");
    let date: PartialDate = "2018-05-25".parse().expect("a date");
    let claim = |event| Claim::new(event, date, Source::new("dateline"), Confidence::High, HOSTILE);
    finding.level = level;
    finding.title = HOSTILE.to_owned();
    finding.message = format!("{HOSTILE} {url}");
    finding.help = HOSTILE.to_owned();
    finding.because =
        vec![claim(Event::Published).at(Span::new(start, start + 5)), claim(Event::Modified)];
    finding.suggestion = Some(Suggestion {
        title: HOSTILE.to_owned(),
        span: Span::new(start, start + 5),
        replacement: if level == Level::Error { url } else { "</script>\u{202e}" }.to_owned(),
    });
    finding
}

/// A report of some documents as its format writes it.
pub(crate) fn written(format: &Format, documents: &[Judged], remarks: &[&str]) -> String {
    let bytes = Shared::default();
    let style = Style { color: false, width: 100, links: false };
    let Open::Stream(open) = format.open else { panic!("{} is no stream", format.name) };
    let mut report = open(View::Check, style, Box::new(bytes.clone()));
    let mut summary = Summary {
        remarks: remarks.iter().map(|&remark| remark.to_owned()).collect(),
        ..Summary::default()
    };
    for judged in documents {
        summary.add(judged);
        report.document(judged).expect("memory can be written");
    }
    report.finish(&summary).expect("memory can be written");
    let bytes = bytes.0.borrow().clone();
    String::from_utf8(bytes).expect("reports are UTF-8")
}

/// Memory that is written to and looked at afterwards.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
