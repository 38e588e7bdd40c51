//! A plan that is wrong is refused with every error at its place, and what to write instead.

use super::refused;
use super::shape::{Kind, assert_refused};

const HINT: &str = "\nhint: `tollgate check --help` lists the keys of a plan\n";

/// What a schema does not know: what numbers say to each other, which models there are, what is
/// documented. All other errors an editor finds too.
pub const ONLY_THE_PROGRAM: &[&str] = &[
    "goes beyond the period of",
    "and the period of 30 days needs 1",
    "is above `replicas_max`",
    "how a subscription scales is not documented",
    "last longer than",
    "overlaps",
    "on day 11 there are fewer replicas",
    "only a subscription is cancelled",
    "starts every day",
    "are both 0",
    "`hours_per_day` of a subscription is how long its load lasts",
    "the funding keys are for what overflows",
    "each of `count` would use up the same",
    "is not sold by",
    "and there is none: tokens are billed",
    "this price comes in tiers",
];

/// What stderr has of a plan that is wrong.
fn errors(plan: &str) -> String {
    let (code, stderr) = refused(plan);
    assert_eq!(code, 1);
    let errors = stderr
        .strip_suffix(HINT)
        .unwrap_or_else(|| panic!("{stderr}"));
    let errors = errors.replace("error: plan.toml:", "");
    assert_refused(Kind::Plan, plan, &errors, ONLY_THE_PROGRAM);
    errors
}

#[test]
fn all_errors_of_a_file_are_reported_at_once() {
    let plan = r#"version = 1
dayz = 30
[budget]
total = 1.5
[[deployment]]
name = "a"
method = "ptu"
model = "no-such-model"
input_tmp = "200k"
output_tpm = "20x"
term = "subscription"
replicas = 3
[[deployment]]
name = "a"
method = "mu"
model = "qwen3-8b"
term = "pay-as-you-go"
hours = 10
phases = [{days = 40, replicas=2}]
[[deployment]]
name = =
[[deployment]]
name = "z"
method = "mu"
model = "qwen3-8b"
term = "subscription"
[[deployment]]
name = "y"
method = "mux"
"#;
    assert_eq!(
        errors(plan),
        "2:1: a plan has no key `dayz`: did you mean `days`?
4:9: `total` is a float, which loses digits: write `total = \"1.5\"`
8:1: no model `no-such-model`: `tollgate models` lists every model
9:1: a deployment by `ptu` has no key `input_tmp`: did you mean `input_tpm`?
10:14: `output_tpm` cannot be `20x`: it is not a number such as `100k`, `1.5M` or `100,000`
12:1: `replicas` is a key of `mu`, and the method is `ptu`: leave it out
14:8: there is another deployment `a`: give each a name of its own
18:1: `hours` cannot stand beside `term`: keep one of them
19:1: `phases` cannot stand beside `hours`: keep one of them
19:12: the phases last longer than the period of 30 days: shorten them, or raise `days` of the plan
21:8: extra `=`, expected nothing
25:1: `qwen3-8b` is offered in several specifications: name one as `spec`: `MU5x1`, `MU1x2` or `MU2x2`
29:10: `method` cannot be `mux`: it is one of `ptu`, `mu`, `tokens`, `dtu`
"
    );
}

/// A plan with one deployment of model units and these lines.
fn mu(lines: &str) -> String {
    format!(
        "version = 1\n[[deployment]]\nname = \"m\"\nmethod = \"mu\"\nmodel = \"qwen3-8b\"\nspec = \"MU5x1\"\n{lines}\n"
    )
}

fn ptu(lines: &str) -> String {
    format!(
        "version = 1\n[[deployment]]\nname = \"p\"\nmethod = \"ptu\"\nmodel = \"glm-5.1\"\n{lines}\n"
    )
}

fn tokens(lines: &str) -> String {
    format!(
        "version = 1\n[[deployment]]\nname = \"t\"\nmethod = \"tokens\"\nmodel = \"glm-5.1\"\n{lines}\n"
    )
}

