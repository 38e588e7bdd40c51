//! What the catalog does not have, and what the billing rules do not cover.

use super::{run, transcript};

#[test]
fn an_unknown_model_suggests_near_ones() {
    transcript(
        r"
        $ quote ptu qwen3-mx --input-tpm 1k --output-tpm 1k --hours 1
        1 error: no model `qwen3-mx`
        hint: did you mean `qwen3-max`, `qwen3-max-preview` or `qwen3-max-2025-09-23`?
        $ quote ptu qwen3-max --input-tpm 1k --output-tpm 1k --hours 1
        1 error: `qwen3-max` is not sold by provisioned throughput (`quote ptu`)
        hint: it is sold by standard token (`quote tokens --rate standard`)
        $ quote mu glm4.7 --hours 1
        1 error: no model `glm4.7`
        hint: did you mean `glm-4.7` or `glm-4.7-flash`?
        $ quote tokens nothing-like-it --input 1 --output 1
        1 error: no model `nothing-like-it`
        hint: `tollgate models` lists every model
        $ models qwen3-8bb
        1 error: no model `qwen3-8bb`
        hint: did you mean `qwen3-8b`?
        ",
    );
}

#[test]
fn no_model_is_near_an_empty_code() {
    transcript(
        r"
        $ quote mu '' --hours 1
        1 error: no model ``
        hint: `tollgate models` lists every model
        ",
    );
}

#[test]
fn a_model_that_is_not_sold_so_says_how_it_is() {
    transcript(
        r"
        $ quote ptu qwen3-8b --input-tpm 1k --output-tpm 1k --hours 1
        1 error: `qwen3-8b` is not sold by provisioned throughput (`quote ptu`)
        hint: it is sold in model units (`quote mu`), by fine-tuned token (`quote tokens`) or by standard token (`quote tokens --rate standard`)
        $ quote mu deepseek-v3 --months 1
        1 error: `deepseek-v3` is not sold in model units (`quote mu`)
        hint: it is sold by provisioned throughput (`quote ptu`) or by standard token (`quote tokens --rate standard`)
        $ quote mu qwen3-14b --months 1
        1 error: model units are sold for every fine-tuned model, and no price is published for `qwen3-14b`
        hint: add what you pay in a file of your own with `--catalog`: a row `[[model.mu]]` of `qwen3-14b` with `spec`, and `hour` or `month`
        $ quote tokens QWEN3.5-9B --input 1 --output 1
        1 error: `qwen3.5-9b` is not sold by token (`quote tokens`)
        hint: it is sold in model units (`quote mu`)
        $ quote tokens glm-5.1 --input 1 --output 1 --rate fine-tuned
        1 error: `glm-5.1` is not sold by fine-tuned token (`--rate fine-tuned`)
        hint: it is sold by provisioned throughput (`quote ptu`), as a throughput reservation of standard speed (`quote ptu --service standard`), in model units (`quote mu`), in dedicated throughput units (`quote dtu`) or by standard token (`quote tokens --rate standard`)
        $ models qwen3-8b --method ptu
        1 error: no model that matches `qwen3-8b` is sold by the method `ptu`
        hint: leave `--method` out to see how it is sold
        ",
    );
}

#[test]
fn a_specification_or_a_mode_is_one_that_the_model_has() {
    transcript(
        r"
        $ quote mu qwen3-8b --spec mu1x8 --months 1
        1 error: `qwen3-8b` is not offered as `MU1x8`
        hint: it is offered as `MU1x2`, `MU2x2` or `MU5x1`
        $ quote mu qwen3-8b --spec MU1* --months 1
        2 error: `MU1*` is not a value for `--spec <SPEC>`: it is not a specification such as `MU1x8`
        $ quote ptu glm-5.1 --input-tpm 1 --output-tpm 1 --hours 1 --mode thinking
        1 error: `glm-5.1` has no price of its own for the mode `thinking`
        hint: leave `--mode` out: the price is the same for every mode
        $ quote tokens qwen3-32b --input 1 --output 1 --mode code-interpreter
        1 error: `qwen3-32b` has no price of its own for the mode `code-interpreter`
        hint: it has `non-thinking` or `thinking`
        $ quote tokens qwen3-32b --input 1 --output 1 --mode loud
        2 error: `loud` is not a value for `--mode <MODE>`: must be one of `standard`, `code-interpreter`, `non-thinking`, `thinking`
        $ quote tokens qwen3-32b --input 1 --output 1 --rate cheap
        2 error: `cheap` is not a value for `--rate <RATE>`
        hint: it takes `fine-tuned`, `standard`
        ",
    );
}

