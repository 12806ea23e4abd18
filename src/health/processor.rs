//! What the text of `/proc/cpuinfo` tells. Pure: no file is opened here.

/// Abilities that decide which build runs and how fast, each with the names kernels give it. 32-bit x86 first, then ARM.
const X86: [&[&str]; 5] = [&["cmov"], &["mmx"], &["sse"], &["sse2"], &["nopl"]];
const ARM: [&[&str]; 3] = [&["vfp", "fp"], &["neon", "asimd"], &["tls", "cpuid"]];

/// A processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Processor {
    /// What it or its board is called; empty when the kernel does not tell.
    pub name: String,
    /// How many of it.
    pub count: usize,
    /// Abilities that it has.
    pub has: Vec<&'static str>,
    /// Those of its kind that it lacks.
    pub lacks: Vec<&'static str>,
}

/// Reads the text.
pub fn read(text: &str) -> Processor {
    let lines = || {
        text.lines().filter_map(|line| line.split_once(':')).map(|(key, value)| (key.trim(), value.trim()))
    };
    let first = |wanted: &str| lines().find_map(|(key, value)| (key == wanted).then_some(value));
    let names = ["model name", "Processor", "Hardware", "Model"];
    let mut name: Vec<&str> = names.into_iter().filter_map(first).collect();
    name.dedup();
    let (flags, known) = match first("flags") {
        Some(flags) => (flags, &X86[..]),
        None => (first("Features").unwrap_or_default(), &ARM[..]),
    };
    let is_there = |names: &&&[&str]| flags.split_whitespace().any(|flag| names.contains(&flag));
    let (has, lacks): (Vec<&[&str]>, Vec<&[&str]>) =
        known.iter().copied().partition(|names| is_there(&names));
    let called =
        |of: Vec<&[&'static str]>| of.into_iter().filter_map(|names| names.first().copied()).collect();
    Processor {
        name: name.join(", "),
        count: lines().filter(|(key, _)| *key == "processor").count(),
        has: called(has),
        lacks: called(lacks),
    }
}
