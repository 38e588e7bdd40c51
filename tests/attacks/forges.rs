//! In Markdown a name is text and nothing else, in every command as in a check.

use crate::folder::Folder;
use crate::rendered::{html, rendered};
use crate::support::tollgate;

const CATALOG: &str = r###"
version = 1
[provider]
id = "mine"
name = "A NAME"
region = "r"
region_name = "R NAME"
currency = "CNY"
[billing.ptu]
increment = "hour"
input_step = "10K TPM"
output_step = "1K TPM"
overdue_retention = "24h"
late_order_after = "22:00"
expires_at = "23:59"
grace = "2h"
retention = "14h"
[source.s]
document = "Deed NAME"
section = "s NAME"
checked = 2026-06-01
[[model]]
code = "mine/m@team"
name = "1. NAME"
family = "F NAME"
[[model.standard]]
source = "s"
tiers = [{ input = "6 per 1M tokens", output = "6 per 1M tokens" }]
[[model.ptu]]
source = "s"
max_input = "128000 tokens"
input = { hour = "3 per 10K TPM-hour" }
output = [{ hour = "3 per 1K TPM-hour" }]
"###;

const ACCOUNT: &str = r#"
[[resource]]
name = "1. NAME"
kind = "tokens"
source = "free-trial"
total = 1_000_000
used = 2_000_000
reason = "1. NAME"
expires = 2026-12-20
usage_per_day = 25_000
"#;

/// The HTML that folds details away, and its titles.
const OURS: [&str; 11] = [
    "<details>",
    "</details>",
    "<summary>Sources</summary>",
    "<summary>Documents</summary>",
    "<summary>What always holds</summary>",
    "<summary>What is not ranked</summary>",
    "<summary>Break-even</summary>",
    "<summary>What is not priced</summary>",
    "<summary>Notes</summary>",
    "<summary>Notices</summary>",
    "<summary>Price of a day's tokens</summary>",
];

/// Each is a mention, a link, an emoji, a reference, a formula or HTML to some forge.
const NAMES: [&str; 12] = [
    "@team a@b.example",
    "#123 o/r#1 GH-1 !1 %1",
    "https://evil.example www.evil.example mailto:a@b.example",
    "[x](https://evil.example) ![x](y)",
    ":tada: :shipit:",
    "$a$ $$b$$",
    "*a* **b** _c_ ~~d~~",
    "<img src=x> <!-- --> </details>",
    "a|b \\\\| c",
    "&lt; &#124; [^1]",
    "0a1b2c3d 6fa4c33",
    "odd ` tick `` and `code` @x",
];

#[test]
fn names_are_text_in_the_markdown_of_every_command() {
    for name in NAMES {
        let catalog = CATALOG.replace("NAME", name);
        let file = "a@b #1 :tada: _x_.toml";
        let folder = Folder::new(&[
            (file, &catalog),
            ("@team #1.toml", &ACCOUNT.replace("NAME", name)),
        ]);
        let calls = [
            "--rpm",
            "20",
            "--input-per-request",
            "100",
            "--output-per-request",
            "10",
        ];
        let runs: [Vec<&str>; 7] = [
            vec!["models", "mine/m@team", "--catalog", file],
            vec!["models", "--catalog", file],
            [
                vec!["compare", "mine/m@team", "--catalog", file],
                calls.to_vec(),
            ]
            .concat(),
            [
                vec!["quote", "tokens", "mine/m@team", "--catalog", file],
                calls.to_vec(),
            ]
            .concat(),
            vec![
                "quote",
                "ptu",
                "mine/m@team",
                "--input-tpm",
                "10k",
                "--output-tpm",
                "1k",
                "--hours",
                "3",
                "--catalog",
                file,
            ],
            vec!["resources", "@team #1.toml", "--all"],
            vec![
                "resources",
                "@team #1.toml",
                "--model",
                "mine/m@team",
                "--input-share",
                "50%",
                "--catalog",
                file,
            ],
        ];
        for mut line in runs {
            line.extend(["--format", "markdown"]);
            let output = tollgate()
                .current_dir(folder.path())
                .args(&line)
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            assert_eq!(
                output.status.code(),
                Some(0),
                "{line:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            let all = rendered(&text);
            let html_is_ours = all.html.iter().all(|line| OURS.contains(&line.as_str()));
            assert!(
                html_is_ours && all.foreign.is_empty(),
                "{:?} {:?} in\n{text}",
                all.html,
                all.foreign
            );
            assert!(
                !html(&text).contains("<a ") && !html(&text).contains("<ol"),
                "{text}"
            );
            // The title of a column of ranks.
            for piece in all.text.iter().filter(|piece| *piece != "#") {
                for mark in [
                    "@", "#", "<", ">", "`", "$", "~", "*", "_", "[", "]", "://", "www.", "\\",
                    ":tada:", ":shipit:", "GH-", "!1", "%1", "0a1b2c3d", "6fa4c33",
                ] {
                    assert!(!piece.contains(mark), "`{piece}` has {mark} in\n{text}");
                }
            }
            for table in &all.tables {
                assert!(
                    table.iter().all(|row| row.len() == table[0].len()),
                    "{text}"
                );
            }
        }
    }
}
