//! Failed calls, which are left out before their tokens are read.

use tollgate::trace::{Options, TraceError};

use crate::stream::{good, read_all, wrong};

/// A call of ten tokens with these fields beside.
fn line(more: &str) -> String {
    format!("{{\"ts\":1780279200,\"input_tokens\":10,\"output_tokens\":1{more}}}\n")
}

#[test]
fn a_status_or_an_error_says_that_a_call_failed() {
    for more in [
        ",\"status\":429",
        ",\"status\":\"400\"",
        ",\"status_code\":503.0",
        ",\"status\":\"failure\"",
        ",\"Status\":\"FAILED\"",
        ",\"http_status\":\"500 Internal Server Error\"",
        ",\"response\":{\"status_code\":404}",
        ",\"response.status_code\":404",
        ",\"error\":\"ThrottlingException\"",
        ",\"error\":{\"code\":1}",
        ",\"error\":[\"late\"]",
        ",\"error_code\":1302",
        ",\"errorCode\":\"ValidationException\"",
        ",\"status\":200,\"error\":\"cut off\"",
    ] {
        let (stream, summary) = good(line("") + &line(more) + &line(more));
        assert_eq!(stream.tokens(), [(10, 1)], "{more}");
        assert_eq!((summary.odd.failed, summary.rows), (2, 3), "{more}");
        assert_eq!(summary.files[0].odd.failed, 2, "{more}");
        let billed = Options {
            bills_failed: true,
            ..Options::default()
        };
        let text = line("") + &line(more) + &line(more);
        let (stream, result) = read_all(&[text], &billed);
        assert_eq!(stream.tokens(), [(10, 1); 3], "{more}");
        assert_eq!(result.unwrap().odd.failed, 0, "{more}");
    }
}

#[test]
fn any_other_status_is_no_failure() {
    for more in [
        ",\"status\":\"stop\"",
        ",\"status\":\"completed\"",
        ",\"status\":\"success\"",
        ",\"status\":\"ok\"",
        ",\"status\":200",
        ",\"status\":399",
        ",\"status\":600",
        ",\"status\":20000",
        ",\"status\":true",
        ",\"status\":null",
        ",\"status\":\"whatever\"",
        ",\"status\":{\"code\":429}",
        ",\"error\":null",
        ",\"error\":\"\"",
        ",\"error\":{ }",
        ",\"error\":[]",
        ",\"error\":false",
        ",\"error_code\":0",
        ",\"error_code\":200",
        ",\"error_code\":\"Success\"",
        ",\"errors\":\"some\"",
    ] {
        let (stream, summary) = good(line(more) + &line(""));
        assert_eq!(stream.tokens(), [(10, 1); 2], "{more}");
        assert_eq!(summary.odd.failed, 0, "{more}");
    }
}

#[test]
fn what_else_a_failed_row_has_means_nothing() {
    let failed = "{\"ts\":\"soon\",\"status\":429,\"usage\":null,\"input_tokens\":false}\n";
    // First, in between and last.
    let text = format!("{failed}{}{failed}{}{failed}", line(""), line(""));
    let (stream, summary) = good(text);
    assert_eq!(stream.tokens(), [(10, 1); 2]);
    assert_eq!((summary.odd.failed, summary.bad.count), (3, 0));
    let csv = "time,status,input_tokens,output_tokens\n,500,,\n1780279200,200,3,4\nx,error,-1,y\n";
    let (stream, summary) = good(csv);
    assert_eq!(stream.tokens(), [(3, 4)]);
    assert_eq!((summary.odd.failed, summary.bad.count), (2, 0));
    // A row of which it is not known what its fields are is a bad one.
    let problem = wrong(
        "time,status,input_tokens,output_tokens\n1,2\n",
        &Options::default(),
    );
    assert!(matches!(problem, TraceError::BadRows(_)), "{problem}");
}

#[test]
fn errors_of_sums_are_a_number_and_no_failure() {
    let json = "{\"minute\":1780279200,\"requests\":5,\"error\":2,\"input_tokens\":10,\"output_tokens\":1}\n";
    let csv = "minute,requests,error,input_tokens,output_tokens\n1780279200,5,2,10,1\n1780279260,5,2,10,1\n";
    for text in [
        json.to_owned() + &json.replace("9200", "9260"),
        csv.to_owned(),
    ] {
        let (stream, summary) = good(&text);
        assert_eq!((stream.sums.len(), summary.odd.failed), (2, 0), "{text}");
    }
    // Sums by status are those of failed calls where it is one.
    let text = "minute,requests,status,input_tokens,output_tokens\n1780279200,5,200,10,1\n1780279200,5,500,10,1\n";
    let (stream, summary) = good(text);
    assert_eq!((stream.sums.len(), summary.odd.failed), (1, 1));
}

#[test]
fn rows_that_a_filter_leaves_out_are_not_counted_as_failed() {
    let filters = tollgate::trace::Filter::parse("model=a")
        .into_iter()
        .collect();
    let options = Options {
        filters,
        ..Options::default()
    };
    let text = line(",\"model\":\"b\",\"status\":500") + &line(",\"model\":\"a\"");
    let (stream, result) = read_all(&[text], &options);
    let summary = result.unwrap();
    assert_eq!(stream.tokens(), [(10, 1)]);
    assert_eq!((summary.filtered, summary.odd.failed), (1, 0));
}

#[test]
fn where_all_failed_it_says_so() {
    let error = wrong(line(",\"status\":500").repeat(2), &Options::default());
    assert_eq!(error.to_string(), "no call is left: 2 of 2 rows failed");
    assert_eq!(
        error.hint(),
        "add `--failed-calls bill` to bill them as any other"
    );
}
