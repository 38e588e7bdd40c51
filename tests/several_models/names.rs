//! From the names in a log to models: aliases, a map, and names that nobody knows.

use super::common;
use super::common::folder::Folder;
use super::shown::LOG;
use super::support::{json, refused, total};

fn log(folder: &Folder) -> String {
    folder.file("log.jsonl", LOG)
}

#[test]
fn a_name_that_nobody_knows_is_listed_and_never_priced() {
    let folder = Folder::new(&[]);
    let log = log(&folder);
    for command in ["quote tokens", "compare"] {
        assert_eq!(
            refused(&format!("{command} --trace {log}")),
            (
                1,
                "error: the log has 1 model that no catalog knows: `azure/my-deployment` (1 call, 1,300 tokens)\n\n\
                 hint: say what each stands for with `--model-map 'azure/my-deployment=<CODE>'`, or leave them out with `--skip-unknown-models`\n"
                    .to_owned()
            )
        );
    }
}

#[test]
fn a_name_of_another_seller_is_no_alias_but_a_suggestion() {
    let folder = Folder::new(&[]);
    let log = folder.file(
        "log.csv",
        "time,model,input_tokens,output_tokens\n2026-11-02T09:00:00Z,deepseek/deepseek-v3.2,10,1\n",
    );
    assert_eq!(
        refused(&format!("quote tokens --trace {log}")),
        (
            1,
            "error: the log has 1 model that no catalog knows: `deepseek/deepseek-v3.2` (1 call, 11 tokens)\n\n\
             hint: say what each stands for with `--model-map 'deepseek/deepseek-v3.2=deepseek-v3.2'`, or leave them out with `--skip-unknown-models`\n"
                .to_owned()
        )
    );
}

