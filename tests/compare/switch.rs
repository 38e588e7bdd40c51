//! Changing from the way of today: what the overlap costs, when it has paid, and the limits.

use serde_json::{Value, json as value};

use super::{capacities, document, rows, said, text, total};
use crate::common::fraction;

const LINE: &str = "compare qwen3-max-2025-09-23 --rpm 30 --input-per-request 4000 \
                    --output-per-request 400 --hours-per-day 10 --replica-capacity MU2x8=200k/20k";

#[test]
fn changing_costs_the_old_way_for_the_overlap() {
    let switches =
        |flags: &str| document(&format!("{LINE} --spec MU2x8 {flags}"))["switch"].clone();
    let to = |from: u64, to: u64, cost: &str, saving: &str, (saved, days): (&str, &str)| {
        value!({
            "from": from, "to": to, "cost": cost, "saving": saving,
            "saving_per_day": saved, "payback_days": days, "reading": null, "term": null
        })
    };
    // A started hour is billed whole; 38,736 − 18,144 in 30 days.
    assert_eq!(
        switches("--current ptu-hourly --overlap 1.5"),
        value!([to(2, 1, "258.24", "20592", ("686.4", "0.376223776224"))])
    );
    // 504 an hour by the minute.
    let hourly = switches("--current mu-hourly");
    assert_eq!(
        hourly[0],
        to(4, 1, "504", "133056", ("4435.2", "0.113636363636"))
    );
    assert_eq!(switches("--current standard"), value!([]));
}

#[test]
fn what_is_paid_is_never_paid_back_after_no_time() {
    let shown = |overlap: &str| {
        let line = format!("{LINE} --spec MU2x8 --current mu-hourly --overlap {overlap}");
        said(&format!("{line} --format markdown")).stdout
    };
    // 8.40 and 33.60, of 4,435.20 a day.
    for (overlap, said) in [
        (
            "1m",
            "¥8.40 once for the overlap, ¥4,435.20 saved a day, paid back in less than 0.01 days (",
        ),
        (
            "4m",
            "¥33.60 once for the overlap, ¥4,435.20 saved a day, paid back after 0.01 days (",
        ),
        (
            "528m",
            "¥4,435.20 once for the overlap, ¥4,435.20 saved a day, paid back after 1 day (",
        ),
    ] {
        let shown = shown(overlap);
        assert!(shown.contains(&format!("from 4 to 1: {said}")), "{shown}");
    }
}

#[test]
fn the_current_one_of_several_specifications_is_named_or_said() {
    let line = "compare qwen3-8b --rpm 30 --input-per-request 4000 --output-per-request 400 --current mu-hourly";
    let all = capacities(&["qwen3-8b"]);
    let assumed = |compared: &Value| -> Vec<Value> {
        let caveats = rows(compared).iter().flat_map(|row| {
            let caveats = row["caveats"].as_array().unwrap().iter();
            let rank = &row["rank"];
            caveats.map(move |caveat| value!([rank, caveat["message"]]))
        });
        caveats
            .filter(|caveat| caveat[1].to_string().contains("the current one"))
            .collect()
    };
    let current = |flags: &str| {
        let compared = document(&format!("{line} {flags}"));
        let rank = compared["current"].as_u64().unwrap();
        let row = rows(&compared)
            .iter()
            .find(|row| row["rank"] == rank)
            .unwrap();
        let spec = text(&row["quote"]["parameters"]["spec"]).to_owned();
        (row["option"].clone(), spec, rank, assumed(&compared))
    };
    let said = "taken as the current one, the cheapest of 3 `mu-hourly` options: `--current-spec` names another";
    let hourly = value!("mu-hourly");
    assert_eq!(
        current(&all),
        (
            hourly.clone(),
            "MU5x1".to_owned(),
            3,
            vec![value!([3, said])]
        )
    );
    assert_eq!(
        current(&format!("--current-spec mu2x2{all}")),
        (hourly.clone(), "MU2x2".to_owned(), 7, vec![])
    );
    assert_eq!(
        current("--spec MU1x2 --replica-capacity MU1x2=10M/2M"),
        (hourly, "MU1x2".to_owned(), 3, vec![])
    );
}

#[test]
fn a_current_specification_belongs_to_the_current_method() {
    let load = "--rpm 30 --input-per-request 4000 --output-per-request 400";
    for (flags, code, stderr) in [
        (
            "--current mu-hourly --current-spec MU9x9",
            1,
            "error: the current method `mu-hourly` cannot be priced: `MU9x9` is not among its options\n\n\
             hint: name one of the options that can be priced\n",
        ),
        (
            "--current standard --current-spec MU5x1",
            2,
            "error: `--current-spec` is for `--current mu-hourly` and `--current mu-monthly`\n\n\
             hint: leave it out\n",
        ),
        (
            "--current-spec MU5x1",
            2,
            "error: missing `--current <METHOD>`\n\nhint: add `--help` for what the command takes\n",
        ),
        (
            "--overlap 5",
            2,
            "error: missing `--current <METHOD>`\n\nhint: add `--help` for what the command takes\n",
        ),
    ] {
        let outcome = said(&format!("compare qwen3-8b {load} {flags}"));
        assert_eq!(
            (
                outcome.code,
                outcome.stdout.as_str(),
                outcome.stderr.as_str()
            ),
            (code, "", stderr),
            "{flags}"
        );
    }
}

