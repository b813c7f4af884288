//! Furniture: what a browser prints in the margins of each page: the day of printing, the title, the
//! address. It says when the copy was made, not what the article says.

use super::lines::Line;

/// How near to an edge of the page such a line stands, and how large its letters are, in points.
const MARGIN: f64 = 30.0;
const SIZE: f64 = 9.0;

/// Takes out the lines in the margins of a page of that height.
pub(super) fn strip(lines: &mut Vec<Line>, height: f64) {
    lines.retain(|line| {
        let (_, y) = line.place();
        line.size > SIZE || (y > MARGIN && y < height - MARGIN)
    });
}
