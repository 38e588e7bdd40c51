//! The quick way to read a trace and the well-kept parsers find the same, wherever blocks end.

use std::io::Cursor;

use tollgate::trace::{
    Call, Calls, Minute, Options, Sink, Source, Summary, TooLarge, TraceError, read,
};

/// Keeps all that it is handed.
#[derive(Default, PartialEq)]
struct Kept {
    calls: Vec<(Minute, Call)>,
    sums: Vec<(Minute, Calls)>,
}

impl Sink for Kept {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.calls.extend(calls.iter().map(|call| (minute, *call)));
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.sums.push((minute, sums));
        Ok(())
    }
}

fn read_bytes(bytes: &[u8], options: &Options) -> (Kept, Result<Summary, TraceError>) {
    let source = Source::stream("calls", Box::new(Cursor::new(bytes.to_vec())));
    let mut kept = Kept::default();
    let result = read(vec![source], options, &mut kept, &mut |_| {});
    (kept, result)
}

/// Reads the bytes both ways; where blocks end follows from their number.
pub fn hold(bytes: &[u8]) {
    let mut options = Options::default();
    options.tuning.workers = 1;
    options.tuning.quick = false;
    let (careful, careful_result) = read_bytes(bytes, &options);
    options.tuning.quick = true;
    options.tuning.block = 1 + bytes.len() % 97;
    let (quick, quick_result) = read_bytes(bytes, &options);
    assert_eq!(careful_result, quick_result);
    // How much was handed over before an error is nobody's business.
    if !matches!(&careful_result, Err(error) if !matches!(error, TraceError::BadRows(_))) {
        assert!(careful == quick, "other calls with the same summary");
    }
}
