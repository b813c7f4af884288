//! Settles with the network what the text left open: which reading of a broken URL answers.
//!
//! Pure: what the readings led to comes in as values.

use url::Url;

use crate::model::{Link, Outcome, Span};

/// What asking for a reading has told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    There,
    Dead,
    Unknown,
}

fn answer(outcome: &Outcome) -> Answer {
    match &outcome.result {
        Ok(_) => Answer::There,
        Err(failure) if failure.kind.is_dead() => Answer::Dead,
        Err(_) => Answer::Unknown,
    }
}

/// Takes the one reading that answers, given what each of its readings led to, in their order.
///
/// Nothing changes where none answers, where more than one does, or where the others could not be
/// judged. A first part that answers alone was never broken.
pub(super) fn settle(link: &mut Link, readings: &[Url], outcomes: &[impl AsRef<Outcome>]) {
    let answers: Vec<Answer> = outcomes.iter().map(|outcome| answer(outcome.as_ref())).collect();
    let Some(winner) = answers.iter().position(|&answer| answer == Answer::There) else { return };
    let others_are_dead =
        answers.iter().enumerate().all(|(at, &answer)| at == winner || answer == Answer::Dead);
    let (Some(url), true) = (readings.get(winner), others_are_dead) else { return };
    let dead: Vec<&str> = readings.iter().filter(|other| *other != url).map(Url::as_str).collect();
    if let Some(first) = first_part(link.raw(), url).map(str::to_owned) {
        link.span = Span::new(link.span.start, link.span.start + first.len());
        link.join = None;
        link.readdress(&first, &first, Some(url.clone()));
        return;
    }
    if winner > 0 {
        take(link, url, winner);
    }
    if let Some(join) = &mut link.join {
        join.note_answer(&dead);
    }
}

/// The first part of a broken URL, if that alone is the address.
fn first_part<'r>(raw: &'r str, url: &Url) -> Option<&'r str> {
    let mut part = raw.split_whitespace().next().filter(|part| part.len() < raw.len())?;
    loop {
        if Url::parse(part).is_ok_and(|first| first == *url) {
            return Some(part);
        }
        part = part.strip_suffix(|c: char| !c.is_alphanumeric())?;
    }
}

/// Makes another reading the link's address.
fn take(link: &mut Link, url: &Url, winner: usize) {
    let Some(mut join) = link.join.take() else { return };
    let other = join.alternatives.remove(winner - 1);
    if other != link.joined() {
        join.alternatives.insert(0, link.joined().to_owned());
        join.reasons.clear();
    }
    let raw = link.raw().to_owned();
    link.join = Some(join);
    link.readdress(&raw, &other, Some(url.clone()));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Confidence, FailureKind, Join, LinkKind, Status};
    use crate::rules::sample::Sample;

    const WHOLE: &str = "https://a.example/in-syria";
    const PART: &str = "https://a.example/i";

    fn broken() -> Link {
        let raw = "https://a.example/i\nn-syria";
        let mut link = Link::new(LinkKind::Bare, Span::new(5, 5 + raw.len()), raw, WHOLE, None);
        link.join = Some(Box::new(Join {
            confidence: Confidence::Medium,
            reasons: vec!["the line is full".into()],
            alternatives: vec![PART.into()],
        }));
        link
    }

    fn outcome(result: Result<(), FailureKind>) -> Arc<Outcome> {
        let sample = Sample::undated().link(WHOLE);
        let sample = match result {
            Ok(()) => sample.page(),
            Err(kind) => sample.failed(kind, ""),
        };
        match sample.case().statuses.pop() {
            Some(Status::Followed(outcome)) => outcome,
            other => panic!("the link was followed, and not {other:?}"),
        }
    }

    fn settled(whole: Result<(), FailureKind>, part: Result<(), FailureKind>) -> Link {
        let mut link = broken();
        let readings = link.readings();
        assert_eq!(readings.len(), 2);
        settle(&mut link, &readings, &[outcome(whole), outcome(part)]);
        link
    }

    #[test]
    fn the_reading_that_answers_wins_and_says_so() {
        let link = settled(Ok(()), Err(FailureKind::NotFound));
        let join = link.join.as_ref().expect("it is broken");
        assert_eq!((link.joined(), join.confidence), (WHOLE, Confidence::High));
        assert_eq!(join.reasons[1], "it answers, and https://a.example/i does not");
        assert!(join.is_settled());
    }

    #[test]
    fn a_first_part_that_answers_alone_was_never_broken() {
        let link = settled(Err(FailureKind::NotFound), Ok(()));
        assert_eq!((link.joined(), link.raw()), (PART, PART));
        assert_eq!((link.join, link.span), (None, Span::new(5, 5 + PART.len())));
    }

    /// A doubtful join leads to its first part until the whole answers and the part does not.
    #[test]
    fn a_doubtful_join_is_settled_by_an_answer_too() {
        let doubtful = || {
            let mut link = broken();
            let (raw, joined) = (link.raw().to_owned(), link.joined().to_owned());
            link.readdress(&raw, &joined, Url::parse(PART).ok());
            if let Some(join) = &mut link.join {
                join.alternatives = vec![WHOLE.into()];
            }
            link
        };
        let settled = |part, whole| {
            let mut link = doubtful();
            let readings = link.readings();
            assert_eq!(readings.iter().map(Url::as_str).collect::<Vec<_>>(), [PART, WHOLE]);
            settle(&mut link, &readings, &[outcome(part), outcome(whole)]);
            link
        };
        let dead = Err(FailureKind::NotFound);
        let link = settled(dead, Ok(()));
        assert_eq!(link.url().map(Url::as_str), Some(WHOLE));
        assert!(!link.is_doubtful() && link.raw().contains('\n'));
        let link = settled(Ok(()), dead);
        assert_eq!((link.raw(), link.joined(), &link.join), (PART, PART, &None));
        for (part, whole) in [(Ok(()), Ok(())), (dead, dead)] {
            assert_eq!(settled(part, whole), doubtful());
        }
    }

    #[test]
    fn nothing_is_settled_by_both_or_neither_or_a_network_that_is_not_there() {
        for (whole, part) in [
            (Ok(()), Ok(())),
            (Err(FailureKind::NotFound), Err(FailureKind::Gone)),
            (Ok(()), Err(FailureKind::Timeout)),
            (Err(FailureKind::NoNetwork), Err(FailureKind::NoNetwork)),
        ] {
            assert_eq!(settled(whole, part), broken());
        }
    }
}
