//! Every rule has a worked example, run through the program. A rule without one does not compile.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "worked_examples/cache.rs"]
mod cache;
#[path = "worked_examples/clouds.rs"]
mod clouds;
#[path = "worked_examples/dtu.rs"]
mod dtu;
#[path = "worked_examples/hours.rs"]
mod hours;
#[path = "worked_examples/reservation.rs"]
mod reservation;
#[path = "worked_examples/resources.rs"]
mod resources;
#[path = "worked_examples/savings.rs"]
mod savings;
mod support;
#[path = "worked_examples/tiers.rs"]
mod tiers;

use serde_json::Value;
use support::{json, quote, refused, rules_of, total};
use tollgate::billing::rule::Rule;
use tollgate::billing::scaling::Downgrade;

#[test]
fn every_rule_has_a_worked_example_that_holds() {
    for rule in Rule::ALL {
        worked_example(*rule);
    }
}

/// The example of a rule. Exhaustive, so that a new rule needs one.
fn worked_example(rule: Rule) {
    match rule {
        Rule::PtuPriceUnit => hourly_prices_are_per_10k_and_1k_tpm_for_an_hour(),
        Rule::PtuHourly => a_started_hour_of_throughput_is_billed_whole(),
        Rule::PtuDaily => a_daily_subscription_costs_days_times_tpm(),
        Rule::PtuExpiry => a_late_order_expires_a_day_later(),
        Rule::PtuGrace => service_stops_after_two_hours_and_resources_after_fourteen_more(),
        Rule::PtuNoEarlyEnd => a_daily_subscription_could_not_be_ended(),
        Rule::PtuEarlyEnd => what_is_used_of_a_daily_subscription_is_settled(),
        Rule::PtuOverdue => an_overdue_balance_exposes_to_a_day_more(),
        Rule::PtuMaxInput => the_maximum_input_is_on_the_price_card(),
        Rule::PtuOverflow => calls_beyond_the_reservation_cost_the_standard_price(),
        Rule::PtuOverflowChoice => calls_are_refused_where_that_can_be_chosen(),
        Rule::PtuOverflowMinute => the_quota_takes_whole_calls(),
        Rule::PtuModes => output_is_priced_by_mode(),
        Rule::PtuSteps => an_odd_tpm_is_priced_and_noted(),
        Rule::PtuUnits => units_hold_tokens_a_minute_and_are_bought_whole(),
        Rule::PtuWeights => a_call_takes_what_its_tokens_count(),
        Rule::ReservationDaily => reservation::a_day_costs_the_same_in_every_term(),
        Rule::ReservationMinute => reservation::high_speed_is_metered_by_the_minute(),
        Rule::ReservationBlock => reservation::a_block_costs_three_tenths_of_a_day(),
        Rule::ReservationMinimum => reservation::both_sides_have_a_minimum(),
        Rule::ReservationTerms => reservation::some_numbers_of_days_are_no_term(),
        Rule::ReservationExpiry => reservation::the_service_stops_as_it_expires(),
        Rule::ReservationEarlyEnd => reservation::what_was_used_is_settled(),
        Rule::ReservationExpansion => reservation::a_started_day_of_what_is_added_is_paid_whole(),
        Rule::ReservationMaxInput => {
            reservation::over_length_is_not_settled_where_overflow_is_refused()
        }
        Rule::AzureReservation => clouds::a_reservation_is_a_discount_on_units_by_the_hour(),
        Rule::AzureTypes => clouds::types_of_deployments_have_prices_of_a_second_hand_source(),
        Rule::AzureSpillover => clouds::calls_beyond_units_spill_over_where_that_is_set_up(),
        Rule::AzureGauge => clouds::the_gauge_of_azure_is_taken_as_a_quota_per_minute(),
        Rule::GoogleTerms => clouds::terms_of_google_have_730_hours_a_month(),
        Rule::GoogleMinute => clouds::tokens_a_second_are_counted_by_the_minute(),
        Rule::MuBundle => the_price_is_for_the_whole_specification(),
        Rule::MuMinute => a_started_minute_of_a_replica_is_billed_whole(),
        Rule::MuMonthly => months_are_whole(),
        Rule::MuCancelFirstMonth => used_days_are_charged_at_one_point_two(),
        Rule::MuCancelLater => a_later_cancellation_is_refused(),
        Rule::MuFirstCome => capacity_is_first_come_first_served(),
        Rule::MuPd => a_pd_separated_specification_has_its_own_price(),
        Rule::MuCountOne => a_specification_without_a_count_is_one_unit(),
        Rule::DtuMonthly => dtu::months_are_whole_and_at_most_twelve(),
        Rule::DtuUnits => dtu::units_hold_both_sides(),
        Rule::DtuEarlyEnd => dtu::started_days_are_settled(),
        Rule::DtuBeyond => dtu::calls_beyond_the_units_are_refused(),
        Rule::TokensFineTuned => fine_tuned_tokens_are_priced_per_thousand(),
        Rule::TokensStandard => ordinary_calls_are_priced_per_million(),
        Rule::TokensTier => the_average_request_picks_the_tier(),
        Rule::TokensHours => hours::the_hour_of_the_day_picks_the_price(),
        Rule::TokensTierBound => tiers::a_request_between_two_bounds_is_priced_by_both(),
        Rule::TokensLimitedOffer => tiers::an_offer_without_an_end_is_not_applied(),
        Rule::TokensBatch => batch_calls_cost_half(),
        Rule::TokensCached => cache::hits_have_a_price_of_their_own(),
        Rule::TokensCacheWrite => cache::what_is_written_has_a_price_of_its_own(),
        Rule::TokensCacheWay => cache::hits_of_what_was_written_have_another_price(),
        Rule::TokensCacheBatch => cache::batch_calls_have_one_discount(),
        Rule::TokensSavingsPlan => {
            savings::usage_at_the_factor_is_deducted_and_what_is_beyond_is_at_list_price();
        }
        Rule::TokensSavingsScope => {
            savings::it_pays_for_calls_and_overflow_after_a_free_quota_and_not_for_deployments();
        }
        Rule::TokensSavingsTerm => savings::it_is_bought_for_a_term_with_a_factor_of_its_own(),
        Rule::TokensSavingsMonth => {
            savings::whole_months_of_thirty_days_are_paid_and_nothing_is_carried_over();
        }
        Rule::TokensSavingsBand => savings::a_commitment_between_two_bands_is_in_the_upper_one(),
        Rule::DeployRenew => a_subscription_is_renewed_at_the_price_of_a_new_order(),
        Rule::DeployWindow => billing_runs_from_deployed_to_deleted(),
        Rule::DeploySwitch => switching_costs_the_old_price_for_the_overlap(),
        Rule::DeployDowngrade => what_is_given_up_of_a_term_comes_back(),
        Rule::DeployRegion => where_models_run_is_said_as_of_the_day(),
        Rule::DeployUpdate => what_an_update_costs_is_not_documented(),
        Rule::DeployTokens => a_deployment_by_token_is_scaled_by_request(),
        Rule::DeployAutoscale => an_autoscaled_deployment_costs_the_sum_of_its_hours(),
        Rule::ResourceKinds => resources::packages_are_used_up_and_prepaid_ones_renewed(),
        Rule::ResourceStatus => resources::several_statuses_can_hold(),
        Rule::ResourceNotices => resources::each_channel_has_its_own_notices(),
        Rule::ResourceKbIsolation => resources::knowledge_beyond_the_limit_is_isolated(),
        Rule::ResourcePostpaid => {
            resources::what_goes_beyond_a_package_is_billed_with_postpaid_on()
        }
        Rule::ResourceOverdue => resources::an_overdue_account_cannot_use_its_services(),
        Rule::FreeValidity => an_expired_quota_offsets_nothing(),
        Rule::FreeScope => a_quota_offsets_real_time_calls_only(),
        Rule::FreeShared => an_account_and_its_users_share_a_quota(),
        Rule::FreePerModel => a_quota_is_one_models_own(),
        Rule::FreeOverrun => tokens_beyond_a_quota_cost_the_list_price(),
        Rule::FreeMix => a_quota_is_used_by_input_and_output_in_proportion(),
        Rule::FreeNoNotice => nobody_is_told_when_a_quota_is_used_up(),
        Rule::FreeOrder => packages_of_a_free_quota_page_come_after_it(),
        Rule::FreeOverflow => a_quota_pays_for_overflow_only_where_a_person_says_so(),
        Rule::FreeConsole => what_is_used_of_a_quota_is_shown_late(),
        Rule::FreeStop => a_switch_stops_calls_when_a_quota_is_used_up(),
        Rule::FreeNotice => people_are_told_at_a_fifth_left_and_at_nothing(),
        Rule::FreeOverdue => an_overdue_account_can_call_no_model(),
        Rule::Funding => what_pays_without_a_document_is_what_a_person_says(),
        Rule::ServiceMode => traffic_above_a_reservation_is_billed_by_token(),
        Rule::ServiceOrder => the_free_trial_is_consumed_first(),
        Rule::ServiceStatus => without_postpaid_a_used_up_service_is_stopped(),
        Rule::ServiceType => a_reservation_needs_a_custom_service(),
        Rule::Discount => a_discount_is_a_line_of_its_own(),
        Rule::Fx => a_total_in_another_currency_is_divided_once(),
        Rule::Catalog => a_provider_of_a_file_is_billed_by_what_the_file_says(),
        Rule::Trace => a_trace_is_taken_as_it_is_said(),
    }
}

