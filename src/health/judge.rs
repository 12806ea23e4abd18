//! What the facts mean. Pure: no file is opened here.

use super::{
    Base, Check, Facts, Fault, Name,
    Outcome::{self, Error, Ok, Unknown, Warning},
    Port, Standing, Write,
};

const MIB: u64 = 1024 * 1024;

/// Below this much free room nothing more can be received, in bytes.
const DISK_ERROR: u64 = 50 * MIB;

/// Below this much free room somebody should make some, in bytes.
const DISK_WARNING: u64 = 500 * MIB;

/// Below this much free memory the system may end the server, in bytes.
const MEMORY_ERROR: u64 = 8 * MIB;

/// Below this much free memory a class is served slowly, in bytes.
const MEMORY_WARNING: u64 = 32 * MIB;

/// A disk that takes longer for a small file makes people wait, in milliseconds.
const SLOW_WRITE: u64 = 1_000;

/// A link weaker than this breaks off, in dBm.
const WEAK_LINK: i32 = -78;

/// An older backup is told of, in days.
const OLD_BACKUP: i64 = 7;

/// Every check, always the same ones in the same order.
pub fn judge(facts: &Facts) -> Vec<Check> {
    let mut checks = vec![disk(facts), write(facts), permissions(facts), memory(facts), clock(facts)];
    checks.extend(facts.ports.iter().map(port));
    checks.extend([
        base("library", facts.library.as_ref(), Warning, "doctor-library-damaged"),
        base("school", facts.school.as_ref(), Error, "doctor-school-damaged"),
        backup(facts),
        packs(facts),
        content(facts),
        addresses(facts),
        name(facts),
        swap(facts),
        card(facts),
        file_systems(facts),
        wifi(facts),
    ]);
    checks
}

