//! Which models `tollgate models` lists: by pattern, method and price, and in which order.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use support::{json, refused, stdout, tollgate};

/// Models of a provider whose prices are in dollars, some by the hour.
const OWN: &str = r#"
version = 1

[provider]
id = "own"
name = "Own"
region = "here"
region_name = "Here"
currency = "USD"

[source.contract]
document = "Contract"
section = "prices"
transcribed = 2026-11-01

[[model]]
code = "b-8b"
name = "B-8B"
family = "Small"

[[model.mu]]
spec = "MU5 x 1"
hour = "3 per replica-hour"
source = "contract"

[[model.mu]]
spec = "MU1 x 1"
hour = "3.0000000001 per replica-hour"
source = "contract"

[[model]]
code = "A-8b"
name = "A-8B"
family = "small"

[[model.mu]]
spec = "MU5 x 1"
hour = "2 per replica-hour"
source = "contract"

[[model]]
code = "month-only"
name = "Month only"
family = "Big"

[[model.mu]]
spec = "MU5 x 1"
month = "100 per replica-month"
source = "contract"
"#;

/// The flags that lay [`OWN`] over the built-in prices.
fn own() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    std::fs::write(&path, OWN).unwrap();
    let flags = format!("--catalog {}", path.to_str().unwrap());
    (folder, flags)
}

fn codes(line: &str) -> Vec<String> {
    let report = json(line);
    let models = report["models"].as_array().unwrap();
    let code = |model: &Value| model["code"].as_str().unwrap().to_owned();
    models.iter().map(code).collect()
}

#[test]
fn model_units_under_a_price_are_one_command() {
    assert_eq!(
        stdout("models --method mu --max-price 60 --sort price"),
        "\
19 models by model units at or below ¥60 per replica-hour, the cheapest first
Prices in force on 2026-11-20.
8 models with a price that is not on its page any more: the last known one is
shown.
The lowest price of each: PTU and tokens of input, model units of a replica,
dedicated throughput units of one.

 Model                         MU  Fine-tuned  Standard
                        replica-h       1M in     1M in
 qwen3-8b                     ¥21       ¥0.50     ¥0.50
     MU5x1 ¥21, MU5x1 left 2026-08-03
 qwen3-4b                     ¥21           -     ¥0.30
     MU5x1 ¥21, ordinary calls left 2026-06-05
 qwen3-1.7b                   ¥21           -     ¥0.30
     MU5x1 ¥21, MU5x1 left 2026-07-23; ordinary calls left 2026-06-05
 qwen3-embedding-0.6b         ¥21           -         -
     MU5x1 ¥21, MU6x1 ¥25
 qwen3-moe-rerank-0.6b        ¥21           -         -
     MU5x1 ¥21
 qwen3-rerank-0.6b            ¥21           -         -
     MU5x1 ¥21, MU6x1 ¥25
 qwen3-rerank                 ¥21           -     ¥0.50
     MU5x1 ¥21
 qwen2.5-7b-instruct          ¥21       ¥0.50     ¥0.50
     MU5x1 ¥21, ordinary calls left 2026-06-05
 qwen2.5-3b-instruct          ¥21           -     ¥0.30
     MU5x1 ¥21, MU5x1 left 2026-07-23; ordinary calls left 2026-06-05
 qwen3-vl-8b-instruct         ¥21       ¥0.50     ¥0.50
     MU5x1 ¥21
 qwen3-vl-2b-instruct         ¥21           -         -
     MU5x1 ¥21
 qwen3-vl-embedding-2b        ¥21           -         -
     MU5x1 ¥21
 cosyvoice-v3-flash           ¥21           -         -
     MU5x1 ¥21
 qwen3.6-35b-a3b              ¥47           -     ¥1.80
     MU8x1 ¥47, MU9x1 ¥51
 qwen3.5-35b-a3b              ¥47           -     ¥0.40
     MU8x1 ¥47, MU9x1 ¥51, MU8x1 left 2026-07-15
 qwen3.5-27b                  ¥47       ¥0.60     ¥0.60
     MU9x1 ¥51, MU8x1 ¥47
 qwen3.5-9b                   ¥47           -         -
     MU8x1 ¥47, MU9x1 ¥51, MU8x1, MU9x1 left 2026-08-03
 qwen3.5-omni-flash           ¥47           -         -
     MU8x1 ¥47, MU9x1 ¥51, MU8x1 left 2026-09-22
 qwen3.6-27b                  ¥51          ¥3        ¥3
     MU9x1 ¥51
"
    );
    let markdown = stdout("models --method mu --max-price 21 --sort name --format markdown");
    assert!(
        markdown.starts_with(
            "### 13 models by model units at or below ¥21 per replica-hour, by name\n"
        ),
        "{markdown}"
    );
    assert!(markdown.contains("| MU5x1 ¥21 |  |\n"), "{markdown}");
    let html = stdout("models --method mu --max-price 21 --format html");
    assert!(html.contains("13 models by model units at or below ¥21 per replica-hour"));
    assert!(!html.contains("qwen3.6-27b"));
}

