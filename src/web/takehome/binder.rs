//! The pages of one language on their way into a book: written one by one, remembered in the order of reading, which is
//! not the order of making: plans of teachers come after all lessons, answers at the very end.

use std::sync::Arc;

use crate::{
    domain::{fragment::Fragment, lang::Lang},
    formats::book::{Leaf, Packer},
    web::{
        routes::Page,
        shelf::Shelf,
        takehome::place::{ROOT, STYLE, name},
        views::{
            frame::Link,
            lesson::Text,
            takehome::{BookBlock, BookPageView},
        },
    },
};

/// Where a page belongs in the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// What pupils and families read.
    Main,
    /// What is for teachers.
    Teachers,
    /// The answers.
    Answers,
}

/// A language's pages.
pub(super) struct Binder<'a, 'w> {
    packer: &'a mut Packer<'w>,
    shelf: &'a Arc<Shelf>,
    lang: Lang,
    /// What ends the names of pages.
    ending: &'static str,
    sections: [Vec<Leaf>; 3],
}

impl<'a, 'w> Binder<'a, 'w> {
    pub(super) fn new(packer: &'a mut Packer<'w>, shelf: &'a Arc<Shelf>, lang: Lang) -> Self {
        let ending = packer.shape().page_ending();
        Self { packer, shelf, lang, ending, sections: Default::default() }
    }

    /// What ends the names of pages.
    pub(super) fn ending(&self) -> &'static str {
        self.ending
    }

    /// A page of the language that is of no lesson.
    pub(super) fn page(&self, title: Text, blocks: Vec<BookBlock>) -> BookPageView {
        let label = self.shelf.messages.text(self.lang, "takehome-contents", &[]).into_owned();
        BookPageView {
            lang: self.lang.to_string(),
            language: self.shelf.messages.display_name(self.lang).into_owned(),
            draft: self.shelf.has_drafts(self.lang),
            style: format!("{ROOT}{STYLE}"),
            home: Some(Link { href: format!("{}{}", name(&Page::Home), self.ending), label }),
            lesson: None,
            name: None,
            title,
            blocks,
            previous: None,
            next: None,
        }
    }

    /// Writes a page to the file of this name in the folder of the language. `depth` is its place in the table of contents, 1 for what stands right below the language.
    pub(super) fn add(
        &mut self,
        section: Section,
        depth: usize,
        name: &str,
        view: &BookPageView,
    ) -> anyhow::Result<()> {
        let leaf = self.write(depth, name, view)?;
        self.sections[section as usize].push(leaf);
        Ok(())
    }

    /// Puts a page with links to its pages before a section, when the section has any.
    pub(super) fn divide(&mut self, section: Section, name: &str, title: Text) -> anyhow::Result<()> {
        let leaves = &self.sections[section as usize];
        if leaves.is_empty() {
            return Ok(());
        }
        let links = leaves.iter().map(link).collect();
        let view = self.page(title, vec![BookBlock::Contents { links }]);
        let leaf = self.write(1, name, &view)?;
        self.sections[section as usize].insert(0, leaf);
        Ok(())
    }

    /// The pages right below the language, in order.
    pub(super) fn outermost(&self) -> impl Iterator<Item = Link> {
        self.sections.iter().flatten().filter(|leaf| leaf.depth == 1).map(link)
    }

    /// Writes the first page of the language; gives the table of contents.
    pub(super) fn finish(mut self, first: &BookPageView) -> anyhow::Result<Vec<Leaf>> {
        let first = Leaf { title: first.language.clone(), ..self.write(0, &name(&Page::Home), first)? };
        let mut leaves = vec![first];
        leaves.extend(self.sections.into_iter().flatten());
        Ok(leaves)
    }

    fn write(&mut self, depth: usize, name: &str, view: &BookPageView) -> anyhow::Result<Leaf> {
        let path = format!("{}/{name}{}", self.lang, self.ending);
        self.packer.page(&path, &self.shelf.templates.render(view)?)?;
        let title = Fragment::html(view.title.html.as_str()).plain();
        let title = match &view.name {
            Some(id) => format!("{}: {title}", self.shelf.messages.text(self.lang, id, &[])),
            None => title,
        };
        Ok(Leaf { path, title, lang: self.lang.to_string(), depth })
    }
}

/// From a page of the same language.
fn link(leaf: &Leaf) -> Link {
    let file = leaf.path.rsplit('/').next().unwrap_or_default();
    Link { href: file.to_owned(), label: leaf.title.clone() }
}
