//! What the keys of front matter mean, over all generators that use it.
//!
//! Keys are compared without regard to case and to the marks inside them (`last_modified_at`,
//! `lastModifiedAt` and `Last-Modified-At` are one); a key inside another is joined to it by a dot.
//! What is not here says nothing about when a document came out: an expiry, an event's beginning,
//! the day of a licence.

use Meaning::{Address, Changed, Created, Published};

/// What the value of a key tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// When the document came out.
    Published,
    /// When it was begun, which is the nearest thing to a publication that some name.
    Created,
    /// When it was last changed.
    Changed,
    /// Where it stands on its own site.
    Address,
}

/// Each key with its meaning, in the form that [`folded`] gives it.
static KEYS: &[(Meaning, &[&str])] = &[
    (
        Published,
        &[
            // Jekyll, Hugo, Zola, Eleventy, Hexo, Pelican, Docusaurus, Nikola, Metalsmith, Gatsby,
            // VitePress and nearly everyone else.
            "date",
            // Hugo.
            "publishdate",
            "pubdate",
            "published",
            // Astro and its themes.
            "pubdatetime",
            "publisheddate",
            "publisheddatetime",
            // Cobalt, Lektor, Hashnode, DEV, Ghost, WordPress exports.
            "datepublished",
            "publishedat",
            "publishedon",
            "publishedtime",
            "publishat",
            "publishon",
            "publishtime",
            "publicationdate",
            "firstpublished",
            "firstpublishedat",
            "articlepublishedtime",
            "articlepublished",
            "originaldate",
            "originallypublished",
            "originallypublishedon",
            // GLEP 42 news items and plain headers.
            "posted",
            "postedat",
            "postedon",
            "postdate",
            "dateposted",
            "dateandtime",
            "datetime",
            "issued",
            "dateissued",
            "writtenon",
            "datewritten",
            // Nested: Material for MkDocs.
            "date.published",
            // AsciiDoc, JBake, org-mode's exporters.
            "revdate",
            "docdate",
            "jbakedate",
            "pagedate",
            "hugopublishdate",
            "exportdate",
            // Dublin Core.
            "dcdate",
            "dctermsdate",
            "dctermsissued",
            // Other languages.
            "datum",
            "fecha",
            "data",
            "veröffentlicht",
            "дата",
            "日期",
            "日付",
        ],
    ),
    (
        Created,
        &[
            "created",
            "createdat",
            "createdon",
            "createddate",
            "createdtime",
            "creationdate",
            "datecreated",
            "datecreation",
            "date.created",
            "ctime",
            "dctermscreated",
        ],
    ),
    (
        Changed,
        &[
            "updated",
            "updatedat",
            "updatedon",
            "updateddate",
            "updateddatetime",
            "updatedtime",
            "update",
            "updatedate",
            "updatetime",
            "dateupdated",
            "lastupdate",
            "lastupdated",
            "lastupdatedat",
            "lastupdatedon",
            "lastupdatedate",
            "lastupdate.date",
            "lastmod",
            "lastmodified",
            "lastmodifiedat",
            "lastmodifiedon",
            "lastmodifieddate",
            "lastmodifiedtime",
            "lastmodification",
            "modified",
            "modifiedat",
            "modifiedon",
            "modifieddate",
            "modifiedtime",
            "moddate",
            "moddatetime",
            "datemodified",
            "datelastmodified",
            "datelastupdated",
            "modificationdate",
            "modification",
            "date.updated",
            "date.modified",
            "lastedit",
            "lastedited",
            "lasteditedat",
            "edited",
            "editedat",
            "lastchange",
            "lastchanged",
            "changed",
            "changedate",
            "revised",
            "reviseddate",
            "daterevised",
            "revision",
            "revisiondate",
            "lastrevision",
            "lastrevised",
            "reviewed",
            "reviewedon",
            "lastreviewed",
            "lastreviewedon",
            "datereviewed",
            "posthistory",
            "articlemodifiedtime",
            "mtime",
            "gitlastmod",
            "hugolastmod",
            "sitemap.lastmod",
            "msdate",
            "dctermsmodified",
            "aktualisiert",
            "geändert",
            "actualizado",
            "modifié",
            "обновлено",
            "更新日期",
            "更新日",
        ],
    ),
    (
        Address,
        &[
            "permalink",
            "path",
            "url",
            "uri",
            "slug",
            "alias",
            "aliases",
            "redirectfrom",
            "redirectfroms",
            "saveas",
            "urlpath",
            "contentpath",
        ],
    ),
];

