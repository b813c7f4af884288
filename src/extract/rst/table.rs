//! Tables of reStructuredText, taken apart into the lines of their cells.

use super::line::Line;

/// More columns than this has no table.
const MOST_COLUMNS: usize = 256;

/// Whether a line begins a simple table: `=====  ===`.
pub(super) fn is_simple(text: &str) -> bool {
    text.starts_with('=') && text.contains(' ') && is_border(text, '=')
}

/// Whether a line begins a grid: `+---+---+`.
pub(super) fn is_grid(text: &str) -> bool {
    text.starts_with("+-") && text.ends_with("-+") && text.bytes().all(|b| matches!(b, b'+' | b'-'))
}

fn is_border(text: &str, sign: char) -> bool {
    text.chars().all(|c| c == sign || c == ' ')
}

/// The cells of the table that begins at a line, and where it ends.
pub(super) fn read(source: &str, lines: &[Line], at: usize) -> (Vec<Vec<Line>>, usize) {
    let is_grid = lines.get(at).is_some_and(|line| is_grid(line.text(source)));
    if is_grid { grid(source, lines, at) } else { simple(source, lines, at) }
}

fn simple(source: &str, lines: &[Line], at: usize) -> (Vec<Vec<Line>>, usize) {
    let Some(top) = lines.get(at) else { return (Vec::new(), at) };
    let border = top.text(source);
    let columns: Vec<usize> = border
        .char_indices()
        .filter(|(at, c)| *c == '=' && !border.get(..*at).is_some_and(|b| b.ends_with('=')))
        .map(|(at, _)| top.indent + at)
        .take(MOST_COLUMNS)
        .collect();
    let is_end = |line: &Line| !line.is_blank() && is_border(line.text(source), '=');
    let mut borders = (at + 1..lines.len()).filter(|at| lines.get(*at).is_some_and(is_end));
    let is_last = |at: &usize| lines.get(at + 1).is_none_or(Line::is_blank);
    let Some(first) = borders.next() else { return (Vec::new(), at + 1) };
    let end = if is_last(&first) { first } else { borders.next().unwrap_or(first) };
    let mut cells: Vec<Vec<Line>> = Vec::new();
    let mut row = vec![Vec::new(); columns.len()];
    for line in lines.get(at + 1..end).unwrap_or_default() {
        let text = line.text(source);
        let is_rule = !line.is_blank() && (is_border(text, '=') || is_border(text, '-'));
        // Where the first column is empty, the row above goes on.
        if is_rule || !line.is_blank() && line.indent < columns.get(1).copied().unwrap_or_default()
        {
            cells.extend(std::mem::replace(&mut row, vec![Vec::new(); columns.len()]));
        }
        if !is_rule {
            for (cell, part) in row.iter_mut().zip(parts(source, line, &columns)) {
                cell.push(part);
            }
        }
    }
    cells.extend(row);
    (cells, end + 1)
}

/// A line cut where columns begin; not inside of a word that goes over them.
fn parts(source: &str, line: &Line, columns: &[usize]) -> Vec<Line> {
    let mut cuts = vec![line.start; columns.len()];
    let mut column = line.indent;
    let mut before = ' ';
    let mut next = columns.iter().position(|begin| *begin > column).unwrap_or(columns.len());
    for (at, c) in line.text(source).char_indices() {
        if columns.get(next) == Some(&column) {
            if before == ' '
                && let Some(cut) = cuts.get_mut(next)
            {
                *cut = line.start + at;
            }
            next += 1;
        }
        (column, before) = (column + 1, c);
    }
    let mut end = line.end;
    let mut parts: Vec<Line> = Vec::with_capacity(columns.len());
    for (index, begin) in columns.iter().enumerate().rev() {
        let is_first = columns.get(index + 1..).is_some() && *begin <= line.indent;
        let start = cuts.get(index).copied().unwrap_or(line.start);
        let is_cut = start > line.start || is_first;
        let start = if is_cut { start } else { end };
        parts.push(Line::of(source, start.min(end), end, *begin));
        end = start.min(end);
    }
    parts.reverse();
    parts
}

fn grid(source: &str, lines: &[Line], at: usize) -> (Vec<Vec<Line>>, usize) {
    let Some(column) = lines.get(at).map(|top| top.indent) else { return (Vec::new(), at) };
    let belongs = |line: &&Line| line.indent == column && line.text(source).starts_with(['+', '|']);
    let rows: Vec<&Line> = lines.get(at..).unwrap_or_default().iter().take_while(belongs).collect();
    let mut corners: Vec<usize> = Vec::new();
    for row in rows.iter().filter(|row| row.text(source).starts_with('+')) {
        let text = row.text(source);
        corners.extend(text.chars().enumerate().filter(|(_, c)| *c == '+').map(|(at, _)| at));
        corners.sort_unstable();
        corners.dedup();
        corners.truncate(MOST_COLUMNS);
    }
    let mut cells = Vec::new();
    let mut open: Vec<Cell> = Vec::new();
    for row in &rows {
        let text = row.text(source);
        let found = row_of(source, row, text, &corners);
        let mut next = Vec::new();
        for (begin, end, part) in found {
            let inside = part.text(source);
            let is_rule =
                !part.is_blank() && inside.bytes().all(|b| matches!(b, b'-' | b'=' | b'+'));
            let known = open.iter().position(|cell| cell.begin == begin && cell.end == end);
            let mut cell = match known {
                Some(known) => open.swap_remove(known),
                None => Cell { begin, end, lines: Vec::new() },
            };
            if is_rule {
                cells.push(std::mem::take(&mut cell.lines));
            } else {
                cell.lines.push(part);
            }
            next.push(cell);
        }
        cells.extend(open.drain(..).map(|cell| cell.lines));
        open = next;
    }
    cells.extend(open.into_iter().map(|cell| cell.lines));
    (cells, at + rows.len())
}

/// A cell of a grid, by the columns that it goes from and to.
struct Cell {
    begin: usize,
    end: usize,
    lines: Vec<Line>,
}

/// The parts of a grid's line between its bars.
fn row_of(source: &str, row: &Line, text: &str, corners: &[usize]) -> Vec<(usize, usize, Line)> {
    let bars: Vec<(usize, usize)> = text
        .char_indices()
        .enumerate()
        .filter(|(column, (_, c))| matches!(c, '|' | '+') && corners.binary_search(column).is_ok())
        .map(|(column, (at, _))| (column, at))
        .collect();
    let pairs = bars.iter().zip(bars.iter().skip(1));
    pairs
        .map(|(&(begin, from), &(end, to))| {
            (begin, end, Line::of(source, row.start + from + 1, row.start + to, 0))
        })
        .collect()
}
