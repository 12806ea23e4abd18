//! Records that are found damaged, and the plug pulled while they are laid aside.

use std::{fs, time::Duration};

use amauta::store::school::SchoolDb;

use super::{
    client,
    school::{Plug, School},
};

/// What stands in the damaged files.
const RECORDS: &str = "esto no es una base de datos";
const JOURNAL: &str = "esto no es su diario";

/// Whether a place is passed by only then.
pub(crate) fn is_of(point: &str) -> bool {
    point.ends_with("-aside") && point.starts_with("school-")
}

/// Damages the records of a school that works, pulls the plug or fails at the place, and brings the school back.
pub(crate) fn round(school: &mut School, point: &str, fault: &str) -> Result<(), String> {
    school.round(&Plug::After(Duration::from_millis(200)))?;
    school.stop();
    let data = school.console.data();
    let at = |name: &str| data.join(name);
    // Closed by its last user, the file holds all.
    drop(SchoolDb::open(&at("school.db")).map_err(|error| error.to_string())?);
    let whole = fs::read(at("school.db")).map_err(|error| error.to_string())?;
    fs::write(at("school.db"), RECORDS).expect("they are damaged");
    fs::write(at("school.db-wal"), JOURNAL).expect("it is damaged");
    let died = school.start(Some(fault)).is_none();
    if died == fault.ends_with("=error") {
        return Err(format!("not passed by: {point}"));
    }
    let server = school.start(None).ok_or("it does not start with damaged records")?;
    let status = |path| client::get(server.at, path, None).map(|answer| answer.status).unwrap_or_default();
    let served = [status("/es/lecciones/mi-frase-clave/2"), status("/es/entrar")];
    drop(server);
    let reads = |name: &str, text: &str| fs::read_to_string(at(name)).is_ok_and(|found| found == text);
    let aside = reads("school.db.hurt-1", RECORDS) && reads("school.db.hurt-1-wal", JOURNAL);
    if served != [200, 503] || !aside || at("school.db").exists() || at("school.db-wal").exists() {
        return Err(format!("a lesson and the door answer {served:?}, all laid aside: {aside}"));
    }
    fs::write(at("school.db"), whole).expect("a backup comes back");
    school.round(&Plug::After(Duration::from_millis(100))).map(drop)
}
