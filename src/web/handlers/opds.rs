//! The catalogue for other programs: OPDS feeds of the lists that people see under the same filters, and the description
//! of the search. Every address in a feed names the language, so that a program that forgets what it was asked for
//! stays in it.

use http::{HeaderMap, header};
use jiff::civil::{Date, date};

use crate::{
    digest,
    domain::{lang::Lang, resource::Part},
    formats::opds::{self as format, Content, Description, Door, FacetGroup, FacetLink, Links, List},
    i18n::negotiate,
    search::{Entry, Facet, Filter, Search},
    web::{
        App,
        catalog_list::{Hits, Listing, PER_PAGE, choices, label, select, understood},
        catalog_query::{self, LANG, Query, TERMS, in_lang},
        error::Error,
        feed_entry,
        form::Form,
        frame::Ctx,
        origin,
        routes::{BROWSED, Feed, Opds, Page, Route},
        shelf::Shelf,
    },
};

/// The last change of a portal without any lesson: the day its program was begun.
const BEGUN: Date = date(2026, 11, 23);

/// What a request for a feed asks for.
pub(crate) struct Asked<'a> {
    ctx: &'a Ctx<'a>,
    publisher: String,
    version: Opds,
    feed: &'a Feed,
    query: Query,
}

/// The language a request asks for, by its query or its header, else the portal's; and whether its query does. A query that
/// names several was lengthened by a program, which means the last.
pub(crate) fn language(app: &App, shelf: &Shelf, query: &str, headers: &HeaderMap) -> (Lang, bool) {
    let langs = shelf.messages.langs();
    let form = Form::parse(query.as_bytes());
    let named = form.all(LANG).last().and_then(|tag| negotiate::from_accept_language(Some(tag), &langs));
    let wish = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok();
    let wished = || negotiate::from_accept_language(wish(), &langs);
    (named.or_else(wished).unwrap_or(app.choices().default_lang), named.is_some())
}

impl<'a> Asked<'a> {
    /// Reads what the query asks for. Fields and words that are none of ours are passed over.
    pub(crate) fn read(app: &App, ctx: &'a Ctx<'a>, version: Opds, feed: &'a Feed, query: &str) -> Self {
        let query = if *feed == Feed::List { Query::read(query) } else { Query::default() };
        let (filter, _) = understood(ctx, &query);
        let query = Query { page: query.page, ..query.with(filter) };
        let school = app.choices().school_name.to_string();
        let publisher = if school.is_empty() { ctx.text("portal-name", &[]) } else { school };
        Self { ctx, publisher, version, feed, query }
    }

    /// The words and filters, when it is a search: what must be looked for before the feed can be made.
    pub(crate) fn wanted(&self) -> Option<(String, Filter)> {
        (!self.query.words.is_empty()).then(|| (self.query.words.clone(), self.query.filter.clone()))
    }

    /// The one address of this feed.
    pub(crate) fn address(&self) -> String {
        self.href(self.feed.clone(), &self.query)
    }

    fn href(&self, feed: Feed, query: &Query) -> String {
        in_lang(self.ctx, &Route::Feed(self.version, feed), query)
    }

