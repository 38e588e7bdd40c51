//! What is wrong is said, with the way out, and nothing that was asked for is dropped in silence.

use std::process::Command as Process;
use std::time::Duration;

use crate::folder::Folder;
use crate::support::{refused, tollgate};

const PLAN: &str = "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\n\
                    spec = \"MU5x1\"\nterm = \"subscription\"\n";

#[test]
fn merge_reads_regular_files() {
    let folder = Folder::new(&[]);
    let pipe = folder.path().join("pipe");
    assert!(
        Process::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for file in [pipe.to_str().unwrap(), "/dev/zero", "/dev/null"] {
        let mut command = tollgate();
        let output = command
            .args(["merge", file])
            .timeout(Duration::from_secs(20))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{file}");
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            format!(
                "error: {file}: not a regular file\n\n\
                 hint: give it as the standard input: `tollgate merge - < FILE`\n"
            )
        );
    }
}

#[test]
fn resources_reads_the_catalog_that_it_is_given() {
    let account = "[[resource]]\nname = \"a\"\nkind = \"tokens\"\nsource = \"purchased\"\ntotal = 10\n\
                   used = 1\nexpires = 2026-12-01\n";
    let folder = Folder::new(&[("account.toml", account), ("bad.toml", "version = 2\n")]);
    for catalog in ["missing.toml", "bad.toml"] {
        for more in [&[][..], &["--price-in", "1", "--price-out", "1"]] {
            let mut line = vec!["resources", "account.toml", "--catalog", catalog];
            line.extend(more);
            let output = tollgate()
                .current_dir(folder.path())
                .args(&line)
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(1), "{line:?}");
            assert!(
                String::from_utf8(output.stderr).unwrap().contains(catalog),
                "{line:?}"
            );
        }
    }
}

#[test]
fn the_cheapest_method_is_shown_or_refused() {
    let folder = Folder::new(&[("plan.toml", PLAN)]);
    let run = |more: &[&str]| {
        let mut command = tollgate();
        command
            .current_dir(folder.path())
            .args(["check", "plan.toml", "--cheapest"]);
        command.args(more).output().unwrap()
    };
    for format in ["csv", "github", "focus"] {
        let output = run(&["--format", format]);
        assert_eq!(
            (output.status.code(), output.stdout),
            (Some(2), Vec::new()),
            "{format}"
        );
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            format!(
                "error: `--cheapest` changes nothing in `--format {format}`\n\n\
                 hint: leave it out, or use `--format table`, `json`, `markdown` or `html`, or `--output` with such a file\n"
            )
        );
        let beside = run(&["--format", format, "--output", "comment.md"]);
        assert_eq!(beside.status.code(), Some(0), "{format}");
    }
    for format in ["table", "json", "markdown", "html"] {
        let output = run(&["--format", format]);
        assert!(
            String::from_utf8(output.stdout)
                .unwrap()
                .contains("no workload"),
            "{format}"
        );
    }
}

#[test]
fn what_stops_a_check_is_an_annotation() {
    let own = format!("catalog = [\"own.toml\"]\n{PLAN}");
    let folder = Folder::new(&[
        ("plan.toml", PLAN),
        ("own-plan.toml", own.as_str()),
        ("own.toml", "version = 1\nx = 1\n"),
    ]);
    let place = "::error file=own.toml,line=2,col=1,title=Plan cannot be priced::own.toml:2:1: ";
    for (line, begins) in [
        (vec!["plan.toml", "--catalog", "own.toml"], place),
        (vec!["own-plan.toml"], place),
        (
            vec!["plan.toml", "--catalog", "none.toml"],
            "::error title=Plan cannot be priced::cannot read the catalog `none.toml`",
        ),
        (
            vec!["none.toml"],
            "::error title=Plan cannot be priced::cannot read the plan `none.toml`",
        ),
        (
            vec!["plan.toml", "--baseline", "none.toml"],
            "::error title=Plan cannot be priced::cannot read the baseline",
        ),
    ] {
        let mut command = tollgate();
        command
            .current_dir(folder.path())
            .args(["check", "--format", "github"]);
        let output = command.args(&line).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), output.stdout),
            (Some(1), Vec::new()),
            "{line:?}"
        );
        assert!(stderr.starts_with(begins), "{line:?}: {stderr}");
        assert!(
            stderr.contains("\nerror: ") && stderr.contains("\nhint: "),
            "{stderr}"
        );
    }
}

#[test]
fn every_amount_or_date_too_large_has_a_way_out() {
    for (line, hint) in [
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1200 --start 2100-01-01T00:00",
            "let it begin earlier, or ask for a shorter term",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1 --discount 1.23456789012345678901234567%",
            "fewer digits",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1 --discount 1.2345678901234567890123456789%",
            "hint",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1 --discount 0.12345678901234567890123456789012%",
            "hint",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1 --discount 0.123456789012345678901234567",
            "hint",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 99999999999999999999999999999",
            "hint",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --hours 79228162514264337593543950335",
            "hint",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1 --fx USD=0.12345678901234567890123456789012",
            "hint",
        ),
        (
            "quote mu qwen3-8b --spec MU5x1 --months 1 --max-cost 79228162514264337593543950336",
            "hint",
        ),
    ] {
        let (_, stderr) = refused(line);
        let said = stderr.split_once("\nhint: ").map(|(_, said)| said);
        assert!(
            said.is_some_and(|said| hint == "hint" || said.contains(hint)),
            "`{line}`: {stderr}"
        );
    }
}
