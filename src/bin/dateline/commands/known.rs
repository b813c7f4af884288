//! Reads what is known before a run: the baseline.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use dateline::config::Settings;
use dateline::error::Error;
use dateline::suppress::baseline::Baseline;

/// Reads the baseline, where one is asked for and is not about to be written anew. One that is not
/// there yet knows nothing.
pub(super) fn baseline(settings: &mut Settings) -> Result<(), Error> {
    let Some(path) = settings.baseline.as_deref().filter(|_| !settings.write_baseline) else {
        return Ok(());
    };
    let unusable = |problem: String| {
        Error::usage(
            format!("the baseline {} cannot be used: {problem}", path.display()),
            "write it with --write-baseline, or leave --baseline out",
        )
    };
    match fs::read_to_string(path) {
        Ok(text) => {
            let exists = |file: &str| Path::new(file).exists();
            settings.sieve.baseline = Some(Baseline::parse(&text, exists).map_err(unusable)?);
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = path.display();
            settings.sieve.remarks.push(format!(
                "there is no {name} yet, so that every finding counts; --write-baseline writes it"
            ));
        }
        Err(error) => return Err(unusable(error.to_string())),
    }
    Ok(())
}
