//! A page for people to look at: one file, no network, readable without its script.
//!
//! On top is what the run comes to; then every document with a timeline of who claims what, and
//! its findings with their claims, the marked source, and what to do. The script filters, sorts and
//! pages what stands in the file already: it shows fifty findings at a time and holds the others
//! back, so that ten thousand stay fluid.
//!
//! *Architecture invariant:* all text goes through the templates, which escape it, and through
//! [`shown::whole`](super::shown::whole), which shows what hides; nothing foreign becomes a script,
//! a style or an address other than of the web. The policy allows the one style and the one script
//! by their digests and nothing else.

mod entry;
mod excerpt;
mod overview;
mod scale;
mod timeline;

use std::io::{self, Seek, Write};

use askama::Template;
use data_encoding::BASE64;
use sha2::{Digest, Sha256};
use tempfile::SpooledTempFile;

use super::{Format, Open, Report, Style, Summary, View};
use crate::model::Judged;
use entry::Entry;
use overview::{Figures, Overview};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "html",
    help: "a page to look at: timelines, findings, filters; one file that needs no network",
    views: &[View::Check],
    tells_remarks: true,
    open: Open::Stream(open),
};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How many findings the script shows at a time. A browser that runs it is spared the elements of
/// all documents after these: `noscript` makes text of them, and markup where there are no scripts.
const PAGE: usize = 50;
/// How much of the page is held in memory before it goes to a temporary file.
const HELD: usize = 8 << 20;

struct Html {
    out: Box<dyn Write>,
    /// The documents' parts, which stand below figures that are known only at the end.
    body: SpooledTempFile,
    figures: Figures,
}

#[expect(clippy::disallowed_methods, reason = "a report is written where it is asked for")]
fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Html { out, body: tempfile::spooled_tempfile(HELD), figures: Figures::default() })
}

impl Report for Html {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let (documents, findings) = (self.figures.documents(), self.figures.findings());
        let entry = Entry::new(judged, documents, findings);
        self.figures.add(judged);
        let later = documents.max(findings) >= PAGE;
        self.body.write_all(if later { b"<noscript>" } else { b"" })?;
        entry.write_into(&mut self.body)?;
        self.body.write_all(if later { b"</noscript>\n" } else { b"\n" })
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let head = Head {
            style: STYLE,
            style_digest: digest(STYLE),
            script_digest: digest(SCRIPT),
            overview: self.figures.overview(summary),
        };
        head.write_into(&mut self.out)?;
        self.out.write_all(b"\n")?;
        self.body.rewind()?;
        io::copy(&mut self.body, &mut self.out)?;
        let foot = Foot { script: SCRIPT, rules: self.figures.rules() };
        foot.write_into(&mut self.out)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
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
        let hides = |c: &char| crate::report::shown::is_unsafe(*c) && *c != '\n';
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
    fn a_page_without_documents_is_whole() {
        let page = written(&FORMAT, &[], &[]);
        assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    }

    #[test]
    fn the_same_documents_give_the_same_page() {
        assert_eq!(written(&FORMAT, &hostile(), &[]), written(&FORMAT, &hostile(), &[]));
    }
}
