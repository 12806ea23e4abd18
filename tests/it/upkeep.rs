//! What the server does by itself: backups that nobody asked for, and what is told of them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use amauta::{
    clock::Clock,
    store::{
        backup,
        school::{NewPerson, Role, SchoolDb},
    },
    upkeep::{self, Fault, Media, Place},
    web::{Settings, shelf::Folders},
};
use tempfile::TempDir;

use crate::{
    accounts::{add, signed_in},
    support::school::School,
};

const HOUR: u64 = 3600;

/// A school with a person, and a folder that stands for `/media`.
struct House {
    folder: TempDir,
    clock: Clock,
}

impl House {
    fn new() -> Self {
        Self::at("2026-03-01T12:00:00Z")
    }

    fn at(moment: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("datos")).unwrap();
        fs::create_dir_all(folder.path().join("media")).unwrap();
        fs::write(folder.path().join("mountinfo"), "").unwrap();
        let house = Self { folder, clock: Clock::frozen(moment.parse().unwrap()) };
        let db = SchoolDb::open(&house.data().join("school.db")).unwrap();
        let (name, login, password) = ("Rosa".to_owned(), "rosa".to_owned(), "$hash".to_owned());
        db.add_person(NewPerson { name, login, role: Role::Teacher, password }).unwrap();
        house
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("datos")
    }

    /// The running school.
    fn open(&self) -> School {
        let media = Media {
            mounts: self.folder.path().join("mountinfo"),
            labelled: self.folder.path().join("AMAUTA-device"),
            below: vec![self.folder.path().join("media")],
        };
        let settings = upkeep::Settings { backups: None, media };
        let folders = Folders { content: None, data: Some(self.data()) };
        School::with_clock(Settings { folders, upkeep: settings, ..Settings::default() }, self.clock.clone())
    }

    /// Plugs a stick in.
    fn plug(&self, name: &str) -> PathBuf {
        let root = self.folder.path().join("media").join(name);
        fs::create_dir_all(&root).unwrap();
        let written = root.display().to_string().replace(' ', "\\040");
        let file = self.folder.path().join("mountinfo");
        let line = format!("36 35 8:1 / {written} rw,noatime shared:1 - vfat /dev/sdb1 rw\n");
        fs::write(&file, fs::read_to_string(&file).unwrap() + &line).unwrap();
        root
    }

    fn pass(&self, hours: u64) {
        self.clock.advance(Duration::from_secs(hours * HOUR));
    }
}

fn count(target: &Path) -> usize {
    backup::list(target).map_or(0, |all| all.len())
}

fn tick(school: &School) {
    school.app.upkeep().expect("a caretaker").tick();
}

#[test]
fn a_backup_is_made_once_a_day_and_after_midnight() {
    let house = House::new();
    let school = house.open();
    let backups = house.data().join("backups");
    for (hours, expected) in [(0, 1), (1, 1), (10, 1), (11, 2), (1, 2), (24, 3)] {
        house.pass(hours);
        tick(&school);
        assert_eq!(count(&backups), expected, "{:?}", house.clock);
    }
    let home = tempfile::tempdir().unwrap();
    assert!(backup::restore(&backups, home.path()).unwrap().records);
}

#[test]
fn a_dead_clock_and_daily_power_cuts_do_not_keep_backups_away() {
    let mut house = House::at("1970-01-01T00:00:00Z");
    let backups = house.data().join("backups");
    for day in 1..=4 {
        // The machine starts in 1970 each morning, and its power fails in the afternoon.
        house.clock = Clock::frozen("1970-01-01T00:00:00Z".parse().unwrap());
        let school = house.open();
        for _ in 0..8 {
            house.pass(1);
            tick(&school);
        }
        assert!((day..=day + 2).contains(&count(&backups)), "day {day}: {}", count(&backups));
    }
}

#[test]
fn a_clock_that_jumps_makes_neither_none_nor_a_hundred() {
    let mut house = House::new();
    let backups = house.data().join("backups");
    // With each start the clock is years ahead, or behind again.
    for moment in
        ["2026-03-01T12:00:00Z", "2031-01-01T12:00:00Z", "2026-03-01T13:00:00Z", "2026-03-01T14:00:00Z"]
    {
        house.clock = Clock::frozen(moment.parse().unwrap());
        let school = house.open();
        for _ in 0..6 {
            house.pass(1);
            tick(&school);
        }
    }
    assert!((2..=4).contains(&count(&backups)), "{}", count(&backups));
}

#[test]
fn a_stick_that_is_for_backups_gets_one_a_day_and_others_are_left_alone() {
    let house = House::new();
    let school = house.open();
    let (ours, mine, other) = (house.plug("AMAUTA"), house.plug("Mi memoria"), house.plug("MUSICA"));
    fs::create_dir(mine.join("amauta-respaldos")).unwrap();
    for (hours, expected) in [(0, 1), (4, 1), (20, 2)] {
        house.pass(hours);
        tick(&school);
        for stick in [&ours, &mine] {
            assert_eq!(count(&stick.join("amauta-respaldos")), expected, "{}", stick.display());
        }
    }
    assert_eq!(fs::read_dir(other).unwrap().count(), 0);
    assert_eq!(school.app.upkeep().unwrap().last(Place::Stick).fault, None);
}

