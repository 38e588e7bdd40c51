//! What is not opened, and what is not read to its end.

use std::fs;

use super::{CONTENT, folder, refused};

#[test]
fn a_catalog_is_a_readable_file_of_bounded_size() {
    let most = "#".repeat(1024 * 1024);
    let above = format!("{most}#");
    let folder = folder(&[
        ("big.toml", &above),
        ("most.toml", &most),
        ("empty/notes.txt", ""),
    ]);
    fs::write(folder.path().join("odd.toml"), b"version = 1\n# \xff\n").unwrap();
    for (catalog, error, hint) in [
        (
            "big.toml",
            "the catalog `big.toml` is larger than 1 MiB",
            "split the catalog into files of at most 1 MiB",
        ),
        (
            "empty",
            "the catalog folder `empty` has no `.toml` file",
            "name a folder with files that end in `.toml`",
        ),
        (
            "odd.toml",
            "odd.toml:2: the catalog is not UTF-8",
            "save the file as UTF-8",
        ),
    ] {
        refused(&folder, catalog, error, hint);
    }
    // At the limit it is read, and found to be no catalog.
    refused(
        &folder,
        "most.toml",
        "most.toml:1:1: missing field `version`",
        CONTENT,
    );
}

#[cfg(unix)]
#[test]
fn what_would_hang_or_never_end_is_not_opened() {
    let folder = folder(&[]);
    let pipe = folder.path().join("pipe.toml");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    let hint = "`--catalog` reads regular files: save the catalog to one";
    for (catalog, path) in [
        ("pipe.toml", "pipe.toml"),
        (".", "./pipe.toml"),
        ("/dev/zero", "/dev/zero"),
    ] {
        let error = format!("the catalog `{path}` is not a regular file");
        refused(&folder, catalog, &error, hint);
    }
    let error = "cannot read the catalog `gone.toml`: No such file or directory (os error 2)";
    let hint = "`--catalog` takes a TOML file or a folder of them";
    refused(&folder, "gone.toml", error, hint);
}
