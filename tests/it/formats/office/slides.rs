//! Presentations: slides in their order, with titles and pictures, without the speaker's notes.

use std::io::Cursor;

use amauta::formats::{
    kind::FileKind,
    office::{self, Limits, Picture, Slide},
};

use super::{GIF, packed, read};

fn slide(title: Option<&str>, text: &str, pictures: &[(&str, &str)]) -> Slide {
    let picture = |(name, alt): &(&str, &str)| Picture { name: (*name).to_owned(), alt: (*alt).to_owned() };
    Slide {
        title: title.map(str::to_owned),
        text: text.to_owned(),
        pictures: pictures.iter().map(picture).collect(),
    }
}

#[test]
fn slides_of_opendocument_are_read_without_notes_and_hidden_ones() {
    let bytes = packed("agua-odp", &[("Pictures/gota.png", "x"), ("Pictures/rio.jpg", "x")]);
    let document = read(&bytes, FileKind::Odp).unwrap();
    let pictures = [("Pictures/gota.png", "Una gota"), ("Pictures/rio.jpg", "")];
    let slides = [
        slide(Some("El agua de mi pueblo"), "Cuarto grado", &[]),
        slide(None, "De dónde viene\nGracias", &pictures),
    ];
    assert_eq!(document.slides, slides);
    assert_eq!((document.text.as_str(), document.partial), ("", false));
}

#[test]
fn slides_of_powerpoint_come_in_the_order_of_the_presentation() {
    let bytes = packed("agua-pptx", &[("ppt/media/gota.png", "x"), ("ppt/media/gota.svg", "x")]);
    let document = read(&bytes, FileKind::Pptx).unwrap();
    let slides = [
        slide(Some("El agua"), "Cuarto grado", &[]),
        slide(None, "De dónde viene\nNube, lluvia, río", &[("ppt/media/gota.png", "Una gota")]),
    ];
    assert_eq!(document.slides, slides);
    assert_eq!((document.title, document.language.as_deref()), (None, Some("es-PE")));
}

#[test]
fn a_preview_stops_at_the_slide_that_fills_it() {
    let limits = Limits { text: 12, ..Limits::default() };
    let document = office::read(Cursor::new(packed("agua-pptx", &[])), FileKind::Pptx, &limits).unwrap();
    assert!(document.partial && document.slides.len() == 1);
}

#[test]
fn pictures_are_given_by_their_bytes_not_their_names() {
    let bytes = packed("agua-odp", &[("Pictures/rio.jpg", "<svg onload='x()'/>")]);
    let id = |name| office::picture(Cursor::new(bytes.clone()), name).expect_err("refused").id;
    assert_eq!(id("Pictures/rio.jpg"), "check-file-office-picture");
    assert_eq!(id("content.xml"), "check-file-office-picture");
    assert_eq!(id("../x"), "check-file-office-picture");
    let zip = super::zipped(&[("Pictures/gota.png", GIF.to_vec())]);
    let (picture, media_type) = office::picture(Cursor::new(zip), "Pictures/gota.png").unwrap();
    assert_eq!((picture.as_slice(), media_type), (GIF, "image/gif"));
}
