//! Context keys and their values.

use crate::file::error::{FileWarningKind, Refusal};
use crate::file::json::Json;
use crate::file::reader::Field;
use crate::scenario::{Context, ContextValue, Scalar};

pub(super) fn context(field: Field<'_>) -> Result<Context, Refusal> {
    let (at, findings) = (field.at, field.findings);
    let mut context = Context::new();
    field.each_member(&mut |key, field| {
        context.push((key.to_owned(), value(field)?));
        Ok(())
    })?;
    let mut seen = std::collections::HashMap::new();
    for (key, _) in &context {
        if let Some(first) = seen.insert(key.to_lowercase(), key) {
            findings.warn(
                FileWarningKind::Redundant,
                at.key(key),
                texts::file_names_same_key_upper(&first),
            );
        }
    }
    Ok(context)
}

fn value(field: Field<'_>) -> Result<ContextValue, Refusal> {
    match field.json {
        Json::Array(_) => field.items(scalar).map(ContextValue::Many),
        _ => scalar(field).map(ContextValue::One),
    }
}

fn scalar(field: Field<'_>) -> Result<Scalar, Refusal> {
    match field.json {
        Json::Text(text) => Ok(Scalar::Text(text)),
        Json::Number(text) => Ok(Scalar::Number(text)),
        Json::Bool(value) => Ok(Scalar::Bool(value)),
        Json::Null => Err(field.unexpected(texts::file_value_key_that_not())),
        _ => Err(field.unexpected(texts::file_context_value())),
    }
}
