//! What is said of a cache and makes no sense is the command line's mistake, and says the way out.

use super::Folder;

#[track_caller]
fn refused(line: &str, said: &str) {
    let output = Folder::new().run(line);
    assert_eq!(output.stdout, b"", "`{line}`");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), stderr.as_str()),
        (Some(2), said),
        "`{line}`"
    );
}

const ALL: &str = "quote tokens chat --requests 100 --input 1M --output 0";
const LOAD: &str = "--rpm 1 --input-per-request 1025 --output-per-request 1";

#[test]
fn more_of_a_cache_than_there_is_input() {
    refused(
        &format!("{ALL} --cached-input 600k --cache-write 500k"),
        "error: `--cached-input` and `--cache-write` are parts of `--input`, and 1,100,000 tokens are more than 1,000,000\n\n\
         hint: `--input` counts all input: where a log counts the cache beside it, write `--input 2100000`\n",
    );
    refused(
        &format!("{ALL} --cached-input 1000001"),
        "error: `--cached-input` is part of `--input`, and 1,000,001 tokens are more than 1,000,000\n\n\
         hint: `--input` counts all input: where a log counts the cache beside it, write `--input 2000001`\n",
    );
    for command in ["quote tokens", "compare", "quote ptu --hours 1 --fit peak"] {
        refused(
            &format!("{command} chat {LOAD} --cache-write-per-request 2k"),
            "error: `--cache-write-per-request` is part of `--input-per-request`, and 2,000 tokens are more than 1,025\n\n\
             hint: `--input-per-request` counts all input: where a log counts the cache beside it, write `--input-per-request 3025`\n",
        );
    }
}

#[test]
fn a_share_that_is_no_whole_token() {
    refused(
        &format!("compare chat {LOAD} --cache-hit 33%"),
        "error: `--cache-hit 33%` of 1,025 input tokens is not a whole number of tokens\n\n\
         hint: give their number, such as `--cached-per-request 338`\n",
    );
}

#[test]
fn a_share_beside_a_number_and_a_part_without_its_whole() {
    refused(
        &format!("compare chat {LOAD} --cache-hit 40% --cached-per-request 410"),
        "error: `--cache-hit <PERCENT>` does not go with `--cached-per-request <TOKENS>`\n\n\
         hint: leave one of them out\n",
    );
    refused(
        &format!("quote tokens chat {LOAD} --cached-input 5"),
        "error: `--rpm <RATE>` does not go with `--cached-input <TOKENS>`\n\n\
         hint: leave one of them out\n",
    );
}

#[test]
fn a_way_of_the_cache_without_input_of_it() {
    refused(
        &format!("{ALL} --cache explicit"),
        "error: `--cache explicit` says which cache input is read from, and no input is said to be\n\n\
         hint: say how much is, as in `--cached-input 300k` beside `--input` or `--cached-per-request 3000` beside `--rpm`, or leave it out\n",
    );
}
