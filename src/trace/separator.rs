//! What separates the columns of a CSV file, by its header.

use super::columns::{Columns, recognise};
use super::csv::Records;
use super::logs;

/// What may separate columns, the most usual first.
pub const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The bytes of the header at the start, up to the end of its line. `None` where the line does not end, as in
/// a part of it.
pub fn header(bytes: &[u8]) -> Option<&[u8]> {
    let mut quoted = false;
    let end = bytes.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b'\n' && !quoted
    })?;
    bytes.get(..=end)
}

/// What separates the columns of this header: what stands in it outside of quotes. Of several, the one that
/// gives the columns that are needed, and else the one that gives most.
pub fn of_header(header: &[u8], columns: &Columns) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in header {
        quoted ^= *byte == b'"';
        let known = SEPARATORS.iter().zip(&mut counts);
        for (_, count) in known.filter(|(separator, _)| *separator == byte && !quoted) {
            *count = count.saturating_add(1);
        }
    }
    let found = SEPARATORS.into_iter().zip(counts);
    let mut found: Vec<(u8, usize)> = found.filter(|(_, count)| *count > 0).collect();
    // The order is kept where as many stand there.
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut records = Records::default();
    let mut has_columns = |separator: u8| {
        let Some(record) = records.read(separator, header) else {
            return false;
        };
        let names = records.fields(record);
        let names: Vec<String> = names
            .map(|name| String::from_utf8_lossy(name).into_owned())
            .collect();
        recognise(&names, columns, logs::usual(), false, false, true).is_ok()
    };
    match found.as_slice() {
        [] => b',',
        [(only, _)] => *only,
        [(most, _), ..] => {
            let mut found = found.iter().map(|(separator, _)| *separator);
            found
                .find(|separator| has_columns(*separator))
                .unwrap_or(*most)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_gives_the_columns() {
        for (header, separator) in [
            ("ts,input_tokens,output_tokens\n", b','),
            ("ts;input_tokens;output_tokens\n", b';'),
            ("\tts\tinput_tokens\toutput_tokens\r\n", b'\t'),
            ("ts|input_tokens|output_tokens\n", b'|'),
            ("ts\n", b','),
            // More commas than semicolons, but it is these that give the columns.
            ("ts;input_tokens;output_tokens;a,b,c,d,e\n", b';'),
            ("\"a;b;c;d;e\",ts,input_tokens,output_tokens\n", b','),
            ("ts,input_tokens,output_tokens,a|b|c|d|e\n", b','),
            // None gives them.
            ("when,a;b,c\n", b','),
        ] {
            let found = of_header(header.as_bytes(), &Columns::default());
            assert_eq!(char::from(found), char::from(separator), "{header}");
        }
    }
}
