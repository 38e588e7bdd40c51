//! Units of Azure and Google, with the examples of their own pages.

use serde_json::Value;

use super::support::{quote, rules_of, total};

/// The message of a rule in a quote, and whether it is a reading.
fn said(quoted: &Value, rule: &str) -> (String, String) {
    let notes = quoted["notes"].as_array().unwrap();
    let note = notes.iter().find(|note| note["rule"] == rule);
    let note = note.unwrap_or_else(|| panic!("no {rule}: {notes:?}"));
    let text = |key: &str| note[key].as_str().unwrap().to_owned();
    (text("message"), text("basis"))
}

/// 100 PTU for a month and a year: 100 × 260, 100 × 2,652. By the hour 15 minutes of them are 100 × 1 ÷ 4.
pub fn a_reservation_is_a_discount_on_units_by_the_hour() {
    let ptu = "ptu gpt-5.2 --units 100";
    assert_eq!(total(&format!("{ptu} --hours 15m")), "25");
    assert_eq!(total(&format!("{ptu} --months 1")), "26000");
    let year = quote(&format!("{ptu} --years 1"));
    assert_eq!(year["total"], "265200");
    let (message, basis) = said(&year, "azure.reservation");
    assert!(message.contains("no capacity") && basis == "literal");
    let hour = quote(&format!("{ptu} --hours 1"));
    assert!(!rules_of(&hour).contains(&"azure.reservation".to_owned()));
}

/// 100 × 286 a month and 100 × 1.10 an hour in a data zone; 100 × 2,916 a year and 100 × 2 an hour in a region.
pub fn types_of_deployments_have_prices_of_a_second_hand_source() {
    let ptu = "ptu gpt-5.2 --units 100";
    let month = quote(&format!("{ptu} --months 1 --region data-zone"));
    assert_eq!(month["total"], "28600");
    let (message, basis) = said(&month, "azure.types");
    assert!(message.contains("another source") && basis == "reading");
    let hour = format!("{ptu} --hours 1 --region");
    assert_eq!(total(&format!("{hour} data-zone")), "110");
    assert_eq!(total(&format!("{hour} regional")), "200");
    assert_eq!(
        total(&format!("{ptu} --years 1 --region regional")),
        "291600"
    );
    let global = quote(&format!("{ptu} --months 1"));
    assert!(!rules_of(&global).contains(&"azure.types".to_owned()));
}

/// 15 PTU are 51,000 weighted tokens a minute: 11 of 100 calls of 2,000 + 8 × 300. The others are 89 × 60 an hour.
pub fn calls_beyond_units_spill_over_where_that_is_set_up() {
    let load = "--rpm 100 --input-per-request 2000 --output-per-request 300";
    let ptu = format!("ptu gpt-5.2 --units 15 --hours 1 {load}");
    let billed = quote(&ptu);
    // 15 + 10,680,000 × 1.75 and 1,602,000 × 14 a million.
    assert_eq!(billed["total"], "56.118");
    let (message, basis) = said(&billed, "azure.spillover");
    assert!(message.contains("spillover") && basis == "literal");
    assert_eq!(total(&format!("{ptu} --on-overflow reject")), "15");
    let fits = quote(
        "ptu gpt-5.2 --units 130 --hours 1 --rpm 100 --input-per-request 2000 --output-per-request 300",
    );
    assert!(!rules_of(&fits).contains(&"azure.spillover".to_owned()));
}

/// 110 PTU hold 110 × 3,400 weighted tokens a minute.
pub fn the_gauge_of_azure_is_taken_as_a_quota_per_minute() {
    let quoted = quote("ptu gpt-5.2 --units 110 --hours 1");
    let (message, basis) = said(&quoted, "azure.gauge");
    assert!(message.contains("374,000 weighted tokens a minute") && basis == "reading");
    the_examples_of_the_sizing_page_hold();
}

/// 1,000 calls a minute of 200 and 20 tokens are 360,000 weighted tokens: 105.88 PTU, of which 110 are sold. With
/// half of the input cached they are 260,000: 76.47, so 80. Of 100 and 50 tokens in a region, 500,000: 147.06,
/// which is 150 in steps of 50.
fn the_examples_of_the_sizing_page_hold() {
    let units = |line: &str| {
        let quoted = quote(line);
        quoted["parameters"]["units"].as_str().unwrap().to_owned()
    };
    let fit = "ptu gpt-5.2 --fit peak --hours 1 --rpm 1000";
    let zone = format!("{fit} --region data-zone --input-per-request 200 --output-per-request 20");
    assert_eq!(units(&zone), "110");
    assert_eq!(units(&format!("{zone} --cached-per-request 100")), "80");
    assert_eq!(
        units(&format!(
            "{fit} --region regional --input-per-request 100 --output-per-request 50"
        )),
        "150"
    );
    let of_tpm = quote("ptu gpt-5.2 --input-tpm 200k --output-tpm 20k --hours 1");
    let (message, _) = said(&of_tpm, "catalog");
    assert_eq!(
        message,
        "200,000 input and 20,000 output TPM take 360,000 weighted tokens a minute: 105.88 PTU, bought as 110 PTU"
    );
}

/// 1,200 a week and 2,700 a month; 3.2877 × 2,190 hours for three months and 2.7397 × 8,760 for a year.
pub fn terms_of_google_have_730_hours_a_month() {
    let unit = "ptu gemini-2.5-pro --units 1";
    assert_eq!(total(&format!("{unit} --weeks 1")), "1200");
    assert_eq!(total(&format!("{unit} --months 1")), "2700");
    let quarter = quote(&format!("{unit} --quarters 1"));
    assert_eq!(quarter["total"], "7200.063");
    let (message, basis) = said(&quarter, "google.terms");
    assert!(message.contains("730 hours") && basis == "reading");
    assert_eq!(total(&format!("{unit} --years 1")), "23999.772");
}

/// 650 tokens a second are 39,000 a minute. The page's example: 10 calls a second of 1,000 tokens of text and 500 of
/// audio, which count 7 each, with 300 of output, which count 4, are 57,000 a second: 16.96 units of 3,360, so 17.
pub fn tokens_a_second_are_counted_by_the_minute() {
    let quoted = quote("ptu gemini-2.5-pro --units 1 --weeks 1");
    let (message, basis) = said(&quoted, "google.minute");
    assert!(message.contains("39,000 weighted tokens a minute") && basis == "reading");
    let example = quote(
        "ptu gemini-2.0-flash --catalog tests/clouds/gsu.toml --input-tpm 2_700_000 --output-tpm 180k --weeks 1",
    );
    assert_eq!(example["parameters"]["units"], "17");
    let (message, _) = said(&example, "catalog");
    assert_eq!(
        message,
        "2,700,000 input and 180,000 output TPM take 3,420,000 weighted tokens a minute: 16.96 GSU, bought as 17 GSU"
    );
}
