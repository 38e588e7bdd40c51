//! Calls without output tokens: of models that have no price for output, and of embeddings.

use std::sync::Arc;

use tollgate::trace::{NoOutput, Options, TraceError};

use crate::stream::{good, read_all, wrong};

fn of(no_output: NoOutput) -> Options {
    Options {
        no_output,
        ..Options::default()
    }
}

/// Texts of two calls of 5 and 7 input tokens, which have no output in any way that there is.
const WITHOUT: [&str; 6] = [
    "time,input_tokens\n1780279200,5\n1780279201,7\n",
    "time,input_tokens,output_tokens\n1780279200,5,\n1780279201,7,null\n",
    "model,time,input_tokens,output_tokens\na,1780279200,5,\"\"\na,1780279201,7,\n",
    "{\"ts\":1780279200,\"input_tokens\":5}\n{\"ts\":1780279201,\"input_tokens\":7}\n",
    "{\"ts\":1780279200,\"input_tokens\":5,\"output_tokens\":null}\n{\"ts\":1780279201,\"input_tokens\":7,\"output_tokens\":\"\"}\n",
    "{\"ts\":1780279200,\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}\n{\"ts\":1780279201,\"usage\":{\"prompt_tokens\":7}}\n",
];

#[test]
fn missing_output_is_none_where_output_has_no_price() {
    for text in WITHOUT {
        let (stream, result) = read_all(&[text], &of(NoOutput::All));
        let summary = result.unwrap();
        assert_eq!(stream.tokens(), [(5, 0), (7, 0)], "{text}");
        assert_eq!(summary.odd.no_output, 2, "{text}");
        let problem = wrong(text, &Options::default());
        let is_bad = matches!(
            problem,
            TraceError::BadRows(_) | TraceError::UnknownColumn { .. }
        );
        assert!(is_bad, "{text}");
    }
}

#[test]
fn output_that_is_there_counts_and_what_is_no_number_is_bad() {
    let text = "{\"ts\":1780279200,\"input_tokens\":5}\n{\"ts\":1780279201,\"input_tokens\":7,\"output_tokens\":3}\n";
    let (stream, result) = read_all(&[text], &of(NoOutput::All));
    assert_eq!(stream.tokens(), [(5, 0), (7, 3)]);
    assert_eq!(result.unwrap().odd.no_output, 1);
    let text = "{\"ts\":1780279200,\"input_tokens\":5}\n{\"ts\":1780279201,\"input_tokens\":7,\"output_tokens\":\"x\"}\n";
    let problem = wrong(text, &of(NoOutput::All));
    assert!(matches!(problem, TraceError::BadRows(_)), "{problem}");
}

#[test]
fn a_row_may_say_that_it_is_of_embeddings() {
    for kind in [
        "\"call_type\":\"aembedding\"",
        "\"call_type\":\"embedding\"",
        "\"gen_ai.operation.name\":\"embeddings\"",
        "\"gen_ai\":{\"operation\":{\"name\":\"embeddings\"}}",
        "\"object\":\"list\"",
        "\"endpoint\":\"/v1/embeddings\"",
        "\"url\":\"https://host/v1/embeddings\"",
    ] {
        let embeds = format!("{{\"ts\":1780279200,{kind},\"input_tokens\":5}}\n");
        let chat = "{\"ts\":1780279201,\"input_tokens\":7,\"output_tokens\":2}\n";
        for text in [format!("{embeds}{chat}"), format!("{chat}{embeds}")] {
            let (stream, summary) = good(&text);
            let mut tokens = stream.tokens();
            tokens.sort_unstable();
            assert_eq!(tokens, [(5, 0), (7, 2)], "{text}");
            assert_eq!(summary.odd.no_output, 1, "{text}");
        }
    }
    for kind in [
        "\"call_type\":\"completion\"",
        "\"object\":\"chat.completion\"",
    ] {
        let text = format!(
            "{{\"ts\":1780279200,\"input_tokens\":5,\"output_tokens\":2}}\n{{\"ts\":1780279200,{kind},\"input_tokens\":5}}\n"
        );
        let problem = wrong(text, &Options::default());
        assert!(matches!(problem, TraceError::BadRows(_)), "{problem}");
    }
}

#[test]
fn names_of_models_say_whose_output_may_be_missing() {
    let options = of(NoOutput::Of(Arc::new(["gte-rerank-v2".to_owned()].into())));
    let row = |model: &str, output: &str| {
        format!("{{\"ts\":1780279200,\"model\":\"{model}\",\"input_tokens\":5{output}}}\n")
    };
    let chat = row("qwen3-max", ",\"output_tokens\":2");
    let ranks = row("GTE-Rerank-v2", "");
    for text in [format!("{ranks}{chat}"), format!("{chat}{ranks}")] {
        let (stream, result) = read_all(&[&text], &options);
        let mut tokens = stream.tokens();
        tokens.sort_unstable();
        assert_eq!(tokens, [(5, 0), (5, 2)], "{text}");
        assert_eq!(result.unwrap().odd.no_output, 1);
    }
    let problem = wrong(chat + &row("qwen3-max", ""), &options);
    assert!(matches!(problem, TraceError::BadRows(_)), "{problem}");
    let csv = "time,model,input_tokens\n1780279200,gte-rerank-v2,5\n";
    let (stream, _) = read_all(&[csv], &options);
    assert_eq!(stream.tokens(), [(5, 0)]);
    let csv = "time,model,input_tokens\n1780279200,gte-rerank-v2,5\n1780279200,other,5\n";
    let problem = wrong(csv, &options);
    assert!(matches!(problem, TraceError::BadRows(_)), "{problem}");
}