    /// Makes the feed; with its media type.
    pub(crate) fn answer(&self, search: Option<Search>) -> Result<(String, &'static str), Error> {
        let (content, updated, title) = match self.feed {
            Feed::Entry(lesson, part) => {
                let shelf = self.ctx.shelf;
                let mut known = shelf.library.resources().iter();
                let found = known.find(|resource| resource.lesson == *lesson && resource.part == *part);
                let found = match found {
                    Some(resource) => Some(Entry::Lesson(resource)),
                    None if *part == Part::Lesson => {
                        shelf.catalog.material(lesson.as_str()).map(|found| Entry::Material(Box::new(found)))
                    }
                    None => None,
                };
                let this = |feed| self.href(feed, &Query::default());
                let entry = found.and_then(|found| feed_entry::entry(self.ctx, &found, &this));
                let entry = entry.ok_or(Error::NotFound)?;
                return Ok(match self.version {
                    Opds::Atom => (format::atom_entry(&entry), format::ENTRY),
                    Opds::Json => (format::json_publication(&entry), format::PUBLICATION),
                });
            }
            Feed::Root => (Content::Doors(self.root()), self.newest(0..), self.publisher.clone()),
            Feed::Browse(facet) => {
                let title = self.ctx.text(&format!("catalog-facet-{}", facet.name()), &[]);
                (Content::Doors(self.values(*facet)), self.newest(0..), title)
            }
            Feed::List => {
                if search.as_ref().is_some_and(|search| search.failed) {
                    return Err(Error::Internal(anyhow::anyhow!("the texts cannot be searched")));
                }
                let hits = search.map(|search| Hits::whole(search, &self.ctx.shelf.library));
                let listing = Listing::new(self.ctx, &self.query, hits.as_ref());
                let updated = self.newest(listing.found.iter());
                (Content::List(self.list(&listing, hits.as_ref())), updated, self.title())
            }
        };
        let media_type = match (self.version, &content) {
            (Opds::Json, _) => format::JSON,
            (Opds::Atom, Content::Doors(_)) => format::NAVIGATION,
            (Opds::Atom, Content::List(_)) => format::ACQUISITION,
        };
        // The pages of a list are one feed, and so are its two versions.
        let id = in_lang(self.ctx, &Route::Feed(Opds::Atom, self.feed.clone()), &self.query.at(1));
        let feed = format::Feed {
            id: digest::urn(&id),
            title,
            lang: self.ctx.lang,
            updated,
            publisher: self.publisher.clone(),
            links: self.links(),
            content,
        };
        Ok(match self.version {
            Opds::Atom => (format::atom(&feed), media_type),
            Opds::Json => (format::json(&feed), media_type),
        })
    }

    fn links(&self) -> Links {
        let plain = Query::default();
        let start = self.href(Feed::Root, &plain);
        let other = if self.version == Opds::Atom { Opds::Json } else { Opds::Atom };
        Links {
            this: self.address(),
            up: (*self.feed != Feed::Root).then(|| start.clone()),
            start,
            search: match self.version {
                Opds::Atom => in_lang(self.ctx, &Route::OpenSearch, &plain),
                Opds::Json => format!("{}{TERMS}", self.href(Feed::List, &plain)),
            },
            twin: in_lang(self.ctx, &Route::Feed(other, self.feed.clone()), &self.query),
            page: match self.feed {
                Feed::Root => self.ctx.path(Page::Home),
                _ => self.query.path(self.ctx),
            },
        }
    }

    /// Doors to everything and to the facets.
    fn root(&self) -> Vec<Door> {
        let all = Filter::default();
        let mut doors = vec![self.door(self.ctx.text("home-all", &[]), &all)];
        for (facet, _) in BROWSED {
            let values = choices(self.ctx, &all, None, facet);
            let values = values.iter().map(|value| label(self.ctx, facet, &value.term)).collect::<Vec<_>>();
            if values.is_empty() {
                continue;
            }
            let href = self.href(Feed::Browse(facet), &Query::default());
            doors.push(Door {
                id: digest::urn(&href),
                title: self.ctx.text(&format!("catalog-facet-{}", facet.name()), &[]),
                summary: values.join(", "),
                href,
                count: None,
            });
        }
        doors
    }

    /// Doors to the lists by the values of a facet.
    fn values(&self, facet: Facet) -> Vec<Door> {
        let values = choices(self.ctx, &Filter::default(), None, facet).into_iter();
        values.map(|value| self.door(label(self.ctx, facet, &value.term), &value.next)).collect()
    }

    fn door(&self, title: String, filter: &Filter) -> Door {
        let count = select(self.ctx, filter, None).count();
        let href = self.href(Feed::List, &Query::default().with(filter.clone()));
        let summary = self.ctx.text("catalog-count", &[("count", count.into())]);
        Door { id: digest::urn(&href), title, summary, href, count: Some(count) }
    }

