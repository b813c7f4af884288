//! Any bytes as a PDF that a link leads to: what it says of itself is read, or nothing is.

#![no_main]

use dateline_fuzz::recording::{self, response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let message =
        [b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF-", bytes].concat();
    let recording = recording::of_members([&response("http://e.com/", &message)[..]]);
    let outcomes = recording::visit(&recording, &["http://e.com/"]).expect("a good recording");
    assert!(outcomes[0].result.is_ok(), "a PDF is a page: {:?}", outcomes[0].result);
});
