//! Any bytes as HTTP messages, up to the first NUL those of a page and after it those of another, to
//! which the first may redirect, and of robots.txt: status line, `Location`, `Retry-After`,
//! `Content-Type`, codings, cookies, refreshes and bodies. Every message is a page or a verdict.

#![no_main]

use dateline_fuzz::recording::{self, response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut messages = bytes.splitn(3, |&byte| byte == 0);
    let mut next = |url| response(url, messages.next().unwrap_or_default());
    let records = ["http://e.com/", "http://e.com/a", "http://e.com/robots.txt"].map(&mut next);
    let recording = recording::of_members(records.iter().map(Vec::as_slice));
    let outcomes = recording::visit(&recording, &["http://e.com/"]).expect("a good recording");
    for outcome in outcomes {
        assert!(outcome.chain.len() <= 11, "no more than ten redirects: {:?}", outcome.chain);
        for hop in outcome.chain.iter().filter(|hop| hop.status.is_some()) {
            assert!(matches!(hop.url.scheme(), "http" | "https"), "only the web is asked");
            assert_eq!((hop.url.username(), hop.url.fragment()), ("", None), "{}", hop.url);
        }
    }
});
