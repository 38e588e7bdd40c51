//! What the commands of a page print.

use std::path::{Path, PathBuf};

/// The page with the real output of every command.
pub fn with_real_output(page: &str, folder: &Path) -> String {
    let mut shown = String::new();
    let mut in_console = false;
    for line in page.lines() {
        if line == "```console" {
            in_console = true;
        } else if in_console && line == "```" {
            in_console = false;
        } else if in_console && !line.starts_with("$ ") {
            continue;
        }
        shown.push_str(line);
        shown.push('\n');
        if let Some(command) = line.strip_prefix("$ ").filter(|_| in_console) {
            shown.push_str(&output(command, folder));
        }
    }
    shown
}

/// What a command prints in a terminal, where what is said on stderr stands last: that a limit is exceeded.
fn output(command: &str, folder: &Path) -> String {
    let program = Path::new(assert_cmd::cargo::cargo_bin!("tollgate"));
    let path = std::env::var_os("PATH").unwrap();
    let mut folders: Vec<PathBuf> = vec![program.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&path));
    let output = assert_cmd::Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env_remove("TOLLGATE_CATALOG")
        .env_remove("COLUMNS")
        .env("TOLLGATE_TODAY", "2026-11-20")
        .output()
        .unwrap();
    let shown = [output.stdout, output.stderr].concat();
    let shown = String::from_utf8(shown).unwrap();
    let done = matches!(output.status.code(), Some(0 | 3));
    assert!(done, "`{command}` fails: {shown}");
    // The page goes on at the start of a line.
    match shown.is_empty() || shown.ends_with('\n') {
        true => shown,
        false => format!("{shown}\n"),
    }
}
