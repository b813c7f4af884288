//! A page for people to look at: one file, no network, readable without its script.
//!
//! On top is the picture of the run, each article against what it links to ([`scatter`]); then the
//! widest gaps ([`gaps`]), what the corpus looks like ([`overview`]), and the findings of each document
//! ([`entry`], [`card`]), the worst first: the two claims against each other ([`sides`], [`strip`]), the
//! marked source ([`excerpt`]) and what to do. The script (`page.js`, `plot.js`) filters, sorts and pages
//! what stands in the file already: it shows a page of findings at a time and holds the others back, so
//! that ten thousand stay fluid.
//!
//! *Architecture invariant:* all text goes through the templates, which escape it, and through
//! [`shown::whole`](crate::address::shown::whole), which shows what hides; nothing foreign becomes a script,
//! a style or an address other than of the web. The policy allows the one style and the one script
//! by their digests and nothing else.

mod axis;
mod card;
mod entry;
mod excerpt;
mod gaps;
mod overview;
mod scatter;
mod sides;
mod strip;
mod timeline;

use std::cmp::Reverse;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::LazyLock;

use askama::Template;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::{Format, Open, Report, Style, Summary, View};
use crate::model::{Confidence, Judged, Level};
use crate::report::words::count;
use card::Group;
use entry::{Clean, Entry};
use gaps::Gaps;
use overview::{Figures, Overview};
use scatter::Points;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "html",
    help: "a page to look at: timelines, findings, filters; one file that needs no network",
    views: &[View::Check],
    tells_remarks: true,
    open: Open::Stream(open),
};

/// The style and the script, as they are written into a page.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    lean(concat!(
        include_str!("page.css"),
        include_str!("picture.css"),
        include_str!("finding.css"),
        include_str!("print.css")
    ))
});
static SCRIPT: LazyLock<String> =
    LazyLock::new(|| lean(concat!(include_str!("page.js"), include_str!("plot.js"))));

/// How many findings the script shows at a time. A browser that runs it is spared the elements of
/// all documents after these: `noscript` makes text of them, and markup where there are no scripts.
const PAGE: usize = 25;
/// How much of the page is held in memory before it goes to a temporary file.
const HELD: usize = 8 << 20;
/// How long the documents' parts may be together, in bytes: what a browser still opens. The least
/// severe are left out.
const LONGEST: u64 = 96 << 20;
/// How long what is kept back may be: beyond it documents that have only notes are left out at once.
const KEPT: u64 = 4 * LONGEST;
/// How many documents without a finding are named.
const MOST_CLEAN: usize = 2_000;

struct Html {
    out: Box<dyn Write>,
    /// The documents' parts, in the order in which they came: they stand below figures that are
    /// known only at the end, the worst first.
    body: SpooledTempFile,
    parts: Vec<Part>,
    /// How many bytes are kept back, and how many documents and findings are not.
    kept: u64,
    left_out: (usize, usize),
    /// The lines of documents without a finding.
    clean: String,
    cleans: usize,
    figures: Figures,
    points: Points,
    gaps: Gaps,
}

/// Where a document's part is kept, and what it is worth.
#[derive(Clone, Copy)]
struct Part {
    rank: Option<(Level, Confidence)>,
    /// The widest gap that nothing excuses, in seconds.
    widest: i64,
    start: u64,
    length: u64,
    findings: usize,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Html::new(out))
}

