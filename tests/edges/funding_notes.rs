//! All that is said of what pays, for each way in which it ends. The loads are 1,200,000 tokens at once, and
//! 1,440,000 a day for thirty days from 2026-11-20 on.

use super::funding::{WORKLOAD, own};
use super::said;
use super::support::quote;

const AT_ONCE: &str = "tokens deepseek-v3.2 --input 1M --output 200k";
const CACHE: (&str, &str) = (
    "free.scope",
    "the free quota does not offset the context cache",
);
const NOTICE: (&str, &str) = (
    "free.notice",
    "the platform sends a notice when 20 % and 0 %",
);
const MIX: (&str, &str) = ("free.mix", "the tokens that are offset are taken");
const BLOCKED: (&str, &str) = (
    "free.overdue",
    "while the balance of the account is overdue",
);

/// The notes are these and no others: each by its rule and its beginning.
fn says(line: &str, expected: &[(&str, &str)]) {
    let notes = said(&quote(line));
    assert_eq!(notes.len(), expected.len(), "`{line}`: {notes:#?}");
    for ((rule, message), (of, begins)) in notes.iter().zip(expected) {
        assert_eq!(rule, of, "`{line}`: {message}");
        assert!(message.starts_with(begins), "`{line}`: {message}");
    }
}

#[test]
fn a_quota_says_whether_it_lasts() {
    let at_once = |flags: &str, expected: &[_]| says(&format!("{AT_ONCE} {flags}"), expected);
    // Its last day is one of its days.
    at_once(
        "--free-quota 9M --free-expires 2026-11-20",
        &[CACHE, BLOCKED],
    );
    at_once(
        "--free-quota 9M --free-expires 2026-11-19",
        &[
            ("free.validity", "the free quota expired on 2026-11-19"),
            BLOCKED,
        ],
    );
    at_once("--package 9M@2026-11-20", &[BLOCKED]);
    // Used up with the last call, and before it.
    at_once("--free-quota 1.2M", &[CACHE, NOTICE, BLOCKED]);
    at_once(
        "--free-quota 900k",
        &[
            CACHE,
            (
                "free.overrun",
                "calls under way are not interrupted when the free quota ends; 300,000 tokens",
            ),
            NOTICE,
            MIX,
            BLOCKED,
        ],
    );
}

#[test]
fn what_pays_for_some_days_is_named_by_what_was_used() {
    let workload = |flags: &str, expected: &[_]| says(&format!("{WORKLOAD} {flags}"), expected);
    workload(
        "--free-quota 1.44M --package 1.44M",
        &[
            (
                "free.overrun",
                "the free quota and the packages last 2 days at this rate",
            ),
            CACHE,
            (
                "free.overrun",
                "calls under way are not interrupted when the free quota ends; 40,320,000 tokens",
            ),
            NOTICE,
            MIX,
            BLOCKED,
        ],
    );
    let packages = ("free.order", "the packages last 1 day at this rate");
    workload(
        "--batch --free-quota 1.44M --package 1.44M",
        &[
            (
                "free.scope",
                "the free quota offsets real-time calls of preset models, not batch calls",
            ),
            packages,
            MIX,
            BLOCKED,
            (
                "tokens.batch",
                "the newest page marks no price of batch calls",
            ),
        ],
    );
    workload(
        "--free-quota 1.44M --free-expires 2026-11-19 --package 1.44M",
        &[
            ("free.validity", "the free quota expired on 2026-11-19"),
            packages,
            MIX,
            BLOCKED,
        ],
    );
    workload("--package 1.44M", &[packages, MIX, BLOCKED]);
    // A package whose turn never came does not last.
    workload(
        "--free-quota 4.32M --package 9M@2026-11-21",
        &[
            (
                "free.order",
                "the package expires on 2026-11-21 with 9,000,000 tokens left",
            ),
            ("free.overrun", "the free quota lasts 3 days at this rate"),
            CACHE,
            (
                "free.overrun",
                "calls under way are not interrupted when the free quota ends; 38,880,000 tokens",
            ),
            NOTICE,
            MIX,
            BLOCKED,
        ],
    );
}

