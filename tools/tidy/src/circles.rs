//! No circles: inside a crate, no module uses another that uses it back, over any number of steps.
//!
//! Two modules of one parent are compared with everything below them, so a circle of cousins is one of
//! their ancestors. A parent may use its children and a child its parent. What `pub use` hands on is
//! followed to where it is. Test code does not count. For `ui` the same is a rule of its linter.
//!
//! Ours, since `cargo modules` builds rust-analyzer, which takes CI longer than everything that is checked
//! with it. This reads the tokens of the sources and nothing more, so a name that a macro makes up, or that
//! a trait method brings along, is not seen.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use anyhow::Result;
use proc_macro2::{Delimiter, TokenStream, TokenTree as Tree};

/// A module's name, from the root of its crate.
type Name = Vec<String>;
/// How often a name may be handed on before it counts as what it is called.
const HOPS_MAX: u8 = 8;
/// Before the name of an item.
const ITEMS: [&str; 8] = [
    "const", "enum", "fn", "static", "struct", "trait", "type", "union",
];

#[derive(Debug, Default)]
struct Module {
    /// Every path that its code names.
    named: BTreeSet<Name>,
    /// What `use` calls something, and what that is; `*` has all that are used as a whole.
    imports: BTreeMap<String, Vec<Name>>,
    items: BTreeSet<String>,
}

/// The modules of one crate.
#[derive(Debug, Default)]
struct Modules(BTreeMap<Name, Module>);

