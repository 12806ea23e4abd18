//! A submission: what a teacher made at this school, from the draft to what colleagues and pupils see, and who may take it
//! from one state to the next. How it is kept is `store`'s work.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::{
    id::Slug,
    lang::{Lang, Localized},
    resource::BasedOn,
};

/// What was made, which decides the form it is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Genre {
    /// Files brought from elsewhere.
    File,
    /// A text in Markdown.
    Article,
    /// A lesson plan, in Markdown.
    Plan,
    /// Questions, in GIFT.
    Quiz,
    /// A story with choices, in Twee 3.
    Story,
}

impl Genre {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::File, Self::Article, Self::Plan, Self::Quiz, Self::Story];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Article => "article",
            Self::Plan => "plan",
            Self::Quiz => "quiz",
            Self::Story => "story",
        }
    }

    /// The genre of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|genre| genre.word() == word)
    }

    /// What sort of resource it becomes; files have their own.
    pub fn kind(self) -> Option<&'static str> {
        match self {
            Self::File => None,
            Self::Article => Some("articulo"),
            Self::Plan => Some("plan-docente"),
            Self::Quiz => Some("cuestionario"),
            Self::Story => Some("cuento"),
        }
    }

    /// Whether it becomes a lesson, with screens; the others become materials.
    pub fn is_lesson(self) -> bool {
        matches!(self, Self::Quiz | Self::Story)
    }
}

/// Where a submission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Its author writes.
    Draft,
    /// It waits for a coordinator.
    InReview,
    /// A coordinator gave it back with a comment.
    Returned,
    /// Everybody sees its newest version.
    Published,
    /// It was published; nobody but its author and coordinators sees it.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Draft, Self::InReview, Self::Returned, Self::Published, Self::Withdrawn];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Returned => "returned",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What takes a submission from one state to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Its author is done.
    Submit,
    /// A coordinator lets it be seen.
    Publish,
    /// A coordinator gives it back with a comment.
    Return,
    /// It is taken back.
    Withdraw,
    /// What was withdrawn is shown again.
    Restore,
}

impl Step {
    /// All of them, in the order people see them.
    pub const ALL: [Self; 5] = [Self::Submit, Self::Publish, Self::Return, Self::Withdraw, Self::Restore];
}

/// Who looks at a submission before it is seen; the school chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Policy {
    /// Nobody: what a teacher publishes is seen at once.
    #[default]
    AtOnce,
    /// A coordinator.
    ByCoordinator,
}

/// What somebody is to a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Standing {
    /// Whether it is theirs.
    pub owner: bool,
    /// Whether they review what others submit.
    pub reviewer: bool,
}

impl Standing {
    /// Whether they may see it before it is published, and change it.
    pub fn may_edit(self) -> bool {
        self.owner || self.reviewer
    }
}

/// Where a step leads; `None` when this person may not take it from there. `served` says whether an earlier version is
/// being shown.
pub fn after(state: State, step: Step, who: Standing, policy: Policy, served: bool) -> Option<State> {
    let alone = who.reviewer || (who.owner && policy == Policy::AtOnce);
    match (step, state) {
        (Step::Submit, State::Draft | State::Returned) if who.owner && !alone => Some(State::InReview),
        (Step::Publish, State::Draft | State::Returned) if who.owner && alone => Some(State::Published),
        (Step::Publish, State::InReview) if who.reviewer => Some(State::Published),
        (Step::Return, State::InReview) if who.reviewer => Some(State::Returned),
        // Taken back before anybody has looked at it.
        (Step::Withdraw, State::InReview) if who.owner && !served => Some(State::Draft),
        (Step::Withdraw, State::Published) if who.may_edit() => Some(State::Withdrawn),
        (Step::Withdraw, _) if who.may_edit() && served => Some(State::Withdrawn),
        (Step::Restore, State::Withdrawn) if alone => Some(State::Published),
        (Step::Restore, State::Withdrawn) if who.owner => Some(State::InReview),
        _ => None,
    }
}

/// What a version says, as its author wrote it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Work {
    /// Title, by language; one at least.
    pub title: Localized<String>,
    /// What it is about, by language.
    pub summary: Localized<String>,
    /// The text, by language; none for files.
    pub body: Localized<String>,
    /// Sort of resource, of files.
    pub kind: Option<Slug>,
    /// Levels of schooling.
    pub levels: Vec<Slug>,
    /// School years.
    pub grades: Vec<Slug>,
    /// Curricular areas.
    pub areas: Vec<Slug>,
    /// Safety topics; may be none.
    pub themes: Vec<Slug>,
    /// Whom it is for.
    pub audience: Vec<Slug>,
    /// Minutes of class.
    pub duration: u32,
    /// Way of working.
    pub mode: Option<Slug>,
    /// Licence, as SPDX writes it.
    pub licence: String,
    /// Names of who made it, as shown.
    pub authors: Vec<String>,
    /// What helps those who see or read otherwise.
    pub accessibility: Vec<Slug>,
    /// What pupils can do afterwards.
    pub objectives: Vec<String>,
    /// Languages of files.
    pub langs: Vec<Lang>,
    /// What it was made from.
    pub based_on: Vec<BasedOn>,
    /// The day it was saved; `None` while the clock was wrong.
    pub day: Option<Date>,
}

