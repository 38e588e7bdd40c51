//! Files that are no traces at all, or hardly.

use std::io::{self, Read};
use std::path::Path;

use tollgate::trace::TooLarge;
use tollgate::trace::{Call, Calls, MAX_FILES, Minute, Options, Sink, Source, TraceError, read};

use crate::stream::{Stream, good, wrong};

#[test]
fn a_file_that_is_no_trace_is_refused() {
    for (bytes, message) in [
        (&b""[..], "`0` is empty"),
        (b"\xef\xbb\xbf", "`0` is empty"),
        (b" \r\n\n \n", "`0` is empty"),
        (b"ts,input_tokens,output_tokens", "there is no call in `0`"),
        (
            b"ts,input_tokens,output_tokens\r\n\r\n",
            "there is no call in `0`",
        ),
        (
            b"\x7fELF\x02\x01\x01\0\0",
            "0:1: neither the header of a CSV file nor a JSON object",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            "0:1: neither the header of a CSV file nor a JSON object",
        ),
        (
            b"t\0s\0,\0i\0n\0\n\0",
            "0:1: neither the header of a CSV file nor a JSON object",
        ),
        (b"\n\xff\xfet\0s\0,\0", "0:2: the text is not UTF-8"),
        (b"\xff\xfe\0\0t\0\0\0s\0\0\0", "0:1: the text is not UTF-8"),
        (b"\xfe\xff\0t\0s\0,\0", "0:1: half of a character of UTF-16"),
        (
            b"ts,input_tokens,output_tokens,gr\xf6\xdfe\n1,1,1,1\n",
            "0:1: the text is not UTF-8",
        ),
        (
            b"\"ts,input_tokens\n1,1,1\n",
            "0:1: neither the header of a CSV file nor a JSON object",
        ),
        (
            b"\n[\n{\"ts\":1}]",
            "0: record 1: no column is known to be the input tokens; there is `ts`",
        ),
        (
            b"{}",
            "0:1: no column is known to be the time; there is none",
        ),
        (
            b"{\n",
            "1 row of 1 cannot be read\n  0:1: column 1: EOF while parsing an object",
        ),
        (
            b"{",
            "1 row of 1 cannot be read\n  0:1: column 1: EOF while parsing an object",
        ),
    ] {
        let error = wrong(bytes, &Options::default());
        assert_eq!(error.to_string(), message, "{bytes:?}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn the_way_out_of_another_layout_is_said() {
    for (text, hint) in [
        (
            "ts,input_tokens,output_tokens\r1700129880,1,2\r",
            "end each row with a newline",
        ),
        (
            "1700129880,1,2\n1700129880,1,2\n",
            "name the columns: `--columns time=…,input=…,output=…`",
        ),
        (
            "{\"ts\": 1700129880, \"input_tokens\": 1, \"output_tokens\": 2,}\n",
            "write one object a line, as `jq -c .` does",
        ),
        (
            "{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":2}\n}\n",
            "correct them, or leave them out with `--skip-bad-rows`",
        ),
        (
            "{\"ts\":1700129880,\"input_tokens\":\"x\",\"output_tokens\":2}\n",
            "correct them, or leave them out with `--skip-bad-rows`",
        ),
    ] {
        assert_eq!(wrong(text, &Options::default()).hint(), hint, "{text}");
    }
}

#[test]
fn a_mark_of_utf_8_and_the_ends_of_lines_of_windows_are_read() {
    let csv = "\u{feff}ts,input_tokens,output_tokens\r\n1700129880,1,2\r\n";
    let json = "\u{feff}{\"ts\":1700129880,\"input_tokens\":1,\"output_tokens\":2}\r\n";
    assert_eq!(good(csv).0.tokens(), [(1, 2)]);
    assert_eq!(good(json).0.tokens(), [(1, 2)]);
}

