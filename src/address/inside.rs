//! What an address itself tells, in whatever medium it stands: captures and wrappers.

use std::sync::LazyLock;

use foldhash::HashSet;
use url::Url;

use super::{archive, wrapper};
use crate::model::{Link, Role};

/// Whether an address of the page's own site can be a capture or a wrapper: only if another
/// address is inside it.
fn is_plain(url: &Url, base: Option<&Url>) -> bool {
    let is_own = base.is_some_and(|base| base.host_str() == url.host_str());
    let after_scheme = url.as_str().get(url.scheme().len()..).unwrap_or_default();
    let mut beginnings = memchr::memchr_iter(b'h', after_scheme.as_bytes());
    let holds = |at: usize| after_scheme.get(at..).is_some_and(|rest| rest.starts_with("http"));
    is_own && !beginnings.any(holds)
}

/// Every host that an archive or a wrapper is known by.
static HOSTS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| archive::hosts().chain(wrapper::hosts()).collect());

/// Whether an address can be a capture or a wrapper: if its host is known for that, or the address
/// may have another one inside.
fn may_hold_another(url: &Url) -> bool {
    let after = archive::after_authority(url);
    memchr::memchr2(b':', b'?', after.as_bytes()).is_some()
        || url.host_str().is_some_and(|host| {
            wrapper::with_parents(host)
                .any(|name| HOSTS.contains(name) || name.starts_with(wrapper::GOOGLE))
        })
}

/// Takes a capture's or a wrapper's address apart. Where the link is one of the author's own, that
/// is what it is for; in the page's furniture it stays furniture.
pub(crate) fn look_inside(link: &mut Link, base: Option<&Url>) {
    let Some(url) = link.url().filter(|_| link.role != Role::Media) else { return };
    if is_plain(url, base) || !may_hold_another(url) {
        return;
    }
    let capture = archive::take_apart(url);
    let wrapped = if capture.is_none() { wrapper::inner(url) } else { None };
    if matches!(link.role, Role::Body | Role::Credit | Role::Reference) {
        if capture.is_some() {
            link.role = Role::Archive;
        } else if wrapped.is_some() {
            link.role = Role::Wrapper;
        }
    }
    link.capture = capture.map(Box::new);
    link.inner = wrapped.and_then(|wrapped| wrapped.inner).map(Into::into);
}
