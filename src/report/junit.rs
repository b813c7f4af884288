//! `JUnit` XML (the schema of Apache Ant), for every service that shows test results: a suite a
//! document, a case a finding.
//!
//! It is written suite by suite with `quick-xml`, and not with `quick-junit`: that keeps all suites
//! until the end, so that memory would grow with the input, and what it writes is not valid by the
//! schema, which has no place for totals on `testsuites` and demands `id`, `package`, `hostname`,
//! `properties` and outputs of every suite.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::place::Locator;
use super::{Format, Open, Report, Style, Summary, View};
use crate::address::shown::whole;
use crate::model::{Finding, Judged, Level};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "junit",
    help: "JUnit XML, for services that show test results",
    views: &[View::Check],
    tells_remarks: false,
    open: Open::Stream(open),
};

struct JUnit {
    xml: Writer<Box<dyn Write>>,
    suites: usize,
    begun: bool,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(JUnit { xml: Writer::new_with_indent(out, b' ', 2), suites: 0, begun: false })
}

impl JUnit {
    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.xml.write_event(Event::Start(BytesStart::new("testsuites")))
    }

    fn suite(&mut self, judged: &Judged) -> io::Result<()> {
        let failures = judged.findings.iter().filter(|finding| fails(finding)).count();
        let notes = judged.findings.len() - failures;
        let name = whole(&judged.case.article.name());
        let suite = BytesStart::new("testsuite").with_attributes([
            ("name", if name.trim().is_empty() { "-" } else { name.as_str() }),
            ("package", "dateline"),
            ("id", &self.suites.to_string()),
            ("timestamp", &judged.case.now.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
            ("hostname", "localhost"),
            ("tests", &judged.findings.len().max(1).to_string()),
            ("failures", &failures.to_string()),
            ("errors", "0"),
            ("skipped", &notes.to_string()),
            ("time", "0"),
        ]);
        self.suites += 1;
        self.xml.write_event(Event::Start(suite))?;
        self.xml.write_event(Event::Empty(BytesStart::new("properties")))?;
        self.cases(judged, &name)?;
        self.xml.write_event(Event::Empty(BytesStart::new("system-out")))?;
        self.xml.write_event(Event::Empty(BytesStart::new("system-err")))?;
        self.xml.write_event(Event::End(BytesEnd::new("testsuite")))
    }

    fn cases(&mut self, judged: &Judged, name: &str) -> io::Result<()> {
        if judged.findings.is_empty() {
            return self.xml.write_event(Event::Empty(case("everything fits", name)));
        }
        let locator = Locator::new(&judged.case.article);
        for finding in &judged.findings {
            self.case(finding, &locator, name)?;
        }
        Ok(())
    }

    fn case(&mut self, finding: &Finding, locator: &Locator<'_>, name: &str) -> io::Result<()> {
        let at = locator.line(finding.span);
        let title = format!("{} {}:{}", finding.rule, at.line, at.column);
        self.xml.write_event(Event::Start(case(&title, name)))?;
        let message = whole(&finding.title);
        let element = if fails(finding) { "failure" } else { "skipped" };
        let mut result = BytesStart::new(element).with_attributes([("message", message.as_str())]);
        if fails(finding) {
            result.push_attribute(("type", finding.rule.as_str()));
        }
        let message = whole(&format!("{name}:{}:{}: {}", at.line, at.column, finding.message));
        // Our own line end parts them; those of an article are shown as signs.
        let text = format!("{message}\nhelp: {}", whole(&finding.help));
        self.xml.write_event(Event::Start(result))?;
        self.xml.write_event(Event::Text(BytesText::new(&text)))?;
        self.xml.write_event(Event::End(BytesEnd::new(element)))?;
        self.xml.write_event(Event::End(BytesEnd::new("testcase")))
    }
}

/// Notes fail nobody's build: they are shown as skipped.
fn fails(finding: &Finding) -> bool {
    finding.level > Level::Note
}

fn case<'a>(name: &'a str, class: &'a str) -> BytesStart<'a> {
    BytesStart::new("testcase").with_attributes([
        ("name", name),
        ("classname", class),
        ("time", "0"),
    ])
}

impl Report for JUnit {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.begin()?;
        self.suite(judged)
    }

    fn finish(&mut self, _summary: &Summary) -> io::Result<()> {
        self.begin()?;
        self.xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
        self.xml.get_mut().write_all(b"\n")?;
        self.xml.get_mut().flush()
    }
}
