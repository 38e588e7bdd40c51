//! A folder with files, which is gone after the test.

#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::path::Path;

pub struct Folder(tempfile::TempDir);

impl Folder {
    /// A folder with files of these names and texts.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.file(name, text);
        }
        folder
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path of a file in it.
    pub fn path_of(&self, name: &str) -> String {
        self.path().join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file, and gives its path.
    pub fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path().join(name), text).unwrap();
        self.path_of(name)
    }
}
