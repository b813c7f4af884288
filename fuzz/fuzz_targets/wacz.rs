//! Any bytes as a collection of archives: the pages that it still holds, or an error.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = dateline_fuzz::entries("wacz", bytes);
});
