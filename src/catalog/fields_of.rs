//! The keys that a table of a file has, as serde knows them: for tests that hold them against a schema.

use std::fmt;

use serde::de::value::Error;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The keys of a table, in the order of its fields.
pub fn fields_of<'de, T: Deserialize<'de>>() -> Vec<&'static str> {
    let mut fields = Vec::new();
    // Every table ends in the error that says that nothing was there to read.
    let _ = T::deserialize(Asked(&mut fields));
    fields
}

/// Has nothing to read, and keeps what it was asked for.
struct Asked<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Asked<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        self.0.extend(fields);
        Err(nothing())
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(nothing())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn nothing() -> Error {
    serde::de::Error::custom(fmt::Error)
}

/// Holds that each named definition of a schema has the keys of its table, and that no other
/// definition has keys. The first name is empty: it is the whole file.
pub fn assert_same_keys(schema: &str, tables: &[(&str, Vec<&'static str>)]) {
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    for (name, fields) in tables {
        let place = match *name {
            "" => "/properties".to_owned(),
            name => format!("/$defs/{name}/properties"),
        };
        let described = schema.pointer(&place).and_then(|at| at.as_object());
        let mut described: Vec<&str> = described.unwrap().keys().map(String::as_str).collect();
        let mut fields = fields.clone();
        described.sort_unstable();
        fields.sort_unstable();
        assert_eq!(described, fields, "{name}");
    }
    let defined = schema.pointer("/$defs").and_then(|at| at.as_object());
    assert_eq!(defined.unwrap().len().saturating_add(1), tables.len());
}
