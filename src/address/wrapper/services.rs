//! Services that stand in front of a page and whose address tells which: one row each, with an
//! example that a test unwraps. A host counts with its subdomains, and `google.` with any ending.

/// Where a service's address holds the address that is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// In the first of these parameters of the query that holds one.
    Query(&'static [&'static str]),
    /// The same, of a service that translates.
    Translated(&'static [&'static str]),
    /// In a parameter, in base 64.
    Coded(&'static [&'static str]),
    /// It is the query.
    Bare,
    /// It is all that comes after these words.
    After(&'static str),
    /// In base 64, in the segment after these words.
    CodedAfter(&'static str),
    /// In a segment of the path that begins so, which is no part of it, unless it is `http`.
    Segment(&'static str),
    /// As Proofpoint codes it.
    Proofpoint,
}

/// A service: its host, its path's beginning, where the address is, and an example that leads to
/// `https://example.org/a?b=1`.
pub(super) struct Service {
    pub host: &'static str,
    pub path: &'static str,
    pub form: Form,
    #[cfg_attr(not(test), expect(dead_code, reason = "each row shows what it is for"))]
    pub example: &'static str,
}

use Form::{After, Bare, Coded, CodedAfter, Proofpoint, Query, Segment, Translated};

const fn row(host: &'static str, path: &'static str, form: Form, example: &'static str) -> Service {
    Service { host, path, form, example }
}

/// The services, by what they are for.
#[rustfmt::skip]
pub(super) const SERVICES: &[Service] = &[
    // Search engines.
    row("google.", "/url", Query(&["url", "q"]), "https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("google.", "/imgres", Query(&["imgrefurl"]), "https://www.google.co.uk/imgres?imgrefurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("google.", "/aclk", Query(&["adurl"]), "https://www.google.co.uk/aclk?adurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("google.", "/interstitial", Query(&["url"]), "https://www.google.co.uk/interstitial?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("duckduckgo.com", "/l/", Query(&["uddg"]), "https://duckduckgo.com/l/?kh=-1&uddg=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("search.yahoo.com", "/", Segment("RU="), "https://r.search.yahoo.com/_ylt=Awr/RV=2/RE=1/RO=10/RU=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1/RK=2/RS=x-"),
    row("search.aol.com", "/click/", Segment("RU="), "https://search.aol.com/click/_ylt=Awr/RV=2/RU=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1/RK=0/RS=x-"),
    row("yandex.ru", "/clck/", Query(&["url"]), "https://yandex.ru/clck/jsredir?from=x&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("yandex.com", "/clck/", Query(&["url"]), "https://yandex.com/clck/jsredir?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("cr.naver.com", "/", Query(&["u"]), "https://cr.naver.com/redirect?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("googleweblight.com", "/", Query(&["lite_url", "u"]), "https://googleweblight.com/?lite_url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    // Advertising.
    row("googleadservices.com", "/pagead/aclk", Query(&["adurl"]), "https://www.googleadservices.com/pagead/aclk?adurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("doubleclick.net", "/", Query(&["adurl"]), "https://googleads.g.doubleclick.net/aclk?adurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("clickserve.dartsearch.net", "/link/click", Query(&["ds_dest_url"]), "https://clickserve.dartsearch.net/link/click?ds_dest_url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("adclick.g.doubleclick.net", "/", Query(&["adurl"]), "https://adclick.g.doubleclick.net/pcs/click?adurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    // Social networks and forums.
    row("facebook.com", "/l.php", Query(&["u"]), "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("facebook.com", "/flx/warn", Query(&["u"]), "https://www.facebook.com/flx/warn?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("l.instagram.com", "/", Query(&["u"]), "https://l.instagram.com/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("l.threads.net", "/", Query(&["u"]), "https://l.threads.net/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("l.threads.com", "/", Query(&["u"]), "https://l.threads.com/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("l.messenger.com", "/l.php", Query(&["u"]), "https://l.messenger.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("l.workplace.com", "/l.php", Query(&["u"]), "https://l.workplace.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("l.wl.co", "/l", Query(&["u"]), "https://l.wl.co/l?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("out.reddit.com", "/", Query(&["url"]), "https://out.reddit.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("youtube.com", "/redirect", Query(&["q"]), "https://www.youtube.com/redirect?q=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("linkedin.com", "/redir", Query(&["url"]), "https://www.linkedin.com/redir?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("linkedin.com", "/safety/go", Query(&["url"]), "https://www.linkedin.com/safety/go?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("steamcommunity.com", "/linkfilter", Query(&["u", "url"]), "https://steamcommunity.com/linkfilter?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("vk.com", "/away.php", Query(&["to"]), "https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("ok.ru", "/dk", Query(&["st.link", "st.rfn"]), "https://ok.ru/dk?st.link=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("livejournal.com", "/away", Query(&["to"]), "https://www.livejournal.com/away?to=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("t.umblr.com", "/redirect", Query(&["z"]), "https://t.umblr.com/redirect?z=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("tumblr.com", "/redirect", Query(&["z"]), "https://www.tumblr.com/redirect?z=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("pinterest.com", "/offsite/", Query(&["url"]), "https://www.pinterest.com/offsite/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("quora.com", "/_/redirect", Query(&["url"]), "https://www.quora.com/_/redirect?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("medium.com", "/r/", Query(&["url"]), "https://medium.com/r/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("medium.com", "/m/global-identity", Query(&["redirectUrl"]), "https://medium.com/m/global-identity?redirectUrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("twitter.com", "/safety/unsafe_link_warning", Query(&["unsafe_link"]), "https://twitter.com/safety/unsafe_link_warning?unsafe_link=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("x.com", "/safety/unsafe_link_warning", Query(&["unsafe_link"]), "https://x.com/safety/unsafe_link_warning?unsafe_link=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("t.me", "/iv", Query(&["url"]), "https://t.me/iv?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("slack-redir.net", "/link", Query(&["url"]), "https://slack-redir.net/link?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("disq.us", "/url", Query(&["url"]), "https://disq.us/url?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("disq.us", "/", Query(&["url"]), "https://disq.us/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("exit.sc", "/", Query(&["url"]), "https://exit.sc/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("curseforge.com", "/linkout", Query(&["remoteUrl"]), "https://www.curseforge.com/linkout?remoteUrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("deviantart.com", "/users/outgoing", Bare, "https://www.deviantart.com/users/outgoing?https://example.org/a?b=1"),
    row("link.zhihu.com", "/", Query(&["target"]), "https://link.zhihu.com/?target=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("links.jianshu.com", "/go", Query(&["to"]), "https://links.jianshu.com/go?to=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("jianshu.com", "/go-wild", Query(&["url"]), "https://jianshu.com/go-wild?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("link.juejin.cn", "/", Query(&["target"]), "https://link.juejin.cn/?target=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("link.csdn.net", "/", Query(&["target"]), "https://link.csdn.net/?target=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("gitee.com", "/link", Query(&["target"]), "https://gitee.com/link?target=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("weibo.cn", "/sinaurl", Query(&["u"]), "https://weibo.cn/sinaurl?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("douban.com", "/link2/", Query(&["url"]), "https://douban.com/link2/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("sspai.com", "/link", Query(&["target"]), "https://sspai.com/link?target=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("oschina.net", "/action/GoToLink", Query(&["url"]), "https://oschina.net/action/GoToLink?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("c.pc.qq.com", "/middlem.html", Query(&["pfurl"]), "https://c.pc.qq.com/middlem.html?pfurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("infoq.cn", "/link", Query(&["target"]), "https://infoq.cn/link?target=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    // Services that hide the page a reader comes from.
    row("deref-mail.com", "/", Query(&["redirectUrl"]), "https://deref-mail.com/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("deref-gmx.net", "/", Query(&["redirectUrl"]), "https://deref-gmx.net/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("deref-web.de", "/", Query(&["redirectUrl"]), "https://deref-web.de/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("deref-1und1.de", "/", Query(&["redirectUrl"]), "https://deref-1und1.de/mail/client/x/dereferrer/?redirectUrl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("anon.to", "/", Bare, "https://anon.to/?https://example.org/a?b=1"),
    row("anonym.to", "/", Bare, "https://anonym.to/?https://example.org/a?b=1"),
    row("blankrefer.com", "/", Bare, "https://blankrefer.com/?https://example.org/a?b=1"),
    row("dereferer.me", "/", Bare, "https://dereferer.me/?https://example.org/a?b=1"),
    row("dereferer.org", "/", Bare, "https://dereferer.org/?https://example.org/a?b=1"),
    row("href.li", "/", Bare, "https://href.li/?https://example.org/a?b=1"),
    row("nullrefer.com", "/", Bare, "https://nullrefer.com/?https://example.org/a?b=1"),
    // Affiliate networks.
    row("go.redirectingat.com", "/", Query(&["url"]), "https://go.redirectingat.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("go.skimresources.com", "/", Query(&["url"]), "https://go.skimresources.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("click.linksynergy.com", "/", Query(&["murl", "RD_PARM1"]), "https://click.linksynergy.com/deeplink?murl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("shareasale.com", "/r.cfm", Query(&["urllink"]), "https://www.shareasale.com/r.cfm?urllink=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("shareasale-analytics.com", "/r.cfm", Query(&["urllink"]), "https://www.shareasale-analytics.com/r.cfm?urllink=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("awin1.com", "/", Query(&["ued", "p"]), "https://www.awin1.com/cread.php?ued=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("zenaps.com", "/", Query(&["p", "ued"]), "https://www.zenaps.com/rclick.php?p=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("viglink.com", "/", Query(&["u"]), "https://redirect.viglink.com/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("sovrn.co", "/", Query(&["u"]), "https://sovrn.co/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("rover.ebay.com", "/rover/", Query(&["mpre", "loc"]), "https://rover.ebay.com/rover/1/711/1?mpre=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("tradedoubler.com", "/click", Query(&["url"]), "https://clk.tradedoubler.com/click?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("webgains.com", "/click.html", Query(&["wgtarget"]), "https://track.webgains.com/click.html?wgtarget=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("admitad.com", "/g/", Query(&["ulp"]), "https://ad.admitad.com/g/abc/?ulp=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("effiliation.com", "/servlet/effi.redir", Query(&["url"]), "https://track.effiliation.com/servlet/effi.redir?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("flexlinkspro.com", "/", Query(&["url"]), "https://track.flexlinkspro.com/g.ashx?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("belboon.de", "/adtracking/", Query(&["deeplink"]), "https://www1.belboon.de/adtracking/x.html?deeplink=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("tradetracker.net", "/", Query(&["r"]), "https://tc.tradetracker.net/?r=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("linkconnector.com", "/ta.php", Query(&["url"]), "https://www.linkconnector.com/ta.php?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("s.click.aliexpress.com", "/deep_link.htm", Query(&["dl_target_url"]), "https://s.click.aliexpress.com/deep_link.htm?dl_target_url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("avantlink.com", "/click.php", Query(&["url"]), "https://www.avantlink.com/click.php?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("webmasterplan.com", "/click.asp", Query(&["diurl"]), "https://partners.webmasterplan.com/click.asp?diurl=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("digidip.net", "/visit", Query(&["url"]), "https://x.digidip.net/visit?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("shop-links.co", "/link/", Query(&["url"]), "https://shop-links.co/link/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("pjatr.com", "/t/", Query(&["url"]), "https://www.pjatr.com/t/abc?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("pjtra.com", "/t/", Query(&["url"]), "https://www.pjtra.com/t/abc?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("pntra.com", "/t/", Query(&["url"]), "https://www.pntra.com/t/abc?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("pntrac.com", "/t/", Query(&["url"]), "https://www.pntrac.com/t/abc?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("gopjn.com", "/t/", Query(&["url"]), "https://www.gopjn.com/t/abc?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("sjv.io", "/c/", Query(&["u"]), "https://paper.sjv.io/c/1/2/3?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("pxf.io", "/c/", Query(&["u"]), "https://paper.pxf.io/c/1/2/3?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("evyy.net", "/c/", Query(&["u"]), "https://paper.evyy.net/c/1/2/3?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("7eer.net", "/c/", Query(&["u"]), "https://paper.7eer.net/c/1/2/3?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("goto.target.com", "/c/", Query(&["u"]), "https://goto.target.com/c/1/2/3?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("goto.walmart.com", "/c/", Query(&["u"]), "https://goto.walmart.com/c/1/2/3?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("ojrq.net", "/p/", Query(&["return"]), "https://ojrq.net/p/?return=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("amazon.com", "/gp/r.html", Query(&["U"]), "https://www.amazon.com/gp/r.html?U=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("anrdoezrs.net", "/click-", Query(&["url"]), "https://www.anrdoezrs.net/click-1-2?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("anrdoezrs.net", "/links/", After("/type/dlg/"), "https://www.anrdoezrs.net/links/1/type/dlg/https://example.org/a?b=1"),
    row("anrdoezrs.net", "/", Query(&["url"]), "https://www.anrdoezrs.net/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("dpbolvw.net", "/click-", Query(&["url"]), "https://www.dpbolvw.net/click-1-2?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("dpbolvw.net", "/links/", After("/type/dlg/"), "https://www.dpbolvw.net/links/1/type/dlg/https://example.org/a?b=1"),
    row("dpbolvw.net", "/", Query(&["url"]), "https://www.dpbolvw.net/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("jdoqocy.com", "/click-", Query(&["url"]), "https://www.jdoqocy.com/click-1-2?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("jdoqocy.com", "/links/", After("/type/dlg/"), "https://www.jdoqocy.com/links/1/type/dlg/https://example.org/a?b=1"),
    row("jdoqocy.com", "/", Query(&["url"]), "https://www.jdoqocy.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("kqzyfj.com", "/click-", Query(&["url"]), "https://www.kqzyfj.com/click-1-2?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("kqzyfj.com", "/links/", After("/type/dlg/"), "https://www.kqzyfj.com/links/1/type/dlg/https://example.org/a?b=1"),
    row("kqzyfj.com", "/", Query(&["url"]), "https://www.kqzyfj.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("tkqlhce.com", "/click-", Query(&["url"]), "https://www.tkqlhce.com/click-1-2?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("tkqlhce.com", "/links/", After("/type/dlg/"), "https://www.tkqlhce.com/links/1/type/dlg/https://example.org/a?b=1"),
    row("tkqlhce.com", "/", Query(&["url"]), "https://www.tkqlhce.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("prf.hn", "/click/", After("/destination:"), "https://prf.hn/click/camref:1abc/destination:https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    // Guards that mail passes through.
    row("safelinks.protection.outlook.com", "/", Query(&["url"]), "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("safelinks.protection.office365.us", "/", Query(&["url"]), "https://usg01.safelinks.protection.office365.us/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("linkprotect.cudasvc.com", "/url", Query(&["a"]), "https://linkprotect.cudasvc.com/url?a=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("trendmicro.com", "/wis/clicktime", Query(&["url"]), "https://ca-ctp.trendmicro.com/wis/clicktime/v1/query?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("fireeye.com", "/", Query(&["u"]), "https://protect2.fireeye.com/v1/url?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("clicktime.symantec.com", "/", Query(&["u"]), "https://clicktime.symantec.com/3abc?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("clicktime.cloud.postoffice.net", "/clicktime.php", Query(&["U"]), "https://clicktime.cloud.postoffice.net/clicktime.php?U=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("scanmail.trustwave.com", "/", Query(&["u"]), "https://scanmail.trustwave.com/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("link.edgepilot.com", "/s/", Query(&["u"]), "https://link.edgepilot.com/s/abc/def?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("statics.teams.cdn.office.net", "/evergreen-assets/safelinks/", Query(&["url"]), "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("urlsand.esvalabs.com", "/", Query(&["u"]), "https://urlsand.esvalabs.com/?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&e=1"),
    row("linklock.titanhq.com", "/analyse", Query(&["url"]), "https://linklock.titanhq.com/analyse?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&data=x"),
    row("atpscan.global.hornetsecurity.com", "/", Query(&["u"]), "https://atpscan.global.hornetsecurity.com/?d=x&f=y&u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("url-protection.com", "/", Query(&["o"]), "https://avanan.url-protection.com/v1/url?o=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("zixcentral.com", "/", Query(&["u"]), "https://link.zixcentral.com/u/abc/x?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("protection.sophos.com", "/", Coded(&["u"]), "https://eu-central-1.protection.sophos.com/?d=example.org&u=aHR0cHM6Ly9leGFtcGxlLm9yZy9hP2I9MQ&i=x"),
    row("gravityzone.bitdefender.com", "/scan/", CodedAfter("/scan/"), "https://lsems.gravityzone.bitdefender.com/scan/aHR0cHM6Ly9leGFtcGxlLm9yZy9hP2I9MQ/ABC/1"),
    row("linkscan.io", "/scan/", CodedAfter("/scan/ux/"), "https://linkscan.io/scan/ux/aHR0cHM6Ly9leGFtcGxlLm9yZy9hP2I9MQ/ABC"),
    row("secure-web.cisco.com", "/", Segment("http"), "https://secure-web.cisco.com/1abc_d/https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("protect.checkpoint.com", "/v2/", After("/___"), "https://protect.checkpoint.com/v2/___https://example.org/a?b=1___.YXB4"),
    row("urldefense.proofpoint.com", "/v1/", Query(&["u"]), "https://urldefense.proofpoint.com/v1/url?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&k=x"),
    row("urldefense.proofpoint.com", "/v2/", Proofpoint, "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-3Fb-3D1&d=x"),
    row("urldefense.com", "/v3/", Proofpoint, "https://urldefense.com/v3/__https:/example.org/a*b=1__;Pw!!x!y$"),
    row("urldefense.us", "/v3/", Proofpoint, "https://urldefense.us/v3/__https://example.org/a?b=1__;!!x!y$"),
    row("urldefense.proofpoint.com", "/v3/", Proofpoint, "https://urldefense.proofpoint.com/v3/__https://example.org/a?b=1__;!!x!y$"),
    // Readers and mirrors.
    row("getpocket.com", "/redirect", Query(&["url"]), "https://getpocket.com/redirect?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("instapaper.com", "/text", Query(&["u"]), "https://www.instapaper.com/text?u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("readability.com", "/m", Query(&["url"]), "https://www.readability.com/m?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("textise.net", "/", Query(&["strURL"]), "https://www.textise.net/showText.aspx?strURL=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("12ft.io", "/proxy", Query(&["q"]), "https://12ft.io/proxy?q=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("hyp.is", "/go", Query(&["url"]), "https://hyp.is/go?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("12ft.io", "/http", After("/"), "https://12ft.io/https://example.org/a?b=1"),
    row("freedium.cfd", "/http", After("/"), "https://freedium.cfd/https://example.org/a?b=1"),
    row("outline.com", "/http", After("/"), "https://outline.com/https://example.org/a?b=1"),
    row("r.jina.ai", "/http", After("/"), "https://r.jina.ai/https://example.org/a?b=1"),
    row("removepaywall.com", "/http", After("/"), "https://removepaywall.com/https://example.org/a?b=1"),
    row("removepaywalls.com", "/http", After("/"), "https://removepaywalls.com/https://example.org/a?b=1"),
    row("smry.ai", "/http", After("/"), "https://smry.ai/https://example.org/a?b=1"),
    row("txtify.it", "/http", After("/"), "https://txtify.it/https://example.org/a?b=1"),
    row("via.hypothes.is", "/http", After("/"), "https://via.hypothes.is/https://example.org/a?b=1"),
    row("1ft.io", "/http", After("/"), "https://1ft.io/https://example.org/a?b=1"),
    row("removepaywall.com", "/search", Query(&["url"]), "https://www.removepaywall.com/search?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("cors-anywhere.herokuapp.com", "/http", After("/"), "https://cors-anywhere.herokuapp.com/https://example.org/a?b=1"),
    // Library proxies of one host for all; those of one library are told by their names.
    row("openathens.net", "/", Query(&["url", "qurl"]), "https://go.openathens.net/redirector/lib.example.edu?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("idm.oclc.org", "/login", Query(&["url", "qurl"]), "https://lib.idm.oclc.org/login?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    // Translators.
    row("translate.google.", "/", Translated(&["u"]), "https://translate.google.com/translate?sl=de&u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("translate.googleusercontent.com", "/", Translated(&["u"]), "https://translate.googleusercontent.com/translate?sl=de&u=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("translate.yandex.ru", "/translate", Translated(&["url"]), "https://translate.yandex.ru/translate?sl=de&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("translate.yandex.com", "/translate", Translated(&["url"]), "https://translate.yandex.com/translate?sl=de&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("microsofttranslator.com", "/", Translated(&["a"]), "https://www.microsofttranslator.com/translate?sl=de&a=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("fanyi.baidu.com", "/transpage", Translated(&["query"]), "https://fanyi.baidu.com/transpage?sl=de&query=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("papago.naver.net", "/website", Translated(&["url"]), "https://papago.naver.net/website?sl=de&url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
    row("worldlingo.com", "/", Translated(&["wl_url"]), "https://www.worldlingo.com/translate?sl=de&wl_url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"),
];

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::address::wrapper::inner;

    #[test]
    fn each_example_leads_to_its_page() {
        for Service { example, .. } in SERVICES {
            let address = Url::parse(example).expect(example);
            let page = inner(&address).and_then(|wrapped| wrapped.inner);
            assert_eq!(page.as_deref(), Some("https://example.org/a?b=1"), "{example}");
        }
    }

    #[test]
    fn each_row_is_the_one_that_reads_its_example() {
        for Service { host, path, example, .. } in SERVICES {
            let address = Url::parse(example).expect(example);
            let name = address.host_str().unwrap_or_default();
            assert!(name.contains(host) && address.path().starts_with(path), "{example}");
        }
    }
}