fn check(name: &'static str, outcome: Outcome, id: &'static str, args: &[(&'static str, String)]) -> Check {
    Check { name, outcome, id, args: args.to_vec() }
}

fn unknown(name: &'static str) -> Check {
    check(name, Unknown, "doctor-unknown", &[])
}

fn mebibytes(bytes: u64) -> String {
    (bytes / MIB).to_string()
}

fn disk(facts: &Facts) -> Check {
    let Some((free, total)) = facts.disk else { return unknown("disk") };
    let (outcome, id) = match free {
        n if n < DISK_ERROR => (Error, "doctor-disk-full"),
        n if n < DISK_WARNING => (Warning, "doctor-disk-little"),
        _ => (Ok, "doctor-disk-free"),
    };
    check("disk", outcome, id, &[("free", mebibytes(free)), ("total", mebibytes(total))])
}

fn write(facts: &Facts) -> Check {
    match &facts.write {
        None => unknown("write"),
        Some(Write::Absent) => check("write", Ok, "doctor-base-absent", &[]),
        Some(Write::Fails(cause)) => check("write", Error, "doctor-write-fails", &[("cause", cause.clone())]),
        Some(Write::Works(millis)) => {
            let slow = *millis > SLOW_WRITE;
            let (outcome, id) =
                if slow { (Warning, "doctor-write-slow") } else { (Ok, "doctor-write-works") };
            check("write", outcome, id, &[("millis", millis.to_string())])
        }
    }
}

fn permissions(facts: &Facts) -> Check {
    let Some(mode) = facts.mode else { return unknown("permissions") };
    let args = [("mode", format!("{:o}", mode & 0o7777))];
    if mode & 0o002 != 0 {
        check("permissions", Error, "doctor-permissions-open", &args)
    } else if mode & 0o004 != 0 {
        check("permissions", Warning, "doctor-permissions-readable", &args)
    } else {
        check("permissions", Ok, "doctor-permissions-closed", &args)
    }
}

fn memory(facts: &Facts) -> Check {
    let Some((free, total)) = facts.memory else { return unknown("memory") };
    let (outcome, id) = match free {
        n if n < MEMORY_ERROR => (Error, "doctor-memory-gone"),
        n if n < MEMORY_WARNING => (Warning, "doctor-memory-little"),
        _ => (Ok, "doctor-memory-free"),
    };
    check("memory", outcome, id, &[("free", mebibytes(free)), ("total", mebibytes(total))])
}

fn clock(facts: &Facts) -> Check {
    let Some((now, plausible)) = &facts.clock else { return unknown("clock") };
    let (outcome, id) =
        if *plausible { (Ok, "doctor-clock-plausible") } else { (Error, "doctor-clock-wrong") };
    check("clock", outcome, id, &[("now", now.clone())])
}

fn port((address, port): &(std::net::SocketAddr, Port)) -> Check {
    let (outcome, id) = match port {
        Port::Free => (Ok, "doctor-port-free"),
        Port::Ours => (Ok, "doctor-port-ours"),
        Port::Taken => (Error, "doctor-port-taken"),
        Port::Forbidden => (Warning, "doctor-port-forbidden"),
        Port::Refused => (Error, "doctor-port-refused"),
    };
    check("port", outcome, id, &[("address", address.to_string()), ("port", address.port().to_string())])
}

fn base(name: &'static str, base: Option<&Base>, bad: Outcome, damaged: &'static str) -> Check {
    match base {
        None => unknown(name),
        Some(Base::Absent) => check(name, Ok, "doctor-base-absent", &[]),
        Some(Base::Whole) => check(name, Ok, "doctor-base-whole", &[]),
        Some(Base::Newer) => check(name, Error, "doctor-school-newer", &[]),
        Some(Base::Damaged(cause)) => check(name, bad, damaged, &[("cause", cause.clone())]),
    }
}

fn backup(facts: &Facts) -> Check {
    let days = |days: i64| ("days", days.to_string());
    let cause = |fault: Fault| ("cause", fault.word().to_owned());
    match facts.backup {
        None => unknown("backup"),
        Some(Standing::Needless) => check("backup", Ok, "doctor-backup-needless", &[]),
        Some(Standing::Never(None)) => check("backup", Warning, "doctor-backup-never", &[]),
        Some(Standing::Never(Some(fault))) => check("backup", Error, "doctor-backup-failed", &[cause(fault)]),
        Some(Standing::Made(ago, Some(fault))) => {
            check("backup", Warning, "doctor-backup-last-failed", &[days(ago), cause(fault)])
        }
        Some(Standing::Made(ago, None)) if ago > OLD_BACKUP => {
            check("backup", Warning, "doctor-backup-old", &[days(ago)])
        }
        Some(Standing::Made(ago, None)) => check("backup", Ok, "doctor-backup-made", &[days(ago)]),
    }
}

fn packs(facts: &Facts) -> Check {
    match &facts.packs {
        None => unknown("packs"),
        Some((count, hurt)) if hurt.is_empty() => {
            check("packs", Ok, "doctor-packs-whole", &[("count", count.to_string())])
        }
        Some((_, hurt)) => check("packs", Warning, "doctor-packs-hurt", &[("files", hurt.join("  "))]),
    }
}

fn content(facts: &Facts) -> Check {
    let Some((errors, warnings)) = facts.content else { return unknown("content") };
    let (outcome, id) = match (errors, warnings) {
        (0, 0) => (Ok, "doctor-content-whole"),
        _ => (Warning, "doctor-content-problems"),
    };
    check("content", outcome, id, &[("errors", errors.to_string()), ("warnings", warnings.to_string())])
}

fn addresses(facts: &Facts) -> Check {
    if facts.addresses.is_empty() {
        return check("addresses", Warning, "doctor-addresses-none", &[]);
    }
    let all: Vec<String> = facts.addresses.iter().map(ToString::to_string).collect();
    check("addresses", Ok, "doctor-addresses-some", &[("addresses", all.join("  "))])
}

fn name(facts: &Facts) -> Check {
    match facts.name {
        None => unknown("name"),
        Some(Name::Here) => check("name", Ok, "doctor-name-here", &[]),
        Some(Name::Elsewhere) => check("name", Warning, "doctor-name-elsewhere", &[]),
        // A machine may answer for the name without being able to ask for it.
        Some(Name::Nowhere) => check("name", Unknown, "doctor-name-nowhere", &[]),
    }
}

fn wifi(facts: &Facts) -> Check {
    let Some((interface, level)) = &facts.wifi else { return unknown("wifi") };
    let (outcome, id) = match *level {
        // An access point has no link of its own, and drivers that do not measure tell 0 or -256.
        0.. | ..-200 => return unknown("wifi"),
        ..WEAK_LINK => (Warning, "doctor-wifi-weak"),
        _ => (Ok, "doctor-wifi-good"),
    };
    check("wifi", outcome, id, &[("interface", interface.clone()), ("level", level.to_string())])
}

fn swap(facts: &Facts) -> Check {
    match facts.swap_on_card {
        None => unknown("swap"),
        Some(true) => check("swap", Warning, "doctor-swap-card", &[]),
        Some(false) => check("swap", Ok, "doctor-swap-none", &[]),
    }
}

fn card(facts: &Facts) -> Check {
    match facts.card_wear {
        Some(1) => check("card", Ok, "doctor-card-good", &[]),
        Some(2) => check("card", Warning, "doctor-card-worn", &[]),
        Some(3) => check("card", Error, "doctor-card-ending", &[]),
        _ => unknown("card"),
    }
}

fn file_systems(facts: &Facts) -> Check {
    match facts.disk_errors {
        None => unknown("errors"),
        Some(0) => check("errors", Ok, "doctor-errors-none", &[]),
        Some(count) => check("errors", Error, "doctor-errors-some", &[("count", count.to_string())]),
    }
}
