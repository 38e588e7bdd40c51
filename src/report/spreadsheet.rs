//! CSV that is safe to open in a spreadsheet.

/// Rows of cells as CSV, RFC 4180 with a newline after each row.
///
/// # Errors
/// None: it is written to memory.
pub fn csv<'a>(rows: impl IntoIterator<Item = Vec<Cell<'a>>>) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(Cell::written))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What stands in a cell.
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// A number of ours, also a negative one: left alone, so that a spreadsheet computes with it.
    Number(String),
    /// Text of ours.
    Fixed(&'a str),
    /// Text from outside, such as a file name: never taken for a formula.
    Text(&'a str),
}

impl Cell<'_> {
    fn written(&self) -> String {
        match self {
            Self::Number(text) => text.clone(),
            Self::Fixed(text) => (*text).to_owned(),
            Self::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => {
                format!("'{text}")
            }
            Self::Text(text) => (*text).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_a_formula_and_numbers_stay_numbers() {
        let row = vec![
            Cell::Text("=cmd|' /C calc'!A0"),
            Cell::Number("-2711.52".to_owned()),
            Cell::Text("a,\"b\""),
            Cell::Fixed("ptu.input"),
        ];
        assert_eq!(
            csv([row]).unwrap(),
            "'=cmd|' /C calc'!A0,-2711.52,\"a,\"\"b\"\"\",ptu.input\n"
        );
    }
}
