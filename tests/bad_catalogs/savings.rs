//! What is wrong with a savings plan, where it stands.

use super::{HEAD, invalid, shape, tollgate};

/// A plan of two groups and two bands. It begins in line 4.
const PLAN: &str = r#"[[billing.savings_plan]]
smallest = "1000"
step = "10"
terms = [3, 12]
[[billing.savings_plan.group]]
name = "A"
families = ["Qwen"]
[[billing.savings_plan.group]]
name = "B"
code_begins = ["glm"]
[[billing.savings_plan.band]]
payment = "all-upfront"
commitment_from = "1000"
factors = { A = ["0.9", "0.8"], B = ["1", "1.0"] }
[[billing.savings_plan.band]]
payment = "all-upfront"
commitment_from = "5000"
factors = { A = ["0.8", "0.7"], B = ["1", "1.0"] }
"#;

#[test]
fn a_plan_that_is_whole_is_taken() {
    for plan in [
        PLAN.to_owned(),
        PLAN.replace("step =", "from = 2026-12-01\nstep ="),
    ] {
        let text = format!("{HEAD}{plan}");
        let folder = super::folder(&[("own.toml", &text)]);
        let models = tollgate(&folder)
            .args(["models", "--catalog", "own.toml"])
            .output()
            .unwrap();
        assert_eq!(models.status.code(), Some(0), "{models:?}");
        shape::assert_taken(shape::Kind::Catalog, &text);
    }
}

#[test]
fn what_is_wrong_with_a_plan_is_said_where_it_stands() {
    for (good, bad, error) in [
        ("smallest = \"1000\"\n", "", "4:1: missing field `smallest`"),
        (
            "\"1000\"\nstep",
            "1000\nstep",
            "5:12: invalid type: integer `1000`, expected a decimal as a string, such as `\"1.2\"`",
        ),
        (
            "\"1000\"\nstep",
            "\"0\"\nstep",
            "5:12: `smallest` is above 0",
        ),
        ("\"10\"", "\"0\"", "6:8: `step` is above 0"),
        ("[3, 12]", "[]", "7:9: `terms` has no number of months"),
        ("[3, 12]", "[0, 12]", "7:9: a term has 1 to 1200 months"),
        (
            "[3, 12]",
            "[12, 3]",
            "7:9: `terms` are in their order, the shortest first, each once",
        ),
        (
            "name = \"B\"",
            "name = \"A\"",
            "12:8: the group `A` is there twice",
        ),
        (
            "code_begins = [\"glm\"]",
            "families = [\"Qwen\"]",
            "13:13: the family `Qwen` is in a group already",
        ),
        (
            "[\"glm\"]",
            "[\"glm\", \"GLM\"]",
            "13:23: the beginning `glm` is in a group already",
        ),
        (
            "payment = \"all-upfront\"\ncommitment_from = \"5000\"",
            "payment = \"later\"\ncommitment_from = \"5000\"",
            "19:11: `later` is not a way to pay: it is one of `all-upfront`, `no-upfront`",
        ),
        (
            "commitment_from = \"5000\"",
            "commitment_from = \"1000\"",
            "18:1: this band is there twice",
        ),
        (
            "commitment_from = \"1000\"",
            "commitment_from = \"2000\"",
            "4:1: no band has the `smallest` commitment: a `commitment_from` is not above it",
        ),
        (
            "A = [\"0.8\", \"0.7\"], B",
            "B",
            "21:11: missing factors of the group `A`",
        ),
        (
            "A = [\"0.8\", \"0.7\"]",
            "A = [\"0.8\", \"0.7\"], D = [\"1\", \"1\"]",
            "21:11: no group `D`: define it as `[[billing.savings_plan.group]]`",
        ),
        (
            "A = [\"0.8\", \"0.7\"]",
            "A = [\"0.8\"]",
            "21:11: the group `A` has 1 factor, and there are 2 `terms`",
        ),
        (
            "\"0.7\"",
            "\"1.7\"",
            "21:25: a factor is above 0 and at most 1, and has up to 6 decimals",
        ),
        (
            "\"0.7\"",
            "\"0\"",
            "21:25: a factor is above 0 and at most 1, and has up to 6 decimals",
        ),
    ] {
        let plan = PLAN.replacen(good, bad, 1);
        assert_ne!(plan, PLAN, "{good}");
        invalid(&format!("{HEAD}{plan}"), error);
    }
    let twice = format!("{HEAD}{PLAN}{PLAN}");
    invalid(&twice, "22:1: there are two of these from the same day on");
}