    fn list(&self, listing: &Listing, hits: Option<&Hits>) -> List {
        let library = &self.ctx.shelf.library;
        let page = |number: usize| self.href(Feed::List, &self.query.at(number));
        let this = |feed| self.href(feed, &Query::default());
        let entries = listing.shown.iter().filter_map(|(number, _)| {
            let found = self.ctx.shelf.catalog.entry(library, *number)?;
            feed_entry::entry(self.ctx, &found, &this)
        });
        List {
            total: listing.total,
            per_page: PER_PAGE,
            page: listing.page,
            first: page(1),
            previous: (listing.page > 1).then(|| page(listing.page - 1)),
            next: (listing.page < listing.last).then(|| page(listing.page + 1)),
            last: page(listing.last),
            entries: entries.collect(),
            facets: Facet::ALL.into_iter().filter_map(|facet| self.facet(facet, hits)).collect(),
        }
    }

    /// The values of a facet; when one is chosen, the way to free it stands before them.
    fn facet(&self, facet: Facet, hits: Option<&Hits>) -> Option<FacetGroup> {
        let filter = &self.query.filter;
        let href = |filter: &Filter| self.href(Feed::List, &self.query.with(filter.clone()));
        let free = filter.get(facet).map(|_| {
            let free = filter.with(facet, None);
            let count = select(self.ctx, &free, hits).count();
            FacetLink { title: self.ctx.text("catalog-any", &[]), href: href(&free), count, active: false }
        });
        let values = choices(self.ctx, filter, hits, facet).into_iter().map(|value| FacetLink {
            title: label(self.ctx, facet, &value.term),
            href: href(if value.chosen { filter } else { &value.next }),
            count: value.count,
            active: value.chosen,
        });
        let values = free.into_iter().chain(values).collect::<Vec<_>>();
        let title = self.ctx.text(&format!("catalog-facet-{}", facet.name()), &[]);
        (!values.is_empty()).then_some(FacetGroup { title, values })
    }

    fn title(&self) -> String {
        let words = self.query.words.as_str();
        let title = match words {
            "" => self.ctx.text("catalog-title", &[]),
            words => self.ctx.text("search-results", &[("words", words.into())]),
        };
        let chosen = self.query.filter.set().map(|(facet, value)| label(self.ctx, facet, value));
        std::iter::once(title).chain(chosen).collect::<Vec<_>>().join(" · ")
    }

    /// The last change of these resources; of any, when there are none.
    fn newest(&self, numbers: impl Iterator<Item = usize>) -> Date {
        let library = &self.ctx.shelf.library;
        let resources = numbers.map_while(|number| library.resources().get(number));
        let changed = resources.filter_map(|each| Some(library.lesson(each.lesson.as_str())?.meta.modified));
        let newest = changed
            .max()
            .max(self.ctx.shelf.catalog.newest_material())
            .or_else(|| library.lessons().map(|lesson| lesson.meta.modified).max());
        newest.unwrap_or(BEGUN)
    }
}

/// `/opensearch.xml`. Its templates are whole addresses, which browsers want; they begin with the name the reader knows us
/// by.
pub(crate) fn description(ctx: &Ctx<'_>, headers: &HeaderMap) -> String {
    let base = origin::of(headers);
    let template = |path: &str| format!("{base}{}", catalog_query::template(path));
    let list = |version| in_lang(ctx, &Route::Feed(version, Feed::List), &Query::default());
    format::opensearch(&Description {
        name: ctx.text("portal-name", &[]),
        about: ctx.text("frame-footer", &[]),
        lang: ctx.lang,
        icon: format!("{base}{}", Route::Favicon.path()),
        page: template(&ctx.path(Page::Catalog)),
        atom: template(&list(Opds::Atom)),
        json: template(&list(Opds::Json)),
    })
}
