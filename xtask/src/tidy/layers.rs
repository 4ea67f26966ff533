//! Dependencies point one way, and each outside world is known to one crate only
//! (docs/ARCHITECTURE.md, invariant 1).

use serde_json::Value;

/// The crates that know an outside world, by the start of the dependency's name.
const KNOWN_TO: [(&str, &[&str]); 11] = [
    ("tauri", &["handset"]),
    ("wry", &["handset"]),
    ("gtk", &["handset"]),
    ("webkit2gtk", &["handset"]),
    ("reqwest", &["apollo", "drive"]),
    ("hyper", &["apollo", "drive"]),
    ("sled", &["store"]),
    ("rusqlite", &["bench"]),
    ("redb", &["bench"]),
    ("keyring", &["vault"]),
    ("axum", &["sandbox", "loopback"]),
];

/// Our packages from the bottom up: each may depend only on packages of lower layers.
const LAYERS: [(&str, u8); 15] = [
    ("clock", 0),
    ("budget", 1),
    ("sandbox", 1),
    ("apollo", 2),
    ("desk", 3),
    ("store", 4),
    ("vault", 4),
    ("commands", 5),
    ("handset", 6),
    ("loopback", 6),
    ("drive", 6),
    ("bench", 6),
    ("campaign", 6),
    ("probe", 3),
    ("xtask", 0),
];

/// What building the domain must not bring along.
const NOT_IN_DESK: [&str; 9] = [
    "axum", "budget", "gtk", "hyper", "keyring", "reqwest", "sled", "tauri", "wry",
];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Dependency {
    name: String,
    for_tests: bool,
}

/// The workspace's packages, from `cargo metadata --no-deps`.
pub(super) fn packages(metadata: &Value) -> Vec<Package> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    list(&metadata["packages"])
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            dependencies: list(&package["dependencies"])
                .iter()
                .map(|dependency| Dependency {
                    name: text(&dependency["name"]),
                    for_tests: dependency["kind"] == "dev",
                })
                .collect(),
        })
        .collect()
}

pub(super) fn check(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let Some(layer) = layer(&package.name) else {
        return vec![format!(
            "package {} has no layer: give it one in xtask/src/tidy/layers.rs",
            package.name
        )];
    };
    for dependency in &package.dependencies {
        let known_to = KNOWN_TO
            .iter()
            .find(|(start, _)| is_or_belongs_to(&dependency.name, start));
        if let Some((_, allowed)) = known_to
            && !allowed.contains(&package.name.as_str())
        {
            faults.push(format!(
                "package {} depends on {}, which only {} may know",
                package.name,
                dependency.name,
                allowed.join(" and ")
            ));
        }
        // A test may use what lies above, for example a client against the sandbox.
        let above = self::layer(&dependency.name).is_some_and(|other| other >= layer);
        if above && !dependency.for_tests {
            faults.push(format!(
                "package {} depends on {}, which is not below it",
                package.name, dependency.name
            ));
        }
    }
    faults
}

fn layer(name: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, layer)| *layer)
}

/// `tauri-build` belongs to `tauri`, `hyperlocal` does not belong to `hyper`.
fn is_or_belongs_to(name: &str, start: &str) -> bool {
    name.strip_prefix(start)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The domain is built without HTTP, disk, keychain and windows, from the output of `cargo tree`.
pub(super) fn check_desk(tree: &str) -> Vec<String> {
    let mut names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| {
            NOT_IN_DESK
                .iter()
                .any(|banned| is_or_belongs_to(name, banned))
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .iter()
        .map(|name| format!("building package desk brings {name} along"))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(package: &str, dependency: &str, kind: &Value) -> Vec<String> {
        let metadata = json!({"packages": [
            {"name": package, "dependencies": [{"name": dependency, "kind": kind}]}
        ]});
        check(&packages(&metadata))
    }

    #[test]
    fn an_outside_world_is_known_to_one_crate_only_even_in_tests() {
        assert!(faults("apollo", "reqwest", &Value::Null).is_empty());
        for (package, dependency) in [
            ("desk", "reqwest"),
            ("commands", "sled"),
            ("desk", "keyring"),
            ("store", "tauri-plugin-opener"),
            ("apollo", "axum"),
            ("store", "rusqlite"),
            ("commands", "redb"),
        ] {
            assert_eq!(
                faults(package, dependency, &Value::Null).len(),
                1,
                "{package}"
            );
            assert_eq!(
                faults(package, dependency, &json!("dev")).len(),
                1,
                "{package}"
            );
        }
    }

    #[test]
    fn a_crate_depends_only_on_what_is_below_it_and_its_tests_may_look_up() {
        assert!(faults("desk", "apollo", &Value::Null).is_empty());
        assert!(faults("desk", "store", &Value::Null)[0].contains("not below"));
        assert!(faults("store", "vault", &Value::Null)[0].contains("not below"));
        assert!(faults("budget", "sandbox", &json!("dev")).is_empty());
        assert!(faults("xtask", "clock", &Value::Null)[0].contains("not below"));
    }

    #[test]
    fn a_new_package_needs_a_layer() {
        assert!(faults("newcomer", "serde", &Value::Null)[0].contains("no layer"));
    }

    #[test]
    fn the_domain_without_http_is_recognised() {
        assert!(check_desk("desk v0.1.0 (path)\nserde v1.0.0\nhyperlocal v1\n").is_empty());
        assert_eq!(
            check_desk("desk v0.1.0\nreqwest v0.13.0\nsled v0.34.7\nreqwest v0.13.0 (*)\n"),
            [
                "building package desk brings reqwest along",
                "building package desk brings sled along"
            ]
        );
    }
}
