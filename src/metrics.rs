//! Counters of the running program and their Prometheus text. No name, address or query text ever enters here:
//! labels come from fixed lists. Who may read the text is the web's decision.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        RwLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::clock::Clock;

/// Upper bounds of the render-time histogram, in microseconds.
const BUCKETS_MICROS: [u64; 8] = [100, 250, 500, 1_000, 2_500, 10_000, 50_000, 250_000];

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds one.
    pub fn increment(&self) {
        self.add(1);
    }

    /// Adds `n`.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Relaxed);
    }

    /// What was counted so far.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// A number that goes up and down and never below zero.
#[derive(Debug, Default)]
pub struct Gauge(AtomicU64);

impl Gauge {
    /// One more.
    pub fn up(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    /// One less.
    pub fn down(&self) {
        self.0.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1)).ok();
    }

    /// Replaces the value.
    pub fn set(&self, n: u64) {
        self.0.store(n, Relaxed);
    }

    /// The value now.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// Durations sorted into buckets.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [Counter; BUCKETS_MICROS.len()],
    count: Counter,
    sum_micros: Counter,
}

impl Histogram {
    /// Records one duration.
    pub fn record(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = BUCKETS_MICROS.iter().position(|bound| micros <= *bound) {
            self.buckets[bucket].increment();
        }
        self.count.increment();
        self.sum_micros.add(micros);
    }
}

/// Everything that is counted. One per process, shared in an `Arc`.
#[derive(Debug)]
pub struct Metrics {
    clock: Clock,
    started: std::time::Instant,
    /// Answered requests by route and class of status, `1xx` to `5xx`.
    requests: RwLock<BTreeMap<&'static str, [Counter; 5]>>,
    /// Connections open now.
    pub connections: Gauge,
    /// Connections accepted since the start.
    pub accepted: Counter,
    /// Connections sent away because the server was full.
    pub refused: Counter,
    /// Silent connections closed because the server was full and somebody waited.
    pub gave_way: Counter,
    /// Times the system gave no connection (too many open files, no memory).
    pub accept_errors: Counter,
    /// Bytes read from clients, heads included.
    pub bytes_in: Counter,
    /// Bytes written to clients, heads included.
    pub bytes_out: Counter,
    /// Panics caught while answering.
    pub panics: Counter,
    /// Requests whose head did not arrive in time.
    pub timeouts_head: Counter,
    /// Request bodies that stalled or came too slowly.
    pub timeouts_body: Counter,
    /// Replies that a client stopped reading.
    pub timeouts_write: Counter,
    /// Kept connections closed because nothing was asked.
    pub timeouts_idle: Counter,
    /// Pages found in the page cache.
    pub cache_hits: Counter,
    /// Pages that had to be rendered.
    pub cache_misses: Counter,
    /// Bytes held by the page cache.
    pub cache_bytes: Gauge,
    /// Time to render a page that was not in the cache.
    pub render: Histogram,
}

impl Metrics {
    /// All zero; the uptime starts now.
    pub fn new(clock: Clock) -> Self {
        Self {
            started: clock.instant(),
            clock,
            requests: RwLock::default(),
            connections: Gauge::default(),
            accepted: Counter::default(),
            refused: Counter::default(),
            gave_way: Counter::default(),
            accept_errors: Counter::default(),
            bytes_in: Counter::default(),
            bytes_out: Counter::default(),
            panics: Counter::default(),
            timeouts_head: Counter::default(),
            timeouts_body: Counter::default(),
            timeouts_write: Counter::default(),
            timeouts_idle: Counter::default(),
            cache_hits: Counter::default(),
            cache_misses: Counter::default(),
            cache_bytes: Gauge::default(),
            render: Histogram::default(),
        }
    }

    /// Counts one answered request. `route` is a pattern such as `/{lang}/leccion/{slug}`, never an address.
    pub fn request(&self, route: &'static str, status: u16) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        if let Ok(requests) = self.requests.read()
            && let Some(counters) = requests.get(route)
        {
            counters[class].increment();
            return;
        }
        if let Ok(mut requests) = self.requests.write() {
            requests.entry(route).or_default()[class].increment();
        }
    }

    /// Requests answered with a status of this class (`2` for 2xx), over all routes.
    pub fn requests_of_class(&self, class: usize) -> u64 {
        let Some(index) = class.checked_sub(1).filter(|index| *index < 5) else { return 0 };
        self.requests
            .read()
            .map_or(0, |requests| requests.values().map(|counters| counters[index].get()).sum())
    }

    /// Time since the start.
    pub fn uptime(&self) -> Duration {
        self.clock.instant().saturating_duration_since(self.started)
    }

