//! Enums that travel as small numbers and keep a value they do not know.

/// Declares an enum whose variants have fixed numbers on the wire. A number from a newer version is kept as `Other`
/// and written back unchanged, so it survives a trip through this version.
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal : $key:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A value of a newer version; kept as it came.
            Other(u32),
        }

        impl $name {
            /// Every value this version knows, in the order of their numbers.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The number on the wire and in the database.
            pub const fn code(self) -> u32 {
                match self { $($name::$variant => $code,)+ $name::Other(code) => code }
            }

            /// The value with this number; an unknown number is kept as `Other`.
            pub const fn from_code(code: u32) -> Self {
                match code { $($code => $name::$variant,)+ other => $name::Other(other) }
            }

            /// The name used in scripts, string keys and logs; `other` for an unknown value.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key,)+ $name::Other(_) => "other" }
            }

            /// The value with this name, if this version knows it.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some($name::$variant),)+ _ => None }
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self, e: &mut minicbor::Encoder<W>, _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.u32(self.code())?;
                Ok(())
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                Ok(Self::from_code(d.u32()?))
            }
        }
    };
}
