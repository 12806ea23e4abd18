//! The catalogue as people use it: by links alone, by its form, in both languages. Every number shown is counted anew.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::OnceLock,
};

use amauta::{
    domain::{lesson::Lesson, resource::Part},
    web::{Settings, shelf::Folders},
};

use crate::support::{
    browser::Browser,
    html::{tags, unescape},
    lessons::{Written, collapse},
    portal::{LANGS, school},
    school::School,
};

/// Fields of the form, in the order of the page.
const FIELDS: [&str; 7] = ["nivel", "grado", "area", "tema", "clase", "idioma", "duracion"];

/// What a page of the catalogue shows.
#[derive(Debug, Default)]
struct List {
    /// The number it says.
    total: usize,
    /// Where its results lead, with the language their title is marked with.
    results: Vec<(String, Option<String>)>,
    /// Values to choose: address and the number they promise.
    offers: Vec<(String, usize)>,
    /// Filters to take away.
    chosen: Vec<String>,
    /// What to loosen: address and the number it promises (none for taking all away).
    loosen: Vec<(String, Option<usize>)>,
    /// Links to the pages of the list.
    pages: Vec<String>,
}

fn number_in(text: &str) -> Option<usize> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|piece| !piece.is_empty())?;
    digits.parse().ok()
}

/// Links inside a piece of HTML: address and words.
fn links(html: &str) -> Vec<(String, String)> {
    let pieces = html.split("<a ").skip(1).map(|piece| piece.split("</a>").next().unwrap_or_default());
    pieces
        .map(|piece| {
            let tag = tags(&format!("<a {piece}"));
            let words = tag.iter().map(|tag| tag.text.as_str()).collect::<String>();
            (tag[0].get("href").expect("a link leads somewhere").to_owned(), collapse(&words))
        })
        .collect()
}

impl List {
    fn read(html: &str) -> Self {
        let main = html.split_once("id=\"resultados\"").expect("a list").1;
        let main = main.split("class=\"foot\"").next().unwrap_or_default();
        let (results, browse) = main.rsplit_once("<h2>").expect("what to browse by");
        let mut list = Self {
            total: number_in(&main[main.find("<strong>").expect("a number")..]).expect("a number"),
            ..Self::default()
        };
        for item in results.split("<li class=\"result\">").skip(1) {
            let link = tags(item)
                .into_iter()
                .find(|tag| tag.name == "a" && !tag.closing)
                .expect("a result leads somewhere");
            list.results.push((
                link.get("href").expect("an address").to_owned(),
                link.get("lang").map(str::to_owned),
            ));
        }
        for (href, words) in links(browse) {
            let (_, count) = words.rsplit_once('(').expect("an offer says how many");
            list.offers.push((href, number_in(count).expect("a number")));
        }
        let chips = |name: &str| {
            let piece = results.split("<p class=\"chips\"").skip(1).find(|piece| piece.starts_with(name));
            piece.and_then(|piece| piece.split("</p>").next()).map(links).unwrap_or_default()
        };
        list.chosen = chips(">").into_iter().map(|(href, _)| href).collect();
        list.pages = chips(" role").into_iter().map(|(href, _)| href).collect();
        if let Some((_, empty)) = results.split_once("class=\"box clear\"") {
            list.loosen = links(empty)
                .into_iter()
                .map(|(href, words)| (href, words.rsplit_once("»:").and_then(|(_, count)| number_in(count))))
                .collect();
        }
        list
    }

    fn of(school: &School, path: &str) -> Self {
        let reply = school.get(path);
        assert_eq!(reply.status, 200, "{path}");
        Self::read(&reply.text())
    }
}

/// Everything a list holds, page after page.
fn whole(school: &School, path: &str) -> Vec<String> {
    let first = List::of(school, path);
    let mut all = first.results;
    for page in &first.pages {
        all.extend(List::of(school, page).results);
    }
    all.into_iter().map(|(href, _)| href).collect()
}

