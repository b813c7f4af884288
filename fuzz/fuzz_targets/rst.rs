//! Any bytes as reStructuredText: extracting, dating and judging neither panic nor name bytes that are not there.

#![no_main]

use dateline::model::Media;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    dateline_fuzz::whole_way(bytes, Media::Rst);
});
