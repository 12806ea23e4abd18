//! Numbers, sizes, days and lengths of time as people in Peru write them. The words and the order of the parts come
//! from `language.ftl` of each language; only how digits are grouped stands here, the same for `es-PE` and `qu`
//! (CLDR 48: 12,345.67).

use jiff::civil::Date;

use crate::{
    domain::lang::Lang,
    i18n::messages::{Messages, Value},
};

/// A number with commas between thousands and at most three decimals: `12,345.67`.
pub fn number(value: f64) -> String {
    decimal(value, 0)
}

/// Like [`number`], with at least so many decimals (at most three).
pub fn decimal(value: f64, least_decimals: usize) -> String {
    const MOST_DECIMALS: usize = 3;
    if !value.is_finite() {
        return value.to_string();
    }
    let digits = format!("{:.MOST_DECIMALS$}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let kept = fraction.trim_end_matches('0').len().max(least_decimals.min(MOST_DECIMALS));
    let mut out = String::with_capacity(digits.len() + whole.len() / 3 + 1);
    if value < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('-');
    }
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if kept > 0 {
        out.push('.');
        out.push_str(&fraction[..kept]);
    }
    out
}

/// The size of a file: `980 B`, `12.4 KB`, `240 MB`. A KB is 1,024 bytes, as the laptops' own file lists count.
pub fn size(messages: &Messages, lang: Lang, bytes: u64) -> String {
    const STEP: u64 = 1024;
    let units = ["size-bytes", "size-kilobytes", "size-megabytes", "size-gigabytes"];
    let mut unit = 0;
    let mut divisor: u64 = 1;
    // 1023.95 KB would be written as 1,024 KB: it is 1 MB.
    while unit + 1 < units.len() && tenths(bytes, divisor) >= STEP * 10 {
        unit += 1;
        divisor *= STEP;
    }
    let tenths = tenths(bytes, divisor);
    let shown = if tenths.is_multiple_of(10) || tenths >= 1000 {
        number(whole_as_f64((tenths + 5) / 10))
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    messages.text(lang, units[unit], &[("number", shown.into())]).into_owned()
}

/// A day: «24 de mayo de 2026», «24 Mayo 2026».
pub fn date(messages: &Messages, lang: Lang, day: Date) -> String {
    let month = messages.text(lang, "date-month", &[("month", i32::from(day.month()).into())]);
    let parts = [
        ("day", Value::from(day.day().to_string())),
        ("month", Value::from(month)),
        ("year", Value::from(day.year().to_string())),
    ];
    messages.text(lang, "date-long", &parts).into_owned()
}

/// A length of time in minutes: «40 min».
pub fn minutes(messages: &Messages, lang: Lang, minutes: u32) -> String {
    messages.text(lang, "duration-minutes", &[("minutes", minutes.into())]).into_owned()
}

/// `bytes / divisor` in tenths, rounded to the nearest.
fn tenths(bytes: u64, divisor: u64) -> u64 {
    let whole = (bytes / divisor).saturating_mul(10);
    let rest = u128::from(bytes % divisor) * 10 + u128::from(divisor / 2);
    whole.saturating_add(u64::try_from(rest / u128::from(divisor)).unwrap_or(0))
}

#[allow(clippy::cast_precision_loss, reason = "at most u64::MAX bytes in GB: far below 2^53")]
fn whole_as_f64(value: u64) -> f64 {
    value as f64
}
