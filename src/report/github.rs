//! GitHub workflow commands: findings as annotations on the lines of a pull request.
//!
//! GitHub shows at most ten annotations of each level a step; what is beyond stands as plain lines
//! in the log, and what concerns the run as a whole shares the notices with the findings. Foreign text is escaped as `@actions/core` does it, and no line begins with it, so
//! that no article can give commands to the runner (CVE-2020-15228).

use std::fmt::Write as _;
use std::io::{self, Write};

use super::place::Locator;
use super::{Format, Open, Report, Style, Summary, View};
use crate::address::shown::whole;
use crate::model::{Finding, Judged, Level};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "github",
    help: "GitHub workflow commands, which annotate the lines of a pull request",
    views: &[View::Check],
    tells_remarks: true,
    open: Open::Stream(open),
};

/// How many annotations of one level GitHub shows a step.
const LIMIT: usize = 10;
/// The longest message, in characters; GitHub cuts beyond 64 KiB.
const LONGEST: usize = 4_000;

struct GitHub {
    out: Box<dyn Write>,
    /// How many annotations of each level were written: errors, warnings, notes.
    written: [usize; 3],
    beyond: usize,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(GitHub { out, written: [0; 3], beyond: 0 })
}

impl Report for GitHub {
    #[expect(clippy::indexing_slicing, reason = "there is a counter for each of the three levels")]
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        let locator = Locator::new(&judged.case.article);
        for finding in &judged.findings {
            // One notice is kept for what is said at the end.
            let limit = if finding.level == Level::Note { LIMIT - 1 } else { LIMIT };
            let written = &mut self.written[finding.level as usize];
            let line = if *written == limit {
                self.beyond += 1;
                plain(judged, finding, &locator)
            } else {
                *written += 1;
                annotation(judged, finding, &locator)
            };
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    #[expect(clippy::indexing_slicing, reason = "there is a counter for each of the three levels")]
    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let mut remarks = summary.remarks.clone();
        if self.beyond > 0 {
            let shown = format!(
                "GitHub shows {LIMIT} annotations of each level; {} to be read in this step's log \
                 and summary",
                if self.beyond == 1 {
                    "1 more finding is".to_owned()
                } else {
                    format!("{} more findings are", self.beyond)
                }
            );
            remarks.insert(0, shown);
        }
        let mut room = LIMIT - self.written[Level::Note as usize];
        for remark in &remarks {
            let line = if room == 0 {
                unmarked(&format!("note: {}", whole(cut(remark))))
            } else {
                room -= 1;
                command("notice", &[("title", "dateline")], &[cut(remark)])
            };
            writeln!(self.out, "{line}")?;
        }
        self.out.flush()
    }
}

fn annotation(judged: &Judged, finding: &Finding, locator: &Locator<'_>) -> String {
    let name = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let file = judged.case.article.place();
    let title = format!("{}: {}", finding.rule, cut(&finding.title));
    let mut properties = vec![("file", file)];
    if let Some(place) = finding.span.and_then(|span| locator.region(span)) {
        properties.push(("line", place.start.line.to_string()));
        properties.push(("endLine", place.end.line.to_string()));
        // Columns are only taken where both are on one line.
        if place.start.line == place.end.line {
            properties.push(("col", place.start.column.to_string()));
            properties.push(("endColumn", place.end.column.to_string()));
        }
    }
    properties.push(("title", title));
    let properties: Vec<_> =
        properties.iter().map(|(name, value)| (*name, value.as_str())).collect();
    command(name, &properties, &[cut(&finding.message), &format!("help: {}", cut(&finding.help))])
}

/// One line of the log, which begins with our own word.
fn plain(judged: &Judged, finding: &Finding, locator: &Locator<'_>) -> String {
    let at = locator.line(finding.span);
    unmarked(&format!(
        "{}[{}] {}:{}:{}: {}",
        finding.level,
        finding.rule,
        whole(&judged.case.article.name()),
        at.line,
        at.column,
        whole(cut(&finding.message))
    ))
}

/// `::name key=value,…::message`, the message in paragraphs.
fn command(name: &str, properties: &[(&str, &str)], message: &[&str]) -> String {
    let mut line = format!("::{name} ");
    for (number, (key, value)) in properties.iter().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(line, "{comma}{key}={}", escaped_property(&whole(value)));
    }
    line.push_str("::");
    let message: Vec<String> = message.iter().map(|part| escaped(&whole(part))).collect();
    line.push_str(&message.join("%0A%0A"));
    unmarked(&line)
}

/// As `escapeData` of `@actions/core`.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As `escapeProperty` of `@actions/core`.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

/// The runner's older commands, `##[name]`, act wherever they stand in a line.
fn unmarked(line: &str) -> String {
    line.replace("##[", "## [")
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}
