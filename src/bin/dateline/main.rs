//! The program: parse, run, exit code. Everything else is in the library.

#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

mod arguments;
mod commands;
mod messages;

use std::process::ExitCode;

use dateline::error::Exit;
use messages::Messages;
use mimalloc::MiMalloc;

/// Pages are read on all cores at once, and much of what one core makes another lets go. Version 2 of the
/// allocator holds a third less memory here than version 3, at a little less time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    dateline::read::silence_panics();
    let given: Vec<_> = std::env::args_os().collect();
    let typed = arguments::parse(&given);
    let messaging = typed.as_ref().map(|typed| typed.cli.messaging.clone()).unwrap_or_default();
    let messages = Messages::new(&messaging);
    match typed.and_then(|typed| commands::run(typed, &messages)) {
        Ok(exit) => exit.into(),
        Err(error) if error.is_closed_pipe() => Exit::Clean.into(),
        Err(error) => {
            messages.fatal(&error);
            Exit::Failed.into()
        }
    }
}
