//! What can keep a page from being shown, its HTTP status, and the name under which Fluent explains it.
//! The only place where a failure is logged.

use http::{Method, StatusCode};

use crate::web::{routes::NotARoute, server::BodyError};

/// Why a request got no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is at this address.
    #[error("nothing is at this address")]
    NotFound,
    /// The address exists, but not for this method.
    #[error("the address answers other methods only")]
    Method(&'static [Method]),
    /// The request makes no sense.
    #[error("the request is malformed")]
    Malformed,
    /// The address is longer than any of ours.
    #[error("the address is too long")]
    LongAddress,
    /// The form is larger than any of ours.
    #[error("the form is too large")]
    LargeForm,
    /// The body is not a form.
    #[error("the body is not a form")]
    NotAForm,
    /// The form did not arrive in time.
    #[error("the form did not arrive in time")]
    Slow,
    /// Only the machine itself may read this.
    #[error("only the machine itself may read this")]
    Private,
    /// Nobody can sign in: the school's records are not open.
    #[error("the accounts are not open")]
    AccountsClosed,
    /// The browser sends no cookie back.
    #[error("the browser keeps no cookies")]
    NoCookies,
    /// The form was made for another browser or another session, or comes from elsewhere.
    #[error("the form was not made for this browser")]
    StaleForm,
    /// Our own mistake.
    #[error("the page could not be made")]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            // A stranger need not know that there is something.
            Self::NotFound | Self::Private => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::LongAddress => StatusCode::URI_TOO_LONG,
            Self::LargeForm => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::AccountsClosed => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoCookies | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Middle part of the Fluent ids that explain it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotFound | Self::Private => "not-found",
            Self::Method(_) => "method",
            Self::Malformed | Self::NotAForm => "malformed",
            Self::LongAddress => "long-address",
            Self::LargeForm => "large-form",
            Self::Slow => "slow",
            Self::AccountsClosed => "accounts-closed",
            Self::NoCookies => "no-cookies",
            Self::StaleForm => "stale-form",
            Self::Internal(_) => "internal",
        }
    }

    /// Whether the connection should end: what is left of the body would be taken for the next request.
    pub fn closes(&self) -> bool {
        !matches!(
            self,
            Self::NotFound
                | Self::Private
                | Self::AccountsClosed
                | Self::NoCookies
                | Self::StaleForm
                | Self::Internal(_)
        )
    }

    /// Writes our own mistakes into the log. What a reader did wrong is no news.
    pub fn log(&self, route: &'static str) {
        if let Self::Internal(cause) = self {
            tracing::error!(route, cause = format!("{cause:#}"), "a page could not be made");
        }
    }
}

impl From<NotARoute> for Error {
    fn from(error: NotARoute) -> Self {
        match error {
            NotARoute::Unknown => Self::NotFound,
            NotARoute::Malformed => Self::Malformed,
        }
    }
}

impl From<BodyError> for Error {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => Self::LargeForm,
            BodyError::TimedOut => Self::Slow,
            BodyError::Aborted => Self::Malformed,
        }
    }
}

impl From<minijinja::Error> for Error {
    fn from(error: minijinja::Error) -> Self {
        Self::Internal(error.into())
    }
}
