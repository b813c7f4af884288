//! What holds for every format: hostile findings stay data, and what a format promises to be, it
//! is.

use std::io::{self, Write};

use super::samples::{fetched, hostile, judged, written};
use super::{FORMATS, Format, Open, Style, Summary, View, by_name};
use crate::address::shown::is_unsafe;
use crate::model::Judged;

fn check_formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.views.contains(&View::Check))
}

fn format(name: &str) -> &'static Format {
    by_name(name).expect("the format is registered")
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn formats_have_names_and_help_of_their_own() {
    let mut names = std::collections::HashSet::new();
    for format in FORMATS {
        assert!(names.insert(format.name), "{} is there twice", format.name);
        assert!(!format.help.is_empty() && !format.views.is_empty());
    }
}

#[test]
fn nothing_that_acts_or_is_secret_leaves_by_any_format() {
    for format in check_formats() {
        let report = written(format, &hostile(), &["a remark with \u{202e} in it"]);
        let acting = report.chars().find(|&c| is_unsafe(c) && c != '\n');
        assert_eq!(acting, None, "{} lets {acting:?} through", format.name);
        for secret in ["hunter2", "0123456789abcdef0"] {
            assert!(!report.contains(secret), "{} shows {secret}:\n{report}", format.name);
        }
        for line in report.lines() {
            let commands = format.name == "github";
            assert!(!line.trim_start().starts_with("::") || commands, "{}: {line}", format.name);
            assert!(!line.contains("##[") || format.name != "github", "{line}");
        }
    }
}

#[test]
fn a_format_tells_remarks_or_says_that_it_does_not() {
    let documents = [judged("a.md", "https://e.example/a", "https://e.example/a")];
    for format in check_formats() {
        let told = written(format, &documents, &["what was not seen"]).contains("was not seen");
        assert_eq!(told, format.tells_remarks, "{}", format.name);
    }
}

#[test]
fn hostile_findings_look_the_same_every_time() {
    for format in check_formats() {
        let report = written(format, &hostile(), &["a remark"]);
        assert_eq!(report, written(format, &hostile(), &["a remark"]));
        let shown = if format.name == "sarif" {
            // The rules are the registry's, and grow.
            let mut value = json(&report);
            value["runs"][0]["tool"]["driver"]["rules"] = "…".into();
            for result in value["runs"][0]["results"].as_array_mut().into_iter().flatten() {
                result["ruleIndex"] = "…".into();
            }
            serde_json::to_string_pretty(&value).expect("JSON")
        } else {
            report
        };
        insta::assert_snapshot!(format.name, shown);
    }
}

#[test]
fn what_was_fetched_looks_the_same_every_time() {
    for name in ["html", "jsonl", "prov", "sqlite"] {
        insta::assert_snapshot!(format!("{name}-fetched"), written(format(name), &fetched(), &[]));
    }
}

