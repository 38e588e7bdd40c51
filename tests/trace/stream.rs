//! A sink that keeps everything, and short ways to read into it.

use std::io::Cursor;

use tollgate::trace::TooLarge;
use tollgate::trace::{Call, Calls, Minute, Options, Sink, Source, Summary, TraceError, read};

/// All that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stream {
    pub calls: Vec<(Minute, Call)>,
    pub sums: Vec<(Minute, Calls)>,
    latest: Minute,
}

impl Stream {
    /// Input and output of each call.
    pub fn tokens(&self) -> Vec<(u32, u32)> {
        let calls = self.calls.iter();
        calls.map(|(_, call)| (call.input, call.output)).collect()
    }

    fn turn(&mut self, minute: Minute) {
        assert!(self.latest <= minute, "a minute goes back");
        self.latest = minute;
    }
}

impl Sink for Stream {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        assert!(!calls.is_empty(), "a piece of nothing");
        self.turn(minute);
        self.calls.extend(calls.iter().map(|call| (minute, *call)));
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.turn(minute);
        self.sums.push((minute, sums));
        Ok(())
    }
}

/// Reads files named `0`, `1` and so on.
pub fn read_all<T: AsRef<[u8]>>(
    texts: &[T],
    options: &Options,
) -> (Stream, Result<Summary, TraceError>) {
    let sources = texts.iter().enumerate().map(|(name, text)| {
        let bytes = text.as_ref().to_vec();
        Source::stream(&name.to_string(), Box::new(Cursor::new(bytes)))
    });
    let mut stream = Stream::default();
    let result = read(sources.collect(), options, &mut stream, &mut |_| {});
    (stream, result)
}

/// Reads one file that is right.
pub fn good(text: impl AsRef<[u8]>) -> (Stream, Summary) {
    let (stream, result) = read_all(&[text], &Options::default());
    (stream, result.unwrap())
}

/// What is wrong with a file.
pub fn wrong(text: impl AsRef<[u8]>, options: &Options) -> TraceError {
    read_all(&[text], options).1.unwrap_err()
}
