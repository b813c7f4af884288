//! What is learnt from dated numbers, and what is refused.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::model::Claim;

fn address(number: u64) -> Url {
    Url::parse(&format!("https://a.example/some-words-of-it-a{number}")).expect("an address")
}

/// A site of ten articles a day, of which every fiftieth is dated as `wrong` says.
fn learnt(wrong: impl Fn(Date) -> Date) -> Learnt {
    let mut learner = Learner::default();
    for number in 0..4_000_u32 {
        let day = date(2018, 1, 1).saturating_add(i64::from(number / 10).days());
        let day = if number % 50 == 7 { wrong(day) } else { day };
        learner.add_dated(&address(60_000 + u64::from(number)), Some(day));
    }
    learner.finish()
}

fn claim(learnt: &Learnt, number: u64) -> Option<Claim> {
    site_clock::claim(&learnt.clocks, &address(number))
}

#[test]
fn a_number_is_as_old_as_its_neighbours_though_some_are_wrong() {
    let backdated = learnt(|day| day.saturating_sub(1_000.days()));
    let clock = &backdated.clocks.clocks[0];
    assert_eq!((clock.points, clock.breaks, clock.early, clock.late), (4_000, 80, 1, 1));
    assert_eq!(clock.shape, "/-a#.");
    // The number of one that is backdated itself, and that of another.
    for number in [61_457, 61_440] {
        let claim = claim(&backdated, number).expect("a claim");
        assert_eq!(claim.date.to_string(), "2018-W21");
        assert_eq!(claim.confidence, Confidence::Medium);
    }
}

#[test]
fn a_clock_is_as_late_as_pieces_wait_and_no_earlier_for_it() {
    let waited = learnt(|day| day.saturating_add(30.days()));
    let clock = &waited.clocks.clocks[0];
    assert_eq!((clock.breaks, clock.early, clock.late), (80, 1, 30));
    // So long nothing waits: these are wrong.
    let redated = learnt(|day| day.saturating_add(1_000.days()));
    assert_eq!(redated.clocks.clocks[0].late, 1);
}

#[test]
fn beyond_the_last_number_only_the_beginning_is_known() {
    let clocks = learnt(|day| day);
    assert!(claim(&clocks, 64_100).expect("a claim").when.is_open());
    assert_eq!(claim(&clocks, 90_000), None);
    assert_eq!(claim(&clocks, 50_000), None);
}

/// The clock of four hundred numbers, dated by the place of each.
fn clock_of(day: impl Fn(u32) -> u32) -> usize {
    let mut learner = Learner::default();
    for number in 0..400 {
        let day = date(2018, 1, 1).saturating_add(i64::from(day(number)).days());
        learner.add_dated(&address(60_000 + u64::from(number)), Some(day));
    }
    let learnt = learner.finish();
    assert_eq!(learnt.clocks.clocks.len() + learnt.refused, 1);
    learnt.clocks.clocks.len()
}

#[test]
fn numbers_without_order_are_refused() {
    assert_eq!(clock_of(|number| number), 1, "in order");
    assert_eq!(clock_of(|number| number * 7_919 % 1_000), 0, "without any");
    assert_eq!(clock_of(|number| number * 7_919 % 40), 0, "without any, in forty days");
    assert_eq!(clock_of(|number| 400 - number), 0, "the other way round");
    assert_eq!(clock_of(|number| if number % 5 == 0 { 7 * number % 400 } else { number }), 0);
    assert_eq!(clock_of(|number| number / 200), 0, "of two days");
}

#[test]
fn few_numbers_are_refused() {
    let mut learner = Learner::default();
    for number in 0..20 {
        learner.add_dated(&address(60_000 + number), Some(date(2018, 5, 25)));
    }
    let learnt = learner.finish();
    assert_eq!((learnt.clocks.clocks.len(), learnt.scarce), (0, 1));
}

#[test]
fn of_too_many_numbers_an_even_share_is_kept() {
    let mut points = Points::default();
    for number in 0..100_000_u64 {
        points.add(number, 0);
    }
    assert!((MOST / 4..=MOST).contains(&points.days.len()), "{}", points.days.len());
    let late = points.days.range(50_000..).count();
    assert!(late.abs_diff(points.days.len() / 2) < 10, "{late} of {}", points.days.len());
}

proptest! {
    #[test]
    fn whatever_is_learnt_can_be_read(points in proptest::collection::btree_map(1_000_u64..9_999_999, -4_000_i32..4_000, 0..200)) {
        if let Some(clock) = curve::clock("a.example".to_owned(), "/#.".to_owned(), &points) {
            let clocks = SiteClocks { schema: SiteClocks::SCHEMA, clocks: vec![clock] };
            prop_assert_eq!(clocks.problem(), None);
            let text = serde_json::to_string(&clocks).expect("JSON");
            prop_assert_eq!(serde_json::from_str::<SiteClocks>(&text).ok(), Some(clocks));
        }
    }
}