#[test]
fn every_format_tells_a_reader_that_went_away_from_other_failures() {
    /// Takes so many bytes, and no more.
    struct Leaving(usize);
    impl Write for Leaving {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            if taken == 0 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(taken) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let documents = hostile();
    let style = Style { color: false, width: 100, links: false };
    for format in check_formats() {
        let Open::Stream(open) = format.open else { continue };
        let whole = written(format, &documents, &[]).len();
        for taken in (0..8).map(|part| whole * part / 8) {
            let mut report = open(View::Check, style, Box::new(Leaving(taken)));
            let ended = documents.iter().try_for_each(|judged| report.document(judged));
            let ended = ended.and_then(|()| report.finish(&Summary::default()));
            let told = ended.expect_err(format.name).kind();
            assert_eq!(told, io::ErrorKind::BrokenPipe, "{} after {taken} bytes", format.name);
        }
    }
}

#[test]
fn a_report_of_nothing_is_whole() {
    for format in check_formats() {
        let report = written(format, &[], &[]);
        match format.name {
            "sarif" => assert_eq!(json(&report)["runs"][0]["results"], serde_json::json!([])),
            "gitlab" => assert_eq!(json(&report), serde_json::json!([])),
            "json" => assert_eq!(json(&report)["documents"], serde_json::json!([])),
            "prov" => assert_eq!(json(&report)["bundle"], serde_json::json!({})),
            "junit" => assert!(roxmltree::Document::parse(&report).is_ok()),
            _ => {}
        }
    }
}

#[test]
fn sarif_is_valid() {
    let schema = json(include_str!("../../fixtures/schemas/sarif-schema-2.1.0.json"));
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for documents in [hostile(), Vec::new()] {
        let report = json(&written(format("sarif"), &documents, &["a remark"]));
        let errors: Vec<String> =
            validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn sarif_carries_claims_repairs_and_suppressions() {
    let report = json(&written(format("sarif"), &hostile(), &[]));
    let results = report["runs"][0]["results"].as_array().expect("results").clone();
    assert_eq!(results.len(), 10);
    let first = &results[1];
    assert_eq!(first["relatedLocations"].as_array().expect("claims").len(), 2);
    assert!(first["fixes"].is_null(), "a repair that holds a password is left out");
    let fixed = results.iter().filter(|result| !result["fixes"].is_null()).count();
    assert_eq!(fixed, 3, "a row of a file has no place that could be repaired");
    let known = results.iter().filter(|result| !result["suppressions"].is_null()).count();
    assert_eq!(known, 2);
}

/// What code scanning shows of a rule and of a result.
#[test]
fn sarif_says_what_a_rule_is_and_links_to_its_evidence() {
    let report = json(&written(format("sarif"), &hostile(), &[]));
    let run = &report["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["informationUri"].as_str().is_some_and(|uri| uri.starts_with("https://")));
    for rule in driver["rules"].as_array().expect("rules") {
        let full = rule["fullDescription"]["text"].as_str().expect("a text");
        assert!(full.ends_with('.') && full.len() > 30 && !full.starts_with('#'), "{full}");
        assert!(!full.trim_end_matches('.').contains(". "), "more than a sentence: {full}");
        let (id, help) = (rule["id"].as_str(), rule["helpUri"].as_str());
        assert!(help.is_some_and(|uri| uri.ends_with(&format!("#{}", id.expect("an id")))));
        let name = rule["name"].as_str().expect("a name");
        assert!(name.starts_with(char::is_uppercase) && !name.contains('-'), "{name}");
    }
    assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
    let mut links = 0;
    for result in run["results"].as_array().expect("results") {
        let message = result["message"]["text"].as_str().expect("a text");
        assert!(message.contains("\n\nHelp: "), "{message}");
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let is_relative = !place["uri"].as_str().is_some_and(|uri| uri.contains("://"));
        assert_eq!(place["uriBaseId"] == "%SRCROOT%", is_relative, "{place}");
        for (at, _) in message.match_indices("](") {
            let number = message[at + 2..].split(')').next().expect("a number");
            let number: u64 = number.parse().expect("only our own links are links");
            let related = result["relatedLocations"].as_array().expect("related locations");
            let meant = related.iter().find(|it| it["id"] == number).expect("it is there");
            assert!(meant["physicalLocation"].is_object(), "{meant}");
            links += 1;
        }
    }
    assert!(links > 0);
}

#[test]
fn what_is_wrong_and_what_to_do_are_told_apart() {
    let one = [judged("a.md", "https://a.example/x", "https://a.example/x")];
    for (name, parted) in [
        ("github", "is gone.%0A%0Ahelp: take it out"),
        ("junit", "is gone.\nhelp: take it out"),
        ("markdown", "is gone.<br>*help*: take it out"),
        ("sarif", "is gone.\\n\\nHelp: take it out"),
    ] {
        let report = written(format(name), &one, &[]);
        assert!(report.contains(parted), "{name}: {report}");
    }
}

#[test]
fn sarif_fingerprints_survive_line_moves() {
    let print = |text: &str| {
        let judged = judged("a.md", text, "https://a.example/x");
        let report = json(&written(format("sarif"), &[judged], &[]));
        report["runs"][0]["results"][0]["partialFingerprints"].to_string()
    };
    assert_eq!(print("https://a.example/x"), print("\n\nnew words: https://a.example/x"));
}

/// The part of the schema's laws that a writer can break: which elements stand in which, in which
/// order, with which attributes. The names and their order are read from the schema itself.
#[test]
fn junit_keeps_the_schemas_laws() {
    let schema = include_str!("../../fixtures/schemas/JUnit.xsd");
    let schema = roxmltree::Document::parse(schema).expect("the schema is XML");
    let report = written(format("junit"), &hostile(), &[]);
    let report = roxmltree::Document::parse(&report).expect("the report is XML");
    for element in report.descendants().filter(roxmltree::Node::is_element) {
        let laws = laws(&schema, element.tag_name().name());
        for required in &laws.required {
            assert!(element.has_attribute(*required), "{element:?} lacks {required}");
        }
        for attribute in element.attributes() {
            assert!(laws.allowed.contains(&attribute.name()), "{element:?} has {attribute:?}");
        }
        let order = element.children().filter(roxmltree::Node::is_element).map(|child| {
            let name = child.tag_name().name();
            laws.children.iter().position(|&allowed| allowed == name).expect("an allowed child")
        });
        assert!(order.is_sorted(), "the children of {element:?} are out of order");
    }
    let suites: Vec<_> =
        report.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    for (number, suite) in suites.iter().enumerate() {
        let count = |name| suite.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!(suite.attribute("id"), Some(number.to_string().as_str()));
        assert_eq!(suite.attribute("tests"), Some(count("testcase").to_string().as_str()));
        assert_eq!(suite.attribute("failures"), Some(count("failure").to_string().as_str()));
        assert_eq!(suite.attribute("skipped"), Some(count("skipped").to_string().as_str()));
        let stamp = suite.attribute("timestamp").expect("a timestamp");
        assert_eq!(stamp.len(), "2026-11-23T00:00:00".len());
    }
}

struct Laws<'s> {
    required: Vec<&'s str>,
    allowed: Vec<&'s str>,
    children: Vec<&'s str>,
}

/// What the schema says of an element: the attributes and child elements that its definitions
/// name, those of the type that it extends among them.
fn laws<'s>(schema: &'s roxmltree::Document<'s>, name: &str) -> Laws<'s> {
    let mut laws = Laws { required: Vec::new(), allowed: Vec::new(), children: Vec::new() };
    let definitions = schema.descendants().filter(|node| {
        node.attribute("name") == Some(name)
            && ["element", "complexType"].contains(&node.tag_name().name())
    });
    for definition in definitions {
        let own = definition.descendants().filter(|node| owner(*node) == Some(definition));
        for node in own {
            let Some(name) = node.attribute("name") else { continue };
            match node.tag_name().name() {
                "attribute" => {
                    laws.allowed.push(name);
                    if node.attribute("use") == Some("required") {
                        laws.required.push(name);
                    }
                }
                "element" => laws.children.push(name),
                _ => {}
            }
        }
    }
    laws
}

/// The nearest element or named type around a part of the schema.
fn owner<'a, 's>(node: roxmltree::Node<'a, 's>) -> Option<roxmltree::Node<'a, 's>> {
    node.ancestors().skip(1).find(|up| match up.tag_name().name() {
        "element" => true,
        "complexType" => up.has_attribute("name"),
        _ => false,
    })
}

#[test]
fn code_quality_has_the_documented_fields() {
    let report = json(&written(format("gitlab"), &hostile(), &[]));
    let issues = report.as_array().expect("an array");
    assert_eq!(issues.len(), 8);
    let mut prints = std::collections::HashSet::new();
    for issue in issues {
        for field in ["description", "check_name"] {
            assert!(issue[field].is_string(), "{field}");
        }
        assert!(prints.insert(issue["fingerprint"].as_str().expect("a fingerprint")));
        let severity = issue["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(!issue["location"]["path"].as_str().expect("a path").starts_with("./"));
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
    }
}

/// A workflow command: its name, its properties, its message.
type Command = (String, Vec<(String, String)>, String);

/// Reads a workflow command as the documentation of GitHub's runner has it.
fn command(line: &str) -> Option<Command> {
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let unescape = |text: &str| {
        let text = text.replace("%3A", ":").replace("%2C", ",");
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    };
    let properties = properties.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').expect("a key and a value");
        (key.to_owned(), unescape(value))
    });
    Some((name.to_owned(), properties.collect(), unescape(message)))
}

#[test]
fn github_reads_only_our_commands() {
    let report = written(format("github"), &hostile(), &["100 % of: it, all"]);
    for line in report.lines() {
        let (name, properties, message) = command(line).expect("every line is a command");
        assert!(["error", "warning", "notice"].contains(&name.as_str()), "{name}");
        let keys: Vec<&str> = properties.iter().map(|(key, _)| key.as_str()).collect();
        assert!(
            keys.iter().all(|key| {
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(key)
            }),
            "{keys:?}"
        );
        assert!(!message.is_empty());
    }
    assert!(report.contains("::notice title=dateline::100 %25 of: it, all\n"));
}

#[test]
fn github_keeps_its_limits() {
    let many: Vec<Judged> =
        (0..25).map(|_| judged("a.md", "https://a.example/", "https://a.example/")).collect();
    let report = written(format("github"), &many, &[]);
    assert_eq!(report.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert_eq!(
        report.lines().filter(|line| line.starts_with("error[dead-link] a.md:1:1")).count(),
        15
    );
    assert!(report.ends_with("15 more findings are to be read in this step's log and summary\n"));
}

#[test]
fn csv_comes_back_and_holds_no_formula() {
    let report = written(format("csv"), &hostile(), &[]);
    let mut rows = csv::Reader::from_reader(report.as_bytes());
    let header = rows.headers().expect("a header").clone();
    let mut count = 0;
    for row in rows.records() {
        let row = row.expect("a row");
        assert_eq!(row.len(), header.len());
        for cell in &row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        count += 1;
    }
    assert_eq!(count, 8);
}

#[test]
fn markdown_renders_to_a_table_and_nothing_else() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let report = written(format("markdown"), &hostile(), &["see @you"]);
    for event in Parser::new_ext(&report, Options::ENABLE_TABLES) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => assert_eq!(&*html, "<br>"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link: {report}"),
            Event::Text(text) => {
                for sign in ["@", "://"] {
                    assert!(!text.contains(sign), "{text}");
                }
            }
            _ => {}
        }
    }
}

#[test]
fn markdown_fits_into_a_comment() {
    let many: Vec<Judged> =
        (0..2_000).map(|_| judged("a.md", "https://a.example/", "https://a.example/")).collect();
    let report = written(format("markdown"), &many, &[]);
    assert!(report.chars().count() < 65_536);
    assert!(report.contains("more findings found no room here"));
}

#[test]
fn github_keeps_one_notice_for_what_concerns_the_run() {
    let mut note = judged("a.md", "https://a.example/", "https://a.example/");
    note.findings[0].level = crate::model::Level::Note;
    let remarks: Vec<String> = (0..5).map(|number| format!("remark {number}")).collect();
    let remarks: Vec<&str> = remarks.iter().map(String::as_str).collect();
    for (notes, shown_remarks) in [(0, 5), (7, 3), (30, 1)] {
        let report = written(format("github"), &vec![note.clone(); notes], &remarks);
        let notices: Vec<&str> =
            report.lines().filter(|line| line.starts_with("::notice ")).collect();
        assert!(notices.len() <= 10, "{report}");
        let of_the_run = notices.iter().filter(|line| line.contains("title=dateline::")).count();
        assert_eq!(of_the_run, shown_remarks, "{report}");
        assert!(remarks.iter().all(|remark| report.contains(remark)), "none is lost");
    }
}

#[test]
fn sarif_holds_no_more_than_github_takes() {
    let mut many = judged("a.md", "https://a.example/", "https://a.example/");
    many.findings = vec![many.findings[0].clone(); 12_501];
    many.findings[7].message = "x".repeat(100_000);
    let report = json(&written(format("sarif"), &[many.clone(), many], &[]));
    let run = &report["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(25_000));
    let said = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(said["level"], "warning");
    let text = said["message"]["text"].as_str().expect("a text");
    assert!(text.starts_with("2 more results were left out"), "{text}");
    for result in run["results"].as_array().into_iter().flatten() {
        assert!(result["message"]["text"].as_str().is_some_and(|text| text.len() < 10_000));
    }
    for rule in run["tool"]["driver"]["rules"].as_array().into_iter().flatten() {
        assert!(rule["properties"]["tags"].as_array().is_some_and(|tags| tags.len() <= 10));
        for (field, most) in [("shortDescription", 1024), ("fullDescription", 1024)] {
            let text = rule[field]["text"].as_str().expect("a text");
            assert!(text.chars().count() <= most, "{}: {field}", rule["id"]);
        }
    }
}

#[test]
fn a_summary_fits_however_much_there_is_to_say() {
    let remarks = vec!["é".repeat(900); 2_000];
    let remarks: Vec<&str> = remarks.iter().map(String::as_str).collect();
    let many = vec![judged("a.md", "https://a.example/", "https://a.example/"); 2_000];
    let report = written(format("markdown"), &many, &remarks);
    assert!(report.chars().count() < 65_536, "{}", report.chars().count());
    assert!(report.len() < 1 << 20);
    assert!(report.contains("more remarks found no room here"));
}
