//! Completions and manual pages, both made from the command line's definition.

use clap::CommandFactory;
use clap_complete::Shell;
use dateline::cli::Cli;
use dateline::error::Error;

/// The script that completes arguments in a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual: the program's page, then a page for each command that is not hidden, in roff.
pub(super) fn manual() -> Result<String, Error> {
    let mut command = Cli::command();
    command.build();
    let mut pages = Vec::new();
    let commands = command.get_subcommands().filter(|command| !command.is_hide_set());
    let all: Vec<_> = std::iter::once(&command).chain(commands).cloned().collect();
    for command in all {
        let name = command.get_bin_name().unwrap_or("dateline").replace(' ', "-");
        clap_mangen::Man::new(command.display_name(name))
            .render(&mut pages)
            .map_err(|error| Error::Output { to: "the manual".into(), error })?;
    }
    Ok(String::from_utf8_lossy(&pages).into_owned())
}
