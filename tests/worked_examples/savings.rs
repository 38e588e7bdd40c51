//! Savings plans, at list prices that were chosen to be reckoned by hand.

use serde_json::Value;

use super::support::{quote, refused};

/// `chat` costs ¥10 per 1M tokens, half of it in a batch, and a reservation of 10K / 1K TPM ¥2 a day.
const MODELS: &str = r#"version = 1
[provider]
id = "alibaba"
[[model]]
code = "chat"
family = "Qwen"
[[model.ptu]]
max_input = "1M tokens"
input = { day = "1 per 10K TPM-day" }
output = [{ day = "1 per 1K TPM-day" }]
[[model.standard]]
tiers = [{ input = "10 per 1M tokens", cached = "2 per 1M tokens", output = "10 per 1M tokens" }]
[[model.fine_tuned]]
input = "1 per 1M tokens"
output = [{ price = "1 per 1M tokens" }]
"#;

/// The quote of `quote <line>`; `{}` of it is the path of the catalog.
fn quoted(line: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("models.toml");
    std::fs::write(&path, MODELS).unwrap();
    quote(&format!("{line} --catalog {}", path.display()))
}

/// A sum of tokens that costs ¥10 per 1M.
fn sum(millions: u64, plan: &str) -> Value {
    quoted(&format!(
        "tokens chat --input {millions}M --output 0 {plan}"
    ))
}

fn total(quoted: &Value) -> &str {
    quoted["total"].as_str().unwrap()
}

/// The amounts of the lines that a plan adds, by id.
fn added(quoted: &Value) -> Vec<String> {
    let items = quoted["items"].as_array().unwrap().iter();
    let added = items.filter(|item| item["id"].as_str().unwrap().contains("savings-plan"));
    let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
    added
        .map(|item| format!("{} {}", text(item, "id"), text(item, "amount")))
        .collect()
}

/// What `savings_plan` of a quote says of some keys.
fn said<'a>(quoted: &'a Value, keys: &[&str]) -> Vec<&'a str> {
    let plan = &quoted["savings_plan"];
    keys.iter()
        .map(|key| plan[*key].as_str().unwrap())
        .collect()
}

fn note(quoted: &Value, rule: &str) -> String {
    let mut notes = quoted["notes"].as_array().unwrap().iter();
    let found = notes.find(|note| note["rule"] == rule).unwrap();
    let [basis, message] = ["basis", "message"].map(|key| found[key].as_str().unwrap());
    format!("{basis}: {message}")
}

pub fn usage_at_the_factor_is_deducted_and_what_is_beyond_is_at_list_price() {
    // ¥10,000 of usage. ¥4,400 at 0.88 pay for ¥5,000 of it, and ¥5,000 are left.
    let found = sum(1_000, "--savings-plan 4400");
    assert_eq!(total(&found), "9400");
    assert_eq!(
        added(&found),
        ["credit.savings-plan -5000", "savings-plan.commitment 4400"]
    );
    assert_eq!(
        said(&found, &["factor", "group", "covered", "beyond", "unused"]),
        ["0.88", "A", "5000", "5000", "0"]
    );
    // ¥2,000 of usage take ¥1,760 of the ¥4,400, and ¥2,640 expire.
    let found = sum(200, "--savings-plan 4400");
    assert_eq!(total(&found), "4400");
    assert_eq!(
        said(&found, &["covered", "beyond", "unused"]),
        ["2000", "0", "2640"]
    );
    assert_eq!(
        added(&found),
        ["credit.savings-plan -2000", "savings-plan.commitment 4400"]
    );
    // ¥5,000 at 0.86 pay for 5,813.9534…: divided once, and last.
    let found = sum(1_000, "--savings-plan 5000");
    assert_eq!(total(&found), "9186.046511627907");
}

