//! One quote with its total in another currency.

use super::Markets;
use super::support::{quote, refused, stdout};

const LINE: &str = "mu qwen3-8b --spec MU5x1 --hours 1 --replicas 3";

#[test]
fn a_rate_of_two_sides_is_repeated_as_it_was_stated() {
    // 63 ÷ 7.2 is 8.75; 63 × 100 ÷ 4.7 does not end.
    assert_eq!(
        stdout(&format!(
            "quote {LINE} --fx 1USD=7.2CNY --fx 100JPY=4.70CNY --fx HKD=1.08"
        )),
        "\
¥63.00 for Qwen3-8B · model unit MU5x1 · pay-as-you-go · cn-beijing

 Item                  Quantity             Unit price                  Amount
 Replicas of MU5x1     3 replicas × 60 min  ¥21 per replica-hour        ¥63.00
 ─────────────────────────────────────────────────────────────────────────────
 Total                                                                  ¥63.00
 at 1 USD = 7.2 CNY                                                   USD 8.75
 at 100 JPY = 4.7 CNY                                             JPY 1,340.43
 at 1.08 HKD                                                         HKD 68.04

 Notes
   ptu.overdue (a reading): with an overdue balance the deployment is kept and
     billed for 24 hours more, then released: ¥1,512.00, not in the total; a
     page says it of throughput, and it is read as holding for model units
   fx (a reading): the amount in another currency does not end as a decimal; it
     is rounded half away from zero at decimal 12
   catalog: a price here was last seen on 2026-07-29, 114 days ago: it may have
     changed since
   catalog: not on the page since 2026-08-03 (last seen 2026-07-29); deployments
     bought before may go on

 Always: mu.first-come, deploy.region, deploy.update

 `--details` shows what always holds and sources
"
    );
}

#[test]
fn what_does_not_end_is_rounded_once_and_marked() {
    let quoted = quote(&format!(
        "{LINE} --fx 1USD=7.2CNY --fx 100JPY=4.7CNY --fx HKD=1.08"
    ));
    let fx = |currency: &str, rate: &str, stated: &str, total: &str, rounded: &str, exact: bool| {
        serde_json::json!({
            "currency": currency,
            "rate": rate,
            "stated": stated,
            "total": total,
            "total_rounded": rounded,
            "exact": exact,
        })
    };
    assert_eq!(
        quoted["fx"],
        serde_json::json!([
            fx(
                "USD",
                "0.138888888889",
                "1 USD = 7.2 CNY",
                "8.75",
                "8.75",
                true
            ),
            fx(
                "JPY",
                "21.276595744681",
                "100 JPY = 4.7 CNY",
                "1340.425531914894",
                "1340.43",
                false
            ),
            fx("HKD", "1.08", "1 CNY = 1.08 HKD", "68.04", "68.04", true),
        ])
    );
    let notes = quoted["notes"].as_array().unwrap();
    let rounding = notes.iter().find(|note| note["rule"] == "fx").unwrap();
    assert_eq!(
        rounding["message"],
        "the amount in another currency does not end as a decimal; it is rounded half away from zero at decimal 12"
    );
}

#[test]
fn csv_and_markdown_repeat_the_rate() {
    let csv = stdout(&format!(
        "quote {LINE} --fx 1USD=7.2CNY --fx HKD=1.08 --format csv"
    ));
    let (header, row) = csv.split_once('\n').unwrap();
    assert!(
        header.contains(",source,rate_USD,amount_USD,rate_HKD,amount_HKD,"),
        "{header}"
    );
    assert!(row.contains(",1 USD = 7.2 CNY,8.75,1.08,68.04,"), "{row}");
    let markdown = stdout(&format!(
        "quote {LINE} --fx 1CNY=0.125USD --format markdown"
    ));
    assert!(
        markdown.contains("| at 1 CNY = 0.125 USD |  |  | USD 7.88 |\n"),
        "{markdown}"
    );
}