fn query(path: &str) -> BTreeMap<String, String> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// What a list must hold, read off the library alone.
fn expected(school: &School, path: &str) -> BTreeSet<String> {
    let shelf = school.app.shelf();
    let lang = &path[1..3];
    let asked = query(path);
    let has = |words: &[amauta::domain::id::Slug], field: &str| {
        asked.get(field).is_none_or(|wanted| words.iter().any(|word| word.as_str() == wanted))
    };
    let fits = |lesson: &Lesson| {
        let meta = &lesson.meta;
        has(&meta.levels, "nivel")
            && has(&meta.grades, "grado")
            && has(&meta.areas, "area")
            && has(&meta.themes, "tema")
            && asked.get("duracion").is_none_or(|wanted| {
                let most = wanted.strip_prefix("hasta-").and_then(|minutes| minutes.parse().ok());
                most.is_some_and(|most: u32| meta.duration <= most)
            })
    };
    let address = |lesson: &str, part: Part| {
        let part = match part {
            Part::Lesson => "",
            Part::Plan => "/plan",
            Part::Family => "/familia",
            Part::Unplugged => "/sin-conexion",
            Part::Cards => "/fichas",
            Part::Boosters => "/repaso",
            Part::Key => "/clave",
            Part::FormA => "/forma-a",
            Part::FormB => "/forma-b",
            Part::Tally => "/conteo",
        };
        format!("/{lang}/lecciones/{lesson}{part}")
    };
    let resources = shelf.library.resources().iter();
    resources
        .filter(|resource| fits(shelf.library.lesson(resource.lesson.as_str()).expect("its lesson")))
        .filter(|resource| match asked.get("clase") {
            Some(kind) => resource.kind.as_str() == kind,
            None => resource.part == Part::Lesson,
        })
        .filter(|resource| {
            let spoken = |wanted: &String| resource.langs.iter().any(|lang| lang.as_str() == wanted);
            asked.get("idioma").is_none_or(spoken)
        })
        .map(|resource| address(resource.lesson.as_str(), resource.part))
        .collect()
}

/// A school with many lessons more, of all levels; some without Quechua, some for two levels at once.
fn big() -> &'static School {
    static BIG: OnceLock<(tempfile::TempDir, School)> = OnceLock::new();
    let (_, school) = BIG.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let areas = ["tutoria", "comunicacion", "matematica"];
        let themes = ["acceso", "fraude", "convivencia", "empleo"];
        let kinds = ["leccion", "cuento", "juego-decision"];
        for number in 0..26 {
            let (levels, grades) = match number % 5 {
                0 => (vec!["primaria"], vec!["p1", "p2"]),
                1 => (vec!["secundaria"], vec!["s1", "s5"]),
                2 => (vec!["primaria", "secundaria"], vec!["p6", "s1"]),
                3 => (vec!["inicial"], vec!["i5"]),
                _ => (vec!["docente", "familia"], vec![]),
            };
            let lesson = Written {
                id: format!("inventada-{number}"),
                kind: kinds[number % kinds.len()],
                levels,
                grades,
                areas: vec![if number % 5 == 3 { "comunicacion" } else { areas[number % areas.len()] }],
                themes: vec![themes[number % themes.len()]],
                quechua: number % 2 == 0,
                ..Written::default()
            };
            lesson.write(folder.path());
        }
        let folders = Folders { content: Some(folder.path().to_owned()), data: None };
        let school = School::with(Settings { folders, ..Settings::default() });
        let written = school
            .app
            .shelf()
            .library
            .lessons()
            .filter(|l| l.id().as_str().starts_with("inventada-"))
            .count();
        assert_eq!(written, 26, "{:#?}", school.app.shelf().problems);
        (folder, school)
    });
    school
}

