//! What people type for a unit or a person: a code, an id, or a text that fits only one.

use fieldbook_model::id::FactId;
use fieldbook_model::text::fold;
use fieldbook_model::unit::UnitTree;
use thiserror::Error;

/// A text that does not lead to one thing.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum NotFound {
    /// Nothing fits.
    #[error("no {what} fits \"{text}\"; write its code, its id or its name")]
    None {
        /// Unit, person …
        what: &'static str,
        /// As typed.
        text: String,
    },
    /// Several fit.
    #[error("\"{text}\" fits several; write the id of one:\n{}", .among.join("\n"))]
    Several {
        /// As typed.
        text: String,
        /// Id and name of each, the first ten.
        among: Vec<String>,
    },
}

/// The unit meant by a code ("00004"), an id, a name ("ấp An Định") or a name within another ("An Định, An Nhơn").
pub fn unit(tree: &UnitTree, text: &str) -> Result<FactId, NotFound> {
    if let Some(id) = text.parse().ok().filter(|id| tree.unit(*id).is_some()) {
        return Ok(id);
    }
    let by_code: Vec<FactId> = tree.units().filter(|(_, unit)| unit.code.as_deref() == Some(text)).map(|(id, _)| id).collect();
    if let [only] = by_code[..] {
        return Ok(only);
    }
    let mut parts = text.split(',').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let within: Vec<String> = parts.map(fold).collect();
    let lies_within = |id: &FactId| {
        let above: Vec<String> = tree.ancestors(*id).into_iter().map(|above| fold(&tree.display(above))).collect();
        within.iter().all(|part| above.iter().any(|name| name.contains(part.as_str())))
    };
    let found: Vec<FactId> = tree.find(name).into_iter().filter(lies_within).collect();
    let exact: Vec<FactId> = found.iter().copied().filter(|id| is_called(tree, *id, name)).collect();
    let best = if exact.is_empty() { found } else { exact };
    one(best, "unit", text, |id| {
        let above = tree.ancestors(id).into_iter().map(|above| tree.display(above));
        std::iter::once(tree.display(id)).chain(above).collect::<Vec<_>>().join(", ")
    })
}

/// The only one that fits.
pub fn one(found: Vec<FactId>, what: &'static str, text: &str, name: impl Fn(FactId) -> String) -> Result<FactId, NotFound> {
    match found[..] {
        [] => Err(NotFound::None { what, text: text.into() }),
        [only] => Ok(only),
        _ => Err(NotFound::Several {
            text: text.into(),
            among: found.into_iter().take(10).map(|id| format!("{id}  {}", name(id))).collect(),
        }),
    }
}

/// Its name, with or without label, marks included.
fn is_called(tree: &UnitTree, id: FactId, text: &str) -> bool {
    let norm = fieldbook_model::text::norm;
    let bare = tree.name(id).map(|(_, name)| norm(name));
    norm(&tree.display(id)) == norm(text) || bare == Some(norm(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use fieldbook_model::body::{Kind, Level, Unit};
    use fieldbook_model::fact::{Fact, Statement, to_body};
    use fieldbook_model::id::WriterId;

    fn tree() -> UnitTree {
        let id = |seq| FactId::new(WriterId(0xf00d), seq);
        let facts: Vec<Fact> = [
            (1, Level::Commune, "xã", "An Nhơn", None, Some("00004")),
            (2, Level::Commune, "phường", "Mỹ Phong", None, Some("00008")),
            (3, Level::Hamlet, "ấp", "An Định", Some(id(1)), None),
            (4, Level::Hamlet, "ấp", "An Định Đông", Some(id(1)), None),
            (5, Level::Hamlet, "khu phố", "6", Some(id(1)), None),
            (6, Level::Hamlet, "khu phố", "6", Some(id(2)), None),
        ]
        .into_iter()
        .map(|(seq, level, label, name, parent, code)| {
            let unit = Unit {
                level,
                label: label.into(),
                name: name.into(),
                parent,
                from: None,
                code: code.map(str::to_owned),
                point: None,
            };
            let statement =
                Statement { kind: Kind::Unit, time: 0, post: None, root: None, repairs: None, body: to_body(&unit) };
            Fact::seal(id(seq), statement).unwrap()
        })
        .collect();
        UnitTree::fold(facts.iter())
    }

    #[test]
    fn a_unit_is_found_by_code_id_name_and_name_without_marks() {
        let tree = tree();
        let seq = |text: &str| unit(&tree, text).map(|id| id.seq);
        assert_eq!(seq("00008"), Ok(2));
        assert_eq!(seq("000000000000f00d-5"), Ok(5));
        assert_eq!(seq("ấp An Định"), Ok(3));
        assert_eq!(seq("An Định"), Ok(3));
        assert_eq!(seq("my phong"), Ok(2));
        assert_eq!(seq("khu phố 6, Mỹ Phong"), Ok(6));
    }

    #[test]
    fn a_text_that_fits_several_or_nothing_says_so() {
        let tree = tree();
        let NotFound::Several { among, .. } = unit(&tree, "khu phố 6").unwrap_err() else {
            unreachable!("two units of this name");
        };
        assert_eq!(among.len(), 2);
        assert!(among[0].contains("An Nhơn") || among[1].contains("An Nhơn"));
        assert!(matches!(unit(&tree, "Thạnh Phú"), Err(NotFound::None { .. })));
    }
}
