//! Any bytes as an e-mail message: one document or one error.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert!(dateline_fuzz::entries("email", bytes) <= bytes.len() + 1);
});
