//! Any bytes as a feed: every entry is a document or an error, and they end.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert!(dateline_fuzz::entries("feed", bytes) <= bytes.len() + 1);
});