/// ¥18,076.80 at 7.2 to the dollar is 18,076.8 ÷ 7.2, and ¥5.234558 at 7.2 does not end.
fn a_total_in_another_currency_is_divided_once() {
    let line = "ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7";
    let reservation = quote(&format!("{line} --fx 1USD=7.2CNY"));
    assert_eq!(
        (
            &reservation["fx"][0]["total"],
            &reservation["fx"][0]["exact"]
        ),
        (&Value::from("2510.666666666667"), &Value::from(false))
    );
    assert!(rules_of(&reservation).contains(&"fx".to_owned()));
    let ends = quote(&format!("{line} --fx 1USD=7.2CNY --discount 10%"));
    // 16,269.12 ÷ 7.2.
    assert_eq!(ends["fx"][0]["total"], "2259.6");
    assert!(!rules_of(&ends).contains(&"fx".to_owned()));
}

/// ¥3 for 1K TPM and an hour is ¥30 for 10K and an hour, ¥60 for two; the output is free of charge.
fn a_provider_of_a_file_is_billed_by_what_the_file_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"mine\"\nname = \"Mine\"\nregion = \"r\"\n\
        region_name = \"R\"\ncurrency = \"CNY\"\n[[model]]\ncode = \"own\"\n[[model.ptu]]\n\
        input = { hour = \"3 per 1K TPM-hour\" }\noutput = [{ hour = \"0 per 1K TPM-hour\" }]\n";
    std::fs::write(&path, text).unwrap();
    let line = "ptu own --input-tpm 10k --output-tpm 1k --hours 2 --catalog";
    let quoted = quote(&format!("{line} {}", path.display()));
    assert_eq!(quoted["total"], "60");
    assert_eq!(quoted["items"][0]["rule"], "catalog");
    assert_eq!(quoted["notes"], serde_json::json!([]));
}

/// Five of 30 calls a minute are refused: 768 + 308, and nothing for them. The pages offer that from
/// 2026-07-23 on.
fn calls_are_refused_where_that_can_be_chosen() {
    let line = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --on-overflow reject";
    let said = |as_of: &str| {
        let quoted = quote(&format!("{line} --as-of {as_of}"));
        assert_eq!(quoted["total"], "1076");
        let notes = quoted["notes"].as_array().unwrap().iter();
        let of_choice = notes.filter(|note| {
            let message = note["message"].as_str().unwrap();
            message.contains("refused")
        });
        let said = of_choice.map(|note| (note["rule"].clone(), note["basis"].clone()));
        said.collect::<Vec<(Value, Value)>>()
    };
    let literal = ("ptu.overflow-choice".into(), "literal".into());
    assert_eq!(said("2026-07-23"), [literal]);
    let readings = ["ptu.overflow", "ptu.overflow-choice"];
    assert_eq!(
        said("2026-07-22"),
        readings.map(|rule| (rule.into(), "reading".into()))
    );
}

