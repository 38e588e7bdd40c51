//! No line that is printed is a command to the machine that runs the program.

use crate::folder::Folder;
use crate::support::tollgate;

const CATALOG: &str = r###"
version = 1
[provider]
id = "mine"
name = "A ##[add-path]/p"
region = "r"
region_name = "R ##VSO[task.setvariable variable=x]y"
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
document = "Deed ##[error]x"
section = "s ##vso[x]y"
checked = 2026-06-01
[[model]]
code = "mine/m"
name = "M ##[command]x a very long name whose words wrap to a next line or two ::stop-commands::all"
family = "F ##vso[x]"
[[model.standard]]
source = "s"
tiers = [{ input = "6 per 1M tokens", output = "6 per 1M tokens" }]
[[model.ptu]]
source = "s"
max_input = "128000 tokens"
input = { hour = "3 per 10K TPM-hour" }
output = [{ hour = "3 per 1K TPM-hour" }]
"###;

const PLAN: &str = r###"
version = 1
catalog = ["c ##[x].toml"]
[budget]
total = "1"
[[deployment]]
name = "a ##[group]x ##vso[y] and so many words that a line of a table has to be broken ::add-mask::x"
method = "tokens"
model = "mine/m"
rpm = 20
input_per_request = 100
output_per_request = 10
budget = "1"
"###;

const ACCOUNT: &str = r###"
[[resource]]
name = "a ##[x] ##vso[y] and so many words that a line of a table has to be broken there ::add-mask::x"
kind = "tokens"
source = "free-trial"
total = 1_000_000
used = 200_000
expires = 2026-12-20
usage_per_day = 25_000
"###;

/// What a runner would execute of a text: older ones also `##[` in the middle of a line.
fn executed(text: &str, ours: bool) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let anywhere = ["##[", "##vso["]
        .into_iter()
        .find(|mark| lower.contains(mark));
    let command = |line: &&str| {
        let own = ours
            && ["::error ", "::notice "]
                .iter()
                .any(|own| line.starts_with(own));
        line.trim_start().starts_with("::") && !own
    };
    let line = text.lines().find(command);
    anywhere.or(line).map(str::to_owned)
}

#[test]
fn names_are_no_commands_to_a_runner_in_any_format() {
    let folder = Folder::new(&[
        ("c ##[x].toml", CATALOG),
        ("plan.toml", PLAN),
        ("account.toml", ACCOUNT),
    ]);
    let calls = [
        "--rpm",
        "20",
        "--input-per-request",
        "100",
        "--output-per-request",
        "10",
    ];
    let plain: [Vec<&str>; 6] = [
        vec!["models", "mine/m"],
        vec!["models"],
        [vec!["compare", "mine/m"], calls.to_vec()].concat(),
        [
            vec!["quote", "tokens", "mine/m", "--discount", "##[x]"],
            calls.to_vec(),
        ]
        .concat(),
        [vec!["quote", "tokens", "mine/m"], calls.to_vec()].concat(),
        vec!["models", "mine/##[x]##vso[y]"],
    ];
    let check = vec!["check", "plan.toml", "--details"];
    let wrong = vec!["check", "##[x].toml"];
    let resources = vec!["resources", "account.toml", "--all"];
    let formats = ["table", "json", "csv", "markdown"];
    let mut runs: Vec<(Vec<&str>, &str)> = Vec::new();
    for format in formats {
        runs.extend(plain.iter().map(|line| {
            (
                [line.clone(), vec!["--catalog", "c ##[x].toml"]].concat(),
                format,
            )
        }));
        runs.push((resources.clone(), format));
    }
    for format in ["table", "json", "csv", "markdown", "github", "focus"] {
        runs.push((check.clone(), format));
        runs.push((wrong.clone(), format));
    }
    let mut shown = 0;
    for (mut line, format) in runs {
        line.extend(["--format", format]);
        let output = tollgate()
            .current_dir(folder.path())
            .args(&line)
            .output()
            .unwrap();
        for text in [output.stdout, output.stderr] {
            let text = String::from_utf8(text).unwrap();
            assert_eq!(
                executed(&text, format == "github"),
                None,
                "{line:?}:\n{text}"
            );
            shown += text.matches("# #").count() + text.matches("\\u0023#").count();
        }
    }
    assert!(shown > 20, "{shown}");
    let json = ["models", "mine/m", "--json", "--catalog", "c ##[x].toml"];
    let output = tollgate()
        .current_dir(folder.path())
        .args(json)
        .output()
        .unwrap();
    let card: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(card.to_string().contains("M ##[command]x"), "{card}");
}
