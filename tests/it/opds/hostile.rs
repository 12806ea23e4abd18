//! Feeds of whatever a school or a stranger may have written stay feeds.

use amauta::{
    domain::lang::Lang,
    formats::opds::{
        Acquisition, Category, Content, Door, Entry, FacetGroup, FacetLink, Feed, Image, Links, List, atom,
        atom_entry, json, json_publication,
    },
};
use proptest::prelude::*;

use super::feed;
use crate::support::portal::school;

fn entry(text: &str) -> Entry {
    let own = || text.to_owned();
    Entry {
        id: own(),
        title: own(),
        summary: own(),
        lang: Lang::QU,
        langs: vec![Lang::QU, Lang::ES],
        updated: "2026-11-25".parse().expect("a day"),
        issued: Some("2026-11-23".parse().expect("a day")),
        authors: vec![own()],
        contributors: vec![own()],
        publisher: Some(own()),
        categories: vec![Category { scheme: own(), term: own(), label: own() }],
        rights: own(),
        licence: None,
        image: Some(Image { href: own(), media_type: "image/png", size: (480, 300) }),
        this: own(),
        page: own(),
        files: vec![Acquisition { href: own(), media_type: own().into(), bytes: Some(u64::MAX) }],
    }
}

fn whole(text: &str, doors: bool) -> Feed {
    let own = || text.to_owned();
    let value = |active| FacetLink { title: own(), href: own(), count: usize::MAX, active };
    let list = List {
        total: usize::MAX,
        per_page: 12,
        page: 1,
        first: own(),
        previous: Some(own()),
        next: Some(own()),
        last: own(),
        facets: vec![FacetGroup { title: own(), values: vec![value(true), value(false)] }],
        entries: vec![entry(text)],
    };
    let door = Door { id: own(), title: own(), summary: own(), href: own(), count: Some(1) };
    Feed {
        id: own(),
        title: own(),
        lang: Lang::ES,
        updated: "2026-11-25".parse().expect("a day"),
        publisher: own(),
        links: Links { this: own(), start: own(), up: Some(own()), search: own(), twin: own(), page: own() },
        content: if doors { Content::Doors(vec![door]) } else { Content::List(list) },
    }
}

/// What XML 1.0 can hold of a text.
fn holdable(text: &str) -> String {
    let allowed = |c: &char| !matches!(c, '\u{fffe}' | '\u{ffff}') && (*c >= ' ' || matches!(c, '\n' | '\t'));
    text.chars().filter(allowed).collect()
}

proptest! {
    #[test]
    fn any_text_comes_back_from_both_versions(text in any::<String>(), doors in any::<bool>()) {
        let feed = whole(&text, doors);
        let read = feed::Feed::read(&atom(&feed));
        prop_assert_eq!(&read.title, &holdable(&text));
        prop_assert_eq!(&read.entries[0].title, &holdable(&text));
        let read: serde_json::Value = serde_json::from_str(&json(&feed)).expect("JSON");
        prop_assert_eq!(&read["metadata"]["title"], &text);
        let entry = entry(&text);
        prop_assert_eq!(feed::Feed::read(&atom_entry(&entry)).title, holdable(&text));
        let read: serde_json::Value = serde_json::from_str(&json_publication(&entry)).expect("JSON");
        prop_assert_eq!(&read["metadata"]["title"], &text);
    }

    #[test]
    fn any_search_gets_a_feed(words in "[^\u{0}-\u{1f}]{0,40}") {
        let words = form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
        let read = feed::Feed::of(school(), &format!("/opds/recursos?lang=es&q={words}"));
        prop_assert!(read.total.is_some());
    }
}
