//! Amounts that say their currency: held against what is in it, converted where a rate is given, else refused.

use serde_json::Value;

use super::Markets;

/// Each command that takes an amount, with `AMOUNT` in its place, the name of the amount, and what it is held against.
const HELD: &[(&str, &str, &str)] = &[
    (
        "quote tokens abroad-model --input 1000000 --output 0 --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "quote tokens abroad-model --trace examples/calls.csv --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "quote tokens --trace @log.csv --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "compare abroad-model --rpm 1 --input-per-request 10 --output-per-request 10 --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "compare abroad-model --trace examples/calls.csv --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "compare --trace @log.csv --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "check @plan.toml --max-cost AMOUNT",
        "--max-cost",
        "the total is in USD",
    ),
    (
        "models abroad-model --method tokens --max-price AMOUNT",
        "--max-price",
        "the prices are in USD",
    ),
    (
        "quote tokens abroad-model --input 1000000 --output 0 --package 1M --package-price AMOUNT",
        "--package-price",
        "the model is paid in USD",
    ),
    (
        "quote ptu abroad-model --input-tpm 10k --output-tpm 1k --hours 1 --rpm 9 --input-per-request 9000 --output-per-request 9 --package 1M --package-price AMOUNT",
        "--package-price",
        "the model is paid in USD",
    ),
    (
        "compare abroad-model --rpm 1 --input-per-request 10 --output-per-request 10 --package 1M --package-price AMOUNT",
        "--package-price",
        "the model is paid in USD",
    ),
];

const PLAN: &str = r#"
version = 1
TOTAL
[[deployment]]
name = "away"
method = "tokens"
model = "abroad-model"
input = 100000000
output = 0
OWN
"#;

const LOG: &str = "\
timestamp,model,input_tokens,output_tokens
2026-10-01T00:00:00Z,abroad-model,1000,10
2026-10-01T00:01:00Z,abroad-model,1000,10
";

fn markets() -> Markets {
    let markets = Markets::new();
    markets.write("log.csv", LOG);
    write_plan(&markets, "", "");
    markets
}

fn write_plan(markets: &Markets, total: &str, own: &str) {
    let plan = PLAN.replace("TOTAL", total).replace("OWN", own);
    markets.write("plan.toml", &plan);
}

#[test]
fn an_amount_in_the_currency_of_what_it_is_held_against_is_as_the_number_alone() {
    let markets = markets();
    for (line, ..) in HELD {
        let said = |amount: &str| markets.said(&line.replace("AMOUNT", amount));
        let bare = said("1000");
        assert_eq!((bare.0, bare.2.as_str()), (0, ""), "{line}");
        for amount in ["USD1000", "$1000", "USD1,000", "usd1000", "Usd1,000"] {
            assert_eq!(said(amount), bare, "{line}");
        }
    }
}

#[test]
fn an_amount_in_another_currency_is_refused_with_both_and_never_held() {
    let markets = markets();
    for (line, name, held) in HELD {
        for (amount, said) in [
            ("¥1000", "CNY"),
            ("￥1000", "CNY"),
            ("cny1000", "CNY"),
            ("EUR1000", "EUR"),
        ] {
            let hint = match *name {
                "--max-cost" => format!(
                    "write it in USD, or say what 1 {said} is in USD: `--fx 1{said}=<RATE>USD`"
                ),
                _ => "write it in USD".to_owned(),
            };
            assert_eq!(
                markets.refused(&line.replace("AMOUNT", amount)),
                (
                    2,
                    format!("error: `{name}` is in {said}, and {held}\n\nhint: {hint}\n")
                ),
                "{line}"
            );
        }
    }
}

