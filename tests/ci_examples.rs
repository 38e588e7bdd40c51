//! The files of `examples/ci` are valid, and their commands do what they say, in a real git
//! repository and with the scripts of the files as they stand there.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

#[path = "ci_examples/repository.rs"]
mod repository;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use repository::{Ran, Repository, plan};
use serde_json::{Value, json};

const GITHUB: &str = include_str!("../examples/ci/github-actions.yml");
const ACTION: &str = include_str!("../action.yml");
const GITLAB: &str = include_str!("../examples/ci/gitlab-ci.yml");

fn yaml(text: &str) -> Value {
    serde_norway::from_str(text).unwrap()
}

/// The script of the workflow's step with this id.
fn github_script(id: &str) -> String {
    let workflow = yaml(GITHUB);
    let steps = workflow["jobs"]["check"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == id).unwrap();
    step["run"].as_str().unwrap().to_owned()
}

/// The script of the action's step with this id.
fn action_script(id: &str) -> String {
    let action = yaml(ACTION);
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["id"] == id).unwrap();
    step["run"].as_str().unwrap().to_owned()
}

/// The script of the job under this key.
fn gitlab_script(key: &str) -> String {
    let job = &yaml(GITLAB)["llm-costs"];
    let scripts = job[key].as_array().unwrap();
    assert_eq!(scripts.len(), 1, "{key}");
    scripts[0].as_str().unwrap().to_owned()
}

/// Runs the check of the workflow, the action and the job, and gives what each ended with.
fn check_everywhere(repository: &Repository) -> [Ran; 3] {
    repository.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let base = repository.git(&["merge-base", "main", "change"]);
    let github = repository.run(
        &github_script("check"),
        &[("PLAN", "tollgate.toml"), ("GITHUB_BASE_REF", "main")],
    );
    repository.git(&["worktree", "remove", "--force", ".tollgate-base"]);
    let action = repository.run(
        &action_script("check"),
        &[("PLAN", "tollgate.toml"), ("GITHUB_BASE_REF", "main")],
    );
    repository.git(&["worktree", "remove", "--force", ".tollgate-base"]);
    let gitlab = repository.run(
        &gitlab_script("script"),
        &[
            ("PLAN", "tollgate.toml"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base.trim()),
            ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
        ],
    );
    [github, action, gitlab]
}

fn assert_marked(comment: &str) {
    assert!(comment.starts_with("<!-- tollgate:check"), "{comment}");
    assert!(comment.lines().next().unwrap().ends_with("-->"));
}

#[test]
fn a_change_beyond_the_budget_ends_with_3_and_a_comment_of_what_changed() {
    let repository = Repository::new(Some(&plan("100k", "3000")));
    repository.change("tollgate.toml", &plan("200k", "3000"));
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 3, "{ran:?}");
        let comment = ran.comment.as_deref().unwrap();
        assert_marked(comment);
        // 10 × 20 + 8 × 10 = 280 a day, and twice that.
        for part in ["chat", "2,800.00", "5,600.00", "100000", "200000"] {
            assert!(comment.contains(part), "{part} is not in {comment}");
        }
        assert!(ran.stderr.contains("the budget of ¥3,000 is exceeded"));
    }
}

#[test]
fn breaches_are_annotations_of_the_plan_in_the_workflow() {
    let repository = Repository::new(None);
    repository.change("tollgate.toml", &plan("200k", "3000"));
    let [github, action, _] = check_everywhere(&repository);
    for ran in [github, action] {
        assert_eq!(ran.code, 3, "{ran:?}");
        let annotated = "::error file=tollgate.toml,line=";
        assert!(ran.stdout.contains(annotated), "{ran:?}");
    }
}

#[test]
fn an_unchanged_plan_ends_with_0_and_no_difference() {
    let repository = Repository::new(Some(&plan("100k", "3000")));
    repository.change("README", "nothing about costs\n");
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 0, "{ran:?}");
        let comment = ran.comment.as_deref().unwrap();
        assert_marked(comment);
        assert!(comment.contains("2,800.00"), "{comment}");
        assert!(comment.contains("the same cost as main"), "{comment}");
        assert!(!comment.contains(".tollgate-base"), "{comment}");
        assert!(!comment.contains("+¥"), "{comment}");
        assert_eq!(ran.stderr, "");
    }
}

#[test]
fn a_first_plan_is_compared_with_nothing() {
    let repository = Repository::new(None);
    repository.change("tollgate.toml", &plan("100k", "3000"));
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 0, "{ran:?}");
        let comment = ran.comment.as_deref().unwrap();
        assert_marked(comment);
        assert!(!comment.contains("since"), "{comment}");
    }
}

