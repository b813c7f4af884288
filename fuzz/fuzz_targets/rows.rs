//! Any text as a row of an earlier run: it is restored and written again, or it is said what is wrong
//! with it.

#![no_main]

use std::sync::{LazyLock, Mutex};

use dateline::report::Restorer;
use libfuzzer_sys::fuzz_target;

/// One for all rows, as in a run: the names of unknown rules that it keeps, it keeps for ever.
static RESTORER: LazyLock<Mutex<Restorer>> = LazyLock::new(Mutex::default);

fuzz_target!(|text: &str| {
    let restored = RESTORER.lock().expect("no panic in it").line(text);
    if let Ok(judged) = restored {
        dateline_fuzz::reports::check(&judged);
    }
});