/// The sentence of the only note of a rule.
fn said(quote: &Value, rule: &str) -> String {
    let notes = quote["notes"].as_array().unwrap();
    let of_rule: Vec<&Value> = notes.iter().filter(|note| note["rule"] == rule).collect();
    assert_eq!(of_rule.len(), 1, "{rule}: {quote:#}");
    assert_eq!(of_rule[0]["basis"], "literal");
    of_rule[0]["message"].as_str().unwrap().to_owned()
}

fn what_an_update_costs_is_not_documented() {
    for line in [
        "mu qwen3-8b --spec MU5x1 --hours 1",
        "ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 1",
    ] {
        assert_eq!(
            said(&quote(line), "deploy.update"),
            "a phased update runs two versions, and what of them is billed is not documented"
        );
    }
}

fn a_deployment_by_token_is_scaled_by_request() {
    assert_eq!(
        said(
            &quote("tokens qwen3-32b --input 1M --output 1M"),
            "deploy.tokens"
        ),
        "a deployment that is billed by token is scaled by request, with manual approval; by the \
        pages of 2026-09-22 it is released after a month without use"
    );
    let ordinary = quote("tokens qwen3-32b --rate standard --input 1M --output 1M");
    assert!(
        !rules_of(&ordinary)
            .iter()
            .any(|rule| rule.starts_with("deploy."))
    );
}

/// Six hours without a zone in their times, taken as the pattern of four days.
fn a_trace_is_taken_as_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls.csv");
    let rows = "time,input_tokens,output_tokens\n\
        2026-01-01 00:00:00,1000,0\n\
        2026-01-01 05:59:59,1000,0\n";
    std::fs::write(&path, rows).unwrap();
    let line = "tokens qwen3-max-2025-09-23 --scale-to 4 --trace";
    let quoted = quote(&format!("{line} {}", path.display()));
    // 8,000 tokens at ¥6 per 1M.
    assert_eq!(quoted["total"], "0.048");
    assert_eq!(rules_of(&quoted), ["trace", "trace"]);
    assert_eq!(
        quoted["notes"][1]["message"],
        "times without a zone are taken as UTC+8"
    );
}

fn hourly_prices_are_per_10k_and_1k_tpm_for_an_hour() {
    let quoted = quote("ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k --hours 10");
    assert_eq!(quoted["total"], "3744");
    assert_eq!(quoted["items"][0]["amount"], "2880");
    assert_eq!(quoted["items"][1]["amount"], "864");
    assert_eq!(
        rules_of(&quoted),
        [
            "ptu.overdue",
            "reservation.minimum",
            "ptu.weights",
            "deploy.region",
            "deploy.update"
        ]
    );
}

fn a_started_hour_of_throughput_is_billed_whole() {
    let quoted = quote("ptu qwen3.6-flash-2026-04-16 --input-tpm 50k --output-tpm 4k --hours 1.5");
    assert_eq!(quoted["total"], "42.64");
    assert_eq!(quoted["parameters"]["duration"], "PT1H30M");
    assert_eq!(quoted["parameters"]["billed"], "2 h");
    assert_eq!(
        quoted["notes"][0]["message"],
        "1h 30m, billed as 2 h: a started hour counts whole"
    );
    assert_eq!(
        quoted["notes"][1]["message"],
        "the reservation page meters by the minute: so read it would be ¥31.98, ¥10.66 less"
    );
    // Separate runs are rounded up one by one.
    let runs = "ptu qwen3.6-flash-2026-04-16 --input-tpm 50k --output-tpm 4k --hours 1.5 --runs 3";
    assert_eq!(total(runs), "127.92");
}

fn a_daily_subscription_costs_days_times_tpm() {
    let quoted = quote("ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7");
    assert_eq!(quoted["total_rounded"], "18076.80");
    // What always holds of a subscription, and no reading of its price.
    assert_eq!(
        rules_of(&quoted),
        [
            "ptu.early-end",
            "ptu.grace",
            "deploy.region",
            "deploy.update"
        ]
    );
}

fn a_late_order_expires_a_day_later() {
    let ptu = "ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 1";
    let in_time = quote(&format!("{ptu} --start 2026-06-01T21:59"));
    assert_eq!(in_time["schedule"]["expires"], "2026-06-01T23:59:00+08:00");
    let late = quote(&format!("{ptu} --start 2026-06-01T22:00:01"));
    assert_eq!(late["schedule"]["expires"], "2026-06-02T23:59:00+08:00");
    assert_eq!(late["total"], in_time["total"]);
}

fn service_stops_after_two_hours_and_resources_after_fourteen_more() {
    let ptu = "ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 1";
    for (start, stops, released) in [
        (
            "2026-06-01T21:59",
            "2026-06-02T01:59:00+08:00",
            "2026-06-02T15:59:00+08:00",
        ),
        (
            "2026-06-01T22:00:01",
            "2026-06-03T01:59:00+08:00",
            "2026-06-03T15:59:00+08:00",
        ),
    ] {
        let quoted = quote(&format!("{ptu} --start {start}"));
        assert_eq!(quoted["schedule"]["stops"], stops);
        assert_eq!(quoted["schedule"]["released"], released);
    }
}

/// The change from 30 days of PTU, of which 20 are used, to ordinary calls.
fn ended_after_twenty_days(as_of: &str) -> Value {
    let line = "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 --output-per-request 400 \
                --current ptu-daily --current-ends 10 --overlap 30m";
    json(&format!("{line} --as-of {as_of}"))["switch"][0]["term"]["now"].clone()
}

