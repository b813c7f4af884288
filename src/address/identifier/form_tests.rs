//! The same thing by the addresses that its platform's apps, players, embeds and programs use.

use super::tests::read;
use super::*;

/// A time, and the addresses of one thing that was made then.
type Forms = (&'static str, &'static [&'static str]);

const FORMS: &[Forms] = &[
    (
        "2016-02-18T06:37:39Z",
        &[
            "m.twitter.com/a/status/700207533655363584?ref_src=twsrc%5Etfw",
            "twitter.com/a/status/700207533655363584/video/1",
            "twitter.com/a/status/700207533655363584%3Fs=20",
            "twitter.com/a/status/700207533655363584.json",
            "twitter.com/statuses/700207533655363584",
            "twitter.com/i/status/700207533655363584",
            "twitter.com/i/birdwatch/t/700207533655363584",
            "twitter.com/i/communities/700207533655363584",
            "twitter.com/intent/like?tweet_id=700207533655363584",
            "twitter.com/intent/tweet?text=a&in_reply_to=700207533655363584",
            "platform.twitter.com/embed/index.html?dnt=false&id=700207533655363584",
            "cdn.syndication.twimg.com/tweet-result?id=700207533655363584&lang=en",
            "api.twitter.com/1.1/statuses/show/700207533655363584.json",
            "api.twitter.com/2/tweets/700207533655363584",
            "mobile.x.com/a/status/700207533655363584",
            "d.fxtwitter.com/a/status/700207533655363584/en",
            "threadreaderapp.com/thread/700207533655363584.html",
            "threadreaderapp.com/embed/700207533655363584.html",
            "pbs.twimg.com/card_img/700207533655363584/abc?format=jpg",
        ],
    ),
    (
        "2018-11-29T01:04:04Z",
        &[
            "m.instagram.com/p/BqvsDleB3lV",
            "instagr.am/p/BqvsDleB3lV/",
            "www.instagram.com/p/BqvsDleB3lV/embed/captioned/?cr=1",
            "www.instagram.com/p/BqvsDleB3lV/media/?size=l",
            "www.instagram.com/reels/BqvsDleB3lV/",
            "www.instagram.com/stories/a/1922949326347663701/",
            "www.instagram.com/s/aGln?story_media_id=1922949326347663701_25025320",
        ],
    ),
    (
        "2023-07-06T13:48:18Z",
        &[
            "www.threads.com/@a.b/post/CuW6-7KyXme?xmt=x",
            "www.threads.net/@a/post/CuW6-7KyXme/embed",
        ],
    ),
    (
        "2023-03-03T18:06:17Z",
        &[
            "m.tiktok.com/@a/video/7206382937372134662?lang=en",
            "www.tiktok.com/@a/photo/7206382937372134662",
            "www.tiktok.com/embed/7206382937372134662",
            "www.tiktok.com/embed/v2/7206382937372134662?lang=en",
            "www.tiktok.com/player/v1/7206382937372134662",
            "www.tiktok.com/share/video/7206382937372134662/",
            "www.tiktok.com/i18n/share/video/7206382937372134662",
            "www.tiktok.com/foryou?item_id=7206382937372134662",
            "www.iesdouyin.com/share/video/7206382937372134662/?region=CN",
            "www.iesdouyin.com/share/slides/7206382937372134662/",
            "www.douyin.com/note/7206382937372134662",
            "www.douyin.com/user/a?vid=7206382937372134662",
        ],
    ),
    (
        "2026-01-03T08:03:30Z",
        &[
            "www.linkedin.com/posts/a_b-ugcPost-7413127858266734592-AbCd?utm_source=share",
            "de.linkedin.com/posts/a_b-share-7413127858266734592-AbCd/",
            "www.linkedin.com/feed/update/urn:li:activity:7413127858266734592/",
            "www.linkedin.com/embed/feed/update/urn:li:ugcPost:7413127858266734592?compact=1",
            "www.linkedin.com/video/live/urn:li:ugcPost:7413127858266734592/",
            "www.linkedin.com/analytics/post-summary/urn:li:activity:7413127858266734592/",
            "www.linkedin.com/company/a/posts/?highlightedUpdateUrn=urn%3Ali%3Aactivity%3A7413127858266734592",
            "www.linkedin.com/hp/update/7413127858266734592",
            "www.linkedin.com/nhome/updates?topic=7413127858266734592",
            "www.linkedin.com/groups/123/123-7413127858266734592",
        ],
    ),
    (
        "2021-07-18T13:35:16Z",
        &[
            "ptb.discord.com/channels/1/2/866312170890330122",
            "discordapp.com/channels/@me/2/866312170890330122",
            "media.discordapp.net/attachments/1/866312170890330122/a.png?width=1",
            "discord.com/events/1/866312170890330122",
            "discord.com/users/866312170890330122",
            "cdn.discordapp.com/emojis/866312170890330122.webp?size=44",
            "discord.com/api/oauth2/authorize?client_id=866312170890330122&scope=bot",
        ],
    ),
    (
        "2024-02-09T21:57:32Z",
        &[
            "bsky.app/profile/a.example/post/3kkzc3xaf5m2w/liked-by",
            "embed.bsky.app/embed/did:plc:x/app.bsky.feed.post/3kkzc3xaf5m2w",
            "pdsls.dev/at://did:plc:x/app.bsky.feed.post/3kkzc3xaf5m2w",
            "bsky.app/profile/a.example/lists/3kkzc3xaf5m2w",
            "bsky.app/profile/a.example/feed/3kkzc3xaf5m2w",
            "bsky.app/starter-pack/a.example/3kkzc3xaf5m2w",
        ],
    ),
    (
        "2023-06-09T12:17:12Z",
        &[
            "www.weibo.com/0/N4xlMvjhI",
            "m.weibo.cn/status/N4xlMvjhI?jumpfrom=weibocom",
            "weibo.cn/comment/N4xlMvjhI",
            "m.weibo.cn/detail/4910815147462302",
            "m.weibo.cn/1234567890/4910815147462302",
            "weibo.com/detail/4910815147462302",
            "weibo.com/ajax/statuses/show?id=N4xlMvjhI",
            "m.weibo.cn/statuses/show?id=4910815147462302",
            "weibo.com/tv/show/1034:4910815147462302?from=a",
            "share.api.weibo.cn/share/1.html?weibo_id=4910815147462302",
        ],
    ),
    (
        "2020-08-19T19:27:56Z",
        &[
            "www.tumblr.com/a/626907179849564160",
            "www.tumblr.com/blog/view/a/626907179849564160",
            "www.tumblr.com/dashboard/blog/a/626907179849564160",
            "a.tumblr.com/post/626907179849564160/some-words/amp",
            "a.tumblr.com/mobile/post/626907179849564160",
            "a.tumblr.com/image/626907179849564160",
            "embed.tumblr.com/embed/post/t:x/626907179849564160/v2",
            "www.tumblr.com/video/a/626907179849564160/700/",
            "www.tumblr.com/reblog/626907179849564160/AbCd",
        ],
    ),
    (
        "2020-09-16T14:57:52Z",
        &[
            "a.slack.com/archives/C1/p1600268272383600?thread_ts=1600268270.000100&cid=C1",
            "a.enterprise.slack.com/archives/C1/p1600268272383600",
            "a.slack.com/messages/general/p1600268272383600/",
            "app.slack.com/client/T1/C1/thread/C1-1600268272.383600",
        ],
    ),
    (
        "2022-12-12T02:43:22Z",
        &[
            "social.example/@a@other.example/109498400905572278",
            "social.example/@a/109498400905572278/embed",
            "social.example/@a/109498400905572278/reblogs",
            "social.example/web/@a/109498400905572278",
            "social.example/web/statuses/109498400905572278",
            "social.example/deck/@a/109498400905572278",
            "social.example/users/a/statuses/109498400905572278/activity",
            "social.example/ap/users/109/statuses/109498400905572278",
            "gab.com/a/posts/109498400905572278",
            "truthsocial.com/group/a/posts/109498400905572278",
            "truthsocial.com/users/a/statuses/109498400905572278",
        ],
    ),
    (
        "2018-11-26",
        &[
            "mobile.reuters.com/article/amp/idUSKCN1NV2FV",
            "in.reuters.com/article/us-x/some-words-idINKCN1NV2FV?il=0",
            "www.reuters.com/article/us-x-iduskcn1nv2fv",
            "www.reuters.com/article/idUSKCN1NV2FV/",
        ],
    ),
    (
        "2018-08-17T15:17:23Z",
        &[
            "www.wsj.com/articles/some-words-1534519043?mod=rss",
            "www.wsj.com/amp/articles/some-words-1534519043",
            "www.wsj.com/articles/some-words-11534519043",
            "www.barrons.com/articles/some-words-51534519043",
            "www.marketwatch.com/story/some-words-11534519043",
        ],
    ),
    (
        "2017-09",
        &[
            "arxiv.org/abs/1709.03221v2",
            "export.arxiv.org/abs/arXiv:1709.03221",
            "arxiv.org/html/1709.03221v1",
            "ar5iv.labs.arxiv.org/html/1709.03221",
            "www.alphaxiv.org/overview/1709.03221",
            "doi.org/10.48550/ARXIV.1709.03221",
            "dx.doi.org/10.48550/arXiv.1709.03221v2",
        ],
    ),
    ("1997-11", &["xxx.lanl.gov/abs/hep-th/9711200", "arxiv.org/pdf/hep-th/9711200v1.pdf"]),
    (
        "2020-04-07",
        &[
            "www.medrxiv.org/content/10.1101/2020.04.07.20057075v1.full.pdf+html",
            "www.medrxiv.org/content/medrxiv/10.1101/2020.04.07.20057075.full",
            "dx.doi.org/10.1101/2020.04.07.20057075",
        ],
    ),
    (
        "2020-07-07T11:59:55Z",
        &[
            "a.example/amp/5FA71548-C049-11EA-B4F6-CB39CD8940FB",
            "a.example/x?id=5fa71548-c049-11ea-b4f6-cb39cd8940fb&amp=1",
        ],
    ),
];

const COUNTED: &[Forms] = &[
    (
        "2017-11-26",
        &[
            "news.ycombinator.com/item?id=16319505#16319600",
            "news.ycombinator.com/context?id=16319505",
            "hacker-news.firebaseio.com/v0/item/16319505.json",
        ],
    ),
    (
        "2018-06-10",
        &[
            "amp.reddit.com/r/a/comments/90bu6w/",
            "www.reddit.com/user/a/comments/90bu6w/some_words/",
            "www.reddit.com/comments/90bu6w.json",
            "www.reddit.com/gallery/90bu6w",
            "np.reddit.com/r/a/duplicates/90bu6w/some_words/",
            "www.reddit.com/r/a/comments/90bu6w/comment/e2pabcd/?context=3",
        ],
    ),
    (
        "2020-11-06",
        &[
            "en.m.wikipedia.org/w/index.php?title=A&oldid=999756024",
            "en.wikipedia.org/w/index.php?title=A&diff=prev&oldid=999756024",
            "en.wikipedia.org/w/index.php?title=A&diff=999756024&oldid=238138507",
            "en.wikipedia.org/wiki/Special:PermanentLink/999756024",
            "en.wikipedia.org/wiki/Special:Diff/238138507/999756024",
            "en.m.wikipedia.org/wiki/Special:MobileDiff/999756024",
        ],
    ),
    (
        "2019-05-05",
        &[
            "github.com/a/b/pull/1#issuecomment-520169504",
            "api.github.com/repos/a/b/issues/comments/520169504",
        ],
    ),
];

#[track_caller]
fn assert_all(forms: &[Forms], is_open: bool) {
    for (expected, forms) in forms {
        let said = |form: &str| {
            read(&format!("https://{form}"))
                .map(|made| (made.date.to_string(), made.when.is_open()))
        };
        let right = Some(((*expected).to_owned(), is_open));
        let wrong: Vec<_> = forms
            .iter()
            .map(|form| (form, said(form)))
            .filter(|(_, said)| *said != right)
            .collect();
        assert_eq!(wrong, [], "{expected}");
    }
}

#[test]
fn every_form_of_an_address_says_the_same() {
    assert_all(FORMS, false);
    assert_all(COUNTED, true);
}

#[test]
fn films_are_named_in_many_ways() {
    let films = [
        "vimeo.com/581039021/abcdef",
        "player.vimeo.com/video/581039021?h=x",
        "vimeo.com/channels/staffpicks/581039021",
        "vimeo.com/groups/a/videos/581039021",
        "vimeo.com/showcase/123/video/581039021",
        "vimeo.com/user123/review/581039021/abc",
        "vimeo.com/m/581039021",
        "vimeo.com/moogaloop.swf?clip_id=581039021",
    ];
    let recognised =
        |form: &str| Url::parse(&format!("https://{form}")).is_ok_and(|url| is_vimeo(&url));
    assert_eq!(films.map(recognised), [true; 8]);
    assert!(!recognised("vimeo.com/album/581039021"));
    assert!(!recognised("vimeo.com/event/581039021"));
}

/// Whether the address names a film, whatever its number says.
fn is_vimeo(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    counters::vimeo(&Place::of(url, host)).is_some()
}
