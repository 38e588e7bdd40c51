//! The footer: which columns there are, and where their pages lie.

use super::codec::Codec;
use super::problem::Problem;
use super::thrift::{Broken, Thrift};
use super::types::{Annotation, Logical, Meaning, Physical};
use crate::trace::format::TimeUnit;

/// The deepest nesting of columns.
const MAX_DEPTH: usize = 32;

/// A column that has at most one value a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its path, with dots between the names.
    pub name: String,
    /// Its number among all columns, those with lists too.
    pub number: usize,
    /// How its values lie in pages.
    pub physical: Physical,
    /// What they mean.
    pub meaning: Meaning,
    /// The definition level of a value that is there: how many of the names in its path may be missing.
    pub levels: u32,
}

/// Rows whose columns lie one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The number of rows.
    pub rows: u64,
    /// The columns that are read, in their order.
    pub chunks: Vec<Chunk>,
}

/// The pages of one column in a group of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// Where the first page begins in the file.
    pub start: u64,
    /// Where the last one ends.
    pub end: u64,
    /// How they are compressed.
    pub codec: Codec,
}

/// An element of the schema.
#[derive(Default)]
struct Element {
    kind: Option<i64>,
    length: usize,
    repetition: i64,
    name: String,
    children: u64,
    annotation: Annotation,
}

/// The columns without lists.
pub fn columns(footer: &[u8]) -> Result<Vec<Column>, Problem> {
    let mut columns = Vec::new();
    let mut number = 0_usize;
    // The names around an element, with how many children are still to come and their levels.
    let mut around: Vec<(String, u64, u32, bool)> = Vec::new();
    let mut is_root = true;
    let mut too_deep = false;
    Thrift::new(footer).fields(|thrift, id, _| {
        if id != 2 {
            return Ok(false);
        }
        thrift.list(|thrift| {
            let element = element(thrift)?;
            if std::mem::take(&mut is_root) {
                around.push((String::new(), element.children, 0, false));
                return Ok(());
            }
            while around.last().is_some_and(|(_, left, ..)| *left == 0) {
                around.pop();
            }
            let (path, left, levels, lists) = around.last_mut().ok_or(Broken)?;
            *left = left.saturating_sub(1);
            let name = match path.is_empty() {
                true => element.name,
                false => format!("{path}.{}", element.name),
            };
            let levels = levels.saturating_add(u32::from(element.repetition != 0));
            let lists = *lists || element.repetition == 2;
            let Some(kind) = element.kind else {
                too_deep |= around.len() > MAX_DEPTH;
                if !too_deep {
                    around.push((name, element.children, levels, lists));
                }
                return Ok(());
            };
            let physical = Physical::of(kind, element.length).ok_or(Broken)?;
            if !lists {
                columns.push(Column {
                    name,
                    number,
                    physical,
                    meaning: Meaning::of(physical, element.annotation),
                    levels,
                });
            }
            number = number.saturating_add(1);
            Ok(())
        })?;
        Ok(true)
    })?;
    match too_deep {
        true => Err(Problem::Damaged("its columns are nested too deep")),
        false => Ok(columns),
    }
}

