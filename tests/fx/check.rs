//! Plans over two currencies.

use serde_json::Value;

use super::Markets;

/// ¥144 and 2 × $19.20 for a day.
const PLAN: &str = r#"
version = 1
days = 1
[budget]
total = "1000"
increase = "1%"
[[deployment]]
name = "near"
method = "ptu"
model = "home-model"
input_tpm = "10k"
output_tpm = "1k"
term = "pay-as-you-go"
[[deployment]]
name = "away"
method = "ptu"
model = "abroad-model"
count = 2
rpm = 10
input_per_request = 1000
output_per_request = 100
input_tpm = "10k"
output_tpm = "1k"
term = "pay-as-you-go"
budget = "270"
"#;

fn with_plan(plan: &str) -> Markets {
    let markets = Markets::new();
    markets.write("plan.toml", plan);
    markets
}

fn json(markets: &Markets, line: &str) -> Value {
    let (_, stdout, stderr) = markets.said(&format!("{line} --json"));
    serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stderr}"))
}

#[test]
fn without_a_rate_the_place_and_the_flag_to_type_are_said() {
    assert_eq!(
        with_plan(PLAN).refused("check @plan.toml"),
        (
            1,
            "error: plan.toml:17:1: `away` is priced in USD, and `near` in CNY: say what 1 USD is in CNY, as `--fx 1USD=<RATE>CNY`, or as `fx` of the plan\n\n\
             hint: `tollgate check --help` lists the keys of a plan\n"
                .to_owned()
        )
    );
}

#[test]
fn costs_are_summed_and_held_in_the_currency_of_the_plan() {
    let (code, stdout, stderr) =
        with_plan(PLAN).said("check @plan.toml --fx 1USD=7.2CNY --cheapest --warn-only");
    assert_eq!(code, 0);
    assert_eq!(
        stderr,
        "warning: the budget of `away`, ¥270, is exceeded: it costs ¥276.48\n"
    );
    let (table, _) = stdout.split_once("\n Catalog files\n").unwrap();
    // $15.84 × 2 × 7.2 is 228.096 for the calls.
    assert_eq!(
        table,
        "\
plan.toml: ¥420.48 for 1 day, 1 budget exceeded

 Budgets
 Budget      Limit     Cost    Used  Exceeded by
 away      ¥270.00  ¥276.48  102.4%        ¥6.48
 total   ¥1,000.00  ¥420.48   42.0%

 Increase: 1% allowed, not held without `--baseline`

 Deployment          Bought                        Cost  Share
 near                home-model by ptu          ¥144.00  34.2%
 away                2 × abroad-model by ptu    ¥276.48  65.8%
 ─────────────────────────────────────────────────────────────
 Total                                          ¥420.48
 at 1 USD = 7.2 CNY                           USD 58.40

 away: USD 38.40 at 1 USD = 7.2 CNY

 Cheapest method
   near: not compared: no workload for the period
   away: standard at ¥228.10 would save ¥48.38

 Prices in force on 2026-11-20
"
    );
}

#[test]
fn json_has_the_amount_of_the_prices_and_the_rate() {
    let markets = with_plan(PLAN);
    // 38.4 ÷ 0.18 does not end.
    let report = json(&markets, "check @plan.toml --fx USD=0.18");
    let away = &report["deployments"][1];
    assert_eq!(away["total"], "213.333333333333");
    assert_eq!(
        away["own"],
        serde_json::json!({
            "currency": "USD",
            "total": "38.4",
            "total_rounded": "38.40",
            "range": null,
            "stated": "1 CNY = 0.18 USD",
            "exact": false,
        })
    );
    assert_eq!(away["parts"][0]["quote"]["currency"], "USD");
    assert!(report["deployments"][0].get("own").is_none());
    assert_eq!(
        (&report["currency"], &report["total"]),
        (&"CNY".into(), &"357.333333333333".into())
    );
    // In dollars nothing is converted there and back: 144 × 0.18 + 38.4.
    assert_eq!(
        report["fx"],
        serde_json::json!([{
            "currency": "USD",
            "rate": "0.18",
            "stated": "1 CNY = 0.18 USD",
            "total": "64.32",
            "total_rounded": "64.32",
            "exact": true,
        }])
    );
}

