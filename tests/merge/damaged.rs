//! Files that are no partial results, or not what was printed.

use super::refused::refused;
use super::{merge, partial, two_minutes, write};

#[test]
fn what_is_not_a_partial_result_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let (trace, _) = two_minutes(folder.path());
    let hint = "\n\nhint: a line is what `tollgate quote ptu --trace <FILE> --partial` prints, \
                unchanged\n";
    let (code, said) = refused(&merge(std::slice::from_ref(&trace)));
    assert_eq!(code, 1);
    assert_eq!(
        said,
        format!("error: {trace}:1: not a partial result: the line is no JSON object{hint}")
    );
    let empty = write(folder.path(), "empty.json", "\n");
    let (_, said) = refused(&merge(std::slice::from_ref(&empty)));
    assert_eq!(
        said,
        format!("error: {empty}: there is no partial result in it{hint}")
    );
    let missing = folder.path().join("missing.json");
    let (code, said) = refused(&merge(&[missing.to_str().unwrap().to_owned()]));
    assert_eq!(code, 1);
    assert!(said.contains("cannot read `"), "{said}");
}

#[test]
fn a_damaged_part_is_told_from_what_is_no_part() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [a, _]) = two_minutes(folder.path());
    let good = partial(&a, "");
    let print = "a line is what `tollgate quote ptu --trace <FILE> --partial` prints, unchanged";
    let again = "copy the line again or make it again, and leave it as it is";
    let cut = &good[..good.len() / 2];
    for (text, what, hint) in [
        (
            cut,
            "not a whole partial result: the line ends within it",
            print,
        ),
        // What is printed without `--partial`, or through `jq .`, goes over several lines.
        (
            "{\n  \"schema\": 1\n}",
            "not a whole partial result: the line ends within it",
            print,
        ),
        (
            &good.replacen("\"10000\"", "10000", 1),
            "a damaged partial result: a field before byte 62 is missing or wrong",
            again,
        ),
        (
            &good.replacen("a.csv", "a\\u001b[31m.csv", 1),
            "a damaged partial result: a file's name cannot be shown",
            again,
        ),
        (
            "{schema: 1}",
            "not a partial result: no JSON after byte 2",
            print,
        ),
        (
            "{\"schema\": 1}",
            "not a partial result: its `schema` is missing or no text",
            print,
        ),
        (
            "{\"schema\": \"tollgate/quote/1\"}",
            "not a partial result: its `schema` is `tollgate/quote/1`, not `tollgate/partial/1`",
            print,
        ),
    ] {
        let file = write(folder.path(), "part.json", text);
        let (code, said) = refused(&merge(std::slice::from_ref(&file)));
        assert_eq!(code, 1);
        assert_eq!(said, format!("error: {file}:1: {what}\n\nhint: {hint}\n"));
    }
}

#[test]
fn a_part_of_another_format_number_is_refused_for_that() {
    let folder = tempfile::tempdir().unwrap();
    let (_, [a, _]) = two_minutes(folder.path());
    let good = partial(&a, "");
    // Its fields may well be others, too.
    let whole = good.replace("tollgate/partial/1", "tollgate/partial/2");
    let other = "{\"schema\":\"tollgate/partial/2\",\"minutes\":[]}".to_owned();
    for line in [whole, other] {
        let file = write(folder.path(), "other.json", &format!("{good}\n{line}"));
        let (code, said) = refused(&merge(std::slice::from_ref(&file)));
        assert_eq!(code, 1);
        assert_eq!(
            said,
            format!(
                "error: {file}:3: a partial result of format 2, and this `tollgate` reads format 1\n\n\
                 hint: make all parts with the `tollgate` that merges them\n"
            )
        );
    }
}
