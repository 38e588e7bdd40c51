//! On a page a name is text and nothing else.

use std::fs;
use std::path::Path;

use super::parsed::Page;
use super::support::tollgate;

/// Each would be a tag, the end of one, an entity or an attribute.
const NAMES: [&str; 9] = [
    "<script>alert(1)</script>",
    "</td></table><h1>free</h1>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- ]]> <![CDATA[ <?php",
    "&lt;b&gt; &#60; &nbsp;",
    "' onmouseover='x' >",
    "`<b>` ``` `",
    "{{7*7}} ${x} javascript:x",
];

fn page(folder: &Path, line: &[&str]) -> Page {
    let mut command = tollgate();
    command.current_dir(folder).args(line);
    let output = command.args(["--format", "html"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line:?}: {stderr}");
    Page::parse(&String::from_utf8(output.stdout).unwrap())
}

fn catalog(name: &str) -> String {
    format!(
        "version = 1\n[provider]\nid = \"mine\"\nname = '''A {name} p'''\nregion = \"r\"\n\
         region_name = '''A {name} r'''\ncurrency = \"CNY\"\n\
         [source.s]\ndocument = '''A {name} d'''\nsection = '''A {name} s'''\ntranscribed = 2026-11-01\n\
         [[model]]\ncode = \"mine/m\"\nname = '''A {name} m'''\nfamily = '''A {name} f'''\n\
         [[model.standard]]\nsource = \"s\"\n\
         tiers = [{{ input = \"6 per 1M tokens\", output = \"6 per 1M tokens\" }}]\n"
    )
}

fn plan(name: &str) -> String {
    format!(
        "version = 1\ndays = 30\n[[deployment]]\nname = '''A {name}'''\nmethod = \"tokens\"\n\
         model = \"qwen3-32b\"\nrate = \"standard\"\nrpm = 1\ninput_per_request = 10\n\
         output_per_request = 10\nbudget = \"100000\"\n"
    )
}

fn account(name: &str) -> String {
    format!(
        "[[resource]]\nname = '''A {name}'''\nkind = \"tokens\"\nsource = \"free-trial\"\n\
         total = 1_000_000\nused = 2_000_000\nreason = '''A {name} why'''\nexpires = 2026-12-20\n"
    )
}

#[test]
fn names_are_text_on_the_page_of_every_command() {
    let calls = [
        "--rpm",
        "9",
        "--input-per-request",
        "10",
        "--output-per-request",
        "10",
    ];
    for name in NAMES {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: String| fs::write(folder.path().join(file), text).unwrap();
        write("own.toml", catalog(name));
        write("plan.toml", plan(name));
        write("account.toml", account(name));
        let own = ["--catalog", "own.toml"];
        let pages = [
            [&["models", "mine/m"], &own[..]].concat(),
            [&["compare", "mine/m"], &own[..], &calls[..]].concat(),
            [&["quote", "tokens", "mine/m"], &own[..], &calls[..]].concat(),
            vec!["check", "plan.toml", "--details"],
            vec!["check", "plan.toml", "--cheapest"],
            vec!["resources", "account.toml", "--all"],
        ];
        for line in pages {
            let page = page(folder.path(), &line);
            page.assert_self_contained(&format!("{name}: {line:?}"));
            assert_eq!(page.count("h1"), 1, "{name}: {line:?}");
            assert_eq!(page.count("script"), 0, "{name}: {line:?}");
            // Within a sentence a pair of backticks becomes the look of code.
            let plain = |text: &str| text.replace('`', "");
            let text = page.text();
            assert!(
                plain(&text).contains(&plain(name)),
                "{name}: {line:?}: {text}"
            );
        }
    }
}

/// Files can be named as nothing else can.
#[test]
fn the_name_of_a_file_is_text_without_control_characters() {
    for name in [
        "<b>&.toml",
        "a\u{1b}[31mb.toml",
        "a\nb.toml",
        "a\u{202e}b.toml",
        "\"'`.toml",
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), plan("a")).unwrap();
        let checked = page(folder.path(), &["check", name]);
        checked.assert_self_contained(name);
        assert!(
            !checked.text_of("h1").contains(['\u{1b}', '\n', '\u{202e}']),
            "{name:?}"
        );
        fs::write(folder.path().join(name), account("a")).unwrap();
        let listed = page(folder.path(), &["resources", name, "--all"]);
        listed.assert_self_contained(name);
        assert!(!listed.text().contains(['\u{1b}', '\u{202e}']), "{name:?}");
    }
}
