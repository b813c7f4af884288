//! Device: takes down the glyphs that a page shows, and nothing else of it.

use std::hash::{BuildHasher, Hash};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::quality::FixedState;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

use super::info;

/// What one page and one file may cost: glyphs that are shown, and anything else that is drawn.
const MAX_GLYPHS: usize = 400_000;
const MAX_DRAWN: usize = 4_000_000;

/// A glyph where it stands, in a frame in which its text runs from left to right and down.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Its characters among those of the page.
    pub text: (usize, usize),
    /// Where it begins on its base line.
    pub x: f64,
    pub y: f64,
    /// How far it reaches.
    pub width: f64,
    /// The size of its font.
    pub size: f64,
    /// In which of four directions its text runs.
    pub turn: Turn,
    /// Its color and its font.
    pub style: Style,
    /// Whether the right edge of what may be drawn on goes through it: what would stand behind it is
    /// left out by the programs that made the page.
    pub is_cut: bool,
}

/// What letters look like, as far as it tells those of an address from those around.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub color: u64,
    font: u64,
}

impl Style {
    /// Fonts of which no more is known than how wide their letters are.
    const UNKNOWN: u64 = 0;
    const EVEN: u64 = 1;
    const UNEVEN: u64 = 2;

    fn of(run: &GlyphRun<'_, '_>, paint: &Paint<'_>) -> Self {
        let color = match paint {
            Paint::Color(color) => {
                let parts: Vec<u32> =
                    color.components().iter().map(|part| part.to_bits()).collect();
                hashed(&parts)
            }
            Paint::Pattern(_) => 0,
        };
        let font = run.glyphs().first().and_then(|first| match &**first {
            Glyph::Outline(glyph) => Some(hashed(&glyph.font_data()?.cache_key)),
            Glyph::Type3(_) => None,
        });
        Self { color, font: font.unwrap_or_else(|| Self::evenness(run)) }
    }

    /// Whether all letters of a run are equally wide.
    fn evenness(run: &GlyphRun<'_, '_>) -> u64 {
        let Some(first) = run.glyphs().first() else { return Self::UNKNOWN };
        if run.glyphs().iter().all(|glyph| glyph.char_code() == first.char_code()) {
            return Self::UNKNOWN;
        }
        let is_even = run.glyphs().iter().all(|glyph| advance(glyph) == advance(first));
        if is_even { Self::EVEN } else { Self::UNEVEN }
    }

    /// Whether letters may be of one style.
    pub(super) const fn is_like(self, other: Self) -> bool {
        self.color == other.color
            && (self.font == other.font
                || self.font == Self::UNKNOWN
                || other.font == Self::UNKNOWN)
    }
}

fn hashed(value: &impl Hash) -> u64 {
    FixedState::default().hash_one(value)
}

fn advance(glyph: &Glyph<'_>) -> Option<f32> {
    match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    }
}

/// The direction that text runs in on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Right,
    Down,
    Left,
    Up,
}

impl Turn {
    fn of(a: f64, b: f64) -> Self {
        match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// A place of the page in the frame of the text.
    const fn frame(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Right => (x, y),
            Self::Left => (-x, -y),
            Self::Down => (y, -x),
            Self::Up => (-y, x),
        }
    }

    /// A place of that frame on the page.
    pub(super) const fn page(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Right => (x, y),
            Self::Left => (-x, -y),
            Self::Down => (-y, x),
            Self::Up => (y, -x),
        }
    }
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Collector {
    pub glyphs: Vec<Shown>,
    pub text: String,
    /// Glyphs of which no character is known.
    pub unknown: usize,
    /// Whether a picture was drawn.
    pub has_image: bool,
    drawn: usize,
    /// Set when the file has taken too long.
    stop: Arc<AtomicBool>,
    style: Style,
    /// How far to the right each clip lets anything be seen.
    clips: Vec<f64>,
    /// Marked content: where it began, and what it is to be read as.
    marked: Vec<(usize, Option<String>)>,
}

/// What ends the reading of a page that costs too much.
pub(super) struct Enough;

impl Collector {
    pub(super) fn new(stop: Arc<AtomicBool>) -> Self {
        Self { stop, ..Self::default() }
    }

    /// Ends the page, past the reader that cannot be told to stop.
    fn count(&mut self) {
        self.drawn += 1;
        let is_much = self.drawn > MAX_DRAWN || self.glyphs.len() > MAX_GLYPHS;
        if is_much || self.stop.load(Ordering::Relaxed) {
            panic::resume_unwind(Box::new(Enough));
        }
    }

    fn show(&mut self, glyph: &Glyph<'_>, at: Affine, unit: f64, is_vertical: bool) {
        let [a, b, _, _, x, y] = at.as_coeffs();
        let across = a.hypot(b);
        let size = if across > 0.0 { at.determinant().abs() / across * 1000.0 } else { 0.0 };
        if !(size > 0.01 && size < 1e5 && x.abs() < 1e6 && y.abs() < 1e6) {
            return;
        }
        let turn = if is_vertical { Turn::Down } else { Turn::of(a, b) };
        let advance = f64::from(advance(glyph).unwrap_or(500.0)).clamp(0.0, 10_000.0);
        let width = if is_vertical { size } else { advance * unit };
        let begin = self.text.len();
        self.characters(glyph);
        let (x, y) = turn.frame(x, y);
        let text = (begin, self.text.len());
        let edge = self.clips.last().copied().unwrap_or(f64::INFINITY);
        let is_cut = turn == Turn::Right && x < edge && edge < x + width - 0.01 * size;
        let style = self.style;
        self.glyphs.push(Shown { text, x, y, width, size, turn, style, is_cut });
    }

