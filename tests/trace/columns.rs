//! Which column is which.

use tollgate::trace::{Columns, Filter, Options};

use crate::stream::{good, read_all, wrong};

fn named(columns: &str) -> Options {
    Options {
        columns: Columns::parse(columns).unwrap(),
        ..Options::default()
    }
}

#[test]
fn given_names_stand_before_the_usual_ones() {
    let options = named("time=at,input=in,output=response.tokens");
    let csv = "in,at,input_tokens,response.tokens\n1,1700129880,9,2\n";
    let json = "{\"at\":1700129880,\"in\":1,\"input_tokens\":9,\"response\":{\"tokens\":2}}";
    let flat = "{\"at\":1700129880,\"in\":1,\"input_tokens\":9,\"response.tokens\":2}";
    for text in [csv, json, flat] {
        let (stream, result) = read_all(&[text], &options);
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(stream.tokens(), [(1, 2)], "{text}");
    }
}

#[test]
fn fields_of_json_that_are_named_may_come_later_than_the_first_object() {
    let options = Options {
        skip_bad_rows: true,
        ..named("time=ts,input=u.i,output=u.o")
    };
    let text = "{\"ts\":1700129880,\"u\":null}\n{\"ts\":1700129880,\"u\":{\"i\":1,\"o\":2}}";
    let (stream, result) = read_all(&[text], &options);
    assert_eq!(stream.tokens(), [(1, 2)]);
    assert_eq!(
        result.unwrap().bad.first[0].to_string(),
        "0:1: no input tokens"
    );
}

const NAME_THEM: &str = "name the columns: `--columns time=…,input=…,output=…`";

#[test]
fn columns_that_are_not_clear_are_listed() {
    for (text, options, message, hint) in [
        (
            "when,ContextTokens,GeneratedTokens\n",
            Options::default(),
            "0:1: no column is known to be the time; there are `when`, `ContextTokens`, `GeneratedTokens`",
            NAME_THEM,
        ),
        (
            "\nts,input_tokens,usage.prompt_tokens,output_tokens\n",
            Options::default(),
            "0:2: several columns could be the input tokens: `input_tokens`, `usage.prompt_tokens`",
            NAME_THEM,
        ),
        (
            "ts,input_tokens,output_tokens,output_tokens\n",
            Options::default(),
            "0:1: several columns could be the output tokens: `output_tokens`, `output_tokens`",
            "give each column of the file a name of its own",
        ),
        (
            "ts,input_tokens,output_tokens\n",
            named("time=Ts"),
            "0:1: there is no column `Ts`; there are `ts`, `input_tokens`, `output_tokens`",
            "did you mean `ts`?",
        ),
        (
            "ts,input_tokens,output_tokens\n",
            named("output=answer"),
            "0:1: there is no column `answer`; there are `ts`, `input_tokens`, `output_tokens`",
            "name columns of the header in `--columns`",
        ),
        (
            "minute,input_tokens,output_tokens\n",
            Options::default(),
            "0:1: no column is known to be the number of requests; there are `minute`, `input_tokens`, `output_tokens`",
            "name it: `--columns requests=…`, or `--columns time=…` where each row is a call",
        ),
        (
            "minute,requests,calls,input_tokens,output_tokens\n",
            Options::default(),
            "0:1: several columns could be the number of requests: `requests`, `calls`",
            "name it: `--columns requests=…`",
        ),
        (
            "{\"ts\":1,\"usage\":{\"a\":1},\"\\u001b\":2}\n",
            Options::default(),
            "0:1: no column is known to be the input tokens; there are `\\u{1b}`, `ts`, `usage.a`",
            NAME_THEM,
        ),
    ] {
        let error = wrong(text, &options);
        assert_eq!(error.to_string(), message);
        assert_eq!(error.hint(), hint, "{message}");
    }
}

#[test]
fn requests_have_several_usual_names() {
    for name in ["requests", "Request_Count", "num_requests", "calls"] {
        let text = format!("minute,{name},input_tokens,output_tokens\n2023-11-16 18:17,3,5,1\n");
        let (stream, summary) = good(text);
        assert_eq!((stream.sums.len(), summary.calls), (1, 3), "{name}");
    }
    // Where each row is a call, its time may be a minute.
    let text = "minute,input_tokens,output_tokens\n2023-11-16 18:17,5,1\n";
    let (stream, _) = read_all(&[text], &named("time=minute"));
    assert_eq!(stream.tokens(), [(5, 1)]);
}

