//! Any bytes as a robots.txt, their first line as a path: a page that is not forbidden is asked for.

#![no_main]

use dateline_fuzz::recording::{self, response};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let line = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let (path, rules) = bytes.split_at(line);
    let url = format!("http://e.com/{}", String::from_utf8_lossy(path));
    let Ok(url) = url.parse::<url::Url>() else { return };
    let message = [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", rules].concat();
    let recording = recording::of_members([&response("http://e.com/robots.txt", &message)[..]]);
    let _ = recording::visit(&recording, &[url.as_str()]);
});
