//! The style sheet by itself: what engines of 2009 can draw, and what can be read on a screen without colours.

use crate::support::style_sheet::{Rule, css, rules};

/// Properties of CSS 2.1 that old engines draw as written, and decoration that they may pass over.
const PROPERTIES: [&str; 62] = [
    "background",
    "background-color",
    "background-position",
    "border",
    "border-bottom",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-width",
    "border-right",
    "border-top",
    "border-spacing",
    "border-style",
    "border-width",
    "caption-side",
    "clear",
    "color",
    "content",
    "counter-increment",
    "counter-reset",
    "cursor",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "left",
    "letter-spacing",
    "line-height",
    "list-style",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-height",
    "min-width",
    "outline",
    "outline-color",
    "outline-offset",
    "overflow",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "page-break-after",
    "page-break-inside",
    "position",
    "right",
    "text-align",
    "text-decoration",
    "text-indent",
    "top",
    "vertical-align",
    "white-space",
    "width",
];
const DECORATION: [&str; 5] =
    ["border-radius", "-moz-border-radius", "-webkit-border-radius", "word-wrap", "z-index"];

#[test]
fn the_style_sheet_is_css_2_1_and_small() {
    assert!(css().len() <= 12 * 1024, "{} bytes", css().len());
    for forbidden in [
        "flex",
        "calc(",
        "var(",
        "@supports",
        "@font-face",
        "@import",
        "@keyframes",
        "data:",
        "//",
        "expression",
    ] {
        assert!(!css().contains(forbidden), "the style sheet uses {forbidden}");
    }
    for rule in rules() {
        for (name, value) in &rule.properties {
            let known = PROPERTIES.contains(&name.as_str()) || DECORATION.contains(&name.as_str());
            assert!(known, "{name} is not CSS 2.1: {rule:?}");
            let unit = |unit: &str| {
                value
                    .split([' ', ',', '('])
                    .any(|word| word.strip_suffix(unit).is_some_and(|number| number.parse::<f64>().is_ok()))
            };
            for late in ["rem", "vw", "vh", "ch", "fr", "vmin"] {
                assert!(!unit(late), "{late} is no unit of CSS 2.1: {rule:?}");
            }
            if name == "display" {
                let fits = [
                    "none",
                    "block",
                    "inline",
                    "inline-block",
                    "list-item",
                    "table",
                    "table-row",
                    "table-cell",
                ];
                assert!(fits.contains(&value.as_str()), "{rule:?}");
            }
            if name == "position" {
                assert!(["relative", "absolute", "static"].contains(&value.as_str()), "{rule:?}");
            }
        }
        if let Some(media) = &rule.media {
            let fits = media == "@media print" || media.starts_with("@media screen and (max-width:");
            assert!(fits, "{media}");
        }
        for selector in &rule.selectors {
            let late = ["::", ":not", ":nth", ":has", ":is", "[", "~", "+", ">", ":checked", ":target"];
            assert!(!late.iter().any(|late| selector.contains(late)), "{selector}");
        }
    }
}

#[test]
fn a_card_of_the_sorting_game_fills_its_width() {
    let rules = rules();
    let of = |selector: &str, name: &str| {
        let all = rules.iter().filter(|rule| rule.media.is_none());
        let mut all = all.filter(|rule| rule.selectors.iter().any(|known| known == selector));
        let value = all.find_map(|rule| rule.properties.iter().find(|(known, _)| known == name));
        value.map(|(_, value)| value.clone())
    };
    let percent = |selector: &str, name: &str| {
        let value = of(selector, name).unwrap_or_else(|| panic!("{selector} has no {name}"));
        value.trim_end_matches('%').parse::<u32>().expect("a share")
    };
    // Face and boxes share the card about evenly; what is said afterwards stands beneath the boxes, beside the face.
    let face = percent(".face", "width");
    for beside in [".bins", ".why"] {
        let from = percent(beside, "margin-left");
        assert!(
            face < from && from - face <= 3 && from <= 50,
            "{beside} begins at {from}, the face ends at {face}"
        );
        assert_eq!(of(beside, "clear"), None);
    }
}

