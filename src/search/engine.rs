//! The search box: a text in, resources out, best first. Every text is a query; none is an error.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::lang::Lang,
    i18n::words::is_quechua,
    search::{
        query::{Query, QueryWord, Speller},
        slips,
        snippet::{self, Snippet},
    },
    store::library::{Group, LibraryDb, Owner, ReadError},
};

/// What a passage counts that has a word only in translation or with another letter.
const WIDER: f64 = 0.5;

/// What a resource counts whose words stand in different passages.
const SCATTERED: f64 = 0.6;

/// What a resource loses at most whose other passages have nothing of it: it mentions what another is about.
const MENTIONED: f64 = 0.4;

/// How near a resource with only some of the words must come to the best, to be given below those with all.
const NEAR_BEST: f64 = 0.25;

/// What a passage in the reader's language counts more.
const OWN_LANGUAGE: f64 = 1.2;

/// Fewer resources than this with all words in one passage: those with the words here and there, and those with most of
/// them, are looked for too.
const FEW: usize = 10;

/// A resource that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The resource: see [`crate::store::library::MATERIALS`].
    pub entry: u32,
    /// Its best passage.
    pub passage: u32,
    /// How well it fits, the higher the better; comparable within one search only.
    pub score: f64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// Each resource once, best first.
    pub hits: Vec<Hit>,
    /// Whether no resource has all the words, and those with some are given.
    pub partial: bool,
    /// What was probably meant, when a word that stands nowhere is one letter away from one that does. It finds something.
    pub instead: Option<String>,
}

/// Searches one catalogue.
#[derive(Debug)]
pub struct Engine {
    db: Arc<LibraryDb>,
    speller: Speller,
    owners: Vec<Owner>,
    /// How many passages an owner of several has.
    sizes: BTreeMap<Owner, u32>,
}

/// The best passage of each entry so far.
type Best = BTreeMap<u32, (u32, f64)>;

impl Engine {
    /// An engine for this catalogue. Keeps four bytes for each passage, and about twelve for each resource of several.
    pub fn new(db: Arc<LibraryDb>) -> Result<Self, ReadError> {
        let owners = db.owners()?;
        let mut sizes = count(owners.iter().copied());
        sizes.retain(|_, size| *size > 1);
        Ok(Self { db, sizes, speller: Speller::embedded(), owners })
    }

    /// The catalogue it searches.
    pub fn db(&self) -> &LibraryDb {
        &self.db
    }

    /// Finds resources for a text, for a reader of this language. Errors are the catalogue's alone.
    pub fn find(&self, text: &str, lang: Lang) -> Result<Found, ReadError> {
        let query = self.speller.query(text);
        let (hits, partial) = self.hits(&query, lang)?;
        let instead = if partial || hits.is_empty() { self.instead(&query, lang)? } else { None };
        Ok(Found { hits, partial, instead })
    }

    /// The part of a passage that shows best why it was found; `None` for a passage that does not exist.
    pub fn snippet(&self, passage: u32, text: &str) -> Result<Option<Snippet>, ReadError> {
        let Some(stored) = self.db.passage(passage)? else { return Ok(None) };
        let query = self.speller.query(text);
        let groups: Vec<Group> = query.words.iter().map(|word| self.group(word, true)).collect();
        Ok(Some(snippet::cut(&self.speller, &stored, &groups)))
    }

    fn group(&self, word: &QueryWord, wide: bool) -> Group {
        let mut group = Speller::plain(word);
        if wide {
            group.extend(self.speller.wider(word));
        }
        group
    }

    fn groups(&self, query: &Query, wide: bool) -> Vec<Group> {
        query.words.iter().map(|word| self.group(word, wide)).collect()
    }

