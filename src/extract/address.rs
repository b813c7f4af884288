//! What an address itself tells, in whatever medium it stands: captures and wrappers.

use super::{archive, wrapper};
use crate::model::{Link, Role};

/// Takes a capture's or a wrapper's address apart. Where the link is one of the author's own, that
/// is what it is for; in the page's furniture it stays furniture.
pub(super) fn look_inside(link: &mut Link) {
    let Some(url) = link.url.as_ref().filter(|_| link.role != Role::Media) else { return };
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