/// Tables that generators leave to their users, and that say nothing by themselves.
const OPEN_TABLES: &[&str] =
    &["extra", "params", "metadata", "meta", "page", "post", "article", "advisory", "data"];

/// Keys of what takes place: with one of them, a bare date is the event's.
const EVENT_KEYS: &[&str] = &[
    "startdate",
    "enddate",
    "start",
    "end",
    "starttime",
    "endtime",
    "starts",
    "ends",
    "dtstart",
    "dtend",
    "startsat",
    "endsat",
    "eventdate",
    "eventstart",
    "eventend",
    "dateend",
    "datestart",
    "begin",
    "until",
    "rsvp",
];

/// The same in a plain header, where an article names no place.
const PLACE_KEYS: &[&str] = &[
    "place",
    "location",
    "venue",
    "where",
    "when",
    "time",
    "room",
    "ort",
    "uhrzeit",
    "lieu",
    "heure",
    "horaire",
    "lugar",
    "hora",
    "luogo",
    "ora",
    "local",
    "plaats",
    "tijd",
    "plats",
    "место",
    "время",
    "miejsce",
    "会場",
    "場所",
    "日時",
    "地点",
    "时间",
    "장소",
];

/// Keys that say what sort of page it is, and the sorts that take place.
const SORT_KEYS: &[&str] = &["layout", "type", "kind", "template", "collection"];
const EVENT_SORTS: &[&str] = &["event", "meetup", "meeting", "talk", "conference", "workshop"];

/// A key as it is compared.
pub(super) fn folded(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a folded key means, the tables that it stands in joined to it by dots.
pub(super) fn meaning(key: &str) -> Option<Meaning> {
    let of = |wanted: &str| {
        KEYS.iter().find(|(_, keys)| keys.contains(&wanted)).map(|(meaning, _)| *meaning)
    };
    of(key).or_else(|| {
        let (table, rest) = key.split_once('.')?;
        of(rest).filter(|_| OPEN_TABLES.contains(&table))
    })
}

/// Whether a key is a bare date, that may be an event's as well.
pub(super) fn is_bare(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or(key);
    matches!(last, "date" | "datetime" | "dateandtime" | "datum" | "fecha" | "data" | "дата")
}

/// Whether a field says that the document is about something that takes place.
pub(super) fn is_of_event(key: &str, value: &str, is_plain: bool) -> bool {
    let value = value.to_lowercase();
    let is_named = key.starts_with("event") && !key.starts_with("events");
    EVENT_KEYS.contains(&key)
        || is_named
        || is_plain && PLACE_KEYS.contains(&key)
        || SORT_KEYS.contains(&key) && EVENT_SORTS.iter().any(|sort| value.contains(sort))
}

/// Whether a key names one day after another.
pub(super) fn is_history(key: &str) -> bool {
    key == "posthistory"
}

/// Whether a key's `03/04/2021` has the month first, whatever the language.
pub(super) fn puts_month_first(key: &str) -> bool {
    key == "msdate"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_stands_in_its_folded_form_and_once() {
        let mut seen = std::collections::HashSet::new();
        for key in KEYS.iter().flat_map(|(_, keys)| *keys) {
            let folded: Vec<String> = key.split('.').map(folded).collect();
            assert_eq!(folded.join("."), *key);
            assert!(seen.insert(*key), "{key} stands twice");
        }
    }

    #[test]
    fn a_table_of_the_users_own_says_nothing_by_itself() {
        assert_eq!(meaning("extra.date"), Some(Published));
        assert_eq!(meaning("sitemap.lastmod"), Some(Changed));
        assert_eq!(meaning("lastupdate.date"), Some(Changed));
        for other in
            ["event.date", "expirydate", "unpublishdate", "withdrawn", "title", "author.date"]
        {
            assert_eq!(meaning(other), None, "{other}");
        }
    }
}
