//! Nothing is left out: each option is ranked, with what is not equivalent, or has its reason.

use serde_json::{Value, json as value};
use tollgate::cli::Outcome;

use super::commands::Workload;
use super::{
    COMPARED, MODELS, OPTIONS, WORKLOADS, code_of, document, is_sold, priced, rows, said, text,
    total,
};

/// The reasons that `quote` gives for an option: with the mode, and without where it prices none.
fn reasons(workload: &Workload, option: &str, code: &str) -> Vec<String> {
    let line = workload.option(option, code);
    let lines = [format!("{line}{}", workload.asked_mode()), line];
    let outcomes = lines.map(|line| said(&line));
    let failed = outcomes.iter().filter(|outcome| outcome.code == 1);
    let first = failed.map(|outcome| outcome.stderr.lines().next().unwrap());
    first
        .map(|line| line.strip_prefix("error: ").unwrap().to_owned())
        .collect()
}

/// Why calls are not compared with a savings plan.
const WITHOUT_PLAN: [&str; 3] = [
    "no commitment costs less than the calls alone",
    "the factor of its group is 1",
    "in which group of the savings plan",
];

/// Where no option can be priced, the error has each with its reason.
pub fn refused_with_all_reasons(workload: &Workload, model: &Value, outcome: &Outcome) {
    let code = text(&model["code"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{code}");
    let (message, hint) = outcome.stderr.split_once("\n\n").unwrap();
    assert_eq!(
        hint,
        format!("hint: `tollgate models {code}` shows how it is sold\n")
    );
    let mut lines = message.lines();
    assert_eq!(lines.next(), Some("error: no option can be priced"));
    // Calls without a price have none with a plan either, of which nothing more is said.
    let options = OPTIONS.iter().filter(|option| **option != "savings-plan");
    let options: Vec<_> = options.filter(|option| is_sold(option, model)).collect();
    assert_eq!(message.lines().count(), options.len() + 1, "{message}");
    for (option, line) in options.into_iter().zip(lines.by_ref()) {
        let reason = line
            .strip_prefix(&format!("  {option} of `{code}`: "))
            .unwrap();
        assert!(
            reasons(workload, option, code).contains(&reason.to_owned()),
            "{line}"
        );
    }
}

#[test]
fn each_option_is_ranked_or_has_the_reason_that_its_quote_has() {
    for (workload, compared) in COMPARED.iter() {
        let code = code_of(compared);
        let mut options: Vec<&str> = priced(compared)
            .iter()
            .map(|row| text(&row["option"]))
            .collect();
        options.dedup_by(|left, right| left == right);
        for one in compared["unavailable"].as_array().unwrap() {
            let option = text(&one["option"]);
            assert!(!options.contains(&option), "{code}: {option}");
            options.push(option);
            assert_eq!(one["model"], *code);
            let reason = text(&one["reason"]);
            // A quote of what is not in the catalog has the lines themselves.
            let lines = " (`tollgate quote` of it shows the lines that add it)";
            let reason = reason.strip_suffix(lines).unwrap_or(reason).to_owned();
            if option == "savings-plan" {
                let known = WITHOUT_PLAN.iter().any(|known| reason.contains(known));
                assert!(known, "{code}: {reason}");
                continue;
            }
            if reason.starts_with("a block begins with an hour from 22:00 to midnight (UTC+8)") {
                // Quotes of blocks are asked for no hours a day.
                assert!(workload.hours.parse::<f64>().unwrap() > 8.0, "{code}");
                continue;
            }
            assert!(
                reasons(workload, option, code).contains(&reason),
                "{code}: {reason}"
            );
        }
        let calls = priced(compared)
            .iter()
            .any(|row| row["option"] == "standard");
        let model = MODELS.iter().find(|model| model["code"] == *code).unwrap();
        for option in OPTIONS {
            // Calls without a price have none with a plan either, of which nothing more is said.
            let expected = (option != "savings-plan" || calls) && is_sold(option, model);
            assert_eq!(options.contains(&option), expected, "{code}: {option}");
        }
    }
}

#[test]
fn each_specification_is_ranked_by_the_hour_and_by_the_month() {
    for (_, compared) in COMPARED.iter() {
        let code = code_of(compared);
        let model = MODELS.iter().find(|model| model["code"] == *code).unwrap();
        let offers = model["mu"].as_array().unwrap().iter();
        let mut expected: Vec<_> = offers
            .map(|offer| value!([offer["spec"], offer["pd_separated"]]).to_string())
            .collect();
        expected.sort();
        for option in ["mu-hourly", "mu-monthly"] {
            let rows = priced(compared).into_iter();
            let found = rows.filter(|row| row["option"] == option);
            let parameters = found.map(|row| &row["quote"]["parameters"]);
            let mut found: Vec<_> = parameters
                .map(|offer| value!([offer["spec"], offer["pd_separated"]]).to_string())
                .collect();
            found.sort();
            assert_eq!(found, expected, "{code} {option}");
        }
    }
}

#[test]
fn a_specification_without_a_price_by_the_month_is_not_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n\
                [[model.mu]]\nspec = \"MU1 x 1\"\nhour = \"50 per replica-hour\"\n\
                month = \"20000 per replica-month\"\n\
                [[model.mu]]\nspec = \"MU1 x 2\"\nhour = \"90 per replica-hour\"\n";
    std::fs::write(&file, text).unwrap();
    let load = "--rpm 1 --input-per-request 1 --output-per-request 1";
    let compared = document(&format!(
        "compare own --catalog {} {load}",
        file.to_str().unwrap()
    ));
    assert_eq!(rows(&compared), [Value::Null; 0]);
    let mut found: Vec<String> = priced(&compared)
        .iter()
        .map(|row| {
            let spec = &row["quote"]["parameters"]["spec"];
            format!("{} {}", super::text(&row["option"]), super::text(spec))
        })
        .collect();
    found.sort();
    assert_eq!(
        found,
        ["mu-hourly MU1x1", "mu-hourly MU1x2", "mu-monthly MU1x1"]
    );
    let monthly =
        |one: &&Value| one["option"] == "mu-monthly" && one["reason"].to_string().contains("MU1x2");
    let unavailable = compared["unavailable"].as_array().unwrap();
    assert_eq!(
        unavailable.iter().filter(monthly).count(),
        1,
        "{unavailable:?}"
    );
}

fn caveat(rule: Option<&str>, message: &str) -> Value {
    value!({ "rule": rule, "message": message })
}

#[test]
fn what_is_not_equivalent_is_said_on_the_row() {
    for (workload, compared) in COMPARED.iter() {
        let code = code_of(compared);
        let model = MODELS.iter().find(|model| model["code"] == *code).unwrap();
        // The rule is of one provider's documents.
        let window = (model["provider"] == "alibaba").then_some("deploy.window");
        let anew = caveat(
            window,
            "deployed and deleted each day, and only up in the active hours",
        );
        let anew = (workload.hours != "24" && workload.days > 1).then_some(anew);
        let months = match workload.days {
            1 => Some("1 month covers the 1 day"),
            2 => Some("1 month covers the 2 days"),
            _ => None,
        };
        for row in priced(compared) {
            let mut expected = Vec::new();
            match text(&row["option"]) {
                "ptu-hourly" => expected.extend(anew.clone()),
                "ptu-daily" => {
                    expected.push(caveat(
                        Some("ptu.early-end"),
                        "can be ended early: a used hour counts 1.2 times, and once where it was used for \
                         more than 30 days; read so, as a page says it of reservations",
                    ))
                }
                "reservation-daily" => {
                    expected.push(caveat(
                        Some("reservation.early-end"),
                        "can be ended early: a used hour counts 1.2 times, and once where it was used for \
                         more than 30 days",
                    ));
                    let in_turn = "days are no term that is sold: terms are bought one after the other, that of";
                    let first = workload.days - 1;
                    let in_turn = format!(
                        "{} {in_turn} {first} days first, and a day costs the same in each",
                        workload.days
                    );
                    let in_turn = caveat(Some("reservation.terms"), &in_turn);
                    expected.extend(matches!(workload.days, 31 | 61).then_some(in_turn));
                }
                "reservation-8h" => expected.push(caveat(
                    Some("reservation.block"),
                    "one block an evening, which begins with an hour from 22:00 to midnight (UTC+8) and lasts \
                     8 hours: it serves only what comes in that time",
                )),
                "dtu-monthly" => {
                    expected.push(caveat(
                        Some("dtu.early-end"),
                        "a term that is ended early settles what was used 1.2 times",
                    ));
                    expected.push(caveat(
                        Some("dtu.beyond"),
                        "sized for the busiest minute: what becomes of calls beyond the units is not documented",
                    ));
                    expected.extend(months.map(|said| caveat(None, said)));
                }
                "ptu-monthly" => expected.extend(months.map(|said| caveat(None, said))),
                option @ ("ptu-weekly" | "ptu-quarterly" | "ptu-yearly") => {
                    let (terms, name, days) = workload.terms(option).unwrap();
                    let covers = match terms {
                        1 => format!("1 {name} covers"),
                        _ => format!("{terms} {name}s cover"),
                    };
                    let covered = match workload.days {
                        1 => "the 1 day".to_owned(),
                        days => format!("the {days} days"),
                    };
                    let said = format!("{covers} {covered}");
                    let is_longer = terms * days > workload.days;
                    expected.extend(is_longer.then(|| caveat(None, &said)));
                }
                "mu-hourly" => expected.extend(anew.clone()),
                "mu-monthly" => {
                    expected.push(caveat(
                        Some("mu.cancel-first-month"),
                        "ending it in the first month costs more by the day; later is not documented",
                    ));
                    expected.extend(months.map(|said| caveat(Some("mu.monthly"), said)));
                }
                _ => {}
            }
            let mut caveats = row["caveats"].as_array().unwrap().clone();
            if row["option"] == "savings-plan" {
                let plan = &row["quote"]["savings_plan"];
                assert_eq!(plan["term_months"], "3");
                let term = caveats.remove(0);
                assert_eq!(term["rule"], "tokens.savings-term");
                let typed = format!("`--savings-plan {}`", text(&plan["commitment_per_month"]));
                assert!(text(&term["message"]).contains(&typed), "{row}");
                expected.extend(months.map(|said| caveat(None, said)));
            }
            let mut notes = row["quote"]["notes"].as_array().unwrap().iter();
            let spread = notes.find_map(|note| {
                let (_, all) = text(&note["message"]).split_once("at list price, all of them")?;
                Some(format!(
                    "its price depends on the hour of the day (UTC+8), and its calls are spread evenly over it: \
                     at list price, all of them{all}"
                ))
            });
            expected.extend(spread.map(|said| caveat(Some("tokens.hours"), &said)));
            // What has left its page says so last.
            let sources = row["quote"]["items"].as_array().unwrap().iter();
            let left = sources.map(|item| &item["source"]).find_map(|source| {
                let (until, seen) = (source["until"].as_str()?, source["seen"].as_str()?);
                let since = format!("not on the page since {until} (last seen {seen})");
                Some(match row["quote"]["parameters"]["rate"].as_str() {
                    Some("standard") => format!(
                        "ordinary calls are {since}; whether they still go through is not known"
                    ),
                    _ => format!("{since}; deployments bought before may go on"),
                })
            });
            expected.extend(left.map(|said| caveat(None, &said)));
            assert_eq!(value!(caveats), value!(expected), "{row}");
            let reason = match text(&row["option"]) {
                "mu-hourly" | "mu-monthly" => caveat(
                    None,
                    "what one replica serves is not published: `--replica-capacity` gives it",
                ),
                "fine-tuned" => caveat(
                    Some("tokens.fine-tuned"),
                    "only serves custom models made by LoRA fine-tuning of this base model: \
                     `--fine-tuned` ranks it",
                ),
                "reservation-8h" => caveat(
                    Some("reservation.block"),
                    "blocks serve the hours after their order at night, and when this load comes is not said: \
                     `--trace` ranks them where all calls fit",
                ),
                // Ranked.
                _ => Value::Null,
            };
            assert_eq!(row["reason"], reason, "{row}");
        }
    }
}

#[test]
fn replicas_serve_the_side_that_needs_more() {
    let capacities = "--replica-capacity MU1x2=10k/60k --replica-capacity mu5=300k/999";
    let line = format!("compare qwen3-8b {} {capacities}", WORKLOADS[0].load);
    let compared = document(&line);
    let found: Vec<(String, String, usize)> = priced(&compared)
        .iter()
        .filter(|row| text(&row["option"]).starts_with("mu-"))
        .map(|row| {
            let parameters = &row["quote"]["parameters"];
            let (spec, replicas) = (text(&parameters["spec"]), text(&parameters["replicas"]));
            let assumed =
                |caveat: &&Value| text(&caveat["message"]).ends_with("`--replica-capacity` says");
            let assumed = row["caveats"]
                .as_array()
                .unwrap()
                .iter()
                .filter(assumed)
                .count();
            (spec.to_owned(), replicas.to_owned(), assumed)
        })
        .collect();
    // 120K and 12K a minute: 12 × 10K and 13 × 999, and one where nobody says what it serves.
    for (spec, replicas, assumed) in [("MU1x2", "12", 1), ("MU5x1", "13", 1), ("MU2x2", "1", 0)] {
        let expected = (spec.to_owned(), replicas.to_owned(), assumed);
        let of_spec: Vec<_> = found.iter().filter(|row| row.0 == spec).collect();
        assert_eq!(of_spec, [&expected, &expected], "{found:?}");
    }
    assert_eq!(found.len(), 6);
}

#[test]
fn only_the_specifications_that_are_asked_for_are_ranked() {
    let load = &WORKLOADS[0].load;
    let specs = |flags: &str| {
        let compared = document(&format!("compare qwen3-8b {load} {flags}"));
        let specs = priced(&compared)
            .into_iter()
            .map(|row| row["quote"]["parameters"]["spec"].clone());
        let mut specs: Vec<Value> = specs.filter(Value::is_string).collect();
        specs.sort_by_key(Value::to_string);
        value!([
            specs,
            compared["unavailable"].as_array().unwrap()[2..].to_vec()
        ])
    };
    assert_eq!(specs("--spec MU1x2"), value!([["MU1x2", "MU1x2"], []]));
    assert_eq!(
        specs("--spec mu5 --spec MU2x2"),
        value!([["MU2x2", "MU2x2", "MU5x1", "MU5x1"], []])
    );
    // Also beside another that is offered.
    let beside = document(&format!(
        "compare qwen3-8b {load} --spec MU1x2 --spec MU1x8 --spec MU1x8"
    ));
    let reason = "`qwen3-8b` is not offered as `MU1x8`";
    let missing =
        |option: &str| value!({ "option": option, "model": "qwen3-8b", "reason": reason });
    assert_eq!(
        beside["unavailable"].as_array().unwrap()[2..],
        [missing("mu-hourly"), missing("mu-monthly")]
    );
    let none = |option: &str| value!({ "option": option, "model": "qwen3-8b", "reason": "`qwen3-8b` is not offered as `MU1x80`" });
    assert_eq!(
        specs("--spec MU1x80"),
        value!([[], [none("mu-hourly"), none("mu-monthly")]])
    );
}

#[test]
fn a_mode_of_reservations_is_one_of_calls_under_another_name() {
    let ranked = |mode: &str| {
        let line = format!(
            "compare qwen-plus-2025-12-01 --rpm 30 --input-per-request 4000 --output-per-request 400 --mode {mode}"
        );
        let compared = document(&line);
        let ranked: Vec<_> = rows(&compared)
            .iter()
            .map(|row| (text(&row["option"]).to_owned(), total(row)))
            .collect();
        ranked
    };
    for (of_ptu, of_tokens) in [
        ("standard", "non-thinking"),
        ("code-interpreter", "thinking"),
    ] {
        let found = ranked(of_ptu);
        assert_eq!(found[0].0, "standard");
        assert_eq!(found, ranked(of_tokens));
    }
    assert_ne!(ranked("standard"), ranked("code-interpreter"));
}

#[test]
fn a_reservation_has_no_mode_that_the_model_has_not() {
    // Ordinary calls of it are priced without thinking alone, so nothing serves a load of thinking.
    let line = "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 --mode thinking";
    let compared = document(line);
    assert_eq!(rows(&compared), [Value::Null; 0]);
    let unavailable = compared["unavailable"].as_array().unwrap();
    for option in ["ptu-hourly", "ptu-daily", "standard"] {
        let one = unavailable
            .iter()
            .find(|one| one["option"] == option)
            .unwrap();
        assert_eq!(
            one["reason"],
            "`qwen3-max-2025-09-23` has no price of its own for the mode `thinking`"
        );
    }
}

#[test]
fn what_is_dearer_by_little_is_not_shown_as_no_dearer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let model = |code: &str, price: &str| {
        format!(
            "[[model]]\ncode = \"{code}\"\n[[model.standard]]\n\
             tiers = [{{ input = \"{price} per 1M tokens\", output = \"0 per 1M tokens\" }}]\n"
        )
    };
    let (one, other) = (model("one", "10"), model("other", "10.0002"));
    let text = format!("version = 1\n[provider]\nid = \"alibaba\"\n{one}{other}");
    std::fs::write(&file, text).unwrap();
    let line = format!(
        "compare one other --catalog {} --rpm 1000 --input-per-request 1000 --output-per-request 1",
        file.to_str().unwrap()
    );
    let shown = said(&line).stdout;
    assert!(shown.contains("+0.002%"), "{shown}");
}
