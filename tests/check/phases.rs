//! Phases of a prepaid term: one order, scaled when another phase begins.

use proptest::prelude::*;
use serde_json::Value;

use super::common::{Fraction, fraction};
use super::{Folder, checked, refused, text};

/// `qwen3-max-2025-09-23` by the day: ¥92.16 per 10K input TPM, ¥36.96 per 1K output TPM.
fn ptu(keys: &str) -> String {
    format!(
        "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"qwen3-max-2025-09-23\"\n\
         term = \"subscription\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\n{keys}\n"
    )
}

/// `MU5x1` of `qwen3-8b`: ¥10,139 per replica-month.
fn mu(days: u64, keys: &str) -> String {
    format!(
        "version = 1\ndays = {days}\n[[deployment]]\nname = \"m\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\n\
         spec = \"MU5x1\"\nterm = \"subscription\"\n{keys}\n"
    )
}

const SHRINKS: &str = "phases = [{ days = 6, input_tpm = \"20k\", output_tpm = \"2k\" }]";

fn printed(plan: &str, flags: &str) -> String {
    let outcome = Folder::new(&[("plan.toml", plan)]).check("plan.toml", flags);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome.stdout
}

/// The message of a plan that cannot be priced.
fn message(plan: &str) -> String {
    let (code, stderr) = refused(plan);
    assert_eq!(code, 1, "{stderr}");
    let hint = "\n\nhint: `tollgate check --help` lists the keys of a plan\n";
    stderr.strip_suffix(hint).unwrap().to_owned()
}

/// What each line costs: its id, its quantity and its amount.
fn lines(report: &Value) -> Vec<[&str; 3]> {
    let parts = report["deployments"][0]["parts"].as_array().unwrap();
    let items = parts
        .iter()
        .flat_map(|part| part["quote"]["items"].as_array().unwrap());
    items
        .map(|item| {
            [
                text(item, "/id"),
                text(item, "/quantity"),
                text(item, "/amount"),
            ]
        })
        .collect()
}

fn notes(report: &Value, rule: &str) -> Vec<String> {
    let parts = report["deployments"][0]["parts"].as_array().unwrap();
    let notes = parts
        .iter()
        .flat_map(|part| part["quote"]["notes"].as_array().unwrap());
    notes
        .filter(|note| note["rule"] == rule)
        .map(|note| text(note, "/message").to_owned())
        .collect()
}

#[test]
fn what_is_given_up_comes_back_as_a_line_with_its_reading() {
    // 30 days of twice the size are paid, and 24 days of a half come back.
    assert_eq!(
        printed(&ptu(SHRINKS), "--details"),
        "\
plan.toml: ¥4,648.32 for 30 days

 Deployment  Bought                            Cost   Share
 p           qwen3-max-2025-09-23 by ptu  ¥4,648.32  100.0%
 ──────────────────────────────────────────────────────────
 Total                                    ¥4,648.32

 Line items
 Deployment  Item                         Unit price                  Amount
 p           Input throughput             ¥92.16 per 10K TPM-day   ¥5,529.60
     days 1–6, 20K TPM × 30 days
 p           Output throughput            ¥36.96 per 1K TPM-day    ¥2,217.60
     days 1–6, 2K TPM × 30 days
 p           Together                                              ¥7,747.20
     days 1–6
 p           Refund of input throughput   ¥92.16 per 10K TPM-day  -¥2,211.84
     days 7–30, -10K TPM × 24 days
 p           Refund of output throughput  ¥36.96 per 1K TPM-day     -¥887.04
     days 7–30, -1K TPM × 24 days
 p           Together                                             -¥3,098.88
     days 7–30

 Deployments
   p: Qwen3-Max-2025-09-23 · PTU · subscription · cn-beijing
   p, days 1–6: ¥7,747.20 in all
   p, days 7–30: -¥3,098.88 in all

 Sources
   alibaba-model-deployment: Billing details, Provisioned throughput, Qwen, seen
     2026-09-22, transcribed 2026-11-20
   alibaba-reservation-billing: Alibaba Cloud, Model Studio: throughput
     reservation, billing, edition of 2026-10-10
   alibaba-downgrade-refunds: Alibaba Cloud, Refund rules for downgrades of
     prepaid resources, edition of 2026-02-28

 Notes
   ptu.early-end (a reading): the subscription can be ended early: a used hour
     counts 1.2 times, and once where it was used for more than 30 days; read
     so, as a page says it of reservations
   ptu.grace: the service stops 2 hours after it expires, and its resources are
     released 14 hours later; whether these hours are billed is not documented
   reservation.minimum: the reservation page sells from 200K / 20K TPM on; the
     deployment page gives no minimum
   deploy.region: the model runs in China (Beijing)
   deploy.update: a phased update runs two versions, and what of them is billed
     is not documented
   deploy.downgrade (a reading): the phases are one subscription of 30 days,
     ordered at the size of the first and scaled as the first day of each other
     begins
   deploy.downgrade (a reading): scaled in on day 7: (¥7,747.20 paid less
     ¥1,549.44 for 6 days used) × (¥258.24 less ¥129.12) ÷ ¥258.24 a day =
     ¥3,098.88 comes back, by the refund rules for downgrades, read as those of
     a subscription of throughput; by the formula of the page about reservations
     it would be ¥2,788.99

 Prices in force on 2026-11-20, last seen on 2026-09-22
"
    );
}

