//! What identifiers say, and what only looks like one.

use super::*;
use proptest::prelude::*;

/// What an address's identifier says at the end of 2026.
pub(super) fn read(address: &str) -> Option<Made> {
    let url = Url::parse(address).expect("an address");
    made(&url, "2026-11-29T00:00:00Z".parse().ok())
}

#[track_caller]
fn assert_made(cases: &[(&str, &str)]) {
    for (address, expected) in cases {
        let found = read(&format!("https://{address}")).map(|made| made.date.to_string());
        assert_eq!(found.as_deref(), Some(*expected), "{address}");
    }
}

#[track_caller]
fn assert_none(addresses: &[&str]) {
    for address in addresses {
        let found = read(&format!("https://{address}")).map(|made| made.told());
        assert_eq!(found, None, "{address}");
    }
}

#[test]
fn posts_say_when_they_were_written() {
    assert_made(&[
        ("twitter.com/a/status/700207533655363584", "2016-02-18T06:37:39Z"),
        ("mobile.twitter.com/a/statuses/700207533655363584/photo/1", "2016-02-18T06:37:39Z"),
        ("twitter.com/#!/a/status/700207533655363584", "2016-02-18T06:37:39Z"),
        ("x.com/i/web/status/1790637656616943991", "2024-05-15T06:57:40Z"),
        ("twitter.com/i/videos/tweet/705235433198714880", "2016-03-03T03:36:44Z"),
        ("nitter.net/a/status/700207533655363584#m", "2016-02-18T06:37:39Z"),
        ("platform.twitter.com/embed/Tweet.html?id=700207533655363584", "2016-02-18T06:37:39Z"),
        ("www.instagram.com/p/BqvsDleB3lV/", "2018-11-29T01:04:04Z"),
        ("www.instagram.com/a/reel/BqvsDleB3lV/?igsh=x", "2018-11-29T01:04:04Z"),
        ("www.instagram.com/p/9AJuAxBqCE/", "2015-10-19T02:26:59Z"),
        ("www.threads.net/t/CuW6-7KyXme", "2023-07-06T13:48:18Z"),
        ("www.tiktok.com/@a/video/7206382937372134662", "2023-03-03T18:06:17Z"),
        ("m.tiktok.com/v/7206382937372134662.html", "2023-03-03T18:06:17Z"),
        ("www.douyin.com/user/x?modal_id=6961737553342991651", "2021-05-13T11:37:15Z"),
        ("www.linkedin.com/posts/a_b-activity-7413127858266734592-AbCd", "2026-01-03T08:03:30Z"),
        (
            "www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7413127858266734592",
            "2026-01-03T08:03:30Z",
        ),
        ("www.linkedin.com/events/club7295762520814874625/comments/", "2025-02-13T11:15:33Z"),
        ("discord.com/channels/1/2/866312170890330122", "2021-07-18T13:35:16Z"),
        ("cdn.discordapp.com/attachments/1/866312170890330122/a.png", "2021-07-18T13:35:16Z"),
        ("bsky.app/profile/did:plc:x/post/3kkzc3xaf5m2w", "2024-02-09T21:57:32Z"),
        ("weibo.com/1234567890/N4xlMvjhI", "2023-06-09T12:17:12Z"),
        ("m.weibo.cn/status/4911002456066038", "2023-06-10T00:41:30Z"),
        ("a.tumblr.com/post/626907179849564160/some-words", "2020-08-19T19:27:56Z"),
        ("a.slack.com/archives/CEKK1KTN2/p1600268272383600", "2020-09-16T14:57:52Z"),
        ("social.example/@a/109498400905572278", "2022-12-12T02:43:22Z"),
        ("social.example/users/a/statuses/109498400905572278", "2022-12-12T02:43:22Z"),
        ("truthsocial.com/@a/posts/108779000807761862", "2022-08-07T01:30:27Z"),
        ("misskey.example/notes/9qarnku54zbc0b9u", "2024-02-29T12:28:49Z"),
        ("pleroma.example/notice/9i6mQ9uVrrOmOime8m", "2019-04-23T19:15:47Z"),
    ]);
}

#[test]
fn publishers_say_when_they_gave_an_address_out() {
    assert_made(&[
        ("www.wsj.com/articles/some-words-1534519043", "2018-08-17T15:17:23Z"),
        ("www.wsj.com/articles/some-words-11668697503", "2022-11-17T15:05:03Z"),
        ("online.wsj.com/article/SB123735124997967063.html", "2009-03-18T04:40:49Z"),
        ("www.reuters.com/article/us-x/words-idUSTRE7AC15K", "2011-11-13"),
        ("www.reuters.com/article/us-x-idUSKCN1NV2FV", "2018-11-26"),
        ("jp.reuters.com/article/words-idJPKBN2HI1IW/", "2021-10-28"),
        ("www.reuters.com/article/words-idUSL8N2CK0J8", "2020-05-02"),
        ("www.reuters.com/article/words-idLTAKBN2HI1IW20211029", "2021-10-28"),
        ("a.example/f/?id=00000152-fae6-d7cd-af53-fafe53bb0002", "2016-02-19T18:59:38Z"),
        ("arxiv.org/pdf/1709.03221v2", "2017-09"),
        ("arxiv.org/pdf/0804.0970.pdf", "2008-04"),
        ("arxiv.org/abs/hep-th/9711200", "1997-11"),
        ("doi.org/10.48550/arXiv.2104.12832", "2021-04"),
        ("www.biorxiv.org/content/10.1101/2023.02.07.527548v1.full", "2023-02-07"),
    ]);
}

