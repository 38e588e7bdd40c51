//! The commands in `docs/recipes.md` print what they say, and exit so.

#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "recipes/answer.rs"]
mod answer;
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use answer::{Answer, answer};

const RECIPES: &str = include_str!("../docs/recipes.md");

/// What writes the file of the recipes for quotes.
const QUOTE: &str =
    "tollgate quote ptu glm-5.1 --input-tpm 10k --output-tpm 1k --days 30 --json > quote.json";

const BEFORE: &str = r#"
version = 1
[[deployment]]
name = "chat"
method = "ptu"
model = "qwen3-max-2025-09-23"
input_tpm = "100k"
output_tpm = "10k"
term = "pay-as-you-go"
hours_per_day = "10"
[[deployment]]
name = "rerank"
method = "mu"
model = "qwen3-rerank"
term = "pay-as-you-go"
hours_per_day = "10"
"#;

/// A `jq` command of the document.
struct Recipe {
    filter: String,
    /// The file that it reads.
    file: String,
    raw: bool,
    verdict: bool,
}

/// The lines of all blocks.
fn lines() -> impl Iterator<Item = &'static str> {
    let blocks = RECIPES.split("```").skip(1).step_by(2);
    blocks.flat_map(|block| block.strip_prefix("sh\n").unwrap().lines())
}

/// Every `jq` command, in its order. No other program may stand in a block but `tollgate`, which
/// writes the files that they read.
fn recipes() -> Vec<Recipe> {
    let mut recipes = Vec::new();
    for line in lines() {
        if line == "tollgate check --json > cost.json" || line == QUOTE {
            continue;
        }
        let command = line.strip_prefix("jq -").unwrap();
        let (flags, rest) = command.split_once(" '").unwrap();
        let (filter, file) = rest.rsplit_once("' ").unwrap();
        recipes.push(Recipe {
            filter: filter.to_owned(),
            file: file.to_owned(),
            raw: flags.contains('r'),
            verdict: flags.contains('e'),
        });
    }
    recipes
}

/// `tollgate check` of a plan in a folder, as JSON.
fn check(folder: &Path, plan: &str, flags: &[&str]) -> String {
    fs::write(folder.join("tollgate.toml"), plan).unwrap();
    let mut command = assert_cmd::Command::cargo_bin("tollgate").unwrap();
    let run = command
        .current_dir(folder)
        .env("TOLLGATE_TODAY", "2026-11-20")
        .args(["check", "--json", "--as-of", "2026-11-20"])
        .args(flags);
    let output = run.assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

/// A plan by the hour, and a later one that subscribes.
fn costs(folder: &Path) -> [String; 2] {
    let before = check(folder, BEFORE, &[]);
    fs::write(folder.join("before.json"), &before).unwrap();
    let subscribed = BEFORE
        .replacen(
            "term = \"pay-as-you-go\"\nhours_per_day = \"10\"",
            "term = \"subscription\"",
            1,
        )
        .replace("hours_per_day = \"10\"", "hours_per_day = \"20\"");
    let after = check(folder, &subscribed, &["--baseline", "before.json"]);
    [before, after]
}

/// What each recipe gives for each plan: chat is 768 of input and 308 of output a day for 300
/// hours or 921.60 and 369.60 for 30 days; rerank is 21 an hour.
const EXPECTED: &[[(&str, i32); 2]] = &[
    [("38580.00 CNY\n", 0), ("51336.00 CNY\n", 0)],
    [
        ("chat: 32280.00\nrerank: 6300.00\n", 0),
        ("chat: 38736.00\nrerank: 12600.00\n", 0),
    ],
    [("chat: 32280.00\n", 0), ("chat: 38736.00\n", 0)],
    [("false\n", 1), ("true\n", 0)],
    [("chat\n", 0), ("", 0)],
    [("", 0), ("chat: +6456\nrerank: +6300\n", 0)],
];

/// The recipes for plans, each with a plan and what it gives for it.
fn expected() -> Vec<(Recipe, usize, Answer)> {
    let of_plans = || recipes().into_iter().filter(|one| one.file == "cost.json");
    assert_eq!(of_plans().count(), EXPECTED.len());
    let of_plan = |plan: usize| {
        of_plans().zip(EXPECTED).map(move |(recipe, both)| {
            let (printed, code) = *both.get(plan).unwrap();
            let printed = printed.to_owned();
            (recipe, plan, Answer { printed, code })
        })
    };
    of_plan(0).chain(of_plan(1)).collect()
}

#[test]
fn each_recipe_gives_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let costs = costs(folder.path());
    for (recipe, plan, expected) in expected() {
        let cost = costs.get(plan).unwrap();
        let found = answer(&recipe.filter, cost, recipe.raw, recipe.verdict);
        assert_eq!(found, expected, "{}", recipe.filter);
    }
}

/// (1 × 259.20 + 1 × 103.68) × 30 = 10,886.40; its overflow is none.
#[test]
fn the_recipes_for_quotes_give_what_they_say() {
    assert!(lines().any(|line| line == QUOTE));
    let command = QUOTE.strip_prefix("tollgate ").unwrap();
    let args = command.strip_suffix(" > quote.json").unwrap();
    let quote = support::stdout(args);
    let given: Vec<(String, i32)> = recipes()
        .iter()
        .filter(|one| one.file == "quote.json")
        .map(|one| answer(&one.filter, &quote, one.raw, one.verdict))
        .map(|answer| (answer.printed, answer.code))
        .collect();
    let lines = "ptu.input: 7776\nptu.output: 3110.4\n";
    assert_eq!(given, [("10886.4\n".to_owned(), 0), (lines.to_owned(), 0)]);
}

/// Where `jq` itself is on the machine it has to say the same; the test above needs none.
#[test]
fn jq_agrees_where_it_is_installed() {
    if Command::new("jq").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let costs = costs(folder.path());
    for (recipe, plan, expected) in expected() {
        let file = folder.path().join("cost.json");
        fs::write(&file, costs.get(plan).unwrap()).unwrap();
        let mut jq = Command::new("jq");
        jq.args(recipe.raw.then_some("-r"));
        jq.args(recipe.verdict.then_some("-e"));
        let output = jq.arg(&recipe.filter).arg(&file).output().unwrap();
        let found = Answer {
            printed: String::from_utf8(output.stdout).unwrap(),
            code: output.status.code().unwrap(),
        };
        assert_eq!(found, expected, "{}", recipe.filter);
    }
}
