//! View of the technician's status page.

use serde::Serialize;

use super::{View, frame::Frame};

/// Something wrong with the content.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemView {
    /// File, and line and column when known.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub cure: String,
    /// Whether the resource is left out because of it.
    pub error: bool,
}

/// A check of the machine, in words.
#[derive(Debug, Clone, Serialize)]
pub struct CheckView {
    /// How it is: «bien», «AVISO».
    pub outcome: String,
    /// Whether somebody should do something.
    pub trouble: bool,
    /// What was looked at.
    pub title: String,
    /// What was found.
    pub what: String,
    /// What to do; empty when nothing is to do.
    pub cure: String,
}

/// A number with its name.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Last part of the Fluent id `technician-figure-<name>`.
    pub name: &'static str,
    /// The value, written out.
    pub value: String,
}

/// A plot of the last hours.
#[derive(Debug, Clone, Serialize)]
pub struct PlotView {
    /// Last part of the Fluent id `technician-plot-<name>`.
    pub name: &'static str,
    /// The picture, within the address.
    pub src: String,
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
    /// What the highest bar stands for, written out.
    pub most: String,
    /// What the last bar stands for, written out.
    pub last: String,
}

/// `/es/tecnico`
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// The frame.
    pub frame: Frame,
    /// What there is to know.
    pub figures: Vec<Figure>,
    /// The last week.
    pub plots: Vec<PlotView>,
    /// Where the rest is kept: Fluent id of a link, and where it leads.
    pub keeps: Vec<(&'static str, String)>,
    /// How the machine is.
    pub checks: Vec<CheckView>,
    /// What is wrong with the content, as far as it fits on a page.
    pub problems: Vec<ProblemView>,
    /// How many problems are not shown.
    pub more_problems: usize,
    /// Whether the clock of the machine can be right.
    pub clock_plausible: bool,
}

impl View for StatusView {
    const TEMPLATE: &'static str = "status.html";
}