/// Every fault of the crates below a folder.
pub(crate) fn check(root: &Path) -> Result<Vec<String>> {
    let mut crates = vec![("handset".to_owned(), root.join("src-tauri/src"))];
    for entry in fs::read_dir(root.join("src-tauri/crates"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        crates.push((name, entry.path().join("src")));
    }
    let mut found = BTreeMap::new();
    for (name, src) in crates {
        let circles = circles(&|file| fs::read_to_string(src.join(file)).ok());
        found.extend(
            circles
                .into_iter()
                .map(|(circle, steps)| ((name.clone(), circle), steps)),
        );
    }
    let faults = found
        .iter()
        .map(|((name, circle), steps)| format!("crate {name}: {circle} ({})", steps.join("; ")));
    Ok(faults.collect())
}

/// Which module uses which, with a line that says where.
type Uses = BTreeMap<Name, BTreeMap<Name, String>>;

/// The circles of a crate, each once, from its first name: `a -> b -> a`; and where each step is made.
/// `read` gives a file of `src`.
fn circles(read: &dyn Fn(&str) -> Option<String>) -> BTreeMap<String, Vec<String>> {
    let modules = Modules::read(read);
    let mut uses = Uses::new();
    for (at, module) in &modules.0 {
        for path in &module.named {
            let Some(target) = modules.resolve(at, path, HOPS_MAX) else {
                continue;
            };
            let pairs = at.iter().zip(&target);
            let common = pairs.take_while(|(one, other)| one == other).count();
            // Neither contains the other.
            if let (Some(from), Some(to)) = (at.get(..=common), target.get(..=common)) {
                let place = format!("{} uses {}", at.join("::"), path.join("::"));
                uses.entry(from.to_vec())
                    .or_default()
                    .entry(to.to_vec())
                    .or_insert(place);
            }
        }
    }
    uses.keys()
        .filter_map(|start| shortest(start, &uses))
        .collect()
}

/// The shortest way from a module back to itself; from its first name, so that each is found once.
fn shortest(start: &Name, uses: &Uses) -> Option<(String, Vec<String>)> {
    let (mut from, mut open) = (BTreeMap::new(), VecDeque::from([start]));
    while let Some(at) = open.pop_front() {
        for next in uses.get(at).into_iter().flat_map(BTreeMap::keys) {
            from.entry(next).or_insert_with(|| {
                open.push_back(next);
                at
            });
        }
    }
    let mut circle = vec![*from.get(start)?];
    while let Some(last) = circle.last().filter(|last| **last != start) {
        circle.push(from.get(*last)?);
    }
    circle.reverse();
    let first = (0..circle.len()).min_by_key(|place| circle[*place])?;
    circle.rotate_left(first);
    circle.push(circle.first()?);
    let names: Vec<String> = circle.iter().map(|path| path.join("::")).collect();
    let steps = circle.windows(2).map(|step| uses[step[0]][step[1]].clone());
    Some((names.join(" -> "), steps.collect()))
}

impl Modules {
    /// Reads the root and every module it names, but those that only tests have.
    fn read(read: &dyn Fn(&str) -> Option<String>) -> Self {
        let (mut modules, mut open) = (Self::default(), vec![Name::new()]);
        while let Some(at) = open.pop() {
            let path = at.join("/");
            let names = match at.as_slice() {
                [] => ["lib.rs".to_owned(), "main.rs".to_owned()],
                _ => [format!("{path}.rs"), format!("{path}/mod.rs")],
            };
            let tokens = names
                .iter()
                .find_map(|name| read(name)?.parse::<TokenStream>().ok());
            modules.scan(tokens.unwrap_or_default(), &at, &mut open);
        }
        modules
    }

    fn scan(&mut self, tokens: TokenStream, at: &Name, open: &mut Vec<Name>) {
        self.0.entry(at.clone()).or_default();
        let tokens: Vec<Tree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            rest = match (first, after) {
                (Tree::Punct(_), [Tree::Group(attribute), after @ ..])
                    if attribute.to_string().replace(' ', "") == "[cfg(test)]" =>
                {
                    after_item(after)
                }
                (Tree::Ident(word), [Tree::Ident(name), inside, after @ ..]) if word == "mod" => {
                    let child = joined(at, &[name.to_string()]);
                    match inside {
                        Tree::Group(inside) => self.scan(inside.stream(), &child, open),
                        _ => open.push(child),
                    }
                    after
                }
                (Tree::Ident(word), after) if word == "use" => self.note(after, at, true),
                (Tree::Ident(word), [Tree::Ident(name), ..])
                    if ITEMS.contains(&&*word.to_string()) =>
                {
                    self.0
                        .entry(at.clone())
                        .or_default()
                        .items
                        .insert(name.to_string());
                    after
                }
                (Tree::Ident(_), [Tree::Punct(colon), ..]) if colon.as_char() == ':' => {
                    self.note(rest, at, false)
                }
                (Tree::Group(group), after) => {
                    self.scan(group.stream(), at, open);
                    after
                }
                _ => after,
            };
        }
    }

    /// Notes the paths that come next, and gives what follows them.
    fn note<'t>(&mut self, tokens: &'t [Tree], at: &Name, is_use: bool) -> &'t [Tree] {
        let mut found = Vec::new();
        let rest = paths(tokens, Name::new(), &mut found);
        let module = self.0.entry(at.clone()).or_default();
        for (path, name) in found {
            if is_use {
                module.imports.entry(name).or_default().push(path.clone());
            }
            module.named.insert(path);
        }
        rest
    }

    /// The module that a path leads to, from the root; a path that leads out of the crate stays as it is.
    fn resolve(&self, at: &[String], path: &[String], hops: u8) -> Option<Name> {
        let (mut here, mut rest) = match path {
            [first, rest @ ..] if first == "crate" => (Name::new(), rest),
            [first, rest @ ..] if first == "self" => (at.to_vec(), rest),
            _ => (at.to_vec(), path),
        };
        while let [name, after @ ..] = rest {
            let child = joined(&here, std::slice::from_ref(name));
            if name == "super" {
                here.pop()?;
            } else if self.0.contains_key(&child) {
                here = child;
            } else {
                return self.handed_on(&here, name, after, hops).or(Some(here));
            }
            rest = after;
        }
        Some(here)
    }

    /// Where a name is that a module has from elsewhere.
    fn handed_on(&self, here: &Name, name: &str, after: &[String], hops: u8) -> Option<Name> {
        let (module, hops) = (self.0.get(here)?, hops.checked_sub(1)?);
        if module.items.contains(name) {
            return None;
        }
        if let Some(target) = module.imports.get(name).and_then(|targets| targets.first()) {
            return self.resolve(here, &joined(target, after), hops);
        }
        module.imports.get("*")?.iter().find_map(|target| {
            let there = self
                .resolve(here, target, hops)
                .filter(|there| there != here)?;
            let child = joined(&there, &[name.to_owned()]);
            let module = self.0.get(&there)?;
            if module.items.contains(name) {
                return Some(there);
            }
            let has_it = self.0.contains_key(&child) || module.imports.contains_key(name);
            has_it.then(|| self.resolve(&there, &joined(&[name.to_owned()], after), hops))?
        })
    }
}

fn joined(one: &[String], other: &[String]) -> Name {
    [one, other].concat()
}

