//! Any bytes as a book or an office document: documents or one error.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in ["epub", "docx", "odt"] {
        assert!(dateline_fuzz::entries(format, bytes) <= bytes.len() + 1);
    }
});
