//! Records for scripts: as the contract has them, moments as Unix seconds.

use serde::Serialize;
use serde_json::Value;

/// The record on one line. Every moment, `{"secs_since_epoch": …}` by itself, becomes its number of seconds.
pub fn line(record: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut value = serde_json::to_value(record)?;
    plain_moments(&mut value);
    serde_json::to_string(&value)
}

fn plain_moments(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(seconds) = fields.get("secs_since_epoch").cloned() {
                *value = seconds;
                return;
            }
            fields.values_mut().for_each(plain_moments);
        }
        Value::Array(items) => items.iter_mut().for_each(plain_moments),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn moments_are_seconds_wherever_they_stand() {
        let moment = UNIX_EPOCH + Duration::from_millis(5_400);
        assert_eq!(line(&vec![(Some(moment), "a")]).unwrap(), r#"[[5,"a"]]"#);
    }
}
