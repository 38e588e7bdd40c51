//! The footer: which columns there are, and where their pages lie.

use std::sync::Arc;

use parquet::basic::{Compression, CompressionCodec};
use parquet::file::metadata::{
    ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader,
    ParquetStatisticsPolicy, RowGroupMetaData,
};

use parquet::schema::types::ColumnDescPtr;

use super::FOOTER;
use super::MAGIC;
use super::codec::Codec;
use super::disk::Disk;
use super::thrift;
use super::types::Meaning;
use crate::trace::parquet_problem::{Found, Problem};

/// A column that has at most one value a row.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its path, with dots between the names.
    pub name: String,
    /// Its number among all columns, those with lists too.
    pub number: usize,
    /// What its values mean.
    pub meaning: Meaning,
    /// What the file says of it.
    pub said: ColumnDescPtr,
}

/// Rows whose columns lie one after the other.
#[derive(Debug)]
pub struct Group {
    /// The number of rows.
    pub rows: u64,
    /// The columns that are read, in their order.
    pub chunks: Arc<Vec<Chunk>>,
}

/// The pages of one column in a group of rows.
#[derive(Debug)]
pub struct Chunk {
    /// What the footer says of it, but that it is not compressed.
    pub said: ColumnChunkMetaData,
    /// How it is compressed.
    pub codec: Codec,
}

/// Reads the footer of a file.
pub fn read(disk: &Disk) -> Result<ParquetMetaData, Found> {
    let short = Problem::Damaged("it ends early");
    let end = disk.length.checked_sub(8).filter(|end| *end >= 4);
    let end = end.ok_or_else(|| short.clone())?;
    let mut tail = [0; 8];
    disk.read(end, &mut tail)?;
    let [a, b, c, d, magic @ ..] = tail;
    if &magic != MAGIC {
        return Err(short.into());
    }
    let length = u32::from_le_bytes([a, b, c, d]);
    let start = end.checked_sub(length.into()).ok_or(short)?;
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    if length > FOOTER {
        return Err(Problem::Footer(FOOTER).into());
    }
    let mut footer = vec![0; length];
    disk.read(start, &mut footer)?;
    let broken = Problem::Damaged("its footer cannot be read");
    thrift::check(&footer).map_err(|_| broken.clone())?;
    let skip = ParquetStatisticsPolicy::SkipAll;
    let options = ParquetMetaDataOptions::new()
        .with_column_stats_policy(skip.clone())
        .with_size_stats_policy(skip.clone())
        .with_encoding_stats_policy(skip);
    ParquetMetaDataReader::decode_metadata_with_options(&footer, Some(&options))
        .map_err(|_| broken.into())
}

/// The columns without lists.
pub fn columns(footer: &ParquetMetaData) -> Vec<Column> {
    let all = footer.file_metadata().schema_descr().columns();
    let one_a_row = all
        .iter()
        .enumerate()
        .filter(|(_, said)| said.max_rep_level() == 0);
    one_a_row
        .map(|(number, said)| Column {
            name: said.path().parts().join("."),
            number,
            meaning: Meaning::of(said),
            said: Arc::clone(said),
        })
        .collect()
}

/// A group of rows with these columns.
pub fn group(said: &RowGroupMetaData, columns: &[Column]) -> Result<Group, Problem> {
    let rows = u64::try_from(said.num_rows());
    let rows = rows.map_err(|_| Problem::Damaged("its footer cannot be read"))?;
    let chunks = columns.iter().map(|column| {
        // A column may also lie in another file.
        let said = said.columns().get(column.number);
        let said = said.filter(|said| said.file_path().is_none_or(str::is_empty));
        let said = said.ok_or(Problem::Damaged("a group of rows lacks a column"))?;
        chunk(said, column)
    });
    Ok(Group {
        rows,
        chunks: Arc::new(chunks.collect::<Result<_, _>>()?),
    })
}

fn chunk(said: &ColumnChunkMetaData, column: &Column) -> Result<Chunk, Problem> {
    let unknown = |what: &str| {
        Err(Problem::Unknown {
            column: crate::trace::reason::shown(column.name.as_bytes()),
            what: what.to_owned(),
        })
    };
    let codec = match said.compression_codec() {
        CompressionCodec::UNCOMPRESSED => Codec::None,
        CompressionCodec::SNAPPY => Codec::Snappy,
        CompressionCodec::GZIP => Codec::Gzip,
        CompressionCodec::ZSTD => Codec::Zstd,
        CompressionCodec::LZ4_RAW => Codec::Lz4Raw,
        CompressionCodec::LZO => return unknown("it is compressed with LZO"),
        CompressionCodec::BROTLI => return unknown("it is compressed with Brotli"),
        CompressionCodec::LZ4 => return unknown("it is compressed with the LZ4 of Hadoop"),
    };
    let start = match said.dictionary_page_offset() {
        // Some writers say 0 where there is no dictionary.
        Some(at) if at > 0 && at < said.data_page_offset() => Some(at),
        _ => None,
    };
    let plain = said
        .clone()
        .into_builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_page_offset(start);
    let said = plain.build();
    let said = said.map_err(|_| Problem::Damaged("its footer cannot be read"))?;
    Ok(Chunk { said, codec })
}