    /// The characters of a glyph, ligatures taken apart.
    fn characters(&mut self, glyph: &Glyph<'_>) {
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => self.character(c),
            Some(BfString::String(text)) => text.chars().for_each(|c| self.character(c)),
            None => self.unnamed(glyph),
        }
    }

    /// A glyph of a font that names no character. Drawn fonts are mostly in the order of ASCII, and
    /// those of TeX have ligatures and quotes before it; of others nothing can be said.
    fn unnamed(&mut self, glyph: &Glyph<'_>) {
        let code = Some(glyph.char_code()).filter(|_| matches!(glyph, Glyph::Type3(_)));
        self.character(match code {
            Some(0x0b | 0x1b) => '\u{fb00}',
            Some(0x0c | 0x1c) => '\u{fb01}',
            Some(0x0d | 0x1d) => '\u{fb02}',
            Some(0x0e | 0x1e) => '\u{fb03}',
            Some(0x0f | 0x1f) => '\u{fb04}',
            Some(0x10) => '“',
            Some(0x11) => '”',
            Some(0x15) => '–',
            Some(0x16) => '—',
            Some(code @ 0x20..=0x7e) => char::from_u32(code).unwrap_or('\0'),
            _ => '\0',
        });
    }

    fn character(&mut self, c: char) {
        match c {
            '\t' | '\n' | '\r' | '\u{a0}' => self.text.push(' '),
            '\u{fb00}' => self.text.push_str("ff"),
            '\u{fb01}' => self.text.push_str("fi"),
            '\u{fb02}' => self.text.push_str("fl"),
            '\u{fb03}' => self.text.push_str("ffi"),
            '\u{fb04}' => self.text.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => self.text.push_str("st"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => {
                self.unknown += 1;
                self.text.push('\u{fffd}');
            }
            c => self.text.push(c),
        }
    }
}

/// How far apart the widths of glyphs in one run may be for them to be drawn alike.
const ALIKE: f64 = 0.01;

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.count();
        // What is filled and then outlined is shown once.
        if matches!(mode, DrawMode::Stroke(_))
            && !self.glyphs.is_empty()
            && self.repeats(run, &props)
        {
            return;
        }
        let places: Vec<Affine> =
            run.glyphs().iter().map(|glyph| props.transform * glyph.transform()).collect();
        // A font that stands in for another is stretched glyph by glyph; the advance is not.
        let ratio = |at: &Affine| {
            let [a, b, c, d, ..] = at.as_coeffs();
            a.hypot(b) / c.hypot(d).max(1e-12)
        };
        let first = places.first().map_or(1.0, ratio);
        let is_stretched = places.iter().any(|at| (ratio(at) - first).abs() > ALIKE * first);
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        self.style = Style::of(run, &props.paint);
        for (glyph, at) in run.glyphs().iter().zip(places) {
            let [a, b, c, d, ..] = at.as_coeffs();
            let unit = if is_stretched { c.hypot(d) } else { a.hypot(b) };
            self.show(glyph, at, unit, is_vertical);
            self.count();
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.has_image = true;
        self.count();
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let edge = clip.path.bounding_box().x1;
        self.clips.push(self.clips.last().map_or(edge, |outer| edge.min(*outer)));
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count();
        let actual = properties.and_then(|dict| dict.get::<PdfString<'_>>("ActualText"));
        let actual = actual.map(|text| info::decoded(text.as_bytes()));
        self.marked.push((self.glyphs.len(), actual));
    }

    fn end_marked_content(&mut self) {
        let Some((first, Some(actual))) = self.marked.pop() else { return };
        let Some(glyphs) = self.glyphs.get_mut(first..).filter(|glyphs| !glyphs.is_empty()) else {
            return;
        };
        // What the words are to be read as stands for all glyphs that show them.
        let begin = self.text.len();
        actual.chars().filter(|c| !c.is_control()).for_each(|c| self.text.push(c));
        let end = self.text.len();
        for (number, glyph) in glyphs.iter_mut().enumerate() {
            glyph.text = if number == 0 { (begin, end) } else { (end, end) };
        }
    }
}

impl Collector {
    /// Whether the run stands exactly where the last glyphs do.
    fn repeats(&self, run: &GlyphRun<'_, '_>, props: &DrawProps<'_>) -> bool {
        let begin = self.glyphs.len().checked_sub(run.glyphs().len());
        let first = begin.and_then(|begin| self.glyphs.get(begin));
        let Some((first, glyph)) = first.zip(run.glyphs().first()) else { return false };
        let [.., x, y] = (props.transform * glyph.transform()).as_coeffs();
        first.turn.frame(x, y) == (first.x, first.y)
    }
}