#[test]
fn a_plan_that_cannot_be_priced_does_not_stop_the_change_that_repairs_it() {
    let repository = Repository::new(Some("version = 1\n[[deployment]]\n"));
    repository.change("tollgate.toml", &plan("100k", "3000"));
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 0, "{ran:?}");
        let comment = ran.comment.as_deref().unwrap();
        assert!(
            comment.contains("`main` cannot be priced, so what changed"),
            "{comment}"
        );
    }
}

#[test]
fn a_broken_plan_ends_with_1_and_a_comment_that_says_so() {
    let repository = Repository::new(Some(&plan("100k", "3000")));
    repository.change("comment.md", "not of tollgate\n");
    repository.change("tollgate.toml", "version = 2\n");
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 1, "{ran:?}");
        let comment = ran.comment.as_deref().unwrap();
        assert_marked(comment);
        assert!(
            comment.contains("cannot be priced, so no budget is held"),
            "{comment}"
        );
    }
}

#[test]
fn what_happened_on_the_base_branch_since_is_not_taken_for_the_change() {
    let repository = Repository::new(Some(&plan("100k", "9000")));
    repository.change("tollgate.toml", &plan("200k", "9000"));
    repository.git(&["switch", "--quiet", "main"]);
    repository.write("tollgate.toml", &plan("700k", "9000"));
    repository.commit("more of it");
    repository.git(&["switch", "--quiet", "change"]);
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 0, "{ran:?}");
        let comment = ran.comment.unwrap();
        assert!(comment.contains("100000"), "{comment}");
        assert!(!comment.contains("700000"), "{comment}");
    }
}

#[test]
fn the_base_has_the_prices_of_its_own_catalog_file() {
    let repository = Repository::new(Some(&plan("100k", "9000")));
    let prices = fs::read_to_string(repository.path().join("prices.toml")).unwrap();
    let dearer = prices.replace("20 per 10K TPM-day", "25 per 10K TPM-day");
    repository.change("prices.toml", &dearer);
    for ran in check_everywhere(&repository) {
        assert_eq!(ran.code, 0, "{ran:?}");
        let comment = ran.comment.unwrap();
        // 10 × 25 + 8 × 10 = 330 a day.
        for part in ["2,800.00", "3,300.00", "25 per 10"] {
            assert!(comment.contains(part), "{part} is not in {comment}");
        }
    }
}

/// The steps of every workflow and of the action, with the file that has them.
fn steps() -> Vec<(String, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workflows = fs::read_dir(root.join(".github/workflows")).unwrap();
    let mut files: Vec<PathBuf> = workflows.map(|entry| entry.unwrap().path()).collect();
    files.push(root.join("examples/ci/github-actions.yml"));
    files.push(root.join("action.yml"));
    let mut found = Vec::new();
    for file in files {
        let parsed = yaml(&fs::read_to_string(&file).unwrap());
        let jobs = parsed["jobs"].as_object();
        let jobs = jobs.into_iter().flatten().map(|(_, job)| &job["steps"]);
        for steps in jobs.chain([&parsed["runs"]["steps"]]) {
            let steps = steps.as_array().into_iter().flatten().cloned();
            found.extend(steps.map(|step| (file.display().to_string(), step)));
        }
    }
    found
}

#[test]
fn nothing_is_pasted_into_a_script_and_every_action_is_pinned() {
    let (mut scripts, mut pins) = (0, 0);
    for (file, step) in steps() {
        if let Some(run) = step["run"].as_str() {
            assert!(!run.contains("${{"), "{file}: {run}");
            let parsed = Command::new("bash")
                .args(["-n", "-c", run])
                .output()
                .unwrap();
            assert!(parsed.status.success(), "{file}: {parsed:?}");
            scripts += 1;
        }
        if let Some(action) = step["uses"].as_str() {
            let (_, pin) = action.split_once('@').unwrap();
            let hex = pin.chars().all(|c| c.is_ascii_hexdigit());
            assert!(pin.len() == 40 && hex, "{file}: {action}");
            pins += 1;
        }
    }
    assert!(scripts >= 12 && pins >= 8, "{scripts} scripts, {pins} pins");
}

#[test]
fn the_workflow_has_no_secrets_and_comments_on_no_fork() {
    let workflow = yaml(GITHUB);
    // Not `pull_request_target`, which would run with secrets.
    assert_eq!(workflow["on"], json!({ "pull_request": null }));
    assert_eq!(
        workflow["permissions"],
        json!({ "contents": "read", "pull-requests": "write" })
    );
    let steps = workflow["jobs"]["check"]["steps"].as_array().unwrap();
    let condition = steps.last().unwrap()["if"].as_str().unwrap();
    assert!(condition.contains("head.repo.full_name == github.repository"));
    assert_eq!(steps[0]["with"]["persist-credentials"], false);
}

