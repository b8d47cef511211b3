//! A petition: what a resident asks for, with a clock. Who the resident is stands in facts of its own.

use minicbor::{Decode, Encode};

use super::problem::Urgency;
use crate::id::FactId;

crate::coded! {
    /// The four kinds, sorted before anything is stored.
    PetitionKind {
        /// Kiến nghị.
        Proposal = 1: "proposal",
        /// Phản ánh.
        Feedback = 2: "feedback",
        /// Khiếu nại (Luật Khiếu nại 2011).
        Complaint = 3: "complaint",
        /// Tố cáo (Luật Tố cáo 2018): only "advised, one denunciation" is kept, no identity, text, photo or position.
        Denunciation = 4: "denunciation",
    }
}

/// What a resident asks for. The text stands in a [`super::Words`], the person in [`Identity`] and [`Mask`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Petition {
    /// Where.
    #[n(0)]
    pub unit: FactId,
    /// The kind.
    #[n(1)]
    pub kind: PetitionKind,
    /// How soon, for proposals and feedback; whether complex, for complaints.
    #[n(2)]
    pub urgency: Urgency,
    /// The resident asked not to be named.
    #[n(3)]
    pub anonymous: bool,
    /// The code given to the resident; none for a denunciation.
    #[n(4)]
    pub receipt: Option<String>,
    /// A remote area, where the law gives longer periods.
    #[n(5)]
    pub remote: Option<bool>,
}

/// Who the petitioner is. Seen by the author's post and the desk only.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Identity {
    /// Full name.
    #[n(0)]
    pub name: Option<String>,
    /// Phone number.
    #[n(1)]
    pub phone: Option<String>,
    /// Address.
    #[n(2)]
    pub address: Option<String>,
}

/// The petitioner's name as others see it: "Nguyễn V. A.".
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Mask {
    /// The masked name.
    #[n(0)]
    pub name: String,
}

impl Mask {
    /// Family name in full, middle names and given name as initials: "Nguyễn Văn An" gives "Nguyễn V. A.".
    /// A single word gives its initial.
    pub fn of(full_name: &str) -> Self {
        let words: Vec<&str> = full_name.split_whitespace().collect();
        let initial = |word: &&str| word.chars().next().map(|c| format!("{}.", c.to_uppercase()));
        let name = match words.as_slice() {
            [] => String::new(),
            [only] => initial(only).unwrap_or_default(),
            [family, rest @ ..] => {
                let rest: Vec<String> = rest.iter().filter_map(initial).collect();
                format!("{family} {}", rest.join(" "))
            }
        };
        Self { name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_keeps_the_family_name_only() {
        assert_eq!(Mask::of("Nguyễn Văn An").name, "Nguyễn V. A.");
        assert_eq!(Mask::of("  trần   đức ").name, "trần Đ.");
        assert_eq!(Mask::of("Út").name, "Ú.");
        assert_eq!(Mask::of(" ").name, "");
    }
}
