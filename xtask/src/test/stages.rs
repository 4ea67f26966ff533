//! The stages: what each checks and what it needs.

use clap::ValueEnum;

use crate::npm::Project;
use crate::setup::Purpose;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    Setup,
    Fmt,
    Tidy,
    Deny,
    Lint,
    Web,
    Build,
    Bindings,
    Unit,
    Contract,
    Ui,
    E2e,
    Hermetic,
}

impl Stage {
    /// Cheap checks first; what is built once serves all later stages.
    pub(crate) const ORDER: [Self; 13] = [
        Self::Setup,
        Self::Fmt,
        Self::Tidy,
        Self::Deny,
        Self::Lint,
        Self::Web,
        Self::Build,
        Self::Bindings,
        Self::Unit,
        Self::Contract,
        Self::Ui,
        Self::E2e,
        Self::Hermetic,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::Deny => "deny",
            Self::Lint => "lint",
            Self::Web => "web",
            Self::Build => "build",
            Self::Bindings => "bindings",
            Self::Unit => "unit",
            Self::Contract => "contract",
            Self::Ui => "ui",
            Self::E2e => "e2e",
            Self::Hermetic => "hermetic",
        }
    }

    pub(crate) fn purpose(self) -> &'static str {
        match self {
            Self::Setup => "install what the other stages need (runs by itself when needed)",
            Self::Fmt => "formatting of Rust and TypeScript",
            Self::Tidy => "the project's own rules: layers, names, module docs, links, paths",
            Self::Deny => "licences, sources and bans among the dependencies",
            Self::Lint => "clippy, TypeScript lints and types, API docs without warnings",
            Self::Web => "build the windows (runs by itself when needed)",
            Self::Build => "build the app and all Rust tests (runs by itself when needed)",
            Self::Bindings => "the TypeScript types equal the Rust types",
            Self::Unit => "unit and property tests beside the code, and examples in docs",
            Self::Contract => {
                "integration tests: crates against the sandbox, windows against the ACL"
            }
            Self::Ui => "the windows' code alone, then in a browser against the real core",
            Self::E2e => "the built app in a real window with a real keychain",
            Self::Hermetic => "nothing was left in a person's folders (always runs)",
        }
    }

    /// The stages that must have passed before.
    pub(crate) fn needs(self) -> &'static [Self] {
        match self {
            Self::Setup | Self::Tidy | Self::Deny | Self::Hermetic => &[],
            Self::Fmt | Self::Lint | Self::Web | Self::Build => &[Self::Setup],
            Self::Bindings | Self::Unit | Self::Contract => &[Self::Build],
            Self::Ui | Self::E2e => &[Self::Web, Self::Build],
        }
    }

    /// What the machine must be able to do for this stage.
    pub(super) fn purposes(self) -> &'static [Purpose] {
        match self {
            Self::Setup | Self::Fmt | Self::Tidy | Self::Deny | Self::Web | Self::Hermetic => &[],
            Self::Lint | Self::Build | Self::Bindings | Self::Unit => &[Purpose::Build],
            Self::Contract => &[Purpose::Build, Purpose::Proxy],
            Self::Ui => &[Purpose::Build, Purpose::Browser],
            Self::E2e => &[Purpose::Build, Purpose::RealWindow],
        }
    }

    /// The npm projects this stage works with.
    pub(super) fn projects(self) -> &'static [Project] {
        match self {
            Self::Fmt | Self::Lint | Self::Ui => &Project::CHECKED,
            Self::Web => &[Project::Ui],
            Self::E2e => &[Project::Queries],
            _ => &[],
        }
    }

    /// Whether the stage says lines of its own: what it installs and why.
    pub(crate) fn speaks(self) -> bool {
        matches!(self, Self::Setup | Self::Deny | Self::Unit)
    }
}

/// The stages of a run, in order: those named, what they need, and always the hermeticity guard.
pub(super) fn plan(named: &[Stage]) -> Vec<Stage> {
    let mut wanted: Vec<Stage> = if named.is_empty() {
        Stage::ORDER.to_vec()
    } else {
        named.iter().copied().chain([Stage::Hermetic]).collect()
    };
    let mut next = 0;
    while let Some(stage) = wanted.get(next).copied() {
        wanted.extend(stage.needs());
        next += 1;
    }
    Stage::ORDER
        .into_iter()
        .filter(|stage| wanted.contains(stage))
        .collect()
}

/// The stages that setup prepares for: those of the run, or all when setup alone was asked for.
pub(super) fn prepared_for(plan: &[Stage]) -> &[Stage] {
    let alone = plan
        .iter()
        .all(|stage| matches!(stage, Stage::Setup | Stage::Hermetic));
    if alone { &Stage::ORDER } else { plan }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_names_every_stage_runs_in_order() {
        assert_eq!(plan(&[]), Stage::ORDER);
    }

    #[test]
    fn a_named_stage_brings_what_it_needs_and_the_guard_and_nothing_else() {
        assert_eq!(plan(&[Stage::Tidy]), [Stage::Tidy, Stage::Hermetic]);
        assert_eq!(
            plan(&[Stage::Unit, Stage::Fmt]),
            [
                Stage::Setup,
                Stage::Fmt,
                Stage::Build,
                Stage::Unit,
                Stage::Hermetic
            ]
        );
        assert!(plan(&[Stage::E2e]).contains(&Stage::Web));
    }

    #[test]
    fn every_stage_is_in_the_order_once_and_after_what_it_needs() {
        for stage in Stage::value_variants() {
            let place = |wanted: &Stage| Stage::ORDER.iter().position(|other| other == wanted);
            assert!(place(stage).is_some());
            assert!(stage.needs().iter().all(|need| place(need) < place(stage)));
            assert_eq!(stage.to_possible_value().unwrap().get_name(), stage.name());
        }
    }

    #[test]
    fn setup_fetches_only_what_the_named_stages_want() {
        let wanted = |stage| {
            let stages = plan(&[stage]);
            prepared_for(&stages)
                .iter()
                .flat_map(|stage| stage.purposes())
                .copied()
                .collect::<Vec<_>>()
        };
        assert!(wanted(Stage::Fmt).is_empty());
        assert!(!wanted(Stage::Unit).contains(&Purpose::Browser));
        assert!(wanted(Stage::Ui).contains(&Purpose::Browser));
        assert!(wanted(Stage::Setup).contains(&Purpose::Browser));
        assert!(wanted(Stage::Contract).contains(&Purpose::Proxy));
        assert!(wanted(Stage::E2e).contains(&Purpose::RealWindow));
    }
}
