//! Snappy, as pages are compressed with it: pieces of text, and copies of what was written before.
//!
//! A column of times is a few new bytes of each, and a copy of the others from the one before. A machine is slow to
//! read what it has just written in several pieces, so the last eight bytes are kept as a number beside.

/// Bytes that are copied at once.
const WORD: u8 = 8;

/// The number of bytes that these are decompressed to, and what comes after it.
pub fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (mut length, mut left) = (0_u64, bytes);
    for shift in (0_u32..35).step_by(7) {
        let (byte, rest) = left.split_first()?;
        left = rest;
        length |= u64::from(byte & 0x7f).wrapping_shl(shift);
        if *byte < 0x80 {
            let length = u32::try_from(length).ok()?;
            return Some((usize::try_from(length).ok()?, left));
        }
    }
    None
}

/// Fills `out` with what these are decompressed to, which come after the length; `None` where they are damaged.
pub fn decompress(mut bytes: &[u8], out: &mut [u8]) -> Option<()> {
    // How many bytes are written, and the last eight of them, the last one highest.
    let (mut at, mut last) = (0_usize, 0_u64);
    loop {
        (bytes, at) = numbers(bytes, out, at, &mut last);
        let Some((tag, rest)) = bytes.split_first() else {
            break;
        };
        let long = (tag >> 2).wrapping_add(1);
        let (offset, length) = match (tag & 3, rest) {
            (0, _) => {
                if long <= WORD
                    && let Some(word) = load(rest, 0)
                    && store(out, at, word).is_some()
                {
                    last = with(last, word, long);
                    at = at.wrapping_add(long.into());
                    bytes = rest.get(long.into()..)?;
                    continue;
                }
                let (text, rest) = text(long, rest)?;
                let end = at.checked_add(text.len())?;
                out.get_mut(at..end)?.copy_from_slice(text);
                (at, bytes) = (end, rest);
                last = before(out, at);
                continue;
            }
            (1, [low, rest @ ..]) => {
                bytes = rest;
                let offset = u16::from_le_bytes([*low, tag >> 5]);
                (u32::from(offset), (tag >> 2 & 7).wrapping_add(4))
            }
            (2, [a, b, rest @ ..]) => {
                bytes = rest;
                (u16::from_le_bytes([*a, *b]).into(), long)
            }
            (3, [a, b, c, d, rest @ ..]) => {
                bytes = rest;
                (u32::from_le_bytes([*a, *b, *c, *d]), long)
            }
            _ => return None,
        };
        let start = at.checked_sub(usize::try_from(offset).ok()?)?;
        if length <= WORD && offset >= u32::from(WORD) {
            let word = match offset == u32::from(WORD) {
                true => Some(last),
                false => load(out, start),
            };
            if let Some(word) = word
                && store(out, at, word).is_some()
            {
                last = with(last, word, length);
                at = at.wrapping_add(length.into());
                continue;
            }
        }
        at = copy(out, start, at, length)?;
        last = before(out, at);
    }
    (at == out.len()).then_some(())
}

/// Writes numbers of eight bytes, each of which begins with a piece of text of up to four bytes and goes on as the one
/// before. Gives what comes after them, and where they end.
fn numbers<'b>(
    mut bytes: &'b [u8],
    out: &mut [u8],
    mut at: usize,
    last: &mut u64,
) -> (&'b [u8], usize) {
    if at < usize::from(WORD) {
        return (bytes, at);
    }
    let mut number = *last;
    while let Some(word) = load(bytes, 0) {
        let [tag, ..] = word.to_le_bytes();
        // Of the text, whose length less one stands above two bits of 0.
        let bits = u32::from(tag).wrapping_mul(2).wrapping_add(8);
        let [copy, offset, ..] = word.unbounded_shr(bits.wrapping_add(8)).to_le_bytes();
        // The rest of eight bytes, less four, above the bits 01; and from eight bytes before.
        let is_number = tag & 0xf3 == 0 && copy == 13_u8.wrapping_sub(tag) && offset == WORD;
        let kept = u64::MAX.unbounded_shl(bits);
        let next = (number & kept) | ((word >> 8) & !kept);
        if !is_number || store(out, at, next).is_none() {
            break;
        }
        number = next;
        at = at.wrapping_add(WORD.into());
        let taken = (tag >> 2).wrapping_add(4);
        bytes = bytes.get(taken.into()..).unwrap_or_default();
    }
    *last = number;
    (bytes, at)
}

/// A piece of text and what comes after it; `long` where its tag says all of its length.
fn text(long: u8, rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let Some(more @ 1..) = long.checked_sub(60) else {
        return rest.split_at_checked(long.into());
    };
    let (bytes, rest) = rest.split_at_checked(more.into())?;
    let mut wide = [0; 4];
    wide.get_mut(..bytes.len())?.copy_from_slice(bytes);
    let length = usize::try_from(u32::from_le_bytes(wide)).ok()?;
    rest.split_at_checked(length.checked_add(1)?)
}

/// Repeats what was written from `start` on, which may run into what it writes. Gives where that ends.
fn copy(out: &mut [u8], start: usize, mut at: usize, length: u8) -> Option<usize> {
    let end = at.checked_add(length.into())?;
    if end > out.len() {
        return None;
    }
    while at < end {
        // What is there repeats itself, so that each time twice as much can be taken.
        let more = at.checked_sub(start).filter(|more| *more > 0)?;
        let more = more.min(end.saturating_sub(at));
        out.copy_within(start..start.saturating_add(more), at);
        at = at.saturating_add(more);
    }
    Some(end)
}

