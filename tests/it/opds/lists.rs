//! What feeds list, how they hang together, and that people and programs are told the same.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::feed::{ACQUISITION, Feed, json, json_link};
use crate::support::{
    html::tags,
    portal::{LANGS, school},
    school::School,
};

fn leads_somewhere(href: &str, media_type: &str, known: &mut BTreeSet<String>) {
    if href.starts_with("https://creativecommons.org/") || !known.insert(href.to_owned()) {
        return;
    }
    let reply = school().get(href);
    assert_eq!(reply.status, 200, "{href}");
    let essence = |text: &str| text.split(';').next().unwrap_or_default().to_owned();
    assert_eq!(essence(reply.header("content-type")), essence(media_type), "{href}");
}

/// Lists with two filters and more differ in nothing but their links.
fn simple(href: &str) -> bool {
    href.matches('&').count() <= 1
}

#[test]
fn every_link_of_every_feed_leads_to_what_it_says() {
    let mut known = BTreeSet::new();
    let mut queue = LANGS.map(|lang| format!("/opds?lang={lang}")).into_iter().collect::<VecDeque<_>>();
    let (mut feeds, mut entries) = (BTreeSet::from_iter(queue.clone()), 0);
    while let Some(path) = queue.pop_front() {
        let feed = Feed::of(school(), &path);
        assert_eq!(feed.one("self"), Some(path.as_str()));
        assert_eq!(feed.one("start"), Some(&*format!("/opds?lang={}", feed.lang)));
        for link in feed.links.iter().chain(feed.entries.iter().flat_map(|entry| &entry.links)) {
            let next = link.media_type.contains("profile=opds-catalog;kind=");
            if next && simple(&link.href) && feeds.insert(link.href.clone()) {
                queue.push_back(link.href.clone());
            } else if !next {
                leads_somewhere(&link.href, &link.media_type, &mut known);
            }
        }
        for entry in &feed.entries {
            let fetched = entry.links.iter().any(|link| link.rel == ACQUISITION);
            assert_eq!(fetched, feed.total.is_some(), "{path}: {}", entry.title);
        }
        entries += feed.entries.len();
    }
    assert!(feeds.len() > 100 && entries > 400, "{} feeds, {entries} entries", feeds.len());
}

#[test]
fn the_json_feeds_hold_what_the_atom_feeds_hold() {
    let mut known = BTreeSet::new();
    for query in ["", "&nivel=primaria", "&clase=plan-docente", "&clase=plan-docente&pagina=2", "&q=clave"] {
        let atom = Feed::of(school(), &format!("/opds/recursos?lang=qu{query}"));
        let feed = json(school(), &format!("/opds/v2/recursos?lang=qu{query}"));
        assert_eq!(feed["metadata"]["title"], *atom.title);
        assert_eq!(feed["metadata"]["numberOfItems"], atom.total.expect("a list"));
        let publications = feed["publications"].as_array().expect("publications");
        let ids = publications.iter().map(|each| each["metadata"]["identifier"].as_str().expect("an id"));
        assert_eq!(ids.collect::<Vec<_>>(), atom.ids(), "{query}");
        for (each, entry) in publications.iter().zip(&atom.entries) {
            assert_eq!(each["metadata"]["title"], *entry.title);
            let own = school().get(json_link(each, "self").expect("self"));
            assert_eq!(own.header("content-type"), "application/opds-publication+json");
            assert_eq!(serde_json::from_slice::<Value>(&own.body).expect("JSON"), *each);
        }
        for (rel, href) in ["first", "previous", "next", "last", "up"].map(|rel| (rel, atom.one(rel))) {
            let href = href.map(|href| href.replacen("/opds", "/opds/v2", 1));
            assert_eq!(json_link(&feed, rel), href.as_deref(), "{rel} of {query}");
        }
        for link in feed["links"].as_array().expect("links").iter().filter(|link| link["templated"] != true) {
            let get = |name: &str| link[name].as_str().expect("a text");
            leads_somewhere(get("href"), get("type"), &mut known);
        }
        let facets = feed["facets"].as_array().expect("facets").iter().flat_map(|group| {
            let title = group["metadata"]["title"].as_str().expect("a title");
            let links = group["links"].as_array().expect("links").iter();
            links.map(move |link| {
                let count = link["properties"]["numberOfItems"].as_u64().expect("a number");
                let label = link["title"].as_str().expect("a title").to_owned();
                (title.to_owned(), label, usize::try_from(count).expect("small"), link["rel"] == "self")
            })
        });
        let others = atom.links.iter().filter_map(|link| link.facet.clone());
        assert_eq!(facets.collect::<Vec<_>>(), others.collect::<Vec<_>>(), "{query}");
    }
    let nothing = json(school(), "/opds/v2/recursos?lang=es&query=xyzzyqq");
    assert_eq!(nothing["metadata"]["numberOfItems"], 0);
    assert!(nothing.get("publications").is_none(), "an empty collection is left out");
    assert_eq!(nothing["navigation"][0]["href"], "/opds/v2?lang=es");
}

