//! GitLab Code Quality: the documented subset of Code Climate's issues, as one JSON array.

use std::io::{self, Write};

use serde_json::json;

use super::place::Locator;
use super::{Format, Open, Report, Style, Summary, View, safe_json};
use crate::address::shown::whole;
use crate::model::{Judged, Level};
use crate::suppress::fingerprint;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "gitlab",
    help: "GitLab Code Quality, for the widget of a merge request",
    views: &[View::Check],
    tells_remarks: false,
    open: Open::Stream(open),
};

struct GitLab {
    out: Box<dyn Write>,
    issues: usize,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(GitLab { out, issues: 0 })
}

impl Report for GitLab {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let article = &judged.case.article;
        let locator = Locator::new(article);
        let place = match &article.id {
            Some(id) => format!("{}#{id}", article.place()),
            None => article.place(),
        };
        let prints = fingerprint::numbered(&judged.findings, &judged.case);
        for (finding, (print, number)) in judged.findings.iter().zip(prints) {
            // GitLab wants each fingerprint once, and compares the runs by it.
            let print = fingerprint::digest(&[&place, &print, &number.to_string()]);
            let issue = json!({
                "description": whole(&format!("{}: {}", finding.title, finding.message)),
                "check_name": finding.rule,
                "fingerprint": print,
                "severity": severity(finding.level),
                "location": {
                    "path": whole(&article.place()),
                    "lines": { "begin": locator.line(finding.span).line },
                },
            });
            self.out.write_all(if self.issues == 0 { b"[\n" } else { b",\n" })?;
            self.issues += 1;
            safe_json::write(&mut self.out, &issue)?;
        }
        Ok(())
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.out.write_all(if self.issues == 0 { b"[]\n" } else { b"\n]\n" })?;
        self.out.flush()
    }
}

const fn severity(level: Level) -> &'static str {
    match level {
        Level::Note => "info",
        Level::Warning => "minor",
        Level::Error => "major",
    }
}
