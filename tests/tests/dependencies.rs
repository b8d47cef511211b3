//! The arrows between our crates, and what may be linked at all: read from `cargo metadata` and from `deny.toml`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

struct Graph {
    /// Package id → (name, licence, source).
    packages: BTreeMap<String, (String, String, Option<String>)>,
    /// Package id → ids it is built with (normal and build dependencies, not the ones for tests).
    edges: BTreeMap<String, Vec<String>>,
}

impl Graph {
    /// As built for a phone.
    fn of_a_phone() -> Self {
        Self::read(&["--filter-platform", "aarch64-linux-android"])
    }

    /// As built for any platform at all.
    fn of_every_platform() -> Self {
        Self::read(&[])
    }

    fn read(filter: &[&str]) -> Self {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked"]).args(filter).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let packages = metadata["packages"].as_array().unwrap();
        let packages = packages
            .iter()
            .map(|p| (text(&p["id"]), (text(&p["name"]), text(&p["license"]), p["source"].as_str().map(str::to_owned))))
            .collect();
        let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
        let shipped = |dep: &&Value| dep["dep_kinds"].as_array().unwrap().iter().any(|k| k["kind"].as_str() != Some("dev"));
        let edges = nodes
            .iter()
            .map(|n| (text(&n["id"]), n["deps"].as_array().unwrap().iter().filter(shipped).map(|d| text(&d["pkg"])).collect()))
            .collect();
        Self { packages, edges }
    }

    fn id(&self, name: &str) -> &str {
        self.packages.iter().find(|(_, p)| p.0 == name).map(|(id, _)| id.as_str()).unwrap()
    }

    fn ours(&self, id: &str) -> BTreeSet<&str> {
        self.edges[id].iter().map(|to| self.packages[to].0.as_str()).filter(|name| name.starts_with("fieldbook-")).collect()
    }

    /// Everything that ends up in the program, the package itself included.
    fn reach(&self, name: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![self.id(name)];
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                waiting.extend(self.edges[id].iter().map(String::as_str));
            }
        }
        seen
    }
}

#[test]
fn arrows_only_point_down() {
    let graph = Graph::of_a_phone();
    let arrows = [
        ("fieldbook-model", vec![]),
        ("fieldbook-protocol", vec!["fieldbook-model"]),
        ("fieldbook-device", vec!["fieldbook-model", "fieldbook-protocol"]),
        ("fieldbook-ffi", vec!["fieldbook-device", "fieldbook-model"]),
        ("fieldbook-server", vec!["fieldbook-model", "fieldbook-protocol"]),
    ];
    for (name, expected) in arrows {
        assert_eq!(graph.ours(graph.id(name)), expected.into_iter().collect(), "what {name} uses");
    }
    let names = |name| graph.reach(name).into_iter().map(|id| graph.packages[id].0.as_str()).collect::<BTreeSet<_>>();
    assert!(!names("fieldbook-server").contains("fieldbook-device"));
    assert!(!names("fieldbook-ffi").contains("fieldbook-server"));
}

#[test]
fn the_words_and_the_wire_do_no_io() {
    let graph = Graph::of_a_phone();
    for name in ["fieldbook-model", "fieldbook-protocol"] {
        let reach: BTreeSet<&str> = graph.reach(name).into_iter().map(|id| graph.packages[id].0.as_str()).collect();
        for io in ["tokio", "rusqlite", "reqwest", "hyper", "rand", "getrandom"] {
            assert!(!reach.contains(io), "{name} reaches {io}");
        }
    }
}

#[test]
fn every_dependency_has_an_allowed_licence_and_comes_from_the_registry() {
    let graph = Graph::of_every_platform();
    let deny = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../deny.toml")).unwrap();
    let allowed: BTreeSet<&str> = section(&deny, "allow = [", "]").lines().filter_map(quoted).collect();
    let banned: Vec<&str> =
        section(&deny, "deny = [", "\n]").lines().filter(|l| !l.contains("wrappers")).filter_map(quoted).collect();
    assert!(allowed.len() > 5 && banned.len() == 3, "deny.toml was read: {allowed:?} {banned:?}");
    for (name, licence, source) in graph.packages.values() {
        assert!(!banned.contains(&name.as_str()), "{name} is banned");
        if name.starts_with("fieldbook-") {
            assert_eq!((licence.as_str(), source), ("Apache-2.0", &None));
            continue;
        }
        assert!(source.as_deref().is_some_and(|s| s.starts_with("registry+")), "{name} does not come from the registry");
        assert!(is_allowed(licence, &allowed), "{name}: {licence}");
    }
}

#[test]
fn sqlite_is_linked_once_and_only_through_rusqlite() {
    let graph = Graph::of_every_platform();
    let users: Vec<&str> = graph
        .edges
        .iter()
        .filter(|(_, to)| to.iter().any(|id| graph.packages[id].0 == "libsqlite3-sys"))
        .map(|(id, _)| graph.packages[id].0.as_str())
        .collect();
    assert_eq!(users, ["rusqlite"]);
}

#[test]
fn mistakes_are_planted_in_no_ordinary_build() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--locked", "--no-deps"]).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let named: Vec<&str> =
        packages.iter().filter(|p| !p["features"]["planted"].is_null()).map(|p| p["name"].as_str().unwrap()).collect();
    assert_eq!(named.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&"fieldbook-model", &"fieldbook-tests"]));
    for package in packages {
        assert!(!package["features"]["default"].to_string().contains("planted"), "{}", package["name"]);
        for dependency in package["dependencies"].as_array().unwrap() {
            assert!(!dependency["features"].to_string().contains("planted"), "{} asks for it", package["name"]);
        }
    }
}

/// `A OR B` needs one of them, `A AND B` all; parentheses as in "(MIT OR Apache-2.0) AND Unicode-3.0".
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let normal = expression.replace('/', " OR ");
    let normal = normal.trim();
    if let Some((left, right)) = split_outside(normal, " AND ") {
        return is_allowed(left, allowed) && is_allowed(right, allowed);
    }
    if let Some((left, right)) = split_outside(normal, " OR ") {
        return is_allowed(left, allowed) || is_allowed(right, allowed);
    }
    if let Some(inner) = normal.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return is_allowed(inner, allowed);
    }
    allowed.contains(normal)
}

fn split_outside<'a>(text: &'a str, by: &str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && text[at..].starts_with(by) => return Some((&text[..at], &text[at + by.len()..])),
            _ => {}
        }
    }
    None
}

fn section<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = &text[text.find(from).unwrap() + from.len()..];
    &rest[..rest.find(to).unwrap()]
}

fn quoted(line: &str) -> Option<&str> {
    line.split('"').nth(1)
}
