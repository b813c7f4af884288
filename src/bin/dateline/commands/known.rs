//! Reads what is known before a run: the baseline.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use dateline::address;
use dateline::config::Settings;
use dateline::error::{Error, in_words};
use dateline::read::Home;
use dateline::suppress::allow::glob;
use dateline::suppress::baseline::{Baseline, Reads};

use super::output;

/// Reads the baseline, where one is asked for or is about to be written anew. One that is not there
/// yet knows nothing.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn baseline(settings: &mut Settings, home: &Home) -> Result<(), Error> {
    settings.suppress.reads = reads(&settings.inputs, home);
    let written = output::baseline(settings);
    let Some(path) = written.as_ref().or(settings.baseline.as_ref()) else { return Ok(()) };
    let unusable = |problem: String| {
        let help = match written {
            Some(_) => "name another file with --baseline, or move this one away",
            None => "write it with --write-baseline, or leave --baseline out",
        };
        Error::usage(format!("the baseline {} cannot be used: {problem}", path.display()), help)
    };
    match fs::File::open(path) {
        Ok(file) => {
            let exists = |file: &str| home.holds(file);
            let baseline =
                Baseline::read(file, exists).map_err(|error| unusable(in_words(&error)))?;
            settings.suppress.baseline = Some(baseline);
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let name = path.display();
            if written.is_none() {
                settings.suppress.remarks.push(format!(
                    "there is no {name} yet, so that every finding counts; --write-baseline writes \
                     it"
                ));
            }
        }
        Err(error) => return Err(unusable(in_words(&error))),
    }
    Ok(())
}

/// Where the inputs stand.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
fn reads(inputs: &[String], home: &Home) -> Reads {
    let mut reads = Reads::default();
    for input in inputs {
        if input == "-" || address::web_address(input).is_some() {
            continue;
        }
        let wild = input.find(['*', '?', '[', '{']).filter(|_| !Path::new(input).exists());
        let folder = input.get(..wild.unwrap_or(input.len())).unwrap_or_default();
        let slash = folder.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, rest) = if wild.is_some() { input.split_at(slash) } else { (&**input, "") };
        let Some(place) = home.path(if folder.is_empty() { "." } else { folder }) else { continue };
        if wild.is_none() {
            reads.places.push(place);
            continue;
        }
        let pattern = if place.is_empty() { rest.to_owned() } else { format!("{place}/{rest}") };
        reads.globs.extend(glob(&pattern));
    }
    reads
}
