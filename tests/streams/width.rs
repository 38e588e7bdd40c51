//! Tables fit 80 columns, and their numbers are never broken.

use serde_json::Value;

use super::run;

fn models() -> Vec<Value> {
    let json: Value = serde_json::from_str(&run("models --json", false).stdout).unwrap();
    json["models"].as_array().unwrap().clone()
}

/// Every way to buy a model, as command lines with these quantities. All of them work.
fn quotes(model: &Value, tpm: &str, hours: &str, tokens: &str, replicas: &str) -> Vec<String> {
    let code = model["code"].as_str().unwrap();
    let mut quotes = Vec::new();
    if let Some(output) = model["ptu"]["hour"]["output_per_1k_tpm"].as_object() {
        for mode in output.keys() {
            let mode = mode_flag(mode);
            let ptu = format!("quote ptu {code} --input-tpm {tpm} --output-tpm {tpm}{mode}");
            quotes.push(format!("{ptu} --hours {hours}"));
            quotes.push(format!("{ptu} --days 7 --start 2026-12-01T23:00"));
        }
    }
    let terms = ["hour", "month", "week", "quarter", "year"];
    for term in terms
        .iter()
        .filter(|term| !model["capacity"][**term].is_null())
    {
        let units = format!("quote ptu {code} --units");
        match *term {
            "hour" => {
                // A number that every step divides.
                quotes.push(format!("{units} 999900 --hours {hours}"));
                quotes.push(format!(
                    "{units} 999900 --hours {hours} --rpm 1000000 --input-per-request 9000 --output-per-request 900"
                ));
            }
            term => quotes.push(format!(
                "{units} 999900 --{term}s 3 --start 2026-12-01T23:00"
            )),
        }
    }
    if !model["mu"].as_array().unwrap().is_empty() {
        let mu = format!("quote mu {code} --replicas {replicas}");
        quotes.push(format!("{mu} --hours {hours}"));
        quotes.push(format!(
            "{mu} --months 1 --cancel-after 6.5 --start 2026-12-01T23:00"
        ));
    }
    for offer in model["dtu"].as_array().into_iter().flatten() {
        let spec = offer["spec"].as_str().unwrap();
        quotes.push(format!(
            "quote dtu {code} --spec {spec} --units {replicas} --months 12 --start 2026-12-01T23:00"
        ));
    }
    if let Some(output) = model["fine_tuned"]["output_per_1k"].as_object() {
        for mode in output.keys() {
            let mode = mode_flag(mode);
            quotes.push(format!(
                "quote tokens {code} --input {tokens} --output {tokens}{mode}"
            ));
        }
    }
    for tier in model["standard"]["tiers"].as_array().into_iter().flatten() {
        let mode = mode_flag(tier["mode"].as_str().unwrap());
        let output = if tier["output_per_1m"].is_null() {
            "0"
        } else {
            tokens
        };
        quotes.push(format!(
            "quote tokens {code} --rate standard --input {tokens} --output {output} --requests {tokens}{mode}"
        ));
    }
    assert!(!quotes.is_empty(), "{code}");
    quotes
}

fn mode_flag(mode: &str) -> String {
    match mode {
        "default" | "any" => String::new(),
        mode => format!(" --mode {mode}"),
    }
}

/// The lines of more than 80 characters, none of which is wider than a column.
fn too_wide(args: &str) -> Vec<String> {
    let outcome = run(args, false);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{args}");
    let lines = outcome.stdout.lines();
    lines
        .filter(|line| line.chars().count() > 80)
        .map(str::to_owned)
        .collect()
}

#[test]
fn quotes_of_every_model_fit_80_columns() {
    let mut wide = Vec::new();
    for model in models() {
        for quote in quotes(&model, "123456", "90.5", "1234567", "12") {
            wide.extend(too_wide(&quote));
            wide.extend(too_wide(&format!(
                "{quote} --discount 12.5% --fx USD=0.1389"
            )));
        }
    }
    assert_eq!(wide, [""; 0]);
}