#[test]
fn a_limit_keeps_what_costs_as_much_and_nothing_above_in_every_format() {
    let limit = "models qwen3-8b --method mu --max-price 108";
    let specs = |line: &str| -> Vec<String> {
        let report = json(line);
        let mu = report["models"][0]["mu"].as_array().unwrap().clone();
        let spec = |mu: &Value| mu["spec"].as_str().unwrap().to_owned();
        mu.iter().map(spec).collect()
    };
    assert_eq!(specs("models qwen3-8b"), ["MU1x2", "MU2x2", "MU5x1"]);
    assert_eq!(specs(limit), ["MU1x2", "MU5x1"]);
    assert_eq!(
        specs("models qwen3-8b --method mu --max-price 107.99"),
        ["MU5x1"]
    );
    let csv = stdout(&format!("{limit} --format csv"));
    assert!(csv.contains(",MU1x2,") && !csv.contains(",MU2x2,"), "{csv}");
    // The tenth digit counts.
    let (_folder, flags) = own();
    let at = |max: &str| {
        let report = json(&format!(
            "models own/b* --method mu --max-price {max} {flags}"
        ));
        report["models"][0]["mu"].as_array().unwrap().len()
    };
    assert_eq!((at("3"), at("3.0000000001")), (1, 2));
}

#[test]
fn the_price_of_each_method_is_the_one_that_the_list_shows() {
    assert_eq!(
        codes("models --provider alibaba --method ptu --max-price 1.92 --sort price"),
        [
            "qwen-flash-2025-07-28",
            "qwen3.7-flash-2026-07-15",
            "qwen3.5-plus-2026-04-20",
            "qwen-plus-2025-12-01"
        ]
    );
    assert_eq!(
        codes("models alibaba/* --method tokens --max-price ¥0.2 --sort price"),
        [
            "qwen-flash-2025-07-28",
            "qwen3-vl-flash-2025-10-15",
            "qwen-flash",
            "qwen3-vl-flash",
            "qwen3-vl-flash-2026-01-22",
            "qwen3.5-flash-2026-02-23",
            "qwen3.7-flash-2026-07-15",
            "qwen3.7-flash",
            "qwen3.5-flash"
        ]
    );
}

#[test]
fn a_pattern_with_a_wildcard_is_the_whole_of_a_code_a_name_or_a_family() {
    assert_eq!(codes("models *-8b"), ["qwen3-8b"]);
    assert_eq!(codes("models QWEN?-8B"), ["qwen3-8b"]);
    assert_eq!(codes("models alibaba/qwen3-8?"), ["qwen3-8b"]);
    let of = |provider: &str| codes(&format!("models {provider}/*"));
    let all = [of("alibaba"), of("azure"), of("google")].concat();
    assert_eq!(all, codes("models"));
    assert_eq!(
        codes("models Qwen-V?"),
        codes("models qwen-v? --sort family")
    );
    assert!(
        codes("models qwen3-*")
            .iter()
            .all(|code| code.starts_with("qwen3-"))
    );
    // Without one it is a part.
    assert!(codes("models 8b").len() > 1);
    let (_folder, flags) = own();
    assert_eq!(
        codes(&format!("models own/* {flags}")),
        ["b-8b", "A-8b", "month-only"]
    );
    let (code, stderr) = refused("models -- 8?b");
    assert_eq!(
        (code, stderr.as_str()),
        (
            1,
            "error: no model matches `8?b`\n\nhint: `*` stands for any text and `?` for a character of a whole code, `<PROVIDER>/<CODE>`, name or family; `tollgate models` lists every model\n"
        )
    );
}

#[test]
fn the_models_of_each_provider_are_a_list_of_their_own() {
    let of = |provider: &str| codes(&format!("models --provider {provider}"));
    for (provider, count) in [("azure", 28), ("google", 10)] {
        assert_eq!(of(provider), codes(&format!("models {provider}/*")));
        assert_eq!(of(provider).len(), count);
    }
    assert_eq!(of("AZURE"), of("azure"));
    assert_eq!(
        codes("models --provider google *-pro*"),
        ["gemini-3.1-pro-preview", "gemini-2.5-pro"]
    );
    let regional = codes("models --provider azure --region regional");
    assert_eq!(regional.len(), 17);
    // A code that two providers have is told apart by its provider.
    assert_eq!(codes("models azure/deepseek-r1"), ["azure/DeepSeek-R1"]);
    assert_eq!(codes("models alibaba/deepseek-r1"), ["deepseek-r1"]);
}

