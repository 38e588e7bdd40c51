//! What cannot be compared is refused with a way out, and prints nothing.

use std::fs;

use super::said;

const LOAD: &str = "--rpm 30 --input-per-request 4000 --output-per-request 400";

fn assert_refused(line: &str, code: u8, stderr: &str) {
    for line in [
        line.to_owned(),
        format!("{line} --json"),
        format!("{line} --chart"),
    ] {
        let outcome = said(&line);
        let found = (
            outcome.code,
            outcome.stdout.as_str(),
            outcome.stderr.as_str(),
        );
        assert_eq!(found, (code, "", stderr), "{line}");
        assert_eq!(outcome.files, [], "{line}");
    }
}

#[test]
fn a_workload_is_required() {
    assert_refused(
        "compare glm-5.1",
        2,
        "error: missing the workload: `--rpm`, `--input-per-request` and `--output-per-request`, or `--trace`, or `--load`\n\n\
         hint: as in `--rpm 30 --input-per-request 4000 --output-per-request 400`\n",
    );
    assert_refused(
        "compare glm-5.1 --rpm 30 --input-per-request 4000",
        2,
        "error: missing `--output-per-request <TOKENS>`\n\n\
         hint: add `--help` for what the command takes\n",
    );
    assert_refused(
        &format!("compare {LOAD}"),
        2,
        "error: missing `<MODELS>...`\n\nhint: add `--help` for what the command takes\n",
    );
}

#[test]
fn a_request_has_tokens() {
    assert_refused(
        "compare glm-5.1 --rpm 30 --input-per-request 0 --output-per-request 0",
        2,
        "error: `--input-per-request` and `--output-per-request` are both 0\n\n\
         hint: give at least one of them, such as `--input-per-request 4000`\n",
    );
}

#[test]
fn each_model_is_known_and_named_once() {
    assert_refused(
        &format!("compare glm-5 glm-9 {LOAD}"),
        1,
        "error: no model `glm-9`\n\nhint: did you mean `glm-5`?\n",
    );
    assert_refused(
        &format!("compare glm-5.1 qwen3-8b GLM-5.1 {LOAD}"),
        2,
        "error: the model `glm-5.1` is named twice\n\nhint: name each model once\n",
    );
}

#[test]
fn a_mode_that_nothing_prices_is_refused_with_every_reason() {
    assert_refused(
        &format!("compare qwen3-14b {LOAD} --mode code-interpreter"),
        1,
        "\
error: no option can be priced
  ptu-hourly of `qwen3-14b`: `qwen3-14b` is not sold by provisioned throughput (`quote ptu`)
  ptu-daily of `qwen3-14b`: `qwen3-14b` is not sold by provisioned throughput (`quote ptu`)
  mu-hourly of `qwen3-14b`: model units are sold for every fine-tuned model, and no price is published for `qwen3-14b`
  mu-monthly of `qwen3-14b`: model units are sold for every fine-tuned model, and no price is published for `qwen3-14b`
  fine-tuned of `qwen3-14b`: `qwen3-14b` has no price of its own for the mode `code-interpreter`
  standard of `qwen3-14b`: `qwen3-14b` has no price of its own for the mode `code-interpreter`

hint: `tollgate models qwen3-14b` shows how it is sold
",
    );
}

#[test]
fn totals_in_two_currencies_have_no_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let text = "version = 1\n[provider]\nid = \"acme\"\nname = \"Acme\"\nregion = \"here\"\n\
                region_name = \"Here\"\ncurrency = \"USD\"\n[[model]]\ncode = \"abroad\"\n\
                [[model.standard]]\ntiers = [{ input = \"1 per 1M tokens\", output = \"4 per 1M tokens\" }]\n";
    fs::write(&file, text).unwrap();
    let catalog = format!("--catalog {}", file.to_str().unwrap());
    assert_refused(
        &format!("compare qwen3-8b abroad {LOAD} {catalog}"),
        1,
        "error: the models are priced in different currencies: CNY and USD\n\n\
         hint: say what 1 USD is in CNY: `--fx 1USD=<RATE>CNY`\n",
    );
    let alone = said(&format!("compare abroad {LOAD} {catalog} --max-cost 1"));
    assert_eq!(
        (alone.code, alone.stderr.as_str()),
        (
            3,
            "error: the limit of USD 1 is exceeded: abroad · standard tokens · pay-as-you-go · here \
             costs USD 7,257.60\n"
        )
    );
}

#[test]
fn flags_make_sense_together() {
    for (flags, stderr) in [
        (
            "--fail-above-cheapest 10%",
            "error: missing `--current <METHOD>`\n\nhint: add `--help` for what the command takes\n",
        ),
        (
            "--fx CNY=1",
            "error: `--fx` converts from CNY, not to it\n\n\
             hint: name another currency, as in `--fx USD=0.1389`\n",
        ),
        (
            "--replica-capacity MU1x2=0/1",
            "error: `MU1x2=0/1` is not a value for `--replica-capacity <SPEC=IN/OUT>`: must be at least 1\n\n\
             hint: add `--help` for what the command takes\n",
        ),
        (
            "--hours-per-day 24.01",
            "error: `24.01` is not a value for `--hours-per-day <HOURS>`: must be at most 24, the hours of a day\n\n\
             hint: add `--help` for what the command takes\n",
        ),
    ] {
        assert_refused(&format!("compare qwen3-8b {LOAD} {flags}"), 2, stderr);
    }
}

#[test]
fn a_capacity_belongs_to_a_specification_that_is_compared() {
    // A slip in its name would leave the assumption of one replica in place.
    let outcome = said(&format!(
        "compare qwen3-8b {LOAD} --replica-capacity MU1x20=300k/60k"
    ));
    assert_ne!(outcome.code, 0, "{}", outcome.stdout);
    assert!(outcome.stderr.contains("MU1x20"), "{}", outcome.stderr);
}
