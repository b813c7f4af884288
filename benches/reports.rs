//! What a report of many findings costs in every format: time, and the most memory that is held at
//! once, which must not grow with their number.

use std::io::{self, Write};

use dateline::model::{
    Case, Claim, Confidence, Dating, Document, Event, Extract, Finding, Judged, Level, Link,
    LinkKind, Local, Media, PartialDate, Source, Span, Status, Suggestion,
};
use dateline::report::{FORMATS, Format, Open, Report, Style, Summary, View};
use divan::AllocProfiler;
use divan::counter::ItemsCount;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Findings in one document.
const EACH: usize = 20;

/// A document with links of which each has a finding, with claims and a repair.
fn judged() -> Judged {
    let sentence = |n: usize| {
        format!(
            "A line of an article of 2018 with https://news.example/2025/10/17/page-{n} in it.\n"
        )
    };
    let text: String = (0..EACH).map(sentence).collect();
    let address = |at: usize| {
        let end = text[at..].find(' ').map_or(text.len(), |length| at + length);
        Span { start: at, end }
    };
    let spans: Vec<Span> = text.match_indices("https://").map(|(at, _)| address(at)).collect();
    let findings = spans.iter().map(|&span| finding(&text, span)).collect();
    let link = |span: &Span| {
        let raw = span.of(&text);
        Link::new(LinkKind::Bare, *span, raw, raw, None)
    };
    let links: Vec<Link> = spans.iter().map(link).collect();
    let statuses = vec![Status::Offline; links.len()];
    let extract = Extract { links, ..Extract::default() };
    let article = Document::new("docs/articles/2018/a-story.md", Media::Markdown, text);
    let (dating, now) = (Dating::default(), jiff::Timestamp::UNIX_EPOCH);
    Judged::new(Case { article, extract, dating, statuses, local: Local::default(), now }, findings)
}

fn finding(text: &str, span: Span) -> Finding {
    let address = span.of(text);
    let claim = |date: &str, source| {
        let date: PartialDate = date.parse().unwrap_or_else(|_| unreachable!("a date"));
        Claim::new(Event::Published, date, Source::named(source), Confidence::High, address)
    };
    Finding {
        rule: "link-postdates-article".into(),
        level: Level::Error,
        confidence: Confidence::High,
        title: "link to a page of 2025-10-17 in an article of 2018-05-25".to_owned(),
        message: format!("this article was published on May 25, 2018, but it links to {address}."),
        help: "either the link was put in later, or its target was given a new address".to_owned(),
        url: address.parse().ok(),
        span: Some(span),
        because: vec![
            claim("2018-05-25", "front-matter"),
            claim("2025-10-17", "url-path").at(span),
        ],
        suggestion: Some(Suggestion {
            title: "link the page itself".to_owned(),
            span,
            replacement: address.replace("2025", "2018"),
        }),
    }
}

/// Counts what is written and lets it go.
struct Sink(u64);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| format.views.contains(&View::Check)).map(|format| format.name)
}

fn open(format: &Format, folder: &std::path::Path) -> io::Result<Box<dyn Report>> {
    match format.open {
        Open::Stream(open) => {
            let style = Style { color: false, width: 100, links: false };
            Ok(open(View::Check, style, Box::new(io::BufWriter::new(Sink(0)))))
        }
        Open::Place(open) => open(View::Check, &folder.join("report")),
    }
}

fn write(name: &str, findings: usize, judged: &mut Judged) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let format = FORMATS.iter().find(|format| format.name == name);
    let mut report = open(format.ok_or(io::ErrorKind::NotFound)?, folder.path())?;
    let mut summary = Summary::default();
    for number in 0..findings / EACH {
        judged.case.article.input = format!("docs/articles/2018/a-story-{number}.md");
        summary.add(judged);
        report.document(judged)?;
    }
    report.finish(&summary)
}

#[divan::bench(args = formats(), consts = [10_000, 100_000], sample_count = 3)]
fn findings<const N: usize>(bencher: divan::Bencher<'_, '_>, format: &str) {
    let mut judged = judged();
    bencher.counter(ItemsCount::new(N)).bench_local(|| write(format, N, &mut judged));
}
