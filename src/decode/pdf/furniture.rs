//! Furniture: what stands in the margins of each page. A browser prints the day of printing, the
//! title and the address there: that says when the copy was made, not what the article says. Other
//! programs repeat a title and count the pages: that stands between the words of two pages.

use super::lines::{self, Line};

/// How near to an edge of the page what a browser prints stands, and how large its letters are, in
/// points.
const MARGIN: f64 = 30.0;
const SIZE: f64 = 9.0;

/// Takes out the lines in the margins of a page of that height.
pub(super) fn strip(lines: &mut Vec<Line>, height: f64) {
    lines.retain(|line| {
        let (_, y) = line.place();
        line.size > SIZE || (y > MARGIN && y < height - MARGIN)
    });
}

/// How many pages apart such a line repeats: left and right pages differ.
pub(super) const APART: usize = 2;

/// The part of a page's height at each end of which such lines stand, and how many rows they are.
const PART: f64 = 0.13;
const ROWS: usize = 3;

/// How far apart lines of one row stand, and a line on two pages, in points.
const OFF: f64 = 2.0;

/// Further lines near an edge are not compared.
const MOST: usize = 24;

/// The rows at the upper and the lower end of a page, from the edge inwards.
#[derive(Debug, Default)]
pub(super) struct Edges {
    top: Vec<Row>,
    bottom: Vec<Row>,
}

/// Lines beside each other.
#[derive(Debug)]
struct Row {
    y: f64,
    lines: Vec<usize>,
    marks: Vec<Mark>,
}

/// A line as far as it is compared.
#[derive(Debug)]
struct Mark {
    words: String,
    size: i64,
}

impl Edges {
    pub(super) fn of(lines: &[Line], height: f64) -> Self {
        let placed = lines.iter().map(|line| line.place().1).enumerate();
        let mut placed: Vec<(usize, f64)> = placed.collect();
        placed.sort_by(|one, other| one.1.total_cmp(&other.1));
        let top = placed.iter().take_while(|(_, y)| *y < PART * height);
        let bottom = placed.iter().rev().take_while(|(_, y)| *y > (1.0 - PART) * height);
        Self { top: rows(top, lines), bottom: rows(bottom, lines) }
    }
}

fn rows<'p>(placed: impl Iterator<Item = &'p (usize, f64)>, lines: &[Line]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for &(number, y) in placed.take(MOST) {
        let Some(line) = lines.get(number) else { continue };
        let mark = Mark { words: line.text.clone(), size: lines::whole(2.0 * line.size) };
        let count = rows.len();
        match rows.last_mut().filter(|row| (row.y - y).abs() < OFF) {
            Some(row) => {
                row.lines.push(number);
                row.marks.push(mark);
            }
            None if count == ROWS => break,
            None => rows.push(Row { y, lines: vec![number], marks: vec![mark] }),
        }
    }
    rows
}

/// Takes out of a page's lines what repeats on the pages near it; what of that has words comes back.
pub(super) fn running(
    lines: &mut Vec<Line>,
    number: u32,
    own: &Edges,
    near: &[(u32, &Edges)],
) -> Vec<Line> {
    let mut out: Vec<usize> = Vec::new();
    for (side, of) in
        [(&own.top, Edges::top_of as fn(&Edges) -> &[Row]), (&own.bottom, Edges::bottom_of)]
    {
        let repeats = |row: &&Row| {
            row.marks.iter().all(|mark| {
                near.iter().any(|(page, edges)| {
                    let apart = i64::from(*page) - i64::from(number);
                    let mut rows = of(edges).iter().filter(|other| (other.y - row.y).abs() < OFF);
                    rows.any(|other| other.marks.iter().any(|other| mark.repeats(other, apart)))
                })
            })
        };
        out.extend(side.iter().take_while(repeats).flat_map(|row| &row.lines));
    }
    if out.is_empty() {
        return Vec::new();
    }
    let mut numbered = 0;
    let is_out = |_: &mut Line| {
        numbered += 1;
        out.contains(&(numbered - 1))
    };
    let taken: Vec<Line> = lines.extract_if(.., is_out).collect();
    taken.into_iter().filter(|line| has_words(&line.text)).collect()
}

impl Edges {
    fn top_of(&self) -> &[Row] {
        &self.top
    }

    fn bottom_of(&self) -> &[Row] {
        &self.bottom
    }
}

/// Whether two lines say the same, whatever they count.
pub(super) fn is_same(one: &Line, other: &Line) -> bool {
    let plain = |line: &Line| line.text.replace(|c: char| c.is_ascii_digit(), "");
    plain(one) == plain(other)
}

/// Fewer letters are no words.
fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).nth(2).is_some()
}

impl Mark {
    /// Whether a line stands on a page so many pages further on, too: the same words, and numbers
    /// that are the same or count the pages.
    fn repeats(&self, other: &Self, apart: i64) -> bool {
        if self.size != other.size {
            return false;
        }
        if self.words == other.words {
            return has_words(&self.words);
        }
        let (mine, others) = (parts(&self.words), parts(&other.words));
        mine.len() == others.len()
            && mine.iter().zip(&others).all(|(mine, other)| {
                let counts = || Some(other.parse::<i64>().ok()? - mine.parse::<i64>().ok()?);
                mine == other || counts() == Some(apart)
            })
    }
}

/// Words and numbers of a line.
fn parts(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts
}