#[test]
fn the_rate_of_the_plan_holds_without_a_flag_and_is_asked_for_too() {
    let markets = with_plan(&PLAN.replace("days = 1\n", "days = 1\nfx = \"1USD=7.2CNY\"\n"));
    assert_eq!(json(&markets, "check @plan.toml")["total"], "420.48");
    assert_eq!(
        json(&markets, "check @plan.toml --fx 1USD=5CNY")["total"],
        "336"
    );
    let turned = with_plan(&PLAN.replace("days = 1\n", "days = 1\nfx = \"USD=7.2\"\n"));
    assert_eq!(
        turned.refused("check @plan.toml"),
        (
            1,
            "error: plan.toml:4:1: `USD=7.2` says that 1 CNY is 7.2 USD, which is likely the other way round: state it with both currencies: `fx = \"1USD=7.2CNY\"` or `fx = \"1CNY=7.2USD\"`\n\n\
             hint: `tollgate check --help` lists the keys of a plan\n"
                .to_owned()
        )
    );
}

#[test]
fn lines_of_csv_add_up_in_the_currency_of_the_plan() {
    let markets = with_plan(PLAN);
    let (_, csv, _) = markets.said("check @plan.toml --fx 1USD=7.2CNY --format csv");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|one| one == name).unwrap();
    let columns = [
        "deployment",
        "total_amount",
        "currency",
        "plan_rate",
        "plan_amount",
        "plan_currency",
        "rate_USD",
        "total_amount_USD",
    ];
    let found: Vec<Vec<String>> = rows
        .records()
        .map(Result::unwrap)
        .map(|row| {
            columns
                .iter()
                .map(|name| row[at(name)].to_owned())
                .collect()
        })
        .collect();
    let rate = "1 USD = 7.2 CNY";
    assert_eq!(
        found,
        [
            ["near", "72", "CNY", "", "72", "CNY", rate, "10"],
            ["near", "72", "CNY", "", "72", "CNY", rate, "10"],
            ["away", "19.2", "USD", rate, "138.24", "CNY", rate, "19.2"],
            ["away", "19.2", "USD", rate, "138.24", "CNY", rate, "19.2"],
        ]
    );
}

#[test]
fn a_comment_names_both_amounts_and_where_they_do_not_add_up() {
    let markets = with_plan(PLAN);
    let (_, comment, _) = markets.said("check @plan.toml --fx 1USD=7.2CNY --format markdown");
    for row in [
        "| **`away`** | **¥270.00** | **¥276.48** | **102.4%** | **¥6.48** |\n",
        "| `away` | 2 × abroad-model by ptu | ¥276.48 | 65.8% |\n",
        "\n- away: USD 38.40 at 1 USD = 7.2 CNY\n",
    ] {
        assert!(comment.contains(row), "{comment}");
    }
    assert!(!comment.contains("do not add up"), "{comment}");
    // Twice ¥0.004 more: 19.2 × 7.2002 is 138.24384, and twice that 276.48768.
    let twice = PLAN
        .replace("count = 2\n", "")
        .replace("budget = \"270\"\n", "");
    let (_, third) = twice.rsplit_once("[[deployment]]").unwrap();
    let third = third.replace("\"away\"", "\"far\"");
    markets.write("plan.toml", &format!("{twice}[[deployment]]{third}"));
    let (_, comment, _) = markets.said("check @plan.toml --fx 1USD=7.2003CNY --format markdown");
    // 138.24576 is shown as 138.25, twice that, 276.49152, with ¥144 as 420.49.
    let said = "\n- Costs are shown rounded and do not add up as shown: the total is ¥420.49152\n";
    assert!(comment.contains(said), "{comment}");
}