#[test]
fn before_an_early_end_was_allowed_a_downgrade_was() {
    let report = checked(&ptu(SHRINKS), "--as-of 2026-06-15");
    assert_eq!(text(&report, "/total"), "4648.32");
    let said = notes(&report, "deploy.downgrade");
    assert!(
        said[1].ends_with("read as those of a subscription of throughput"),
        "{said:?}"
    );
    assert_eq!(notes(&report, "ptu.no-early-end").len(), 2);
}

#[test]
fn a_discount_is_off_what_is_paid_and_off_what_comes_back() {
    let report = checked(&ptu(SHRINKS), "--discount 25%");
    assert_eq!(text(&report, "/total"), "3486.24");
    let said = notes(&report, "deploy.downgrade");
    // 5,810.40 less 1,162.08, of which a half is left; 30 × 193.68 less 6 × 1.2 × 193.68 and 24 × 96.84.
    assert!(
        said[1].contains("(¥5,810.40 paid less ¥1,162.08 for 6 days used) × (¥258.24 less ¥129.12) ÷ ¥258.24 a day = ¥2,324.16 comes back")
            && said[1].ends_with("it would be ¥2,091.74"),
        "{said:?}"
    );
    let note = &report["deployments"][0]["parts"][1]["quote"]["notes"];
    let amounts: Vec<&Value> = note
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|note| note.get("amount"))
        .collect();
    assert_eq!(amounts, ["2324.16"]);
}

#[test]
fn what_is_added_is_paid_for_the_days_that_are_left() {
    let plan = ptu(
        "phases = [{ days = 10, output_tpm = 0 }, { days = 5, input_tpm = \"40k\", output_tpm = \"3k\" }]",
    );
    let report = checked(&plan, "");
    assert_eq!(
        lines(&report),
        [
            ["ptu.input", "300000", "2764.8"],
            ["ptu.output", "0", "0"],
            ["ptu.added.input", "600000", "5529.6"],
            ["ptu.added.output", "60000", "2217.6"],
            ["ptu.refund.input", "-450000", "-4147.2"],
            ["ptu.refund.output", "-30000", "-1108.8"],
        ]
    );
    assert_eq!(text(&report, "/total"), "5256");
    let said = notes(&report, "deploy.downgrade");
    assert_eq!(
        said[1],
        "scaled out on day 11: what is added is paid for the 20 days left, a started day whole"
    );
    // The order and what was added are summed: 10,512 paid, 921.60 + 5 × 479.52 used, a day 479.52.
    assert_eq!(
        said[2],
        "scaled in on day 16: (¥10,512 paid less ¥3,319.20 for 15 days used) × (¥479.52 less ¥129.12) ÷ ¥479.52 a day = ¥5,256 comes back, by the refund rules for downgrades, read as those of a subscription of throughput; the page about reservations has a formula of its own, which it does not give for a second change"
    );
}

