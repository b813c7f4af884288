//! What must hold of every report, whatever it is about.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use dateline::model::Judged;
use dateline::address::shown::is_unsafe;
use dateline::report::{FORMATS, Format, Open, Style, Summary, View};

/// Writes a judged article in every format that is a stream, and checks each.
///
/// # Panics
///
/// Where one acts on what shows it, or is not what it promises to be.
pub fn check(judged: &Judged) {
    for format in FORMATS.iter().filter(|format| format.views.contains(&View::Check)) {
        let Some(report) = written(format, judged) else { continue };
        let acting = report.chars().find(|&character| is_unsafe(character) && character != '\n');
        assert_eq!(acting, None, "{} lets {acting:?} through", format.name);
        for line in report.lines() {
            let begins = |word: &str| line.starts_with(word);
            let own = ["::error file=", "::warning file=", "::notice file=", "::notice title="];
            let is_own = format.name == "github" && own.into_iter().any(begins);
            assert!(is_own || !line.trim_start().starts_with("::"), "{}: {line}", format.name);
            let runner_reads = matches!(format.name, "github" | "human");
            assert!(!(runner_reads && line.trim_start().starts_with("##[")), "{line}");
        }
        is_what_it_says(format.name, &report);
    }
}

fn is_what_it_says(name: &str, report: &str) {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).map(drop);
    match name {
        "json" | "sarif" | "gitlab" | "prov" => json(report).expect(name),
        "jsonl" => report.lines().for_each(|line| json(line).expect(name)),
        "junit" => drop(roxmltree::Document::parse(report).expect(name)),
        "csv" => {
            for row in csv::Reader::from_reader(report.as_bytes()).records() {
                for cell in &row.expect("a row") {
                    assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
                }
            }
        }
        _ => {}
    }
}

fn written(format: &Format, judged: &Judged) -> Option<String> {
    let Open::Stream(open) = format.open else { return None };
    let bytes = Bytes::default();
    let style = Style { color: false, width: 80, links: false };
    let mut report = open(View::Check, style, Box::new(bytes.clone()));
    let mut summary = Summary::default();
    summary.add(judged);
    report.document(judged).and_then(|()| report.finish(&summary)).expect("memory");
    drop(report);
    Some(String::from_utf8(bytes.0.take()).expect("UTF-8"))
}

/// Bytes that are still at hand when the report that wrote them is gone.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
