//! A command line, its arguments a line each, in a folder that holds the files of `examples/`.

#![no_main]

use std::env;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use libfuzzer_sys::fuzz_target;
use tollgate_fuzz::{file, folder, run};

fuzz_target!(
    init: {
        file("account.toml", include_bytes!("../../examples/account.toml"));
        file("calls.csv", include_bytes!("../../examples/calls.csv"));
        file("prices.toml", include_bytes!("../../examples/prices.toml"));
        file("tollgate.toml", include_bytes!("../../examples/tollgate.toml"));
        env::set_current_dir(folder()).expect("a folder to work in");
    },
    |bytes: &[u8]| {
        let args = bytes.split(|byte| *byte == b'\n');
        let args: Vec<OsString> = args.map(|arg| OsString::from_vec(arg.to_vec())).collect();
        // Colours are escapes, which are looked for. A device may have another answer each time.
        let text = String::from_utf8_lossy(bytes);
        if !text.contains("--col") && !text.contains("/dev/") && !text.contains("/proc/") {
            assert_eq!(run(args.clone()), run(args));
        }
    }
);
