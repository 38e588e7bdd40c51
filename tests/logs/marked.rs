//! What a log says of its calls beside their tokens: their models, which calls they are, and which failed.

use tollgate::trace::{Call, Calls, Minute, Options, Sink, Source, Summary, TooLarge};

struct Nowhere;

impl Sink for Nowhere {
    fn calls(&mut self, _: Minute, _: &[Call]) -> Result<(), TooLarge> {
        Ok(())
    }

    fn aggregate(&mut self, _: Minute, _: Calls) -> Result<(), TooLarge> {
        Ok(())
    }
}

fn summary(text: String, quick: bool) -> Summary {
    summary_of(text, quick, Options::default().tuning.block)
}

fn summary_of(text: String, quick: bool, block: usize) -> Summary {
    let mut options = Options::default();
    options.tuning.quick = quick;
    options.tuning.block = block;
    let source = Source::stream("-", Box::new(std::io::Cursor::new(text)));
    tollgate::trace::read(vec![source], &options, &mut Nowhere, &mut |_| {}).unwrap()
}

/// How many calls failed, and how many rows repeat one, the quick way and the careful way.
fn marks(text: &str) -> (u64, u64, Vec<String>) {
    let of = |quick| {
        let found = summary(text.to_owned(), quick);
        let models = found.marks.models.into_keys().collect();
        (found.odd.failed, found.odd.repeats(), models)
    };
    assert_eq!(of(true), of(false), "{text}");
    of(true)
}