#[test]
fn identifiers_of_known_shape_say_it_on_any_host() {
    assert_made(&[
        ("a.example/1ec9414c-232a-6b00-b3c8-9f6bdeced846", "2022-02-22T19:22:22Z"),
        ("a.example/x/017f22e2-79b0-7cc3-98c4-dc0c0c07398f.html", "2022-02-22T19:22:22Z"),
        ("a.example/5fa71548-c049-11ea-b4f6-cb39cd8940fb_story.html", "2020-07-07T11:59:55Z"),
        ("a.example/x?clip=clip_01GYXVB5Y8PWAPWCWMSBCFB05X", "2023-04-26T03:57:33Z"),
        ("a.example/clip-cm8hw9h5z00080hquqa5hszq7", "2025-03-20T21:59:43Z"),
        ("a.example/x/5d34b93ef632433030707ce2/comments", "2019-07-21T19:13:02Z"),
    ]);
}

#[test]
fn what_stands_inside_something_is_no_older_and_may_be_younger() {
    for (address, is_open) in [
        // A picture of a site, one that was changed, one that was put in again; and a draft.
        ("a.example/v1/5285891ae4b09d15d955ce6c/1543937958750-A/a.jpeg", true),
        ("a.example/5e9687bd5697780015df4f85/1586937894842.jpg", true),
        ("a.example/2020/09/5570d9a0-49b8-11e9-a27b-d7eb75c86209.png", true),
        ("a.example/2020/08/05/73ad9d7c-d4c7-11ea-9c3b-dfc394c03988_story.html", true),
        ("a.example/2020/08/05/a76774a0-d74a-11ea-930e-d88518c57dcc_story.html", false),
        ("a.example/5d34b93ef632433030707ce2/comments", false),
        ("a.example/a/5e9687bd5697780015df4f85.jpg", false),
        ("a.example/2019/x?id=5570d9a0-49b8-11e9-a27b-d7eb75c86209", false),
    ] {
        let made = read(&format!("https://{address}")).expect(address);
        assert_eq!(made.when.is_open(), is_open, "{address}");
        assert!(!made.told().contains("or after"), "{}", made.told());
    }
}

#[test]
fn numbers_that_grow_were_not_given_out_before() {
    let said = |address: &str| {
        let made = read(&format!("https://{address}"));
        made.map(|made| (made.when.is_open(), made.date.to_string()))
    };
    for (address, day) in [
        ("news.ycombinator.com/item?id=16319505", "2017-11-26"),
        ("redd.it/90bu6w", "2018-06-10"),
        ("old.reddit.com/r/a/comments/90bu6w/some_words/", "2018-06-10"),
        ("twitter.com/a/status/1562472627", "2009-04-16"),
        ("en.wikipedia.org/w/index.php?title=A&oldid=999756024", "2020-11-06"),
        ("github.com/a/b/issues/1#issuecomment-520169504", "2019-05-05"),
    ] {
        assert_eq!(said(address), Some((true, day.to_owned())), "{address}");
    }
}

#[test]
fn times_in_which_there_was_no_platform_are_none() {
    assert_none(&[
        // A number between the last counted post and the first snowflake, and the year 2078.
        "twitter.com/a/status/100000000000",
        "twitter.com/a/status/9000000000000000000",
        "social.example/@a/999999999999999999",
        "social.example/@a/42",
        "bsky.app/profile/a.example/post/2222222222222",
        "www.wsj.com/articles/some-words-2147483647",
        "www.reuters.com/article/words-idUSKBNZZZABC",
        "www.reuters.com/article/words-idUSBRE9DB0UF",
        "arxiv.org/abs/0701.0001",
        "arxiv.org/abs/1809.1234",
        "doi.org/10.1101/2020.13.45.123456",
        "www.reddit.com/r/a/comments/zzzzzzzz/some_words/",
        "news.ycombinator.com/item?id=99999999999",
        "a.example/6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "a.example/ffffffff-ffff-7fff-bfff-ffffffffffff",
        "a.example/00000000-0000-1000-8000-00805f9b34fb",
        "a.example/7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "a.example/25a80100e4b0c0b2f2f2a1b2",
    ]);
}

