//! What a provider's documents say about deployments and its free quota, for its card.

use super::group::Group;
use crate::billing::rule::Rule;

/// A word and what the document says of it.
type Word = (&'static str, &'static str);

/// Deployments, in the order of their life, then the free quota. A provider whose documents do not have
/// these rules has no such group.
pub fn groups(provider: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    if Rule::DeployWindow.cited_by(provider) == Rule::DeployWindow {
        let window = Some(Rule::DeployWindow);
        let autoscale = Some(Rule::DeployAutoscale);
        groups.extend([
            Group::of("before", "Before a deployment", None, BEFORE),
            Group::of(
                "configuration",
                "Configured, at no price of its own",
                None,
                CONFIGURATION,
            ),
            Group::of(
                "deployment_statuses",
                "Statuses of a deployment",
                window,
                STATUSES,
            ),
            Group::of("scaling", "Scaled", autoscale, SCALING),
            Group::of("end", "Renewed, updated and ended", window, END),
        ]);
    }
    if Rule::FreeScope.cited_by(provider) == Rule::FreeScope {
        let scope = Some(Rule::FreeScope);
        groups.push(Group::of("free_quota", "Free quota", scope, FREE));
    }
    groups
}

const BEFORE: &[Word] = &[
    (
        "permission",
        "an account needs `ModelDeploy-FullAccess` in its workspace, or deploying ends with \"insufficient permissions\"",
    ),
    (
        "billing method",
        "it cannot be changed once a service is there: deploy anew, test, then release the old one",
    ),
    (
        "capacity pack",
        "it can be bought for a deployment of provisioned throughput; no price is published, so it is not quoted",
    ),
];

const CONFIGURATION: &[Word] = &[
    (
        "deployment template",
        "of model units: it stands for resources, such as one node; no price for it is published",
    ),
    (
        "maximum context",
        "of some models in model units: `compare` does not know it and takes calls of any length",
    ),
    (
        "throttling",
        "of some models in model units, by requests and tokens a minute: no price for it is published",
    ),
    (
        "thinking",
        "of a fine-tuned model it has to be as in its fine-tuning data: give `--mode` accordingly",
    ),
];

const STATUSES: &[Word] = &[
    ("Pending, Deploying", "not billed yet"),
    ("Deployment Failed", "not billed: it never succeeded"),
    ("Running", "billed since the deployment succeeded"),
    ("Taking Offline, Deleting", "billed until that is complete"),
    (
        "Suspended (Unsubscribed/Overdue)",
        "an overdue deployment that is paid as it is used is kept and billed for 24 hours, then released",
    ),
    (
        "Running (Resizing), Running (Resizing Failed), Restoring, Service Suspended, Stopped",
        "what is billed meanwhile is not documented",
    ),
];

const SCALING: &[Word] = &[
    (
        "provisioned throughput, model units",
        "by hand, or by a policy with thresholds, a least and a most number of replicas, and times: `check` prices phases, ranges and schedules",
    ),
    ("by token", "by an application that is reviewed"),
];

const END: &[Word] = &[
    (
        "renewal",
        "of what is prepaid, by hand or automatically: `--renew` says what it costs and when",
    ),
    (
        "update",
        "to another version, at once or by phases: what is billed while two run is not documented",
    ),
    (
        "end",
        "model units that are prepaid are deactivated, what is paid as it is used is deleted: billing stops when that is complete",
    ),
];

const FREE: &[Word] = &[
    (
        "of each model",
        "its own: `qwen-max` and `qwen-max-latest` do not share one",
    ),
    (
        "when it is used up",
        "calls under way go on, and what is beyond is charged at the list price, which can leave the balance overdue",
    ),
    (
        "before using it",
        "look up what is left, some hours late, and hold the plan against a budget: `check`, `--max-cost`",
    ),
    (
        "to pay nothing",
        "delete the API keys, or have an alert sent when the spending of a month is above a limit",
    ),
];
