//! The pages, and what stands in them.

use std::fs;
use std::path::Path;

/// A page by its path in the repository.
pub struct Page {
    pub name: String,
    pub text: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The README, CONTRIBUTING, and all that is in `docs/`.
pub fn pages() -> Vec<Page> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let mut names: Vec<String> = docs
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect();
    names.sort();
    names.extend(["README.md", "CONTRIBUTING.md"].map(str::to_owned));
    let page = |name: String| {
        assert!(name.ends_with(".md"), "{name} is no page");
        let text = fs::read_to_string(root().join(&name)).unwrap();
        Page { name, text }
    };
    names.into_iter().map(page).collect()
}

impl Page {
    /// The blocks of code, each with the word behind its fence.
    pub fn blocks(&self) -> Vec<(String, String)> {
        let parts = self.text.split("\n```").skip(1).step_by(2);
        let block = |part: &str| {
            let (kind, text) = part.split_once('\n').unwrap();
            (kind.to_owned(), format!("{text}\n"))
        };
        parts.map(block).collect()
    }

    /// The blocks that follow `<!-- file: name -->`: files that the commands of the page use.
    pub fn files(&self) -> Vec<(String, String)> {
        let parts = self.text.split("<!-- file: ").skip(1);
        let file = |part: &str| {
            let (name, rest) = part.split_once(" -->\n").unwrap();
            let (_, block) = rest.split_once('\n').unwrap();
            let (text, _) = block.split_once("```").unwrap();
            (name.to_owned(), text.to_owned())
        };
        parts.map(file).collect()
    }

    /// A folder with the files of the page, and those of `examples/` as in a checkout.
    pub fn folder(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let copies = folder.path().join("examples");
        fs::create_dir(&copies).unwrap();
        for entry in fs::read_dir(root().join("examples")).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                fs::copy(entry.path(), copies.join(entry.file_name())).unwrap();
            }
        }
        for (name, text) in self.files() {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }
}