#[test]
fn the_list_and_every_price_card_fit_80_columns() {
    let mut wide = too_wide("models");
    for model in models() {
        wide.extend(too_wide(&format!(
            "models {}",
            model["code"].as_str().unwrap()
        )));
    }
    assert_eq!(wide, [""; 0]);
}

/// Every way to buy a model in the largest quantities that are taken.
fn extreme(model: &Value) -> Vec<String> {
    let most = "999999999999999";
    quotes(model, most, "876000", most, "1000000")
}

#[test]
fn extreme_quantities_fit_80_columns() {
    let quotes: Vec<String> = models().iter().flat_map(extreme).collect();
    let wide: Vec<String> = quotes.iter().flat_map(|quote| too_wide(quote)).collect();
    assert_eq!(wide, [""; 0]);
}

#[test]
fn extreme_totals_stand_unbroken_on_their_line() {
    let quotes = models().into_iter().flat_map(|model| {
        let sign = match model["currency"].as_str().unwrap() {
            "CNY" => "¥".to_owned(),
            other => format!("{other} "),
        };
        let quotes = extreme(&model).into_iter();
        quotes
            .map(|quote| (quote, sign.clone()))
            .collect::<Vec<_>>()
    });
    for (quote, sign) in quotes {
        let json = run(&format!("{quote} --json"), false).stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        let quotes = json["quotes"].as_array().unwrap().iter();
        let rounded = quotes.map(|quote| quote["total_rounded"].as_str().unwrap());
        let totals: Vec<String> = rounded
            .map(|total| format!("{sign}{}", grouped(total)))
            .collect();
        let table = run(&quote, false).stdout;
        let lines = table
            .lines()
            .filter_map(|line| line.strip_prefix(" Total "));
        assert_eq!(lines.map(str::trim).collect::<Vec<_>>(), totals, "{quote}");
    }
}

/// `1234567.89` as `1,234,567.89`.
fn grouped(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').unwrap();
    let groups = whole.as_bytes().rchunks(3).rev();
    let groups: Vec<&str> = groups.map(|group| str::from_utf8(group).unwrap()).collect();
    format!("{}.{fraction}", groups.join(","))
}

#[test]
fn numbers_too_long_for_four_columns_stand_below_each_other() {
    let quote = "quote ptu qwen-plus-2025-12-01 --mode code-interpreter --hours 876000 \
        --input-tpm 999,999,999,999,999 --output-tpm 999,999,999,999,999";
    assert_eq!(
        run(quote, false).stdout,
        "\
¥1,850,111,999,999,998,149.89 for Qwen-Plus-2025-12-01 · PTU, code-interpreter ·
999,999,999,999,999 / 999,999,999,999,999 TPM · 876,000 h · pay-as-you-go ·
cn-beijing

 Item               Unit price                                     Amount
 Input throughput   ¥1.92 per 10K TPM-hour    ¥168,191,999,999,999,831.81
     999,999,999,999,999 TPM × 876,000 h
 Output throughput  ¥1.92 per 1K TPM-hour   ¥1,681,919,999,999,998,318.08
     999,999,999,999,999 TPM × 876,000 h
 ────────────────────────────────────────────────────────────────────────
 Total                                      ¥1,850,111,999,999,998,149.89

 Notes
   ptu.overdue: with an overdue balance the deployment is kept and billed for 24
     hours more, then released: ¥50,687,999,999,999.95, not in the total; when
     the balance is topped up it comes back and is billed again, unless its task
     is deleted
   ptu.steps (a reading): input of 999,999,999,999,999 TPM is not a multiple of
     10K, the step in which TPM is priced: it may not be for sale in this size
   ptu.steps (a reading): output of 999,999,999,999,999 TPM is not a multiple of
     1K, the step in which TPM is priced: it may not be for sale in this size

 Always: ptu.price-unit, deploy.region, deploy.update

 `--details` shows what always holds and sources
"
    );
}
