//! What class names, ids and roles say about a part of a page: `related-posts`, `mainMenu`,
//! `nav`, `article-body`. Names are read word by word, so that `navy` is no `nav` and
//! `commentary` no `comment`.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::model::Region;

use super::tag::Tag;

/// Names longer than this are not read to the end: they are machine-made.
const MAX_NAMES: usize = 512;

/// Remembered names per page; the same few dozen return all over it.
const MAX_REMEMBERED: usize = 4096;

/// What an element's names say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hint {
    /// The part of the page that it is, by name.
    pub(super) region: Option<Region>,
    /// Whether the name is one that themes also give to parts of the article.
    pub(super) is_weak: bool,
    /// Whether it is named as the holder of the article's text.
    pub(super) content: bool,
    /// Whether it is named as something that tells a date.
    pub(super) dated: bool,
}

impl Hint {
    /// Both hints together; where they differ, the one that says more about the part of the page.
    pub(super) fn and(self, other: Self) -> Self {
        let region = stronger(self.region, other.region);
        Self {
            region,
            // The hint that names the region decides; of two that name it, the certain one.
            is_weak: [self, other].iter().all(|hint| hint.region != region || hint.is_weak),
            content: self.content || other.content,
            dated: self.dated || other.dated,
        }
    }
}

/// How specific a region's name is: a comment's footer is a comment, a sidebar's menu a menu.
fn strength(region: Option<Region>) -> u8 {
    match region {
        Some(Region::Comment) => 8,
        Some(Region::Related) => 7,
        Some(Region::Share) => 6,
        Some(Region::Navigation) => 5,
        Some(Region::Sidebar) => 4,
        Some(Region::Footer) => 3,
        Some(Region::Reference) => 2,
        Some(Region::Header) => 1,
        Some(Region::Head) => 9,
        Some(Region::Body) | None => 0,
    }
}

fn stronger(a: Option<Region>, b: Option<Region>) -> Option<Region> {
    if strength(b) > strength(a) { b } else { a }
}

/// The words of names, by the part of a page that they mean, one word or two joined by a hyphen.
/// To teach another language, add its words.
static NAMES: &[(Region, &str)] = &[
    (
        Region::Comment,
        "comment comments commentlist commentaire commentaires comentario comentarios kommentar \
         kommentare kommentarer commenti commento reacties reactions disqus respond replies \
         komentar komentarze komentare yorum yorumlar binhluan binh-luan hozzaszolas \
         hozzaszolasok discussion livefyre coral ugc",
    ),
    (
        Region::Related,
        "related relateds relacionada relacionadas relacionado relacionados recommended \
         recommend recommendation recommendations recirc recirculation teaser teasers promo \
         promos promoted trending popular most-read most-popular most-viewed most-shared \
         mostread mostpopular latest recent similar read-more readmore read-next readnext \
         read-also readalso see-also seealso also-read up-next upnext next-up more-news \
         more-stories more-from more-articles more-posts more-on you-may also-like outbrain \
         taboola mgid zergnet revcontent dable nativo plista yarpp jp-relatedposts crp headlines \
         carousel slider ticker newsfeed feed card cards spotlight featured-posts top-stories \
         topstories top-news breaking editors-picks picks hot-news hotnews more-link verwandt \
         verwandte empfehlung empfehlungen weitere meistgelesen meist-gelesen mehr-zum \
         lesen-auch auch-lesen lesetipp lesetipps aehnliche lire-aussi voir-aussi a-lire \
         similaires plus-lus articles-lies correlati correlate correlato leggi-anche piu-letti \
         leia-mais leia-tambem leia-tambm saiba-mais veja-mais veja-tambem mais-lidas ultimas \
         ultimos lo-mas mas-leidas mas-leido te-puede interesar lee-tambien powiazane polecane \
         najnowsze popularne czytaj gerelateerd gerelateerde lees-ook leesook meest-gelezen \
         relaterat relaterade relaterede relatert lasmer las-mer les-ogsa laes-ogsaa souvisejici \
         podobne kapcsolodo ajanlo ajanlott ilgili benzer cok-okunan sondakika son-dakika \
         terkait terpopuler baca-juga bacajuga lienquan lien-quan tin-khac doc-them xem-them \
         chitayte pohozhie podrobnee vezi-si citeste procitajte povezano syndication sponsored \
         advertorial advertisement recommends suggested suggestions siblings archive archives",
    ),
    (
        Region::Share,
        "share sharing sharer shares social socials sharedaddy addthis addtoany sharethis \
         sharebar sharebox sharepost partage partager teilen compartir compartilhar condividi \
         delen follow follow-us newsletter newsletters subscribe subscription signup sign-up \
         paylas bagikan udostepnij",
    ),
    (
        Region::Navigation,
        "nav navi navigation navbar navigate subnav topnav mainnav menu menus submenu mainmenu \
         topmenu megamenu dropdown breadcrumb breadcrumbs breadcumb breadcrum crumbs pagination \
         pager paging pagenavi paginator tags taglist tagcloud tag-cloud tag-list keywords \
         topics categories toolbar topbar top-bar skip skiplink wm-ipp hamburger offcanvas \
         sitemap brotkrumen migas etiquetas schlagworte mots-cles prev-next post-navigation \
         prevnext language languages login search toc navegacion navegacao",
    ),
    (
        Region::Sidebar,
        "sidebar sidebars side-bar sidecol side-column rightcol right-col rightcolumn \
         right-column right-rail rightrail leftcol left-col leftcolumn left-rail left-sidebar \
         aside rail widget widgets widgetarea complementary secondary infobox seitenleiste \
         lateral rightside right-side sidepanel side-panel",
    ),
    (
        Region::Footer,
        "footer foot footnav colophon copyright contentinfo fusszeile rodape pie subfooter \
         imprint disclaimer cookie cookies gdpr consent",
    ),
    (Region::Reference, "footnote footnotes references bibliography endnotes reflist"),
    (Region::Header, "header masthead banner byline kicker hero headline"),
];

