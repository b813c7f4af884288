use super::*;
use crate::model::Judged;
use crate::report::compact;
use crate::report::samples::{fetched, hostile};

fn counted_over(documents: &[Judged]) -> Counter {
    let mut counter = Counter::default();
    for judged in documents {
        counter.add(Counts::of(&Outline::from(judged)));
    }
    counter
}

#[test]
fn compact_rows_give_the_same_figures() {
    let whole: Vec<Judged> = hostile().into_iter().chain(fetched()).collect();
    let small: Vec<Judged> = whole.iter().map(compact).collect();
    let (whole, small) = (counted_over(&whole).figures(20), counted_over(&small).figures(20));
    assert_eq!(whole, small);
    for format in [StatsFormat::Table, StatsFormat::Json, StatsFormat::Csv] {
        assert_eq!(whole.written(format), small.written(format));
    }
    assert!(whole.groups.iter().any(|group| group.by == By::All && group.links > 0));
}

#[test]
fn figures_look_the_same_every_time() {
    let figures = counted_over(&fetched()).figures(20);
    insta::assert_snapshot!("table", figures.written(StatsFormat::Table));
    insta::assert_snapshot!("csv", figures.written(StatsFormat::Csv));
}

#[test]
fn an_age_is_in_whole_years() {
    let now = jiff::civil::date(2026, 11, 24);
    for (published, years) in
        [("2018-05-25", 8), ("2018-11-25", 7), ("2018", 7), ("2026", 0), ("2027-01-01", 0)]
    {
        assert_eq!(age(published.parse().expect("a date"), now), years, "{published}");
    }
}
