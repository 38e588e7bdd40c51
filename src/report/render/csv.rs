//! CSV that is safe to open in a spreadsheet.

use std::borrow::Cow;

/// Rows of cells under titles.
#[derive(Debug, Clone, Default)]
pub struct Sheet<'a> {
    /// The titles of the columns.
    pub header: Vec<String>,
    /// Cells, as many in each row as there are titles.
    pub rows: Vec<Vec<Cell<'a>>>,
}

impl Sheet<'_> {
    /// As CSV, RFC 4180 with a newline after each row.
    ///
    /// # Errors
    /// None: it is written to memory.
    pub fn render(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.header)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| cell.written().into_owned()))?;
        }
        text(writer)
    }
}

/// One row as CSV, for what is written row by row.
///
/// # Errors
/// None: it is written to memory.
pub fn line<'a>(cells: impl IntoIterator<Item = Cell<'a>>) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cells = cells.into_iter();
    writer.write_record(cells.map(|cell| cell.written().into_owned()))?;
    text(writer)
}

fn text(writer: csv::Writer<Vec<u8>>) -> Result<String, csv::Error> {
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// All titles of these parts.
pub fn titles(parts: &[&[&str]]) -> Vec<String> {
    parts.concat().into_iter().map(str::to_owned).collect()
}

/// The content of a cell.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// A number of ours, also a negative one: left alone, so that a spreadsheet computes with it.
    Number(String),
    /// Text of ours.
    Fixed(&'a str),
    /// Text from outside, such as a file name: never taken for a formula.
    Text(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// Text from outside.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Number(text) => text.into(),
            Self::Fixed(text) => (*text).into(),
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => {
                format!("'{text}").into()
            }
            Self::Text(text) => text.as_ref().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_a_formula_and_numbers_stay_numbers() {
        let row = vec![
            Cell::text("=cmd|' /C calc'!A0"),
            Cell::Number("-2711.52".to_owned()),
            Cell::text("a,\"b\""),
            Cell::Fixed("ptu.input"),
        ];
        let sheet = Sheet {
            header: titles(&[&["a", "b"], &["c", "d"]]),
            rows: vec![row],
        };
        assert_eq!(
            sheet.render().unwrap(),
            "a,b,c,d\n'=cmd|' /C calc'!A0,-2711.52,\"a,\"\"b\"\"\",ptu.input\n"
        );
    }
}
