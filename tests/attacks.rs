//! What an attacker would try: each test fails where the attack would succeed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods
)]

#[path = "attacks/answers.rs"]
mod answers;
#[path = "attacks/files.rs"]
mod files;
#[path = "common/folder.rs"]
mod folder;
#[path = "attacks/forges.rs"]
mod forges;
#[path = "attacks/names.rs"]
mod names;
#[path = "check_formats/rendered.rs"]
mod rendered;
#[path = "attacks/runners.rs"]
mod runners;
#[path = "attacks/sizes.rs"]
mod sizes;
mod support;
#[path = "attacks/targets.rs"]
mod targets;
