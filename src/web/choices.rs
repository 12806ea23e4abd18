//! What a technician chose on the page of settings. What a flag, a variable or the file of settings says is stronger and cannot
//! be chosen there.
//!
//! Lives here: the choices, where they are kept, what holds now. Does not: the page (`handlers::account`), the other settings.

use std::sync::{Arc, PoisonError};

use crate::{
    auth::Accounts,
    domain::lang::Lang,
    store::school::{By, Deed, StoreError},
    web::{App, Settings},
};

/// Under what names they are kept.
const SCHOOL_NAME: &str = "school_name";
const DEFAULT_LANG: &str = "default_lang";
const QUOTA: &str = "upload_quota";

/// What holds now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choices {
    /// Name of the school, shown on every page; may be empty.
    pub(crate) school_name: Arc<str>,
    /// Language of pages whose address names none.
    pub(crate) default_lang: Lang,
    /// Bytes that a teacher may bring in all.
    pub(crate) quota: u64,
}

impl Choices {
    /// What was chosen before, over what holds by itself. What cannot be read was not chosen.
    pub(super) fn read(settings: &Settings, accounts: Option<&Accounts>) -> Self {
        let db = accounts.and_then(|accounts| accounts.school().ok().flatten());
        let kept = |name: &'static str| {
            let db = db.as_ref().filter(|_| !settings.is_fixed(name))?;
            db.text(name).ok().flatten()
        };
        let lang = kept(DEFAULT_LANG).and_then(|lang| lang.parse().ok());
        let quota = kept(QUOTA).and_then(|quota| quota.parse().ok());
        Self {
            school_name: kept(SCHOOL_NAME).unwrap_or_else(|| settings.school_name.clone()).into(),
            default_lang: lang.unwrap_or(settings.default_lang),
            quota: quota.unwrap_or(settings.uploads.quota),
        }
    }
}

impl Settings {
    /// Whether a flag, a variable or the file says so, and no page can change it.
    pub(crate) fn is_fixed(&self, name: &str) -> bool {
        self.fixed.contains(&name)
    }
}

impl App {
    /// What holds now.
    pub(crate) fn choices(&self) -> Choices {
        self.choices.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps what somebody chose, save for what is fixed, and goes by it from now on.
    ///
    /// # Errors
    /// The disk is full or the records do not answer: everything is as it was.
    pub(crate) fn choose(&self, chosen: &Choices, by: By) -> Result<(), StoreError> {
        let Some(db) = self.accounts.as_ref().and_then(|accounts| accounts.school().ok().flatten()) else {
            return Err(StoreError::Full);
        };
        let all = [
            (SCHOOL_NAME, chosen.school_name.to_string()),
            (DEFAULT_LANG, chosen.default_lang.to_string()),
            (QUOTA, chosen.quota.to_string()),
        ];
        let free = all.into_iter().filter(|(name, _)| !self.settings.is_fixed(name)).collect();
        db.set_texts_by(free, by, Deed::Configured)?;
        let now = Choices::read(&self.settings, self.accounts.as_deref());
        if let Some(desk) = &self.desk {
            desk.set_quota(now.quota);
        }
        *self.choices.write().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(())
    }
}