#[test]
fn what_fails_is_remembered_tried_each_hour_and_told_by_the_doctor() {
    let house = House::new();
    // Where a file stands no folder can be made.
    let backups = house.data().join("backups");
    fs::write(&backups, "").unwrap();
    let school = house.open();
    let upkeep = school.app.upkeep().unwrap();
    tick(&school);
    assert_eq!((upkeep.last(Place::Folder).age, upkeep.last(Place::Folder).fault), (None, Some(Fault::Disk)));
    let (code, said) = doctor(&house.data());
    assert!(code == Some(2) && said.contains("Respaldos: no hay ninguno y no se pudo hacer"), "{said}");
    fs::remove_file(&backups).unwrap();
    tick(&school);
    assert_eq!(count(&backups), 0, "it rests for an hour");
    house.pass(2);
    tick(&school);
    assert_eq!((count(&backups), upkeep.last(Place::Folder).fault), (1, None));
    let (_, said) = doctor(&house.data());
    assert!(said.contains("Respaldos: el último es de hace"), "{said}");
}

fn doctor(data: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_amauta"))
        .args(["doctor", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .env_clear()
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_school_without_people_has_nothing_to_copy() {
    let data = tempfile::tempdir().unwrap();
    let folders = Folders { content: None, data: Some(data.path().to_owned()) };
    let school = School::with(Settings { folders, ..Settings::default() });
    tick(&school);
    assert_eq!(fs::read_dir(data.path()).unwrap().flatten().count(), 0);
    assert!(doctor(data.path()).1.contains("Respaldos: todavía no hay nada que respaldar"));
}

#[test]
fn a_technician_sees_what_there_is_and_makes_one_now() {
    let house = House::new();
    add(&house.data(), "tito", Role::Technician);
    let stick = house.plug("AMAUTA");
    let school = house.open();
    let mut tito = signed_in(&school, "tito");
    tito.go("/es/tecnico/respaldos");
    assert!(tito.words().contains("Todavía no hay ninguno."), "{}", tito.words());
    tito.send("/tecnico/respaldos/ahora", &[]);
    assert!(tito.words().contains("El respaldo está hecho."), "{}", tito.words());
    for folder in [house.data().join("backups"), stick.join("amauta-respaldos")] {
        assert_eq!(count(&folder), 1);
        assert!(tito.words().contains(&format!("En {}", folder.display())), "{}", tito.words());
    }
    assert!(tito.words().contains("000001-2026-03-01 1 de marzo de 2026"), "{}", tito.words());
    let records = stick.join("amauta-respaldos/000001-2026-03-01/school.db");
    let mut bytes = fs::read(&records).unwrap();
    bytes[200] ^= 1;
    fs::write(&records, bytes).unwrap();
    let words = tito.go("/es/tecnico/respaldos").words();
    assert_eq!((words.matches(" entero").count(), words.matches(" dañado").count()), (1, 1), "{words}");
    // Where a file stands no folder can be made.
    fs::remove_dir_all(house.data().join("backups")).unwrap();
    fs::write(house.data().join("backups"), "").unwrap();
    tito.send("/tecnico/respaldos/ahora", &[]);
    assert!(
        tito.words().contains("no respondió bien") && !tito.words().contains("está hecho"),
        "{}",
        tito.words()
    );
    assert!(tito.go("/es/cuenta").words().contains("Respaldos"), "it is found from one's own page");
}

#[test]
fn a_stick_that_is_plugged_in_gets_its_backup_at_once() {
    let house = House::new();
    drop(house.open());
    // A space of mounts of its own: nothing of it is seen outside.
    let script = "mount -t tmpfs tmpfs /mnt && mkdir /mnt/AMAUTA || exit 9
        \"$1\" serve --listen 127.0.0.1:0 --data \"$2\" & server=$!
        sleep 2; mount -t tmpfs tmpfs /mnt/AMAUTA
        for i in $(seq 60); do
            sleep 0.5
            if [ -f /mnt/AMAUTA/amauta-respaldos/000001*/SHA256SUMS ]; then kill $server; exit 0; fi
        done
        kill $server; exit 1";
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", script, "sh", env!("CARGO_BIN_EXE_amauta")])
        .arg(house.data())
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .output();
    match output {
        Ok(output) if output.status.code() == Some(0) => {}
        Ok(output) if output.status.code() == Some(1) && !output.stdout.is_empty() => {
            panic!("no backup came: {}", String::from_utf8_lossy(&output.stderr));
        }
        other => println!("no right to mount: not tried ({other:?})"),
    }
}