impl Report for Html {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let (documents, findings) = (self.figures.documents(), self.figures.findings());
        self.figures.add(judged);
        self.plot_fitting(judged);
        if judged.findings.is_empty() && judged.suppressed.is_empty() {
            self.cleans += 1;
            if self.cleans <= MOST_CLEAN {
                self.clean += &Clean::new(judged, documents).render().map_err(io::Error::other)?;
                self.clean.push('\n');
            }
            return Ok(());
        }
        let (entry, gaps) = Entry::new(judged, documents, findings);
        for gap in &gaps {
            self.points.late(gap);
        }
        let certain = gaps.iter().filter(|gap| gap.level > Level::Note);
        let widest = certain.map(|gap| gap.seconds).max().unwrap_or(0);
        self.gaps.add(gaps);
        let rank = Group::rank(judged);
        if self.kept > KEPT && rank.is_none_or(|(level, _)| level == Level::Note) {
            self.leave_out(judged.findings.len());
            return Ok(());
        }
        let part = entry.render().map_err(io::Error::other)?;
        self.body.write_all(part.as_bytes())?;
        let length = part.len() as u64;
        let findings = judged.findings.len();
        self.parts.push(Part { rank, widest, start: self.kept, length, findings });
        self.kept += length;
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let shown = self.shown();
        let gaps = self.gaps.widest();
        let head = Head {
            style: &STYLE,
            style_digest: digest(&STYLE),
            script_digest: digest(&SCRIPT),
            plot: self
                .figures
                .judged_at()
                .and_then(|now| self.points.plot(gaps.leading.first(), now)),
            has_sides: !gaps.leading.is_empty(),
            gaps,
            left_out: self.told_left_out(),
            overview: self.figures.overview(summary),
        };
        head.write_into(&mut self.out)?;
        self.out.write_all(b"\n")?;
        self.write_parts(&shown)?;
        self.write_clean()?;
        let foot = Foot { script: &SCRIPT, rules: self.figures.rules() };
        foot.write_into(&mut self.out)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

impl Html {
    #[expect(clippy::disallowed_methods, reason = "a report is written where it is asked for")]
    fn new(out: Box<dyn Write>) -> Self {
        Self {
            out,
            body: tempfile::spooled_tempfile(HELD),
            parts: Vec::new(),
            kept: 0,
            left_out: (0, 0),
            clean: String::new(),
            cleans: 0,
            figures: Figures::default(),
            points: Points::default(),
            gaps: Gaps::default(),
        }
    }

    /// The links of a dated article that are not newer than it, as far as they are dated.
    fn plot_fitting(&mut self, judged: &Judged) {
        let case = &judged.case;
        let Some(published) = &case.dating.published else { return };
        let day = published.date.first_day();
        let days = case.links().filter_map(|checked| sides::day_of_target(&checked, case));
        for target in days.filter(|target| *target <= day) {
            self.points.fitting(day, target);
        }
    }

    fn leave_out(&mut self, findings: usize) {
        self.left_out.0 += 1;
        self.left_out.1 += findings;
    }

    /// The parts in the order of the page, as many as it holds.
    fn shown(&mut self) -> Vec<Part> {
        let mut parts = std::mem::take(&mut self.parts);
        parts.sort_by_key(|part| Reverse((part.rank, part.widest)));
        let mut length = 0;
        let (shown, rest): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(|part| {
            length += part.length;
            length <= LONGEST
        });
        for part in rest {
            self.leave_out(part.findings);
        }
        shown
    }

    /// What the page leaves out, and where it is.
    fn told_left_out(&self) -> Option<String> {
        let (documents, findings) = self.left_out;
        (documents > 0).then(|| {
            format!(
                "This page leaves out {} of {}, the least severe, for it would be too long to be \
                 opened. The figures above count them. --format jsonl, sqlite or parquet holds all.",
                count(findings, "finding"),
                count(documents, "document")
            )
        })
    }

    fn write_parts(&mut self, parts: &[Part]) -> io::Result<()> {
        let mut written = 0;
        for (number, part) in parts.iter().enumerate() {
            let later = number.max(written) >= PAGE;
            self.out.write_all(if later { b"<noscript>" } else { b"" })?;
            self.body.seek(SeekFrom::Start(part.start))?;
            io::copy(&mut (&mut self.body).take(part.length), &mut self.out)?;
            self.out.write_all(if later { b"</noscript>\n" } else { b"\n" })?;
            written += part.findings;
        }
        Ok(())
    }

