//! SARIF 2.1.0 (OASIS), for code scanning: rules with their help, findings with the claims that
//! convict them, repairs, suppressions, and fingerprints that survive line moves.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use url::Url;

use super::place::{Locator, Region, uri};
use super::{Format, Open, Report, Style, Summary, View, safe_json, words};
use crate::address::secret;
use crate::address::shown::whole;
use crate::model::{
    Claim, Confidence, Finding, Judged, Level, Rule, Suggestion, Suppressed, SuppressedBy,
};
use crate::rules;
use crate::suppress::fingerprint;
use crate::text::were;

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "sarif",
    help: "SARIF 2.1.0, for code scanning",
    views: &[View::Check],
    tells_remarks: true,
    open: Open::Stream(open),
};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where the program and its documentation are.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");
/// What relative addresses start from.
const ROOT: &str = "%SRCROOT%";

/// GitHub refuses a run with more results; how many were left out for that is told in the file.
const MOST_RESULTS: usize = 25_000;
/// The longest message and the most claims of one result; GitHub takes 1,000 locations.
const LONGEST: usize = 8_000;
const MOST_CLAIMS: usize = 100;
/// The most claims that the message itself names.
const MOST_NAMED: usize = 10;

struct Sarif {
    out: Box<dyn Write>,
    begun: bool,
    results: usize,
    left_out: usize,
}

fn open(_view: View, _style: Style, out: Box<dyn Write>) -> Box<dyn Report> {
    Box::new(Sarif { out, begun: false, results: 0, left_out: 0 })
}

