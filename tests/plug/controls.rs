//! What this harness must find: a server that says too early that something is kept, and damage made on purpose.

use std::{
    fs::{self, File},
    io::Write as _,
    time::Duration,
};

use rusqlite::Connection;

use super::{
    random::Random,
    school::{Plug, School},
};

/// Rounds in which a lie must be found out.
const ROUNDS: usize = 20;

/// What was not found; empty when all was.
pub(crate) fn all(seed: u64) -> Vec<String> {
    let mut missed = Vec::new();
    let mut see = |what: &str, found: Result<(), String>| match found {
        Ok(()) => missed.push(format!("the harness does not see {what}")),
        Err(found) => println!("control, {what}: found ({found})"),
    };
    see("a server that confirms what is not kept", lie(seed));
    see(
        "a deed that is gone",
        damaged(seed, |school| {
            sql(school, "DELETE FROM event WHERE id = (SELECT max(id) FROM event)");
        }),
    );
    see(
        "deeds in another order",
        damaged(seed, |school| {
            sql(
                school,
                "UPDATE event SET what = (CASE what WHEN 'invited' THEN 'joined' ELSE 'invited' END) WHERE id > 1",
            );
        }),
    );
    see(
        "an account that is gone",
        damaged(seed, |school| {
            sql(
                school,
                "PRAGMA foreign_keys = OFF; DELETE FROM person WHERE id = (SELECT max(id) FROM person)",
            );
        }),
    );
    see(
        "half a pack",
        damaged(seed, |school| {
            let (installed, _) = amauta::packs::installed(&school.console.data());
            let file = installed[0].root.join("resources/feria.md");
            let text = fs::read(&file).expect("a file of the pack");
            File::create(&file)
                .and_then(|mut file| file.write_all(&text[..text.len() / 2]))
                .expect("it is cut");
        }),
    );
    see(
        "a backup that is gone",
        damaged(seed, |school| {
            fs::remove_dir_all(school.console.target()).expect("the backups go");
            fs::create_dir(school.console.target()).expect("a folder");
        }),
    );
    missed
}

fn lie(seed: u64) -> Result<(), String> {
    let mut school = School::new(seed, false);
    // The first account is made honestly.
    school.round(&Plug::After(Duration::from_millis(150))).map_err(|error| format!("too early: {error}"))?;
    school.always = Some("lie".to_owned());
    school.stop();
    let mut random = Random(seed);
    for _ in 0..ROUNDS {
        school.round(&Plug::After(Duration::from_millis(50 + random.below(150) as u64)))?;
    }
    Ok(())
}

/// A school that was well, and is damaged.
fn damaged(seed: u64, damage: impl FnOnce(&School)) -> Result<(), String> {
    let mut school = School::new(seed, false);
    for _ in 0..20 {
        let well = school.round(&Plug::After(Duration::from_millis(300)));
        well.unwrap_or_else(|error| panic!("before the damage: {error}"));
        if school.deeds.len() > 3 && school.console.version > 0 && !school.console.copies.is_empty() {
            school.stop();
            school.console.proved.clear();
            damage(&school);
            return school.round(&Plug::Starting(Duration::from_millis(1))).map(drop);
        }
    }
    panic!("nothing was done in twenty rounds");
}

fn sql(school: &School, sql: &str) {
    let db = Connection::open(school.console.data().join("school.db")).expect("the records");
    db.execute_batch(sql).expect("they are damaged");
}
