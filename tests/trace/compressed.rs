//! gzip and zstd, whole and in pieces.

use std::io::Write;

use flate2::Compression as Level;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use tollgate::trace::{Compression, Options, TraceError};

use crate::stream::{good, wrong};

const TEXT: &str = "ts,input_tokens,output_tokens\n1700129880,1,2\n1700129881,3,4\n";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Level::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    compress_to_vec(text, CompressionLevel::Fastest)
}

type Compress = fn(&[u8]) -> Vec<u8>;
const KINDS: [(Compression, Compress); 2] = [(Compression::Gzip, gzip), (Compression::Zstd, zstd)];

#[test]
fn compressed_files_are_known_by_their_content_and_may_be_put_together() {
    for (kind, compress) in KINDS {
        for cut in [0, 1, 35, 45, TEXT.len()] {
            let (start, end) = TEXT.as_bytes().split_at(cut);
            let file = [compress(start), compress(end)].concat();
            let (stream, summary) = good(file);
            assert_eq!(stream.tokens(), [(1, 2), (3, 4)], "{kind:?} {cut}");
            assert_eq!(summary.files[0].compression, Some(kind));
        }
    }
    let skippable = [
        &[0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3][..],
        &zstd(TEXT.as_bytes()),
    ];
    assert_eq!(good(skippable.concat()).0.tokens(), [(1, 2), (3, 4)]);
}

#[test]
fn a_compressed_file_that_ends_early_is_refused() {
    let rows: String = (0..3_000)
        .map(|row| format!("{},{},{}\n", 1_700_129_880 + row, row * 7 % 5_000, row % 90))
        .collect();
    let text = format!("ts,input_tokens,output_tokens\n{rows}");
    for (kind, compress) in KINDS {
        let file = compress(text.as_bytes());
        assert_eq!(good(&file).0.calls.len(), 3_000);
        for length in [
            4,
            5,
            9,
            12,
            20,
            file.len() / 2,
            file.len() - 5,
            file.len() - 1,
        ] {
            let error = wrong(&file[..length], &Options::default());
            let file = "0".to_owned();
            let truncated = TraceError::Truncated {
                file,
                compression: kind,
            };
            assert_eq!(error, truncated, "{kind:?} {length}");
        }
    }
}

#[test]
fn a_compressed_file_that_is_damaged_is_refused() {
    let text = TEXT.repeat(50);
    for (kind, compress) in KINDS {
        let whole = compress(text.as_bytes());
        for damage in [
            [&whole[..], b"rubbish and more rubbish"].concat(),
            [&whole[..whole.len() - 4], &[1, 2, 3, 4]].concat(),
        ] {
            let options = Options {
                skip_bad_rows: true,
                ..Options::default()
            };
            let error = wrong(damage, &options);
            assert!(
                matches!(&error, TraceError::Corrupt { compression, .. } if *compression == kind),
                "{kind:?} {error:?}"
            );
        }
    }
}

#[test]
fn what_is_wrong_with_zstd_is_said_in_words() {
    let whole = zstd(TEXT.as_bytes());
    let rubbish = [&whole[..], b"rubbish and more rubbish"].concat();
    // A frame that asks for 2 GiB of memory.
    let greedy = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 1, 0, 0];
    // A block of a kind that there is not.
    let damaged = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00, 0x07, 0, 0, 0, 0, 0, 0];
    for (bytes, words) in [
        (rubbish, "something else follows its last frame"),
        (
            greedy,
            "it takes 2147483648 bytes of memory, more than 8388608",
        ),
        (damaged, "its data is damaged"),
    ] {
        assert_eq!(
            wrong(bytes, &Options::default()).to_string(),
            format!("`0` is not valid zstd: {words}")
        );
    }
}
