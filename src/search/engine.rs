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

/// The words of a search in every form under which they are found.
#[derive(Debug)]
pub struct Sought(Vec<Group>);

/// Searches one catalogue.
#[derive(Debug)]
pub struct Engine {
    db: Arc<LibraryDb>,
    speller: Speller,
    /// For each passage, its owner and how many passages that has.
    owners: Vec<(Owner, u32)>,
}

/// The best passage of each entry so far.
type Best = BTreeMap<u32, (u32, f64)>;

impl Engine {
    /// An engine for this catalogue. Keeps eight bytes for each passage.
    pub fn new(db: Arc<LibraryDb>) -> Result<Self, ReadError> {
        let owners = db.owners()?;
        let sizes = count(owners.iter().copied());
        let sized = |owner| (owner, sizes.get(&owner).copied().unwrap_or(1));
        Ok(Self { db, speller: Speller::embedded(), owners: owners.into_iter().map(sized).collect() })
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

    /// What [`Engine::snippet`] marks of a text that was searched.
    pub fn sought(&self, text: &str) -> Sought {
        Sought(self.groups(&self.speller.query(text), true))
    }

    /// The part of a passage that shows best why it was found; `None` for a passage that does not exist.
    pub fn snippet(&self, passage: u32, sought: &Sought) -> Result<Option<Snippet>, ReadError> {
        let stored = self.db.passage(passage)?;
        Ok(stored.map(|stored| snippet::cut(&self.speller, &stored, &sought.0)))
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
        let mut wide = plain.clone();
        for (group, word) in wide.iter_mut().zip(&query.words) {
            let wider = self.speller.wider(word);
            // Most are words that nobody wrote. Without them the whole index need not be weighed a second time.
            if self.db.has(&wider)? {
                group.extend(wider);
            }
        }
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
        let several =
            passages.iter().filter_map(|(passage, _)| owner(*passage)).filter(|(_, size)| *size > 1);
        let with = count(several.map(|(owner, _)| owner));
        for (passage, score) in passages {
            let Some((owner, size)) = owner(passage) else { continue };
            let own = if owner.is_quechua() == is_quechua(lang) { OWN_LANGUAGE } else { 1.0 };
            let with = if size > 1 { with.get(&owner) } else { None };
            let share = with.map_or(1.0, |with| f64::from(*with) / f64::from(size));
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
                if let Some((owner, _)) = self.owners.get(passage as usize) {
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
    // Passages come nearly in the order of their owners: to sort them costs less than to look for each in a map.
    let mut owners = owners.collect::<Vec<_>>();
    owners.sort_unstable();
    let runs = owners.chunk_by(|one, other| one == other);
    runs.filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).ok()?))).collect()
}

/// Best first; of equals, in the order of the library.
fn sorted(best: Best) -> Vec<Hit> {
    let mut hits: Vec<Hit> =
        best.into_iter().map(|(entry, (passage, score))| Hit { entry, passage, score }).collect();
    hits.sort_unstable_by(|one, other| other.score.total_cmp(&one.score).then(one.entry.cmp(&other.entry)));
    hits
}
