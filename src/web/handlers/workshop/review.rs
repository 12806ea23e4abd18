//! What waits for a coordinator: works to look at, reports of readers, what is hidden, and who did what.

use http::Response;

use super::Here;
use crate::{
    domain::{id::Slug, submission::Policy},
    store::school::{Deed, Event, Report, ReportId, Which},
    web::{
        body::Body,
        error::Error,
        form::Form,
        resource_title,
        routes::Workshop,
        views::{
            frame::Section,
            workshop::{DeedRow, ReportRow, ReviewView},
        },
    },
};

/// Most deeds that are looked through.
const DEEDS: u32 = 200;

impl Here<'_> {
    /// The page; `problem` is what was wrong with what was asked.
    pub(super) async fn review(&self, problem: &'static str) -> Result<Response<Body>, Error> {
        let (waiting, reports, policy, events) = self
            .get(|desk, _| {
                let db = desk.db()?;
                Ok((db.submissions(Which::Waiting)?, db.open_reports()?, desk.policy()?, db.events(DEEDS)?))
            })
            .await?;
        let hidden = self.desk.hidden();
        let view = ReviewView {
            frame: self.ctx.frame(Section::None),
            form: self.form(Workshop::Review, problem),
            waiting: waiting.iter().map(|submission| self.row(submission)).collect(),
            reports: reports.into_iter().map(|report| self.report(report)).collect(),
            hidden: hidden.iter().map(Slug::to_string).collect(),
            by_coordinator: policy == Policy::ByCoordinator,
            deeds: events.into_iter().filter_map(|event| self.deed(event)).collect(),
            back: self.path(Workshop::Home),
        };
        self.page(&view, problem)
    }

    fn report(&self, report: Report) -> ReportRow {
        let found = report.resource.parse::<Slug>().ok();
        let found = found.and_then(|id| resource_title::of(self.ctx, &id));
        let (title, href) = found.unwrap_or_else(|| (report.resource.clone(), String::new()));
        ReportRow {
            number: report.id.number(),
            resource: report.resource,
            href,
            title,
            reason: report.reason.word(),
            text: report.text,
        }
    }

    fn deed(&self, event: Event) -> Option<DeedRow> {
        Some(DeedRow {
            day: self.day(event.day.as_deref()),
            actor: event.actor.unwrap_or_default(),
            deed: event.deed.map(Deed::word)?,
            resource: event.resource?,
        })
    }

    /// Does what a form of that page asks for.
    pub(super) async fn act_on_review(&self, form: &Form) -> Result<Response<Body>, Error> {
        let resource = form.get("recurso").and_then(|text| text.parse::<Slug>().ok());
        let number = form.get("aviso").and_then(|text| text.parse::<i64>().ok());
        match (form.get("accion").unwrap_or_default(), resource, number) {
            (word @ ("hide" | "show"), Some(resource), _) => {
                let hidden = word == "hide";
                self.get(move |desk, signed| desk.hide(signed, &resource, hidden)).await?;
                self.show_change().await;
            }
            ("close", _, Some(number)) => {
                self.get(move |desk, _| Ok(desk.db()?.close_report(ReportId::of(number))?)).await?;
            }
            ("policy", ..) => {
                let reviewed = form.get("revisar").is_some();
                let policy = if reviewed { Policy::ByCoordinator } else { Policy::AtOnce };
                self.get(move |desk, _| desk.set_policy(policy)).await?;
            }
            _ => return Err(Error::NotFound),
        }
        Ok(self.leads_to(Workshop::Review))
    }
}
