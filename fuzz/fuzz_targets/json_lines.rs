//! Any bytes as JSON Lines: every line is a document, an error or empty.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let lines = bytes.split(|&byte| byte == b'\n').count();
    assert!(dateline_fuzz::entries("jsonl", bytes) <= lines);
});
