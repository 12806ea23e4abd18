//! The pulled plug: the real program works, is killed, starts again, and must find all that it confirmed and nothing half
//! done.
//!
//! `cargo test --features fault --test plug -- --rounds 5000` (60 when not told; `--seed N` repeats the chances of a run).
//! First every place of `amauta::fault::POINTS` once, killed and failing; then rounds at chance; then the controls, in which
//! this harness must find what a lying server lost and what was damaged on purpose.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod audit;
mod client;
mod console;
mod controls;
mod guest;
mod hurt;
mod program;
mod random;
mod school;
mod work;

use std::{process::ExitCode, sync::Mutex, thread, time::Duration};

use amauta::fault::POINTS;

use console::Task;
use program::now;
use random::Random;
use school::{Plug, School};

/// Rounds after which a school is new: its first account, its first pack.
const ROUNDS_A_SCHOOL: usize = 50;

/// What is done at the same time.
const AT_ONCE: usize = 2;

/// What happened, over all.
#[derive(Default)]
pub(crate) struct Told {
    rounds: usize,
    confirmed: usize,
    slowest: Duration,
    late: usize,
    wrong: Vec<String>,
}

fn main() -> ExitCode {
    let (mut rounds, mut seed) = (60_u64, u64::from(std::process::id()));
    let mut arguments = std::env::args().skip(1);
    let mut guest = None;
    while let Some(argument) = arguments.next() {
        if argument == "--guest" {
            guest = arguments.next();
            continue;
        }
        let mut number = || arguments.next().and_then(|text| text.parse().ok()).expect("a number");
        match argument.as_str() {
            "--rounds" => rounds = number(),
            "--seed" => seed = number(),
            other => panic!("{other}: --rounds N, --seed N"),
        }
    }
    let many = usize::try_from(rounds).expect("a number of rounds");
    if let Some(work) = guest {
        return end(&guest::all(work.as_ref(), many, seed));
    }
    println!("the plug is pulled: {} places, {rounds} rounds, seed {seed}", POINTS.len());
    let told = Mutex::new(Told::default());
    let begun = now();
    places(seed, &told);
    say("each place killed and failing", begun, &told);
    at_chance(seed, many, &told);
    say("rounds at chance", begun, &told);
    let controls = controls::all(seed);
    let mut told = told.into_inner().expect("no thread panicked");
    told.wrong.extend(controls);
    println!("controls: {} s", (now() - begun).as_secs());
    end(&told.wrong)
}

fn end(wrong: &[String]) -> ExitCode {
    for wrong in wrong {
        println!("WRONG: {wrong}");
    }
    if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn say(what: &str, begun: std::time::Instant, told: &Mutex<Told>) {
    let told = told.lock().expect("no thread panicked");
    let seconds = (now() - begun).as_secs();
    let Told { rounds, confirmed, slowest, late, wrong } = &*told;
    println!(
        "{what}: {rounds} cuts, {confirmed} confirmed deeds, {} wrong, slowest first page {} ms ({late} more were \
         tried again), {seconds} s",
        wrong.len(),
        slowest.as_millis()
    );
}

/// Which program comes by a place, and what has to be done for it.
fn plug(point: &str, fault: String, error: bool) -> Plug {
    let task = match point.split('-').next() {
        Some("pack") => Task::Import,
        Some("backup") => Task::Backup,
        Some("restore") => Task::Restore,
        Some("library") if error => return Plug::ServerError(fault, Some(Task::Import)),
        Some("library") => return Plug::Server(fault, Some(Task::Import)),
        _ if error => return Plug::ServerError(fault, None),
        _ => return Plug::Server(fault, None),
    };
    if error { Plug::CommandError(fault, task) } else { Plug::Command(fault, task) }
}

/// Every place once killed and once failing, in schools of their own.
fn places(seed: u64, told: &Mutex<Told>) {
    let left = Mutex::new(POINTS.to_vec());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                let mut school = School::new(seed, false);
                while let Some(point) = take(&left) {
                    // Records are made and raised once in the life of a school.
                    let young = point.starts_with("school-made") || point.starts_with("school-raise");
                    for error in [false, true] {
                        let fault = if error { format!("{point}=error") } else { point.to_owned() };
                        if hurt::is_of(point) {
                            let mut hurt = School::new(seed, false);
                            let went = hurt::round(&mut hurt, point, &fault);
                            note(told, &mut hurt, 1, went.map_err(|wrong| format!("{fault}: {wrong}")));
                            continue;
                        }
                        let plug = plug(point, fault, error);
                        let mut new;
                        let used = if young {
                            new = School::new(seed, true);
                            &mut new
                        } else {
                            &mut school
                        };
                        let went = used.round(&plug).and_then(|reached| {
                            if reached { Ok(()) } else { Err("not passed by".to_owned()) }
                        });
                        note(told, used, 1, went.map_err(|wrong| format!("{plug:?}: {wrong}")));
                        if young {
                            work_on(told, used);
                        }
                    }
                }
                work_on(told, &mut school);
            });
        }
    });
}