fn element(thrift: &mut Thrift) -> Result<Element, Broken> {
    let mut found = Element::default();
    thrift.fields(|thrift, id, _| {
        match id {
            1 => found.kind = Some(thrift.int()?),
            2 => found.length = usize::try_from(thrift.size()?).map_err(|_| Broken)?,
            3 => found.repetition = thrift.int()?,
            4 => found.name = String::from_utf8_lossy(thrift.binary()?).into_owned(),
            5 => found.children = thrift.size()?,
            6 => found.annotation.converted = Some(thrift.int()?),
            7 => found.annotation.scale = thrift.int()?,
            10 => found.annotation.logical = Some(logical(thrift)?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(found)
}

fn logical(thrift: &mut Thrift) -> Result<Logical, Broken> {
    let mut found = Logical::Other("values of a type that is not read");
    thrift.fields(|thrift, id, _| {
        found = match id {
            // Text, enumerations, JSON and BSON.
            1 | 4 | 12 | 13 => Logical::Text,
            5 => {
                let mut scale = 0;
                thrift.fields(|thrift, id, _| {
                    if id == 1 {
                        scale = thrift.int()?;
                    }
                    Ok(id == 1)
                })?;
                found = Logical::Decimal(scale);
                return Ok(true);
            }
            6 => Logical::Other("dates without a clock time"),
            7 => Logical::Other("clock times without a date"),
            8 => {
                found = stamp(thrift)?;
                return Ok(true);
            }
            10 => {
                let mut signed = true;
                thrift.fields(|_, id, kind| {
                    if id == 2 {
                        signed = Thrift::is_true(kind);
                    }
                    Ok(false)
                })?;
                found = Logical::Int { signed };
                return Ok(true);
            }
            _ => found,
        };
        Ok(false)
    })?;
    Ok(found)
}

fn stamp(thrift: &mut Thrift) -> Result<Logical, Broken> {
    let (mut utc, mut unit) = (false, None);
    thrift.fields(|thrift, id, kind| {
        if id == 1 {
            utc = Thrift::is_true(kind);
        }
        if id != 2 {
            return Ok(false);
        }
        thrift.fields(|_, id, _| {
            unit = match id {
                1 => Some(TimeUnit::Milliseconds),
                2 => Some(TimeUnit::Microseconds),
                3 => Some(TimeUnit::Nanoseconds),
                _ => None,
            };
            Ok(false)
        })?;
        Ok(true)
    })?;
    Ok(Logical::Stamp { unit, utc })
}

/// The groups of rows, with the columns of these numbers, which are in ascending order.
pub fn groups(footer: &[u8], numbers: &[usize]) -> Result<Vec<Group>, Problem> {
    let mut groups = Vec::new();
    Thrift::new(footer).fields(|thrift, id, _| {
        if id != 4 {
            return Ok(false);
        }
        thrift.list(|thrift| {
            groups.push(group(thrift, numbers)?);
            Ok(())
        })?;
        Ok(true)
    })?;
    let columns = numbers.len();
    match groups.iter().all(|group| group.chunks.len() == columns) {
        true => Ok(groups),
        false => Err(Problem::Damaged("a group of rows lacks a column")),
    }
}

fn group(thrift: &mut Thrift, numbers: &[usize]) -> Result<Group, Broken> {
    let (mut rows, mut chunks) = (0, Vec::with_capacity(numbers.len()));
    thrift.fields(|thrift, id, _| {
        match id {
            1 => {
                let mut number = 0_usize;
                thrift.list(|thrift| {
                    let found = chunk(thrift)?;
                    if numbers.contains(&number) {
                        chunks.push(found.ok_or(Broken)?);
                    }
                    number = number.saturating_add(1);
                    Ok(())
                })?;
            }
            3 => rows = thrift.size()?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(Group { rows, chunks })
}

/// `None` for a column whose pages lie in another file, or which is encrypted.
fn chunk(thrift: &mut Thrift) -> Result<Option<Chunk>, Broken> {
    let (mut found, mut is_here) = (None, true);
    thrift.fields(|thrift, id, _| {
        match id {
            1 => is_here = thrift.binary()?.is_empty(),
            3 => found = Some(pages(thrift)?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(found.filter(|_| is_here))
}

fn pages(thrift: &mut Thrift) -> Result<Chunk, Broken> {
    let (mut codec, mut length, mut data, mut dictionary) = (Codec::None, 0, 0, None);
    thrift.fields(|thrift, id, _| {
        match id {
            4 => codec = Codec::of(thrift.int()?),
            7 => length = thrift.size()?,
            9 => data = thrift.size()?,
            11 => dictionary = Some(thrift.size()?),
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    // Some writers say 0 where there is no dictionary.
    let start = match dictionary {
        Some(at) if at > 0 && at < data => at,
        _ => data,
    };
    Ok(Chunk {
        start,
        end: start.checked_add(length).ok_or(Broken)?,
        codec,
    })
}
