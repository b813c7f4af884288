//! Any bytes as JSON Lines: every line is a document, an error or empty.

#![no_main]

use dateline::read::{self, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let lines = bytes.split(|&byte| byte == b'\n').count();
    let format = read::FORMATS.iter().find(|format| format.name == "jsonl").expect("it is registered");
    let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
    let rows = (format.open)(Source { name: "fuzz".into(), reader }, &read::Options::default());
    assert!(rows.count() <= lines);
});