fn a_daily_subscription_could_not_be_ended() {
    let (code, stderr) =
        refused("quote ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 7 --cancel-after 2");
    assert_eq!(code, 2);
    assert!(stderr.starts_with("error: no flag or argument `--cancel-after` here\n"));
    let before = quote("ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 7 --as-of 2026-08-17");
    assert_eq!(
        rules_of(&before),
        [
            "ptu.no-early-end",
            "ptu.grace",
            "deploy.region",
            "deploy.update",
            "catalog"
        ]
    );
    let now = ended_after_twenty_days("2026-08-18");
    assert_eq!(
        (&now["refund"], &now["refund_rule"]),
        (&Value::from("0"), &Value::from("ptu.no-early-end"))
    );
}

/// 46,483.20 paid for 30 days; 20 days and the started hour of the overlap at 1,549.44 ÷ 24 count 1.2 times.
fn what_is_used_of_a_daily_subscription_is_settled() {
    let now = ended_after_twenty_days("2026-09-22");
    assert_eq!(
        (&now["refund"], &now["refund_rule"]),
        (&Value::from("9219.168"), &Value::from("ptu.early-end"))
    );
}

fn an_overdue_balance_exposes_to_a_day_more() {
    let quoted = quote("ptu qwen3.7-max-2026-05-20 --input-tpm 100k --output-tpm 10k --hours 10");
    let note = &quoted["notes"][0];
    assert_eq!(note["rule"], "ptu.overdue");
    assert_eq!(note["amount"], "8985.6");
    assert_eq!(quoted["total"], "3744");
}

/// Two weeks of 18,076.80, the second charged the day before the first expires on 06-07.
fn a_subscription_is_renewed_at_the_price_of_a_new_order() {
    let line = "ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7";
    let quoted = quote(&format!("{line} --renew 1 --start 2026-06-01T10:00"));
    assert_eq!(quoted["total"], "36153.6");
    let renewed = &quoted["renewals"]["terms"][1];
    assert_eq!(renewed["charged_on"], "2026-06-06");
    assert_eq!(renewed["cost"], "18076.8");
    let notes = quoted["notes"].as_array().unwrap();
    let readings = notes.iter().filter(|note| note["rule"] == "deploy.renew");
    assert!(readings.clone().count() > 0);
    assert!(readings.into_iter().all(|note| note["basis"] == "reading"));
}