/// Beginnings of words run together (`relatedposts`, `sidebarleft`), long enough to be certain.
static STEMS: &[(&str, Region)] = &[
    ("relatedpost", Region::Related),
    ("relatednews", Region::Related),
    ("relatedarticle", Region::Related),
    ("relatedstor", Region::Related),
    ("relatedlink", Region::Related),
    ("recommended", Region::Related),
    ("trending", Region::Related),
    ("latestnews", Region::Related),
    ("recentpost", Region::Related),
    ("popularpost", Region::Related),
    ("commentlist", Region::Comment),
    ("commentform", Region::Comment),
    ("commentsection", Region::Comment),
    ("commentarea", Region::Comment),
    ("sidebar", Region::Sidebar),
    ("breadcrumb", Region::Navigation),
    ("navigation", Region::Navigation),
    ("footer", Region::Footer),
    ("newsletter", Region::Share),
    ("socialshar", Region::Share),
    ("sharebutton", Region::Share),
];

/// Names of furniture that themes and page builders also give to parts of the article: they count
/// where the shape agrees.
static WEAK: &str = "teaser teasers promo card cards feed headlines carousel slider spotlight widget widgets \
     secondary rail popular recent latest archive archives topics tags toolbar language \
     subscribe subscription discussion siblings featured-posts reactions lateral weitere respond \
     banner hero";

/// Page builders, which call every block a widget, the article's too.
static BUILDERS: &str = "elementor vc wpb fl et brxe fusion wp siteorigin";

/// Words before a region's name that say the element has it, not that it is it.
static HAVING: &str = "has have with no not without w hide show js";

/// Names of what holds the article's text, one word or two joined by a hyphen.
static CONTENT: &str = "entry-content post-content article-content article-body article-text articlebody \
     articlecontent articletext story-body story-content story-text storybody post-body postbody \
     entry-body post-text post-entry news-content news-body news-text news-detail newsdetail \
     newstext article-detail blog-content detail-content content-detail body-content \
     content-body article-copy body-copy bodytext body-text fulltext full-text text-content \
     single-content page-content main-text maintext artikel-text article-main cuerpo-nota \
     nota-cuerpo contenido-nota materia-conteudo news-article rich-text";

/// Words of names that tell a date.
static DATED: &str = "date dates datum dato fecha data time times timestamp datetime dateline published publish \
     publication publishing pub pubdate pubtime posted postdate updated update modified created \
     byline meta metadata issued released clock ago veroeffentlicht publicado publicacion \
     publicacao publie pubblicato publicerad publicerat julkaistu tarih ngay tanggal waktu vreme \
     vrijeme datu fechahora hora heure uhrzeit zeit horario giorno day dzien czas opublikowano \
     godzina cas datetext ora ore shijian riqi hizuke nichiji timeago nap info details \
     aktualisiert stand actualizado atualizado aggiornato uppdaterad opdateret";