/// Whatever was left must be good to work on with.
fn work_on(told: &Mutex<Told>, school: &mut School) {
    let went = school.round(&Plug::After(Duration::from_millis(150))).map(drop);
    note(told, school, 1, went);
}

fn take<T>(left: &Mutex<Vec<T>>) -> Option<T> {
    left.lock().expect("no thread panicked").pop()
}

/// Adds what a school has been through.
fn note(told: &Mutex<Told>, school: &mut School, rounds: usize, went: Result<(), String>) {
    let mut told = told.lock().expect("no thread panicked");
    told.rounds += rounds;
    told.confirmed += std::mem::take(&mut school.confirmed);
    told.slowest = told.slowest.max(school.slowest);
    told.late += std::mem::take(&mut school.late);
    if let Err(wrong) = went {
        let kept = school.keep();
        println!("WRONG: {wrong} ({kept})");
        told.wrong.push(format!("{wrong} ({kept})"));
        *school = School::new(rounds as u64, false);
    }
}

fn at_chance(seed: u64, rounds: usize, told: &Mutex<Told>) {
    let schools: Vec<(u64, usize)> = (0..rounds)
        .step_by(ROUNDS_A_SCHOOL.min(rounds.div_ceil(AT_ONCE)).max(1))
        .map(|first| (seed ^ (first as u64 + 1).wrapping_mul(0x5851_f42d_4c95_7f2d), first))
        .collect();
    let a_school = ROUNDS_A_SCHOOL.min(rounds.div_ceil(AT_ONCE)).max(1);
    let left = Mutex::new(schools);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((seed, first)) = take(&left) {
                    let mut random = Random(seed);
                    let mut school = School::new(random.next(), false);
                    for _ in first..rounds.min(first + a_school) {
                        let plug = chance(&mut random);
                        let went = school.round(&plug).map(drop);
                        note(told, &mut school, 1, went.map_err(|wrong| format!("{plug:?}: {wrong}")));
                    }
                }
            });
        }
    });
}

/// When the plug is pulled this time.
fn chance(random: &mut Random) -> Plug {
    let mut below = |most: usize| Duration::from_millis(random.below(most) as u64);
    let (starting, after) = (below(300), below(250));
    match random.below(10) {
        0 => Plug::Starting(starting),
        1 | 2 => {
            let point = POINTS[random.below(POINTS.len())];
            let young = point.starts_with("school-made") || point.starts_with("school-raise");
            if young || hurt::is_of(point) || point == "backup-thinned" {
                return Plug::After(after);
            }
            // Those that are passed by once in a while are not waited for.
            let often = ["-file", "school-", "restore-placed"].iter().any(|part| point.contains(part));
            let passes = if often { 1 + random.below(4) } else { 1 };
            plug(point, format!("{point}:{passes}"), false)
        }
        _ => Plug::After(after),
    }
}
