//! Hosts under which each name is another's site, beside those in the private part of the Public
//! Suffix List.

/// Registrable domains of services that give their users a name below, alphabetically.
const SHARED: &[&str] = &[
    "altervista.org",
    "angelfire.com",
    "antville.org",
    "beehiiv.com",
    "blog.de",
    "blog.hu",
    "blogg.de",
    "blogg.se",
    "blogia.com",
    "blogspirit.com",
    "blogsport.de",
    "blogsport.eu",
    "canalblog.com",
    "centerblog.net",
    "deviantart.com",
    "dreamwidth.org",
    "eklablog.com",
    "exblog.jp",
    "fandom.com",
    "free.fr",
    "hateblo.jp",
    "hatenablog.com",
    "hatenablog.jp",
    "hautetfort.com",
    "home.blog",
    "hypotheses.org",
    "insanejournal.com",
    "jimdo.com",
    "jimdofree.com",
    "livejournal.com",
    "micro.blog",
    "myblog.de",
    "narod.ru",
    "neocities.org",
    "ning.com",
    "notion.site",
    "over-blog.com",
    "over-blog.net",
    "overblog.com",
    "pixnet.net",
    "posterous.com",
    "seesaa.net",
    "skyrock.com",
    "substack.com",
    "tistory.com",
    "tripod.com",
    "tumblr.com",
    "twoday.net",
    "typepad.com",
    "typepad.fr",
    "ucoz.ru",
    "webs.com",
    "weebly.com",
    "wikia.com",
    "wikidot.com",
    "wixsite.com",
    "wordpress.com",
    "write.as",
];

/// Names that such a service keeps for itself.
const OWN: &[&str] = &[
    "about",
    "admin",
    "api",
    "blog",
    "cdn",
    "community",
    "developer",
    "developers",
    "discover",
    "files",
    "forum",
    "forums",
    "help",
    "images",
    "jobs",
    "login",
    "media",
    "mobile",
    "news",
    "on",
    "open",
    "photos",
    "public-api",
    "secure",
    "signup",
    "static",
    "status",
    "store",
    "support",
    "users",
    "videos",
    "widgets",
    "wp",
    "www",
    "wwwtest",
];

/// The user's own site, where `host` lies below a service that gives each user a name; `domain` is
/// the host's registrable domain.
pub(super) fn own_site<'a>(host: &'a str, domain: &str) -> Option<&'a str> {
    SHARED.binary_search(&domain).ok()?;
    let names = host.strip_suffix(domain)?.strip_suffix('.')?;
    let name = names.rsplit('.').next()?;
    // Two letters are a language of the service's own pages.
    let is_users = name.len() > 2 && OWN.binary_search(&name).is_err();
    is_users.then(|| host.get(host.len() - domain.len() - 1 - name.len()..))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(SHARED.is_sorted_by(|one, other| one < other));
        assert!(OWN.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn each_name_below_is_a_site_and_the_services_own_are_not() {
        for (host, site) in [
            ("surfguard.wordpress.com", Some("surfguard.wordpress.com")),
            ("www.surfguard.wordpress.com", Some("surfguard.wordpress.com")),
            ("www.wordpress.com", None),
            ("wordpress.com", None),
            ("de.wordpress.com", None),
            ("en.support.wordpress.com", None),
        ] {
            assert_eq!(own_site(host, "wordpress.com"), site, "{host}");
        }
        assert_eq!(own_site("www.example.com", "example.com"), None);
    }
}