/// What a word, or two joined by a hyphen, says.
#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    hint: Hint,
    /// Whether what follows is something that the element has.
    is_having: bool,
    /// Whether a name that begins so is a page builder's.
    is_builder: bool,
    /// Whether it is the first of two words that say something together.
    begins_pair: bool,
}

impl Meaning {
    /// Whether the word says something by itself.
    fn says(self) -> bool {
        self.hint != Hint::default() || self.is_having || self.is_builder
    }
}

static MEANINGS: LazyLock<HashMap<&'static [u8], Meaning>> = LazyLock::new(|| {
    let mut meanings: HashMap<&[u8], Meaning> = HashMap::default();
    let mut say = |names: &'static str, what: &dyn Fn(&mut Meaning)| {
        for name in names.split(' ') {
            what(meanings.entry(name.as_bytes()).or_default());
            if let Some((first, _)) = name.split_once('-') {
                meanings.entry(first.as_bytes()).or_default().begins_pair = true;
            }
        }
    };
    for &(region, names) in NAMES {
        say(names, &|meaning| meaning.hint.region = Some(region));
    }
    say(WEAK, &|meaning| meaning.hint.is_weak = true);
    say(CONTENT, &|meaning| meaning.hint.content = true);
    say(DATED, &|meaning| meaning.hint.dated = true);
    say(HAVING, &|meaning| meaning.is_having = true);
    say(BUILDERS, &|meaning| meaning.is_builder = true);
    meanings
});

/// Stems, each with the part of a page that it means.
type Stems = Vec<(&'static [u8], Region)>;

/// Stems by their first letters.
static STEMS_BY_START: LazyLock<HashMap<&'static [u8], Stems>> = LazyLock::new(|| {
    let mut stems: HashMap<&[u8], Stems> = HashMap::default();
    for &(stem, region) in STEMS {
        let stem = stem.as_bytes();
        // A shorter one would be found by no word; a test says that there is none.
        let start = stem.get(..STEM_START).unwrap_or(stem);
        stems.entry(start).or_default().push((stem, region));
    }
    stems
});

/// The number of letters that stems are looked up by.
const STEM_START: usize = 6;

/// What names say, remembered per page.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    known: HashMap<&'t str, Hint>,
    /// The words of the name that is being read.
    words: Vec<u8>,
}

impl<'t> Names<'t> {
    /// What a class attribute or an id says.
    pub(super) fn hint(&mut self, names: &'t str) -> Hint {
        self.remembered(without_number(names), |known, names| {
            let each = super::words::cut(names, MAX_NAMES).split_ascii_whitespace();
            let each = each.map(without_number);
            each.fold(Hint::default(), |hint, name| {
                let said = if name.len() == names.len() {
                    known.read(name)
                } else {
                    known.remembered(name, Self::read)
                };
                hint.and(said)
            })
        })
    }

    fn read(&mut self, name: &'t str) -> Hint {
        in_words(name, &mut self.words);
        read_words(&self.words)
    }

