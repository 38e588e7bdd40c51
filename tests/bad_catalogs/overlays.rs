//! Files that are good: what they add, replace and append, and in which order.

use std::process::Output;

use serde_json::{Value, json};

use super::{HEAD, MODEL, MU, folder, tollgate};

fn stdout(output: Output) -> String {
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
    String::from_utf8(output.stdout).unwrap()
}

/// What a command prints as JSON with `own.toml` of this text.
fn with(text: &str, args: &str) -> Value {
    let folder = folder(&[("own.toml", text)]);
    let mut command = tollgate(&folder);
    command
        .args(["--json", "--catalog", "own.toml"])
        .args(args.split(' '));
    super::shape::assert_taken(super::shape::Kind::Catalog, text);
    serde_json::from_str(&stdout(command.output().unwrap())).unwrap()
}

const TINY: &str = r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "tiny-1"
name = "Tiny 1"
family = "Tiny"
[[model.ptu]]
max_input = "32K tokens"
input = { hour = "1.5 per 10K TPM-hour" }
output = [{ hour = "0.25 per 1K TPM-hour" }]
[[model]]
code = "tiny-2"
[[model.mu]]
spec = "MU1"
hour = "50 per replica-hour"
"#;

#[test]
fn a_new_model_can_be_quoted() {
    let folder = folder(&[("own.toml", TINY)]);
    let mut command = tollgate(&folder);
    let quote = "quote ptu TINY-1 --input-tpm 20k --output-tpm 4k --hours 3 --catalog own.toml";
    command.args(quote.split(' '));
    assert_eq!(
        stdout(command.output().unwrap()),
        "\
¥12.00 for Tiny 1 · PTU · 20K / 4K TPM · 3 h · pay-as-you-go · cn-beijing

 Item               Quantity       Unit price              Amount
 Input throughput   20K TPM × 3 h  ¥1.50 per 10K TPM-hour   ¥9.00
 Output throughput  4K TPM × 3 h   ¥0.25 per 1K TPM-hour    ¥3.00
 ────────────────────────────────────────────────────────────────
 Total                                                     ¥12.00

 Notes
   ptu.overdue: with an overdue balance the deployment is kept and billed for 24
     hours more, then released: ¥96.00, not in the total; when the balance is
     topped up it comes back and is billed again, unless its task is deleted
   reservation.minimum: the reservation page sells from 200K / 20K TPM on; the
     deployment page gives no minimum

 Always: deploy.region, deploy.update

 Catalog files
   tiny-1: adds the model (own.toml)
   tiny-1: adds ptu (own.toml)

 `--details` shows what always holds and sources
"
    );
}

#[test]
fn the_list_of_models_says_what_files_changed() {
    let folder = folder(&[("own.toml", TINY)]);
    let mut command = tollgate(&folder);
    command.args(["models", "tiny", "--catalog", "own.toml"]);
    assert_eq!(
        stdout(command.output().unwrap()),
        "\
2 models, prices in force on 2026-11-20
The lowest price of each: PTU and tokens of input, model units of a replica.

 Model   Family                            PTU         MU  Fine-tuned  Standard
                                     10K TPM-h  replica-h       1M in     1M in
 tiny-1  Tiny                            ¥1.50          -           -         -
 tiny-2  Alibaba Cloud Model Studio          -        ¥50           -         -

 Catalog files
   tiny-1: adds the model (own.toml)
   tiny-1: adds ptu (own.toml)
   tiny-2: adds the model (own.toml)
   tiny-2: adds mu MU1x1 (own.toml)
"
    );
}

#[test]
fn a_row_without_a_date_replaces_the_prices_of_its_kind() {
    let text = format!(
        "{HEAD}[[model]]\ncode = \"QWEN3-MAX-2025-09-23\"\n[[model.ptu]]\nmax_input = \"1K tokens\"\n\
        input = {{ day = \"10 per 10K TPM-day\" }}\noutput = [{{ day = \"2 per 1K TPM-day\" }}]\n"
    );
    let quote = "quote ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7";
    let json = with(&text, quote);
    // 7 × (20 × 10 + 20 × 2)
    assert_eq!(json["quotes"][0]["total"], "1680");
    let source = json!({ "document": "own.toml", "section": "line 6", "checked": null, "transcribed": null, "seen": null, "from": null });
    assert_eq!(json["quotes"][0]["items"][0]["source"], source);
    assert_eq!(
        json["catalog"],
        json!({
            "as_of": "2026-11-20",
            "files": ["built-in:alibaba.toml", "own.toml"],
            "changes": [{ "file": "own.toml", "model": "qwen3-max-2025-09-23", "change": "replaces ptu" }],
        })
    );
    let models = with(&text, "models qwen3-max-2025-09-23");
    assert_eq!(models["catalog"], json["catalog"]);
    let model = &models["models"][0];
    let day = json!({ "input_per_10k_tpm": "10", "output_per_1k_tpm": { "default": "2" } });
    assert_eq!(
        (&model["ptu"]["day"], &model["ptu"]["hour"]),
        (&day, &Value::Null)
    );
    // Prices of other kinds stay.
    assert_eq!(model["mu"].as_array().unwrap().len(), 2);
}