/// Walks the catalogue by links, up to so many filters, and measures every list on the way.
fn walk(school: &School, lang: &str, most_filters: usize) -> usize {
    let start = format!("/{lang}/recursos");
    let mut promised: BTreeMap<String, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    let mut seen = BTreeSet::new();
    while let Some(path) = queue.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let list = List::of(school, &path);
        let expected = expected(school, &path);
        let all = whole(school, &path);
        assert_eq!(list.total, expected.len(), "{path} says a wrong number");
        assert_eq!(all.len(), list.total, "{path} holds other than it says");
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), expected, "{path} lists what is not asked for");
        if let Some(count) = promised.get(&path) {
            assert_eq!(list.total, *count, "{path} was promised with another number");
        }
        assert_eq!(list.chosen.len(), query(&path).len(), "{path} does not offer to take each filter away");
        for (href, count) in list.offers {
            assert!(count > 0, "{path} offers {href}, where nothing is");
            if let Some(other) = promised.insert(href.clone(), count) {
                assert_eq!(other, count, "{href} is promised with two numbers");
            }
            if query(&href).len() <= most_filters {
                queue.push_back(href);
            } else {
                assert_eq!(expected_len(school, &href), count, "{path} promises a wrong number for {href}");
            }
        }
        queue.extend(list.chosen);
    }
    seen.len()
}

fn expected_len(school: &School, path: &str) -> usize {
    expected(school, path).len()
}

#[test]
fn one_filter_after_another_leads_by_links_to_exactly_what_was_promised() {
    for lang in LANGS {
        assert!(walk(school(), lang, 1) > 30);
    }
}

#[test]
fn counts_hold_in_a_larger_school_with_lessons_for_two_levels() {
    assert!(walk(big(), "es", 2) > 200);
    assert!(walk(big(), "qu", 1) > 30);
}

#[test]
fn all_five_filters_together_find_each_lesson_and_nothing_else() {
    let school = big();
    let shelf = school.app.shelf();
    for lesson in shelf.library.lessons() {
        let meta = &lesson.meta;
        let grade = meta.grades.first().map(|grade| format!("&grado={grade}")).unwrap_or_default();
        let level = meta.grades.first().map_or(&meta.levels[0], |grade| {
            let term = shelf.library.vocabulary().grades.iter().find(|term| term.id == *grade);
            &term.expect("a known grade").level
        });
        let path = format!(
            "/es/recursos?nivel={level}{grade}&area={}&tema={}&clase={}",
            meta.areas[0], meta.themes[0], meta.kind
        );
        let found = whole(school, &path);
        assert!(
            found.contains(&format!("/es/lecciones/{}", lesson.id())),
            "{path} lost its lesson: {found:?}"
        );
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected(school, &path), "{path}");
    }
}

#[test]
fn the_grid_of_grades_and_areas_leads_to_exactly_what_it_counts_and_hides_nothing() {
    for (school, lang) in [(school(), "es"), (school(), "qu"), (big(), "es"), (big(), "qu")] {
        let shelf = school.app.shelf();
        let vocabulary = shelf.library.vocabulary();
        for level in vocabulary.levels.iter().filter(|level| level.school) {
            let path = format!("/{lang}/niveles/{}", level.id);
            let html = school.get(&path).text();
            let mut cells = BTreeMap::new();
            for tag in tags(&html).iter().filter(|tag| tag.name == "a" && tag.get("title").is_some()) {
                let title = tag.get("title").expect("a title");
                let promised = number_in(title.rsplit_once(": ").expect("a number").1).expect("a number");
                cells.insert(tag.get("href").expect("an address").to_owned(), promised);
            }
            for (href, promised) in &cells {
                let found = whole(school, href);
                assert_eq!(found.len(), *promised, "{path}: {href}");
                assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected(school, href), "{href}");
            }
            let grades = vocabulary.grades.iter().filter(|grade| grade.level == level.id);
            for grade in grades {
                for area in vocabulary.areas.iter().filter(|area| area.levels.contains(&level.id)) {
                    let href =
                        format!("/{lang}/recursos?nivel={}&grado={}&area={}", level.id, grade.id, area.id);
                    assert_eq!(cells.contains_key(&href), expected_len(school, &href) > 0, "{path}: {href}");
                }
            }
        }
    }
}