#[test]
fn a_baseline_is_held_at_the_same_rate() {
    let markets = with_plan(PLAN);
    markets.write("base.toml", &PLAN.replace("count = 2", "count = 1"));
    let report = json(
        &markets,
        "check @plan.toml --fx 1USD=7.2CNY --baseline @base.toml",
    );
    let baseline = &report["baseline"];
    assert_eq!(
        (&baseline["total"], &baseline["difference"]),
        (&"282.24".into(), &"138.24".into())
    );
    // A baseline that begins with the dollars is stated in the currency of the plan.
    let (head, rest) = PLAN.split_once("[[deployment]]").unwrap();
    let (near, away) = rest.split_once("[[deployment]]").unwrap();
    let turned = format!("{head}[[deployment]]{away}[[deployment]]{near}");
    markets.write("base.toml", &turned);
    let report = json(
        &markets,
        "check @plan.toml --fx 1USD=7.2CNY --baseline @base.toml",
    );
    assert_eq!(report["baseline"]["difference"], "0");
    // So is what an earlier check of it wrote in dollars.
    let before = json(&markets, "check @base.toml --fx 1USD=7.2CNY");
    assert_eq!(
        (&before["currency"], &before["total"]),
        (&"USD".into(), &"58.4".into())
    );
    markets.write("base.json", &before.to_string());
    let report = json(
        &markets,
        "check @plan.toml --fx 1USD=7.2CNY --baseline @base.json",
    );
    assert_eq!(report["baseline"]["difference"], "0");
    let statuses: Vec<&Value> = report["baseline"]["deployments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(statuses, ["same", "same"]);
}

#[test]
fn a_rate_that_moved_is_the_reason_that_is_named() {
    let markets = with_plan(PLAN);
    let before = json(&markets, "check @plan.toml --fx 1USD=7CNY");
    markets.write("base.json", &before.to_string());
    let (_, table, stderr) =
        markets.said("check @plan.toml --fx 1USD=7.2CNY --baseline @base.json");
    let (_, changes) = table.split_once("\n Changes ").unwrap();
    let (changes, _) = changes.split_once("\n\n").unwrap();
    // 38.4 × 7 is 268.8.
    assert_eq!(
        changes,
        "\
 since `base.json`
 Deployment   Before      Now       Difference
 away        ¥268.80  ¥276.48  +¥7.68 (+2.86%)
     changed: fx 1 USD = 7 CNY → 1 USD = 7.2 CNY
 ─────────────────────────────────────────────
 Total       ¥412.80  ¥420.48  +¥7.68 (+1.86%)"
    );
    assert!(
        stderr.contains("the increase of 1% is exceeded"),
        "{stderr}"
    );
}

#[test]
fn a_baseline_in_a_currency_without_a_rate_names_the_flag_to_type() {
    let markets = Markets::new();
    let (head, rest) = PLAN.split_once("[[deployment]]").unwrap();
    let (near, away) = rest.split_once("[[deployment]]").unwrap();
    markets.write("plan.toml", &format!("{head}[[deployment]]{near}"));
    markets.write("base.toml", &format!("{head}[[deployment]]{away}"));
    let json = json(&markets, "check @base.toml");
    markets.write("base.json", &json.to_string());
    for (base, reason) in [
        (
            "base.json",
            "it is priced in USD, and the plan in CNY: say what 1 USD is in CNY: `--fx 1USD=<RATE>CNY`",
        ),
        (
            "base.toml",
            "base.toml:10:1: `away` is priced in USD, and the plan in CNY: say what 1 USD is in CNY, as `--fx 1USD=<RATE>CNY`, or as `fx` of the plan",
        ),
    ] {
        let (code, stdout, stderr) = markets.said(&format!("check @plan.toml --baseline @{base}"));
        let warning = format!(
            "warning: the baseline `{base}` cannot be priced, so no increase is held: {reason}\n"
        );
        assert_eq!((code, stderr), (0, warning), "{stdout}");
    }
}

#[test]
fn cost_tools_get_every_row_in_the_currency_of_its_bill() {
    let markets = with_plan(PLAN);
    let (_, focus, _) = markets.said("check @plan.toml --fx 1USD=7.2CNY --format focus");
    let mut rows = csv::Reader::from_reader(focus.as_bytes());
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|one| one == name).unwrap();
    let found: Vec<(String, String)> = rows
        .records()
        .map(Result::unwrap)
        .map(|row| {
            (
                row[at("BilledCost")].to_owned(),
                row[at("BillingCurrency")].to_owned(),
            )
        })
        .collect();
    let owned = |cost: &str, currency: &str| (cost.to_owned(), currency.to_owned());
    assert_eq!(
        found,
        [
            owned("72", "CNY"),
            owned("72", "CNY"),
            owned("19.2", "USD"),
            owned("19.2", "USD")
        ]
    );
}
