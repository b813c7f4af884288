//! The differences of two runs as text.

use super::{Brief, Change, Diff, Renamed, Turn};
use crate::report::shown::Shown;
use crate::text::count;

/// For people: a line a difference, `+` came, `-` went, `~` changed.
pub(super) fn human(diff: &Diff) -> String {
    let Diff { came, went, changed, died, revived, renamed } = diff;
    let mut text = String::new();
    section(&mut text, "inputs under another name", renamed.iter().map(renaming));
    section(&mut text, "came", came.iter().map(|brief| format!("+ {}", line(brief))));
    section(&mut text, "went", went.iter().map(|brief| format!("- {}", line(brief))));
    section(
        &mut text,
        "changed",
        changed.iter().map(|change| format!("~ {}", changed_line(change))),
    );
    section(&mut text, "links that died", died.iter().map(turn));
    section(&mut text, "links that came back", revived.iter().map(turn));
    if text.is_empty() {
        return "no differences\n".to_owned();
    }
    text + &format!(
        "{} came, {} went, {} changed; {} died, {} came back\n",
        came.len(),
        went.len(),
        changed.len(),
        count(died.len(), "link"),
        revived.len()
    )
}

fn section(text: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        *text += &format!("{name}\n");
        for line in lines {
            *text += &format!("  {line}\n");
        }
        text.push('\n');
    }
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
pub(super) fn markdown(diff: &Diff) -> String {
    let Diff { came, went, changed, died, revived, renamed } = diff;
    let mut text = format!(
        "**{} came, {} went, {} changed; {} died, {} came back**\n",
        came.len(),
        went.len(),
        changed.len(),
        count(died.len(), "link"),
        revived.len()
    );
    table(&mut text, "Came", came.iter().map(cells));
    table(&mut text, "Went", went.iter().map(cells));
    table(&mut text, "Changed", changed.iter().map(|change| cells(&change.new)));
    let of_link = |turn: &Turn| [turn.now.to_owned(), turn.document.clone(), turn.url.clone()];
    table(&mut text, "Links that died", died.iter().map(of_link));
    table(&mut text, "Links that came back", revived.iter().map(of_link));
    let of_input = |it: &Renamed| [count(it.documents, "document"), it.old.clone(), it.new.clone()];
    table(&mut text, "Inputs under another name", renamed.iter().map(of_input));
    text
}

fn cells(brief: &Brief) -> [String; 3] {
    let place = brief.place.as_ref().map(|place| format!(":{place}")).unwrap_or_default();
    [
        format!("{} {}", brief.level, brief.rule),
        format!("{}{place}", brief.document),
        brief.title.clone(),
    ]
}

fn table(text: &mut String, name: &str, rows: impl Iterator<Item = [String; 3]>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        *text += &format!("\n### {name}\n\n| what | where | about |\n|---|---|---|\n");
        for row in rows {
            *text += &format!("| {} |\n", row.map(|cell| code(&cell)).join(" | "));
        }
    }
}

/// Foreign text as code, in which nothing is markup, a mention or a link.
fn code(text: &str) -> String {
    let shown = Shown(text).to_string().replace('`', "'").replace('|', "\\|");
    format!("`{}`", shown.trim())
}

/// One JSON object.
pub(super) fn json(diff: &Diff) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = crate::report::safe_json::write(&mut bytes, diff);
    bytes.push(b'\n');
    String::from_utf8_lossy(&bytes).into_owned()
}