#[test]
fn the_form_finds_what_the_links_find() {
    let school = big();
    let mut browser = Browser::open(school, "/es/recursos");
    let form = browser.forms().into_iter().find(|form| form.method == "get").expect("the form of filters");
    assert_eq!(
        form.offered.iter().filter(|(_, value)| value.is_empty()).count(),
        FIELDS.len(),
        "each can be «all»"
    );
    let untouched = FIELDS.map(|field| (field, ""));
    browser.send(&form, &untouched);
    assert_eq!(List::read(&browser.html()).total, List::of(school, "/es/recursos").total);
    for (field, value) in form.offered.iter().filter(|(_, value)| !value.is_empty()) {
        let mut filled = untouched.to_vec();
        filled.retain(|(known, _)| known != field);
        filled.push((field, value));
        let found = Browser::open(school, "/es/recursos").send(&form, &filled).html();
        let by_link = format!("/es/recursos?{field}={value}");
        assert_eq!(List::read(&found).total, expected_len(school, &by_link), "{by_link}");
        assert!(List::read(&found).total > 0, "the form offers {by_link}, where nothing is");
        let again = Browser::open(school, &by_link).forms();
        let kept = &again.iter().find(|form| form.method == "get").expect("the form").fields;
        assert!(kept.contains(&(field.clone(), value.clone())), "the form forgets {by_link}");
    }
}

#[test]
fn a_new_level_in_the_form_frees_the_grade_chosen_before() {
    let mut browser = Browser::open(big(), "/es/recursos?nivel=primaria&grado=p1");
    let form = browser.forms().into_iter().find(|form| form.method == "get").expect("the form of filters");
    let html = browser.html();
    let option = html.split("<option value=\"secundaria\">").nth(1).expect("the other level is offered");
    let promised = number_in(option.split("</option>").next().expect("its words"));
    let list = List::read(&browser.send(&form, &[("nivel", "secundaria")]).html());
    assert_eq!(Some(list.total), promised);
    assert_eq!(list.total, expected_len(big(), "/es/recursos?nivel=secundaria"));
}

#[test]
fn an_empty_list_says_what_to_loosen_and_each_suggestion_finds_something() {
    let school = big();
    let shelf = school.app.shelf();
    let vocabulary = shelf.library.vocabulary();
    let mut empty = 0;
    for grade in &vocabulary.grades {
        for theme in &vocabulary.themes {
            let path = format!("/es/recursos?nivel={}&grado={}&tema={theme}", grade.level, grade.id);
            let list = List::of(school, &path);
            if list.total > 0 {
                assert_eq!(list.loosen, [], "{path}");
                continue;
            }
            empty += 1;
            assert!(!list.loosen.is_empty(), "{path} leaves the reader alone");
            for (href, promised) in list.loosen {
                let found = List::of(school, &href).total;
                assert!(found > 0, "{path} suggests {href}, where nothing is");
                assert_eq!(promised.unwrap_or(found), found, "{path} promises a wrong number for {href}");
            }
        }
    }
    assert!(empty > 20, "only {empty} lists were empty");
}

/// What people and machines type into addresses.
fn odd_values() -> Vec<String> {
    let mut odd = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE lessons; --",
        "primaria OR 1=1",
        "NEAR(\"a\" \"b\")",
        "acceso*",
        "-acceso",
        "ACCESO",
        "acceso fraude",
        "ñandú 🦙 \u{202e}\u{0}\u{feff}",
        "{{ 7*7 }}",
        "{ $value }",
        "%s%n%x",
        "../../etc/passwd",
        "no-existe",
        "a",
        "\t\r\n",
    ]
    .map(str::to_owned)
    .to_vec();
    odd.push("a".repeat(60));
    odd.push("a".repeat(4000));
    odd.push("🦙".repeat(500));
    odd
}