#[test]
fn a_stream_is_read_once() {
    let sources = ["-", "other", "-"].map(|name| Source::stream(name, Box::new(io::empty())));
    let result = read(
        sources.into(),
        &Options::default(),
        &mut Stream::default(),
        &mut |_| {},
    );
    assert_eq!(
        result.unwrap_err().to_string(),
        "`-` is given more than once"
    );
}

#[test]
fn only_regular_files_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let read = |path: &Path| {
        let mut stream = Stream::default();
        read(
            vec![Source::path(path)],
            &Options::default(),
            &mut stream,
            &mut |_| {},
        )
        .unwrap_err()
    };
    assert!(matches!(read(&missing), TraceError::Unreadable { .. }));
    for path in [
        folder.path(),
        Path::new("/dev/null"),
        Path::new("/dev/zero"),
    ] {
        assert!(
            matches!(read(path), TraceError::NotAFile { .. }),
            "{path:?}"
        );
    }
}

#[test]
fn the_progress_ends_at_the_size_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace.csv");
    let rows = "1700129880,1,2\n".repeat(1_000);
    std::fs::write(&path, format!("ts,input_tokens,output_tokens\n{rows}")).unwrap();
    let bytes = std::fs::metadata(&path).unwrap().len();
    let mut options = Options::default();
    options.tuning.block = 32;
    let mut seen = Vec::new();
    let mut stream = Stream::default();
    let sources = vec![Source::path(&path)];
    read(sources, &options, &mut stream, &mut |progress| {
        seen.push(progress)
    })
    .unwrap();
    assert!(seen.len() > 5, "{}", seen.len());
    assert!(seen.iter().all(|progress| progress.total == Some(bytes)));
    assert!(seen.is_sorted_by_key(|progress| progress.read));
    assert!(seen.last().unwrap().read > bytes / 2);
}

#[test]
fn too_many_streams_are_refused_before_one_is_read() {
    let sources =
        (0..=MAX_FILES).map(|name| Source::stream(&name.to_string(), Box::new(io::empty())));
    let mut stream = Stream::default();
    let result = read(
        sources.collect(),
        &Options::default(),
        &mut stream,
        &mut |_| {},
    );
    assert_eq!(
        result.unwrap_err().to_string(),
        "more than 256 files have calls at one time"
    );
}

#[test]
fn limits_are_said_in_groups_of_digits() {
    for (limit, said) in [
        (TooLarge::Calls(1 << 19), "more than 524,288 calls"),
        (TooLarge::Minutes(1 << 20), "more than 1,048,576 minutes"),
    ] {
        assert!(limit.to_string().contains(said), "{limit}");
    }
}

#[test]
fn an_error_while_reading_is_said() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let text = "ts,input_tokens,output_tokens\n1700129880,1,2\n".as_bytes();
    let sources = vec![Source::stream("-", Box::new(text.chain(Broken)))];
    let result = read(
        sources,
        &Options::default(),
        &mut Stream::default(),
        &mut |_| {},
    );
    assert_eq!(
        result.unwrap_err().to_string(),
        "cannot read `-`: the disk is gone"
    );
}

#[test]
fn what_takes_the_calls_can_stop_the_reading() {
    struct Full;
    impl Sink for Full {
        fn calls(&mut self, _: Minute, _: &[Call]) -> Result<(), TooLarge> {
            Err(TooLarge::Sum)
        }
        fn aggregate(&mut self, _: Minute, _: Calls) -> Result<(), TooLarge> {
            Err(TooLarge::Sum)
        }
    }
    let text = format!(
        "ts,input_tokens,output_tokens\n{}",
        "1700129880,1,2\n".repeat(1_000)
    );
    assert_eq!(good(&text).0.calls.len(), 1_000);
    let mut options = Options::default();
    options.tuning.block = 64;
    let sources = vec![Source::stream("-", Box::new(io::Cursor::new(text)))];
    let result = read(sources, &options, &mut Full, &mut |_| {});
    assert_eq!(result.unwrap_err(), TraceError::TooLarge(TooLarge::Sum));
}
