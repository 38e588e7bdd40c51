//! A git repository with a base branch and a branch that changes it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Prices that no later catalog changes.
const PRICES: &str = r#"version = 1

[provider]
id = "alibaba"

[[model]]
code = "chat-model"
name = "Chat-Model"

[[model.ptu]]
max_input = "64K tokens"
input = { day = "20 per 10K TPM-day" }
output = [{ day = "10 per 1K TPM-day" }]
"#;

/// Ten days of one deployment with a budget. 8K output for 100K input, and in that proportion.
pub fn plan(input_tpm: &str, budget: &str) -> String {
    let hundreds: u32 = input_tpm.trim_end_matches("00k").parse().unwrap();
    let output_tpm = hundreds * 8;
    format!(
        "version = 1\ndays = 10\ncatalog = \"prices.toml\"\n\n\
         [budget]\ntotal = \"{budget}\"\n\n\
         [[deployment]]\nname = \"chat\"\nmethod = \"ptu\"\nmodel = \"chat-model\"\n\
         term = \"subscription\"\ninput_tpm = \"{input_tpm}\"\noutput_tpm = \"{output_tpm}k\"\n"
    )
}

/// How a script ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub comment: Option<String>,
}

pub struct Repository {
    folder: TempDir,
    tools: TempDir,
}

impl Repository {
    /// A repository with this plan on `main`, and `change` checked out.
    pub fn new(plan: Option<&str>) -> Self {
        let repository = Self {
            folder: tempfile::tempdir().unwrap(),
            tools: tempfile::tempdir().unwrap(),
        };
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.write("prices.toml", PRICES);
        if let Some(plan) = plan {
            repository.write("tollgate.toml", plan);
        }
        repository.commit("base");
        repository.git(&["switch", "--quiet", "--create", "change"]);
        repository
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    /// Writes a file and commits it.
    pub fn change(&self, name: &str, text: &str) {
        self.write(name, text);
        self.commit("change");
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// What git prints.
    pub fn git(&self, args: &[&str]) -> String {
        let output = self.command("git").args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Puts a program of this name before all others.
    pub fn tool(&self, name: &str, script: &str) {
        let path = self.tools.path().join(name);
        fs::write(&path, format!("#!/bin/sh\nset -e\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs a script as both services do: it ends at the first command that fails.
    pub fn run(&self, script: &str, environment: &[(&str, &str)]) -> Ran {
        let mut command = self.command("sh");
        command.args(["-e", "-c", script]);
        command.envs(environment.iter().copied());
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        Ran {
            code: status.code().unwrap(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr)
                .unwrap()
                .split_inclusive('\n')
                // git says what it does there.
                .filter(|line| !line.starts_with("Preparing worktree"))
                .collect(),
            comment: fs::read_to_string(self.path().join("comment.md")).ok(),
        }
    }

    /// A program in the repository, with tollgate on the `PATH` and nothing that a person has set.
    fn command(&self, program: &str) -> Command {
        let tollgate = PathBuf::from(assert_cmd::cargo::cargo_bin!("tollgate"));
        let own = [self.tools.path(), tollgate.parent().unwrap()].map(Path::to_path_buf);
        let inherited = std::env::var_os("PATH").unwrap();
        let all = own.into_iter().chain(std::env::split_paths(&inherited));
        let mut command = Command::new(program);
        command
            .current_dir(self.path())
            .env_clear()
            .env("PATH", std::env::join_paths(all).unwrap())
            .env("HOME", self.tools.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("TOLLGATE_TODAY", "2026-11-20")
            .env("GIT_AUTHOR_NAME", "A person")
            .env("GIT_AUTHOR_EMAIL", "person@example.com")
            .env("GIT_COMMITTER_NAME", "A person")
            .env("GIT_COMMITTER_EMAIL", "person@example.com");
        command
    }
}
