//! A guest machine whose power is cut: `deploy/prove/power-cut.sh` makes its kernel and its first program. Every write of its
//! disk is logged by QEMU (`blklogwrites`, the form of dm-log-writes). From the log come disks as a cut at any moment leaves
//! them: all that was flushed before, and half of what was not.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener},
    os::unix::{fs::FileExt as _, net::UnixStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use amauta::{auth::token, packs, store::whole::quick_check};
use rusqlite::Connection;

use super::{
    client,
    console::pack_into,
    program::{Server, now},
    random::Random,
    school::{Plug, School},
};

/// Size of the guest's disk, in bytes: an import leaves 64 MB free.
const DISK: usize = 192 << 20;

/// Packs on it.
const PACKS: u32 = 120;

/// How long people work, with packs coming in meanwhile; and how long packs come in alone.
const WORK: [Duration; 2] = [Duration::from_secs(6), Duration::from_secs(6)];

/// What was confirmed, each with the length that the log had when the answer came.
#[derive(Default)]
struct Confirmed {
    codes: Vec<(String, u64)>,
    editions: Vec<(u32, u64)>,
}

impl Confirmed {
    fn moments(&self) -> impl Iterator<Item = u64> {
        let codes = self.codes.iter().map(|(_, at)| *at);
        codes.chain(self.editions.iter().map(|(_, at)| *at))
    }
}

/// Runs the guest as the program is, and as the controls are; what is wrong.
pub(crate) fn all(work: &Path, states: usize, seed: u64) -> Vec<String> {
    let mut wrong = Vec::new();
    for sin in ["", "normal", "folders"] {
        let guest = Guest::prepare(work, sin, seed);
        let mut confirmed = Confirmed::default();
        guest.work(&mut confirmed, WORK, true);
        let (lost, broken, looked) = guest.explore(&confirmed, states, seed);
        let (codes, editions) = (confirmed.codes.len(), confirmed.editions.len());
        let name = if sin.is_empty() { "as it is" } else { sin };
        println!(
            "{name}: {codes} codes and {editions} packs confirmed; {looked} states of the disk, {} lost something, {} broken",
            lost.len(),
            broken.len()
        );
        for each in lost.iter().chain(&broken).take(3) {
            println!("    {each}");
        }
        if codes < 10 || editions < 3 {
            wrong.push(format!("{name}: the guest did too little to tell anything"));
        }
        if sin.is_empty() && !(lost.is_empty() && broken.is_empty()) {
            wrong.push(format!("{} states lost something, {} are broken", lost.len(), broken.len()));
        }
        if !sin.is_empty() && lost.is_empty() {
            wrong.push(format!("the control {sin} lost nothing: these states prove nothing"));
        }
    }
    let guest = Guest::prepare(work, "", seed);
    wrong.extend(guest.cuts(states.div_ceil(10), &mut Random(seed)));
    wrong
}

struct Guest {
    work: PathBuf,
    sin: &'static str,
    /// The disk before the start.
    disk: PathBuf,
    log: PathBuf,
    technician: String,
}

impl Guest {
    /// Makes a disk with a school that has its technician, and packs to bring in.
    fn prepare(work: &Path, sin: &'static str, seed: u64) -> Self {
        let mut school = School::new(seed, false);
        school.round(&Plug::After(Duration::from_millis(50))).expect("a school");
        let technician = school.technician.clone().expect("its technician");
        school.stop();
        let data = school.console.data();
        // Whoever closes the records last writes all of them into one file.
        Connection::open(data.join("school.db"))
            .and_then(|db| db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"))
            .expect("records");
        fs::remove_dir_all(data.join("packs")).ok();
        for version in 1..=PACKS {
            pack_into(&school.console.home, &data.join("memoria"), version);
        }
        let guest = Self {
            work: work.to_owned(),
            sin,
            disk: work.join("disk.img"),
            log: work.join("writes.log"),
            technician,
        };
        File::create(&guest.disk).and_then(|file| file.set_len(DISK as u64)).expect("a disk");
        let mut make = Command::new("mke2fs");
        make.args(["-q", "-F", "-t", "ext4", "-d"]).arg(&data).arg(&guest.disk);
        assert!(make.status().expect("mke2fs is installed").success(), "the disk is made");
        copy(&guest.disk, &guest.live());
        File::create(&guest.log).expect("a log");
        guest
    }

    /// The disk that the guest writes.
    fn live(&self) -> PathBuf {
        self.work.join("live.img")
    }

    fn start(&self, port: u16, console: &Path, logged: bool) -> Child {
        fs::remove_file(console).ok();
        let path = |path: &Path| path.display().to_string();
        let (live, log) = (path(&self.live()), path(&self.log));
        let logged: &[String] = if logged {
            &[
                "-blockdev".to_owned(),
                format!("driver=file,filename={log},node-name=l,locking=off"),
                "-blockdev".to_owned(),
                "driver=blklogwrites,node-name=b,file=f,log=l".to_owned(),
                "-device".to_owned(),
                "virtio-blk-pci,drive=b".to_owned(),
            ]
        } else {
            &["-device".to_owned(), "virtio-blk-pci,drive=f".to_owned()]
        };
        Command::new("qemu-system-x86_64")
            .args(["-accel", "tcg", "-M", "pc", "-m", "256", "-nodefaults", "-no-reboot", "-display", "none"])
            .args(["-serial", &format!("file:{}", path(&self.work.join("serial.log")))])
            .args(["-serial", &format!("unix:{},server=on,wait=off", path(console))])
            .arg("-kernel")
            .arg(self.work.join("vmlinuz"))
            .arg("-initrd")
            .arg(self.work.join("initrd.gz"))
            .args(["-append", &format!("console=ttyS0 rdinit=/init panic=-1 quiet fault={}", self.sin)])
            .args([
                "-nic",
                &format!("user,model=virtio-net-pci,restrict=on,hostfwd=tcp:127.0.0.1:{port}-:8080"),
            ])
            .args(["-blockdev", &format!("driver=file,filename={live},node-name=f")])
            .args(logged)
            .stdin(Stdio::null())
            .spawn()
            .expect("qemu-system-x86_64 is installed")
    }

    fn logged(&self) -> u64 {
        fs::metadata(&self.log).map_or(0, |about| about.len())
    }

    /// Lets it work and cuts its power.
    fn work(&self, confirmed: &mut Confirmed, work: [Duration; 2], logged: bool) {
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let at: SocketAddr = ([127, 0, 0, 1], port).into();
        let console = self.work.join("console.sock");
        let mut qemu = Power(self.start(port, &console, logged));
        let begun = now();
        while client::get(at, "/es", None).is_err() {
            assert!(now() - begun < Duration::from_secs(120), "the guest does not serve: see serial.log");
            thread::sleep(Duration::from_millis(200));
        }
        if logged {
            println!("the guest serves after {} s", (now() - begun).as_secs());
        }
        let first = confirmed.editions.iter().map(|(edition, _)| edition + 1).max().unwrap_or(1);
        let confirmed = Mutex::new(confirmed);
        let (people, packs) = (AtomicBool::new(true), AtomicBool::new(true));
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while people.load(Ordering::SeqCst) {
                        let cookie = ("sesion", self.technician.as_str());
                        let fields = [("funcion", "teacher")];
                        let Ok(answer) = client::post(at, "/es/personas/invitar", cookie, &fields) else {
                            return;
                        };
                        let Some(code) = client::code(&answer.body).filter(|_| answer.status == 200) else {
                            return;
                        };
                        let mut confirmed = confirmed.lock().expect("no thread panicked");
                        confirmed.codes.push((code, self.logged()));
                    }
                });
            }
            scope.spawn(|| self.bring_packs(&console, first, &packs, &confirmed));
            thread::sleep(work[0]);
            people.store(!logged, Ordering::SeqCst);
            thread::sleep(work[1]);
            packs.store(false, Ordering::SeqCst);
            qemu.cut();
            people.store(false, Ordering::SeqCst);
        });
    }

    /// Cuts the power of the same machine again and again; after each cut its disk is looked at, and served from, here.
    fn cuts(&self, cuts: usize, random: &mut Random) -> Vec<String> {
        let mut confirmed = Confirmed::default();
        let mut wrong = Vec::new();
        for cut in 1..=cuts {
            let work = [1000, 500].map(|least| Duration::from_millis(least + random.below(1000) as u64));
            self.work(&mut confirmed, work, false);
            match self.look(&self.live(), &confirmed, u64::MAX) {
                Ok(None) => {}
                Ok(Some(found)) | Err(found) => wrong.push(format!("cut {cut}: {found}")),
            }
        }
        let (codes, editions) = (confirmed.codes.len(), confirmed.editions.len());
        println!(
            "{cuts} times the guest was killed: {codes} codes and {editions} packs confirmed, {} wrong",
            wrong.len()
        );
        wrong
    }

    /// Tells the guest's console to bring packs in, one after the other.
    fn bring_packs(&self, console: &Path, first: u32, go_on: &AtomicBool, confirmed: &Mutex<&mut Confirmed>) {
        let mut to = UnixStream::connect(console).expect("the console");
        to.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let mut from = BufReader::new(to.try_clone().expect("both ways"));
        for version in first..=PACKS {
            if !go_on.load(Ordering::SeqCst) || writeln!(to, "cusco-quechua-1.0.{version}").is_err() {
                return;
            }
            let mut line = String::new();
            while !line.contains("done ") && !line.contains("failed ") {
                line.clear();
                if !from.read_line(&mut line).is_ok_and(|read| read > 0) {
                    return;
                }
            }
            if line.contains("done ") {
                let mut confirmed = confirmed.lock().expect("no thread panicked");
                confirmed.editions.push((version, self.logged()));
            }
        }
    }

    /// Builds disks from the log; what was lost, what was broken, and how many were looked at.
    fn explore(&self, confirmed: &Confirmed, states: usize, seed: u64) -> (Vec<String>, Vec<String>, usize) {
        let log = fs::read(&self.log).expect("the log");
        let writes = writes(&log);
        let mut random = Random(seed);
        let (mut lost, mut broken) = (Vec::new(), Vec::new());
        // Before somebody was told something there is nothing to lose.
        let first = confirmed.moments().min().unwrap_or_default();
        let begin = writes.iter().position(|write| write.end as u64 >= first).unwrap_or_default();
        let answers: Vec<u64> = confirmed.moments().collect();
        for state in 0..states {
            // Every other time at the very moment of an answer.
            let (cut, told) = if state % 2 == 0 {
                let told = answers[random.below(answers.len())];
                (writes.iter().take_while(|write| write.end as u64 <= told).count(), told)
            } else {
                let cut = begin + random.below(writes.len() - begin) + 1;
                (cut, writes[cut - 1].end as u64)
            };
            let flushed = writes[..cut].iter().rposition(|write| write.flags & FLUSH != 0);
            let image = self.work.join("state.img");
            copy(&self.disk, &image);
            let disk = File::options().write(true).open(&image).expect("a state of the disk");
            for (number, write) in writes[..cut].iter().enumerate() {
                let kept = flushed.is_some_and(|last| number <= last) || write.flags & FUA != 0;
                if kept || random.below(2) == 0 {
                    let bytes = &log[write.begin..write.end];
                    disk.write_all_at(bytes, write.place as u64).expect("a state of the disk");
                }
            }
            match self.look(&image, confirmed, told) {
                Ok(found) => {
                    lost.extend(found.map(|found| format!("cut at {cut} of {}: {found}", writes.len())));
                }
                Err(found) => broken.push(format!("cut at {cut} of {}: {found}", writes.len())),
            }
        }
        (lost, broken, states)
    }

    /// What of all that was confirmed before this length of the log is not on this disk.
    fn look(&self, image: &Path, confirmed: &Confirmed, told: u64) -> Result<Option<String>, String> {
        let mount = self.work.join("mnt");
        fs::create_dir_all(&mount).expect("a folder");
        let run = |command: &mut Command| command.output().is_ok_and(|done| done.status.success());
        if !run(Command::new("mount").args(["-o", "loop"]).arg(image).arg(&mount)) {
            return Err("it cannot be mounted".to_owned());
        }
        let looked = Self::mounted(&mount, confirmed, told);
        if !run(Command::new("umount").arg(&mount)) {
            return Err("it cannot be unmounted".to_owned());
        }
        looked
    }

    fn mounted(data: &Path, confirmed: &Confirmed, told: u64) -> Result<Option<String>, String> {
        let server = Server::start(data, &data.join("server.log"), true, None).ok_or("it does not start")?;
        let lesson = client::get(server.at, "/es/lecciones/mi-frase-clave/2", None);
        if !lesson.is_ok_and(|answer| answer.status == 200) {
            return Err("the lessons are not served".to_owned());
        }
        drop(server);
        let records = data.join("school.db");
        if let Some(found) = quick_check(&records).map_err(|error| error.to_string())? {
            return Err(found);
        }
        let db = Connection::open(&records).map_err(|error| error.to_string())?;
        let mut query =
            db.prepare("SELECT 1 FROM invitation WHERE code = ?1").map_err(|error| error.to_string())?;
        for (code, _) in confirmed.codes.iter().filter(|(_, at)| *at <= told) {
            let hash = token::hash(&token::folded_code(code));
            if !query.exists([hash]).map_err(|error| error.to_string())? {
                return Ok(Some(format!("the code {code} was confirmed and is not there")));
            }
        }
        let (installed, problems) = packs::installed(data);
        if !problems.is_empty() {
            return Err(format!("{problems:?}"));
        }
        if let Some(pack) = installed.first() {
            let verdict = packs::verify(&pack.root);
            if !verdict.problems.is_empty() {
                return Err(format!("half a pack shows: {:?}", verdict.problems));
            }
        }
        let version = installed.first().map(|pack| pack.pack.version.to_string());
        let version =
            version.and_then(|version| version.rsplit('.').next()?.parse::<u32>().ok()).unwrap_or(0);
        let newest =
            confirmed.editions.iter().filter(|(_, at)| *at <= told).map(|(edition, _)| *edition).max();
        let lost = newest.filter(|newest| *newest > version);
        Ok(lost.map(|newest| format!("edition {newest} of the pack was confirmed, {version} is there")))
    }
}