#[test]
fn what_contradicts_itself_is_said_with_the_way_out() {
    for (plan, error) in [
        (
            mu(""),
            "2:1: missing `term`: write `term = \"subscription\"` or `\"pay-as-you-go\"`",
        ),
        // What seems to be missing is misspelt.
        (
            mu("terms = \"subscription\""),
            "7:1: a deployment by `mu` has no key `terms`: did you mean `term`?",
        ),
        (
            ptu("days = 30\nunit = 75"),
            "7:1: a deployment by `ptu` has no key `unit`: did you mean `units`?",
        ),
        (
            ptu("days = 30\noutput_tpm = \"1k\""),
            "2:1: missing `input_tpm`: write `input_tpm = \"100k\"`, or, of a model that is sold in units, `units = 100`",
        ),
        (
            mu("term = \"monthly\""),
            "7:8: `term` cannot be `monthly`: it is one of `pay-as-you-go`, `subscription`",
        ),
        (
            mu("hours = 721"),
            "7:1: `hours` goes beyond the period of 30 days: shorten it, or raise `days` of the plan",
        ),
        (
            mu("hours = 25\nruns = 29"),
            "7:1: `hours` goes beyond the period of 30 days: shorten it, or raise `days` of the plan",
        ),
        (
            mu("months = 2"),
            "7:1: `months` is 2, and the period of 30 days needs 1: write `days = 60` for the plan",
        ),
        (
            mu("term = \"pay-as-you-go\"\nruns = 2"),
            "8:1: `runs` says how often `hours` are run: write `hours` too",
        ),
        (
            mu("term = \"pay-as-you-go\"\nreplicas_min = 3\nreplicas_max = 2"),
            "8:1: `replicas_min` is above `replicas_max`: swap them",
        ),
        (
            mu("term = \"pay-as-you-go\"\nreplicas_min = 3"),
            "2:1: missing `replicas_max`: write `replicas_max = 2`",
        ),
        (
            mu("term = \"subscription\"\nreplicas_min = 1\nreplicas_max = 2"),
            "8:1: how a subscription scales is not documented: write `term = \"pay-as-you-go\"`, or leave `replicas_min` out\n\
             9:1: how a subscription scales is not documented: write `term = \"pay-as-you-go\"`, or leave `replicas_max` out",
        ),
        (
            mu(
                "term = \"pay-as-you-go\"\nhours_per_day = 8\nschedule = [{ from = \"09:00\", to = \"18:00\", replicas = 2 }]",
            ),
            "9:1: the windows of `schedule` last longer than `hours_per_day`, 8h: shorten them, or raise it",
        ),
        (
            mu("term = \"pay-as-you-go\"\nschedule = [{ from = \"9\", to = \"18:00\" }]"),
            "8:13: missing `replicas`: write `replicas = 6`\n\
             8:22: `from` cannot be `9`: it is not a time of the day such as `09:00`",
        ),
        (
            mu("term = \"pay-as-you-go\"\nschedule = []"),
            "8:1: `schedule` has no window: write `{ from = \"09:00\", to = \"18:00\", replicas = 6 }`",
        ),
        (
            mu(
                "term = \"pay-as-you-go\"\nschedule = [{ from = \"09:00\", to = \"12:00\", replicas = 2 }, { from = \"11:59\", to = \"13:00\", replicas = 2 }]",
            ),
            "8:61: 11:59–13:00 overlaps 09:00–12:00",
        ),
        (
            mu("term = \"subscription\"\nphases = [{ days = 10, replicas = 2 }]"),
            "2:1: on day 11 there are fewer replicas: what comes back of model units that are scaled in is not documented (`deploy.downgrade`): write what is given up as a deployment of its own: with `cancel_after` in its first month, it is documented what comes back",
        ),
        (
            mu("term = \"pay-as-you-go\"\nphases = [{ replicas = 2, input_tpm = 1 }]"),
            "8:11: missing `days`: write `days = 10`\n\
             8:27: a phase has no key `input_tpm`: it has `days`, `rpm`, `input_per_request`, `output_per_request`, `cached_per_request`, `cache_hit`, `cache_write_per_request`, `hours_per_day`, `replicas`, `replicas_min`, `replicas_max`, `schedule`",
        ),
        (
            mu("hours = 1\ncancel_after = 2"),
            "8:1: only a subscription is cancelled: leave `cancel_after` out",
        ),
        (
            mu("term = \"pay-as-you-go\"\nhours_per_day = 10\nstart = 2026-12-01T08:00:00"),
            "9:1: a deployment that is up for a part of each day starts every day: leave `start` out",
        ),
        (
            ptu("term = \"subscription\"\ninput_tpm = 0\noutput_tpm = 0"),
            "2:1: `input_tpm` and `output_tpm` are both 0, so nothing is reserved: give at least one of them, such as `input_tpm = \"100k\"`",
        ),
        (
            ptu("term = \"subscription\"\nfit = \"peak\""),
            "7:1: `fit` needs a workload: write `rpm`, `input_per_request` and `output_per_request` too",
        ),
        (
            ptu(
                "term = \"subscription\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\nhours_per_day = 8",
            ),
            "9:1: `hours_per_day` of a subscription is how long its load lasts: write `rpm`, `input_per_request` and `output_per_request` too, or leave it out",
        ),
        (
            ptu(
                "term = \"subscription\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\nfree_quota = \"1M\"",
            ),
            "2:1: the funding keys are for what overflows, and without a workload nothing does: add the workload: `rpm`, `input_per_request` and `output_per_request`",
        ),
        (
            ptu("term = \"subscription\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"\nrpm = 3"),
            "2:1: missing `input_per_request`: write `input_per_request = 4000`\n\
             2:1: missing `output_per_request`: write `output_per_request = 400`",
        ),
        (
            tokens("input = 5"),
            "2:1: missing `output`: write `output = \"10M\"` for the period, or a workload with `rpm = \"30\"`",
        ),
        (
            tokens("input = 0\noutput = 0"),
            "2:1: `input` and `output` are both 0, and billing starts at 1 token: give at least one of them, such as `input = \"1M\"`",
        ),
        (
            tokens("input = 5\noutput = 5\nrpm = 1"),
            "2:1: missing `input_per_request`: write `input_per_request = 4000`\n\
             2:1: missing `output_per_request`: write `output_per_request = 400`\n\
             8:1: `rpm` cannot stand beside `input`: keep one of them\n\
             8:1: `rpm` cannot stand beside `output`: keep one of them",
        ),
        (
            tokens("input = 5\noutput = 5\nfree_used = 1"),
            "8:1: `free_used` needs `free_quota`: write it too",
        ),
        (
            tokens("input = 5\noutput = 5\nfree_quota = 5\ncount = 2"),
            "9:1: each of `count` would use up the same free quota, package or savings plan: write them as deployments of their own",
        ),
        (
            tokens("input = 5\noutput = 5\nbatch = \"true\""),
            "8:9: `batch` is `true` or `false`, without quotes",
        ),
        (
            tokens("rpm = 1\ninput_per_request = 1\noutput_per_request = 1\ndays = 31"),
            "9:1: `days` goes beyond the period of 30 days: shorten it, or raise `days` of the plan",
        ),
        (
            "[[deployment]]\nname = \"a\"".to_owned(),
            "1:1: missing `method`: write `method = \"ptu\"`, `\"mu\"`, `\"tokens\"` or `\"dtu\"`\n\
             1:1: missing `version`: write `version = 1`",
        ),
        (
            "version = 1\nbudget = 5".to_owned(),
            "2:1: `budget` is a table: write `[budget]`",
        ),
        (
            "version = 1\n[budget]\ntotal = 1\n[budget]\ntotal = 2\n".to_owned(),
            "4:1: `[budget]` is written twice: keep one of them",
        ),
        (
            "version = 1\n[deployment]\nname = 1\n".to_owned(),
            "2:1: there can be several: write `[[deployment]]`",
        ),
        (
            "version = 1\n[defaults]\nname = \"a\"\nphases = []\nreplicsa = 2\n[[deployment]]\n"
                .to_owned(),
            "3:1: `name` belongs to one deployment: write it there\n\
             4:1: `phases` belongs to one deployment: write it there\n\
             5:1: `[defaults]` has no key `replicsa`: did you mean `replicas`?\n\
             6:1: missing `method`: write `method = \"ptu\"`, `\"mu\"`, `\"tokens\"` or `\"dtu\"`\n\
             6:1: missing `name`: write `name = \"chat\"`",
        ),
    ] {
        let found = errors(&plan);
        assert_eq!(found, format!("{error}\n"), "{plan}");
    }
}

#[test]
fn prices_that_are_missing_are_errors_at_their_model() {
    for (plan, error) in [
        (
            ptu("term = \"subscription\"\ninput_tpm = \"10k\"\noutput_tpm = \"1k\"")
                .replace("glm-5.1", "qwen3-8b"),
            "5:1: `qwen3-8b` is not sold by provisioned throughput (`quote ptu`): it is sold in model units (`quote mu`), by fine-tuned token (`quote tokens`) or by standard token (`quote tokens --rate standard`)",
        ),
        (
            tokens("input = 5\noutput = 5\nmodel2 = 1"),
            "8:1: a deployment by `tokens` has no key `model2`: did you mean `model`?",
        ),
        (
            tokens("input = 5\noutput = 5").replace("glm-5.1", "qwen3-max-2025-09-23"),
            "2:1: this price comes in tiers, and the input of each request picks the tier (`tokens.tier`): write `requests`, the number of requests these tokens belong to: their average size picks the tier",
        ),
    ] {
        assert_eq!(errors(&plan), format!("{error}\n"), "{plan}");
    }
}

/// What is not sold for a term is said in the keys that are written, with those that can be.
#[test]
fn a_term_that_a_model_is_not_sold_for_names_no_flag() {
    let azure =
        "it is sold by the hour (`hours`), by the month (`months`) or by the year (`years`)";
    let google = "it is sold by the month (`months`), by the week (`weeks`), by three months (`quarters`) or by the year (`years`)";
    let instead = "write such a key in place of `term`";
    for (method, model, term, said) in [
        (
            "ptu",
            "gpt-5.2",
            "term = \"subscription\"",
            format!("by the day, as `term = \"subscription\"` is: {azure}: {instead}"),
        ),
        (
            "ptu",
            "gemini-2.5-pro",
            "term = \"subscription\"",
            format!("by the day, as `term = \"subscription\"` is: {google}: {instead}"),
        ),
        (
            "ptu",
            "gemini-2.5-pro",
            "term = \"pay-as-you-go\"",
            format!("by the hour, as `term = \"pay-as-you-go\"` is: {google}: {instead}"),
        ),
        (
            "ptu",
            "gpt-5.2",
            "days = 3",
            format!("by the day (`days`): {azure}"),
        ),
        (
            "ptu",
            "gpt-5.2",
            "quarters = 1",
            format!("by three months (`quarters`): {azure}"),
        ),
        (
            "tokens",
            "gemini-2.5-pro",
            "rate = \"fine-tuned\"",
            "by fine-tuned token (`rate = \"fine-tuned\"`): it is sold by provisioned throughput (`quote ptu`) or by standard token (`quote tokens --rate standard`)".to_owned(),
        ),
    ] {
        let size = match method {
            "ptu" => "units = 15",
            _ => "input = 5\noutput = 5",
        };
        let at = |defaults: &str, own: &str| {
            format!(
                "version = 1\n{defaults}[[deployment]]\nname = \"a\"\nmethod = \"{method}\"\nmodel = \"{model}\"\n{size}\n{own}\n"
            )
        };
        let said = format!("`{model}` is not sold {said}\n");
        assert_eq!(errors(&at("", term)), format!("5:1: {said}"));
        let defaults = format!("[defaults]\n{term}\n");
        assert_eq!(errors(&at(&defaults, "")), format!("7:1: {said}"));
    }
}

#[test]
fn a_file_that_is_no_plan_is_refused() {
    for plan in [
        "\u{1b}[31m = 1\n",
        "[[[",
        "a = \"",
        "\0",
        "= =",
        "[[deployment]]\nname = \"\u{202e}x\"\n",
    ] {
        let (code, stderr) = refused(plan);
        assert_eq!(code, 1, "{plan:?}");
        assert!(stderr.starts_with("error: plan.toml:"), "{stderr}");
        assert!(!stderr.contains(['\u{1b}', '\0', '\u{202e}']), "{stderr:?}");
    }
}

#[test]
fn a_bare_discount_below_1_is_not_guessed_at() {
    let plan = |discount: &str| {
        mu("term = \"subscription\"").replace(
            "version = 1",
            &format!("version = 1\ndiscount = {discount}"),
        )
    };
    for (discount, said) in [
        (
            "0.15",
            "it can mean 0.15% or 15%: write `\"0.15%\"` or `\"15%\"`",
        ),
        (
            "\"0.15\"",
            "it can mean 0.15% or 15%: write `\"0.15%\"` or `\"15%\"`",
        ),
        ("\"150%\"", "it is not a percentage from `0%` to `100%`"),
    ] {
        let written = discount.trim_matches('"');
        assert_eq!(
            errors(&plan(discount)),
            format!("2:12: `discount` cannot be `{written}`: {said}\n")
        );
    }
    for (discount, total) in [
        ("\"0.15%\"", "10123.7915"),
        ("15", "8618.15"),
        ("0", "10139"),
    ] {
        let report = super::checked(&plan(discount), "");
        assert_eq!(super::text(&report, "/total"), total, "{discount}");
    }
}

#[test]
fn the_way_out_of_a_plan_is_a_key_and_no_flag() {
    let plan = "version = 1\n[[deployment]]\nname = \"a\"\nmethod = \"tokens\"\nmodel = \"qwen3-8b\"\n\
        input = \"1M\"\noutput = \"1M\"\npostpaid = \"off\"\n";
    assert_eq!(
        errors(plan),
        "2:1: the provider can stop calls when a free quota is used up, and there is none: tokens are billed (`free.stop`): \
         add `free_quota = \"<TOKENS>\"`, with `free_used` where it is used up, or leave out `postpaid = \"off\"`\n"
    );
}