#[test]
fn a_rate_that_can_be_taken_in_two_ways_is_asked_for() {
    for (rate, base, said, turned) in [
        (
            "USD=7.2",
            "CNY",
            "1 CNY is 7.2 USD",
            "1USD=7.2CNY` or `--fx 1CNY=7.2USD",
        ),
        (
            "EUR=7.8",
            "CNY",
            "1 CNY is 7.8 EUR",
            "1EUR=7.8CNY` or `--fx 1CNY=7.8EUR",
        ),
        (
            "JPY=0.047",
            "CNY",
            "1 CNY is 0.047 JPY",
            "1JPY=0.047CNY` or `--fx 1CNY=0.047JPY",
        ),
    ] {
        assert_eq!(
            refused(&format!("quote {LINE} --fx {rate}")),
            (
                2,
                format!(
                    "error: `{rate}` says that {said}, which is likely the other way round\n\n\
                     hint: state it with both currencies: `--fx {turned}`\n"
                )
            ),
            "{base}"
        );
    }
    // Stated with both currencies it is taken, and so is what is not known to be turned.
    for (rate, total) in [
        ("1USD=7.2CNY", "8.75"),
        ("1CNY=7.2USD", "453.6"),
        ("HKD=0.92", "57.96"),
        ("USD=1000", "63000"),
        ("XTS=7.2", "453.6"),
    ] {
        assert_eq!(
            quote(&format!("{LINE} --fx {rate}"))["fx"][0]["total"],
            total,
            "{rate}"
        );
    }
}

#[test]
fn it_is_asked_from_the_currency_of_the_prices() {
    let markets = Markets::new();
    let line = "quote tokens abroad-model --input 1M --output 0";
    // 1 USD is about 7 CNY, so that 0.1389 is likely the other way round.
    assert_eq!(
        markets.refused(&format!("{line} --fx CNY=0.1389")),
        (
            2,
            "error: `CNY=0.1389` says that 1 USD is 0.1389 CNY, which is likely the other way round\n\n\
             hint: state it with both currencies: `--fx 1CNY=0.1389USD` or `--fx 1USD=0.1389CNY`\n"
                .to_owned()
        )
    );
    let json = markets.shown(&format!("{line} --fx 1USD=7.2CNY --json"));
    assert!(json.contains("\"total\": \"7.2\""), "{json}");
}

#[test]
fn a_rate_that_cannot_be_used_is_refused_with_a_way_out() {
    for (rates, stderr) in [
        (
            "--fx 1EUR=1.1USD",
            "error: `1EUR=1.1USD` does not name CNY, which the totals are in\n\n\
             hint: name CNY on one side, as in `--fx 1EUR=<RATE>CNY`\n",
        ),
        (
            "--fx 1USD=7.2CNY --fx USD=0.1389",
            "error: `--fx` is given twice for `USD`\n\nhint: leave one of them out\n",
        ),
        (
            "--fx CNY=7.2",
            "error: `--fx` converts from CNY, not to it\n\n\
             hint: name another currency, as in `--fx USD=0.1389`\n",
        ),
        (
            "--fx 1USD=7.2USD",
            "error: `1USD=7.2USD` is not a value for `--fx <CODE=RATE>`: both sides are of one currency\n\n\
             hint: add `--help` for what the command takes\n",
        ),
        (
            "--fx USD=7.2CNY",
            "error: `USD=7.2CNY` is not a value for `--fx <CODE=RATE>`: it is not a rate such as `USD=0.1389` or `1USD=7.2CNY`\n\n\
             hint: add `--help` for what the command takes\n",
        ),
        (
            "--fx 0USD=7.2CNY",
            "error: `0USD=7.2CNY` is not a value for `--fx <CODE=RATE>`: the rate must be above 0\n\n\
             hint: add `--help` for what the command takes\n",
        ),
    ] {
        assert_eq!(
            refused(&format!("quote {LINE} {rates}")),
            (2, stderr.to_owned()),
            "{rates}"
        );
    }
}

#[test]
fn a_rate_is_refused_before_a_trace_is_read() {
    let (code, stderr) = refused(
        "quote ptu qwen3-max-2025-09-23 --fit peak --trace /no/such.csv --hours 1 --fx USD=7.2",
    );
    assert_eq!(code, 2, "{stderr}");
    let (code, stderr) = refused("compare qwen3-max-2025-09-23 --trace /no/such.csv --fx USD=7.2");
    assert_eq!(code, 2, "{stderr}");
}
