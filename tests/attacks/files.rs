//! Files that are written: none that was planted, none half done, none that is read.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::folder::Folder;
use crate::support::tollgate;

const PLAN: &str = "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\n\
                    spec = \"MU5x1\"\nterm = \"subscription\"\n";

/// Exit code and stderr of a check that writes there.
fn writes(folder: &Path, output: &str) -> (Option<i32>, String) {
    let line = ["check", "plan.toml", "--output", output];
    let output = tollgate().current_dir(folder).args(line).output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_that_is_replaced_keeps_its_mode_and_its_owner() {
    let folder = Folder::new(&[("plan.toml", PLAN), ("cost.md", "old")]);
    let path = folder.path().join("cost.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    // Only root can give a file away.
    let given = std::os::unix::fs::chown(&path, Some(1234), Some(1235)).is_ok();
    assert_eq!(writes(folder.path(), "cost.md"), (Some(0), String::new()));
    let now = fs::metadata(&path).unwrap();
    assert_eq!(now.mode() & 0o7777, 0o640);
    assert!(!given || (now.uid(), now.gid()) == (1234, 1235));
    assert!(fs::read_to_string(&path).unwrap().contains("qwen3-8b"));
    assert_eq!(names(folder.path()), ["cost.md", "plan.toml"]);
}

#[test]
fn a_link_is_followed_and_one_to_nothing_is_refused() {
    let folder = Folder::new(&[("plan.toml", PLAN)]);
    let elsewhere = Folder::new(&[("cost.md", "old")]);
    let target = elsewhere.path().join("cost.md");
    symlink(&target, folder.path().join("link.md")).unwrap();
    symlink(elsewhere.path().join("none"), folder.path().join("dead.md")).unwrap();
    assert_eq!(writes(folder.path(), "link.md"), (Some(0), String::new()));
    assert!(
        fs::symlink_metadata(folder.path().join("link.md"))
            .unwrap()
            .is_symlink()
    );
    assert!(fs::read_to_string(&target).unwrap().contains("qwen3-8b"));
    let (code, stderr) = writes(folder.path(), "dead.md");
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("it is a link to a file that does not exist"),
        "{stderr}"
    );
    assert_eq!(names(elsewhere.path()), ["cost.md"]);
}

#[test]
fn a_read_only_file_is_refused() {
    let folder = Folder::new(&[("plan.toml", PLAN), ("cost.md", "old")]);
    let path = folder.path().join("cost.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let (code, stderr) = writes(folder.path(), "cost.md");
    assert_eq!(code, Some(1));
    assert_eq!(
        stderr,
        "error: cannot write `cost.md`: the file is read-only\n\n\
         hint: name another file, or let this one be written\n"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(folder.path()), ["cost.md", "plan.toml"]);
}

#[test]
fn a_name_may_be_as_long_as_names_are() {
    let folder = Folder::new(&[("plan.toml", PLAN)]);
    let name = format!("{}.md", "a".repeat(250));
    assert_eq!(writes(folder.path(), &name), (Some(0), String::new()));
    assert_eq!(names(folder.path()), [name, "plan.toml".to_owned()]);
}

#[test]
fn no_planted_name_is_written_through() {
    let folder = Folder::new(&[("plan.toml", PLAN)]);
    let treasure = Folder::new(&[("gold", "gold")]);
    let gold = treasure.path().join("gold");
    // A shell takes the place of its process, so the name that holds a process id can be planted.
    let script = "ln -s \"$1\" \"cost.md.$$.part\"; exec \"$0\" check plan.toml --output cost.md";
    let output = Command::new("sh")
        .args(["-c", script])
        .arg(assert_cmd::cargo::cargo_bin!("tollgate"))
        .arg(&gold)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(fs::read_to_string(&gold).unwrap(), "gold");
    assert!(
        !fs::symlink_metadata(folder.path().join("cost.md"))
            .unwrap()
            .is_symlink()
    );
}

#[test]
fn a_catalog_that_a_plan_names_is_not_written_over() {
    let plan = format!("catalog = [\"own.csv\", \"more\"]\n{PLAN}");
    let own = "version = 1\n[provider]\nid = \"alibaba\"\n";
    let folder = Folder::new(&[("plan.toml", &plan), ("own.csv", own)]);
    fs::create_dir(folder.path().join("more")).unwrap();
    fs::write(folder.path().join("more/a.toml"), own).unwrap();
    fs::hard_link(
        folder.path().join("more/a.toml"),
        folder.path().join("same.md"),
    )
    .unwrap();
    for output in ["own.csv", "same.md"] {
        let (code, stderr) = writes(folder.path(), output);
        assert_eq!(code, Some(2), "{stderr}");
        assert!(stderr.contains("which is read as a catalog"), "{stderr}");
        assert_eq!(fs::read_to_string(folder.path().join(output)).unwrap(), own);
    }
    let now = folder.path().join("now.toml");
    fs::write(&now, PLAN).unwrap();
    let line = [
        "check",
        "now.toml",
        "--baseline",
        "plan.toml",
        "--output",
        "own.csv",
    ];
    let output = tollgate()
        .current_dir(folder.path())
        .args(line)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Of many files one is being written at almost any time.
#[test]
fn an_interrupt_leaves_no_part_of_a_file() {
    let one = |at| {
        let table = PLAN.replace("version = 1\n", "");
        table.replace("\"a\"", &format!("\"a{at}\""))
    };
    let many: String = (0..50).map(one).collect();
    let outputs: Vec<String> = (0..60).map(|at| format!("--output=c{at}.json")).collect();
    for signal in ["INT", "TERM"].into_iter().cycle().take(6) {
        let folder = Folder::new(&[("plan.toml", &format!("version = 1\n{many}"))]);
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("tollgate"))
            .args(["check", "plan.toml"])
            .args(&outputs)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end && !folder.path().join("c5.json").exists() {}
        let id = child.id().to_string();
        let mut kill = Command::new("kill");
        kill.args([&format!("-{signal}"), &id])
            .stderr(Stdio::null());
        assert!(kill.status().is_ok());
        child.wait().unwrap();
        let mut left = names(folder.path());
        left.retain(|name| name.ends_with(".part"));
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_closed_stdout_is_an_error_and_a_null_device_is_none() {
    let run = |redirection: &str| {
        let script = format!("\"$0\" models {redirection}");
        Command::new("sh")
            .args(["-c", &script])
            .arg(assert_cmd::cargo::cargo_bin!("tollgate"))
            .output()
            .unwrap()
    };
    let closed = run(">&-");
    assert_eq!(closed.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(closed.stderr).unwrap(),
        "error: cannot write the output: the standard output is closed\n"
    );
    for open in [
        ">/dev/null",
        "<>/dev/null >&0",
        "1<>/dev/null",
        "<&- >/dev/null",
    ] {
        assert_eq!(run(open).status.code(), Some(0), "{open}");
    }
}
