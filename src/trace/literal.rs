//! Bytes that are expected at a place, compared in a few looks.

/// Bytes that are expected. They are compared 16 at a time: the first and the last, which may overlap, or fewer under a
/// mask.
#[derive(Debug, Default)]
pub struct Literal {
    first: u128,
    /// Which bits of the first count where there are fewer than 16 bytes.
    mask: u128,
    last: u128,
    /// What is between these.
    middle: Vec<u8>,
    length: usize,
}

impl Literal {
    /// Exactly these bytes.
    pub fn new(bytes: &[u8]) -> Self {
        let padded = |bytes: &[u8]| {
            let mut all = [0; 16];
            for (to, from) in all.iter_mut().zip(bytes) {
                *to = *from;
            }
            u128::from_le_bytes(all)
        };
        let length = bytes.len();
        let end = length.saturating_sub(16);
        Self {
            first: padded(bytes),
            mask: padded(&vec![0xff; length]),
            last: padded(bytes.get(end..).unwrap_or_default()),
            middle: bytes.get(16..end).unwrap_or_default().to_vec(),
            length,
        }
    }

    /// How many bytes it has.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.length
    }

    /// What comes after it. `None` where something else stands there, and near the end of the block.
    #[inline(always)]
    pub fn strip<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let (literal, rest) = bytes.split_at_checked(self.length)?;
        let differs = match (literal.first_chunk::<16>(), literal.last_chunk::<16>()) {
            (Some(first), Some(last)) => {
                if self.length > 32 && literal.get(16..self.length.wrapping_sub(16))? != self.middle
                {
                    return None;
                }
                (u128::from_le_bytes(*first) ^ self.first)
                    | (u128::from_le_bytes(*last) ^ self.last)
            }
            _ => (u128::from_le_bytes(*bytes.first_chunk::<16>()?) ^ self.first) & self.mask,
        };
        (differs == 0).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_stripped_where_it_stands_and_nowhere_else() {
        let text: Vec<u8> = (0..120).map(|place| place ^ 0x5a).collect();
        for length in 0..80 {
            let (start, after) = text.split_at(length);
            let literal = Literal::new(start);
            assert_eq!(literal.strip(&text), Some(after), "{length}");
            for place in 0..length {
                let mut other = text.clone();
                other
                    .get_mut(place)
                    .into_iter()
                    .for_each(|byte| *byte ^= 0x10);
                assert_eq!(literal.strip(&other), None, "{length} {place}");
            }
            for end in 0..text.len() {
                let cut = text.get(..end).unwrap_or_default();
                let expected = (end >= length.max(16)).then(|| cut.get(length..));
                assert_eq!(literal.strip(cut), expected.flatten(), "{length} {end}");
            }
        }
    }
}