#[test]
fn a_filter_by_a_column_that_is_not_there_is_refused() {
    let options = Options {
        filters: vec![Filter::parse("Model=x").unwrap()],
        ..Options::default()
    };
    let error = wrong("ts,input_tokens,output_tokens,model\n1,1,1,x\n", &options);
    assert_eq!(
        error.to_string(),
        "0: there is no column `Model` to filter by; there are `ts`, `input_tokens`, `output_tokens`, `model`"
    );
    let error = wrong(
        "{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":1}",
        &options,
    );
    assert_eq!(
        error.to_string(),
        "the only row does not pass the filter: there is no column `Model`; there are `input_tokens`, `output_tokens`, `ts`"
    );
    let two = "ts,input_tokens,output_tokens,Model\n1,1,1,y\n2,1,1,y\n";
    let error = wrong(two, &options);
    assert_eq!(
        error.to_string(),
        "none of 2 rows passes the filter: `Model` has `y`"
    );
    let filters = ["Model=x", "Model=z"].map(|text| Filter::parse(text).unwrap());
    let options = Options {
        filters: filters.to_vec(),
        ..Options::default()
    };
    let error = wrong(two, &options);
    assert_eq!(
        error.to_string(),
        "none of 2 rows passes the filters: `Model` has `y`"
    );
}

#[test]
fn a_filter_by_a_column_that_is_there_several_times_is_refused() {
    let options = Options {
        filters: vec![Filter::parse("model=x").unwrap()],
        ..Options::default()
    };
    for (header, said) in [
        ("model,ts,input_tokens,output_tokens,model", "twice"),
        ("model,ts,input_tokens,output_tokens,model,model", "3 times"),
    ] {
        let text = format!("\n{header}\nx,1700129880,1,1,y,y\n");
        let error = wrong(text, &options);
        assert_eq!(
            error.to_string(),
            format!("0:2: the column `model` is there {said}")
        );
        assert_eq!(
            error.hint(),
            "give each column of the file a name of its own"
        );
    }
    // Without the filter nobody asks which of them is meant.
    let (stream, _) = good("model,ts,input_tokens,output_tokens,model\nx,1700129880,1,1,y\n");
    assert_eq!(stream.tokens(), [(1, 1)]);
}

#[test]
fn what_is_written_for_columns_is_read_or_refused() {
    let columns = Columns::parse(" time=Start time , input=a=b,cached=c,cache_write=w").unwrap();
    assert_eq!(columns.time.as_deref(), Some("Start time"));
    assert_eq!(columns.input.as_deref(), Some("a=b"));
    assert_eq!(columns.cached.as_deref(), Some("c"));
    assert_eq!(columns.cache_write.as_deref(), Some("w"));
    for (text, message) in [
        ("", "`` is not `<key>=<column>`"),
        ("time=", "`time` names no column"),
        ("time=a,time=b", "`time` is given twice"),
        (
            "when=a",
            "`when` is not one of `time`, `input`, `output`, `requests`, `cached`, `cache_write` and `model`",
        ),
    ] {
        assert_eq!(Columns::parse(text).unwrap_err(), message);
    }
    assert_eq!(Filter::parse("=x"), None);
    assert_eq!(Filter::parse("x"), None);
}

#[test]
fn a_filter_may_look_at_a_column_that_is_read_too() {
    let options = Options {
        filters: vec![Filter::parse("input_tokens=2").unwrap()],
        ..Options::default()
    };
    let csv = "ts,input_tokens,output_tokens\n1700129880,1,1\n1700129880,2,3\n";
    let json = "{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":1}\n{\"ts\":1700129880,\"input_tokens\":2,\"output_tokens\":3}\n";
    for text in [csv, json] {
        assert_eq!(read_all(&[text], &options).0.tokens(), [(2, 3)]);
    }
    assert_eq!(good(csv).0.tokens(), [(1, 1), (2, 3)]);
}
