//! Judged cases for the tests of reports and of what stands between judging and reporting.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::Arc;

use url::Url;

use super::{Format, Open, Style, Summary, View};
use crate::model::{
    Captures, Case, Claim, Conclusion, Confidence, Dating, Document, Event, Extract, Failure,
    FailureKind, Finding, Former, Hop, Judged, Level, Link, LinkKind, Local, Media, Memento,
    Outcome, Page, PartialDate, Source, Span, Status, Suggestion, Suppressed, SuppressedBy, Title,
    TitleKind,
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
        Some(Link::new(LinkKind::Bare, span, raw, raw, None))
    };
    let links: Vec<Link> = links.iter().filter_map(link).collect();
    let statuses = vec![Status::NotFollowed; links.len()];
    let now = "2026-11-23T00:00:00Z".parse().expect("a time");
    let extract = Extract { links, ..Extract::default() };
    Case { article, extract, dating: Dating::default(), statuses, local: Local::default(), now }
}

/// A finding about some words of the article.
pub(crate) fn finding(rule: &'static str, case: &Case, words: &str) -> Finding {
    let start = case.article.text.find(words).expect("the words stand in the text");
    Finding {
        rule: rule.into(),
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
    let claim =
        |event| Claim::new(event, date, Source::named("dateline"), Confidence::High, HOSTILE);
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

/// Two documents whose links were fetched: one was found, with claims and captures, one is gone,
/// and one is linked to twice.
pub(crate) fn fetched() -> Vec<Judged> {
    let (found, gone) = ("https://a.example/2019/02/03/found", "https://b.example/gone");
    let text = format!("# On things\n\nMay 25, 2018\n\nsee {found} and {gone}\n");
    let mut article = Document::new("article.md", Media::Markdown, text);
    article.url = Url::parse("https://news.example/2018/05/25/on-things").ok();
    let mut case = case(article, &[found, gone, found]);
    case.dating = dated("2018-05-25", "dateline", "May 25, 2018");
    case.statuses = vec![followed(Ok(page(found))), followed(Err(gone)), followed(Ok(page(found)))];
    let mut late = finding("link-postdates-article", &case, found);
    late.because = case.dating.claims.iter().chain(&page(found).dating.claims).cloned().collect();
    let dead = finding("dead-link", &case, gone);
    let mut second = case.clone();
    second.article.id = Some("2".to_owned());
    vec![Judged::new(case, vec![late, dead.clone()]), Judged::new(second, vec![dead])]
}

fn dated(date: &str, source: &'static str, quote: &str) -> Dating {
    let date: PartialDate = date.parse().expect("a date");
    let source = Source::named(source);
    let conclusion = Conclusion {
        date,
        when: date.when(),
        source: source.clone(),
        confidence: Confidence::High,
        reasons: vec!["it is printed".to_owned()],
    };
    let claims = vec![Claim::new(Event::Published, date, source, Confidence::High, quote)];
    Dating { published: Some(conclusion), modified: None, claims }
}

fn page(url: &str) -> Page {
    let title =
        Title { kind: TitleKind::Headline, text: HOSTILE.to_owned(), span: Span::new(0, 0) };
    Page {
        url: Url::parse(url).expect("an address"),
        status: 200,
        media: Media::Html,
        titles: vec![title],
        canonical: None,
        dating: dated("2019-02-03", "url-path", "/2019/02/03"),
        partial: true,
        text: None,
        anchors: None,
        more: Vec::new(),
    }
}

/// What came of following a link: the page, or that it is gone.
fn followed(found: Result<Page, &str>) -> Status {
    let url = found.as_ref().map_or_else(|url| Url::parse(url).ok(), |page| Some(page.url.clone()));
    let url = url.expect("an address");
    let memento = |day: &str| Memento {
        url: Url::parse(&format!("https://archive.example/{day}/{url}")).expect("an address"),
        captured: format!("{day}T12:00:00Z").parse().expect("a time"),
        page: None,
    };
    let result = found.map_err(|_| Failure::new(FailureKind::Gone, "410 Gone"));
    let status = Some(if result.is_ok() { 200 } else { 410 });
    Status::Followed(Arc::new(Outcome {
        chain: vec![Hop { url: url.clone(), status }],
        result,
        fetched: Some("2026-11-22T00:00:00Z".parse().expect("a time")),
        captures: Some(Captures {
            earliest: Some(memento("2018-05-01")),
            nearest: Some(memento("2018-05-24")),
            former: Some(Former { url: url.clone(), capture: memento("2018-05-23") }),
        }),
    }))
}

/// A report of some documents as its format writes it; what lives in a place of its own is read
/// back, row by row.
pub(crate) fn written(format: &Format, documents: &[Judged], remarks: &[&str]) -> String {
    let bytes = Shared::default();
    let style = Style { color: false, width: 100, links: false };
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("report");
    let mut report = match format.open {
        Open::Stream(open) => open(View::Check, style, Box::new(bytes.clone())),
        Open::Place(open) => open(View::Check, &place).expect("a place"),
    };
    let mut summary = Summary {
        remarks: remarks.iter().map(|&remark| remark.to_owned()).collect(),
        ..Summary::default()
    };
    for judged in documents {
        summary.add(judged);
        report.document(judged).expect("it can be written");
    }
    report.finish(&summary).expect("it can be written");
    drop(report);
    match format.name {
        "sqlite" => super::sqlite::dump(&place),
        "parquet" => super::parquet::dump(&place),
        _ => String::from_utf8(bytes.0.borrow().clone()).expect("reports are UTF-8"),
    }
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