fn an_overdue_account_can_call_no_model() {
    let quoted = quote("tokens glm-5.1 --input 1M --output 1M --requests 9 --free-quota 1M");
    let notes = quoted["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["rule"] == "free.overdue");
    assert_eq!(
        note.unwrap()["message"],
        "while the balance of the account is overdue no model can be called, also where free quota is left"
    );
}

fn the_maximum_input_is_on_the_price_card() {
    let card = json("models qwen3-max-2025-09-23");
    assert_eq!(card["models"][0]["ptu"]["max_input_tokens"], 128_000);
    let beyond = quote(
        "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 1 --rpm 1 --input-per-request 128001 --output-per-request 1",
    );
    assert_eq!(beyond["items"][2]["rule"], "ptu.max-input");
    assert_eq!(beyond["items"][2]["quantity"], "7680060");
    let at = quote(
        "ptu qwen3-max-2025-09-23 --input-tpm 130k --output-tpm 10k --hours 1 --rpm 1 --input-per-request 128000 --output-per-request 1",
    );
    assert_eq!(at["items"].as_array().map(Vec::len), Some(2));
}

fn calls_beyond_the_reservation_cost_the_standard_price() {
    let workload = "--rpm 30 --output-per-request 400";
    let ptu = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10";
    let quoted = quote(&format!("{ptu} {workload} --input-per-request 4000"));
    let amounts: Vec<&Value> = (0..4).map(|at| &quoted["items"][at]["amount"]).collect();
    assert_eq!(amounts, ["768", "308", "72", "28.8"]);
    let limits = "calls beyond a reservation fall under the public rate limits of the workspace, and may be slower";
    assert!(quoted.to_string().contains(limits), "{quoted:#}");
    assert_eq!(quoted["items"][2]["quantity"], "12000000");
    assert_eq!(quoted["items"][3]["quantity"], "1200000");
    assert_eq!(quoted["total"], "1176.8");
    // Ten times the input is another tier, and less of it fits.
    let larger = quote(&format!("{ptu} {workload} --input-per-request 40000"));
    assert_eq!(larger["items"][2]["unit_price"]["amount"], "10");
    assert_eq!(larger["items"][3]["unit_price"]["amount"], "40");
    let beyond = quote(&format!("{ptu} {workload} --input-per-request 130000"));
    assert_eq!(beyond["items"][2]["quantity"], "2340000000");
}

fn the_quota_takes_whole_calls() {
    // 10 of 30 calls fit on output, 25 on input: 20 a minute overflow, both sides of them.
    let quoted = quote(
        "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 4k --hours 1 --rpm 30 --input-per-request 4000 --output-per-request 400",
    );
    assert_eq!(quoted["items"][2]["quantity"], "4800000");
    assert_eq!(quoted["items"][3]["quantity"], "480000");
    assert!(rules_of(&quoted).contains(&"ptu.overflow-minute".to_owned()));
    // No call of 15,000 fits 10K: 7.68 + 3.08, 900,000 × 6 and 6,000 × 24 per million.
    let one = "ptu qwen3-max-2025-09-23 --input-tpm 10k --output-tpm 1k --hours 1 --rpm 1 --input-per-request 15k --output-per-request 100";
    assert_eq!(total(one), "16.304");
    // A minute has a call or none, so half a call a minute needs room for one: 10 × 92.16 and
    // 5 × 36.96 for 30 days, which is more than 21,600 calls at 10 and 40 per million.
    let compared = json(
        "compare qwen3-max-2025-09-23 --rpm 0.5 --input-per-request 100k --output-per-request 5k",
    );
    let option = |name: &str| {
        let options = compared["options"].as_array().unwrap();
        let found = options.iter().find(|option| option["option"] == name);
        found.unwrap()["quote"].clone()
    };
    // Only with a savings plan do they cost less.
    assert_eq!(compared["options"][1]["option"], "standard");
    assert_eq!(option("standard")["total"], "25920");
    let daily = option("ptu-daily");
    assert_eq!(daily["total"], "33192");
    assert_eq!(daily["parameters"]["input_tpm"], "100000");
    assert_eq!(daily["parameters"]["output_tpm"], "5000");
}

fn output_is_priced_by_mode() {
    let ptu = "ptu qwen-plus-2025-12-01 --input-tpm 50k --output-tpm 8k --days 30";
    for (mode, expected) in [
        ("", "4838.4"),
        ("--mode standard", "4838.4"),
        ("--mode non-thinking", "4838.4"),
        ("--mode code-interpreter", "8985.6"),
        ("--mode thinking", "8985.6"),
    ] {
        assert_eq!(total(&format!("{ptu} {mode}")), expected, "{mode}");
    }
}

/// The quote of a product of the known provider in units of 3,400 weighted tokens, sold from 15 on in fives at
/// ¥1 an hour: input counts 1 up to 32K of a call, 3 up to 256K and 6 beyond, output 8.
fn in_units(line: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"own\"\n[[model.capacity]]\n\
        unit = { name = \"PTU\", adds = { tokens = \"3400 TPM\" }, smallest = 15, step = 5, hour = \"1 per unit-hour\" }\n\
        [[model.capacity.meters]]\nname = \"tokens\"\nweights = [\n\
        { up_to = \"32K tokens\", input = \"1\", output = \"8\" },\n\
        { up_to = \"256K tokens\", input = \"3\", output = \"8\" },\n{ input = \"6\", output = \"8\" },\n]\n";
    std::fs::write(&path, text).unwrap();
    quote(&format!("ptu own {line} --catalog {}", path.display()))
}

/// Of a quote the message of its only note with this rule and this word.
fn message(quote: &Value, rule: &str, word: &str) -> String {
    let notes = quote["notes"].as_array().unwrap();
    let mut said = notes.iter().filter(|note| note["rule"] == rule);
    let said = said.find(|note| note["message"].as_str().unwrap().contains(word));
    said.unwrap()["message"].as_str().unwrap().to_owned()
}

/// 250,000 + 8 × 13,750 = 360,000 weighted tokens a minute are 105.88 units of 3,400, and 110 in fives.
fn units_hold_tokens_a_minute_and_are_bought_whole() {
    let quoted = in_units("--input-tpm 250k --output-tpm 13750 --hours 2");
    assert_eq!(quoted["parameters"]["units"], "110");
    assert_eq!(quoted["total"], "220");
    assert_eq!(
        message(&quoted, "ptu.units", "bought"),
        "250,000 input and 13,750 output TPM, of calls with up to 32K input tokens, take 360,000 weighted tokens a minute: 105.88 PTU, bought as 110 PTU"
    );
    assert_eq!(
        message(&quoted, "ptu.units", "one PTU"),
        "one PTU holds 3,400 weighted tokens a minute, and 110 PTU hold 374,000 weighted tokens a minute"
    );
}

/// A call of 50,000 input tokens takes 32,000 + 18,000 × 3 = 86,000: 25.3 units, 30 in fives.
fn a_call_takes_what_its_tokens_count() {
    let quoted = in_units(
        "--fit peak --hours 1 --rpm 1 --input-per-request 50k --output-per-request 0 --on-overflow reject",
    );
    assert_eq!(quoted["parameters"]["units"], "30");
    assert!(message(&quoted, "ptu.steps", "sized").contains(": 86,000 weighted tokens a minute"));
    assert_eq!(
        message(&quoted, "ptu.weights", "counts"),
        "what a token counts: input 1, output 8 up to 32K tokens of a call's input; input 3, output 8 up to 256K tokens of a call's input; input 6, output 8 beyond"
    );
}

fn an_odd_tpm_is_priced_and_noted() {
    let quoted = quote("ptu glm-5.1 --input-tpm 15k --output-tpm 1500 --days 1");
    assert_eq!(quoted["total"], "544.32");
    assert_eq!(
        rules_of(&quoted),
        [
            "ptu.early-end",
            "ptu.grace",
            "ptu.steps",
            "ptu.steps",
            "reservation.minimum",
            "deploy.region",
            "deploy.update",
            "catalog",
            "catalog"
        ]
    );
}

fn the_price_is_for_the_whole_specification() {
    let quoted = quote("mu qwen3-8b --spec MU1x2 --hours 1");
    assert_eq!(quoted["total"], "108");
    assert_eq!(
        rules_of(&quoted),
        [
            "mu.bundle",
            "ptu.overdue",
            "mu.first-come",
            "deploy.region",
            "deploy.update",
            "catalog",
            "catalog"
        ]
    );
}

fn a_started_minute_of_a_replica_is_billed_whole() {
    let quoted = quote("mu qwen3-8b --spec MU1x2 --replicas 3 --hours 90.5m");
    assert_eq!(quoted["total_rounded"], "491.40");
    assert_eq!(quoted["parameters"]["billed"], "91 min");
}

fn months_are_whole() {
    assert_eq!(
        total("mu glm-4.7 --spec MU6x32 --replicas 2 --months 3"),
        "2321088"
    );
    let (code, _) = refused("quote mu glm-4.7 --months 1.5");
    assert_eq!(code, 2);
}

fn used_days_are_charged_at_one_point_two() {
    let mu = "mu qwen3-8b --spec MU5x1 --months 1 --cancel-after";
    let early = quote(&format!("{mu} 6.5"));
    assert_eq!(
        early["cancellation"],
        serde_json::json!({
            "used_days": "7", "paid": "10139", "charged": "2838.92", "refund": "7300.08"
        })
    );
    assert_eq!(early["total"], "2838.92");
    // 1.2 × 25 ÷ 30 is the whole month: what was paid, and not more, by its days.
    let exact = quote(&format!("{mu} 25"));
    assert_eq!(exact["items"][0]["quantity"], "25");
    assert_eq!(exact["total"], "10139");
    let capped = quote(&format!("{mu} 26"));
    let line = &capped["items"][0];
    assert_eq!(
        ["id", "description", "quantity", "rule"].map(|field| &line[field]),
        [
            "mu.cancellation",
            "Cancelled early",
            "1",
            "mu.cancel-first-month"
        ]
    );
    assert_eq!(
        capped["cancellation"],
        serde_json::json!({
            "used_days": "26", "paid": "10139", "charged": "10139", "refund": "0"
        })
    );
}

fn a_later_cancellation_is_refused() {
    // 31 × 1.2 × 10,139 ÷ 30; in November the first month has 30 days.
    let mu = "mu qwen3-8b --spec MU5x1 --months 2";
    assert_eq!(total(&format!("{mu} --cancel-after 31")), "12572.36");
    let november = format!("{mu} --start 2026-11-01T10:00 --cancel-after");
    assert_eq!(total(&format!("{november} 30")), "12166.8");
    let (code, _) = refused(&format!("quote {november} 31"));
    assert_eq!(code, 1);
    let (code, stderr) = refused(&format!("quote {mu} --cancel-after 32"));
    assert_eq!(code, 1);
    assert!(stderr.contains("not documented (`mu.cancel-later`)"));
}

fn capacity_is_first_come_first_served() {
    let by_the_hour = quote("mu qwen3-8b --spec MU5x1 --hours 1");
    assert_eq!(
        rules_of(&by_the_hour),
        [
            "ptu.overdue",
            "mu.first-come",
            "deploy.region",
            "deploy.update",
            "catalog",
            "catalog"
        ]
    );
    let by_the_month = quote("mu qwen3-8b --spec MU5x1 --months 1");
    assert_eq!(
        rules_of(&by_the_month),
        ["deploy.region", "deploy.update", "catalog", "catalog"]
    );
}

fn a_pd_separated_specification_has_its_own_price() {
    let quoted = quote("mu qwen3.6-plus-2026-04-02 --spec MU1x16 --hours 24");
    assert_eq!(quoted["total"], "20736");
    assert_eq!(quoted["parameters"]["pd_separated"], true);
    assert_eq!(
        said(&quoted, "mu.pd"),
        "prefill and decode run on separate nodes, so the first token comes sooner"
    );
    let plain = quote("mu qwen3-8b --spec MU5x1 --hours 1");
    assert!(!rules_of(&plain).contains(&"mu.pd".to_owned()));
}

fn a_specification_without_a_count_is_one_unit() {
    let quoted = quote("mu cosyvoice-v3-flash --spec MU5x1 --hours 10");
    assert_eq!(quoted["total"], "210");
    assert_eq!(
        rules_of(&quoted),
        [
            "mu.count-one",
            "ptu.overdue",
            "mu.first-come",
            "deploy.region",
            "deploy.update"
        ]
    );
}

fn fine_tuned_tokens_are_priced_per_thousand() {
    let tokens = "tokens qwen3-32b --input 1,234,567 --output 345,678 --mode";
    let quoted = quote(&format!("{tokens} non-thinking"));
    assert_eq!(quoted["total"], "5.234558");
    assert_eq!(quoted["total_rounded"], "5.23");
    let thinking = quote(&format!("{tokens} thinking"));
    assert_eq!(thinking["total"], "9.382694");
    assert_eq!(thinking["total_rounded"], "9.38");
}

fn ordinary_calls_are_priced_per_million() {
    let quoted = quote("tokens deepseek-v3.2 --input 1M --output 1M");
    assert_eq!(quoted["total"], "5");
    assert_eq!(quoted["parameters"]["rate"], "standard");
    assert_eq!(quoted["items"][0]["rule"], "tokens.standard");
}

fn the_average_request_picks_the_tier() {
    let quoted = quote("tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25");
    assert_eq!(quoted["total_rounded"], "14.00");
    // 32,768 input tokens are still the first tier, one more is the second.
    let edge = "tokens qwen3-max-2025-09-23 --output 0 --requests 1 --input";
    assert_eq!(total(&format!("{edge} 32768")), "0.196608");
    assert_eq!(total(&format!("{edge} 32769")), "0.32769");
}

fn batch_calls_cost_half() {
    let quoted =
        quote("tokens qwen3-max-2025-09-23 --input 1M --output 100k --requests 25 --batch");
    assert_eq!(quoted["total"], "7");
    assert_eq!(quoted["items"][0]["rule"], "tokens.batch");
}

fn billing_runs_from_deployed_to_deleted() {
    let quoted = quote("mu qwen3-8b --spec MU5x1 --hours 90m --start 2026-06-01T21:59");
    assert_eq!(quoted["schedule"], Value::Null);
    assert_eq!(
        quoted["notes"][2]["message"],
        "billed from 2026-06-01 21:59:00, when deploying has succeeded, until 2026-06-01 23:29:00, when deleting completes"
    );
}

fn switching_costs_the_old_price_for_the_overlap() {
    // Two hours of overlap: the old deployment, quoted for them, is what the switch costs.
    assert_eq!(total("mu qwen3-8b --spec MU5x1 --hours 2"), "42");
}

fn where_models_run_is_said_as_of_the_day() {
    let all = json("models");
    let models = all["models"].as_array().unwrap();
    let models = models.iter();
    let models: Vec<&Value> = models
        .filter(|model| model["provider"] == "alibaba")
        .collect();
    assert!(models.len() > 60);
    assert!(models.iter().all(|model| model["region"] == "cn-beijing"));
    let quoted = quote("mu qwen3-8b --spec MU5x1 --hours 1");
    let sentence = "models are deployed in China (Beijing) only";
    assert_eq!(said(&quoted, "deploy.region"), sentence);
    // Of throughput there are prices of Singapore, too.
    let quoted = quote("ptu glm-5.1 --input-tpm 10k --output-tpm 1k --hours 1");
    let sentence = "the model runs in China (Beijing)";
    assert_eq!(said(&quoted, "deploy.region"), sentence);
}

fn what_is_given_up_of_a_term_comes_back() {
    // 150 a month, 24 of 30 days used, down to 120: (150 − 24 × 5) × (5 − 4) ÷ 5.
    let downgrade = Downgrade {
        paid: 150.into(),
        consumed: 120.into(),
        old_per_day: 5.into(),
        new_per_day: 4.into(),
    };
    assert_eq!(downgrade.refund().unwrap().value, 6.into());
    let folder = tempfile::TempDir::new().unwrap();
    let plan = folder.path().join("plan.toml");
    let text = "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"ptu\"\n\
         model = \"qwen3-max-2025-09-23\"\nterm = \"subscription\"\n\
         input_tpm = \"10k\"\noutput_tpm = 0\nphases = [{ days = 6, input_tpm = \"20k\" }]\n";
    std::fs::write(&plan, text).unwrap();
    let report = json(&format!("check {}", plan.display()));
    // 30 days of 20K at ¥92.16 a 10K, and 24 days of 10K back.
    assert_eq!(report["total"], "3317.76");
    let back = &report["deployments"][0]["parts"][1]["quote"];
    assert_eq!(back["items"][0]["amount"], "-2211.84");
    assert!(rules_of(back).contains(&"deploy.downgrade".to_owned()));
}

fn an_autoscaled_deployment_costs_the_sum_of_its_hours() {
    // 2 replicas for 1 hour and 6 for 9 hours, at ¥21 an hour each.
    let low = total("mu qwen3-rerank --replicas 2 --hours 1");
    let high = total("mu qwen3-rerank --replicas 6 --hours 9");
    assert_eq!((low.as_str(), high.as_str()), ("42", "1134"));
    // Between 2 and 6 replicas for 10 hours: from ¥420 to ¥1,260, and ¥1,176 lies between.
    assert_eq!(total("mu qwen3-rerank --replicas 2 --hours 10"), "420");
    assert_eq!(total("mu qwen3-rerank --replicas 6 --hours 10"), "1260");
}

const MILLION: &str = "tokens deepseek-v3.2 --input 1M --output 0";

fn an_expired_quota_offsets_nothing() {
    let expires = |day| quote(&format!("{MILLION} --free-quota 1M --free-expires {day}"));
    let last_day = expires("2026-11-20");
    assert_eq!(last_day["total"], "0");
    let day_after = expires("2026-11-19");
    assert_eq!(day_after["total"], "2");
    assert_eq!(rules_of(&day_after), ["free.validity", "free.overdue"]);
}

fn a_quota_offsets_real_time_calls_only() {
    let quoted = quote(&format!("{MILLION} --free-quota 1M --batch"));
    assert_eq!(quoted["total"], "1");
    assert_eq!(
        rules_of(&quoted),
        ["free.scope", "free.overdue", "tokens.batch"]
    );
}

fn an_account_and_its_users_share_a_quota() {
    let quoted = quote(&format!(
        "{MILLION} --free-quota 1,000,000 --free-used 100,000 --free-used 200,000"
    ));
    assert_eq!(quoted["funding"]["offset_tokens"], "700000");
    assert_eq!(rules_of(&quoted)[0], "free.shared");
}

fn a_quota_is_one_models_own() {
    let compared = json(
        "compare deepseek-v3.2 glm-5.1 --rpm 1 --input-per-request 100 --output-per-request 0 --free-quota 1B",
    );
    let totals: Vec<(&Value, &Value)> = compared["options"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|option| option["option"] == "standard")
        .map(|option| {
            let quote = &option["quote"];
            (&quote["model"]["code"], &quote["total"])
        })
        .collect();
    // 43,200 requests of 100 tokens, at ¥6 per 1M.
    assert_eq!(
        totals,
        [
            (&"deepseek-v3.2".into(), &"0".into()),
            (&"glm-5.1".into(), &"25.92".into())
        ]
    );
    let caveat = &compared["options"][0]["caveats"][0];
    assert_eq!(caveat["rule"], "free.per-model");
}

fn tokens_beyond_a_quota_cost_the_list_price() {
    let quoted = quote(&format!("{MILLION} --free-quota 600k"));
    assert_eq!(quoted["total"], "0.8");
    assert_eq!(
        rules_of(&quoted),
        ["free.scope", "free.overrun", "free.notice", "free.overdue"]
    );
}

fn a_quota_is_used_by_input_and_output_in_proportion() {
    let quoted = quote("tokens deepseek-v3.2 --input 900k --output 100k --free-quota 500k");
    assert_eq!(quoted["items"][2]["quantity"], "450000");
    assert_eq!(quoted["items"][3]["quantity"], "50000");
    assert_eq!(quoted["total"], "1.05");
    assert!(rules_of(&quoted).contains(&"free.mix".to_owned()));
}

fn nobody_is_told_when_a_quota_is_used_up() {
    // By the rules before 2026-09-22.
    let rules = |free| {
        rules_of(&quote(&format!(
            "{MILLION} --free-quota {free} --as-of 2026-09-21"
        )))
    };
    assert_eq!(rules("1,000,001"), ["free.scope", "free.overdue"]);
    assert_eq!(
        rules("1,000,000"),
        ["free.scope", "free.no-notice", "free.overdue"]
    );
}

fn a_quota_pays_for_overflow_only_where_a_person_says_so() {
    // ¥1,126.40 of which 6M tokens at ¥6 and 600,000 at ¥24 are offset: ¥50.40.
    let line = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400";
    let plain = quote(line);
    let given = quote(&format!("{line} --free-quota 6.6M"));
    assert_eq!(given["total"], plain["total"]);
    let covered = quote(&format!("{line} --free-quota 6.6M --free-covers-overflow"));
    assert_eq!(
        (&plain["total"], &covered["total"]),
        (&"1176.8".into(), &"1126.4".into())
    );
}

fn what_is_used_of_a_quota_is_shown_late() {
    let said = |as_of: &str| {
        let line = format!("{MILLION} --free-quota 2M --free-used 100k --as-of {as_of}");
        quote(&line)["notes"][0]["message"].clone()
    };
    let late = |by: &str| {
        format!(
            "what is used of the free quota is shown up to {by} late, so less can be left than it says"
        )
    };
    assert_eq!(said("2026-09-21"), late("1 hour"));
    assert_eq!(said("2026-09-22"), late("1 minute"));
}

fn people_are_told_at_a_fifth_left_and_at_nothing() {
    let rules = |free| rules_of(&quote(&format!("{MILLION} --free-quota {free}")));
    assert_eq!(rules("1,000,001"), ["free.scope", "free.overdue"]);
    assert_eq!(
        rules("1,000,000"),
        ["free.scope", "free.notice", "free.overdue"]
    );
}

fn packages_of_a_free_quota_page_come_after_it() {
    // 600,000 tokens, 300,000, and 100,000 of ¥2 per 1M.
    let quoted = quote(&format!("{MILLION} --free-quota 600k --package 300k"));
    let rules: Vec<&Value> = (2..4).map(|at| &quoted["items"][at]["rule"]).collect();
    assert_eq!(rules, ["free.scope", "free.order"]);
    assert_eq!(quoted["total"], "0.2");
}

fn a_switch_stops_calls_when_a_quota_is_used_up() {
    let quoted = quote(&format!("{MILLION} --free-quota 600k --postpaid off"));
    assert_eq!(quoted["funding"]["unserved_tokens"], "400000");
    assert_eq!(quoted["total"], "0");
}

fn what_pays_without_a_document_is_what_a_person_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"own\"\nname = \"Own\"\nregion = \"r\"\nregion_name = \"R\"\ncurrency = \"CNY\"\n\
        [[model]]\ncode = \"m\"\n[[model.standard]]\ntiers = [{ input = \"2 per 1M tokens\", output = \"3 per 1M tokens\" }]\n";
    std::fs::write(&path, text).unwrap();
    let quoted = quote(&format!(
        "tokens m --input 1M --output 0 --free-quota 600k --catalog {}",
        path.to_str().unwrap()
    ));
    assert_eq!(quoted["items"][2]["rule"], "funding");
    assert_eq!(quoted["total"], "0.8");
}

