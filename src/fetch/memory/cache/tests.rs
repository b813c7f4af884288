//! What is remembered, for how long, and what becomes of files that are no good.

#![expect(clippy::disallowed_methods, reason = "a test damages files")]

use super::*;
use crate::model::{Failure, Hop};

fn outcome(kind: FailureKind, at: Timestamp) -> Arc<Outcome> {
    let url: url::Url = "http://e.com/".parse().expect("a URL");
    Arc::new(Outcome {
        chain: vec![Hop { url, status: Some(404) }],
        result: Err(Failure::new(kind, "seen")),
        captures: None,
        fetched: Some(at),
    })
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_500_000_000 + hour * 3600).expect("a time")
}

fn is_fresh(cache: &Cache, url: &str, now: Timestamp) -> Option<bool> {
    cache.get(url, now).map(|found| found.fresh)
}

#[test]
fn outcomes_are_remembered_as_long_as_they_last() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("new/cache.sqlite");
    let (cache, notice) = Cache::open(&path, "1").expect("a cache");
    assert_eq!(notice, None);
    drop(cache.put("gone", &outcome(FailureKind::NotFound, at(0)), None));
    drop(cache.put("slow", &outcome(FailureKind::Timeout, at(0)), None));
    drop(cache.put("never", &outcome(FailureKind::NoNetwork, at(0)), None));
    assert_eq!(cache.finish(), None);
    let (cache, _) = Cache::open(&path, "1").expect("the same cache");
    assert_eq!(is_fresh(&cache, "gone", at(23)), Some(true));
    assert_eq!(is_fresh(&cache, "gone", at(25)), Some(false));
    assert_eq!(is_fresh(&cache, "slow", at(2)), Some(false));
    assert_eq!(is_fresh(&cache, "never", at(0)), None);
    assert_eq!(is_fresh(&cache, "gone", at(-1)), Some(false), "from the future");
    let (other, _) = Cache::open(&path, "2").expect("the same cache");
    assert_eq!(is_fresh(&other, "gone", at(1)), None, "read in another way");
}

#[test]
fn a_damaged_cache_is_set_aside_with_a_message() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("cache.sqlite");
    let junk = "this is no database, and long enough to be one ".repeat(100);
    std::io::Write::write_all(
        &mut std::fs::File::create_new(&path).expect("a file"),
        junk.as_bytes(),
    )
    .expect("room for it");
    let (cache, notice) = Cache::open(&path, "1").expect("a new cache");
    assert!(notice.is_some_and(|notice| notice.contains("damaged-1")));
    drop(cache.put("gone", &outcome(FailureKind::NotFound, at(0)), None));
    assert_eq!(cache.finish(), None);
    assert!(folder.path().join("cache.sqlite.damaged-1").exists());
}

#[tokio::test]
async fn what_counts_as_written_is_there_for_others() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("cache.sqlite");
    let (cache, _) = Cache::open(&path, "1").expect("a cache");
    for number in 0..50 {
        let url = number.to_string();
        let written = cache.put(&url, &outcome(FailureKind::NotFound, at(0)), None);
        assert!(written.await.is_err(), "it ends without a word");
        let (other, _) = Cache::open(&path, "1").expect("the same cache");
        assert_eq!(is_fresh(&other, &url, at(0)), Some(true), "{url}");
    }
    let passing = cache.put("never", &outcome(FailureKind::NoNetwork, at(0)), None);
    assert!(passing.await.is_err(), "what is not kept is not waited for");
}

#[test]
fn damage_that_shows_only_in_use_is_set_aside_at_the_end() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("cache.sqlite");
    let open = || Cache::open(&path, "1").expect("a cache");
    let (cache, _) = open();
    let urls: Vec<_> = (0..500).map(|n| format!("http://e.com/{n}")).collect();
    for url in &urls {
        drop(cache.put(url, &outcome(FailureKind::NotFound, at(0)), None));
    }
    assert_eq!(cache.finish(), None);
    drop(cache);
    let mut bytes = std::fs::read(&path).expect("a file");
    let half = bytes.len() / 2;
    bytes[half..].fill(0xA5);
    std::fs::write(&path, bytes).expect("a file");
    let (cache, notice) = open();
    assert_eq!(notice, None, "its beginning is good");
    let known = urls.iter().filter(|url| cache.get(url, at(0)).is_some()).count();
    let trouble = cache.finish().expect("trouble");
    assert!(known < urls.len() && trouble.contains("set aside"), "{trouble}");
    let (cache, notice) = open();
    assert_eq!((notice, cache.get(&urls[0], at(0)).is_none()), (None, true));
}

#[test]
fn another_programs_database_is_left_alone() {
    let folder = tempfile::tempdir().expect("a place for a file");
    let path = folder.path().join("theirs.sqlite");
    let theirs = Connection::open(&path).expect("a database");
    theirs.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").expect("a table");
    assert!(Cache::open(&path, "1").is_err());
    let kept: i32 = theirs.query_row("SELECT x FROM t", [], |row| row.get(0)).expect("a row");
    assert_eq!(kept, 1);
}
