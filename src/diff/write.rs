//! The differences of two runs as text.

use std::io::{self, Write};

use serde::de::DeserializeOwned;

use super::{Brief, Change, Diff, Renamed, SECTIONS, Section, Turn};
use crate::address::shown::Shown;
use crate::report::safe_json;
use crate::text::count;

/// For people: a line a difference, `+` came, `-` went, `~` changed.
pub(super) fn human(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    section(diff, out, Section::Renamed, "inputs under another name", renaming)?;
    section(diff, out, Section::Came, "came", |brief| format!("+ {}", line(brief)))?;
    section(diff, out, Section::Went, "went", |brief| format!("- {}", line(brief)))?;
    section(diff, out, Section::Changed, "changed", |it| format!("~ {}", changed_line(it)))?;
    section(diff, out, Section::Died, "links that died", turn)?;
    section(diff, out, Section::Revived, "links that came back", turn)?;
    if SECTIONS.iter().all(|&(section, _)| diff.count(section) == 0) {
        return out.write_all(b"no differences\n");
    }
    writeln!(out, "{}", counts(diff))
}

fn counts(diff: &Diff) -> String {
    format!(
        "{} came, {} went, {} changed; {} died, {} came back",
        diff.count(Section::Came),
        diff.count(Section::Went),
        diff.count(Section::Changed),
        count(diff.count(Section::Died), "link"),
        diff.count(Section::Revived)
    )
}

fn section<T: DeserializeOwned>(
    diff: &Diff,
    out: &mut dyn Write,
    section: Section,
    name: &str,
    line: impl Fn(&T) -> String,
) -> io::Result<()> {
    if diff.count(section) == 0 {
        return Ok(());
    }
    writeln!(out, "{name}")?;
    diff.each(section, &mut |one: T| writeln!(out, "  {}", line(&one)))?;
    writeln!(out)
}

fn line(brief: &Brief) -> String {
    let place = brief.place.as_ref().map(|place| format!(":{place}")).unwrap_or_default();
    let url = brief.url.as_deref().map(|url| format!("  {}", Shown(url))).unwrap_or_default();
    format!(
        "{}[{}] {}{place}  {}{url}",
        brief.level,
        brief.rule,
        Shown(&brief.document),
        Shown(&brief.title)
    )
}

fn changed_line(Change { old, new }: &Change) -> String {
    let mut was = Vec::new();
    if old.level != new.level {
        was.push(format!("level {}", old.level));
    }
    if old.confidence != new.confidence {
        was.push(format!("{} confidence", old.confidence));
    }
    if old.title != new.title {
        was.push(format!("“{}”", Shown(&old.title)));
    }
    format!("{} (was {})", line(new), was.join(", "))
}

fn renaming(Renamed { old, new, documents }: &Renamed) -> String {
    format!("{} → {}  ({})", Shown(old), Shown(new), count(*documents, "document"))
}

fn turn(turn: &Turn) -> String {
    format!("{}  {}  in {}", turn.now, Shown(&turn.url), Shown(&turn.document))
}

/// Tables for a comment or a wiki.
pub(super) fn markdown(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**", counts(diff))?;
    table(diff, out, Section::Came, "Came", cells)?;
    table(diff, out, Section::Went, "Went", cells)?;
    table(diff, out, Section::Changed, "Changed", |change: &Change| cells(&change.new))?;
    let of_link = |turn: &Turn| [turn.now.clone(), turn.document.clone(), turn.url.clone()];
    table(diff, out, Section::Died, "Links that died", of_link)?;
    table(diff, out, Section::Revived, "Links that came back", of_link)?;
    let of_input = |it: &Renamed| [count(it.documents, "document"), it.old.clone(), it.new.clone()];
    table(diff, out, Section::Renamed, "Inputs under another name", of_input)
}

fn cells(brief: &Brief) -> [String; 3] {
    let place = brief.place.as_ref().map(|place| format!(":{place}")).unwrap_or_default();
    [
        format!("{} {}", brief.level, brief.rule),
        format!("{}{place}", brief.document),
        brief.title.clone(),
    ]
}

fn table<T: DeserializeOwned>(
    diff: &Diff,
    out: &mut dyn Write,
    section: Section,
    name: &str,
    cells: impl Fn(&T) -> [String; 3],
) -> io::Result<()> {
    if diff.count(section) == 0 {
        return Ok(());
    }
    writeln!(out, "\n### {name}\n\n| what | where | about |\n|---|---|---|")?;
    diff.each(section, &mut |one: T| {
        writeln!(out, "| {} |", cells(&one).map(|cell| code(&cell)).join(" | "))
    })
}

/// Foreign text as code, in which nothing is markup, a mention or a link.
fn code(text: &str) -> String {
    let shown = Shown(text).to_string().replace('`', "'").replace('|', "\\|");
    format!("`{}`", shown.trim())
}

/// One JSON object.
pub(super) fn json(diff: &Diff, out: &mut dyn Write) -> io::Result<()> {
    for (number, (section, name)) in SECTIONS.into_iter().enumerate() {
        write!(out, "{}\"{name}\":[", if number == 0 { "{" } else { "," })?;
        let mut begun = false;
        diff.each(section, &mut |one: serde_json::Value| {
            if std::mem::replace(&mut begun, true) {
                out.write_all(b",")?;
            }
            safe_json::write(out, &one)
        })?;
        out.write_all(b"]")?;
    }
    out.write_all(b"}\n")
}
