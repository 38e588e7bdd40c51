//! Files that are written by the `parquet` crate, and what is read of them.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use tollgate::trace::{
    Call, Calls, Minute, Options, Sink, Source, Summary, TooLarge, TraceError, read,
};

/// The values of a column; `None` in an optional one is null.
#[derive(Debug, Clone)]
pub enum Values {
    Int32(Vec<Option<i32>>),
    Int64(Vec<Option<i64>>),
    /// The day and the nanoseconds of it.
    Int96(Vec<Option<(u32, u64)>>),
    Float(Vec<Option<f32>>),
    Double(Vec<Option<f64>>),
    Text(Vec<Option<String>>),
    Fixed(Vec<Option<Vec<u8>>>),
}

/// How a file is written.
#[derive(Debug, Clone)]
pub struct Form {
    pub compression: Compression,
    pub dictionary: bool,
    pub version2: bool,
    pub group: usize,
    pub page: usize,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            compression: Compression::UNCOMPRESSED,
            dictionary: true,
            version2: false,
            group: 100,
            page: 10,
        }
    }
}

macro_rules! write_part {
    ($writer:expr, $values:expr, $from:expr, $to:expr, $levels:expr, $make:expr) => {{
        let part = &$values[$from..$to];
        let there: Vec<_> = part.iter().flatten().map($make).collect();
        let level = |value: &Option<_>| if value.is_some() { $levels } else { 0 };
        let levels: Vec<i16> = part.iter().map(level).collect();
        let levels = ($levels > 0).then_some(levels);
        $writer
            .write_batch(&there, levels.as_deref(), None)
            .unwrap();
    }};
}

/// Writes a file with these columns: their lines of the schema, and how deep a value that is there is.
pub fn write(path: &Path, schema: &str, columns: &[(i16, Values)], form: &Form) {
    let schema = Arc::new(parse_message_type(&format!("message log {{ {schema} }}")).unwrap());
    let version = match form.version2 {
        true => WriterVersion::PARQUET_2_0,
        false => WriterVersion::PARQUET_1_0,
    };
    let properties = WriterProperties::builder()
        .set_compression(form.compression)
        .set_dictionary_enabled(form.dictionary)
        .set_writer_version(version)
        .set_write_batch_size(form.page)
        .set_data_page_row_count_limit(form.page)
        .set_data_page_size_limit(1 << 30)
        .build();
    let file = File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    let rows = columns.first().map_or(0, |(_, values)| values.len());
    for from in (0..rows).step_by(form.group) {
        let to = (from + form.group).min(rows);
        let mut group = writer.next_row_group().unwrap();
        for (levels, values) in columns {
            let levels = *levels;
            let mut column = group.next_column().unwrap().unwrap();
            match (column.untyped(), values) {
                (ColumnWriter::Int32ColumnWriter(to_file), Values::Int32(all)) => {
                    write_part!(to_file, all, from, to, levels, |value| *value);
                }
                (ColumnWriter::Int64ColumnWriter(to_file), Values::Int64(all)) => {
                    write_part!(to_file, all, from, to, levels, |value| *value);
                }
                (ColumnWriter::Int96ColumnWriter(to_file), Values::Int96(all)) => {
                    write_part!(to_file, all, from, to, levels, |(day, of_day)| {
                        let (low, high) = (*of_day as u32, (*of_day >> 32) as u32);
                        let mut value = Int96::new();
                        value.set_data(low, high, *day);
                        value
                    });
                }
                (ColumnWriter::FloatColumnWriter(to_file), Values::Float(all)) => {
                    write_part!(to_file, all, from, to, levels, |value| *value);
                }
                (ColumnWriter::DoubleColumnWriter(to_file), Values::Double(all)) => {
                    write_part!(to_file, all, from, to, levels, |value| *value);
                }
                (ColumnWriter::ByteArrayColumnWriter(to_file), Values::Text(all)) => {
                    write_part!(to_file, all, from, to, levels, |value: &String| {
                        ByteArray::from(value.as_str())
                    });
                }
                (ColumnWriter::FixedLenByteArrayColumnWriter(to_file), Values::Fixed(all)) => {
                    write_part!(to_file, all, from, to, levels, |value: &Vec<u8>| {
                        FixedLenByteArray::from(value.clone())
                    });
                }
                _ => panic!("the schema has another type than the values"),
            }
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
}

impl Values {
    pub fn len(&self) -> usize {
        match self {
            Self::Int32(all) => all.len(),
            Self::Int64(all) => all.len(),
            Self::Int96(all) => all.len(),
            Self::Float(all) => all.len(),
            Self::Double(all) => all.len(),
            Self::Text(all) => all.len(),
            Self::Fixed(all) => all.len(),
        }
    }
}

/// What comes out of a file, in its order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Out {
    pub calls: Vec<(Minute, Call)>,
    pub sums: Vec<(Minute, Calls)>,
}

impl Sink for Out {
    fn calls(&mut self, minute: Minute, calls: &[Call]) -> Result<(), TooLarge> {
        self.calls.extend(calls.iter().map(|call| (minute, *call)));
        Ok(())
    }

    fn aggregate(&mut self, minute: Minute, sums: Calls) -> Result<(), TooLarge> {
        self.sums.push((minute, sums));
        Ok(())
    }
}

pub fn read_file(path: &Path, options: &Options) -> (Out, Result<Summary, TraceError>) {
    let mut out = Out::default();
    let result = read(vec![Source::path(path)], options, &mut out, &mut |_| {});
    (out, result)
}