#[test]
fn a_map_is_given_by_pairs_and_by_files() {
    let folder = Folder::new(&[]);
    let log = log(&folder);
    let file = folder.file(
        "names.txt",
        "# our deployments\n\nAZURE/my-deployment = qwen-plus\n\"other=name\" = \"qwen3-8b\"\n",
    );
    let by_file = json(&format!("quote tokens --trace {log} --model-map {file}"));
    let by_pair = json(&format!(
        "quote tokens --trace {log} --model-map azure/my-deployment=dashscope/qwen-plus"
    ));
    assert_eq!(by_file, by_pair);
    let models = by_file["bill"]["models"].as_array().unwrap();
    let named: Vec<_> = models
        .iter()
        .map(|one| (one["model"].as_str().unwrap(), one["names"].to_string()))
        .collect();
    assert_eq!(
        named,
        [
            (
                "qwen3-max-2025-09-23",
                r#"["qwen3-max-2025-09-23"]"#.to_owned()
            ),
            (
                "deepseek-v3.2",
                r#"["dashscope/deepseek-v3.2","deepseek-v3.2"]"#.to_owned()
            ),
            ("qwen-plus", r#"["azure/my-deployment"]"#.to_owned()),
        ]
    );
}

#[test]
fn a_map_that_cannot_be_is_refused() {
    let folder = Folder::new(&[]);
    let log = log(&folder);
    let wrong = folder.file("names.txt", "a=qwen-plus\nb\n");
    for (map, code, said) in [
        ("x=no-model".to_owned(), 1, "error: no model `no-model`"),
        (
            "=qwen-plus".to_owned(),
            2,
            "error: `--model-map`: `=qwen-plus` is not `NAME=CODE`",
        ),
        (
            "a=qwen-plus --model-map A=qwen3-8b".to_owned(),
            2,
            "error: `--model-map`: `A` stands for `qwen-plus` and for `qwen3-8b`",
        ),
        (
            "missing.txt".to_owned(),
            1,
            "error: cannot read `missing.txt`: No such file or directory (os error 2)",
        ),
        (
            wrong.clone(),
            2,
            &format!("error: {wrong}:2: `b` is not `NAME=CODE`"),
        ),
    ] {
        let (found, stderr) = refused(&format!("quote tokens --trace {log} --model-map {map}"));
        assert_eq!((found, stderr.lines().next()), (code, Some(said)), "{map}");
    }
}

#[test]
fn a_catalog_of_ones_own_has_aliases() {
    let folder = Folder::new(&[]);
    let log = log(&folder);
    let catalog = folder.file(
        "own.toml",
        "version = 1\n[provider]\nid = \"alibaba\"\nprefixes = [\"gate\"]\n[[model]]\ncode = \"qwen-plus\"\naliases = [\"azure/my-deployment\"]\n",
    );
    let aliased = json(&format!("quote tokens --trace {log} --catalog {catalog}"));
    let mapped = json(&format!(
        "quote tokens --trace {log} --model-map azure/my-deployment=qwen-plus"
    ));
    assert_eq!(aliased["bill"], mapped["bill"]);
    for name in [
        "azure/my-deployment",
        "AZURE/MY-Deployment",
        "gate/qwen-plus",
        "dashscope/Qwen-Plus",
    ] {
        let by_name = total(&format!(
            "tokens {name} --input 1M --output 1M --requests 9 --catalog {catalog}"
        ));
        assert_eq!(
            by_name,
            total("tokens qwen-plus --input 1M --output 1M --requests 9"),
            "{name}"
        );
    }
}

#[test]
fn what_is_of_several_models_is_refused_beside_one() {
    let folder = Folder::new(&[]);
    let log = log(&folder);
    let of_one = "leave one of them out";
    for (line, hint) in [
        ("quote tokens qwen-plus --skip-unknown-models", of_one),
        ("quote tokens qwen-plus --model-map a=qwen-plus", of_one),
        ("compare qwen-plus --skip-unknown-models", of_one),
    ] {
        let (code, stderr) = refused(&format!("{line} --trace {log}"));
        let said = stderr.lines().last().unwrap();
        assert_eq!(
            (code, said),
            (2, format!("hint: {hint}").as_str()),
            "{line}"
        );
    }
}

#[test]
fn calls_that_name_no_model_are_not_priced() {
    let folder = Folder::new(&[]);
    let log = folder.file(
        "log.csv",
        "time,input_tokens,output_tokens\n2026-11-02T09:00:00Z,10,1\n",
    );
    assert_eq!(
        refused(&format!("quote tokens --trace {log}")),
        (
            1,
            "error: 1 call, 11 tokens of the log name no model\n\n\
             hint: name the model of all its calls, `tollgate quote tokens <MODEL> --trace …`, or leave them out with `--skip-unknown-models`\n"
                .to_owned()
        )
    );
}

#[test]
fn names_that_differ_in_their_end_alone_are_two_models() {
    let folder = Folder::new(&[]);
    let arn = |end: &str| {
        format!(
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/{}{end}",
            "p".repeat(60)
        )
    };
    let (one, other) = (arn("one"), arn("other"));
    let log = folder.file(
        "log.csv",
        &format!(
            "time,model,input_tokens,output_tokens\n2026-11-02T09:00:00Z,{one},1000,100\n2026-11-02T09:01:00Z,{other},1000,100\n"
        ),
    );
    let bill = common::json(&[
        "quote",
        "tokens",
        "--trace",
        &log,
        "--model-map",
        &format!("{one}=qwen-plus"),
        "--model-map",
        &format!("{other}=qwen3-8b"),
        "--mode",
        "non-thinking",
    ]);
    let names = |at: usize| bill["bill"]["models"][at]["names"][0].as_str().unwrap();
    let mut found = [names(0), names(1)];
    found.sort_unstable();
    assert_eq!(found, [one.as_str(), other.as_str()]);
}

#[test]
fn calls_of_models_without_a_price_of_output_have_none() {
    let folder = Folder::new(&[]);
    let log = folder.file(
        "log.csv",
        "time,model,input_tokens,output_tokens\n2026-11-02T09:00:00Z,text-embedding-v4,1000,\n2026-11-02T09:01:00Z,qwen3-rerank,1000,\n2026-11-02T09:01:00Z,qwen-plus,1000,100\n",
    );
    let bill = common::json(&["quote", "tokens", "--trace", &log]);
    assert_eq!(bill["bill"]["models"].as_array().unwrap().len(), 3);
    let contents = common::json(&["trace", &log]);
    assert_eq!(contents["models"].as_array().unwrap().len(), 3);
    let lacking = folder.file(
        "bad.csv",
        "time,model,input_tokens,output_tokens\n2026-11-02T09:00:00Z,text-embedding-v4,1000,\n2026-11-02T09:01:00Z,qwen-plus,1000,\n",
    );
    let (code, stderr) = refused(&format!("quote tokens --trace {lacking}"));
    assert_eq!(code, 1);
    assert!(stderr.contains("bad.csv:3: no output tokens"), "{stderr}");
}

#[test]
fn what_is_paid_now_is_not_stated_where_it_is_not_known_to_serve() {
    let folder = Folder::new(&[]);
    let log = folder.file(
        "log.csv",
        "time,model,input_tokens,output_tokens\n2026-11-02T09:00:00Z,qwen3-8b,90000,9000\n",
    );
    let args = ["compare", "--trace", &log, "--current", "mu-monthly"];
    let compared = common::json(&args);
    assert_eq!(compared["now_total"], serde_json::Value::Null);
    let outcome = common::run(&args);
    let mut lines = outcome.stdout.lines();
    assert!(
        lines.next().unwrap().starts_with("Best: ¥"),
        "{}",
        outcome.stdout
    );
    assert_eq!(
        lines.next().unwrap(),
        "What is paid now is left out: `mu-monthly` is not known to serve the calls of"
    );
    let (code, stderr) = refused(&format!(
        "compare --trace {log} --replica-capacity MU7x77=7k/1k"
    ));
    assert_eq!(
        (code, stderr.lines().next()),
        (
            2,
            Some("error: `--replica-capacity` is for `MU7x77`, which no option has")
        )
    );
}
