//! Lines without end, and values nested without end: memory does not grow with them.

use std::io::{self, Read, Write};

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use tollgate::trace::{Options, Source, TraceError, read};

use crate::stream::{Stream, good, wrong};

/// So many bytes of a kind, between a start and an end, which are never in memory together.
fn long(start: &'static str, byte: u8, bytes: u64, end: &'static str) -> Box<dyn Read + Send> {
    Box::new(
        start
            .as_bytes()
            .chain(io::repeat(byte).take(bytes))
            .chain(end.as_bytes()),
    )
}

#[test]
fn a_line_of_any_length_is_one_bad_row() {
    let header = "ts,input_tokens,output_tokens\n1700129880,1,2\n";
    for (start, byte) in [(header, b'x'), (header, b'"'), (header, b','), (header, 0)] {
        let text = long(start, byte, 4_000_000, "\n1700129880,3,4\n");
        let mut stream = Stream::default();
        let sources = vec![Source::stream("-", text)];
        let result = read(sources, &Options::default(), &mut stream, &mut |_| {});
        assert_eq!(
            result.unwrap_err().to_string(),
            "1 row of 3 cannot be read\n  -:3: longer than 1,048,576 bytes"
        );
        assert_eq!(stream.tokens(), [(1, 2), (3, 4)]);
    }
    let sources = vec![Source::stream("-", long("ts,", b'x', 3_000_000, ""))];
    let result = read(
        sources,
        &Options::default(),
        &mut Stream::default(),
        &mut |_| {},
    );
    assert_eq!(
        result.unwrap_err().to_string(),
        "-:1: neither the header of a CSV file nor a JSON object"
    );
}

#[test]
fn a_line_that_is_long_once_it_is_decompressed_is_one_bad_row() {
    let mut text = Vec::new();
    long(
        "ts,input_tokens,output_tokens\n1700129880,1,2\n",
        b'x',
        20_000_000,
        "\n1700129880,3,4\n",
    )
    .read_to_end(&mut text)
    .unwrap();
    let mut encoder = GzEncoder::new(Vec::new(), Level::fast());
    encoder.write_all(&text).unwrap();
    let error = wrong(encoder.finish().unwrap(), &Options::default());
    assert_eq!(
        error.to_string(),
        "1 row of 3 cannot be read\n  0:3: longer than 1,048,576 bytes"
    );
}

#[test]
fn deep_json_is_read_without_end() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let text = format!("{{\"x\":{deep},\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":2}}");
    assert_eq!(good(text).0.tokens(), [(1, 2)]);
    let objects = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let text =
        format!("{{\"x\":{objects},\"ts\":1700129880,\"input_tokens\":3,\"output_tokens\":4}}");
    assert_eq!(good(text).0.tokens(), [(3, 4)]);
    let dashes = format!(
        "ts,input_tokens,output_tokens\n1700129880,{},1\n",
        "-".repeat(900_000)
    );
    assert!(matches!(
        wrong(dashes, &Options::default()),
        TraceError::BadRows(_)
    ));
}