/// Copies a disk without writing what is empty.
fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("--sparse=always").args([from, to]).status();
    assert!(done.is_ok_and(|done| done.success()), "a copy of the disk");
}

/// The guest's power: cut when this ends.
struct Power(Child);

impl Power {
    fn cut(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Drop for Power {
    fn drop(&mut self) {
        self.cut();
    }
}

/// A write of the guest: where to, and which bytes of the log.
struct Logged {
    place: usize,
    begin: usize,
    end: usize,
    flags: u64,
}

const FLUSH: u64 = 1;
const FUA: u64 = 2;
const DISCARD: u64 = 4;

/// The writes of a log, in order. <https://docs.kernel.org/admin-guide/device-mapper/log-writes.html>
fn writes(log: &[u8]) -> Vec<Logged> {
    let number = |at: usize| -> u64 {
        log.get(at..at + 8).map_or(0, |bytes| u64::from_le_bytes(bytes.try_into().expect("eight bytes")))
    };
    assert_eq!(number(0), 0x006a_7366_7773_6872, "the log is of dm-log-writes");
    let size = |number: u64| usize::try_from(number).expect("it fits");
    let sector = size(number(24) & 0xffff_ffff);
    let mut found = Vec::new();
    let mut at = sector;
    while at + 32 <= log.len() {
        let (place, sectors, flags) = (size(number(at)), size(number(at + 8)), number(at + 16));
        if (place, sectors, flags) == (0, 0, 0) {
            break;
        }
        let begin = at + sector;
        let length = if flags & DISCARD == 0 { sectors * sector } else { 0 };
        let end = begin + length;
        if end > log.len() || place * sector + length > DISK {
            break;
        }
        found.push(Logged { place: place * sector, begin, end, flags });
        at = end;
    }
    found
}
