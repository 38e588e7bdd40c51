//! A plan prices what the same flags price.

use serde_json::Value;

use super::Folder;

/// A deployment by a method with these keys.
fn plan(method: &str, keys: &str) -> String {
    format!(
        "version = 1\n[[deployment]]\nname = \"a\"\nmodel = \"chat\"\nmethod = \"{method}\"\n{keys}\n"
    )
}

#[track_caller]
fn same(method: &str, keys: &str, flags: &str) {
    let folder = Folder::new();
    folder.file("tollgate.toml", &plan(method, keys));
    let report = folder.json("check");
    let planned = &report["deployments"][0]["parts"][0]["quote"];
    let quoted = &folder.json(&format!("quote {method} chat {flags}"))["quotes"][0];
    assert_eq!(planned, quoted);
    // Each key is among the settings, to be compared with a later plan.
    for key in keys.lines().filter_map(|line| line.split(" = ").next()) {
        assert_ne!(
            report["deployments"][0]["parameters"][key],
            Value::Null,
            "{key}"
        );
    }
}

#[test]
fn keys_are_flags() {
    same(
        "tokens",
        "input = \"1M\"\noutput = 0\nrequests = 100\ncached_input = \"600k\"\ncache_write = 100_000\ncache = \"implicit\"",
        "--input 1M --output 0 --requests 100 --cached-input 600k --cache-write 100k --cache implicit",
    );
    same(
        "tokens",
        "rpm = 2\ninput_per_request = 4000\noutput_per_request = 400\ncache_hit = \"75%\"",
        "--rpm 2 --input-per-request 4000 --output-per-request 400 --cached-per-request 3000",
    );
    same(
        "ptu",
        "input_tpm = \"10k\"\noutput_tpm = \"1k\"\nhours = 10\nrpm = 30\ninput_per_request = 4000\noutput_per_request = 400\ncached_per_request = 2000\ncache_write_per_request = 500\ncache = \"explicit\"",
        "--input-tpm 10k --output-tpm 1k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --cached-per-request 2000 --cache-write-per-request 500 --cache explicit",
    );
}

#[test]
fn defaults_of_a_cache_are_for_deployments_with_a_load() {
    let folder = Folder::new();
    folder.file(
        "tollgate.toml",
        "version = 1\n[defaults]\nmodel = \"chat\"\ncache_hit = \"50%\"\ncache = \"explicit\"\n\
         [[deployment]]\nname = \"all\"\nmethod = \"tokens\"\ninput = 1000\noutput = 0\nrequests = 1\n\
         [[deployment]]\nname = \"load\"\nmethod = \"tokens\"\nrpm = 1\ninput_per_request = 1000\noutput_per_request = 0\ndays = 1\n\
         [[deployment]]\nname = \"size\"\nmethod = \"ptu\"\nhours = 1\ninput_tpm = \"10k\"\noutput_tpm = 0\n",
    );
    let report = folder.json("check");
    let totals: Vec<&str> = report["deployments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["total"].as_str().unwrap())
        .collect();
    // 1,000 × ¥10, then 1,440 × (500 × ¥10 + 500 × ¥1), a million each, and 10K TPM for an hour.
    assert_eq!(totals, ["0.01", "7.92", "2"]);
}

#[test]
fn what_makes_no_sense_is_said_in_keys() {
    let folder = Folder::new();
    let problems = |method: &str, keys: &str| {
        folder.file("tollgate.toml", &plan(method, keys));
        let output = folder.run("check");
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    let said = problems("tokens", "input = 10\noutput = 1\ncached_input = 11");
    let more = "`cached_input` is part of `input`, and 11 tokens are more than 10: `input` counts all input: where a log counts the cache beside it, write `input = \"21\"`";
    assert!(said.contains(more), "{said}");
    let load = "rpm = 1\ninput_per_request = 7\noutput_per_request = 1";
    let said = problems("tokens", &format!("{load}\ncache_hit = \"50%\""));
    let whole = "`cache_hit = \"50%\"` of 7 input tokens is not a whole number of tokens: give their number, such as `cached_per_request = \"3\"`";
    assert!(said.contains(whole), "{said}");
    let both = "cache_hit = \"0%\"\ncached_per_request = 3";
    let said = problems("tokens", &format!("{load}\n{both}"));
    let beside = "`cached_per_request` cannot stand beside `cache_hit`: keep one of them";
    assert!(said.contains(beside), "{said}");
    let said = problems("mu", "term = \"subscription\"\ncached_per_request = 3");
    assert!(said.contains("missing `rpm`"), "{said}");
}
