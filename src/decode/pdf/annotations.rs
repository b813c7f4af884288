//! Annotations: the links that a page states, as areas of it (ISO 32000-2, 12.5.6.5).

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Number, Rect, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Point};

use super::info;
use super::lines::Line;
use crate::model::{PageLink, Span};

/// Further annotations of a page are left out.
const MOST: usize = 10_000;

/// An area, by its left, upper, right and lower edge, in the coordinates that glyphs have.
type Area = [f64; 4];

/// A link that a page states.
#[derive(Debug)]
pub(super) struct Stated {
    pub address: String,
    areas: Vec<Area>,
}

impl Stated {
    /// Whether a place is covered.
    pub(super) fn covers(&self, x: f64, y: f64) -> bool {
        self.areas.iter().any(|&[left, top, right, bottom]| {
            x > left - 1.0 && x < right + 1.0 && y > top - 1.0 && y < bottom + 1.0
        })
    }

    /// Where it begins: how far down, and how far from the left.
    pub(super) fn corner(&self) -> (f64, f64) {
        let corner = |&[left, top, ..]: &Area| (left, top);
        self.areas.iter().map(corner).min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
    }
}

/// The links of a page, with places as `at` turns them.
pub(super) fn of(page: &Page<'_>, at: Affine) -> Vec<Stated> {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    annotations
        .iter::<Dict<'_>>()
        .take(MOST)
        .filter_map(|annotation| {
            let is_link =
                annotation.get::<Name<'_>>("Subtype").is_some_and(|of| of.as_str() == "Link");
            let action = annotation.get::<Dict<'_>>("A").filter(|_| is_link)?;
            let address = info::decoded(action.get::<PdfString<'_>>("URI")?.as_bytes());
            let address = address.trim().to_owned();
            let areas = areas(&annotation, at);
            (!address.is_empty() && !areas.is_empty()).then_some(Stated { address, areas })
        })
        .collect()
}

/// The quadrilaterals that an annotation is made of, or else its rectangle.
fn areas(annotation: &Dict<'_>, at: Affine) -> Vec<Area> {
    let quads = annotation.get::<Array<'_>>("QuadPoints");
    let numbers: Vec<f64> = quads
        .iter()
        .flat_map(Array::iter::<Number>)
        .take(8 * 64)
        .map(|number| number.as_f64())
        .collect();
    let quads: Vec<Area> =
        numbers.chunks_exact(8).filter_map(|quad| around(quad.chunks_exact(2), at)).collect();
    if !quads.is_empty() {
        return quads;
    }
    let Some(rect) = annotation.get::<Rect>("Rect") else { return Vec::new() };
    let corners = [rect.x0, rect.y0, rect.x1, rect.y1];
    around(corners.chunks_exact(2), at).into_iter().collect()
}

/// The least area around some points.
fn around<'n>(points: impl Iterator<Item = &'n [f64]>, at: Affine) -> Option<Area> {
    let mut area: Option<Area> = None;
    for point in points {
        let &[x, y] = point else { continue };
        let Point { x, y } = at * Point::new(x, y);
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        let [left, top, right, bottom] = area.unwrap_or([x, y, x, y]);
        area = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
    }
    area
}

/// How many places are compared with areas on one page.
const MAX_COMPARED: usize = 20_000_000;

/// Links at the words that they cover, given where in the text each line begins.
pub(super) fn placed(
    stated: Vec<Stated>,
    lines: &[Line],
    starts: &[usize],
    text: &str,
) -> Vec<PageLink> {
    let glyphs: usize = lines.iter().map(|line| line.glyphs.len()).sum();
    let affordable = MAX_COMPARED / glyphs.max(1);
    let place = |(number, link): (usize, Stated)| {
        let covered = if number < affordable { covered(&link, lines, starts, text) } else { None };
        let span = covered.unwrap_or_else(|| beside(&link, lines, starts, text));
        PageLink { span, address: link.address }
    };
    stated.into_iter().enumerate().map(place).collect()
}

/// The longest run of words that a link covers.
fn covered(link: &Stated, lines: &[Line], starts: &[usize], text: &str) -> Option<Span> {
    let mut best: Option<Span> = None;
    let mut run: Option<Span> = None;
    for (line, &start) in lines.iter().zip(starts) {
        for glyph in line.glyphs.iter().filter(|glyph| link.covers(glyph.x, glyph.y)) {
            let end = (start + glyph.end).min(start + line.text.len());
            let part = Span::new(start + glyph.start, end);
            if part.of(text).trim().is_empty() {
                continue;
            }
            let goes_on =
                run.filter(|run| Span::new(run.end, part.start).of(text).trim().is_empty());
            let now = goes_on.map_or(part, |run| Span::new(run.start, part.end));
            run = Some(now);
            if best.is_none_or(|best| best.start == now.start || best.len() < now.len()) {
                best = run;
            }
        }
    }
    best
}

/// Where a link over no words stands: after the line above it.
fn beside(link: &Stated, lines: &[Line], starts: &[usize], text: &str) -> Span {
    let (top, _) = link.corner();
    let above = lines.iter().zip(starts).filter(|(line, _)| line.place().1 <= top);
    let nearest = above.max_by(|a, b| a.0.place().1.total_cmp(&b.0.place().1));
    let at = match nearest {
        Some((above, start)) => start + above.text.len(),
        None => starts.first().copied().unwrap_or(text.len()),
    };
    Span::new(at, at)
}