    fn write_clean(&mut self) -> io::Result<()> {
        if self.cleans == 0 {
            return Ok(());
        }
        let number = count(self.cleans, "document");
        let open = format!(
            "</div>\n<details id=\"clean\"><summary>{number} without a finding</summary>\n<ul>\n"
        );
        self.out.write_all(open.as_bytes())?;
        self.out.write_all(self.clean.as_bytes())?;
        if let Some(more @ 1..) = self.cleans.checked_sub(MOST_CLEAN) {
            let more = count(more, "more document");
            self.out.write_all(format!("<li class=\"quiet\">and {more}</li>\n").as_bytes())?;
        }
        self.out.write_all(b"</ul>\n</details>\n<div>")
    }
}

/// A source without what is for its authors: each page carries it. No line of these sources goes on
/// with a text of the line before.
fn lean(source: &str) -> String {
    let is_comment =
        |line: &&str| line.starts_with("//") || line.starts_with("/*") && line.ends_with("*/");
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What a policy names an inline style or script by.
fn digest(text: &str) -> String {
    BASE64.encode(&Sha256::digest(text))
}

/// The page down to its first document.
#[derive(Template)]
#[template(path = "head.html")]
struct Head {
    style: &'static str,
    style_digest: String,
    script_digest: String,
    overview: Overview,
    plot: Option<scatter::Plot>,
    gaps: gaps::Widest,
    has_sides: bool,
    left_out: Option<String>,
}

/// What comes after the last document.
#[derive(Template)]
#[template(path = "foot.html")]
struct Foot {
    script: &'static str,
    rules: Vec<overview::RuleNote>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::{hostile, written};

    #[test]
    fn the_policy_names_the_style_and_the_script_that_stand_in_the_page() {
        let page = written(&FORMAT, &[], &[]);
        for (element, source) in [("style", "style-src"), ("script", "script-src")] {
            let (_, rest) = page.split_once(&format!("<{element}>")).expect("the element");
            let (text, _) = rest.split_once(&format!("</{element}>")).expect("its end");
            assert!(page.contains(&format!("{source} 'sha256-{}'", digest(text))), "{element}");
        }
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn nothing_that_a_hostile_article_says_becomes_markup() {
        let page = written(&FORMAT, &hostile(), &["</script><script>alert(1)</script>"]);
        assert_eq!(page.matches("<script").count(), 1);
        assert_eq!(page.matches("</script").count(), 1);
        for forbidden in ["<img", "onerror=alert(1)>", "href=\"javascript:", "hunter2", "<x/>"] {
            assert!(!page.contains(forbidden), "the page holds {forbidden}");
        }
        let hides = |c: &char| crate::address::shown::is_unsafe(*c) && *c != '\n';
        assert_eq!(page.chars().find(hides), None);
    }

    #[test]
    fn the_page_asks_for_nothing_from_elsewhere() {
        let page = written(&FORMAT, &hostile(), &[]);
        for asking in ["<img", "<link", "@import", "url(", "<iframe", "<object"] {
            assert!(!page.contains(asking), "the page holds {asking}");
        }
    }

    #[test]
    fn what_is_too_long_is_left_out_from_the_least_severe_on_and_said() {
        let mut html = Html::new(Box::new(Vec::new()));
        assert_eq!(html.told_left_out(), None);
        let part = |level, findings| Part {
            rank: Some((level, Confidence::High)),
            widest: 0,
            start: 0,
            length: LONGEST / 2,
            findings,
        };
        html.parts = vec![part(Level::Note, 1_200), part(Level::Error, 3), part(Level::Warning, 2)];
        let shown: Vec<_> = html.shown().iter().map(|part| part.findings).collect();
        assert_eq!(shown, [3, 2]);
        let told = html.told_left_out().expect("it is said");
        assert!(told.starts_with("This page leaves out 1,200 findings of 1 document"), "{told}");
    }

    #[test]
    fn the_worst_and_surest_come_first() {
        let mut documents = hostile();
        documents[0].findings.retain(|finding| finding.level == Level::Note);
        documents[1].findings.retain(|finding| finding.level == Level::Error);
        let page = written(&FORMAT, &documents, &[]);
        let at = |id: &str| {
            page.find(&format!("<section class=\"document\" id=\"{id}\"")).expect("a part")
        };
        assert!(at("d2") < at("d1"));
        assert!(page.find("<li id=\"d3\"").is_some_and(|clean| clean > at("d1")), "one line");
    }

    #[test]
    fn a_page_without_documents_is_whole() {
        let page = written(&FORMAT, &[], &[]);
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    }

    #[test]
    fn the_same_documents_give_the_same_page() {
        assert_eq!(written(&FORMAT, &hostile(), &[]), written(&FORMAT, &hostile(), &[]));
    }
}
