//! Vietnamese text, numbers and dates: how they are searched, sorted, printed and read.
//! Nothing here touches what a person typed (UX-12); every result is a new string or key beside the original.

mod collate;
mod date;
mod fold;
mod letter;
mod month;
mod number;

pub use collate::{collation_key, person_key};
pub use date::{
    DateError, VIETNAM, format_date, format_day, format_moment, format_time, parse_date, vietnam_date, vietnam_time,
};
pub use fold::{fold, has_marks, norm, search_forms};
pub use month::{Month, MonthError};
pub use number::{NumberError, format_bytes, format_decimal, format_integer, format_percent, parse_integer};
