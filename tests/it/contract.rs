//! What browsers of 2009 can show, measured on every page and every answer of the portal in both languages, and on the
//! style sheet.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    sync::OnceLock,
};

use crate::support::{
    html::{Tag, tags},
    portal::{answers, html_pages, pages, school},
    root,
    style_sheet::{self, css, rules},
};

/// A page, or the answer to a form on it, as the browser gets it.
struct Seen {
    name: String,
    html: String,
    tags: Vec<Tag>,
}

/// All pages and answers, and some pages that no link leads to.
fn seen() -> &'static [Seen] {
    static SEEN: OnceLock<Vec<Seen>> = OnceLock::new();
    SEEN.get_or_init(|| {
        let mut all = html_pages().map(|(path, html)| (path.to_owned(), html)).collect::<Vec<_>>();
        all.extend(answers().iter().map(|(name, reply)| (name.clone(), reply.text())));
        for path in [
            "/es/nada",
            "/qu/nada",
            "/es/%zz",
            "/qu/recursos?nivel=inicial&grado=i3&tema=empleo",
            "/es/recursos?tema=x",
        ] {
            all.push((path.to_owned(), school().get(path).text()));
        }
        all.into_iter().map(|(name, html)| Seen { tags: tags(&html), name, html }).collect()
    })
}

fn opening<'a>(page: &'a Seen, name: &'a str) -> impl Iterator<Item = &'a Tag> {
    page.tags.iter().filter(move |tag| tag.name == name && !tag.closing)
}

/// Checks every page and tells all that fail.
fn each_page(mut wrong: impl FnMut(&Seen) -> Vec<String>) {
    let found = seen().iter().flat_map(|page| {
        wrong(page).into_iter().map(|what| format!("{}: {what}", page.name)).collect::<Vec<_>>()
    });
    let found = found.collect::<Vec<_>>();
    assert!(found.is_empty(), "{} times:\n{}", found.len(), found[..found.len().min(20)].join("\n"));
}

#[test]
fn pages_say_what_they_are_in_the_header_and_in_themselves() {
    for (path, reply) in pages().iter().filter(|(path, _)| {
        let files = ["/e/", "/m/", "/descargas/", "/opds", "/opensearch.xml"];
        !files.iter().any(|files| path.starts_with(files))
    }) {
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{path}");
    }
    each_page(|page| {
        let mut wrong = Vec::new();
        if !page.html.starts_with("<!DOCTYPE html>\n<html lang=\"") {
            wrong.push("does not begin as HTML".to_owned());
        }
        let charset = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">";
        let title = page.html.find("<title>").unwrap_or(0);
        if page.html.find(charset).is_none_or(|at| at > title || at > 1024) {
            wrong.push("says its characters too late or not at all".to_owned());
        }
        let titles = opening(page, "title").filter(|tag| !tag.text.trim().is_empty()).count();
        if titles != 1 {
            wrong.push(format!("{titles} titles"));
        }
        wrong
    });
}