    /// The hits, and whether they have only some of the words.
    fn hits(&self, query: &Query, lang: Lang) -> Result<(Vec<Hit>, bool), ReadError> {
        if query.words.is_empty() {
            return Ok((Vec::new(), false));
        }
        let mut best = Best::new();
        let plain = self.groups(query, false);
        let wide = self.groups(query, true);
        self.add(&mut best, self.db.weighed(&plain, true)?, 1.0, lang);
        if wide != plain {
            let wider = self.db.weighed(&wide, true)?;
            self.add(&mut best, wider, WIDER, lang);
        }
        if query.words.len() == 1 || best.len() >= FEW {
            return Ok((sorted(best), false));
        }
        let with = self.coverage(&wide)?;
        let most = if best.is_empty() { with.values().map(|words| words.count_ones()).max() } else { None };
        let all = u32::try_from(wide.len()).unwrap_or(u32::MAX);
        let partial = most.is_some_and(|most| most < all);
        let mut some = Best::new();
        self.add(&mut some, self.db.weighed(&wide, false)?, 1.0, lang);
        for (entry, (passage, score)) in some {
            let words = with.get(&entry).map_or(0, |words| words.count_ones());
            let share = f64::from(words) / f64::from(all);
            let weight = if words == all { SCATTERED } else { share * share };
            best.entry(entry).or_insert((passage, score * weight));
        }
        if !partial {
            let least = NEAR_BEST * best.values().map(|(_, score)| *score).fold(0.0, f64::max);
            let has_all = |entry: &u32| with.get(entry).is_some_and(|words| words.count_ones() == all);
            best.retain(|entry, (_, score)| *score >= least || has_all(entry));
        }
        Ok((sorted(best), partial))
    }

    /// Keeps the better passage of each entry. A passage already there under another weight stays as it was.
    fn add(&self, best: &mut Best, passages: Vec<(u32, f64)>, weight: f64, lang: Lang) {
        let owner = |passage: u32| self.owners.get(passage as usize).copied();
        let with = count(passages.iter().filter_map(|(passage, _)| owner(*passage)));
        for (passage, score) in passages {
            let Some(owner) = owner(passage) else { continue };
            let own = if owner.is_quechua() == is_quechua(lang) { OWN_LANGUAGE } else { 1.0 };
            let share = with.get(&owner).zip(self.sizes.get(&owner));
            let share = share.map_or(1.0, |(with, size)| f64::from(*with) / f64::from(*size));
            let score = score * weight * own * (1.0 - MENTIONED * (1.0 - share));
            let held = best.entry(owner.entry()).or_insert((passage, score));
            if held.1 < score {
                *held = (passage, score);
            }
        }
    }

    /// For each entry, a bit for each group that one of its passages has.
    fn coverage(&self, groups: &[Group]) -> Result<BTreeMap<u32, u32>, ReadError> {
        let mut with: BTreeMap<u32, u32> = BTreeMap::new();
        for (bit, group) in groups.iter().enumerate() {
            for passage in self.db.with(group)? {
                if let Some(owner) = self.owners.get(passage as usize) {
                    *with.entry(owner.entry()).or_default() |= 1 << bit;
                }
            }
        }
        Ok(with)
    }

    /// The query with the words that stand nowhere mended, when that finds something.
    fn instead(&self, query: &Query, lang: Lang) -> Result<Option<String>, ReadError> {
        let mut mended = false;
        let mut words = Vec::with_capacity(query.words.len());
        for word in &query.words {
            let found = self.db.has(&self.group(word, true))?;
            let other = if found { None } else { slips::nearest(&self.db, word)? };
            mended |= other.is_some();
            words.push(other.unwrap_or_else(|| word.typed.clone()));
        }
        if !mended {
            return Ok(None);
        }
        let text = words.join(" ");
        let (hits, _) = self.hits(&self.speller.query(&text), lang)?;
        Ok((!hits.is_empty()).then_some(text))
    }
}

/// How many passages each owner has.
fn count(owners: impl Iterator<Item = Owner>) -> BTreeMap<Owner, u32> {
    let mut counts = BTreeMap::new();
    for owner in owners {
        *counts.entry(owner).or_default() += 1;
    }
    counts
}

/// Best first; of equals, in the order of the library.
fn sorted(best: Best) -> Vec<Hit> {
    let mut hits: Vec<Hit> =
        best.into_iter().map(|(entry, (passage, score))| Hit { entry, passage, score }).collect();
    hits.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.entry.cmp(&other.entry)));
    hits
}