#[test]
fn failed_calls_and_their_ids_are_found_in_each_log() {
    let a = || vec!["a".to_owned()];
    for (good, bad) in [
        (
            r#"{"startTime":"2026-11-20T01:00:00Z","prompt_tokens":1,"completion_tokens":1,"model":"a","request_id":"r","status":"success"}"#,
            r#"{"startTime":"2026-11-20T01:00:00Z","prompt_tokens":1,"completion_tokens":1,"model":"a","request_id":"s","status":"failure"}"#,
        ),
        (
            r#"{"id":"r","traceId":"t","type":"GENERATION","startTime":"2026-11-20T01:00:00Z","inputUsage":1,"outputUsage":1,"model":"a","level":"DEFAULT"}"#,
            r#"{"id":"s","traceId":"t","type":"GENERATION","startTime":"2026-11-20T01:00:00Z","inputUsage":1,"outputUsage":1,"model":"a","level":"ERROR"}"#,
        ),
        (
            r#"{"request_id":"r","request_created_at":"2026-11-20T01:00:00Z","prompt_tokens":1,"completion_tokens":1,"model":"a","response_status":200}"#,
            r#"{"request_id":"s","request_created_at":"2026-11-20T01:00:00Z","prompt_tokens":1,"completion_tokens":1,"model":"a","response_status":429}"#,
        ),
        (
            r#"{"id":"batch","custom_id":"1","response":{"status_code":200,"body":{"id":"r","created":1763600400,"model":"a","usage":{"prompt_tokens":1,"completion_tokens":1}}},"error":null}"#,
            r#"{"id":"batch","custom_id":"2","response":{"status_code":200,"body":{"id":"s","created":1763600400,"model":"a","usage":{"prompt_tokens":1,"completion_tokens":1}}},"error":{"code":"x"}}"#,
        ),
        (
            r#"{"type":"assistant","timestamp":"2026-11-20T01:00:00Z","message":{"id":"r","model":"a","usage":{"input_tokens":1,"output_tokens":1}}}"#,
            r#"{"type":"assistant","timestamp":"2026-11-20T01:00:00Z","isApiErrorMessage":true,"message":{"id":"s","model":"a","usage":{"input_tokens":1,"output_tokens":1}}}"#,
        ),
        (
            r#"{"traceId":"t","spanId":"r","startTimeUnixNano":"1763600400000000000","gen_ai.request.model":"a","gen_ai.usage.input_tokens":"1","gen_ai.usage.output_tokens":"1","status":{"code":1}}"#,
            r#"{"traceId":"t","spanId":"s","startTimeUnixNano":"1763600400000000000","gen_ai.request.model":"a","gen_ai.usage.input_tokens":"1","gen_ai.usage.output_tokens":"1","status":{"code":2}}"#,
        ),
        (
            r#"{"time":"2026-11-20T01:00:00Z","model":"a","request_id":"r","code":"","output":{"choices":[]},"usage":{"input_tokens":1,"output_tokens":1}}"#,
            r#"{"time":"2026-11-20T01:00:00Z","model":"a","request_id":"s","code":"Throttling","output":{"choices":[]},"usage":{"input_tokens":1,"output_tokens":1}}"#,
        ),
        (
            r#"{"schemaType":"ModelInvocationLog","timestamp":"2026-11-20T01:00:00Z","modelId":"a","requestId":"r","input":{"inputTokenCount":1},"output":{"outputTokenCount":1}}"#,
            r#"{"schemaType":"ModelInvocationLog","timestamp":"2026-11-20T01:00:00Z","modelId":"a","requestId":"s","errorCode":"ThrottlingException","input":{"inputTokenCount":1},"output":{"outputTokenCount":1}}"#,
        ),
        (
            r#"{"id":"chatcmpl-r","object":"chat.completion","created":1763600400,"model":"a","usage":{"prompt_tokens":1,"completion_tokens":1}}"#,
            r#"{"id":"chatcmpl-s","object":"chat.completion","created":1763600400,"model":"a","status":500,"usage":{"prompt_tokens":1,"completion_tokens":1}}"#,
        ),
        (
            r#"{"ts":1763600400,"model":"a","request_id":"r","status":"ok","input_tokens":1,"output_tokens":1}"#,
            r#"{"ts":1763600400,"model":"a","request_id":"s","status":"Failed","input_tokens":1,"output_tokens":1}"#,
        ),
    ] {
        assert_eq!(marks(&format!("{good}\n{good}\n")), (0, 1, a()), "{good}");
        assert_eq!(marks(&format!("{good}\n{bad}\n")), (1, 0, a()), "{bad}");
    }
    // What all calls of a user, or of a batch, share is the id of none; and an error of nothing is none.
    for row in [
        r#"{"id":"alice","created":1763600400,"model":"a","usage":{"prompt_tokens":1,"completion_tokens":1}}"#,
        r#"{"id":"batch","custom_id":"1","response":{"status_code":200,"body":{"created":1763600400,"model":"a","usage":{"prompt_tokens":1,"completion_tokens":1}}},"error":null}"#,
        r#"{"ts":1763600400,"model":"a","error":{"code":null,"message":""},"input_tokens":1,"output_tokens":1}"#,
    ] {
        assert_eq!(marks(&format!("{row}\n{row}\n")), (0, 0, a()), "{row}");
    }
    // A call that is instrumented twice has two spans.
    let span = |id: &str| {
        format!(
            r#"{{"traceId":"t","spanId":"{id}","startTimeUnixNano":"1763600400000000000","gen_ai.request.model":"a","gen_ai.response.id":"x","gen_ai.usage.input_tokens":"1","gen_ai.usage.output_tokens":"1"}}"#
        )
    };
    assert_eq!(
        marks(&format!("{}\n{}\n", span("r"), span("s"))),
        (0, 1, a())
    );
    let csv = "timestamp,input_tokens,output_tokens,request_id,状态码\n1763600400,1,1,r,200\n1763600401,1,1,,503\n";
    assert_eq!(marks(csv), (1, 0, Vec::new()));
}

#[test]
fn samples_read_the_same_both_ways_and_in_blocks_of_any_size() {
    let mut read = 0;
    for file in std::fs::read_dir("tests/logs").unwrap() {
        let path = file.unwrap().path();
        let is_log = |ending: &str| ["csv", "json", "jsonl"].contains(&ending);
        if !path
            .extension()
            .is_some_and(|ending| is_log(ending.to_str().unwrap()))
        {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let whole = summary(text.clone(), true);
        assert!(whole.files[0].log.is_some(), "{}", path.display());
        for quick in [true, false] {
            for block in [16, 300, 5_000] {
                let other = summary_of(text.clone(), quick, block);
                assert_eq!(other, whole, "{} in {block}", path.display());
            }
        }
        read += 1;
    }
    assert!(read >= 15, "{read}");
}