/// Most characters of a title.
pub const LONGEST_TITLE: usize = 80;
/// Most characters of a summary.
pub const LONGEST_SUMMARY: usize = 300;
/// Most bytes of a text.
pub const LONGEST_BODY: usize = 256 * 1024;

impl Work {
    /// What it lacks to be shown: last part of the Fluent id `workshop-lack-<name>`. A draft lacks what it likes but a title.
    pub fn lacks(&self, genre: Genre, files: usize) -> Vec<&'static str> {
        let blank = |texts: &Localized<String>| texts.0.values().all(|text| text.trim().is_empty());
        // Lessons are shown in Spanish where another language fails.
        let unspoken = |texts: &Localized<String>| {
            blank(texts)
                || (genre.is_lesson() && texts.get(Lang::ES).is_none_or(|text| text.trim().is_empty()))
        };
        let all = [
            ("title", unspoken(&self.title)),
            ("summary", unspoken(&self.summary)),
            ("body", genre != Genre::File && unspoken(&self.body)),
            ("files", genre == Genre::File && files == 0),
            ("levels", self.levels.is_empty()),
            ("areas", self.areas.is_empty()),
            ("audience", self.audience.is_empty()),
            ("authors", self.authors.is_empty()),
            ("licence", self.licence.is_empty()),
        ];
        all.into_iter().filter(|(_, lacking)| *lacking).map(|(name, _)| name).collect()
    }

    /// Its title, best in this language; empty when it has none.
    pub fn title_in(&self, lang: Lang) -> &str {
        self.title.best(lang).map_or("", |(_, title)| title)
    }

    /// The languages it is in.
    pub fn spoken(&self) -> Vec<Lang> {
        let filled = self.body.0.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(lang, _)| *lang);
        let langs = filled.collect::<Vec<_>>();
        if langs.is_empty() { self.langs.clone() } else { langs }
    }
}

/// Why pupils or visitors report a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Something in it is wrong.
    Wrong,
    /// It hurts somebody.
    Hurts,
    /// It shows somebody's data or photo.
    Private,
}

impl Reason {
    /// All of them, in the order people read them.
    pub const ALL: [Self; 3] = [Self::Wrong, Self::Hurts, Self::Private];

    /// The word it is kept by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Hurts => "hurts",
            Self::Private => "private",
        }
    }

    /// The reason of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Policy, Standing, State, Step, after};

    const OWNER: Standing = Standing { owner: true, reviewer: false };
    const REVIEWER: Standing = Standing { owner: false, reviewer: true };
    const BOTH: Standing = Standing { owner: true, reviewer: true };
    const COLLEAGUE: Standing = Standing { owner: false, reviewer: false };

    #[test]
    fn a_colleague_takes_no_step_with_the_work_of_another() {
        for (state, step) in State::ALL.into_iter().flat_map(|state| Step::ALL.map(|step| (state, step))) {
            for (policy, served) in [(Policy::AtOnce, true), (Policy::ByCoordinator, false)] {
                assert_eq!(after(state, step, COLLEAGUE, policy, served), None, "{state:?} {step:?}");
            }
        }
    }

    #[test]
    fn with_review_only_a_coordinator_publishes_and_gives_back() {
        let by = |state, step, who| after(state, step, who, Policy::ByCoordinator, false);
        assert_eq!(by(State::Draft, Step::Publish, OWNER), None);
        assert_eq!(by(State::Draft, Step::Submit, OWNER), Some(State::InReview));
        assert_eq!(by(State::InReview, Step::Publish, OWNER), None);
        assert_eq!(by(State::InReview, Step::Publish, REVIEWER), Some(State::Published));
        assert_eq!(by(State::InReview, Step::Return, REVIEWER), Some(State::Returned));
        assert_eq!(by(State::Returned, Step::Submit, OWNER), Some(State::InReview));
        assert_eq!(by(State::InReview, Step::Withdraw, OWNER), Some(State::Draft));
        assert_eq!(by(State::Withdrawn, Step::Restore, OWNER), Some(State::InReview));
        assert_eq!(by(State::Draft, Step::Publish, BOTH), Some(State::Published));
        assert_eq!(by(State::Draft, Step::Publish, REVIEWER), None, "it is not done yet");
    }

    #[test]
    fn without_review_a_teacher_publishes_withdraws_and_restores_alone() {
        let at_once = |state, step| after(state, step, OWNER, Policy::AtOnce, false);
        assert_eq!(at_once(State::Draft, Step::Publish), Some(State::Published));
        assert_eq!(at_once(State::Published, Step::Withdraw), Some(State::Withdrawn));
        assert_eq!(at_once(State::Withdrawn, Step::Restore), Some(State::Published));
        assert_eq!(at_once(State::Draft, Step::Withdraw), None);
        assert_eq!(
            after(State::Draft, Step::Withdraw, OWNER, Policy::AtOnce, true),
            Some(State::Withdrawn),
            "what is shown can be withdrawn while its correction is being written"
        );
    }
}
