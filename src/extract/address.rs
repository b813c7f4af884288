//! What an address itself tells, in whatever medium it stands: captures and wrappers.

use url::Url;

use super::{archive, wrapper};
use crate::model::{Link, Role};

/// Whether an address of the page's own site can be a capture or a wrapper: only if another
/// address is inside it.
fn is_plain(url: &Url, base: Option<&Url>) -> bool {
    let is_own = base.is_some_and(|base| base.host_str() == url.host_str());
    let after_scheme = url.as_str().get(url.scheme().len()..).unwrap_or_default();
    is_own && memchr::memmem::find(after_scheme.as_bytes(), b"http").is_none()
}

/// Takes a capture's or a wrapper's address apart. Where the link is one of the author's own, that
/// is what it is for; in the page's furniture it stays furniture.
pub(super) fn look_inside(link: &mut Link, base: Option<&Url>) {
    let Some(url) = link.url.as_ref().filter(|_| link.role != Role::Media) else { return };
    if is_plain(url, base) {
        return;
    }
    link.capture = archive::take_apart(url);
    let wrapped = if link.capture.is_none() { wrapper::inner(url) } else { None };
    if matches!(link.role, Role::Body | Role::Credit) {
        if link.capture.is_some() {
            link.role = Role::Archive;
        } else if wrapped.is_some() {
            link.role = Role::Wrapper;
        }
    }
    link.inner = wrapped.and_then(|wrapped| wrapped.inner);
}