    fn remembered(
        &mut self,
        names: &'t str,
        read: impl FnOnce(&mut Self, &'t str) -> Hint,
    ) -> Hint {
        if let Some(&hint) = self.known.get(names) {
            return hint;
        }
        let hint = read(self, names);
        if self.known.len() < MAX_REMEMBERED {
            self.known.insert(names, hint);
        }
        hint
    }
}

/// What the element itself says: landmarks and explicit roles.
pub(super) fn landmark(tag: Tag, role: Option<&str>) -> Option<Region> {
    let by_role = match role.map(str::trim) {
        Some("navigation" | "menu" | "menubar" | "search") => Some(Region::Navigation),
        Some("complementary") => Some(Region::Sidebar),
        Some("contentinfo") => Some(Region::Footer),
        Some("banner") => Some(Region::Header),
        Some("doc-endnotes" | "doc-bibliography" | "doc-footnote") => Some(Region::Reference),
        _ => None,
    };
    by_role.or(match tag {
        Tag::Nav => Some(Region::Navigation),
        Tag::Aside => Some(Region::Sidebar),
        Tag::Footer => Some(Region::Footer),
        Tag::Header => Some(Region::Header),
        Tag::Head => Some(Region::Head),
        _ => None,
    })
}

/// A name without the number at its end, which says nothing and is another for each `comment-12`.
fn without_number(name: &str) -> &str {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.strip_suffix(['-', '_']).filter(|_| letters.len() < name.len()).unwrap_or(name)
}

/// What one name says, given its words joined by hyphens.
fn read_words(name: &[u8]) -> Hint {
    let mut hint = Hint::default();
    let (mut start, mut before) = (0, 0..0);
    let (mut is_had, mut is_built, mut may_pair) = (false, false, false);
    for word in name.split(|&byte| byte == b'-') {
        let at = start..start + word.len();
        start = at.end + 1;
        let said = meaning(word);
        let is_blocks_name = is_built && matches!(word, b"widget" | b"widgets");
        if !is_had && !is_blocks_name {
            hint = hint.and(said.hint);
            let pair = name.get(before.start..at.end).filter(|_| may_pair);
            if let Some(pair) = pair.and_then(|pair| MEANINGS.get(pair)) {
                hint = hint.and(pair.hint);
            }
        }
        is_had = said.is_having;
        is_built |= said.is_builder && at.start == 0;
        may_pair = said.begins_pair;
        before = at;
    }
    hint
}

fn meaning(word: &[u8]) -> Meaning {
    let by_stem = || {
        let stems = STEMS_BY_START.get(word.get(..STEM_START)?)?;
        let &(_, region) = stems.iter().find(|(stem, _)| word.starts_with(stem))?;
        Some(Meaning {
            hint: Hint { region: Some(region), ..Hint::default() },
            ..Meaning::default()
        })
    };
    let known = MEANINGS.get(word).copied();
    let mut meaning = known.filter(|known| known.says()).or_else(by_stem).unwrap_or_default();
    meaning.begins_pair = known.is_some_and(|known| known.begins_pair);
    meaning.hint.dated |= word.ends_with(b"date") || word.ends_with(b"time");
    meaning
}

/// Writes down the words of one name in lower case, joined by hyphens: parted where the name has
/// other signs than letters and digits, and at inner capitals.
fn in_words(name: &str, words: &mut Vec<u8>) {
    words.clear();
    let mut after_lower = false;
    for character in name.chars() {
        let ascii = u8::try_from(character).ok().filter(u8::is_ascii);
        let (is_part, begins) = match ascii {
            Some(byte) => (byte.is_ascii_alphanumeric(), byte.is_ascii_uppercase()),
            None => (character.is_alphanumeric(), character.is_uppercase()),
        };
        let parts = !is_part || (after_lower && begins);
        if parts && words.last().is_some_and(|&last| last != b'-') {
            words.push(b'-');
        }
        after_lower = match ascii {
            Some(byte) => byte.is_ascii_digit() || byte.is_ascii_lowercase(),
            None => character.is_lowercase(),
        };
        match ascii {
            _ if !is_part => {}
            Some(byte) => words.push(byte.to_ascii_lowercase()),
            None => character.to_lowercase().for_each(|lower| {
                words.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &'static str) -> Hint {
        Names::default().hint(names)
    }

    #[test]
    fn a_number_at_the_end_says_nothing() {
        let mut names = Names::default();
        for name in ["comment-12", "comment-13", "x comment-13", "comment_14 y", "x-2 comment"] {
            assert_eq!(names.hint(name).region, Some(Region::Comment), "{name}");
        }
        assert!(names.known.len() < 8);
        assert_eq!(names.hint("12").region, None);
    }

    #[test]
    fn names_are_read_word_by_word() {
        for (names, region) in [
            ("related-posts", Some(Region::Related)),
            ("mainMenu", Some(Region::Navigation)),
            ("td_block__sidebar", Some(Region::Sidebar)),
            ("most-read", Some(Region::Related)),
            ("widget comments-area", Some(Region::Comment)),
            ("relatedpostswrap", Some(Region::Related)),
            ("has-sidebar", None),
            ("navy commentary shareholder", None),
            ("", None),
        ] {
            assert_eq!(read(names).region, region, "{names}");
        }
    }

    #[test]
    fn names_of_content_and_of_dates_are_known() {
        assert!(read("td-post-content tagdiv-type").content);
        assert!(read("articleBody").content);
        assert!(!read("content-sidebar-wrap").content);
        assert!(read("post_date").dated && read("pubDate").dated && read("fecha").dated);
        assert!(!read("headline").dated);
    }
}
