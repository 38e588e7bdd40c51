//! From which share of full use a unit pays, as tables of others computed it.

/// Azure: (model, USD of tokens that a PTU holds in a month of 730 hours, percent of full use above which the hour, the
/// month and the year of global deployments pay). 100 and more is never.
#[rustfmt::skip]
pub const AZURE: &[(&str, &str, &str, &str, &str)] = &[
    ("gpt-6-sol", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-6-astra", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-5.6-luna", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-5.6-terra", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-5.6-sol", "210.24", "347.2", "123.7", "105.1"),
    ("gpt-5.5", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-5.4", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-5.4-mini", "259.52", "281.3", "100.2", "85.2"),
    ("gpt-5.3-codex", "260.61", "280.1", "99.8", "84.8"),
    ("gpt-5.2", "260.61", "280.1", "99.8", "84.8"),
    ("gpt-5.2-codex", "260.61", "280.1", "99.8", "84.8"),
    ("gpt-5.1", "260.06", "280.7", "100.0", "85.0"),
    ("gpt-5.1-codex", "260.06", "280.7", "100.0", "85.0"),
    ("gpt-5", "260.06", "280.7", "100.0", "85.0"),
    ("gpt-5-mini", "260.06", "280.7", "100.0", "85.0"),
    ("gpt-4.1", "262.80", "277.8", "98.9", "84.1"),
    ("gpt-4.1-mini", "261.05", "279.6", "99.6", "84.7"),
    ("gpt-4.1-nano", "260.17", "280.6", "99.9", "84.9"),
    ("o3", "262.80", "277.8", "98.9", "84.1"),
    ("o4-mini", "260.17", "280.6", "99.9", "84.9"),
    ("gpt-4o", "273.75", "266.7", "95.0", "80.7"),
    ("gpt-4o-mini", "243.09", "300.3", "107.0", "90.9"),
    ("o3-mini", "120.45", "606.1", "215.9", "183.5"),
    ("o1", "151.11", "483.1", "172.1", "146.3"),
];

/// Google: (model, USD of tokens that a GSU holds in a month of 730 hours, percent of full use above which the week,
/// the month, three months and the year pay). 100 and more is never.
#[rustfmt::skip]
pub const GOOGLE: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("gemini-3.5-flash", "2661", "195.9", "101.5", "90.2", "75.2"),
    ("gemini-3.1-flash-lite", "2648", "196.9", "102.0", "90.6", "75.5"),
    ("gemini-3.1-pro-preview", "2628", "198.3", "102.7", "91.3", "76.1"),
    ("gemini-3-flash-preview", "2648", "196.9", "102.0", "90.6", "75.5"),
    ("gemini-2.5-pro", "2135", "244.1", "126.4", "112.4", "93.7"),
    ("gemini-2.5-flash", "2121", "245.8", "127.3", "113.2", "94.3"),
    ("gemini-2.5-flash-lite", "2121", "245.8", "127.3", "113.2", "94.3"),
    ("gemini-3.7-flash", "1330", "391.8", "202.9", "180.4", "150.3"),
    ("gemini-3.6-flash", "1330", "391.8", "202.9", "180.4", "150.3"),
    ("gemini-3.5-flash-lite", "2649", "196.8", "101.9", "90.6", "75.5"),
];