#[test]
fn odd_values_are_named_back_safely_and_the_list_stays_useful() {
    let school = school();
    let all = List::of(school, "/es/recursos").total;
    for value in odd_values() {
        for field in FIELDS {
            let encoded = form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
            let path = format!("/es/recursos?{field}={encoded}");
            let reply = school.get(&path);
            assert_eq!(reply.status, 200, "{path}");
            let html = reply.text();
            assert!(!html.contains("<script") && !html.contains("<img src=x"), "{path} is not escaped");
            assert!(html.len() < 30 * 1024, "{path} makes a page of {} bytes", html.len());
            assert!(!html.contains(&"a".repeat(100)), "{path} comes back at full length");
            let list = List::read(&html);
            assert_eq!(list.total, all, "{path}: what no filter knows must filter nothing");
            let shown = value.trim().chars().take(8).collect::<String>();
            let named = tags(&html).iter().any(|tag| tag.text.contains('«') && tag.text.contains(&shown));
            assert!(named || shown.is_empty(), "{path} does not say what it did not understand");
            let twin =
                tags(&html).into_iter().find(|tag| tag.get("hreflang") == Some("qu")).expect("the twin");
            let twin = school.get(twin.get("href").expect("an address"));
            assert_eq!(twin.status, 200, "{path}");
            assert!(
                shown.is_empty() || unescape(&twin.text()).contains(&shown),
                "{path}: its twin knows less"
            );
        }
    }
}

#[test]
fn an_odd_value_beside_a_good_one_takes_nothing_from_it() {
    let school = school();
    for (good, odd) in [
        ("clase=plan-docente", "area=%3Cb%3E"),
        ("tema=acceso", "clase=x"),
        ("nivel=primaria", "tema=no-existe"),
    ] {
        let alone = List::of(school, &format!("/es/recursos?{good}")).total;
        for path in [format!("/es/recursos?{good}&{odd}"), format!("/es/recursos?{odd}&{good}")] {
            let html = school.get(&path).text();
            let list = List::read(&html);
            assert_eq!(list.total, alone, "{path}");
            assert_eq!(list.chosen.len(), 1, "{path}");
            assert!(html.contains('«'), "{path} passes over what it does not know");
        }
    }
}

#[test]
fn queries_that_make_no_sense_show_the_list() {
    let school = school();
    let all = List::of(school, "/es/recursos").total;
    for query in [
        "%",
        "%%%",
        "%zz=%zz",
        "&&&&",
        "====",
        "a=b&c=d",
        "nivel",
        "nivel=",
        "nivel=%20",
        "=primaria",
        "nivel[]=primaria",
        "pagina=0",
        "pagina=-1",
        "pagina=abc",
        "pagina=99999999999999999999999",
        "pagina=1&pagina=2",
        "nivel=%ff%fe",
        "nivel=%00",
        ";;",
        "?",
        "nivel=%F0%9F",
    ] {
        let path = format!("/es/recursos?{query}");
        let reply = school.get(&path);
        assert_eq!((reply.status.as_u16(), List::read(&reply.text()).total), (200, all), "{path}");
    }
    assert_eq!(school.get(&format!("/es/recursos?tema={}", "a".repeat(10_000))).status, 414);
    let many = (0..2000).map(|_| "a=b").collect::<Vec<_>>().join("&");
    assert_eq!(school.get(&format!("/es/recursos?{many}")).status, 200);
}

#[test]
fn a_value_given_twice_counts_once() {
    let list = List::of(school(), "/es/recursos?nivel=primaria&nivel=secundaria");
    assert_eq!(list.total, expected_len(school(), "/es/recursos?nivel=primaria"));
    assert_eq!(list.chosen.len(), 1);
}