#[test]
fn an_order_is_stable_and_ends_with_what_has_no_price() {
    let (_folder, flags) = own();
    let sorted = |by: &str| codes(&format!("models own/* --method mu --sort {by} {flags}"));
    assert_eq!(sorted("name"), ["A-8b", "b-8b", "month-only"]);
    assert_eq!(sorted("price"), ["A-8b", "b-8b", "month-only"]);
    assert_eq!(sorted("family"), ["month-only", "b-8b", "A-8b"]);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let (_folder, flags) = own();
    for (line, code, said) in [
        (
            "models --max-price 3".to_owned(),
            2,
            "error: `--max-price` needs `--method`: each method has a price of its own\n\n\
        hint: add `--method ptu` (10K input TPM-hour), `--method mu` (replica-hour) or `--method tokens` (1M input tokens)\n",
        ),
        (
            "models --sort price".to_owned(),
            2,
            "error: `--sort price` needs `--method`: each method has a price of its own\n\n\
        hint: add `--method ptu` (10K input TPM-hour), `--method mu` (replica-hour) or `--method tokens` (1M input tokens)\n",
        ),
        (
            "models --method mu --max-price 5".to_owned(),
            1,
            "error: no model costs ¥5 per replica-hour or less by model units: the lowest price is ¥21, of `qwen3-8b`\n\n\
        hint: `--max-price 21` finds it\n",
        ),
        (
            "models qwen3.6* --method mu --max-price 5".to_owned(),
            1,
            "error: no model that matches `qwen3.6*` costs ¥5 per replica-hour or less by model units: the lowest price is ¥47, of `qwen3.6-35b-a3b`\n\n\
        hint: `--max-price 47` finds it\n",
        ),
        (
            format!("models month-only --method mu --max-price 5 {flags}"),
            1,
            "error: no model that matches `month-only` has a price by model units per replica-hour\n\n\
        hint: leave `--max-price` out to see how it is sold\n",
        ),
        (
            format!("models --method mu --max-price 60 {flags}"),
            1,
            "error: `--max-price` compares prices of one currency, and these are in CNY and USD\n\n\
        hint: name a provider: `alibaba/*` is in CNY, `own/*` is in USD\n",
        ),
        (
            format!("models --method mu --sort price {flags}"),
            1,
            "error: `--sort price` compares prices of one currency, and these are in CNY and USD\n\n\
        hint: name a provider: `alibaba/*` is in CNY, `own/*` is in USD\n",
        ),
        (
            "models --format total".to_owned(),
            2,
            "error: there is no total for `--format total`\n\n\
        hint: `quote`, `compare` and `check` have one; use `--json` here\n",
        ),
    ] {
        assert_eq!(refused(&line), (code, said.to_owned()), "{line}");
    }
}

/// 1,200 for a week are 7.142857 an hour, of so many thousand TPM: 484.2, 241.8, 201.6, 161.4, 120.9, three times 40.5, 39
/// and 30.
#[test]
fn units_that_are_not_sold_by_the_hour_have_the_price_of_their_shortest_term() {
    assert_eq!(
        codes("models --provider google --method ptu --sort price"),
        [
            "gemini-2.5-flash-lite",
            "gemini-3.1-flash-lite",
            "gemini-3.5-flash-lite",
            "gemini-2.5-flash",
            "gemini-3-flash-preview",
            "gemini-3.7-flash",
            "gemini-3.6-flash",
            "gemini-3.5-flash",
            "gemini-2.5-pro",
            "gemini-3.1-pro-preview",
        ]
    );
    let narrow = stdout("models gemini-*-lite --method ptu --sort price --max-price 0.3");
    assert_eq!(
        narrow,
        "\
2 models by PTU at or below USD 0.30 per 10K input TPM-hour, the cheapest first
Prices in force on 2026-11-20.
The lowest price of each: PTU and tokens of input, throughput in units of one,
model units of a replica.

 Model                        PTU         MU  Fine-tuned  Standard
                        10K TPM-h  replica-h       1M in     1M in
 gemini-2.5-flash-lite          -          -           -  USD 0.10
     Units USD 1,200/GSU-week
 gemini-3.1-flash-lite          -          -           -  USD 0.25
     Units USD 1,200/GSU-week
"
    );
    let (code, stderr) = refused("models --provider google --method ptu --max-price 0.1");
    assert_eq!(code, 1);
    let lowest = "the lowest price is USD 0.147518734879, of `gemini-2.5-flash-lite`";
    assert!(stderr.contains(lowest), "{stderr}");
}

