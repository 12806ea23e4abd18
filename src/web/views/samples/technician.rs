//! Samples of the pages where a technician keeps backups and packs.

use super::{Sample, frame, href};
use crate::web::views::{
    account::FormView,
    status::ProblemView,
    technician::{
        BackupPlace, BackupRow, BackupsView, ChannelRow, DateView, OfferRow, OutcomeView, PackRow, PacksView,
        PowerView, ProgressView, SettingsView, StickView,
    },
};

pub(super) fn all(lang: &str) -> Vec<Sample> {
    let mut samples = Vec::new();
    for outcome in ["", "done", "running"] {
        samples.push(Sample::new(format!("backups: {outcome}"), backups(lang, outcome)));
    }
    for (now, may, set, problem) in [
        ("", true, false, ""),
        ("23 de noviembre de 2026, 10:00", true, true, ""),
        ("", true, false, "time"),
        ("1 de marzo de 2026, 08:00", false, false, ""),
    ] {
        let view = DateView {
            frame: frame(lang),
            form: FormView { problem, ..form() },
            now: now.to_owned(),
            may,
            set,
            day: "23".to_owned(),
            months: (1..=12).collect(),
            month: 11,
            year: "2026".to_owned(),
            hour: "10".to_owned(),
            minute: "00".to_owned(),
            back: href(),
        };
        samples.push(Sample::new(format!("date: {now} {problem}"), view));
    }
    for problem in ["", "school", "lang", "quota", "contact", "channels", "full"] {
        samples.push(Sample::new(format!("settings: {problem}"), settings(lang, problem)));
    }
    for outcome in ["", "off", "failed", "restart"] {
        let view = PowerView {
            frame: frame(lang),
            form: form(),
            outcome,
            off: outcome != "restart",
            restart: outcome != "off",
            back: href(),
        };
        samples.push(Sample::new(format!("power: {outcome}"), view));
    }
    for word in [
        "", "here", "refused", "stopped", "busy", "removed", "unsure", "out", "not-out", "taking",
        "bad-name", "no-date",
    ] {
        samples.push(Sample::new(format!("packs: {word}"), packs(lang, word)));
    }
    for all in ["", "30 MB"] {
        let progress = ProgressView {
            title: "Cusco en dos lenguas".to_owned(),
            done: "3 MB".to_owned(),
            all: all.to_owned(),
        };
        let view = PacksView { progress: Some(progress), ..packs(lang, "") };
        samples.push(Sample::new(format!("packs: under way {all}"), view));
    }
    let nothing = PacksView { installed: Vec::new(), sticks: Vec::new(), ..packs(lang, "") };
    samples.push(Sample::new("packs: nothing", nothing));
    samples
}

fn form() -> FormView {
    FormView { action: href(), seal: "0123456789abcdef".to_owned(), problem: "", wait: 0 }
}

fn settings(lang: &str, problem: &'static str) -> SettingsView {
    let fixed = problem == "lang";
    let channel = |id: &str, name: &str, contact: &str| ChannelRow {
        id: id.to_owned(),
        name: name.to_owned(),
        contact: contact.to_owned(),
        hours: String::new(),
    };
    SettingsView {
        frame: frame(lang),
        form: form(),
        problem,
        kept: problem.is_empty(),
        school: "IE 50499 Justo Barrionuevo".to_owned(),
        langs: vec![("es".to_owned(), "Castellano".to_owned()), ("qu".to_owned(), "Runasimi".to_owned())],
        lang: "es".to_owned(),
        quota: "8192".to_owned(),
        fixed: if fixed { vec!["escuela", "lengua", "cuota"] } else { Vec::new() },
        channels: vec![
            channel("demuna", "DEMUNA de tu municipalidad", "084-123456"),
            channel("posta", "Posta", ""),
        ],
        back: href(),
    }
}

fn backups(lang: &str, outcome: &'static str) -> BackupsView {
    let row = |day: &str, whole| BackupRow {
        name: "000012-2026-03-01".to_owned(),
        day: day.to_owned(),
        size: "12 MB".to_owned(),
        whole,
    };
    let rows = vec![row("1 de marzo de 2026", true), row("", false)];
    let mut places =
        vec![BackupPlace { folder: "/var/lib/amauta/backups".to_owned(), fault: "", backups: rows }];
    for fault in ["full", "read-only", "unwritten", "records", "hurt", "busy", "disk"] {
        places.push(BackupPlace { folder: "/media/AMAUTA".to_owned(), fault, backups: Vec::new() });
    }
    BackupsView { frame: frame(lang), now: form(), outcome, places, back: href() }
}

fn packs(lang: &str, word: &'static str) -> PacksView {
    let pack = |standing| PackRow {
        name: "cusco-quechua".to_owned(),
        title: "Cusco en dos lenguas".to_owned(),
        version: "1.2.0".to_owned(),
        signer: if standing == "unsigned" { String::new() } else { "UGEL Cusco".to_owned() },
        standing,
    };
    let problem = |place: &str| ProblemView {
        place: place.to_owned(),
        what: "Falta este archivo.".to_owned(),
        cure: "Copia el paquete otra vez.".to_owned(),
        error: true,
    };
    let offer = |standing, state| OfferRow {
        pack: pack(standing),
        path: "/media/usb/cusco-quechua-1.2.0".to_owned(),
        size: "12 MB".to_owned(),
        key: if standing == "unsigned" { String::new() } else { "RWQx".to_owned() },
        state,
        problems: if state == "hurt" { vec![problem("pack.toml"), problem("")] } else { Vec::new() },
    };
    let offers = vec![
        offer("trusted", "new"),
        offer("trusted", "older"),
        offer("other", "newer"),
        offer("unknown", "same"),
        offer("revoked", "new"),
        offer("unsigned", "hurt"),
    ];
    PacksView {
        frame: frame(lang),
        installed: ["trusted", "unsigned"].map(pack).to_vec(),
        withheld: if word.is_empty() { vec![problem("packs/puno-1.0.0")] } else { Vec::new() },
        sticks: vec![
            StickView { folder: "/media/usb".to_owned(), offers },
            StickView { folder: "/media/AMAUTA".to_owned(), offers: Vec::new() },
        ],
        progress: None,
        outcome: OutcomeView {
            word,
            title: "Cusco en dos lenguas".to_owned(),
            copied: 3,
            files: 12,
            problems: if word == "refused" { vec![problem("")] } else { Vec::new() },
        },
        bring: form(),
        take_out: form(),
        name: "ie-50499".to_owned(),
        stop: form(),
        remove: form(),
        here: href(),
        back: href(),
    }
}
