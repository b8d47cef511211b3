//! Free text, kept apart from the rest because it may name people and must be erasable alone.

use std::collections::BTreeMap;

use minicbor::{Decode, Decoder, Encode, Encoder};

use crate::id::FactId;

crate::coded! {
    /// What a text of a case is for; also its key in the body of [`Words`]. Topics' remarks follow from 16 on.
    Slot {
        /// What is wrong, what the resident says, what the answer is: the main text.
        Text = 1: "text",
        /// General remark.
        Remark = 2: "remark",
        /// Reason (of a decline, a return, an extension).
        Reason = 3: "reason",
        /// Why there is no better place evidence.
        PlaceReason = 4: "place_reason",
        /// Where in the hamlet.
        Where = 5: "where",
        /// Who else was there.
        With = 6: "with",
        /// Report box "làm được".
        BoxDone = 7: "box_done",
        /// Report box "chưa được".
        BoxNotDone = 8: "box_not_done",
        /// Report box "đề xuất".
        BoxProposed = 9: "box_proposed",
    }
}

impl Slot {
    const FIRST_TOPIC: u32 = 16;

    /// The remark on the visit's topic number `index`, counted from 0.
    pub const fn topic(index: u32) -> Self {
        Self::Other(Self::FIRST_TOPIC + index)
    }

    /// Which topic's remark this is, if it is one.
    pub const fn topic_index(self) -> Option<u32> {
        self.code().checked_sub(Self::FIRST_TOPIC)
    }
}

/// The texts of one fact of a case, by slot. Key 0 of the map names the fact they belong to (absent: the case's root).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The fact they belong to within the case; the root when absent.
    pub of: Option<FactId>,
    /// Texts by slot; an empty text is left out.
    pub texts: BTreeMap<Slot, String>,
}

impl<C> Encode<C> for Words {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let by_code: BTreeMap<u32, &str> =
            self.texts.iter().filter(|(_, text)| !text.is_empty()).map(|(slot, text)| (slot.code(), text.as_str())).collect();
        e.map(by_code.len() as u64 + u64::from(self.of.is_some()))?;
        if let Some(of) = self.of {
            e.u32(0)?.encode(of)?;
        }
        for (code, text) in by_code {
            e.u32(code)?.str(text)?;
        }
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Words {
    /// Values that are not text (of a newer version) are passed over.
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let Some(len) = d.map()? else {
            return Err(minicbor::decode::Error::message("a body is a definite map"));
        };
        let mut words = Self::default();
        for _ in 0..len {
            match d.u32()? {
                0 => words.of = Some(d.decode()?),
                code if d.datatype()? == minicbor::data::Type::String => {
                    words.texts.insert(Slot::from_code(code), d.str()?.to_owned());
                }
                _ => d.skip()?,
            }
        }
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::fact::to_body;
    use crate::id::WriterId;

    #[test]
    fn words_come_back_and_a_value_of_a_newer_version_is_passed_over() {
        let words = Words {
            of: Some(FactId::new(WriterId(1), 2)),
            texts: [(Slot::Text, "Mất điện".into()), (Slot::topic(2), "đã xong".into())].into(),
        };
        let mut body = to_body(&words);
        assert_eq!(minicbor::decode::<Words>(&body).unwrap(), words);
        body[0] += 1;
        body.extend([0x18, 0x63, 0x82, 1, 2]);
        assert_eq!(minicbor::decode::<Words>(&body).unwrap(), words);
    }
}