/// Each is 1 for an hour, of which a month has 730 and a block 8.
#[test]
fn terms_of_units_are_compared_by_the_hour() {
    let terms = [
        ("hour", "1"),
        ("block", "8"),
        ("day", "24"),
        ("week", "168"),
        ("month", "730"),
        ("quarter", "2190"),
        ("year", "8760"),
    ];
    let unit = |term: &str, price: &str| {
        format!(
            "[[model]]\ncode = \"by-{term}\"\n[[model.capacity]]\nunit = {{ name = \"U\", adds = {{ tokens = \"10K TPM\" }}, {term} = \"{price} per unit-{term}\" }}\n\
             [[model.capacity.meters]]\nname = \"tokens\"\nweights = [{{ input = \"1\", output = \"1\" }}]\n"
        )
    };
    let models = terms.map(|(term, price)| unit(term, price)).concat();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let provider = OWN.split("[source").next().unwrap();
    std::fs::write(&path, format!("{provider}{models}")).unwrap();
    let flags = format!("--method ptu --catalog {}", path.to_str().unwrap());
    let line = format!("models own/* --sort price --max-price 1 {flags}");
    assert_eq!(codes(&line), terms.map(|(term, _)| format!("by-{term}")));
    let shown = stdout(&line);
    for (term, price) in [
        ("block", "8"),
        ("week", "168"),
        ("month", "730"),
        ("quarter", "2,190"),
        ("year", "8,760"),
    ] {
        assert!(
            shown.contains(&format!(" USD {price}/U-{term}\n")),
            "{shown}"
        );
    }
    assert!(shown.contains(" USD 1/U "), "{shown}");
    let (code, stderr) = refused(&format!("models own/* --max-price 0.99 {flags}"));
    assert_eq!(code, 1);
    assert!(
        stderr.contains("the lowest price is USD 1, of `by-hour`"),
        "{stderr}"
    );
}

#[test]
fn a_table_that_is_folded_keeps_its_titles_with_their_cells() {
    let folded = |line: &str, width: &str| {
        let mut command = tollgate();
        let output = command
            .args(line.split(' '))
            .env("COLUMNS", width)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let list = folded("models qwen3.7-max-2026-* --method tokens", "40");
    assert!(list.contains("\n   PTU 10K TPM-h ¥"), "{list}");
    assert!(list.contains("\n   MU replica-h -\n"), "{list}");
    let ranked = folded(
        "compare qwen-plus-2025-12-01 --rpm 200 --input-per-request 1200 --output-per-request 250",
        "60",
    );
    assert!(
        ranked.contains(
            "\
 #  Option              Total    Dearer
 1  savings-plan   ¥10,597.26
     ¥10,590 a month for 3 months, Pays from: now
 2  standard       ¥12,614.40   +19.03%
     by token, Pays from: up to 15 rpm or up to 1 h a day
 3  ptu-daily      ¥25,228.80  +138.07%
     240K / 50K TPM, Pays from: never
"
        ),
        "{ranked}"
    );
}

/// Nothing is listed only with the reason, whatever is asked for.
#[test]
fn a_list_without_models_says_why() {
    for (line, said, hint) in [
        (
            "models --provider google --region regional",
            "the catalog has no model of `google` in `regional`",
            "it has such in `global` (Global)",
        ),
        (
            "models --provider azure --region cn-beijing,ap-southeast-1 --method ptu --json",
            "the catalog has no model of `azure` in `cn-beijing` or `ap-southeast-1`",
            "it has such in `global` (Global), `data-zone` (Data zone), `regional` (A single region)",
        ),
        (
            "models --provider tencent",
            "the catalog has no model of `tencent`",
            "`tollgate models tencent` says what is known of it",
        ),
        (
            "models --provider google --method mu --csv",
            "no model of `google` is sold by the method `mu`",
            "leave `--method` out to see how they are sold",
        ),
    ] {
        let line = line.replace("--csv", "--format csv");
        assert_eq!(
            refused(&line),
            (1, format!("error: {said}\n\nhint: {hint}\n"))
        );
    }
    for provider in ["", "alibaba", "azure", "google", "tencent"] {
        for region in [
            "",
            "cn-beijing",
            "ap-southeast-1",
            "global",
            "data-zone",
            "regional",
        ] {
            for method in ["", "ptu", "mu", "tokens", "dtu"] {
                let mut line = "models".to_owned();
                for (flag, value) in [
                    ("provider", provider),
                    ("region", region),
                    ("method", method),
                ] {
                    if !value.is_empty() {
                        line.push_str(&format!(" --{flag} {value}"));
                    }
                }
                let output = tollgate().args(line.split_whitespace()).output().unwrap();
                let is_good = output.status.success();
                assert_eq!(output.stdout.is_empty(), !is_good, "{line}");
                assert_eq!(output.stderr.is_empty(), is_good, "{line}");
            }
        }
    }
}