#[test]
fn phases_that_change_nothing_are_one() {
    let plain = checked(&ptu(""), "");
    let split = checked(
        &ptu("phases = [{ days = 4 }, { days = 9, input_tpm = \"10k\" }]"),
        "",
    );
    let quote = |report: &Value| report["deployments"][0]["parts"][0]["quote"].clone();
    assert_eq!(quote(&split), quote(&plain));
    assert_eq!(text(&split, "/deployments/0/parts/0/label"), "days 1–30");
    assert_eq!(
        split["deployments"][0]["parts"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn what_calls_exceed_a_phase_is_of_its_days() {
    let load = "rpm = 5\ninput_per_request = 6000\noutput_per_request = 700\n";
    let report = checked(&ptu(&format!("{load}{SHRINKS}")), "");
    let excess = |days: u64, calls: u64| days * 1_440 * calls;
    // 20K / 2K take 2 calls of 6,000 and 700 a minute, 10K / 1K take 1.
    let tokens = |days, calls, each: u64| (excess(days, calls) * each).to_string();
    let [first, second] = [(6, 3), (24, 4)]
        .map(|(days, calls)| [tokens(days, calls, 6_000), tokens(days, calls, 700)]);
    let quantities: Vec<&str> = lines(&report)
        .iter()
        .filter(|line| line[0].starts_with("ptu.overflow."))
        .map(|line| line[1])
        .collect();
    assert_eq!(quantities, [first, second].concat());
}

#[test]
fn a_size_that_fits_the_load_can_stay() {
    let plan = "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"qwen3-max-2025-09-23\"\n\
         term = \"subscription\"\nfit = \"peak\"\nrpm = 5\ninput_per_request = 1900\noutput_per_request = 190\n\
         phases = [{ days = 6, rpm = \"4.5\" }]\n";
    let report = checked(plan, "");
    assert_eq!(
        lines(&report)[2..],
        [
            ["ptu.added.input", "0", "0"],
            ["ptu.added.output", "0", "0"]
        ]
    );
}

#[test]
fn what_no_document_says_is_refused() {
    for (keys, said) in [
        (
            "phases = [{ days = 6, input_tpm = \"20k\", output_tpm = 500 }]",
            "on day 7 one side of the throughput grows and the other shrinks: what comes back of such a change is not documented (`deploy.downgrade`): let each side change in a phase of its own",
        ),
        (
            "start = \"2026-12-01T22:30\"\nphases = [{ days = 6, input_tpm = \"20k\" }]",
            "the order is so late that the term has a day more: how its days count when it is scaled is not documented (`deploy.downgrade`): let it start before, or leave `start` out",
        ),
    ] {
        let plan = ptu(keys);
        assert_eq!(message(&plan), format!("error: plan.toml:2:1: {said}"));
    }
}

#[test]
fn a_subscription_is_not_scaled_to_nothing() {
    // The cheapest size can be nothing, and that is no smaller subscription.
    let prices = provider("scales_by_day = true")
        + "[[model.standard]]\ntiers = [{ up_to = \"1000000 tokens\", input = \"1000 per 1M tokens\", output = \"1000 per 1M tokens\" }]\n";
    let load = "fit = \"cheapest\"\nrpm = 60\ninput_per_request = 160\noutput_per_request = 16\n";
    let idle = own(&format!(
        "{load}phases = [{{ days = 6 }}, {{ days = 3, rpm = \"0.001\" }}]"
    ))
    .replace("input_tpm = \"2k\"\noutput_tpm = \"1k\"\n", "");
    let folder = Folder::new(&[("plan.toml", &idle), ("own.toml", &prices)]);
    let outcome = folder.check("plan.toml", "");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
    assert!(
        outcome.stderr.contains(
            "on day 7 nothing is left of the subscription: that ends it and does not scale it"
        ),
        "{}",
        outcome.stderr
    );
}

#[test]
fn only_a_subscription_of_throughput_has_a_start_beside_its_phases() {
    let message = |plan: &str| message(plan);
    let own = "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\n\
         term = \"pay-as-you-go\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\nstart = 2026-12-01T08:00:00\n\
         phases = [{ days = 6, input_tpm = \"20k\" }]\n";
    assert_eq!(
        message(own),
        "error: plan.toml:9:1: `start` stands beside `phases` only of a subscription of throughput: keep one of them"
    );
    // A default that is not for it is left out.
    let default = own.replace("start = 2026-12-01T08:00:00\n", "").replace(
        "version = 1\n",
        "version = 1\n[defaults]\nstart = 2026-12-01T08:00:00\n",
    );
    checked(&default, "");
}

/// A provider of one model that is sold by the day, at other prices from a day on.
fn provider(scales: &str) -> String {
    format!(
        "version = 1\n[provider]\nid = \"own\"\nname = \"Own\"\nregion = \"here\"\nregion_name = \"Here\"\ncurrency = \"CNY\"\n\
         [billing.ptu]\nincrement = \"hour\"\ninput_step = \"1 TPM\"\noutput_step = \"1 TPM\"\noverdue_retention = \"24h\"\n\
         late_order_after = \"22:00\"\nexpires_at = \"23:59\"\ngrace = \"2h\"\nretention = \"14h\"\n{scales}\n\
         [[model]]\ncode = \"own-model\"\n\
         [[model.ptu]]\nmax_input = \"128000 tokens\"\ninput = {{ day = \"10 per 1K TPM-day\" }}\noutput = [{{ day = \"20 per 1K TPM-day\" }}]\n\
         [[model.ptu]]\nfrom = 2026-12-05\nmax_input = \"128000 tokens\"\ninput = {{ day = \"11 per 1K TPM-day\" }}\noutput = [{{ day = \"20 per 1K TPM-day\" }}]\n"
    )
}

fn own(keys: &str) -> String {
    format!(
        "version = 1\ncatalog = \"own.toml\"\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"own-model\"\n\
         term = \"subscription\"\ninput_tpm = \"2k\"\noutput_tpm = \"1k\"\n{keys}\n"
    )
}

#[test]
fn a_provider_that_does_not_say_how_terms_are_scaled_has_no_scaling() {
    let plan = own("phases = [{ days = 6, input_tpm = \"4k\" }]");
    let silent = Folder::new(&[("plan.toml", &plan), ("own.toml", &provider(""))]);
    let outcome = silent.check("plan.toml", "");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""));
    assert!(
        outcome.stderr.starts_with(
            "error: plan.toml:3:1: what it costs to scale a subscription of this provider before it ends is not documented: write each phase as a deployment of its own"
        ),
        "{}",
        outcome.stderr
    );
    let said = Folder::new(&[
        ("plan.toml", &plan),
        ("own.toml", &provider("scales_by_day = true")),
    ]);
    // 30 × (40 + 20) less 24 × 20.
    assert_eq!(text(&said.json("plan.toml", ""), "/total"), "1320");
}

#[test]
fn what_is_added_has_the_price_of_its_own_day() {
    let prices = provider("scales_by_day = true");
    let folder = Folder::new(&[("own.toml", &prices)]);
    let of = |keys: &str| {
        folder.write("plan.toml", &own(keys));
        folder.json("plan.toml", "--as-of 2026-12-01")
    };
    let grows = "phases = [{ days = 6, input_tpm = \"1k\" }]";
    // 30 × (10 + 20) and 24 × 10; where the days have dates, 24 × 11.
    assert_eq!(text(&of(grows), "/total"), "1140");
    let dated = of(&format!("start = 2026-12-01T08:00:00\n{grows}"));
    assert_eq!(text(&dated, "/total"), "1164");
    assert_eq!(
        notes(&dated, "deploy.downgrade")[1],
        "scaled out on day 7: what is added is paid for the 24 days left, a started day whole, at the price of 2026-12-07"
    );
    let parts = dated["deployments"][0]["parts"].as_array().unwrap();
    let expires = text(&parts[0], "/quote/schedule/expires");
    assert_eq!(expires, "2026-12-30T23:59:00+08:00");
    assert_eq!(parts[1]["quote"]["schedule"], Value::Null);
    // What is ordered first is bought on its day too, whatever day the rest of a plan is priced on.
    let plan = own(&format!("start = 2026-12-01T08:00:00\n{grows}"));
    folder.write("plan.toml", &plan);
    let later = folder.json("plan.toml", "--as-of 2026-12-20");
    assert_eq!(text(&later, "/total"), "1164");
    let after = plan.replace("start = 2026-12-01", "start = 2026-12-08");
    folder.write("plan.toml", &after);
    for as_of in ["2026-12-01", "2026-12-20"] {
        // 30 × (11 + 20) and 24 × 11.
        let all = folder.json("plan.toml", &format!("--as-of {as_of}"));
        assert_eq!(text(&all, "/total"), "1194", "{as_of}");
    }
    // All of it before the change: one price, so that what is given up has one.
    let shrinks = "phases = [{ days = 2, input_tpm = \"1k\" }, { days = 1, input_tpm = \"3k\" }]";
    folder.write(
        "plan.toml",
        &own(&format!("start = 2026-12-01T08:00:00\n{shrinks}")),
    );
    // 30 × (10 + 20), 28 × 20 more, and 27 × 10 back.
    let once = folder.json("plan.toml", "--as-of 2026-12-20");
    assert_eq!(text(&once, "/total"), "1190");
    // Of what was bought at two prices no document says which comes back.
    folder.write(
        "plan.toml",
        &own("start = 2026-12-01T08:00:00\nphases = [{ days = 6, input_tpm = \"1k\" }, { days = 6, input_tpm = \"3k\" }]"),
    );
    let outcome = folder.check("plan.toml", "--as-of 2026-12-01");
    assert!(
        outcome
            .stderr
            .contains("on day 13 throughput is given up that was bought at two prices"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn replicas_are_added_for_the_days_that_are_left() {
    // 2 for a month, 2 more for 20 of 30 days: 20,278 and 40 × 10,139 ÷ 30.
    let report = checked(
        &mu(30, "replicas = 4\nphases = [{ days = 10, replicas = 2 }]"),
        "",
    );
    assert_eq!(
        lines(&report),
        [
            ["mu.replicas", "2", "20278"],
            ["mu.added", "40", "13518.666666666667"],
        ]
    );
    assert_eq!(
        notes(&report, "deploy.downgrade")[1],
        "scaled out on day 11: what is added is read as paid for the 20 days left, each the monthly price ÷ 30; the document says that model units are scaled, and not at which price"
    );
    // 45 days are two months, so that 50 days are left after 10, and 20 after 10 of one.
    let report = checked(
        &mu(45, "replicas = 4\nphases = [{ days = 10, replicas = 2 }]"),
        "",
    );
    assert_eq!(lines(&report)[1], ["mu.added", "100", "33796.666666666667"]);
    assert_eq!(
        text(&report, "/deployments/0/paid_months/whole/total"),
        "33796.666666666667"
    );
    // The shorter period has 31 days, and what is added is priced for the 30 of a term all the same.
    assert_eq!(text(&report, "/deployments/0/paid_months/whole/days"), "31");
    // What begins beyond the shorter period is no part of it.
    let report = checked(
        &mu(45, "replicas = 4\nphases = [{ days = 40, replicas = 2 }]"),
        "",
    );
    assert_eq!(
        text(&report, "/deployments/0/paid_months/whole/total"),
        "20278"
    );
}

#[test]
fn replicas_that_are_given_up_are_refused() {
    assert_eq!(
        message(&mu(
            30,
            "replicas = 2\nphases = [{ days = 10, replicas = 3 }]"
        )),
        "error: plan.toml:3:1: on day 11 there are fewer replicas: what comes back of model units that are scaled in is not documented (`deploy.downgrade`): write what is given up as a deployment of its own: with `cancel_after` in its first month, it is documented what comes back"
    );
}

#[test]
fn a_change_of_price_is_told_from_a_change_of_the_plan() {
    let prices = provider("scales_by_day = true");
    let keys = "phases = [{ days = 6, input_tpm = \"4k\" }]";
    let folder = Folder::new(&[("plan.toml", &own(keys)), ("own.toml", &prices)]);
    let before = folder.check("plan.toml", "--as-of 2026-12-01 --json");
    folder.write("before.json", &before.stdout);
    let after = folder.json("plan.toml", "--as-of 2026-12-05 --baseline @before.json");
    let change = &after["baseline"]["deployments"][0];
    // 30 × 4 less 24 × 2 of what costs 1 more: what comes back has the price at which it is bought.
    assert_eq!(text(change, "/difference"), "72");
    assert_eq!(text(change, "/by_prices"), "72");
    let items: Vec<&str> = change["prices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(one, "/item"))
        .collect();
    assert_eq!(items, ["Input throughput"]);
    folder.write(
        "plan.toml",
        &own("phases = [{ days = 7, input_tpm = \"4k\" }]"),
    );
    let longer = folder.json("plan.toml", "--as-of 2026-12-01 --baseline @before.json");
    let change = &longer["baseline"]["deployments"][0];
    assert_eq!(
        (text(change, "/difference"), text(change, "/by_prices")),
        ("20", "0")
    );
    assert_eq!(text(change, "/settings/0/key"), "phases");
}

#[test]
fn every_format_has_the_refund() {
    let plan = ptu(SHRINKS);
    let csv = printed(&plan, "--format csv");
    assert!(
        csv.contains("p,days 7–30,,1,alibaba,cn-beijing,qwen3-max-2025-09-23,ptu,subscription,,ptu.refund.input,Refund of input throughput,-240000,TPM-day,92.16,10000,-2211.84,-2211.84,CNY,deploy.downgrade,"),
        "{csv}"
    );
    let comment = printed(&plan, "--format markdown --details");
    assert!(
        comment.contains("| `p` | days 7–30 | Refund of input throughput | -10K TPM × 24 days | ¥92.16 per 10K TPM-day | -¥2,211.84 |"),
        "{comment}"
    );
    assert_eq!(
        printed(&plan, "--format github"),
        "::notice title=Cost check::plan.toml: ¥4,648.32 for 30 days\n"
    );
}

/// A size in steps of both sides, so that each change is one way.
fn phased(first: &[(u64, u64)], last: u64) -> String {
    let size = |steps: u64| {
        format!(
            "input_tpm = {}, output_tpm = {}",
            steps * 10_000,
            steps * 1_000
        )
    };
    let phases: Vec<String> = first
        .iter()
        .map(|(days, steps)| format!("{{ days = {days}, {} }}", size(*steps)))
        .collect();
    format!(
        "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"qwen3-max-2025-09-23\"\n\
         term = \"subscription\"\n{}\nphases = [{}]\n",
        size(last).replace(", ", "\n"),
        phases.join(", ")
    )
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_term_that_never_changes_costs_the_same_however_it_is_split(
        days in prop::collection::vec(1_u64..8, 1..5),
        steps in 1_u64..20,
    ) {
        let split: Vec<(u64, u64)> = days.iter().map(|days| (*days, steps)).collect();
        let (split, whole) = (checked(&phased(&split, steps), ""), checked(&phased(&[(30, steps)], steps), ""));
        prop_assert_eq!(&split["total"], &whole["total"]);
        prop_assert_eq!(lines(&split), lines(&whole));
    }

    #[test]
    fn the_lines_add_up_to_the_total_and_the_discount_is_off_all_of_them(
        sizes in prop::collection::vec((1_u64..8, 1_u64..20), 1..5),
        last in 1_u64..20,
        discount in 0_u64..100,
    ) {
        let plan = phased(&sizes, last);
        let report = checked(&plan, &format!("--discount {discount}%"));
        let sum: Fraction = lines(&report).iter().map(|line| signed(line[2])).sum();
        prop_assert_eq!(&sum, &fraction(text(&report, "/total")));
        let full = fraction(text(&checked(&plan, ""), "/total"));
        let left = fraction(&(100 - discount).to_string()) / fraction("100");
        prop_assert_eq!(sum, full * left);
    }
}

fn signed(text: &str) -> Fraction {
    match text.strip_prefix('-') {
        Some(positive) => -fraction(positive),
        None => fraction(text),
    }
}
