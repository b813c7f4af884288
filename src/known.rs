//! Reads what is known before a run: the baseline.

use std::fs;
use std::path::Path;

use dateline::config::Settings;
use dateline::error::Error;
use dateline::sieve::baseline::Baseline;

/// The baseline, where one is asked for and is not about to be written anew.
pub(crate) fn baseline(settings: &Settings) -> Result<Option<Baseline>, Error> {
    let Some(path) = settings.baseline.as_deref().filter(|_| !settings.write_baseline) else {
        return Ok(None);
    };
    let unusable = |problem: String| {
        Error::usage(
            format!("the baseline {} cannot be used: {problem}", path.display()),
            "write it with --write-baseline, or leave --baseline out",
        )
    };
    let text = fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    let exists = |file: &str| Path::new(file).exists();
    Baseline::parse(&text, exists).map(Some).map_err(unusable)
}