#[test]
fn a_limit_in_another_currency_is_held_at_the_rate_that_is_given() {
    let markets = markets();
    for (line, name, _) in HELD {
        if *name != "--max-cost" {
            continue;
        }
        let with = |amount: &str| {
            let line = line.replace("AMOUNT", amount);
            markets.said(&format!("{line} --fx 1USD=8CNY"))
        };
        for (code, given, shown, usd) in [
            (0, "¥8000", "¥8,000.00", "USD 1,000.00"),
            (3, "￥0.00000008", "¥0.00000008", "USD 0.00000001"),
        ] {
            let said = format!("{shown} ({usd} at 1 USD = 8 CNY)");
            let bare = usd.replace("USD ", "");
            let (found, own) = (with(given), with(&bare));
            assert_eq!((found.0, own.0), (code, code), "{line}");
            assert_eq!(found.2.replace(&said, usd), own.2, "{line}");
            assert_eq!(found.2.contains(&said), code == 3, "{line}");
            let has_limit = own.1.contains("Limit");
            assert_eq!(found.1.contains(&said), has_limit, "{line}: {}", found.1);
            let number = given.trim_start_matches(['¥', '￥']);
            assert_same_but_for_what_was_given(
                &with(&format!("{given} --json")).1,
                &with(&format!("{bare} --json")).1,
                &serde_json::json!({"amount": number, "currency": "CNY", "stated": "1 USD = 8 CNY"}),
            );
        }
    }
}

/// Two reports are the same but for `limit_as_given`, which the first has, and for what is said of limits.
fn assert_same_but_for_what_was_given(found: &str, own: &str, given: &Value) {
    let parsed = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    let (mut found, mut own) = (parsed(found), parsed(own));
    for report in [&mut found, &mut own] {
        for breach in report["breaches"].as_array_mut().into_iter().flatten() {
            breach["message"].take();
        }
    }
    let limits =
        |report: &Value| report["max_cost"].is_object() || report["breaches"][0].is_object();
    let has_limit = limits(&own);
    let mut seen = Vec::new();
    for place in ["/max_cost", "/breaches/0"] {
        let limit = found.pointer_mut(place).and_then(Value::as_object_mut);
        seen.extend(limit.and_then(|limit| limit.remove("limit_as_given")));
    }
    assert_eq!(found, own);
    let expected = if has_limit {
        vec![given.clone()]
    } else {
        Vec::new()
    };
    assert_eq!(seen, expected);
}

#[test]
fn a_limit_is_shown_as_it_was_written() {
    let line =
        "quote tokens abroad-model --input 1000000 --output 0 --max-cost ¥5 --fx 1USD=7.1CNY";
    let (code, stdout, stderr) = markets().said(line);
    assert_eq!(
        (code, stderr.as_str()),
        (
            3,
            "error: the limit of ¥5.00 (USD 0.70 at 1 USD = 7.1 CNY) is exceeded: abroad-model · standard tokens · pay-as-you-go · r costs USD 1\n"
        )
    );
    assert_eq!(
        stdout,
        "\
USD 1.00 for abroad-model · standard tokens · pay-as-you-go · r

 Item                Unit price                                        Amount
 Input tokens        USD 1 per 1M tokens                             USD 1.00
     1,000,000 tokens
 Output tokens       USD 1 per 1M tokens                             USD 0.00
     0 tokens
 ────────────────────────────────────────────────────────────────────────────
 Total                                                               USD 1.00
 at 1 USD = 7.1 CNY                                                     ¥7.10
 Limit, exceeded                          ¥5.00 (USD 0.70 at 1 USD = 7.1 CNY)

 Catalog files
   abroad-model: adds the model (abroad.toml)
   abroad-model: adds ptu (abroad.toml)
   abroad-model: adds standard tokens (abroad.toml)

 `--details` shows sources
"
    );
}

