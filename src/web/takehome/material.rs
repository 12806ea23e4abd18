//! A text of the school's own as a book: its pages in each language that it has, with the pictures that stand beside it.

use std::{collections::BTreeMap, io::BufReader, sync::Arc};

use anyhow::{Context as _, anyhow};

use super::{Order, about, front};
use crate::{
    content::materials::{self, TextPage},
    domain::{
        fragment::{Piece, escape},
        lang::Lang,
        material::{Material, MaterialFile, Role},
    },
    formats::{
        book::{Leaf, Packer, Shape, Sink},
        kind::FileKind,
    },
    web::{
        routes::Page,
        shelf::Shelf,
        takehome::{
            binder::{Binder, Section},
            place::{ROOT, name},
        },
        views::{frame::Link, lesson::Text, takehome::BookBlock},
    },
};

/// Pictures that every reader of books shows.
const PICTURES: [FileKind; 3] = [FileKind::Png, FileKind::Jpeg, FileKind::Gif];

/// The pictures that pages show, by their path from the book's root.
type Pictures<'m> = BTreeMap<String, (&'static str, &'m MaterialFile)>;

/// Writes it.
pub(super) fn write(
    shelf: &Arc<Shelf>,
    order: &Order,
    material: &Material,
    shape: Shape,
    sink: &mut dyn Sink,
) -> anyhow::Result<()> {
    let langs = langs(shelf, material);
    let about = about(shelf, order, &[&material.meta], &langs).context("a book of nothing")?;
    let mut packer = Packer::new(sink, shape, about.clone())?;
    let mut leaves = vec![front(shelf, &about, &langs, None, &mut packer)?];
    let mut pictures = Pictures::new();
    for (lang, (_, title)) in langs.iter().zip(&about.titles) {
        let binder = Binder::new(&mut packer, shelf, *lang);
        leaves.extend(language(shelf, material, *lang, title, binder, &mut pictures)?);
    }
    for (path, (media_type, file)) in pictures {
        let mut bytes = BufReader::new(materials::open(&shelf.sources, file)?);
        packer.picture(&path, media_type, false, &mut bytes)?;
    }
    Ok(packer.finish(&leaves)?)
}

/// The languages of ours that it is written in; at least one.
fn langs(shelf: &Shelf, material: &Material) -> Vec<Lang> {
    let written = |lang: &Lang| {
        let mut files = material.of_role(Role::Main).filter(|file| materials::is_text(file));
        material.langs().any(|known| known == *lang)
            && files.any(|file| file.lang.is_none_or(|known| known == *lang))
    };
    let mut langs = shelf.messages.langs().into_iter().filter(written).collect::<Vec<_>>();
    langs.sort_by_key(|lang| *lang != Lang::ES);
    if langs.is_empty() { vec![Lang::ES] } else { langs }
}

/// Writes the pages of a language; gives its part of the table of contents.
fn language<'m>(
    shelf: &Shelf,
    material: &'m Material,
    lang: Lang,
    title: &str,
    mut binder: Binder<'_, '_>,
    pictures: &mut Pictures<'m>,
) -> anyhow::Result<Vec<Leaf>> {
    let file = |number| name(&Page::MaterialPage(material.id().clone(), number, 1));
    let total = material.pages.max(1) as usize;
    for number in 1..=total {
        let page = materials::text_page(&shelf.sources, material, lang, number)
            .map_err(|finding| anyhow!("the text cannot be read: {}", finding.id))?;
        let Some((_, page)) = page else { break };
        let html = html(material, &page, pictures);
        let heading = match page.title {
            Some(title) => title,
            None if total == 1 => title.to_owned(),
            None => format!("{title} ({number}/{total})"),
        };
        let link = |number| {
            let href = format!("{}{}", file(number), binder.ending());
            Link { href, label: String::new() }
        };
        let (before, after) =
            ((number > 1).then(|| link(number - 1)), (number < total).then(|| link(number + 1)));
        let mut view =
            binder.page(Text::new(escape(&heading), None), vec![BookBlock::Text(Text::new(html, None))]);
        (view.previous, view.next) = (before, after);
        binder.add(Section::Main, 1, &file(number), &view)?;
    }
    let links = binder.outermost().collect();
    let mut contents = binder.page(Text::new(escape(title), None), vec![BookBlock::Contents { links }]);
    let front = format!("{ROOT}{}{}", name(&Page::Home), binder.ending());
    let label = shelf.messages.text(lang, "language-choose", &[]).into_owned();
    contents.home = Some(Link { href: front, label });
    binder.finish(&contents)
}

/// A page with the addresses of its pictures. What it leads to is not in the book.
fn html<'m>(material: &'m Material, page: &TextPage, pictures: &mut Pictures<'m>) -> String {
    page.fragment.fill(|piece| match piece {
        Piece::Html(html) => html.clone(),
        Piece::Media(name) => picture(material, name, pictures).unwrap_or_default(),
        Piece::Resource(_) | Piece::Passage(_) | Piece::Source(_) => String::new(),
    })
}

/// The address of a picture, which from now on is part of the book; `None` for what is no picture.
fn picture<'m>(material: &'m Material, name: &str, pictures: &mut Pictures<'m>) -> Option<String> {
    let file = material.of_role(Role::Inside).find(|file| file.name() == name)?;
    let mut known = PICTURES.iter().map(|kind| kind.media_type());
    let media_type = known.find(|known| *known == file.media_type)?;
    let path = format!("img/{}.{}", file.tag, file.ending);
    let address = format!("{ROOT}{path}");
    pictures.insert(path, (media_type, file));
    Some(address)
}
