//! What is not opened, and what is not read to its end.

use std::fs;

use super::files::INVALID;
use super::{folder, refused, run_in};

#[test]
fn a_file_is_a_readable_file_of_bounded_size() {
    let folder = folder("");
    let most = "#".repeat(1024 * 1024);
    fs::write(folder.path().join("most.toml"), &most).unwrap();
    fs::write(folder.path().join("big.toml"), format!("{most}#")).unwrap();
    fs::write(folder.path().join("odd.toml"), b"version = 1\n# \xff\n").unwrap();
    let named = "name a TOML file: `tollgate resources --help` shows what it has";
    for (file, error, hint) in [
        (
            "most.toml",
            "most.toml:1:1: the file has no `[[resource]]`",
            INVALID,
        ),
        (
            "big.toml",
            "the file `big.toml` is larger than 1 MiB",
            "split the file into files of at most 1 MiB",
        ),
        (
            "odd.toml",
            "odd.toml:2: the file is not UTF-8",
            "save the file as UTF-8",
        ),
        (
            "gone.toml",
            "cannot read the file `gone.toml`: No such file or directory (os error 2)",
            named,
        ),
        (
            ".",
            "`.` is not a regular file",
            "name a regular file: save the resources to one",
        ),
    ] {
        refused(&run_in(&folder, file), 1, error, hint);
    }
}

#[cfg(unix)]
#[test]
fn what_would_hang_or_never_end_is_not_opened() {
    let folder = folder("");
    let pipe = folder.path().join("pipe.toml");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    for file in ["pipe.toml", "/dev/zero"] {
        let error = format!("`{file}` is not a regular file");
        let hint = "name a regular file: save the resources to one";
        refused(&run_in(&folder, file), 1, &error, hint);
    }
}