#[test]
fn a_service_says_what_stops_it_and_a_person_is_told_no_more() {
    let load = WORKLOAD.replace("tokens deepseek-v3.2", "");
    let mix = |rule| (rule, MIX.1);
    let (_folder, served) = own("tencent");
    let served = format!("{served}{load}");
    let order = "service.order";
    says(
        &format!("{served} --free-quota 1.44M"),
        &[
            (order, "the free quota lasts 1 day at this rate"),
            (
                order,
                "the free trial is consumed first; 41,760,000 tokens beyond are billed",
            ),
            mix(order),
            ("service.status", BLOCKED.1),
        ],
    );
    says(
        &format!("{served} --free-quota 1.44M --package 1.44M --postpaid off"),
        &[
            (order, "the free quota and the packages last 2 days at"),
            (
                "service.status",
                "the free quota is used up, the package is used up, and postpaid is off: 40,320,000",
            ),
            mix(order),
        ],
    );
    // The package lapses with all its tokens: the quota took the whole day. The other one is used up.
    let packages = "--package 1.44M@2026-11-20 --package 1M";
    says(
        &format!("{served} --free-quota 1.44M {packages} --postpaid off"),
        &[
            (
                order,
                "the package expires on 2026-11-20 with 1,440,000 tokens left",
            ),
            (
                order,
                "the free quota and the packages last 1 day 16 hours 40 minutes",
            ),
            (
                "service.status",
                "the free quota is used up, the packages are used up or have expired, and postpaid",
            ),
            mix(order),
        ],
    );
    let (_folder, person) = own("own");
    let funding = "funding";
    says(
        &format!("{person}{load} --free-quota 9M --free-expires 2026-11-20 --postpaid off"),
        &[
            (
                funding,
                "the free quota expires on 2026-11-20 with 7,560,000 tokens left",
            ),
            (
                funding,
                "the free quota lasts 1 day at this rate, taken as even; from then on nothing is",
            ),
            (
                funding,
                "the free quota has expired, and postpaid is off: 41,760,000 tokens",
            ),
            mix(funding),
        ],
    );
}

#[test]
fn while_all_is_paid_for_nothing_is_said_to_stop() {
    let flags = "--free-quota 9M --postpaid off";
    let switch = (
        "free.stop",
        "calls stop only with the switch of the free quota",
    );
    says(&format!("{AT_ONCE} {flags}"), &[CACHE, switch, BLOCKED]);
    let (_folder, served) = own("tencent");
    let served = format!("{served} --input 1M --output 200k");
    says(&format!("{served} {flags}"), &[]);
    // 12,000,000 + 1,200,000 tokens overflow. The reservation goes on without them.
    let ptu = "ptu qwen3-max-2025-09-23 --input-tpm 100k --output-tpm 10k --hours 10 --rpm 30 --input-per-request 4000 --output-per-request 400 --free-covers-overflow --postpaid off";
    let stopped = |quota: &str| {
        let notes = said(&quote(&format!("{ptu} --free-quota {quota}")));
        let of_switch = notes.into_iter().filter(|(rule, _)| rule == "free.stop");
        of_switch.map(|(_, message)| message).collect::<Vec<_>>()
    };
    let left = stopped("1M");
    let message = "the free quota is used up, and calls are set to stop then: 12,200,000 tokens";
    assert!(left[0].starts_with(message), "{left:?}");
    assert_eq!(left.len(), 2);
    assert_eq!(stopped("13.2M").len(), 1);
}

#[test]
fn what_ended_is_named_with_how_it_ended() {
    let (_folder, served) = own("tencent");
    let why = |flags: &str| {
        let line = format!("{served} --input 1M --output 200k --postpaid off {flags}");
        let notes = said(&quote(&line));
        let status = notes.into_iter().find(|(rule, _)| rule == "service.status");
        let message = status.unwrap().1;
        let (why, _) = message.split_once(", and postpaid is off").unwrap();
        why.to_owned()
    };
    for day in ["2026-11-20", "2026-12-31"] {
        let flags = format!("--free-quota 900k --free-expires {day}");
        assert_eq!(why(&flags), "the free quota is used up");
        assert_eq!(
            why(&format!("--package 900k@{day}")),
            "the package is used up"
        );
    }
    assert_eq!(
        why("--free-quota 900k --free-expires 2026-11-19"),
        "the free quota has expired"
    );
    assert_eq!(
        why("--free-quota 900k --package 1k@2026-11-19"),
        "the free quota is used up, the package has expired"
    );
}