#[test]
fn a_row_with_a_date_is_appended_and_in_force_from_then_on() {
    let text = format!("{MU}hour = \"90 per replica-hour\"\nfrom = 2026-12-01\n");
    let folder = folder(&[("own.toml", &text)]);
    for (as_of, total, from) in [
        ("2026-11-30", "108", Value::Null),
        ("2026-12-01", "90", json!("2026-12-01")),
        ("2030-01-01", "90", json!("2026-12-01")),
    ] {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("tollgate");
        command
            .current_dir(folder.path())
            .env_remove("TOLLGATE_CATALOG")
            .env("TOLLGATE_TODAY", "2026-11-20");
        command.args(["--as-of", as_of, "--catalog", "own.toml", "--json"]);
        command.args("quote mu qwen3-8b --spec MU1x2 --hours 1".split(' '));
        let json: Value = serde_json::from_str(&stdout(command.output().unwrap())).unwrap();
        assert_eq!(json["quotes"][0]["total"], total, "{as_of}");
        assert_eq!(
            json["quotes"][0]["items"][0]["source"]["from"], from,
            "{as_of}"
        );
        let change = json!([
            { "file": "own.toml", "model": "qwen3-8b", "change": "appends mu MU1x2 from 2026-12-01" }
        ]);
        assert_eq!(json["catalog"]["changes"], change);
    }
}

#[test]
fn a_specification_is_added_to_those_of_a_model() {
    let text = format!("{MODEL}[[model.mu]]\nspec = \"MU9 x 1\"\nhour = \"10 per replica-hour\"\n");
    let json = with(&text, "quote mu qwen3-8b --hours 2");
    let quotes = json["quotes"].as_array().unwrap().iter();
    let offers: Vec<_> = quotes
        .map(|quote| (&quote["parameters"]["spec"], &quote["total"]))
        .collect();
    let cheapest_first = [
        ("MU9x1", "20"),
        ("MU5x1", "42"),
        ("MU1x2", "216"),
        ("MU2x2", "252"),
    ];
    assert_eq!(json!(offers), json!(cheapest_first));
    let change = json!([{ "file": "own.toml", "model": "qwen3-8b", "change": "adds mu MU9x1" }]);
    assert_eq!(json["catalog"]["changes"], change);
}

/// A file that prices one specification anew.
fn priced(price: u32) -> String {
    format!("{MU}hour = \"{price} per replica-hour\"\n")
}

#[test]
fn later_files_lie_over_earlier_ones_the_environment_first_and_folders_by_name() {
    let files = [
        ("first.toml", priced(1)),
        ("second.toml", priced(2)),
        // Written in the wrong order, and with a file that is none of the catalog.
        ("both/b.toml", priced(4)),
        ("both/a.toml", priced(3)),
        ("both/c.md", "not TOML".to_owned()),
    ];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let listed = std::env::join_paths(["first.toml", "second.toml"]).unwrap();
    let both = [
        format!("both{}a.toml", std::path::MAIN_SEPARATOR),
        format!("both{}b.toml", std::path::MAIN_SEPARATOR),
    ];
    for (flags, files, total) in [
        (vec![], vec!["first.toml", "second.toml"], "2"),
        (
            vec!["both"],
            vec!["first.toml", "second.toml", &both[0], &both[1]],
            "4",
        ),
        (
            vec!["both", "first.toml"],
            vec![
                "first.toml",
                "second.toml",
                &both[0],
                &both[1],
                "first.toml",
            ],
            "1",
        ),
    ] {
        let mut command = tollgate(&folder);
        command.env("TOLLGATE_CATALOG", &listed);
        command.args("--json quote mu qwen3-8b --spec MU1x2 --hours 1".split(' '));
        command.args(flags.iter().flat_map(|flag| ["--catalog", flag]));
        let json: Value = serde_json::from_str(&stdout(command.output().unwrap())).unwrap();
        assert_eq!(json["quotes"][0]["total"], total);
        let changes: Vec<_> = files
            .iter()
            .map(|file| json!({ "file": file, "model": "qwen3-8b", "change": "replaces mu MU1x2" }))
            .collect();
        let files = [&["built-in:alibaba.toml"], &files[..]].concat();
        let catalog = json!({ "as_of": "2026-11-20", "files": files, "changes": changes });
        assert_eq!(json["catalog"], catalog);
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_reaches_no_format_with_control_characters() {
    for name in ["a\u{1b}[31mb.toml", "a\u{202e}b.toml", "a\nb.toml"] {
        let folder = folder(&[(name, &priced(1))]);
        for args in [
            "quote mu qwen3-8b --hours 1",
            "models qwen3-8b",
            "models qwen3",
        ] {
            for format in ["table", "markdown", "csv"] {
                let mut command = tollgate(&folder);
                command.args(args.split(' '));
                command.args(["--catalog", name, "--format", format]);
                let shown = stdout(command.output().unwrap());
                let name = name.trim_end_matches(".toml");
                assert!(
                    !shown.contains(name),
                    "{args} --format {format}:\n{shown:?}"
                );
            }
        }
    }
}
