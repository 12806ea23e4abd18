//! Which entries of the catalogue have which word, as sets of bits: what a choice of filters finds, and how many each
//! further choice would leave, without looking at any entry.

use std::collections::BTreeMap;

use crate::{
    domain::{id::Slug, lang::Lang, resource::Meta},
    search::{
        bits::Bits,
        filter::{Facet, Filter, values},
    },
};

/// The sets of a catalogue.
#[derive(Debug, Default)]
pub(super) struct Facets {
    sets: BTreeMap<Facet, BTreeMap<Slug, Bits>>,
    /// Entries that stand on their own: all but the parts of lessons.
    whole: Bits,
    /// All entries.
    all: Bits,
}

impl Facets {
    /// Adds an entry. `whole` tells whether it stands on its own.
    pub(super) fn add(&mut self, number: usize, meta: &Meta, kind: &Slug, langs: &[Lang], whole: bool) {
        for (facet, value) in values(meta, kind, langs) {
            self.sets.entry(facet).or_default().entry(value).or_default().insert(number);
        }
        self.all.insert(number);
        if whole {
            self.whole.insert(number);
        }
    }

    /// Adds the entries of another catalogue, each raised by `by`, a multiple of 64 beyond all entries of this one.
    pub(super) fn append(
        &mut self,
        sets: impl IntoIterator<Item = (Facet, Slug, Bits)>,
        count: usize,
        by: usize,
    ) {
        let added = (0..count).collect::<Bits>();
        self.all.append(&added, by);
        self.whole.append(&added, by);
        for (facet, value, bits) in sets {
            self.sets.entry(facet).or_default().entry(value).or_default().append(&bits, by);
        }
    }

    /// All sets.
    pub(super) fn sets(&self) -> impl Iterator<Item = (Facet, &Slug, &Bits)> {
        self.sets.iter().flat_map(|(facet, terms)| terms.iter().map(|(value, bits)| (*facet, value, bits)))
    }

    /// The entries that satisfy a filter. Parts of lessons (plans, sheets, cards) are found by their kind; without one the
    /// catalogue lists what stands on its own. `among`: what a search has found, where even parts count.
    pub(super) fn select(&self, filter: &Filter, among: Option<&Bits>) -> Bits {
        let parts = among.is_some() || filter.get(Facet::Kind).is_some();
        let mut found = match among {
            Some(among) => among.clone(),
            None if parts => self.all.clone(),
            None => self.whole.clone(),
        };
        for (facet, value) in filter.set() {
            match self.sets.get(&facet).and_then(|terms| terms.get(value)) {
                Some(bits) => found.keep(bits),
                None => return Bits::default(),
            }
        }
        found
    }

    /// For each value of a facet, how many entries would be found if it were set (instead of what is set now).
    pub(super) fn counts(
        &self,
        filter: &Filter,
        facet: Facet,
        among: Option<&Bits>,
    ) -> BTreeMap<Slug, usize> {
        let others = filter.with(facet, None);
        // To count kinds, parts of lessons are looked at too.
        let base = match (facet, among) {
            (Facet::Kind, None) => self.select(&others, Some(&self.all)),
            _ => self.select(&others, among),
        };
        let Some(terms) = self.sets.get(&facet) else { return BTreeMap::new() };
        let counted = terms.iter().map(|(term, bits)| (term.clone(), base.shared(bits)));
        counted.filter(|(_, count)| *count > 0).collect()
    }
}