/// The last eight bytes, after so many more, up to eight.
#[inline]
fn with(last: u64, more: u64, bytes: u8) -> u64 {
    let bits = u32::from(bytes).wrapping_mul(8);
    last.unbounded_shr(bits) | more.unbounded_shl(64_u32.wrapping_sub(bits))
}

/// The last eight bytes before `at`; fewer at the start.
fn before(out: &[u8], at: usize) -> u64 {
    let bytes = out.get(..at).unwrap_or_default();
    match bytes.last_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => bytes
            .iter()
            .fold(0, |last, byte| with(last, u64::from(*byte), 1)),
    }
}

#[inline]
fn load(bytes: &[u8], at: usize) -> Option<u64> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*word))
}

#[inline]
fn store(out: &mut [u8], at: usize, word: u64) -> Option<()> {
    *out.get_mut(at..)?.first_chunk_mut()? = word.to_le_bytes();
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    /// What these are decompressed to.
    fn read(bytes: &[u8]) -> Option<Vec<u8>> {
        let (length, bytes) = length(bytes)?;
        // Lengths that lie take no memory here.
        let mut out = vec![0; Some(length).filter(|length| *length < 1 << 20)?];
        decompress(bytes, &mut out)?;
        Some(out)
    }

    fn by_library(bytes: &[u8]) -> Option<Vec<u8>> {
        let length = snap::raw::decompress_len(bytes).ok()?;
        let length = Some(length).filter(|length| *length < 1 << 20)?;
        let mut out = vec![0; length];
        snap::raw::Decoder::new().decompress(bytes, &mut out).ok()?;
        Some(out)
    }

    #[test]
    fn pieces_and_copies_are_read() {
        let read = |bytes: &[u8]| read(bytes).map(|text| String::from_utf8(text).unwrap());
        // Three bytes of text, five copied from eight before: as times are.
        let times = [
            16, 0x1c, b'a', b'b', b'c', b'd', b'e', b'f', b'g', b'h', 8, b'X', b'Y', b'Z', 5, 8,
        ];
        assert_eq!(read(&times).unwrap(), "abcdefghXYZdefgh");
        // One byte, and nine copied from it in turn: into what they write.
        assert_eq!(read(&[10, 0, b'a', 0x15, 1]).unwrap(), "aaaaaaaaaa");
        // Both longer forms of a copy, and a length of text that stands behind its tag.
        assert_eq!(read(&[4, 4, b'a', b'b', 6, 2, 0]).unwrap(), "abab");
        assert_eq!(read(&[4, 4, b'a', b'b', 7, 2, 0, 0, 0]).unwrap(), "abab");
        assert_eq!(read(&[3, 0xf0, 2, b'a', b'b', b'c']).unwrap(), "abc");
        assert_eq!(read(&[0]).unwrap(), "");
    }

    #[test]
    fn what_is_damaged_is_not_read() {
        for bytes in [
            &[] as &[u8],
            &[0x80],
            &[0x80, 0x80, 0x80, 0x80, 0x80, 0],
            &[2, 4, b'a'],
            &[3, 4, b'a', b'b'],
            &[1, 4, b'a', b'b'],
            &[9, 0, b'a', 0x11, 0],
            &[9, 0, b'a', 0x11, 2],
            &[4, 0, b'a', 0x11, 1],
            &[4, 0, b'a', 6, 1],
            &[4, 0xfc, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }

    /// Numbers of eight bytes that grow, as times do, and texts of few letters.
    fn contents() -> impl Strategy<Value = Vec<u8>> {
        let times = prop::collection::vec(0_u64..1 << 20, 0..400).prop_map(|steps| {
            let mut at = 1_700_158_623_979_000_u64;
            let times = steps.iter().flat_map(|step| {
                at += step;
                at.to_le_bytes()
            });
            times.collect()
        });
        let letters = prop::collection::vec(0_u8..3, 0..2_000);
        let any = prop::collection::vec(any::<u8>(), 0..200);
        prop_oneof![times, letters, any]
    }

    proptest! {
        #[test]
        fn what_was_compressed_comes_back(contents in contents()) {
            let bytes = snap::raw::Encoder::new().compress_vec(&contents).unwrap();
            prop_assert_eq!(read(&bytes), Some(contents));
        }

        #[test]
        fn damage_is_found_as_the_library_finds_it(
            contents in contents(),
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
            cut in any::<prop::sample::Index>(),
            cuts in any::<bool>(),
        ) {
            let mut bytes = snap::raw::Encoder::new().compress_vec(&contents).unwrap();
            for (place, byte) in damage {
                *place.get_mut(&mut bytes) = byte;
            }
            if cuts {
                bytes.truncate(cut.index(bytes.len()).max(1));
            }
            prop_assert_eq!(read(&bytes), by_library(&bytes));
        }

        #[test]
        fn any_bytes_are_read_as_the_library_reads_them(
            length in 0_u8..127,
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0_u8..32], 0..60),
        ) {
            let bytes = [vec![length], bytes].concat();
            prop_assert_eq!(read(&bytes), by_library(&bytes));
        }
    }
}