#[test]
fn a_long_list_comes_in_pages_that_together_hold_everything_once() {
    let school = big();
    let first = List::of(school, "/es/recursos");
    assert_eq!((first.results.len(), first.pages.len() + 1), (12, first.total.div_ceil(12)));
    let last = format!("/es/recursos?pagina={}", first.total.div_ceil(12));
    assert_eq!(first.pages.last(), Some(&last));
    assert_eq!(
        List::of(school, "/es/recursos?pagina=900").results.len(),
        List::of(school, &last).results.len(),
        "what lies beyond the last page is the last page"
    );
    let filtered = List::of(school, "/es/recursos?clase=plan-docente");
    assert!(
        filtered.pages.iter().all(|page| page.contains("clase=plan-docente&pagina=")),
        "{:?}",
        filtered.pages
    );
    for page in &filtered.pages {
        assert_eq!(List::of(school, page).total, filtered.total);
    }
}

#[test]
fn no_list_loses_a_lesson_that_has_no_quechua() {
    let school = big();
    let quechua = |path: &str| path.replacen("/es/", "/qu/", 1);
    let mut lists = vec!["/es/recursos".to_owned()];
    for field in ["nivel", "grado", "area", "tema", "clase"] {
        let browse = List::of(school, "/es/recursos").offers;
        lists.extend(browse.into_iter().map(|(href, _)| href).filter(|href| href.contains(field)));
    }
    for path in lists {
        let ours = whole(school, &path).iter().map(|href| quechua(href)).collect::<Vec<_>>();
        assert_eq!(whole(school, &quechua(&path)), ours, "{path}");
    }
    for page in ["/es/docentes", "/es/familias", "/es/niveles/primaria"] {
        let hrefs = |path: &str| {
            let links = links(&school.get(path).text()).into_iter().map(|(href, _)| quechua(&href));
            links
                .filter(|href| href.contains("/lecciones/") || href.contains("/recursos?"))
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(hrefs(page), hrefs(&quechua(page)), "{page}");
    }
}

#[test]
fn a_lesson_without_quechua_is_labelled_in_the_quechua_list_and_shown_in_spanish() {
    let school = big();
    let label = school
        .app
        .shelf()
        .messages
        .text(amauta::domain::lang::Lang::QU, "lesson-only-in-es", &[])
        .into_owned();
    let mut all = List::of(school, "/qu/recursos");
    for page in all.pages.clone() {
        all.results.extend(List::of(school, &page).results);
    }
    let marked = |id: &str| {
        let href = format!("/qu/lecciones/{id}");
        let (_, lang) = all.results.iter().find(|(known, _)| *known == href).expect("it is listed");
        lang.clone()
    };
    assert_eq!((marked("inventada-1").as_deref(), marked("inventada-2")), (Some("es"), None));
    let list = school.get("/qu/recursos?tema=fraude").text();
    let item = list
        .split("<li class=\"result\">")
        .find(|item| item.contains("/qu/lecciones/inventada-1\""))
        .expect("it is listed");
    assert!(item.contains(&label) && item.contains("<p lang=\"es\">"), "{item}");
    let overview = school.get("/qu/lecciones/inventada-1").text();
    assert!(overview.contains(&label), "{overview}");
    for (path, words) in [
        ("/qu/lecciones/inventada-1/1", "Texto de inventada-1 en es."),
        ("/qu/lecciones/inventada-1/plan", "El plan en es."),
        ("/qu/lecciones/inventada-1/familia", "La hoja en es."),
    ] {
        let html = school.get(path).text();
        assert!(html.contains(words) && html.contains(&label), "{path}: {html}");
        let before = html.split(words).next().expect("what stands before");
        let opened = before.rsplit("<div lang=\"es\">").next().expect("an element");
        assert!(
            before.contains("<div lang=\"es\">") && !opened.contains("</div></div></div>"),
            "{path} marks no language"
        );
    }
    assert!(school.get("/qu/lecciones/inventada-2/1").text().contains("Texto de inventada-2 en qu."));
}
