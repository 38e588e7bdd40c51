//! What can be wrong with a file of resources.

use std::fmt;

use crate::catalog::CatalogError;

/// A file of resources that cannot be used: the same causes as for a catalog, said of this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceError(pub CatalogError);

impl ResourceError {
    /// The way out.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self.0 {
            CatalogError::Unreadable { .. } | CatalogError::EmptyFolder { .. } => {
                "name a TOML file: `tollgate resources --help` shows what it has"
            }
            CatalogError::NotAFile { .. } => "name a regular file: save the resources to one",
            CatalogError::TooLarge { .. } => "split the file into files of at most 1 MiB",
            CatalogError::NotUtf8 { .. } => "save the file as UTF-8",
            CatalogError::Invalid { .. } => "`tollgate resources --help` shows what a resource has",
        }
    }
}

impl fmt::Display for ResourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            CatalogError::Unreadable { path, reason } => {
                write!(f, "cannot read the file `{path}`: {reason}")
            }
            CatalogError::NotAFile { path } | CatalogError::EmptyFolder { path } => {
                write!(f, "`{path}` is not a regular file")
            }
            CatalogError::TooLarge { path } => write!(f, "the file `{path}` is larger than 1 MiB"),
            CatalogError::NotUtf8 { path, line } => {
                write!(f, "{path}:{line}: the file is not UTF-8")
            }
            CatalogError::Invalid { .. } => self.0.fmt(f),
        }
    }
}

impl std::error::Error for ResourceError {}

impl From<CatalogError> for ResourceError {
    fn from(error: CatalogError) -> Self {
        Self(error)
    }
}