/// Elements of HTML 4 that our pages use, and their attributes; those of all elements under `*`.
const ELEMENTS: [(&str, &[&str]); 48] = [
    ("*", &["class", "id", "lang", "role", "title", "aria-current", "aria-label", "aria-labelledby"]),
    ("html", &[]),
    ("head", &[]),
    ("meta", &["http-equiv", "content", "name"]),
    ("title", &[]),
    ("link", &["rel", "href", "type"]),
    ("body", &[]),
    ("a", &["href", "hreflang"]),
    ("div", &[]),
    ("p", &[]),
    ("span", &[]),
    ("strong", &[]),
    ("em", &[]),
    ("b", &[]),
    ("i", &[]),
    ("code", &[]),
    ("pre", &[]),
    ("del", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("br", &[]),
    ("hr", &[]),
    ("blockquote", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("table", &[]),
    ("caption", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope", "colspan"]),
    ("td", &[]),
    ("img", &["src", "width", "height", "alt"]),
    ("form", &["action", "method", "enctype"]),
    ("label", &["for"]),
    ("input", &["type", "name", "value", "checked", "size", "maxlength", "autocomplete"]),
    ("select", &["name"]),
    ("option", &["value", "selected"]),
    ("textarea", &["name", "rows", "cols", "autocomplete"]),
    ("fieldset", &[]),
];

#[test]
fn pages_use_only_elements_and_attributes_of_html_4_and_no_script() {
    let known = BTreeMap::from(ELEMENTS);
    each_page(|page| {
        let mut wrong = Vec::new();
        for tag in page.tags.iter().filter(|tag| !tag.closing) {
            // A description for machines is data: no browser runs it.
            if tag.name == "script" && tag.get("type") == Some("application/ld+json") {
                continue;
            }
            let Some(attributes) = known.get(tag.name.as_str()) else {
                wrong.push(format!("<{}>", tag.name));
                continue;
            };
            for (attribute, _) in &tag.attributes {
                let fits =
                    attributes.contains(&attribute.as_str()) || known["*"].contains(&attribute.as_str());
                if !fits {
                    wrong.push(format!("<{} {attribute}>", tag.name));
                }
            }
        }
        wrong
    });
}

#[test]
fn elements_close_in_the_order_they_opened() {
    const VOID: [&str; 6] = ["meta", "link", "br", "hr", "img", "input"];
    each_page(|page| {
        let mut open: Vec<&str> = Vec::new();
        for tag in page.tags.iter().filter(|tag| !VOID.contains(&tag.name.as_str())) {
            if !tag.closing {
                open.push(&tag.name);
            } else if open.pop() != Some(&tag.name) {
                return vec![format!("</{}> closes another element", tag.name)];
            }
        }
        open.into_iter().map(|name| format!("<{name}> stays open")).collect()
    });
}

#[test]
fn every_field_has_a_label_and_every_form_a_button() {
    each_page(|page| {
        let mut wrong = Vec::new();
        let labels = opening(page, "label").filter_map(|tag| tag.get("for")).collect::<BTreeSet<_>>();
        let (mut in_label, mut forms, mut buttons) = (false, 0, 0);
        for tag in &page.tags {
            match (tag.name.as_str(), tag.closing) {
                ("label", closing) => in_label = !closing,
                ("form", false) => {
                    forms += 1;
                    if !["get", "post"].contains(&tag.get("method").unwrap_or_default())
                        || tag.get("action").is_none()
                    {
                        wrong.push("a form without method or address".to_owned());
                    }
                }
                ("input", false) if tag.get("type") == Some("submit") => {
                    buttons += 1;
                    if tag.get("value").is_none_or(|value| value.trim().is_empty()) {
                        wrong.push("a button without words".to_owned());
                    }
                }
                ("input", false) if tag.get("type") == Some("hidden") => {}
                ("input" | "select" | "textarea", false) => {
                    let labelled = in_label || tag.get("id").is_some_and(|id| labels.contains(id));
                    if !labelled {
                        wrong.push(format!("<{} name={:?}> has no label", tag.name, tag.get("name")));
                    }
                    if tag.get("type").is_some_and(|kind| {
                        !["text", "radio", "checkbox", "password", "file"].contains(&kind)
                    }) {
                        wrong.push(format!("a field of type {:?}", tag.get("type")));
                    }
                }
                _ => {}
            }
        }
        if buttons < forms {
            wrong.push(format!("{forms} forms, {buttons} buttons"));
        }
        wrong
    });
}

#[test]
fn headings_form_a_ladder_under_one_title() {
    each_page(|page| {
        let mut wrong = Vec::new();
        let mut before = 0;
        for tag in page.tags.iter().filter(|tag| !tag.closing) {
            let Some(level) = tag.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else {
                continue;
            };
            if level > before + 1 {
                wrong.push(format!("h{level} after h{before}"));
            }
            before = level;
        }
        let titles = opening(page, "h1").count();
        if titles != 1 {
            wrong.push(format!("{titles} h1"));
        }
        wrong
    });
}

#[test]
fn ids_are_single_and_what_refers_to_them_finds_them() {
    each_page(|page| {
        let mut wrong = Vec::new();
        let mut ids = BTreeSet::new();
        for id in page.tags.iter().filter_map(|tag| tag.get("id")) {
            if !ids.insert(id) {
                wrong.push(format!("two elements with the id {id}"));
            }
        }
        for tag in &page.tags {
            let within = tag.get("href").and_then(|href| href.strip_prefix('#'));
            let wanted = [within, tag.get("for"), tag.get("aria-labelledby")];
            wrong.extend(
                wanted
                    .into_iter()
                    .flatten()
                    .filter(|id| !ids.contains(id))
                    .map(|id| format!("nothing is called {id}")),
            );
        }
        wrong
    });
}

#[test]
fn links_are_short_and_stay_on_this_host() {
    each_page(|page| {
        let all = page.tags.iter().flat_map(|tag| ["href", "src", "action"].map(|name| tag.get(name)));
        let wrong = all.flatten().filter(|address| {
            let fits = address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//"));
            !fits || address.contains(':') || address.len() > 200
        });
        wrong.map(str::to_owned).collect()
    });
}

#[test]
fn pictures_say_their_size_and_what_they_show_and_are_small_enough() {
    let mut measured = BTreeSet::new();
    each_page(|page| {
        let mut wrong = Vec::new();
        for picture in opening(page, "img") {
            let source = picture.get("src").unwrap_or_default();
            let size = |name| picture.get(name).and_then(|size| size.parse::<usize>().ok());
            let (Some(width), Some(height)) = (size("width"), size("height")) else {
                wrong.push(format!("{source} has no size"));
                continue;
            };
            if picture.get("alt").is_none() {
                wrong.push(format!("{source} says nothing to who cannot see it"));
            }
            if width > 480 {
                wrong.push(format!("{source} is shown {width} px wide"));
            }
            if !measured.insert(source.to_owned()) {
                continue;
            }
            let reply = school().get(source);
            let kind = reply.header("content-type");
            if reply.status != 200 || !["image/png", "image/jpeg", "image/gif"].contains(&kind) {
                wrong.push(format!("{source} is {kind} ({})", reply.status));
                continue;
            }
            let real = imagesize::blob_size(&reply.body).expect("a picture");
            if reply.body.len() > 40 * 1024 || real.width > 800 {
                wrong.push(format!("{source} has {} bytes, {} px", reply.body.len(), real.width));
            }
            // A pixel is lost when a picture is made smaller to the nearest one.
            if (real.width * height).abs_diff(real.height * width) > real.width.max(real.height) {
                wrong.push(format!("{source} is {real:?} and shown as {width}×{height}"));
            }
        }
        wrong
    });
    assert!(measured.len() > 30, "only {} pictures", measured.len());
}

#[test]
fn no_page_shows_the_name_of_a_text_instead_of_the_text() {
    let mut ids = BTreeSet::new();
    for file in crate::support::files_below(&root().join("locales/es")) {
        let text = std::fs::read_to_string(&file).expect("a locale");
        ids.extend(text.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id.to_owned()));
    }
    ids.retain(|id| id.contains('-') && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    assert!(ids.len() > 300);
    each_page(|page| {
        let mut wrong = Vec::new();
        for tag in &page.tags {
            let shown = [Some(tag.text.as_str()), tag.get("title"), tag.get("alt"), tag.get("value")];
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
            for word in shown.into_iter().flatten().flat_map(|text| text.split(|c| !is_word(c))) {
                let id = word.split('.').next().unwrap_or_default();
                // What a form sends is no text.
                let sent =
                    tag.get("name").is_some() && tag.get("value") == Some(word) || tag.name == "option";
                if ids.contains(id) && !sent {
                    wrong.push(word.to_owned());
                }
            }
        }
        wrong
    });
}

#[test]
fn no_page_holds_marks_that_old_browsers_draw_as_boxes() {
    each_page(|page| {
        let found = page.html.chars().find(|c| {
            matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
                || (c.is_control() && *c != '\n')
                || *c > '\u{ffff}'
        });
        found.map(|c| format!("{c:?}")).into_iter().collect()
    });
}

// --- weight ---------------------------------------------------------------------------------------------------------

/// Whether an element with this name and these classes may be what the last part of a selector means.
fn may_match(selector: &str, tag: &Tag) -> bool {
    let last = selector.split_whitespace().last().unwrap_or_default();
    let last = last.split(':').next().unwrap_or_default();
    let mut parts = last.split('.');
    let name = parts.next().unwrap_or_default();
    let classes = tag.get("class").unwrap_or_default().split_whitespace().collect::<Vec<_>>();
    (name.is_empty() || name == "*" || name == tag.name) && parts.all(|class| classes.contains(&class))
}

/// The pictures that the style sheet loads for this page.
fn pictures_of_style(page: &Seen) -> BTreeSet<String> {
    let mut pictures = BTreeSet::new();
    for rule in rules() {
        let urls = rule.properties.iter().filter_map(|(_, value)| value.split_once("url("));
        for (_, url) in urls {
            let url = url.split(')').next().unwrap_or_default().trim_matches(['"', '\'']);
            let used = rule
                .selectors
                .iter()
                .any(|selector| page.tags.iter().any(|tag| !tag.closing && may_match(selector, tag)));
            if used {
                pictures.insert(url.to_owned());
            }
        }
    }
    pictures
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all").len()
}

#[test]
fn every_page_is_light_and_asks_for_few_things() {
    let sheet = style_sheet::path();
    let folder = sheet.rsplit_once('/').expect("a folder").0;
    let mut weights: BTreeMap<String, usize> = BTreeMap::new();
    let mut most = (0, 0);
    each_page(|page| {
        let mut wrong = Vec::new();
        let mut parts =
            opening(page, "img").filter_map(|tag| tag.get("src")).map(str::to_owned).collect::<BTreeSet<_>>();
        parts.insert(sheet.to_owned());
        parts.extend(pictures_of_style(page).into_iter().map(|name| format!("{folder}/{name}")));
        parts.extend(
            opening(page, "link")
                .filter(|tag| tag.get("rel") == Some("icon"))
                .filter_map(|tag| tag.get("href"))
                .map(str::to_owned),
        );
        let requests = parts.len() + 1;
        let bytes = parts
            .into_iter()
            .map(|part| *weights.entry(part.clone()).or_insert_with(|| school().get(&part).body.len()));
        let bytes = bytes.sum::<usize>() + page.html.len();
        most = (most.0.max(requests), most.1.max(bytes));
        // The icon of the tab is asked for once a visit, not with a page.
        if requests - 1 > 8 {
            wrong.push(format!("{} requests", requests - 1));
        }
        if page.html.len() > 30 * 1024 {
            wrong.push(format!("{} bytes of HTML", page.html.len()));
        }
        if bytes > 150 * 1024 {
            wrong.push(format!("{bytes} bytes in all"));
        }
        wrong
    });
    assert!(most.0 > 4, "pictures were not counted: {most:?}");
}

#[test]
fn the_first_view_of_a_lesson_fits_into_the_first_packets() {
    let sheet = gzipped(css().as_bytes());
    let mut lessons = 0;
    for (path, html) in html_pages().filter(|(path, _)| path.split('/').nth(2) == Some("lecciones")) {
        let both = sheet + gzipped(html.as_bytes());
        let overview = path.split('/').count() == 4;
        assert!(!overview || both <= 14 * 1024, "{path}: {both} bytes");
        lessons += usize::from(overview);
    }
    assert!(lessons >= 12, "only {lessons}");
}

#[test]
fn every_class_of_a_page_stands_in_the_style_sheet() {
    let known = css().to_owned();
    let mut unknown = BTreeSet::new();
    for page in seen() {
        for class in page.tags.iter().filter_map(|tag| tag.get("class")).flat_map(str::split_whitespace) {
            let rule = |at: usize| {
                known[at + 1 + class.len()..].starts_with(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            };
            if !known.match_indices(&format!(".{class}")).any(|(at, _)| rule(at)) {
                unknown.insert(class);
            }
        }
    }
    // Hooks for what has its look from its place, and kinds that share the general icon.
    let fits = |class: &&str| ["ahead", "report"].contains(class) || class.starts_with("ic-");
    assert_eq!(unknown.into_iter().filter(|class| !fits(class)).collect::<Vec<_>>(), Vec::<&str>::new());
}
