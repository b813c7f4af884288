//! The links of a document, one a line, with what is known of each beneath.

use jiff::Timestamp;

use super::wrap::{self, columns};
use super::{BOLD, DIM, ERROR, Places, heading};
use crate::address::shown::Shown;
use crate::model::{Judged, Link};
use crate::report::Style;
use crate::rules::made_of_target;

/// The list for one document.
pub(super) fn list(judged: &Judged, style: Style) -> String {
    let places = Places::of(&judged.case.article);
    let links = &judged.case.extract.links;
    let mut text = heading(judged, style);
    let widest = links.iter().map(|link| places.name(link.span).len()).max().unwrap_or(0);
    for link in links {
        text += &line(link, judged.case.now, &places, widest, style);
    }
    if links.is_empty() {
        text += "  no links\n";
    }
    text + "\n"
}

/// What is known of a link is set in no narrower column.
const NARROWEST: usize = 28;

fn line(link: &Link, now: Timestamp, places: &Places<'_>, widest: usize, style: Style) -> String {
    let address = link.url().map_or(link.joined(), url::Url::as_str);
    let before = widest + 16;
    let room = style.width.saturating_sub(before).max(NARROWEST);
    let mut text = format!(
        "  {:>widest$}  {}  {}\n",
        places.name(link.span),
        style.paint(BOLD, format_args!("{:<10}", link.role.as_str())),
        Shown(address)
    );
    for (name, words) in details(link, now, address) {
        let painted =
            style.paint(if name == "malformed" { ERROR } else { DIM }, format_args!("{name}:"));
        let safe = Shown(&words).to_string();
        // What goes on in another line stands under the first one's words.
        let (mut lead, hang) = (format!("{painted} "), columns(name) + 2);
        for words in wrap::lines(safe.split(' '), room.saturating_sub(hang).max(NARROWEST)) {
            text += &format!("{:before$}{lead}{}\n", "", words.join(" "));
            lead = " ".repeat(hang);
        }
    }
    text
}

/// What there is to say about a link beside its place, role and address.
fn details(link: &Link, now: Timestamp, address: &str) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    let owned = |words: Option<&str>| words.map(str::to_owned);
    let mut say = |name, words: Option<String>| details.extend(words.map(|words| (name, words)));
    say("text", owned(link.text.as_deref().filter(|text| !text.is_empty() && *text != address)));
    say("label", link.label.as_ref().map(|label| label.text.clone()));
    say(
        "rejoined",
        link.join.as_ref().map(|join| match join.reasons.as_slice() {
            [] => format!("confidence {}", join.confidence),
            reasons => format!("confidence {}: {}", join.confidence, reasons.join("; ")),
        }),
    );
    say(
        "or",
        link.join
            .as_ref()
            .filter(|join| !join.alternatives.is_empty())
            .map(|join| join.alternatives.join(" or ")),
    );
    say(
        "capture",
        link.capture.as_ref().map(|capture| {
            let target =
                capture.target.as_deref().unwrap_or("a page that its address does not name");
            let at = capture.captured.map(|at| format!(" at {at}")).unwrap_or_default();
            format!("of {target}{at}, in {}", capture.archive)
        }),
    );
    say("inside", owned(link.inner.as_deref()));
    say("made", made_of_target(link, now).map(|made| made.told()));
    say("malformed", owned(link.malformed.as_deref()));
    details
}