#[test]
fn that_an_overlap_by_token_costs_nothing_is_a_reading() {
    let line = "compare qwen3-8b --rpm 3000 --input-per-request 4000 --output-per-request 400 --spec MU5x1 --replica-capacity MU5x1=20M/2M --current standard";
    let switches = document(line)["switch"].clone();
    assert!(!switches.as_array().unwrap().is_empty());
    for switch in switches.as_array().unwrap() {
        assert_eq!(switch["cost"], "0");
        assert_eq!(
            switch["reading"],
            "read so: a request is served once, so by token nothing is paid twice in the overlap"
        );
    }
    assert!(
        said(line)
            .stdout
            .contains("read so: a request is served once")
    );
}

#[test]
fn without_a_current_method_nothing_is_changed() {
    let compared = document(LINE);
    assert_eq!(
        (&compared["current"], &compared["switch"]),
        (&Value::Null, &value!([]))
    );
}

#[test]
fn the_current_method_may_be_so_much_dearer_and_no_more() {
    let limited = |limit: &str| {
        let outcome = said(&format!(
            "{LINE} --spec MU2x8 --current mu-hourly --fail-above-cheapest {limit}"
        ));
        let unlimited = said(&format!("{LINE} --spec MU2x8 --current mu-hourly"));
        assert_eq!(outcome.stdout, unlimited.stdout);
        (outcome.code, outcome.stderr)
    };
    let over = |shown: &str, limit: &str| {
        let message = format!(
            "error: the current method `mu-hourly` costs {shown}% above the cheapest, and the limit is {limit}\n"
        );
        (3, message)
    };
    assert_eq!(limited("20"), over("733.33", "20%"));
    assert_eq!(limited("0%"), over("733.33", "0%"));
    // Never rounded to what the limit allows.
    assert_eq!(limited("733.33%"), over("733.333", "733.33%"));
    assert_eq!(
        limited("733.333333333%"),
        over("733.3333333333", "733.333333333%")
    );
    assert_eq!(limited("733.34%"), (0, String::new()));
    let cheapest = said(&format!(
        "{LINE} --current standard --fail-above-cheapest 0"
    ));
    assert_eq!((cheapest.code, cheapest.stderr.as_str()), (0, ""));
}

#[test]
fn anything_is_above_a_cheapest_that_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"alibaba\"\n[[model]]\ncode = \"free\"\n\
                [[model.mu]]\nspec = \"MU1 x 1\"\nhour = \"50 per replica-hour\"\n\
                [[model.standard]]\ntiers = [{ input = \"0 per 1M tokens\", output = \"0 per 1M tokens\" }]\n";
    std::fs::write(&file, text).unwrap();
    let line = format!(
        "compare free --catalog {} --rpm 1 --input-per-request 10 --output-per-request 10 --replica-capacity MU1x1=1k/1k",
        file.to_str().unwrap()
    );
    assert_eq!(
        rows(&document(&line))[1]["above_cheapest_percent"],
        Value::Null
    );
    let dear = said(&format!(
        "{line} --current mu-hourly --fail-above-cheapest 1000"
    ));
    let message = "error: the current method `mu-hourly` costs ¥36,000.00 where the cheapest costs nothing, \
                   and the limit is 1000%\n";
    assert_eq!((dear.code, dear.stderr.as_str()), (3, message));
    let free = said(&format!(
        "{line} --current standard --fail-above-cheapest 0"
    ));
    assert_eq!((free.code, free.stderr.as_str()), (0, ""));
}

#[test]
fn the_most_that_it_may_cost_is_held_against_the_cheapest() {
    let limited = |limit: &str| {
        let outcome = said(&format!("{LINE} --max-cost {limit}"));
        assert_eq!(outcome.stdout, said(LINE).stdout);
        (outcome.code, outcome.stderr)
    };
    assert_eq!(limited("18144"), (0, String::new()));
    let message = "error: the limit of ¥18,143.99 is exceeded: Qwen3-Max-2025-09-23 · standard tokens, \
                   non-thinking · pay-as-you-go · cn-beijing costs ¥18,144\n";
    assert_eq!(limited("18,143.99"), (3, message.to_owned()));
}

#[test]
fn a_discount_changes_no_order_and_no_share() {
    let (list, less) = (
        document(LINE),
        document(&format!("{LINE} --discount 12.5%")),
    );
    for (list, less) in rows(&list).iter().zip(rows(&less)) {
        assert_eq!(total(list) * fraction("0.875"), total(less));
        assert_eq!(list["option"], less["option"]);
        assert_eq!(
            list["above_cheapest_percent"],
            less["above_cheapest_percent"]
        );
    }
    assert_eq!(list["break_even"], less["break_even"]);
}
