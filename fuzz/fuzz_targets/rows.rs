//! Any text as a row of an earlier run: it is restored and written again, or it is said what is wrong
//! with it.

#![no_main]

use dateline::report::restored;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(judged) = restored(text) {
        dateline_fuzz::reports::check(&judged);
    }
});