fn traffic_above_a_reservation_is_billed_by_token() {
    let (_folder, prices) = support::example_catalog("tencent.toml");
    let quoted = quote(&format!(
        "ptu tencent/chat-model --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --catalog {prices}"
    ));
    // 10 × (10 × ¥12 + 10 × ¥5), 12M tokens at ¥4 and 1.2M at ¥16.
    let amounts: Vec<&Value> = (0..4).map(|at| &quoted["items"][at]["amount"]).collect();
    assert_eq!(amounts, ["1200", "500", "48", "19.2"]);
    let rules: Vec<&Value> = (0..4).map(|at| &quoted["items"][at]["rule"]).collect();
    assert_eq!(rules, ["service.mode"; 4]);
    assert_eq!(
        quoted["funding"]["modes"],
        serde_json::json!(["TPM Reservation", "Pay-as-you-go"])
    );
}

fn the_free_trial_is_consumed_first() {
    let (_folder, prices) = support::example_catalog("tencent.toml");
    let quoted = quote(&format!(
        "tokens tencent/chat-model --input 1M --output 0 --free-quota 600k --package 300k --catalog {prices}"
    ));
    let quantities: Vec<(&Value, &Value)> = quoted["items"].as_array().unwrap()[2..]
        .iter()
        .map(|item| (&item["id"], &item["quantity"]))
        .collect();
    assert_eq!(
        quantities,
        [
            (&"credit.free-quota".into(), &"600000".into()),
            (&"credit.package".into(), &"300000".into())
        ]
    );
    assert_eq!(quoted["total"], "0.4");
    assert_eq!(rules_of(&quoted), ["service.order", "service.status"]);
}

