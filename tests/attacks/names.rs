//! A name shows itself, and is the only one that reads so; dates and times are written in full.

use crate::folder::Folder;
use crate::support::{refused, tollgate};

fn plan(names: &[&str], extra: &str) -> String {
    let one = |name: &&str| {
        format!(
            "[[deployment]]\nname = \"{name}\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\nterm = \"pay-as-you-go\"\n{extra}\n"
        )
    };
    format!("version = 1\n{}", names.iter().map(one).collect::<String>())
}

fn account(names: &[&str]) -> String {
    let one = |name: &&str| {
        format!(
            "[[resource]]\nname = \"{name}\"\nkind = \"tokens\"\nsource = \"purchased\"\ntotal = 10\nused = 1\nexpires = 2026-12-01\n"
        )
    };
    names.iter().map(one).collect()
}

/// Exit code and stderr of a command on a file of that text.
fn said(command: &str, text: &str) -> (Option<i32>, String) {
    let folder = Folder::new(&[("f.toml", text)]);
    let output = tollgate()
        .current_dir(folder.path())
        .args([command, "f.toml"])
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn names_that_print_as_nothing_are_refused() {
    for hidden in [
        '\u{3164}',
        '\u{115f}',
        '\u{1160}',
        '\u{ffa0}',
        '\u{fe0f}',
        '\u{e0100}',
        '\u{34f}',
        '\u{2800}',
    ] {
        for name in [hidden.to_string(), format!("a{hidden}b")] {
            for (command, text) in [
                ("check", plan(&[&name], "")),
                ("resources", account(&[&name])),
            ] {
                let (code, stderr) = said(command, &text);
                assert_eq!(code, Some(1), "{name:?}: {stderr}");
                assert!(stderr.contains("is not a"), "{stderr}");
                assert!(!stderr.contains(hidden), "{stderr}");
            }
        }
    }
}

#[test]
fn names_that_read_alike_are_one_name() {
    for [one, other] in [
        ["chat", "ch\u{430}t"],
        ["a b", "a\u{a0}b"],
        ["é", "e\u{301}"],
        ["chat", "\u{ff43}hat"],
    ] {
        let (code, stderr) = said("check", &plan(&[one, other], ""));
        assert_eq!(code, Some(1), "{one} {other}");
        assert!(
            stderr.contains("there is another deployment whose name reads like"),
            "{stderr}"
        );
        let (code, stderr) = said("resources", &account(&[one, other]));
        assert_eq!(code, Some(1), "{one} {other}");
        assert!(
            stderr.contains("the name of another resource reads like"),
            "{stderr}"
        );
    }
    assert_eq!(
        said("check", &plan(&["chat", "Chat", "chat-2"], "")),
        (Some(0), String::new())
    );
}

#[test]
fn dates_and_times_are_written_in_full() {
    for date in ["2026-%6-%1", "+2026-06-1", "%2026-6-1", "2026-06-%1"] {
        let date = date.replace('%', " ");
        let output = tollgate()
            .args(["models", "--as-of", &date])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{date}");
        let (code, stderr) = said(
            "check",
            &format!("as_of = \"{date}\"\n{}", plan(&["a"], "")),
        );
        assert_eq!(code, Some(1), "{date}: {stderr}");
        assert!(stderr.contains("it is not a date"), "{stderr}");
    }
    for moment in [
        "2026-06-01T%1:%2",
        "2026-06-01T10:00:60",
        "2026-%6-%1T10:00",
        "2026-06-01T10:00:60Z",
    ] {
        let moment = moment.replace('%', " ");
        let line = [
            "quote", "mu", "qwen3-8b", "--spec", "MU5x1", "--months", "1", "--start", &moment,
        ];
        let output = tollgate().args(line).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{moment}");
    }
    for time in [" 9:00", "+9:00", "9:00", "09:00:60", "09: 0"] {
        let day = format!("schedule = [{{ from = \"{time}\", to = \"18:00\", replicas = 2 }}]");
        let (code, stderr) = said("check", &plan(&["a"], &day));
        assert_eq!(code, Some(1), "{time}: {stderr}");
        assert!(stderr.contains("it is not a time of the day"), "{stderr}");
        let own =
            include_str!("../../catalog/alibaba.toml").replace("\"22:00\"", &format!("\"{time}\""));
        let (code, stderr) = {
            let folder = Folder::new(&[("f.toml", own.as_str())]);
            let output = tollgate()
                .current_dir(folder.path())
                .args(["models", "--catalog", "f.toml"])
                .output()
                .unwrap();
            (
                output.status.code(),
                String::from_utf8(output.stderr).unwrap(),
            )
        };
        assert_eq!(code, Some(1), "{time}");
        assert!(stderr.contains("is not a clock time"), "{stderr}");
    }
    for at in [
        "2026-06-01T10:00:60Z",
        "2026- 6- 1T10:00:00Z",
        "+2026-06-1T10:00:00Z",
        "2026-06-01T 1: 2:00Z",
    ] {
        let trace = format!("timestamp,input_tokens,output_tokens\n{at},10,1\n");
        let folder = Folder::new(&[("t.csv", trace.as_str())]);
        let path = folder.path().join("t.csv");
        let (code, stderr) = refused(&format!(
            "quote tokens qwen3-max-2025-09-23 --trace {}",
            path.display()
        ));
        assert_eq!(code, 1, "{at}: {stderr}");
    }
}