#[test]
fn a_cancellation_after_the_first_month_is_refused_and_one_on_its_last_day_is_not() {
    transcript(
        r"
        $ quote mu qwen3-8b --hours 1 --cancel-after 1
        2 error: `--hours <HOURS>` does not go with `--cancel-after <DAYS>`
        hint: `--cancel-after` needs `--months` instead of `--hours`: pay-as-you-go just ends
        $ quote ptu glm-5.1 --input-tpm 1k --output-tpm 1k --days 1 --cancel-after 3
        2 error: no flag or argument `--cancel-after` here
        hint: leave it out: only `quote mu --months` and `quote dtu` can be cancelled early; `compare --current ptu-daily` says what ending a PTU subscription gives back
        $ quote mu qwen3-8b --months 1 --cancel-after 31.5
        1 error: cancelling after the first month (31 days at most) is not documented (`mu.cancel-later`)
        hint: ask the provider what a later cancellation refunds
        $ quote mu qwen3-8b --months 3 --cancel-after 32
        1 error: cancelling after the first month (31 days at most) is not documented (`mu.cancel-later`)
        hint: ask the provider what a later cancellation refunds
        $ quote mu qwen3-8b --months 1 --cancel-after 29 --start 2026-02-01T10:00
        1 error: cancelling after the first month (28 days at most) is not documented (`mu.cancel-later`)
        hint: ask the provider what a later cancellation refunds
        ",
    );
    for last_day in [
        "--cancel-after 31",
        "--cancel-after 28 --start 2026-02-01T10:00",
        "--cancel-after 29 --start 2028-02-01T10:00",
    ] {
        let quote = "quote mu qwen3-8b --spec MU5x1 --months 1 --json";
        let args = quote.split(' ').chain(last_day.split(' '));
        let outcome = run(args.map(str::to_owned));
        assert_eq!(
            (outcome.code, outcome.stderr.as_str()),
            (0, ""),
            "{last_day}"
        );
        let json: serde_json::Value = serde_json::from_str(&outcome.stdout).unwrap();
        // By then the daily charge is more than what was paid.
        assert_eq!(json["quotes"][0]["total"], "10139", "{last_day}");
    }
}

#[test]
fn tokens_without_a_price_are_not_priced() {
    transcript(
        r"
        $ quote tokens qwen3-max-2025-09-23 --input 1M --output 1
        1 error: this price comes in tiers, and the input of each request picks the tier (`tokens.tier`)
        hint: add `--requests <N>`, the number of requests these tokens belong to: their average size picks the tier
        $ quote tokens qwen3-max-2025-09-23 --input 524289 --output 1 --requests 2
        1 error: requests of 262,144.5 input tokens on average are beyond the last tier, which ends at 262,144 (`tokens.tier`)
        hint: split the input, or raise `--requests`
        $ quote tokens qwen3-max-2025-09-23 --input 262145 --output 1 --requests 1
        1 error: a request of 262,145 input tokens is beyond the last tier, which ends at 262,144 (`tokens.tier`)
        hint: split the input, or raise `--requests`
        $ quote tokens qwen3-max-2025-09-23 --rpm 30 --input-per-request 300k --output-per-request 10
        1 error: a request of 300,000 input tokens is beyond the last tier, which ends at 262,144 (`tokens.tier`)
        hint: split the input: no price is for calls of this size
        $ quote ptu qwen3-max-2025-09-23 --rpm 30 --input-per-request 300k --output-per-request 10 --hours 1 --input-tpm 10k --output-tpm 1k
        1 error: a request of 300,000 input tokens is beyond the last tier, which ends at 262,144 (`tokens.tier`)
        hint: split the input: no price is for calls of this size
        $ quote tokens qwen3-32b --input 1 --output 1 --batch
        1 error: `qwen3-32b` has no batch price at this rate (`tokens.batch`)
        hint: add `--rate standard`: batch calls are ordinary calls
        $ quote tokens qwen3-rerank --input 1 --output 1
        1 error: the model has no published price for output tokens
        hint: use `--output 0`, or add the price in a file of your own with `--catalog`
        ",
    );
}

/// A price with one tier has a largest request as well: what no request can have is not priced as one.
#[test]
fn more_input_than_a_request_can_have_needs_the_number_of_requests() {
    for (model, last) in [
        ("qwen3.7-max-2026-05-20", "1M"),
        ("qwen3.6-35b-a3b", "262,144"),
        // That of a fine-tuned model, as its page has it.
        ("qwen3.6-27b", "256K"),
    ] {
        transcript(&format!(
            r"
            $ quote tokens {model} --input 10M --output 1
            1 error: 10,000,000 input tokens are more than one request can have: this price ends at {last} a request (`tokens.tier`)
            hint: add `--requests <N>`, the number of requests these tokens belong to
            "
        ));
    }
    for enough in ["--input 1M", "--input 10M --requests 10"] {
        let line = format!("quote tokens qwen3.7-max-2026-05-20 --output 1 {enough}");
        let outcome = run(line.split(' ').map(str::to_owned));
        assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""), "{enough}");
    }
}
