//! Names and numbers that would break a terminal, a table, a spreadsheet or a document.

use serde_json::Value;

use super::{folder, one, run, run_in, tokens};

/// One purchased package with this name.
fn named(name: &str) -> String {
    let text = one(&tokens(1_000_000, "used = 1\nexpires = 2026-12-31"));
    text.replace("\"A\"", &format!("\"{name}\""))
}

#[test]
fn names_that_are_no_names_are_refused_and_shown_harmless() {
    for (name, shown) in [
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("+1", "+1"),
        ("-1", "-1"),
        ("@x", "@x"),
        (" a", " a"),
        ("", ""),
        ("a\\u001b[31mb", "a\\u{1b}[31mb"),
        ("a\\u0007", "a\\u{7}"),
        ("a\\nb", "a\\nb"),
        ("a\u{202e}b", "a\\u{202e}b"),
        ("a\u{200b}b", "a\\u{200b}b"),
    ] {
        let ran = run(&named(name), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{name}");
        let error = format!(
            "error: account.toml:2:8: `{shown}` is not a name: a name has up to 128 visible characters and begins with a letter or digit\n"
        );
        assert!(ran.stderr.starts_with(&error), "{}", ran.stderr);
    }
    let long = run(&named(&"a".repeat(129)), "");
    assert_eq!((long.code, long.stdout.as_str()), (1, ""));
}

#[test]
fn a_name_is_text_in_every_format() {
    let name = "a|b `c` <d> *e* [f](g), \\\"h\\\"";
    let json: Value = serde_json::from_str(&run(&named(name), "--json").stdout).unwrap();
    assert_eq!(
        json["resources"][0]["name"],
        "a|b `c` <d> *e* [f](g), \"h\""
    );
    let csv = run(&named(name), "--format csv").stdout;
    let row = csv.lines().nth(1).unwrap();
    assert!(
        row.starts_with("\"a|b `c` <d> *e* [f](g), \"\"h\"\"\",tokens,"),
        "{row}"
    );
    let markdown = run(&named(name), "--format markdown").stdout;
    let row = markdown
        .lines()
        .find(|line| line.starts_with("| `a"))
        .unwrap();
    assert!(
        row.starts_with("| `a`&#124;`b` `c` `<d>` `*e*` `[f](g`), \"h\", tokens, paid |"),
        "{row}"
    );
}

#[test]
fn a_file_name_is_harmless_wherever_it_is_shown() {
    let folder = folder("");
    let file = "a\u{1b}[31m|`x`.toml";
    std::fs::write(folder.path().join(file), named("A")).unwrap();
    let answer = "First to end: A, which expires on 2026-12-31 (in 41 days)";
    for (format, heading) in [
        ("table", "a\\u{1b}[31m|`x`.toml on 2026-11-20: 1 available"),
        (
            "markdown",
            "`a\\u{1b}[31m`&#124;`x` `.toml` on 2026-11-20: 1 available",
        ),
    ] {
        let ran = run_in(&folder, &format!("{file} --format {format}"));
        let mut lines = ran.stdout.lines().filter(|line| !line.is_empty());
        let first = lines.next().map(|line| line.trim_start_matches("### "));
        assert_eq!((first, lines.next()), (Some(answer), Some(heading)));
        assert!(!ran.stdout.contains('\u{1b}'));
    }
}

#[test]
fn long_names_and_large_numbers_stay_whole_and_within_eighty_columns() {
    let words = "word ".repeat(25);
    let wide = "通义千问".repeat(9);
    for name in [
        words.trim(),
        &wide,
        "A package whose name is so long that no table has room for it",
    ] {
        for numbers in [
            (
                "1_000_000_000_000_000",
                "1",
                "999,999,999,999,999, of 1,000,000B",
            ),
            (
                "999_999_999_999_999",
                "1",
                "999,999,999,999,998, of 999,999,999,999,999",
            ),
            ("10", "9", "1, of 10"),
        ] {
            let (total, used, left) = numbers;
            let text = named(name)
                .replace("total = 1000000", &format!("total = {total}"))
                .replace("used = 1", &format!("used = {used}"));
            let ran = run(&text, "");
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            for line in ran.stdout.lines() {
                assert!(textwrap::core::display_width(line) <= 80, "{line}");
            }
            assert!(
                ran.stdout.contains(&format!("   Left {left}\n")),
                "{}",
                ran.stdout
            );
        }
    }
}

#[test]
fn a_thousand_resources_are_read() {
    let text: String = (0..1_000)
        .map(|at| named("A").replace("\"A\"", &format!("\"R{at}\"")))
        .collect();
    let ran = run(&text, "--format csv");
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 1_001));
}