#[test]
fn borders_are_wide_enough_to_be_seen_in_grey() {
    for rule in rules() {
        for (name, value) in rule.properties.iter().filter(|(name, _)| name.starts_with("border")) {
            let thin = value.split_whitespace().any(|word| word == "1px" || word == "thin");
            assert!(!thin, "{name}: {value} in {rule:?}");
        }
    }
}

/// A colour as three numbers; none for what is no colour.
fn colour(word: &str) -> Option<[f64; 3]> {
    let digits = word.strip_prefix('#')?;
    let digits =
        if digits.len() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits.to_owned() };
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok().map(f64::from);
    Some([part(0)?, part(2)?, part(4)?])
}

/// Contrast of two colours as the XO's screen shows them without light: first made grey, then measured (WCAG 2).
fn contrast_in_grey(one: [f64; 3], other: [f64; 3]) -> f64 {
    let light = |[r, g, b]: [f64; 3]| {
        let grey = (0.299 * r + 0.587 * g + 0.114 * b) / 255.0;
        if grey <= 0.03928 { grey / 12.92 } else { ((grey + 0.055) / 1.055).powf(2.4) }
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn of<'r>(rule: &'r Rule, names: &[&str]) -> Option<&'r str> {
    rule.properties
        .iter()
        .rev()
        .find(|(name, _)| names.contains(&name.as_str()))
        .map(|(_, value)| value.as_str())
}

#[test]
fn a_rule_that_sets_a_background_sets_a_readable_text_on_it() {
    let mut pairs = 0;
    for rule in rules().iter().filter(|rule| rule.media.as_deref() != Some("@media print")) {
        let Some(ground) = of(rule, &["background", "background-color"]) else { continue };
        let Some(ground) = ground.split_whitespace().find_map(colour) else { continue };
        let Some(ink) = of(rule, &["color"]).and_then(colour) else {
            // A stripe without words, or a child of a rule that says both.
            let stripe = ["band", "land", "ic", "brand", "tile", "blue", "teal", "maroon", "green", "woven"];
            let fits = rule.selectors.iter().all(|selector| {
                stripe.iter().any(|known| selector.contains(known))
                    || selector.contains(':')
                    || selector.starts_with(".steps")
                    || selector.starts_with(".menu")
            });
            assert!(fits, "a background without a colour: {rule:?}");
            continue;
        };
        let contrast = contrast_in_grey(ground, ink);
        assert!(contrast >= 4.5, "{contrast:.2} in {rule:?}");
        pairs += 1;
    }
    assert!(pairs > 15, "only {pairs} pairs");
}

#[test]
fn inks_without_a_ground_of_their_own_are_readable_on_every_paper_they_lie_on() {
    let papers = ["#FBF3E2", "#FFFBF2", "#F1E2C0", "#FFF"].map(|paper| colour(paper).expect("a colour"));
    let dark =
        ["#0F4C56", "#3A2115", "#7E2A14", "#A63D1F", "#6B4A35"].map(|dark| colour(dark).expect("a colour"));
    let mut inks = 0;
    for rule in rules()
        .iter()
        .filter(|rule| rule.media.is_none() && of(rule, &["background", "background-color"]).is_none())
    {
        let Some(ink) = of(rule, &["color"]).and_then(colour) else { continue };
        let light = ink.iter().sum::<f64>() > 3.0 * 128.0;
        let grounds = if light { &dark[..] } else { &papers[..] };
        for ground in grounds {
            let contrast = contrast_in_grey(ink, *ground);
            assert!(contrast >= 4.5, "{contrast:.2} on {ground:?}: {rule:?}");
        }
        inks += 1;
    }
    assert!(inks > 5, "only {inks}");
    // Doors carry the ink of the first rule that names them.
    let cream = colour("#FFF6E3").expect("a colour");
    for rule in rules().iter().filter(|rule| {
        rule.selectors.iter().any(|s| [".blue a", ".teal a", ".maroon a", ".green a"].contains(&s.as_str()))
    }) {
        let ground = of(rule, &["background"]).and_then(colour).expect("a colour");
        assert!(contrast_in_grey(cream, ground) >= 4.5, "{rule:?}");
    }
}
