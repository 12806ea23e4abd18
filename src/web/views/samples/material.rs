//! Samples of the pages of materials.

use super::{
    super::{
        lesson::Picture,
        material::{
            ContentLink, FileLink, MaterialHead, MaterialPageView, MaterialView, Player, SlideImage,
            SpokenLine,
        },
    },
    Sample, frame, href, link,
};

fn head(foreign: bool) -> MaterialHead {
    MaterialHead {
        title: "El <zorro>".to_owned(),
        href: href(),
        lang: "es".to_owned(),
        foreign,
        only: "material-only-in-other",
    }
}

/// With everything a page may show, or with nothing.
fn front(lang: &str, full: bool, element: &'static str) -> MaterialView {
    let some = |text: &str| if full { text.to_owned() } else { String::new() };
    let file = |lang: Option<(String, String)>, xo| FileLink {
        href: href(),
        ending: "OGV".to_owned(),
        size: "1 MB".to_owned(),
        length: some("3:20"),
        lang,
        xo,
    };
    let line = |depth| ContentLink { href: href(), label: "Uno".to_owned(), depth };
    let spoken = |time: &str, voice: &str| SpokenLine {
        time: time.to_owned(),
        voice: voice.to_owned(),
        text: some("Dice"),
    };
    MaterialView {
        frame: frame(lang),
        head: head(full),
        summary: some("Resumen"),
        kind: "libro".to_owned(),
        icon: "recurso",
        terms: if full { vec![link(), link()] } else { Vec::new() },
        minutes: u32::from(full),
        objectives: if full { vec!["Leer".to_owned()] } else { Vec::new() },
        text: (!full).then(|| "<p>Texto</p>".to_owned()),
        picture: Some(Picture { src: href(), width: 10, height: 10 }),
        start: full.then(href),
        contents: if full { vec![line(0), line(1)] } else { Vec::new() },
        player: full.then(|| Player {
            element,
            formats: vec![(href(), "video/ogg".to_owned())],
            still: Some(href()),
        }),
        files: vec![file(None, true), file(Some(("qu".to_owned(), "Runasimi".to_owned())), false)],
        read_copy: full.then(href),
        bundle: full.then(href),
        transcript: if full { vec![spoken("", ""), spoken("0:05", "Rosa")] } else { Vec::new() },
        sheets: u32::from(full) * 2,
        excerpt: some("Así"),
        broken: full,
        authors: if full { vec!["Rosa".to_owned()] } else { Vec::new() },
        licence: "CC0-1.0".to_owned(),
        version: "1.0.0".to_owned(),
        json_ld: "{}".to_owned(),
        descriptions: vec![link(), link()],
        report: href(),
    }
}

fn page(lang: &str, unit: &'static str, title: &str, foreign: bool) -> MaterialPageView {
    MaterialPageView {
        frame: frame(lang),
        head: head(foreign),
        unit,
        number: 1,
        total: 3,
        part: 1,
        parts: if foreign { 2 } else { 1 },
        title: title.to_owned(),
        lang: if foreign { "en".to_owned() } else { String::new() },
        html: if foreign { String::new() } else { "<p>Texto</p>".to_owned() },
        lines: if foreign { vec!["Una <línea>".to_owned()] } else { Vec::new() },
        pictures: if foreign { vec![picture(None), picture(Some("1 MB"))] } else { Vec::new() },
        previous: foreign.then(href),
        next: Some(href()),
    }
}

fn picture(large: Option<&str>) -> SlideImage {
    SlideImage {
        picture: Picture { src: href(), width: 10, height: 10 },
        alt: "Un zorro".to_owned(),
        large: large.map(str::to_owned),
    }
}

/// Samples in a language.
pub(super) fn all(lang: &str) -> Vec<Sample> {
    vec![
        Sample::new("of a film with everything", front(lang, true, "video")),
        Sample::new("of a sound", front(lang, true, "audio")),
        Sample::new("of a text", front(lang, false, "audio")),
        Sample::new("chapter", page(lang, "material-chapter", "Uno", true)),
        Sample::new("slide", page(lang, "material-slide", "", false)),
        Sample::new("page", page(lang, "material-page", "", false)),
    ]
}
