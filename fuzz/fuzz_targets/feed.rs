//! Any bytes as a feed: every entry is a document or an error, and they end.

#![no_main]

use dateline::read::{self, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let format = read::FORMATS.iter().find(|format| format.name == "feed").expect("it is registered");
    let reader = Box::new(std::io::Cursor::new(bytes.to_vec()));
    let documents = (format.open)(Source { name: "fuzz".into(), reader }, &read::Options::default());
    assert!(documents.count() <= bytes.len() + 1);
});
