//! Any bytes as an index: each row is an error, since nothing stands beside it, or empty.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = dateline_fuzz::entries("cdx", bytes);
});
