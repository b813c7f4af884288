//! A file that appears when it is whole: what stood in its place stays until then.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// What the names of files begin with that are not whole yet.
pub(super) const PREFIX: &str = ".dateline-";

/// A new file in the folder of the one that it will become, to be persisted under that name.
///
/// # Errors
///
/// What the system says where no file can be made there.
#[expect(clippy::disallowed_methods, reason = "a report is written where it is asked for")]
pub fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = folder.display();
    if !folder.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no folder {name}")));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|error| match error.kind() {
        kind @ io::ErrorKind::PermissionDenied => {
            io::Error::new(kind, format!("the folder {name} may not be written to"))
        }
        _ => error,
    })
}