#[test]
fn the_pages_of_a_list_are_walked_through_in_both_directions() {
    let start = "/opds/recursos?lang=es&clase=plan-docente";
    let mut pages = vec![Feed::of(school(), start)];
    while let Some(next) = pages.last().expect("a page").one("next").map(str::to_owned) {
        pages.push(Feed::of(school(), &next));
        assert!(pages.len() < 50, "it ends");
    }
    assert!(pages.len() > 1);
    let total = pages[0].total.expect("a list");
    let ids = pages.iter().flat_map(Feed::ids).collect::<Vec<_>>();
    assert_eq!((ids.len(), BTreeSet::from_iter(&ids).len()), (total, total));
    let last = pages.last().expect("a page");
    assert_eq!(last.one("last"), last.one("self"));
    assert_eq!(last.one("first"), Some(start));
    for pair in pages.windows(2) {
        assert_eq!(pair[1].one("previous"), pair[0].one("self"));
    }
    assert_eq!(pages[0].one("previous"), None);
    let beyond = Feed::of(school(), &format!("{start}&pagina=999"));
    assert_eq!((beyond.ids(), beyond.one("next")), (last.ids(), None));
}

/// Facet values with their numbers, as the form of the page for people offers them.
fn offered(school: &School, path: &str) -> Vec<(String, usize)> {
    let options = tags(&school.get(path).text()).into_iter().filter(|tag| tag.name == "option");
    let options = options.filter(|tag| tag.get("value").is_some_and(|value| !value.is_empty()));
    let labels = options.map(|tag| tag.text.trim().to_owned());
    labels
        .map(|label| {
            let (label, count) = label.rsplit_once(" (").expect("how many");
            (label.to_owned(), count.trim_end_matches(')').parse().expect("a number"))
        })
        .collect()
}

#[test]
fn facets_count_what_the_catalogue_counts_for_people() {
    for lang in LANGS {
        for query in
            ["", "nivel=primaria", "nivel=primaria&tema=convivencia", "clase=plan-docente", "idioma=qu"]
        {
            let feed = Feed::of(school(), &format!("/opds/recursos?lang={lang}&{query}"));
            let any = if lang == "es" { "Todos" } else { "Llapan" };
            let facets = feed.links.iter().filter_map(|link| link.facet.as_ref().map(|facet| (link, facet)));
            let (free, values): (Vec<_>, Vec<_>) = facets.partition(|(_, (_, title, ..))| title == any);
            let told = values.iter().map(|(_, (_, title, count, _))| (title.clone(), *count));
            let page =
                feed.links.iter().find(|link| link.media_type == "text/html").expect("a page for people");
            assert_eq!(told.collect::<Vec<_>>(), offered(school(), &page.href), "{lang} {query}");
            let chosen = query.split('&').filter(|part| !part.is_empty()).count();
            assert_eq!(values.iter().filter(|(_, facet)| facet.3).count(), chosen, "{query}");
            assert_eq!(free.len(), chosen, "each chosen value can be freed");
            for (link, (.., count, active)) in free.into_iter().chain(values) {
                assert_eq!(Feed::of(school(), &link.href).total, Some(*count), "{}", link.href);
                let here = link.href == feed.one("self").expect("self");
                assert!(here || !active, "{}", link.href);
            }
        }
    }
}

#[test]
fn a_search_finds_what_can_be_taken_whole_and_the_parts_only_by_their_kind() {
    let found = Feed::of(school(), "/opds/recursos?lang=es&q=plan");
    assert!(!found.entries.is_empty());
    for entry in &found.entries {
        let epub =
            |link: &super::feed::Link| link.rel == ACQUISITION && link.media_type == "application/epub+zip";
        assert!(entry.links.iter().any(epub), "{}", entry.title);
    }
    let parts = Feed::of(school(), "/opds/recursos?lang=es&q=plan&clase=plan-docente");
    assert!(!parts.entries.is_empty());
    for entry in &parts.entries {
        let page = |link: &super::feed::Link| link.rel == ACQUISITION && link.media_type == "text/html";
        assert!(entry.links.iter().any(page) && entry.title.ends_with(" · Plan docente"), "{}", entry.title);
    }
    for feed in [&found, &parts] {
        for link in feed.links.iter().filter(|link| link.facet.is_some()) {
            let count = link.facet.as_ref().map(|facet| facet.2);
            assert_eq!(Feed::of(school(), &link.href).total, count, "{}", link.href);
        }
    }
}
