//! `odd-one-out-url`: the URL does not follow the shape that its site's article URLs share.

use url::Url;

use crate::address::hosts::same_site;
use crate::address::shape::Shape;
use crate::model::{Case, Checked, Confidence, Finding, Tuning};

use super::support::finding::{on_link, shown};
use super::support::links::{cited, in_furniture};
use super::support::phrase::counted;

declare_rule! {
    /// ## What it finds
    ///
    /// On the article's own site, whose article URLs share a shape (such as a number at the end,
    /// `…-a61572`), a link that does not follow it. The shape is learnt from the article's own
    /// address and the other links to its site.
    ///
    /// ## Why it matters
    ///
    /// A publishing system makes all of its addresses in one way. One that looks different was cut
    /// short, mistyped or made up, or the site changed its system in between.
    ///
    /// ## Fires
    ///
    /// In an article at `…/2018/05/25/putin-and-macron-agree-a61572` a link to
    /// `…/2025/10/17/trump-factor-leaves-macron-scrambling` on the same site.
    ///
    /// ## Stays silent
    ///
    /// Links to sections, files and other sites, and sites whose addresses share no shape.
    ///
    /// ## How to silence it
    ///
    /// It is a note and shown in profile `audit` only; or run with `--ignore odd-one-out-url`.
    RULE {
        id: "odd-one-out-url",
        summary: "the URL does not follow the shape of its site's other article URLs",
        level: Note,
        needs: &[],
        supersedes: &[],
        check: check,
    }
}

fn check(case: &Case, _tuning: &Tuning) -> Vec<Finding> {
    let Some(own) = case.own_address() else { return Vec::new() };
    let Some(shape) = Shape::of(own) else { return Vec::new() };
    let siblings: Vec<(Checked<'_>, Shape)> = cited(case)
        .filter_map(|checked| {
            let url = checked.link.url().filter(|url| on_site(url, own))?;
            let sibling = Shape::of(url).filter(|sibling| sibling.folder == shape.folder)?;
            Some((checked, sibling))
        })
        .collect();
    let alike = siblings.iter().filter(|(_, sibling)| *sibling == shape).count() + 1;
    // Where the odd are as many as the rest, there is no shape to follow.
    if alike <= siblings.len() - (alike - 1) && alike > 1 || siblings.len() + 1 > alike * 2 {
        return Vec::new();
    }
    let odd = siblings
        .iter()
        .filter(|(checked, sibling)| *sibling != shape && !in_furniture(checked.link));
    odd.map(|(checked, sibling)| finding(checked, sibling, &shape, alike)).collect()
}

fn on_site(url: &Url, own: &Url) -> bool {
    url.host_str().zip(own.host_str()).is_some_and(|(one, other)| same_site(one, other))
}

fn finding(checked: &Checked<'_>, odd: &Shape, shape: &Shape, alike: usize) -> Finding {
    let others = match alike - 1 {
        0 => String::new(),
        more => format!(", and so {}", ends(more)),
    };
    let message = format!(
        "{} ends {}, while the article's own address on this site ends {}{others}: it does not \
         follow the site's shape.",
        shown(checked.link),
        odd.ending(),
        shape.ending(),
    );
    let help = "compare it with the site's own link to the page: it may be cut short or made up";
    let confidence = if alike >= 4 { Confidence::Medium } else { Confidence::Low };
    Finding { confidence, ..on_link(&RULE, checked.link, message, help) }
}

fn ends(more: usize) -> String {
    let count = i64::try_from(more).unwrap_or(i64::MAX);
    let verb = if more == 1 { "does" } else { "do" };
    format!("{verb} {}", counted(count, "other link"))
}

#[cfg(test)]
pub(super) mod samples {
    use super::super::sample::Sample;
    use crate::model::Case;

    fn article() -> Sample {
        Sample::article("2018-05-25")
            .url("https://news.com/2018/05/25/putin-and-macron-agree-a61572")
    }

    pub(crate) fn fires() -> Case {
        article().link("https://www.news.com/2018/04/17/trump-factor-leaves-macron").case()
    }

    pub(crate) fn near_miss() -> Case {
        article()
            .link("https://www.news.com/2018/04/17/trump-factor-leaves-macron-a61001")
            .link("https://www.news.com/world")
            .link("https://www.other.com/2018/04/17/trump-factor-leaves-macron")
            .case()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;

    #[test]
    fn without_a_majority_there_is_no_shape() {
        let own = "https://news.com/2018/05/25/putin-and-macron-agree-a61572";
        let mut sample = Sample::article("2018-05-25").url(own);
        for day in 10..13 {
            sample =
                sample.link(&format!("https://news.com/2018/04/{day}/a-long-story-of-the-day"));
        }
        assert_eq!(check(&sample.case(), &Tuning::default()), []);
    }
}