fn without_postpaid_a_used_up_service_is_stopped() {
    let (_folder, prices) = support::example_catalog("tencent.toml");
    let million = "tokens tencent/chat-model --input 1M --output 0";
    let funding = |line: &str| {
        let line = format!("{million} --postpaid off {line} --catalog {prices}");
        quote(&line)["funding"].clone()
    };
    let stopped = funding("--free-quota 600k");
    assert_eq!(stopped["status"], "Stopped");
    assert_eq!(stopped["unserved_tokens"], "400000");
    assert_eq!(funding("--free-quota 1,000,001")["status"], "Running");
}

fn a_reservation_needs_a_custom_service() {
    let (_folder, prices) = support::example_catalog("tencent.toml");
    let quoted = quote(&format!(
        "ptu tencent/chat-model --input-tpm 10k --output-tpm 1k --months 3 --catalog {prices}"
    ));
    assert_eq!(quoted["total"], "16800");
    assert_eq!(rules_of(&quoted), ["service.type"]);
}

fn a_discount_is_a_line_of_its_own() {
    let quoted =
        quote("ptu qwen3-max-2025-09-23 --input-tpm 200k --output-tpm 20k --days 7 --discount 15%");
    assert_eq!(quoted["items"][2]["id"], "discount");
    assert_eq!(quoted["items"][2]["amount"], "-2711.52");
    assert_eq!(quoted["total"], "15365.28");
}

#[test]
fn a_discount_off_an_amount_that_does_not_end_leaves_what_ends() {
    // ¥47 × 1 ÷ 60 × 0.9 is ¥0.705, and shown it is ¥0.71.
    let quoted = quote("mu qwen3.6-35b-a3b --spec MU8x1 --hours 1m --discount 10%");
    assert_eq!(quoted["items"][0]["amount"], "0.783333333333");
    assert_eq!(quoted["items"][1]["amount"], "-0.078333333333");
    assert_eq!(quoted["total"], "0.705");
    assert_eq!(quoted["total_rounded"], "0.71");
}