impl Sarif {
    /// Everything before the first result.
    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        write!(self.out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":")?;
        let rules: Vec<Value> = rules::RULES.iter().map(descriptor).collect();
        let driver = json!({
            "name": "dateline",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": REPOSITORY,
            "rules": rules,
        });
        safe_json::write(&mut self.out, &json!({ "driver": driver }))?;
        // Where the root stands is the reader's to know: the same sources give the same report.
        let root =
            "the root of the repository; without one, the folder of dateline.toml or of the run";
        let bases = json!({ ROOT: { "description": { "text": root } } });
        self.out.write_all(b",\"originalUriBaseIds\":")?;
        safe_json::write(&mut self.out, &bases)?;
        self.out.write_all(b",\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }
}

impl Report for Sarif {
    fn document(&mut self, judged: &Judged) -> io::Result<()> {
        self.begin()?;
        let results = results(judged, MOST_RESULTS - self.results);
        self.left_out += judged.findings.len() + judged.suppressed.len() - results.len();
        for result in results {
            self.out.write_all(if self.results == 0 { b"\n" } else { b",\n" })?;
            self.results += 1;
            safe_json::write(&mut self.out, &result)?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        self.begin()?;
        let note =
            |level: &str, said: &str| json!({ "level": level, "message": { "text": text(said) } });
        let mut notifications: Vec<Value> =
            summary.remarks.iter().map(|remark| note("note", remark)).collect();
        if self.left_out > 0 {
            let said = format!(
                "{} left out: GitHub takes {MOST_RESULTS} of one run; the other formats hold all",
                were(self.left_out, "more result")
            );
            notifications.push(note("warning", &said));
        }
        let invocation = json!({
            "executionSuccessful": summary.unreadable == 0,
            "toolExecutionNotifications": notifications,
        });
        self.out.write_all(b"\n],\"invocations\":[")?;
        safe_json::write(&mut self.out, &invocation)?;
        self.out.write_all(b"]}]}\n")?;
        self.out.flush()
    }
}

/// A rule for the tool's list.
fn descriptor(rule: &Rule) -> Value {
    let docs = rule.markdown();
    json!({
        "id": rule.id,
        "name": pascal_case(rule.id),
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": first_sentence(&docs).unwrap_or_else(|| rule.summary.to_owned()) },
        "helpUri": format!("{REPOSITORY}/blob/main/docs/rules.md#{}", rule.id),
        "help": { "text": docs, "markdown": docs },
        "defaultConfiguration": { "level": rule.level.as_str() },
        "properties": { "precision": "very-high", "tags": ["links"] },
    })
}

/// `dead-link` as viewers show it: `DeadLink`.
fn pascal_case(id: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    id.split('-').map(part).collect()
}

/// What stands first below the first heading, up to where its first sentence ends.
fn first_sentence(docs: &str) -> Option<String> {
    let first = docs.split("\n\n").find(|part| !part.starts_with('#'))?;
    let words = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = words.find(". ").map_or(words.len(), |end| end + 1);
    words.get(..end).map(str::to_owned)
}

/// The findings of one document, those that are suppressed among them, in the order of places, as
/// far as there is room.
fn results(judged: &Judged, room: usize) -> Vec<Value> {
    let counted = judged.findings.iter().map(|finding| (finding, None));
    let known = judged.suppressed.iter().map(|known| (&known.finding, Some(known)));
    let mut all: Vec<_> = counted.chain(known).collect();
    all.sort_by_key(|(finding, _)| finding.span);
    let prints = fingerprint::numbered(all.iter().map(|(finding, _)| *finding), &judged.case);
    let page = Page { judged, locator: Locator::new(&judged.case.article) };
    all.iter()
        .zip(prints)
        .take(room)
        .map(|((finding, known), print)| page.result(finding, *known, &print))
        .collect()
}

struct Page<'a> {
    judged: &'a Judged,
    locator: Locator<'a>,
}

impl Page<'_> {
    fn result(
        &self,
        finding: &Finding,
        known: Option<&Suppressed>,
        (print, number): &(String, usize),
    ) -> Value {
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.level),
            "message": { "text": self.message(finding) },
            "locations": [self.location(finding)],
            "partialFingerprints": {
                "dateline/v1": format!("{print}:{number}"),
                // The one name that GitHub looks at.
                "primaryLocationLineHash": format!("{print}:{number}"),
            },
            "rank": rank(finding.confidence),
        });
        let mut put = |key: &str, value: Option<Value>| {
            if let (Value::Object(result), Some(value)) = (&mut result, value) {
                result.insert(key.to_owned(), value);
            }
        };
        put("ruleIndex", rule_index(&finding.rule));
        put("relatedLocations", self.claims(&finding.because));
        put("fixes", finding.suggestion.as_ref().and_then(|suggestion| self.fix(suggestion)));
        put("suppressions", known.map(suppression));
        put("properties", finding.url.as_ref().map(|url| json!({ "url": whole(url.as_str()) })));
        result
    }

    /// What is wrong, what to do, and who says so: a claim that stands in the article is a link to
    /// its place there, by the number of its location.
    fn message(&self, finding: &Finding) -> String {
        let said = |(number, claim): (usize, &Claim)| {
            let said = text(&words::said(claim));
            match self.place_of(claim) {
                Some(_) => format!("[{}]({number})", said.replace('[', "\\[").replace(']', "\\]")),
                None => said,
            }
        };
        let claims: Vec<String> =
            finding.because.iter().take(MOST_NAMED).enumerate().map(said).collect();
        let mut message = format!("{}\n\nHelp: {}", text(&finding.message), text(&finding.help));
        if !claims.is_empty() {
            message += &format!("\n\nEvidence: {}", claims.join("; "));
        }
        message
    }

    fn place_of(&self, claim: &Claim) -> Option<Region> {
        claim.span.and_then(|span| self.locator.region(span))
    }

    /// The document, and the row in it where it holds many.
    fn location(&self, finding: &Finding) -> Value {
        let mut location = Map::new();
        let region = finding.span.and_then(|span| self.locator.region(span));
        location.insert("physicalLocation".to_owned(), self.physical(region));
        if let Some(id) = &self.judged.case.article.id {
            let logical = json!([{ "name": whole(id), "kind": "element" }]);
            location.insert("logicalLocations".to_owned(), logical);
        }
        Value::Object(location)
    }

    fn physical(&self, place: Option<Region>) -> Value {
        let artifact = self.artifact();
        match place {
            Some(place) => json!({ "artifactLocation": artifact, "region": region(place) }),
            None => json!({ "artifactLocation": artifact }),
        }
    }

    /// The file, from the root of the sources where it stands below it.
    fn artifact(&self) -> Value {
        let uri = uri(&self.judged.case.article.place());
        if Url::parse(&uri).is_ok() {
            return json!({ "uri": uri });
        }
        json!({ "uri": uri, "uriBaseId": ROOT })
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a member of a JSON object that is not there is put in"
    )]
    fn claims(&self, claims: &[Claim]) -> Option<Value> {
        let related: Vec<Value> = claims
            .iter()
            .take(MOST_CLAIMS)
            .enumerate()
            .map(|(number, claim)| {
                let said = words::quoted(claim);
                let mut location = json!({ "id": number, "message": { "text": text(&said) } });
                if let Some(place) = self.place_of(claim) {
                    location["physicalLocation"] = self.physical(Some(place));
                }
                location
            })
            .collect();
        (!related.is_empty()).then_some(Value::Array(related))
    }

    /// The repair, unless it would print a secret that stands in the address.
    fn fix(&self, suggestion: &Suggestion) -> Option<Value> {
        let place = self.locator.region(suggestion.span)?;
        if !secret::ranges(&suggestion.replacement).is_empty() {
            return None;
        }
        Some(json!([{
            "description": { "text": text(&suggestion.title) },
            "artifactChanges": [{
                "artifactLocation": self.artifact(),
                "replacements": [{
                    "deletedRegion": region(place),
                    "insertedContent": { "text": suggestion.replacement },
                }],
            }],
        }]))
    }
}

fn region(place: Region) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    })
}

fn suppression(known: &Suppressed) -> Value {
    let kind = match known.by {
        SuppressedBy::Comment => "inSource",
        SuppressedBy::Baseline | SuppressedBy::Configuration => "external",
    };
    match &known.reason {
        Some(reason) => json!([{ "kind": kind, "justification": text(reason) }]),
        None => json!([{ "kind": kind }]),
    }
}

fn rule_index(id: &str) -> Option<Value> {
    rules::RULES.iter().position(|rule| rule.id == id).map(|index| json!(index))
}

const fn level(level: Level) -> &'static str {
    level.as_str()
}

/// How sure a finding is, from 0 to 100.
const fn rank(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::Low => 25.0,
        Confidence::Medium => 60.0,
        Confidence::High => 95.0,
    }
}

/// Foreign text as a message: `[words](target)` in a message would be a link.
fn text(words: &str) -> String {
    let words = whole(words).replace("](", "] (");
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or_default()),
        None => words,
    }
}