#[test]
fn what_only_looks_like_an_identifier_is_none() {
    assert_none(&[
        // Other hosts, and other things on the same.
        "a.example/p/BqvsDleB3lV/",
        "a.example/video/7253412088251534594",
        "a.example/articles/some-words-1534519043",
        "twitter.com.a.example/a/status/1234567890123456789",
        "twitter.com/i/spaces/1OwxWwQOPlNxQ",
        "pbs.twimg.com/profile_images/554585280938659841/a.jpeg",
        "twitter.com/a/lists/700207533655363584x",
        "www.instagram.com/share/p/BqvsDleB3lV",
        "www.instagram.com/share/reel/BqvsDleB3lV/",
        "www.instagram.com/stories/highlights/17923133245303158/",
        "www.tiktok.com/t/ZTRabcdef/",
        "www.linkedin.com/jobs/view/7413127858266734592x",
        "www.linkedin.com/groups/7016542/",
        "i.redd.it/90bu6w",
        "v.redd.it/90bu6w",
        "www.reddit.com/r/a/s/AbCdEfGhIj",
        "ru.stackoverflow.com/a/60319893",
        "gist.github.com/a/b#issuecomment-520169504",
        "de.wikipedia.org/w/index.php?title=A&oldid=142955862",
        "www.reuters.com/article/words-idustrembling",
        "www.discord.com/invite/866312170890330122",
        "www.youtube.com/shorts/CuX_UYABrr7",
        "www.linkedin.com/in/a-93b3a220a",
        "weibo.com/1758989602",
        "weibo.com/1758989602/wallpaper",
        "www.wsj.com/articles/BL-REB-15488",
        "online.wsj.com/article/SB10001424052748704281504576000000000000000.html",
        "www.reuters.com/article/words-idUSL1N1EXAMPLE",
        "www.reuters.com/video/watch/idOVF35T56Z",
        "en.wikipedia.org/wiki/555-2368",
        "stackoverflow.com/users/22656/a",
        // Words, hashes and other systems' identifiers.
        "misskey.example/notes/accounting",
        "pleroma.example/notice/123456",
        "a.example/counterdemonstration",
        "a.example/0ujzPyRiIAffKhBux4PvQdDqMHY",
        "a.example/c232ab00-9414-11ec-73c8-9f68deced846",
        "a.example/550e8400-e29b-41d4-a716-446655440000",
        "a.example/01ARZ3NDEKTSV4RRFFQ69G5FAU",
        "a.example/ABCDEFGHJKMNPQRSTVWXYZABCD",
        "a.example/5b07e1f0e4b0c0b2f2f2a1b2c3d4e5f6",
        "a.example/530714104150501022222112",
        "a.example/5B07E1F0E4B0C0B2F2F2A1B2",
    ]);
}

#[test]
fn what_is_told_needs_no_manual() {
    let told = |address: &str| read(address).map(|made| made.told());
    assert_eq!(
        told("https://x.com/a/status/1281832385427689472").as_deref(),
        Some(
            "its number was given out by X on July 11, 2020, 06:07 UTC; the address did not exist \
             before"
        )
    );
    assert_eq!(
        told("https://redd.it/90bu6w").as_deref(),
        Some(
            "its number was given out by Reddit on or after June 10, 2018; the address did not \
             exist before"
        )
    );
}

#[test]
fn the_table_is_whole() {
    for clock in CLOCKS.iter().chain(shape::CLOCKS) {
        assert!(civil(clock.since).is_some(), "{}", clock.form);
        assert!(
            clock.until.is_none_or(|until| civil(until) > civil(clock.since)),
            "{}",
            clock.form
        );
        assert!(!clock.source.is_empty(), "{}", clock.form);
    }
    assert!(CLOCKS.iter().all(|clock| !clock.hosts.is_empty()));
}

#[test]
fn points_of_counters_grow() {
    for clock in CLOCKS {
        if let Layout::Counter { anchors, .. } = clock.layout {
            assert!(anchors.is_in_order(), "{}", clock.name);
        }
    }
}

proptest! {
    #[test]
    fn no_address_panics(
        host in "(x\\.com|a\\.example|reuters\\.com|weibo\\.com|linkedin\\.com|arxiv\\.org|wsj\\.com)",
        path in "[/0-9a-zA-Zé._~?=#!@:-]{0,80}",
    ) {
        if let Ok(url) = Url::parse(&format!("https://{host}/{path}")) {
            let _ = made(&url, None);
        }
    }

    #[test]
    fn an_address_without_a_long_word_holds_no_identifier(
        words in prop::collection::vec("[0-9]{6,18}|[0-9a-f]{4,24}|[0-9A-Za-z]{8,26}|@a|notes|notice", 1..5),
        marks in prop::collection::vec("[/?=._-]", 5),
    ) {
        let parts = words.iter().zip(&marks).map(|(word, mark)| format!("{mark}{word}"));
        let url = Url::parse(&format!("https://a.example/{}", parts.collect::<String>()));
        let url = url.expect("an address");
        let place = Place::of(&url, "a.example");
        let read = shape::CLOCKS.iter().find(|clock| (clock.recognise)(&place).is_some());
        prop_assert!(shape::may_hold_one(&url) || read.is_none(), "{url} {:?}", read.map(|c| c.form));
    }
}