/// What follows an item whose attribute was just read.
pub(crate) fn after_item(tokens: &[Tree]) -> &[Tree] {
    let is_end = |tree: &Tree| match tree {
        Tree::Punct(punct) => punct.as_char() == ';',
        Tree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let end = tokens
        .iter()
        .position(is_end)
        .map_or(tokens.len(), |end| end + 1);
    &tokens[end..]
}

/// The paths of `a::{b, c as d, e::*}`, each with what it is called here, and what follows them.
fn paths<'t>(
    mut tokens: &'t [Tree],
    mut path: Name,
    found: &mut Vec<(Name, String)>,
) -> &'t [Tree] {
    loop {
        match tokens {
            [Tree::Ident(name), rest @ ..] => {
                // The last of `a::{self}` is `a`.
                if path.is_empty() || name != "self" {
                    path.push(name.to_string());
                }
                tokens = rest;
            }
            [Tree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<Tree> = group.stream().into_iter().collect();
                let is_comma = |tree: &Tree| matches!(tree, Tree::Punct(it) if it.as_char() == ',');
                for part in inside.split(is_comma) {
                    paths(part, path.clone(), found);
                }
                return rest;
            }
            [Tree::Punct(star), rest @ ..] if star.as_char() == '*' => {
                found.push((path, "*".to_owned()));
                return rest;
            }
            _ => {}
        }
        match tokens {
            [Tree::Punct(one), Tree::Punct(other), next, ..]
                if one.as_char() == ':'
                    && other.as_char() == ':'
                    && !matches!(next, Tree::Punct(it) if it.as_char() == '<') =>
            {
                tokens = &tokens[2..];
            }
            [Tree::Ident(word), Tree::Ident(name), rest @ ..] if word == "as" => {
                found.push((path, name.to_string()));
                return rest;
            }
            _ => {
                found.extend(path.last().cloned().map(|name| (path, name)));
                return tokens;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let read = |name: &str| Some(files.iter().find(|(file, _)| *file == name)?.1.to_owned());
        circles(&read).into_keys().collect()
    }

    #[test]
    fn a_circle_of_two_and_one_of_three_are_found_once() {
        let lib = ("lib.rs", "mod a; mod b; mod c;");
        let (a, b) = (
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "fn f() { crate::a::f(1) }"),
        );
        assert_eq!(found(&[lib, a, b]), ["a -> b -> a"]);
        let (b, c) = (
            ("b.rs", "use super::c;"),
            ("c/mod.rs", "type C = Vec<super::a::A>;"),
        );
        assert_eq!(found(&[lib, a, b, c]), ["a -> b -> c -> a"]);
        assert!(found(&[lib, a, b]).is_empty());
    }

    #[test]
    fn a_list_of_names_and_a_macro_are_looked_into() {
        let lib = (
            "lib.rs",
            "mod a; mod b; mod c { use crate::{b::{self, B}, a as x}; }",
        );
        let b = (
            "b.rs",
            "use std::fmt; fn f() { println!(\"{}\", crate::c::C) }",
        );
        assert_eq!(found(&[lib, ("a.rs", ""), b]), ["b -> c -> b"]);
        let a = ("a.rs", "use crate::{fmt, c::C};");
        assert_eq!(found(&[lib, a, ("b.rs", "")]), ["a -> c -> a"]);
    }

    #[test]
    fn what_another_module_hands_on_is_followed_to_where_it_is() {
        let a = ("a.rs", "use crate::B;");
        let b = ("b.rs", "pub struct B(crate::a::A);");
        for hand_on in [
            "pub use b::B;",
            "pub use self::b::{B as B};",
            "pub use b::*;",
        ] {
            let lib = format!("mod a; mod b; {hand_on}");
            assert_eq!(
                found(&[("lib.rs", &lib), a, b]),
                ["a -> b -> a"],
                "{hand_on}"
            );
        }
        assert!(found(&[("lib.rs", "mod a; mod b; pub struct B;"), a, b]).is_empty());
    }

    #[test]
    fn cousins_make_a_circle_of_their_parents() {
        let lib = ("lib.rs", "mod a { mod x; } mod b { mod y; mod z; }");
        let (x, y) = (
            ("a/x.rs", "use crate::b::y::Y;"),
            ("b/y.rs", "use crate::a::x::X;"),
        );
        assert_eq!(found(&[lib, x, y]), ["a -> b -> a"]);
        let (y, z) = (
            ("b/y.rs", "use super::z::f;"),
            ("b/z.rs", "use super::*; fn f() { y::g() }"),
        );
        assert_eq!(found(&[lib, x, y, z]), ["b::y -> b::z -> b::y"]);
    }

    #[test]
    fn a_parent_and_its_child_may_use_each_other_and_tests_may_use_everything() {
        let lib = ("lib.rs", "mod a; mod b; #[cfg(test)] mod tests;");
        let a = (
            "a.rs",
            "mod x; use self::x::X; #[cfg(test)] mod tests { use crate::b::B; }",
        );
        let x = ("a/x.rs", "use super::A; use crate::a::f;");
        let b = ("b.rs", "use crate::a::A; #[cfg(test)] use crate::tests::T;");
        assert!(found(&[lib, a, x, b, ("tests.rs", "use crate::b::B;")]).is_empty());
    }
}
