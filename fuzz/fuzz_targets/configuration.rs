//! Any text as a configuration file, with an environment: settings, or what is wrong with it.

#![no_main]

use std::path::Path;

use dateline::config::file::{ConfigFile, Environment, PREFIX};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lookup = |name: &str| name.starts_with(PREFIX).then(|| "a secret".to_owned());
    let environment = Environment { lookup: &lookup, allowed: vec!["ALLOWED".to_owned()] };
    if let Err(problem) = ConfigFile::parse(text, Path::new("/folder"), &environment) {
        assert!(!problem.said.is_empty());
        assert!(!problem.said.contains("a secret"), "{problem}");
    }
});
