//! Lines: glyphs to lines, lines to blocks, in the order in which the file shows them: that is the
//! order of reading in what is typeset, also in columns and tables.

use foldhash::HashSet;

use super::device::{Collector, Shown, Style, Turn};

/// In sizes of the font: a gap that parts two words, and one that parts two columns.
const WORD: f64 = 0.16;
const COLUMN: f64 = 1.5;

/// How far a glyph may step back on its line, and off its base line.
const BACK: f64 = 0.7;
const OFF: f64 = 0.5;

/// How far below a line the next one of its block may stand, and how much farther than the one
/// before.
const LEADING: f64 = 2.1;
const LOOSER: f64 = 1.3;

/// A word that fills its line and is so long, in bytes, runs over the edge because it could not be
/// broken: browsers leave out of the file what nobody would see of it.
const LONG: usize = 20;

/// A line of glyphs.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    pub glyphs: Vec<Placed>,
    turn: Turn,
    pub left: f64,
    pub right: f64,
    base: f64,
    pub size: f64,
    /// Whether its last letter is cut.
    is_cut: bool,
    /// Whether the line before belongs to another block.
    pub begins_block: bool,
}

/// Where a piece of a line's text stands on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub start: usize,
    pub end: usize,
    /// The middle of the glyph.
    pub x: f64,
    pub y: f64,
    /// Where it ends in its line.
    pub right: f64,
    pub style: Style,
}

impl Line {
    /// Where the line begins on the page.
    pub(super) const fn place(&self) -> (f64, f64) {
        self.turn.page(self.left, self.base)
    }

    fn new(glyph: &Shown, begins_block: bool) -> Self {
        Self {
            text: String::new(),
            glyphs: Vec::new(),
            turn: glyph.turn,
            left: glyph.x,
            right: glyph.x,
            base: glyph.y,
            size: glyph.size,
            is_cut: false,
            begins_block,
        }
    }

    /// Whether a glyph goes on on this line.
    fn takes(&self, glyph: &Shown) -> bool {
        let size = self.size.max(glyph.size);
        glyph.turn == self.turn
            && (glyph.y - self.base).abs() < OFF * size
            && glyph.x - self.right > -BACK * size
    }

    fn push(&mut self, glyph: &Shown, text: &str) {
        if !self.text.is_empty() {
            self.part(glyph, text);
        }
        let start = self.text.len();
        self.text.push_str(text);
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y - 0.3 * glyph.size);
        let (x, y) = self.turn.page(x, y);
        if !text.is_empty() {
            let (right, style) = (glyph.x + glyph.width, glyph.style);
            self.glyphs.push(Placed { start, end: self.text.len(), x, y, right, style });
            self.is_cut = glyph.is_cut;
        }
        self.right = self.right.max(glyph.x + glyph.width);
        if glyph.size > self.size {
            (self.size, self.base) = (glyph.size, glyph.y);
        }
    }

    /// Sets a glyph off from what stands before it, where the page does.
    fn part(&mut self, glyph: &Shown, text: &str) {
        let gap = glyph.x - self.right;
        let ends_white = self.text.ends_with(' ');
        if gap > COLUMN * self.size.max(glyph.size) {
            self.text.push_str(if ends_white { "  " } else { "   " });
        } else if !ends_white
            && !text.starts_with(' ')
            && (gap > WORD * glyph.size || self.is_note(glyph, text))
        {
            self.text.push(' ');
        }
    }

    /// Whether a raised number, which refers to a note, meets a word.
    fn is_note(&self, glyph: &Shown, text: &str) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let last = self.text.chars().next_back();
        if glyph.size < 0.85 * self.size {
            let is_raised = self.base - glyph.y > 0.15 * self.size;
            return is_raised && is_digit(text.chars().next()) && !is_digit(last);
        }
        // At the start of a note the number comes first.
        self.size < 0.85 * glyph.size && self.base < glyph.y && is_digit(last)
    }
}

/// The lines of a page.
pub(super) fn of(page: &Collector) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut leading = None;
    let mut shown = HashSet::default();
    for glyph in &page.glyphs {
        let text = page.text.get(glyph.text.0..glyph.text.1).unwrap_or_default();
        let is_white = text.trim().is_empty();
        if !is_white && !shown.insert(key(glyph, text)) {
            continue;
        }
        match lines.last_mut() {
            Some(line) if line.takes(glyph) => line.push(glyph, text),
            _ if is_white => {}
            last => {
                let begins = last.is_none_or(|line| begins_block(line, glyph, &mut leading));
                let mut line = Line::new(glyph, begins);
                line.push(glyph, text);
                lines.push(line);
            }
        }
    }
    for line in &mut lines {
        line.text.truncate(line.text.trim_end().len());
        if line.is_cut && line.text.len() >= LONG && !line.text.contains(char::is_whitespace) {
            line.text.push('…');
        }
    }
    lines
}

/// Whether a glyph, which begins a line, begins a block too.
fn begins_block(line: &Line, glyph: &Shown, leading: &mut Option<f64>) -> bool {
    let size = line.size.max(glyph.size);
    let step = glyph.y - line.base;
    let is_below = step > OFF * size && step < LEADING * size;
    let is_alike = line.size.min(glyph.size) > 0.8 * size;
    let is_under = glyph.x < line.right + size && glyph.x > line.left - 12.0 * size;
    let is_looser = leading.is_some_and(|before| step > LOOSER * before);
    let begins = glyph.turn != line.turn || !(is_below && is_alike && is_under) || is_looser;
    *leading = if begins { None } else { Some(leading.unwrap_or(step)) };
    begins
}

/// Lines that reach as far, in points, are meant to end there: a word that does not fit may stick out.
const EVEN: f64 = 2.0;
const AS_FAR: usize = 3;

/// How far to the right the lines of a column reach.
pub(super) fn right_edge(rights: impl Iterator<Item = f64>) -> f64 {
    let mut rights: Vec<f64> = rights.collect();
    rights.sort_by(|one, other| other.total_cmp(one));
    let mut windows = rights.windows(AS_FAR);
    let even =
        windows.find(|near| near.first().zip(near.last()).is_some_and(|(a, b)| a - b < EVEN));
    even.and_then(<[f64]>::first).or(rights.first()).copied().unwrap_or_default()
}

/// What is the same for a letter that is shown twice, a little apart, to look bold.
fn key(glyph: &Shown, text: &str) -> (Option<char>, i64, i64) {
    let step = 0.15 * glyph.size;
    (text.chars().next(), whole(glyph.x / step), whole(glyph.y / step))
}

#[expect(clippy::cast_possible_truncation, reason = "places are bounded where they are taken down")]
pub(super) const fn whole(number: f64) -> i64 {
    number.round() as i64
}
