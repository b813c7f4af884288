//! Shares with intervals, of links that come in clusters.
//!
//! The documents are a sample of clusters of unequal size. A share is the ratio estimator `y / x` (links
//! of the class over links of which it is known), its variance the linearised one between clusters,
//! `v = n/(n-1) · Σ (y_i − p·x_i)² / x²` (Cochran, *Sampling Techniques*, 3rd ed. 1977, ch. 6 and 9A). The interval is
//! Wilson's (1927) at the effective number of links `p(1−p)/v`, never more than there are (Korn and
//! Graubard, *Survey Methodology* 24, 1998, for the effective number). Where no link or every link is of
//! the class, and of a single document, the variance says nothing, and each document counts as one link.

use serde::Serialize;

use super::class::CLASSES;

/// A share, and between which bounds it is with 95 % confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// Links of the class.
    pub count: u64,
    /// Links of which it is known whether they are.
    pub of: u64,
    /// One by the other; none of nothing.
    pub share: Option<f64>,
    /// The lower bound.
    pub low: Option<f64>,
    /// The upper bound.
    pub high: Option<f64>,
}

/// What one document adds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    x: u64,
    y: u64,
}

impl Tally {
    pub(super) fn add(&mut self, links: usize, is: bool) {
        self.x += links as u64;
        self.y += if is { links as u64 } else { 0 };
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

/// The sums of one class over documents: exact, so that no order of documents changes a digit.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    n: u64,
    x: u64,
    y: u64,
    xx: u128,
    xy: u128,
    yy: u128,
}

/// The sums of one group of links.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) links: u64,
    pub(super) documents: u64,
    classes: [Moments; CLASSES.len()],
}

impl Sums {
    pub(super) fn add(&mut self, links: u64, tallies: &[Tally; CLASSES.len()]) {
        self.links += links;
        self.documents += 1;
        for (sums, &Tally { x, y }) in self.classes.iter_mut().zip(tallies) {
            let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
            sums.n += u64::from(x > 0);
            sums.x += x;
            sums.y += y;
            sums.xx += product(x, x);
            sums.xy += product(x, y);
            sums.yy += product(y, y);
        }
    }

    pub(super) fn share(&self, class: usize) -> Share {
        self.classes.get(class).map_or_else(Share::default, Moments::share)
    }
}

impl Moments {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than a float's digits")]
    fn share(&self) -> Share {
        let Self { n, x, y, xx, xy, yy } = *self;
        if x == 0 {
            return Share::default();
        }
        let (clusters, links) = (n as f64, x as f64);
        let p = y as f64 / links;
        let squares = p.mul_add(p * xx as f64, (-2.0 * p).mul_add(xy as f64, yy as f64)).max(0.0);
        let variance = clusters / (clusters - 1.0) * squares / (links * links);
        let tells = n > 1 && y > 0 && y < x;
        let effective = if tells { (p * (1.0 - p) / variance).min(links) } else { clusters };
        let (low, high) = wilson(p, effective);
        Share { count: y, of: x, share: Some(p), low: Some(low), high: Some(high) }
    }
}

/// Wilson's interval for a share of so many.
fn wilson(p: f64, n: f64) -> (f64, f64) {
    /// The 97.5th percentile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    let z2 = Z * Z;
    let middle = p + z2 / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(documents: &[(u64, u64)]) -> Share {
        let mut moments = Sums::default();
        for &(x, y) in documents {
            let mut tallies = [Tally::default(); CLASSES.len()];
            tallies[0] = Tally { x, y };
            moments.add(x, &tallies);
        }
        moments.share(0)
    }

    fn bounds(share: Share) -> (f64, f64) {
        let round = |bound: Option<f64>| (bound.expect("a bound") * 1e4).round() / 1e4;
        (round(share.low), round(share.high))
    }

    #[test]
    fn one_link_a_document_gives_what_independent_links_do() {
        // Wilson's interval of 10 % of 99: the sample variance has n − 1.
        let documents: Vec<_> = (0..100).map(|n| (1, u64::from(n < 10))).collect();
        assert_eq!(bounds(share(&documents)), (0.0551, 0.1748));
    }

    #[test]
    fn links_that_die_together_count_as_one() {
        // The same documents with ten links each of one fate know no more.
        let alone: Vec<_> = (0..100).map(|n| (1, u64::from(n < 10))).collect();
        let together: Vec<_> = alone.iter().map(|(x, y)| (10 * x, 10 * y)).collect();
        assert_eq!(bounds(share(&together)), bounds(share(&alone)));
        let spread: Vec<_> = (0..100).map(|_| (10, 1)).collect();
        let (low, high) = bounds(share(&spread));
        assert!(low > 0.08 && high < 0.13, "never surer than 1,000 links: {low} {high}");
    }

    #[test]
    fn bounds_are_shares() {
        assert_eq!(share(&[]), Share::default());
        for documents in [&[(1, 0)][..], &[(1, 1)], &[(5, 2)], &[(3, 0), (9, 0)], &[(3, 3), (9, 9)]]
        {
            let Share { share, low, high, .. } = share(documents);
            let (share, low, high) = (share.expect("one"), low.expect("one"), high.expect("one"));
            assert!(0.0 <= low && low <= share && share <= high && high <= 1.0, "{documents:?}");
        }
        assert_eq!(bounds(share(&[(50, 0); 20])), bounds(share(&[(1, 0); 20])));
    }
}
