//! Where numbers that are packed by their differences end. The library gives memory by the number of them that is
//! said before them, which is held here against the rows of the page.

/// What follows such numbers, of which there are at most so many.
pub fn skip(bytes: &[u8], most: u64) -> Option<&[u8]> {
    let mut left = bytes;
    let block = varint(&mut left)?;
    let minis = varint(&mut left)?;
    let count = varint(&mut left).filter(|count| *count <= most)?;
    varint(&mut left)?;
    let each = block.checked_div(minis).filter(|each| *each > 0)?;
    let minis = usize::try_from(minis).ok()?;
    // The first one stands in the head.
    let mut values = count.saturating_sub(1);
    while values > 0 {
        varint(&mut left)?;
        let (widths, rest) = left.split_at_checked(minis)?;
        left = rest;
        for width in widths {
            if values == 0 {
                break;
            }
            let bits = each.checked_mul(u64::from(*width))?;
            let length = usize::try_from(bits.div_ceil(8)).ok()?;
            // The last block may end with its last value.
            left = left.get(length.min(left.len())..)?;
            values = values.saturating_sub(each);
        }
    }
    Some(left)
}

/// The next number of a varying length.
pub fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0_u32..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f).wrapping_shl(shift);
        if *byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of 128 in 4 parts, so many values, the first one 1, then one part of 4 bits each.
    const HEAD: [u8; 6] = [0x80, 0x01, 0x04, 0x05, 0x02, 0x00];

    #[test]
    fn what_follows_is_found() {
        let values = [4, 0, 0, 0].into_iter().chain([7; 16]);
        let bytes: Vec<u8> = HEAD.into_iter().chain(values).chain(*b"rest").collect();
        assert_eq!(skip(&bytes, 5), Some(b"rest".as_slice()));
        assert_eq!(skip(&bytes, 4), None, "more values than rows");
    }

    #[test]
    fn a_number_of_values_that_lies_ends_with_the_bytes() {
        let lies = [0x80, 0x01, 0x04, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x02];
        assert_eq!(skip(&lies, u64::MAX), None);
        assert_eq!(skip(&[0x80, 0x01, 0x00, 0x05, 0x02], 5), None, "no parts");
    }
}
