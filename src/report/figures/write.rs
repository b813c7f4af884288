//! Figures as text.

use super::{By, Figure, Figures, Group};
use crate::address::shown::Shown;
use crate::text::count;

/// For people: a block a way to tell links apart, a line a group, a column a class.
pub(super) fn table(figures: &Figures) -> String {
    let Figures { documents, undated, unreadable, groups } = figures;
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let mut text = count(number(*documents), "document");
    if *undated > 0 {
        text += &format!(", {undated} undated");
    }
    if *unreadable > 0 {
        text += &format!(", {unreadable} that could not be read");
    }
    text.push('\n');
    for (by, name) in [
        (By::All, ""),
        (By::Year, "year of the article"),
        (By::Age, "age in years"),
        (By::Site, "site"),
        (By::Role, "role"),
    ] {
        let of = groups.iter().filter(|group| group.by == by);
        let rows: Vec<Vec<String>> = of.map(cells).collect();
        let Some(first) = groups.iter().find(|group| group.by == by) else { continue };
        let classes = first.shares.iter().map(|figure| figure.class.to_owned());
        let head: Vec<String> =
            [name.to_owned(), "links".to_owned()].into_iter().chain(classes).collect();
        text += &aligned(std::iter::once(&head).chain(&rows));
    }
    text + "\nshare of links, and its 95 % interval, clustered by document; docs/stats.md defines each\n"
}

fn cells(group: &Group) -> Vec<String> {
    let name = if group.by == By::All { "all" } else { &group.group };
    let own = [Shown(name).to_string(), group.links.to_string()];
    own.into_iter().chain(group.shares.iter().map(share)).collect()
}

fn share(figure: &Figure) -> String {
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    let share = figure.share;
    match (share.share, share.low, share.high) {
        (Some(share), Some(low), Some(high)) => {
            format!("{} ({}–{})", percent(share), percent(low), percent(high))
        }
        _ => "–".to_owned(),
    }
}

fn aligned<'r>(rows: impl Iterator<Item = &'r Vec<String>> + Clone) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows.clone() {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = "\n".to_owned();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(n, (cell, &width))| match n {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}

/// One JSON object.
pub(super) fn json(figures: &Figures) -> String {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail.
    let _ = crate::report::safe_json::write(&mut bytes, figures);
    bytes.push(b'\n');
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A line a group and class.
pub(super) fn csv(figures: &Figures) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head =
        ["by", "group", "documents", "links", "class", "count", "of", "share", "low", "high"];
    // Writing to memory cannot fail.
    let _ = writer.write_record(head);
    for group in &figures.groups {
        let by = serde_json::to_value(group.by).unwrap_or_default();
        for Figure { class, share } in &group.shares {
            let number =
                |share: Option<f64>| share.map_or_else(String::new, |it| format!("{it:.6}"));
            let _ = writer.write_record([
                by.as_str().unwrap_or_default(),
                &Shown(&group.group).to_string(),
                &group.documents.to_string(),
                &group.links.to_string(),
                class,
                &share.count.to_string(),
                &share.of.to_string(),
                &number(share.share),
                &number(share.low),
                &number(share.high),
            ]);
        }
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}
