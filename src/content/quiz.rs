//! Questions as GIFT gives them into questions as they are shown.

use crate::{
    content::{
        html,
        markdown::{self, Context, Notes, Unit},
    },
    domain::{
        finding::Finding,
        fragment::Fragment,
        quiz::{
            Choice, MatchPair, NumericalAnswer, Question, QuestionKind, ShortAnswer, ShownQuestion,
            SourceText, TextFormat,
        },
    },
};

/// Questions ready to be shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// The questions.
    pub(super) questions: Vec<ShownQuestion>,
    /// What is known about their texts.
    pub(super) notes: Notes,
    /// What was wrong with their texts.
    pub(super) findings: Vec<Finding>,
}

/// Turns the texts of questions into HTML. Findings stand at the question they belong to.
pub(super) fn show(questions: &[Question<SourceText>], context: Context<'_>) -> Shown {
    let mut texts = Texts { context, line: 1, notes: Notes::default(), findings: Vec::new() };
    let questions = questions.iter().map(|question| texts.question(question)).collect();
    Shown { questions, notes: texts.notes, findings: texts.findings }
}

struct Texts<'a> {
    context: Context<'a>,
    line: u32,
    notes: Notes,
    findings: Vec<Finding>,
}

impl Texts<'_> {
    fn question(&mut self, question: &Question<SourceText>) -> ShownQuestion {
        self.line = question.position.line;
        Question {
            title: question.title.clone(),
            category: question.category.clone(),
            tags: question.tags.clone(),
            position: question.position,
            stem: self.text(&question.stem),
            tail: self.option(question.tail.as_ref()),
            kind: self.kind(&question.kind),
            general_feedback: self.option(question.general_feedback.as_ref()),
        }
    }

    fn kind(&mut self, kind: &QuestionKind<SourceText>) -> QuestionKind<Fragment> {
        match kind {
            QuestionKind::Description => QuestionKind::Description,
            QuestionKind::Essay => QuestionKind::Essay,
            QuestionKind::SingleChoice(choices) => QuestionKind::SingleChoice(self.choices(choices)),
            QuestionKind::MultipleChoice(choices) => QuestionKind::MultipleChoice(self.choices(choices)),
            QuestionKind::TrueFalse { answer, feedback_wrong, feedback_right } => QuestionKind::TrueFalse {
                answer: *answer,
                feedback_wrong: self.option(feedback_wrong.as_ref()),
                feedback_right: self.option(feedback_right.as_ref()),
            },
            QuestionKind::Matching(pairs) => {
                let pair = |pair: &MatchPair<SourceText>| {
                    self.notes.units.push(Unit { line: self.line, text: pair.right.clone() });
                    MatchPair { left: self.text(&pair.left), right: pair.right.clone() }
                };
                QuestionKind::Matching(pairs.iter().map(pair).collect())
            }
            QuestionKind::ShortAnswer(answers) => {
                let answer = |answer: &ShortAnswer<SourceText>| ShortAnswer {
                    text: answer.text.clone(),
                    weight: answer.weight,
                    feedback: self.option(answer.feedback.as_ref()),
                };
                QuestionKind::ShortAnswer(answers.iter().map(answer).collect())
            }
            QuestionKind::Numerical(answers) => {
                let answer = |answer: &NumericalAnswer<SourceText>| NumericalAnswer {
                    low: answer.low,
                    high: answer.high,
                    weight: answer.weight,
                    feedback: self.option(answer.feedback.as_ref()),
                };
                QuestionKind::Numerical(answers.iter().map(answer).collect())
            }
        }
    }

    fn choices(&mut self, choices: &[Choice<SourceText>]) -> Vec<Choice<Fragment>> {
        let choice = |choice: &Choice<SourceText>| Choice {
            text: self.text(&choice.text),
            weight: choice.weight,
            feedback: self.option(choice.feedback.as_ref()),
        };
        choices.iter().map(choice).collect()
    }

    fn option(&mut self, text: Option<&SourceText>) -> Option<Fragment> {
        text.map(|text| self.text(text))
    }

    fn text(&mut self, source: &SourceText) -> Fragment {
        match source.format {
            TextFormat::Markdown => {
                // The lines inside a question are not known, so everything is placed at its beginning.
                let mut rendered = markdown::inline(&source.text, self.line, self.context);
                for position in rendered.findings.iter_mut().filter_map(|finding| finding.position.as_mut()) {
                    (position.line, position.column) = (self.line, 1);
                }
                for unit in &mut rendered.notes.units {
                    unit.line = self.line;
                }
                self.findings.append(&mut rendered.findings);
                self.notes.append(rendered.notes);
                rendered.fragment
            }
            TextFormat::Moodle | TextFormat::Plain => {
                self.notes.units.push(Unit { line: self.line, text: source.text.clone() });
                html::plain(&source.text)
            }
            TextFormat::Html => {
                self.notes.units.push(Unit { line: self.line, text: source.text.clone() });
                html::harmless(&source.text)
            }
        }
    }
}
