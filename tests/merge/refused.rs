//! Parts that do not make a whole.

use tollgate::cli::Outcome;

use super::{common, csv, merge, partial, two_minutes, write};

/// Exit code and stderr of a command line that fails.
pub fn refused(args: &[String]) -> (u8, String) {
    let Outcome {
        stdout,
        stderr,
        code,
        ..
    } = common::run(args);
    assert_eq!(stdout, "");
    (code, stderr)
}

#[test]
fn parts_for_different_orders_say_what_differs() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [a, b]) = two_minutes(folder.path());
    let a = write(folder.path(), "a.json", &partial(&a, ""));
    let b = write(folder.path(), "b.json", &partial(&b, "--days 7"));
    let (code, said) = refused(&merge(&[a.clone(), b.clone()]));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        format!(
            "error: `{a}:1` and `{b}:1` were made for different parameters: `term` is `none` here \
             and `7 days` there\n\n\
             hint: make all of them for the same model, prices and reservation\n"
        )
    );
}

#[test]
fn a_minute_in_two_parts_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [a, _]) = two_minutes(folder.path());
    let a = write(folder.path(), "a.json", &partial(&a, ""));
    let (code, said) = refused(&merge(&[a.clone(), a]));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        "error: the minute 2026-06-01 10:00 +08:00 is in more than one partial result\n\n\
         hint: split the trace at whole minutes, so that all calls of a minute are in one part\n"
    );
}

#[test]
fn other_prices_than_then_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [a, _]) = two_minutes(folder.path());
    let now = partial(&a, "");
    let start = now.find("\"prices\":\"CNY ").unwrap() + "\"prices\":\"CNY ".len();
    let then = format!("{}9{}", &now[..start], &now[start..]);
    let then = write(folder.path(), "then.json", &then);
    let (code, said) = refused(&merge(&[then]));
    assert_eq!(code, 1);
    let start = "error: the catalog is not the one that the partial results were made with: \
                 `prices` is `CNY ";
    let end = "\n\nhint: give the same `--catalog` as then, or make the partial results again\n";
    assert!(said.starts_with(start) && said.ends_with(end), "{said}");
}

#[test]
fn the_date_of_the_parts_decides_and_another_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [a, _]) = two_minutes(folder.path());
    let made = write(folder.path(), "a.json", &partial(&a, "--as-of 2026-11-01"));
    let report = common::json(&merge(std::slice::from_ref(&made)));
    assert_eq!(report["catalog"]["as_of"], "2026-11-01");
    let (code, said) = refused(&merge(&[made, "--as-of=2026-11-02".to_owned()]));
    assert_eq!(code, 2);
    assert_eq!(
        said,
        "error: the partial results were made with `--as-of 2026-11-01`\n\n\
         hint: leave `--as-of` out, or make the partial results again\n"
    );
}

#[test]
fn what_a_single_run_refuses_is_refused_of_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let calls = [(0, 0, 10, 1), (120, 0, 10, 1)];
    let parts = [&calls[..1], &calls[1..]].map(csv);
    let files: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let trace = write(folder.path(), &format!("{at}.csv"), text);
            let made = partial(&trace, "--hours 1");
            write(folder.path(), &format!("{at}.json"), &made)
        })
        .collect();
    let (code, said) = refused(&merge(&files));
    assert_eq!(code, 2);
    let start = "error: the trace has 121 minutes, and the term is 60 minutes\n\nhint: ";
    assert!(said.starts_with(start), "{said}");
}

#[test]
fn a_part_takes_neither_a_fit_nor_what_is_for_totals() {
    let line = "quote ptu glm-5.1 --input-tpm 1k --output-tpm 1k --trace x.csv --partial";
    for flag in [
        "--discount 5%",
        "--fx USD=0.1",
        "--max-cost 9",
        "--format csv",
    ] {
        let line = format!("{line} {flag}");
        let args: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let (code, said) = refused(&args);
        assert_eq!(code, 2);
        let name = flag.split(' ').next().unwrap();
        assert_eq!(
            said,
            format!(
                "error: `{name}` does nothing in `tollgate quote ptu --partial`\n\n\
                 hint: give it to `tollgate merge`: a partial result is JSON and has no total\n"
            )
        );
    }
    let fit = "quote ptu glm-5.1 --fit peak --trace x.csv --partial";
    let args: Vec<String> = fit.split(' ').map(str::to_owned).collect();
    assert_eq!(refused(&args).0, 2);
    let alone = line.replace(" --trace x.csv", " --hours 1");
    let args: Vec<String> = alone.split(' ').map(str::to_owned).collect();
    assert_eq!(refused(&args).0, 2);
}

#[test]
fn parts_of_other_rows_are_parts_of_another_trace() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "timestamp,model,input_tokens,output_tokens\n2026-06-01T10:00:00Z,big,9,9\n";
    let a = write(folder.path(), "a.csv", rows);
    let b = write(folder.path(), "b.csv", &rows.replace("10:00", "11:00"));
    let a = write(folder.path(), "a.json", &partial(&a, "--where model=big"));
    let b = write(folder.path(), "b.json", &partial(&b, ""));
    let (code, said) = refused(&merge(&[a.clone(), b.clone()]));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        format!(
            "error: `{a}:1` and `{b}:1` were made for different parameters: `where` is `model=big` \
             here and `none` there\n\n\
             hint: make all of them for the same model, prices and reservation\n"
        )
    );
}

#[test]
fn times_from_a_start_of_their_own_are_not_among_dates() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [dated, _]) = two_minutes(folder.path());
    let rows = "timestamp,input_tokens,output_tokens\n0,9,9\n";
    let counted = write(folder.path(), "counted.csv", rows);
    let a = write(folder.path(), "a.json", &partial(&dated, ""));
    let b = write(
        folder.path(),
        "b.json",
        &partial(&counted, "--time-unit seconds"),
    );
    let (code, said) = refused(&merge(&[a.clone(), b.clone()]));
    assert_eq!(
        (code, said),
        (
            1,
            format!(
                "error: the times of `{b}:1` are counted from a start of its own, and those of \
                 `{a}:1` are dates\n\n\
                 hint: merge those of one trace\n"
            )
        )
    );
    let mut together = super::order(&dated, "--time-unit seconds");
    together.extend(["--trace".to_owned(), counted.clone()]);
    // The unit is for the one of them whose times are numbers.
    let (code, _) = refused(&together);
    assert_eq!(code, 1);
}

#[test]
fn parts_without_any_call_have_no_quote() {
    let folder = tempfile::tempdir().unwrap();
    let empty = write(
        folder.path(),
        "empty.csv",
        "timestamp,input_tokens,output_tokens\n",
    );
    let empty = write(folder.path(), "empty.json", &partial(&empty, ""));
    let (code, said) = refused(&merge(std::slice::from_ref(&empty)));
    assert_eq!(
        (code, said.as_str()),
        (
            1,
            "error: there is no call in the partial results\n\nhint: merge the parts that have calls, too\n"
        )
    );
}

#[test]
fn a_file_without_even_a_header_is_no_part() {
    let folder = tempfile::tempdir().unwrap();
    let empty = write(folder.path(), "empty.csv", "");
    let (code, said) = refused(&super::order(&empty, "--partial"));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        format!(
            "error: `{empty}` is empty\n\n\
             hint: name a file of logged calls: CSV with a header, JSON, or Parquet\n"
        )
    );
}