/// Comments are found with `jq`, which the machines of both services have, and not every other.
fn has_jq() -> bool {
    Command::new("jq").arg("--version").output().is_ok()
}

const MARKER: &str = "<!-- tollgate:check tollgate.toml -->";

/// A page of comments: of someone else, of the workflow itself but about something else, and perhaps
/// the one that is meant.
fn comments(mine: bool) -> String {
    let mut all = vec![
        json!({ "id": 1, "user": { "login": "someone" }, "author": { "id": 5 }, "body": format!("{MARKER}\nhere I am") }),
        json!({ "id": 2, "user": { "login": "github-actions[bot]" }, "author": { "id": 7 }, "body": format!("of {MARKER}") }),
    ];
    if mine {
        all.push(json!({ "id": 3, "user": { "login": "github-actions[bot]" }, "author": { "id": 7 }, "body": format!("{MARKER}\nolder") }));
    }
    Value::from(all).to_string()
}

fn with_comment() -> Repository {
    let repository = Repository::new(None);
    repository.write("comment.md", &format!("{MARKER}\nnewer \"$(id)\"\n"));
    repository
}

#[test]
fn the_workflow_updates_its_own_comment_and_posts_one_where_there_is_none() {
    if !has_jq() {
        return;
    }
    let scripts = [github_script("comment"), action_script("comment")];
    let cases = [
        (true, "PATCH repos/team/plans/issues/comments/3"),
        (false, "POST repos/team/plans/issues/12/comments"),
    ];
    let cases = cases
        .iter()
        .flat_map(|case| scripts.iter().map(move |script| (case, script)));
    for (&(mine, wanted), script) in cases {
        let repository = with_comment();
        // Two pages, as `--paginate` prints them.
        repository.write("pages", &format!("[]{}", comments(mine)));
        repository.tool(
            "gh",
            "case \"$*\" in *--paginate*) cat pages;; *) printf '%s\\n' \"$*\" >> calls;; esac",
        );
        let ran = repository.run(
            script,
            &[("GITHUB_REPOSITORY", "team/plans"), ("NUMBER", "12")],
        );
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        let calls = fs::read_to_string(repository.path().join("calls")).unwrap();
        let wanted = format!("api --silent --method {wanted} --field body=@comment.md\n");
        assert_eq!(calls, wanted);
    }
}

#[test]
fn the_job_updates_its_own_note_and_posts_one_where_there_is_none() {
    if !has_jq() {
        return;
    }
    let notes = "https://git.example.com/api/v4/projects/9/merge_requests/12/notes";
    for (mine, wanted) in [
        (
            true,
            format!("PUT --data-urlencode body@comment.md {notes}/3"),
        ),
        (
            false,
            format!("POST --data-urlencode body@comment.md {notes}"),
        ),
    ] {
        let repository = with_comment();
        repository.write("page", &comments(mine));
        repository.tool(
            "curl",
            r#"
            grep -qx 'header = "PRIVATE-TOKEN: secret"'
            case "$*" in
              */user) echo '{ "id": 7 }';;
              *page=1) echo '[{ "id": 8, "author": { "id": 7 }, "body": "of a person" }]';;
              *page=2) cat page;;
              *page=*) echo '[]';;
              *) printf '%s\n' "$*" >> calls;;
            esac"#,
        );
        let ran = repository.run(
            &gitlab_script("after_script"),
            &[
                ("CI_API_V4_URL", "https://git.example.com/api/v4"),
                ("CI_MERGE_REQUEST_PROJECT_ID", "9"),
                ("CI_MERGE_REQUEST_IID", "12"),
                ("TOLLGATE_COMMENT_TOKEN", "secret"),
            ],
        );
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        let calls = fs::read_to_string(repository.path().join("calls")).unwrap();
        let wanted = format!("--request {wanted}\n");
        assert!(calls.ends_with(&wanted), "{calls}");
        assert_eq!(calls.lines().count(), 1, "{calls}");
        assert!(!calls.contains("secret"), "{calls}");
    }
}

#[test]
fn a_fork_without_a_token_posts_no_note_and_does_not_fail() {
    let repository = with_comment();
    repository.tool("curl", "touch calls");
    let ran = repository.run(&gitlab_script("after_script"), &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(!repository.path().join("calls").exists());
}
