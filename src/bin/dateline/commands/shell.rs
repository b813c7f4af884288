//! Completions and manual pages, both made from the command line's definition.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;
use dateline::config::cli::Cli;
use dateline::error::{Error, Exit};

use super::print;

/// Prints the script that completes arguments in a shell.
pub(super) fn completions(shell: Shell) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints the manual, in roff, or writes its pages to a folder as `man` looks for them.
#[expect(clippy::disallowed_methods, reason = "the program's edge: the file system")]
pub(super) fn manual(folder: Option<&Path>) -> Result<Exit, Error> {
    let pages = pages()?;
    let Some(folder) = folder else {
        return print(&pages.into_iter().map(|(_, page)| page).collect::<String>());
    };
    for (name, page) in pages {
        let path = folder.join(format!("{name}.1"));
        let unwritable = |error| Error::Output { to: path.display().to_string(), error };
        fs::create_dir_all(folder).and_then(|()| fs::write(&path, page)).map_err(unwritable)?;
    }
    Ok(Exit::Clean)
}

/// The program's page, then a page for each command, with their names.
fn pages() -> Result<Vec<(String, String)>, Error> {
    let mut program = Cli::command();
    program.build();
    let commands = program.get_subcommands().filter(|command| command.get_name() != "help");
    let all: Vec<_> = std::iter::once(&program).chain(commands).cloned().collect();
    let page = |command: clap::Command| {
        let name = command.get_bin_name().unwrap_or("dateline").replace(' ', "-");
        let mut page = Vec::new();
        clap_mangen::Man::new(command.display_name(name.clone()))
            .render(&mut page)
            .map_err(|error| Error::Output { to: "the manual".into(), error })?;
        Ok((name, String::from_utf8_lossy(&page).into_owned()))
    };
    all.into_iter().map(page).collect()
}