    /// Prometheus text format 0.0.4 (`text/plain; version=0.0.4`).
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(4096);
        family(&mut out, "requests_total", "counter", "Answered requests by route and class of status");
        if let Ok(requests) = self.requests.read() {
            for (route, counters) in requests.iter() {
                for (class, counter) in counters.iter().enumerate().filter(|(_, counter)| counter.get() > 0) {
                    let (class, count) = (class + 1, counter.get());
                    let route = Label(route);
                    writeln!(out, "amauta_requests_total{{route=\"{route}\",class=\"{class}xx\"}} {count}")
                        .ok();
                }
            }
        }
        gauge(&mut out, "connections", "Connections open now", self.connections.get());
        counter(&mut out, "connections_total", "Connections accepted", &self.accepted);
        counter(&mut out, "connections_refused_total", "Connections sent away, server full", &self.refused);
        counter(
            &mut out,
            "connections_gave_way_total",
            "Silent connections closed for a newcomer",
            &self.gave_way,
        );
        counter(
            &mut out,
            "accept_errors_total",
            "Connections the system could not give",
            &self.accept_errors,
        );
        counter(&mut out, "received_bytes_total", "Bytes read from clients", &self.bytes_in);
        counter(&mut out, "sent_bytes_total", "Bytes written to clients", &self.bytes_out);
        counter(&mut out, "panics_total", "Panics caught while answering", &self.panics);
        family(&mut out, "timeouts_total", "counter", "Connections given up, by what they were waiting for");
        for (phase, counter) in [
            ("head", &self.timeouts_head),
            ("body", &self.timeouts_body),
            ("write", &self.timeouts_write),
            ("idle", &self.timeouts_idle),
        ] {
            writeln!(out, "amauta_timeouts_total{{phase=\"{phase}\"}} {}", counter.get()).ok();
        }
        counter(&mut out, "page_cache_hits_total", "Pages found in the cache", &self.cache_hits);
        counter(&mut out, "page_cache_misses_total", "Pages rendered", &self.cache_misses);
        gauge(&mut out, "page_cache_bytes", "Bytes held by the page cache", self.cache_bytes.get());
        self.render_histogram(&mut out);
        gauge(&mut out, "uptime_seconds", "Seconds since the start", self.uptime().as_secs());
        if let Some(bytes) = resident_bytes() {
            gauge(&mut out, "resident_memory_bytes", "Memory in use", bytes);
        }
        family(&mut out, "build_info", "gauge", "Version of the program");
        writeln!(out, "amauta_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")).ok();
        out
    }

    fn render_histogram(&self, out: &mut String) {
        family(out, "render_seconds", "histogram", "Time to render a page that was not cached");
        let mut below = 0;
        for (bound, bucket) in BUCKETS_MICROS.iter().zip(&self.render.buckets) {
            below += bucket.get();
            writeln!(out, "amauta_render_seconds_bucket{{le=\"{}\"}} {below}", Seconds(*bound)).ok();
        }
        let count = self.render.count.get();
        writeln!(out, "amauta_render_seconds_bucket{{le=\"+Inf\"}} {count}").ok();
        writeln!(out, "amauta_render_seconds_sum {}", Seconds(self.render.sum_micros.get())).ok();
        writeln!(out, "amauta_render_seconds_count {count}").ok();
    }
}

/// Memory of this process that is in use now, in bytes; `None` where `/proc` does not tell.
pub fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

fn family(out: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(out, "# HELP amauta_{name} {help}\n# TYPE amauta_{name} {kind}").ok();
}

fn gauge(out: &mut String, name: &str, help: &str, value: u64) {
    family(out, name, "gauge", help);
    writeln!(out, "amauta_{name} {value}").ok();
}

fn counter(out: &mut String, name: &str, help: &str, value: &Counter) {
    family(out, name, "counter", help);
    writeln!(out, "amauta_{name} {}", value.get()).ok();
}

/// Microseconds written as seconds, exactly.
struct Seconds(u64);

impl std::fmt::Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// A label value with the three characters escaped that the text format reserves.
struct Label<'a>(&'a str);

impl std::fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for character in self.0.chars() {
            match character {
                '\\' => f.write_str("\\\\")?,
                '"' => f.write_str("\\\"")?,
                '\n' => f.write_str("\\n")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics() -> (Clock, Metrics) {
        let clock = Clock::frozen("2026-03-01T12:00:00Z".parse().unwrap());
        (clock.clone(), Metrics::new(clock))
    }

    #[test]
    fn requests_are_counted_by_route_and_class() {
        let (clock, metrics) = metrics();
        metrics.request("/es/", 200);
        metrics.request("/es/", 304);
        metrics.request("a\"b", 599);
        clock.advance(Duration::from_secs(61));
        let text = metrics.text();
        assert!(text.contains("amauta_requests_total{route=\"/es/\",class=\"2xx\"} 1\n"), "{text}");
        assert!(text.contains("amauta_requests_total{route=\"/es/\",class=\"3xx\"} 1\n"), "{text}");
        assert!(text.contains("amauta_requests_total{route=\"a\\\"b\",class=\"5xx\"} 1\n"), "{text}");
        assert!(text.contains("\namauta_uptime_seconds 61\n"), "{text}");
        assert_eq!(metrics.requests_of_class(2), 1);
        assert_eq!(metrics.requests_of_class(0), 0);
    }

    #[test]
    fn the_histogram_is_cumulative() {
        let (_, metrics) = metrics();
        for micros in [50, 100, 900, 9_000_000] {
            metrics.render.record(Duration::from_micros(micros));
        }
        let text = metrics.text();
        for line in [
            "amauta_render_seconds_bucket{le=\"0.000100\"} 2",
            "amauta_render_seconds_bucket{le=\"0.250000\"} 3",
            "amauta_render_seconds_bucket{le=\"+Inf\"} 4",
            "amauta_render_seconds_sum 9.001050",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
    }

    #[test]
    fn every_line_of_the_text_is_a_comment_or_a_sample() {
        let (_, metrics) = metrics();
        metrics.request("/es/", 200);
        for line in metrics.text().lines().filter(|line| !line.starts_with('#')) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with("amauta_") && value.parse::<f64>().is_ok(), "{line}");
        }
    }

    #[test]
    fn a_gauge_does_not_fall_below_zero() {
        let gauge = Gauge::default();
        gauge.down();
        gauge.up();
        assert_eq!(gauge.get(), 1);
    }
}