pub fn it_pays_for_calls_and_overflow_after_a_free_quota_and_not_for_deployments() {
    // Of ¥10,000 a free quota of 100M tokens pays for ¥1,000, and the plan for ¥5,000 of the rest.
    let found = sum(
        1_000,
        "--savings-plan 4400 --free-quota 100M --free-expires 2026-12-31",
    );
    assert_eq!(total(&found), "8400");
    let modes = found["funding"]["modes"].as_array().unwrap();
    assert_eq!(modes, &["Free quota", "Savings plan", "Pay-as-you-go"]);
    // A batch costs half, and 300M tokens from a cache cost ¥600.
    let found = sum(1_000, "--savings-plan 4400 --batch");
    assert_eq!(total(&found), "4400");
    let found = sum(1_000, "--savings-plan 4400 --cached-input 300M");
    assert_eq!(total(&found), "7000");
    // A call a minute fits 10K TPM. Nine do not: 3,888M tokens, ¥38,880, of which ¥25,200 at 0.84 pay
    // for ¥30,000. The reservation is ¥60.
    let load = "--rpm 10 --input-per-request 10000 --output-per-request 0";
    let line = format!("ptu chat --input-tpm 10k --output-tpm 1k --days 30 {load}");
    let reserved = quoted(&format!("{line} --savings-plan 25200"));
    assert_eq!(total(&reserved), "34140");
    assert_eq!(
        note(&reserved, "tokens.savings-scope"),
        "literal: the plan pays for calls beyond the reservation, which are ordinary calls, and not for the reservation: after a free quota and resource packages, and before money"
    );
    let (code, error) = refused(
        "quote tokens qwen3-8b --input 1M --output 1M --rate fine-tuned --savings-plan 5000",
    );
    assert_eq!(code, 1);
    assert_eq!(
        error,
        "error: a savings plan does not pay for tokens of fine-tuned models, which are those of a deployment (`tokens.savings-scope`)\n\n\
         hint: use `--rate standard`, or leave `--savings-plan` out\n"
    );
}

pub fn it_is_bought_for_a_term_with_a_factor_of_its_own() {
    // 0.88, 0.86, 0.84 and 0.82 up front, and 0.02 more by the month: each pays for ¥5,000.
    for (months, commitment, total_of) in [
        ("3", "4400", "9400"),
        ("6", "4300", "9300"),
        ("12", "4200", "9200"),
        ("24", "4100", "9100"),
    ] {
        let plan = format!("--savings-plan {commitment} --savings-plan-term {months}");
        let found = sum(1_000, &plan);
        assert_eq!(total(&found), total_of, "{months}");
        let more = commitment.parse::<u64>().unwrap().saturating_add(100);
        let plan = format!("--savings-plan {more} --savings-plan-term {months}");
        let found = sum(1_000, &format!("{plan} --savings-plan-payment no-upfront"));
        assert_eq!(
            said(&found, &["covered", "payment"]),
            ["5000", "no-upfront"]
        );
    }
    let found = sum(1_000, "--savings-plan 4100 --savings-plan-term 24");
    assert_eq!(said(&found, &["committed"]), ["98400"]);
    assert_eq!(
        note(&found, "tokens.savings-term"),
        "literal: the plan is bought for 24 months, so ¥98,400.00 are committed, all paid at the order, and the total has those of 1 month; it can be returned only before anything is deducted from it"
    );
}

pub fn whole_months_of_thirty_days_are_paid_and_nothing_is_carried_over() {
    // 43,200 calls of 100K tokens in 30 days are ¥43,200, and ¥64,800 in 45.
    let load = "tokens chat --rpm 10 --input-per-request 10000 --output-per-request 0 --days 45";
    // ¥16,800 at 0.84 pay for ¥20,000 of either month.
    let both = quoted(&format!("{load} --savings-plan 16800"));
    assert_eq!(total(&both), "58400");
    // ¥25,200 pay for ¥30,000 of the first month and for all ¥21,600 of the second.
    let first = quoted(&format!("{load} --savings-plan 25200"));
    assert_eq!(total(&first), "63600");
    assert_eq!(
        added(&first),
        [
            "credit.savings-plan -30000",
            "credit.savings-plan -21600",
            "savings-plan.commitment 50400"
        ]
    );
    assert_eq!(
        said(
            &first,
            &["months", "charged", "covered", "beyond", "unused"]
        ),
        ["2", "50400", "51600", "13200", "7056"]
    );
    assert_eq!(
        note(&first, "tokens.savings-month"),
        "reading: 2 months of 30 days are paid for 45 days, with usage spread evenly over them"
    );
}

pub fn a_commitment_between_two_bands_is_in_the_upper_one() {
    // ¥9,990 are in the band of 0.86; ¥10,000 end that band and begin the one of 0.84.
    let below = sum(2_000, "--savings-plan 9990");
    assert_eq!(said(&below, &["factor"]), ["0.86"]);
    let bound = sum(2_000, "--savings-plan 10000");
    assert_eq!(said(&bound, &["factor"]), ["0.84"]);
    assert_eq!(total(&bound), "18095.238095238095");
    assert_eq!(
        note(&bound, "tokens.savings-band"),
        "reading: ¥10,000.00 is the end of one band of commitments and the start of the next: it is read as in the next, whose factor is lower"
    );
}
