//! Records: which of the captures that web archives hold are read.

use std::str::FromStr;

use globset::{Glob, GlobBuilder, GlobMatcher};

use crate::model::{PartialDate, When};

/// Which captures are read; what is not asked for matters not.
#[derive(Clone, Debug, Default)]
pub struct RecordFilter {
    text: String,
    url: Option<GlobMatcher>,
    media: Option<GlobMatcher>,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    status: Option<u16>,
}

/// What is known of a capture, be it from its record or from an index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known<'a> {
    pub(crate) url: &'a str,
    pub(crate) captured: Option<PartialDate>,
    /// Its `Content-Type`; none where that is not known.
    pub(crate) media: Option<&'a str>,
    pub(crate) status: Option<u16>,
}

impl PartialEq for RecordFilter {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl RecordFilter {
    /// The status that a page has: 200, unless another is asked for.
    pub(super) fn status(&self) -> u16 {
        self.status.unwrap_or(200)
    }

    /// Whether a capture is read, as far as what is known of it tells.
    pub(super) fn takes(&self, known: &Known<'_>) -> bool {
        let has_media = |glob: &GlobMatcher| {
            known.media.is_none_or(|media| {
                let essence = media.split(';').next().unwrap_or_default().trim();
                glob.is_match(essence.to_ascii_lowercase())
            })
        };
        let when = known.captured.map(PartialDate::when);
        let is_in = |limit: &PartialDate, is_beyond: fn(When, When) -> bool| {
            when.is_some_and(|when| !is_beyond(when, limit.when()))
        };
        self.url.as_ref().is_none_or(|glob| glob.is_match(known.url))
            && self.media.as_ref().is_none_or(has_media)
            && self.from.as_ref().is_none_or(|from| is_in(from, When::certainly_before))
            && self.to.as_ref().is_none_or(|to| is_in(to, When::certainly_after))
            && known.status.is_none_or(|status| status == self.status())
    }
}

impl FromStr for RecordFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut filter = Self { text: text.to_owned(), ..Self::default() };
        for part in text.split(',') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let wrong = |problem: String| format!("`{part}`: {problem}");
            let glob = || glob(value).map_err(|error| wrong(error.kind().to_string()));
            let date = || value.parse::<PartialDate>().map_err(wrong);
            match name.trim() {
                "url" => filter.url = Some(glob()?),
                "media" => filter.media = Some(glob()?),
                "from" => filter.from = Some(date()?),
                "to" => filter.to = Some(date()?),
                "status" => {
                    let status = value.parse().ok().filter(|status| (100..600).contains(status));
                    let wrong = || wrong("a status is a number such as 200".to_owned());
                    filter.status = Some(status.ok_or_else(wrong)?);
                }
                _ => {
                    let known = "write url=GLOB, from=DATE, to=DATE, media=GLOB or status=NUMBER";
                    return Err(wrong(format!("{known}, with commas between them")));
                }
            }
        }
        Ok(filter)
    }
}

/// `*` stands for anything, `/` among it.
fn glob(text: &str) -> Result<GlobMatcher, globset::Error> {
    let glob: Glob =
        GlobBuilder::new(text).literal_separator(false).backslash_escape(false).build()?;
    Ok(glob.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captures_are_picked_by_what_is_known_of_them() {
        let known = Known {
            url: "https://n.example/2018/05/25/a?b=1",
            captured: "2018-05-25T12:00:00Z".parse().ok(),
            media: Some("Text/HTML; charset=utf-8"),
            status: Some(200),
        };
        for (filter, taken) in [
            ("url=https://n.example/*", true),
            ("url=*/2018/*", true),
            ("url=https://m.example/*", false),
            ("from=2018,to=2018", true),
            ("from=2018-05-25", true),
            ("from=2019", false),
            ("to=2017", false),
            ("media=text/html", true),
            ("media=text/*", true),
            ("media=application/pdf", false),
            ("status=200", true),
            ("status=404", false),
            ("url=*n.example*,from=2018,to=2019,media=text/html,status=200", true),
            ("url=*n.example*,to=2017", false),
        ] {
            let filter: RecordFilter = filter.parse().expect("a filter");
            assert_eq!(filter.takes(&known), taken, "{}", filter.text);
        }
        let undated = Known { captured: None, ..known };
        let filter = |text: &str| text.parse::<RecordFilter>().expect("a filter");
        assert!(filter("media=text/html").takes(&undated));
        assert!(!filter("from=2018").takes(&undated));
        for wrong in
            ["", "url", "host=a", "from=soon", "status=ok", "status=7", "url=[", "x=1,from=2018"]
        {
            assert!(wrong.parse::<RecordFilter>().is_err() || wrong == "url", "{wrong}");
        }
    }
}