/// Each limit of a plan and the increase over a baseline, in every format.
#[test]
fn what_a_plan_limits_is_shown_as_it_was_written() {
    let markets = markets();
    let base = std::fs::read_to_string(markets.path("plan.toml")).unwrap();
    markets.write("base.toml", &base.replace("100000000", "50000000"));
    write_plan(
        &markets,
        "[budget]\ntotal = \"¥799.99999\"\nincrease = \"80 CNY\"",
        "budget = \"￥9000\"",
    );
    let line = "check @plan.toml --baseline @base.toml --max-cost cny700 --fx 1USD=8CNY";
    let errors = "\
error: the budget of ¥799.99999 (USD 99.99999875 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100 for 30 days
error: the limit of ¥700.00 (USD 87.50 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100
error: the increase of ¥80.00 (USD 10.00 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100, the baseline USD 50
";
    let table = "\
plan.toml: USD 100.00 for 30 days, +USD 50.00 (+100.00%) since
base.toml, 3 budgets exceeded

 Budgets
 total
   Limit ¥799.99999 (USD 99.99999875 at 1 USD = 8 CNY)
   Cost USD 100
   Used 100.0%
   Exceeded by USD 0.00000125
 `--max-cost`
   Limit ¥700.00 (USD 87.50 at 1 USD = 8 CNY)
   Cost USD 100.00
   Used 114.3%
   Exceeded by USD 12.50
 increase of ¥80.00 (USD 10.00 at 1 USD = 8 CNY) over USD 50
   Limit USD 60.00
   Cost USD 100.00
   Used 166.7%
   Exceeded by USD 40.00
 away
   Limit ¥9,000.00 (USD 1,125.00 at 1 USD = 8 CNY)
   Cost USD 100.00
   Used 8.9%

 Increase: +USD 50.00 (+100.00%) of ¥80.00 (USD 10.00 at 1 USD = 8 CNY) allowed

 Changes since `base.toml`
 Deployment     Before         Now             Difference
 away        USD 50.00  USD 100.00  +USD 50.00 (+100.00%)
     changed: input 50000000 → 100000000
 ────────────────────────────────────────────────────────
 Total       USD 50.00  USD 100.00  +USD 50.00 (+100.00%)

 All costs
 Deployment        Bought                        Cost   Share
 away              abroad-model by tokens  USD 100.00  100.0%
 ────────────────────────────────────────────────────────────
 Total                                     USD 100.00
 at 1 USD = 8 CNY                             ¥800.00

 Prices in force on 2026-11-20

 Catalog files
   abroad-model: adds the model (abroad.toml)
   abroad-model: adds ptu (abroad.toml)
   abroad-model: adds standard tokens (abroad.toml)

 `--details` shows line items
";
    let markdown = "\
<!-- tollgate:check plan.toml -->

### `plan.toml`: USD 100.00 for 30 days, +USD 50.00 (+100.00%) since `base.toml`, 3 budgets exceeded

Budgets:

| Budget | Limit | Cost | Used | Exceeded by |
|:---|---:|---:|---:|---:|
| **total** | **¥799.99999 (USD 99.99999875 at 1 USD = 8 CNY)** | **USD 100** | **100.0%** | **USD 0.00000125** |
| **`--max-cost`** | **¥700.00 (USD 87.50 at 1 USD = 8 CNY)** | **USD 100.00** | **114.3%** | **USD 12.50** |
| **increase of ¥80.00 (USD 10.00 at 1 USD = 8 CNY) over USD 50** | **USD 60.00** | **USD 100.00** | **166.7%** | **USD 40.00** |
| `away` | ¥9,000.00 (USD 1,125.00 at 1 USD = 8 CNY) | USD 100.00 | 8.9% |  |

- Increase: +USD 50.00 (+100.00%) of ¥80.00 (USD 10.00 at 1 USD = 8 CNY) allowed

Changes since `base.toml`:

| Deployment | Change | Before | Now | Difference |
|:---|:---|---:|---:|---:|
| `away` | changed: input `50000000` → `100000000` | USD 50.00 | USD 100.00 | +USD 50.00 (+100.00%) |
| **Total** |  | **USD 50.00** | **USD 100.00** | **+USD 50.00 (+100.00%)** |

<details>
<summary>All costs</summary>

| Deployment | Bought | Cost | Share |
|:---|:---|---:|---:|
| `away` | abroad-model by tokens | USD 100.00 | 100.0% |
| **Total** |  | **USD 100.00** |  |
| at 1 USD = 8 CNY |  | ¥800.00 |  |

</details>

- Prices in force on 2026-11-20

Catalog files:

- abroad-model: adds the model (`abroad.toml`)
- abroad-model: adds ptu (`abroad.toml`)
- abroad-model: adds standard tokens (`abroad.toml`)
";
    let github = "\
::error file=plan.toml,line=4,col=1,title=Budget exceeded::the budget of ¥799.99999 (USD 99.99999875 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100 for 30 days
::error title=Budget exceeded::the limit of ¥700.00 (USD 87.50 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100
::error file=plan.toml,line=5,col=1,title=Budget exceeded::the increase of ¥80.00 (USD 10.00 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100, the baseline USD 50
";
    for (format, expected) in [("table", table), ("markdown", markdown), ("github", github)] {
        let (code, stdout, stderr) = markets.said(&format!("{line} --format {format}"));
        assert_eq!((code, stderr.as_str()), (3, errors));
        assert_eq!(stdout, expected);
    }
    let (_, json, _) = markets.said(&format!("{line} --json"));
    let json: Value = serde_json::from_str(&json).unwrap();
    let given = |amount: &str| serde_json::json!({"amount": amount, "currency": "CNY", "stated": "1 USD = 8 CNY"});
    for (place, amount) in [
        ("/budget/total_as_given", "799.99999"),
        ("/budget/increase_as_given", "80"),
        ("/deployments/0/budget/limit_as_given", "9000"),
        ("/breaches/0/limit_as_given", "799.99999"),
        ("/breaches/1/limit_as_given", "700"),
    ] {
        assert_eq!(json.pointer(place), Some(&given(amount)), "{place}");
    }
    // What it may come to is the sum of the baseline and the increase, which nobody wrote.
    assert_eq!(json["breaches"][2]["limit"], "60");
    assert_eq!(json.pointer("/breaches/2/limit_as_given"), None);
}

#[test]
fn what_a_plan_limits_is_held_in_its_currency_or_refused() {
    let markets = markets();
    let limits = |amount: &str| {
        let total = format!("[budget]\ntotal = {amount}\nincrease = {amount}");
        write_plan(&markets, &total, &format!("budget = {amount}"));
    };
    // 100M tokens cost $100.
    for amount in ["\"USD 100\"", "\"$100\"", "\"USD100\"", "\"usd 100\""] {
        limits(amount);
        markets.shown("check @plan.toml");
    }
    limits("\"¥800\"");
    let said = |at: &str, key: &str| {
        format!(
            "error: plan.toml:{at}: `{key}` is in CNY, and the plan is priced in USD: write it in USD, or say what 1 CNY is in USD, as `--fx 1CNY=<RATE>USD`, or as `fx` of the plan\n"
        )
    };
    let all = [("4:1", "total"), ("5:1", "increase"), ("12:1", "budget")];
    let all: String = all.into_iter().map(|(at, key)| said(at, key)).collect();
    let hint = "\nhint: `tollgate check --help` lists the keys of a plan\n";
    assert_eq!(
        markets.refused("check @plan.toml"),
        (1, format!("{all}{hint}"))
    );
    let at_rate = "check @plan.toml --fx 1USD=8CNY --json";
    let json: Value = serde_json::from_str(&markets.shown(at_rate)).unwrap();
    let given = serde_json::json!({"amount": "800", "currency": "CNY", "stated": "1 USD = 8 CNY"});
    assert_eq!(
        (
            &json["budget"],
            &json["deployments"][0]["budget"]["limit"],
            &json["currency"]
        ),
        (
            &serde_json::json!({
                "total": "100", "total_as_given": given, "increase": "100", "increase_as_given": given
            }),
            &"100".into(),
            &"USD".into()
        )
    );
    limits("\"¥799.92\"");
    let (code, _, stderr) = markets.said("check @plan.toml --fx 1USD=8CNY");
    assert_eq!(
        (code, stderr.as_str()),
        (
            3,
            "error: the budget of ¥799.92 (USD 99.99 at 1 USD = 8 CNY) is exceeded: the plan costs USD 100 for 30 days\n\
             error: the budget of `away`, ¥799.92 (USD 99.99 at 1 USD = 8 CNY), is exceeded: it costs USD 100\n"
        )
    );
}

#[test]
fn what_a_plan_pays_with_is_in_the_currency_of_its_model() {
    let markets = markets();
    for (own, key) in [
        ("package = \"1M\"\npackage_price = \"¥5\"", "package_price"),
        ("savings_plan = \"¥5000\"", "savings_plan"),
    ] {
        write_plan(&markets, "", own);
        assert_eq!(
            markets.refused("check @plan.toml"),
            (
                1,
                format!(
                    "error: plan.toml:4:1: `{key}` is in CNY, and the model is paid in USD: write it in USD\n\n\
                     hint: `tollgate check --help` lists the keys of a plan\n"
                )
            )
        );
    }
    let checked = |price: &str| {
        let own = format!("package = \"1M\"\npackage_price = {price}");
        write_plan(&markets, "", &own);
        markets.shown("check @plan.toml --json")
    };
    assert_eq!(checked("\"USD 5\""), checked("5"));
}

#[test]
fn the_limits_of_a_baseline_hold_nothing_in_any_currency() {
    let markets = markets();
    write_plan(&markets, "[budget]\ntotal = \"EUR 1\"", "budget = \"¥1\"");
    let base = std::fs::read_to_string(markets.path("plan.toml")).unwrap();
    markets.write("base.toml", &base);
    write_plan(&markets, "", "");
    markets.shown("check @plan.toml --baseline @base.toml");
}

#[test]
fn prices_of_tokens_are_in_one_currency_that_any_of_them_says() {
    let markets = markets();
    let account = "resources tests/resources/account.toml --json --input-share 50%";
    let with = |flags: &str| markets.said(&format!("{account} {flags}"));
    let in_dollars = with("--price-in 2 --price-out 8 --currency USD");
    assert_eq!(in_dollars.0, 0, "{}", in_dollars.2);
    for flags in [
        "--price-in $2 --price-out 8",
        "--price-in 2 --price-out USD8",
        "--price-in $2 --price-out USD8 --currency USD",
    ] {
        assert_eq!(with(flags), in_dollars, "{flags}");
    }
    for (flags, said) in [
        (
            "--price-in $2 --price-out ¥8",
            "`--price-out` is in CNY, and `--price-in` says USD",
        ),
        (
            "--price-in 2 --price-out ¥8 --currency USD",
            "`--price-out` is in CNY, and `--currency` says USD",
        ),
    ] {
        assert_eq!(
            markets.refused(&format!("{account} {flags}")),
            (
                2,
                format!("error: {said}\n\nhint: give both prices in one currency\n")
            )
        );
    }
}

#[test]
fn what_is_no_amount_is_refused_wherever_one_is_read() {
    let markets = markets();
    let such = "it is not an amount such as `20000`, `¥20,000` or `USD 18,076.80`";
    for (line, name, _) in HELD {
        for (amount, said) in [
            ("¥", such),
            ("USD", such),
            ("€", such),
            ("€5", "`€` is not read: write `EUR 5`"),
            ("5€", "`€` is not read: write `EUR 5`"),
            ("£5", "`£` is not read: write `GBP 5`"),
            ("5000USD", "its currency stands before it: `USD 5000`"),
            ("-¥5", "it is negative"),
            ("USD-5", "it is negative"),
        ] {
            let (code, stderr) = markets.refused(&line.replace("AMOUNT", amount));
            let error =
                format!("error: `{amount}` is not a value for `{name} <AMOUNT>`: {said}\n\nhint: ");
            assert_eq!(code, 2);
            assert!(stderr.starts_with(&error), "{line}: {stderr}");
        }
    }
}
