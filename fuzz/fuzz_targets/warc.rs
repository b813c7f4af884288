//! Any bytes as a recording: as it stands, and as the records inside good gzip members, which no
//! fuzzer finds by itself. What is no record is an error, and what it answers is a verdict.

#![no_main]

use dateline_fuzz::recording;
use libfuzzer_sys::fuzz_target;

const URLS: [&str; 2] = ["http://e.com/", "http://e.com/a"];

fuzz_target!(|bytes: &[u8]| {
    let _ = recording::visit(bytes, &URLS);
    let records = bytes.split_inclusive(|&byte| byte == 0);
    let _ = recording::visit(&recording::of_members(records), &URLS);
});
