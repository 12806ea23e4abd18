//! Finished public pages, kept in memory: rendered once, compressed once, until the content changes.
//!
//! A cache belongs to one version of the content and dies with it. It is bounded in bytes; when full, the page unused
//! longest leaves. Nothing that depends on who asks is ever put here.

use std::{
    collections::HashMap,
    io::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::HeaderValue;
use jiff::civil::Date;

use crate::{digest::short_hash, domain::id::Slug};

/// Most bytes of pages kept, plain and compressed together.
const CAPACITY: usize = 3 << 20;

/// A finished page.
#[derive(Debug)]
pub struct CachedPage {
    /// What it is.
    pub media_type: HeaderValue,
    /// The HTML, or another text.
    pub plain: Bytes,
    /// The same, compressed with gzip.
    pub gzip: Bytes,
    /// Strong validator of `plain`.
    pub etag: HeaderValue,
    /// Strong validator of `gzip`: other bytes, other tag.
    pub etag_gzip: HeaderValue,
    /// What it shows, of a page that depends on nothing but its address.
    pub shown: Option<Shown>,
}

/// What must be known of a page to answer with it before its address is read.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The name of its route.
    pub route: &'static str,
    /// The resource it shows; pages of hidden ones are not given.
    pub resource: Option<Slug>,
    /// Whether it is counted how often it is opened.
    pub counted: bool,
}

impl CachedPage {
    /// Compresses a page and gives it its validators.
    pub fn new(html: String) -> Self {
        Self::of(html, "text/html; charset=utf-8")
    }

    /// The same with a text of another media type.
    pub fn of(text: String, media_type: &'static str) -> Self {
        let hash = short_hash(text.as_bytes());
        let gzip = gzip(text.as_bytes());
        let tag =
            |text: String| HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("\"\""));
        Self {
            media_type: HeaderValue::from_static(media_type),
            plain: Bytes::from(text),
            gzip: Bytes::from(gzip),
            etag: tag(format!("\"{hash}\"")),
            etag_gzip: tag(format!("\"{hash}-gz\"")),
            shown: None,
        }
    }

    /// The same, of an address alone.
    pub fn that_shows(self, shown: Shown) -> Self {
        Self { shown: Some(shown), ..self }
    }

    fn bytes(&self) -> usize {
        self.plain.len() + self.gzip.len()
    }
}

/// Compresses with gzip, once per version of a page, so at the best level.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::best());
    // Writing to a vector cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Pages by address.
#[derive(Debug, Default)]
pub struct PageCache(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    by_path: HashMap<String, Kept>,
    /// Counts what is asked for: the age of a page.
    clock: u64,
    bytes: usize,
    day: Option<Date>,
}

#[derive(Debug)]
struct Kept {
    page: Arc<CachedPage>,
    used: u64,
}

impl PageCache {
    /// The page at this address, when it was rendered today (help channels expire with the day).
    pub fn get(&self, path: &str, today: Date) -> Option<Arc<CachedPage>> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.day != Some(today) {
            *pages = Pages { day: Some(today), ..Pages::default() };
            return None;
        }
        let pages = &mut *pages;
        let kept = pages.by_path.get_mut(path)?;
        pages.clock += 1;
        kept.used = pages.clock;
        Some(Arc::clone(&kept.page))
    }

    /// Keeps a page rendered on this day; one that midnight overtook is not kept.
    pub fn put(&self, path: String, page: &Arc<CachedPage>, today: Date) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = &mut *pages;
        if pages.day != Some(today) {
            return;
        }
        pages.clock += 1;
        let kept = Kept { page: Arc::clone(page), used: pages.clock };
        pages.bytes += page.bytes();
        if let Some(old) = pages.by_path.insert(path, kept) {
            pages.bytes -= old.page.bytes();
        }
        // To look through some hundred pages costs less than the page that was just made, and giving one out then costs
        // no order that is kept.
        while pages.bytes > CAPACITY {
            let oldest = pages.by_path.iter().min_by_key(|(_, kept)| kept.used);
            let Some(path) = oldest.map(|(path, _)| path.clone()) else { break };
            if let Some(old) = pages.by_path.remove(&path) {
                pages.bytes -= old.page.bytes();
            }
        }
    }

    /// Bytes kept now.
    pub fn bytes(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).bytes
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::{CAPACITY, CachedPage, PageCache};

    #[test]
    fn the_page_unused_longest_leaves_when_the_cache_is_full() {
        let (cache, today) = (PageCache::default(), date(2026, 11, 23));
        assert!(cache.get("/a", today).is_none());
        let page = Arc::new(CachedPage::new("x".repeat(CAPACITY / 3)));
        cache.put("/a".to_owned(), &page, today);
        cache.put("/b".to_owned(), &page, today);
        assert!(cache.get("/a", today).is_some());
        cache.put("/c".to_owned(), &page, today);
        assert!(cache.get("/a", today).is_some() && cache.get("/c", today).is_some());
        assert!(cache.get("/b", today).is_none());
        assert!(cache.bytes() <= CAPACITY);
    }

    #[test]
    fn a_new_day_empties_the_cache() {
        let (cache, today) = (PageCache::default(), date(2026, 11, 23));
        assert!(cache.get("/a", today).is_none());
        cache.put("/a".to_owned(), &Arc::new(CachedPage::new("x".to_owned())), today);
        assert!(cache.get("/a", date(2026, 11, 24)).is_none());
        assert!(cache.get("/a", date(2026, 11, 24)).is_none());
    }

    #[test]
    fn a_page_that_midnight_overtook_is_not_kept() {
        let (cache, today, tomorrow) = (PageCache::default(), date(2026, 11, 23), date(2026, 11, 24));
        assert!(cache.get("/a", today).is_none());
        assert!(cache.get("/b", tomorrow).is_none());
        cache.put("/a".to_owned(), &Arc::new(CachedPage::new("x".to_owned())), today);
        assert!(cache.get("/a", tomorrow).is_none());
    }
}
