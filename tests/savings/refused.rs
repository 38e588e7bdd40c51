//! What is refused, with its way out.

use super::support::refused;

const LOAD: &str = "--rpm 30 --input-per-request 4000 --output-per-request 400";

#[test]
fn a_plan_that_is_not_sold_or_pays_for_nothing_is_refused() {
    let tokens = "quote tokens qwen3-max-2025-09-23";
    let ptu = "quote ptu qwen3-max-2025-09-23 --days 30";
    let sized = format!("{ptu} --input-tpm 100k --output-tpm 10k");
    for (line, code, error, hint) in [
        (
            format!("{tokens} {LOAD} --savings-plan 990"),
            1,
            "a commitment of 990 a month is below the smallest savings plan, which is 1,000 (`tokens.savings-plan`)",
            "commit to more, or leave `--savings-plan` out",
        ),
        (
            format!("{tokens} {LOAD} --savings-plan 5005"),
            1,
            "a commitment of 5,005 a month is no multiple of 10: 5,000 and 5,010 are sold (`tokens.savings-plan`)",
            "give one of these two as `--savings-plan <AMOUNT>`",
        ),
        (
            format!("{tokens} {LOAD} --savings-plan 5000.5"),
            1,
            "a commitment of 5,000.5 a month is no multiple of 10: 5,000 and 5,010 are sold (`tokens.savings-plan`)",
            "give one of these two as `--savings-plan <AMOUNT>`",
        ),
        (
            format!("{tokens} {LOAD} --savings-plan 5000 --savings-plan-term 5"),
            1,
            "no savings plan is sold for 5 months: it is for 3, 6, 12, 24 (`tokens.savings-term`)",
            "give one of these as `--savings-plan-term <MONTHS>`",
        ),
        (
            format!("{tokens} {LOAD} --savings-plan-term 6"),
            2,
            "missing `--savings-plan <AMOUNT>`",
            "add `--help` for what the command takes",
        ),
        (
            format!("{tokens} {LOAD} --savings-plan 5000 --free-quota 1M --postpaid off"),
            2,
            "a savings plan pays for tokens that are billed, and with `--postpaid off` none is",
            "leave one of them out",
        ),
        (
            format!("quote tokens qwen3-vl-plus-2025-09-23 {LOAD} --savings-plan 5000"),
            1,
            "in which group of the savings plan `qwen3-vl-plus-2025-09-23` is, of the family `Qwen-VL`, is not known, and so neither is its factor (`tokens.savings-plan`)",
            "leave `--savings-plan` out, or name its family in a group of `[[billing.savings_plan]]` in a catalog file, where your provider says which one it is",
        ),
        (
            format!("{sized} --savings-plan 5000"),
            2,
            "the funding flags are for what overflows, and without a workload nothing does",
            "add the workload, as in `--rpm 30 --input-per-request 4000 --output-per-request 400`",
        ),
        (
            format!("{sized} {LOAD} --on-overflow reject --savings-plan 5000"),
            2,
            "with `--on-overflow reject` nothing is billed by token, so there is nothing to fund",
            "leave `--on-overflow` out",
        ),
        (
            format!("{ptu} --fit cheapest {LOAD} --savings-plan 5000"),
            2,
            "`--fit cheapest` weighs the overflow at list price, and a savings plan pays for it otherwise",
            "give `--input-tpm` and `--output-tpm`, or use `--fit peak`",
        ),
    ] {
        let said = format!("error: {error}\n\nhint: {hint}\n");
        assert_eq!(refused(&line), (code, said), "{line}");
    }
}

#[test]
fn a_provider_without_a_plan_has_none_and_one_with_a_later_plan_has_none_yet() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let mine = "version = 1\n[provider]\nid = \"mine\"\nname = \"Mine\"\nregion = \"eu\"\n\
        region_name = \"EU\"\ncurrency = \"EUR\"\nBILLING\n[[model]]\ncode = \"own\"\nfamily = \"Own\"\n\
        [[model.standard]]\ntiers = [{ input = \"10 per 1M tokens\", output = \"10 per 1M tokens\" }]\n";
    let plan = "[[billing.savings_plan]]\nFROM\nsmallest = \"100\"\nstep = \"100\"\nterms = [1]\n\
        [[billing.savings_plan.group]]\nname = \"all\"\nfamilies = [\"Own\"]\n\
        [[billing.savings_plan.band]]\npayment = \"all-upfront\"\ncommitment_from = \"100\"\n\
        factors = { all = [\"0.5\"] }\n";
    let line = |plan: &str| {
        std::fs::write(&file, mine.replace("BILLING", plan)).unwrap();
        let path = file.display();
        format!("quote tokens own --input 100M --output 0 --savings-plan 200 --catalog {path}")
    };
    let (code, error) = refused(&line(""));
    assert_eq!(code, 1);
    assert_eq!(
        error,
        "error: no savings plan of `mine` is known\n\nhint: leave `--savings-plan` out, or describe the plan as `[[billing.savings_plan]]` in a catalog file\n"
    );
    let (_, error) = refused(&line(&plan.replace("FROM", "from = 2026-12-01")));
    assert_eq!(
        error,
        "error: no savings plan is known on 2026-11-20: the first is from 2026-12-01\n\nhint: leave `--savings-plan` out, or take a later day with `--as-of`\n"
    );
    // ¥1,000 of usage, of which 200 at 0.5 pay for 400; no document of another provider is cited.
    let quoted = super::support::json(&line(&plan.replace("FROM", "")));
    let quoted = &quoted["quotes"][0];
    assert_eq!(quoted["total"], "800");
    assert_eq!(quoted["documents"], serde_json::json!([]));
    let (_, error) = refused(&format!(
        "{} --savings-plan-payment no-upfront",
        line(&plan.replace("FROM", ""))
    ));
    assert_eq!(
        error,
        "error: no savings plan of this size is sold as `no-upfront`\n\nhint: choose another way with `--savings-plan-payment <HOW>`\n"
    );
}
