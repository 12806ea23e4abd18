//! A school whose plug is pulled again and again: what it was told, and whether that is what it finds.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use amauta::{
    auth::password,
    domain::lang::Lang,
    packs,
    store::{
        backup,
        blobs::Blobs,
        school::{Deed, Event, Person, SchoolDb, Status, StoreError, Which},
        whole::quick_check,
    },
};
use tempfile::TempDir;

use super::{
    audit, client,
    console::{Console, Task, logins, mark, text},
    program::{Running, Server, now},
    random::Random,
    work::{Account, Done, FIRST_PASSWORD, Key, TECHNICIAN, Worker, join, stamp},
};

/// How soon a page must be served after the start.
const READY: Duration = Duration::from_secs(1);

/// How long a named place may take to be passed by.
const PATIENCE: Duration = Duration::from_secs(15);

/// When the plug is pulled.
#[derive(Debug, Clone)]
pub(crate) enum Plug {
    /// While the server starts.
    Starting(Duration),
    /// While all work.
    After(Duration),
    /// When the server comes by a place; `only` says what the console does meanwhile.
    Server(String, Option<Task>),
    /// When a command comes by a place.
    Command(String, Task),
    /// Never: the server gets an error of the disk, and is killed after a while.
    ServerError(String, Option<Task>),
    /// Never: a command gets an error of the disk.
    CommandError(String, Task),
}

pub(crate) struct School {
    pub(crate) home: TempDir,
    /// Whether the first technician's account was confirmed; `None`: nobody knows.
    claimed: Option<bool>,
    pub(crate) technician: Option<String>,
    workers: Vec<Worker>,
    pub(crate) console: Console,
    pub(crate) deeds: Vec<Key>,
    /// What was asked for since the deeds were read.
    asked: Vec<Done>,
    server: Option<Server>,
    pub(crate) slowest: Duration,
    /// Starts that took too long and were tried again.
    pub(crate) late: usize,
    /// Changes that were confirmed.
    pub(crate) confirmed: usize,
    /// An environment for every server, for the control.
    pub(crate) always: Option<String>,
}

impl School {
    /// `empty`: no file is there before the server is; else the records, told that a hash costs little.
    pub(crate) fn new(seed: u64, empty: bool) -> Self {
        let home = tempfile::Builder::new().prefix("amauta-plug-").tempdir().expect("a folder");
        let mut random = Random(seed);
        let console = Console {
            home: home.path().to_owned(),
            log: home.path().join("console.log"),
            random: Random(random.next()),
            version: 0,
            asked: None,
            copies: Vec::new(),
            proved: String::new(),
            half_restored: false,
            codes: Vec::new(),
            done: Vec::new(),
            wrong: Vec::new(),
        };
        fs::create_dir(console.data()).expect("a folder");
        if !empty {
            cheap(&console.data());
        }
        let workers = (0..2).map(|name| Worker::new(name, random.next())).collect();
        Self {
            home,
            claimed: Some(false),
            technician: None,
            workers,
            console,
            deeds: Vec::new(),
            asked: Vec::new(),
            server: None,
            slowest: Duration::ZERO,
            late: 0,
            confirmed: 0,
            always: None,
        }
    }

    pub(crate) fn start(&self, fault: Option<&str>) -> Option<Server> {
        let fault = fault.or(self.always.as_deref());
        Server::start(&self.console.data(), &self.log(), self.claimed == Some(true), fault)
    }

    fn log(&self) -> std::path::PathBuf {
        self.home.path().join("server.log")
    }

    /// Ends the server.
    pub(crate) fn stop(&mut self) {
        drop(self.server.take());
    }

    /// Leaves everything where it is, for a look at it.
    pub(crate) fn keep(&mut self) -> String {
        self.stop();
        self.home.disable_cleanup(true);
        text(self.home.path()).to_owned()
    }

    /// Works, pulls the plug, starts again and looks at everything. `Ok(false)`: the named place was not passed by.
    pub(crate) fn round(&mut self, plug: &Plug) -> Result<bool, String> {
        let reached = self.work(plug);
        let mut server = self.start(None).ok_or("the server does not start")?;
        // Perhaps the machine was busy with other things: then again.
        for again in 1.. {
            if server.ready <= READY {
                break;
            }
            if again == 4 && !busy() {
                return Err(format!(
                    "the first page took {:?}, and three times before too long",
                    server.ready
                ));
            }
            if again > 20 {
                return Err("the first page is late on a busy machine, twenty times".to_owned());
            }
            self.late += 1;
            server.kill();
            server = self.start(None).ok_or("the server does not start")?;
        }
        self.slowest = self.slowest.max(server.ready);
        let looked = self.look(&server);
        self.server = Some(server);
        looked.map(|()| reached)
    }

    /// Whether the place was passed by.
    fn work(&mut self, plug: &Plug) -> bool {
        let fault = match plug {
            Plug::Server(fault, _) | Plug::ServerError(fault, _) => Some(fault.as_str()),
            Plug::Starting(after) => {
                drop(self.server.take());
                let mut child = Server::spawn(&self.console.data(), &self.log(), None);
                thread::sleep(*after);
                child.kill().ok();
                child.wait().ok();
                return true;
            }
            _ => None,
        };
        if fault.is_some() {
            drop(self.server.take());
        }
        let Some(mut server) = self.server.take().or_else(|| self.start(fault)) else {
            return true;
        };
        let Some(technician) = self.technician(&server) else {
            // One that was killed may not be gone yet.
            thread::sleep(Duration::from_millis(50));
            return server.lives() == matches!(plug, Plug::ServerError(..));
        };
        let known: Vec<String> = self.logins();
        let running = Running::default();
        let (console, workers) = (&mut self.console, &mut self.workers);
        if let Some(code) = console.codes.pop() {
            workers[0].codes.push(code);
        }
        let at = server.at;
        let tasks = if matches!(plug, Plug::ServerError(..)) { 8 } else { usize::MAX };
        let hang_up = AtomicBool::new(false);
        let server = Mutex::new(&mut server);
        let mut reached = true;
        thread::scope(|scope| {
            let busy: Vec<_> = workers
                .iter_mut()
                .map(|worker| scope.spawn(|| worker.work(at, &technician, tasks)))
                .collect();
            let (running, server, hang_up, known) = (&running, &server, &hang_up, &known);
            let reload = move || hang_up.store(true, Ordering::SeqCst);
            let mut at_console = None;
            match plug {
                Plug::Command(fault, task) | Plug::CommandError(fault, task) => {
                    let dies = matches!(plug, Plug::Command(..));
                    reached = console.stopped_at(*task, fault, running, known, dies);
                }
                Plug::Server(_, only) | Plug::ServerError(_, only) => {
                    let only = *only;
                    at_console = Some(scope.spawn(move || console.work(running, known, only, &reload)));
                }
                _ => at_console = Some(scope.spawn(move || console.work(running, known, None, &reload))),
            }
            let live = || server.lock().expect("one thread").lives();
            let hear = || {
                if hang_up.swap(false, Ordering::SeqCst) {
                    server.lock().expect("one thread").signal("HUP");
                }
            };
            let begun = now();
            match plug {
                Plug::After(time) => {
                    while now() - begun < *time {
                        hear();
                        thread::sleep(Duration::from_millis(3));
                    }
                }
                Plug::Server(..) => {
                    while live() && now() - begun < PATIENCE {
                        hear();
                        thread::sleep(Duration::from_millis(2));
                    }
                    reached = !live();
                }
                Plug::ServerError(_, only) => {
                    while now() - begun < PATIENCE && !busy.iter().all(thread::ScopedJoinHandle::is_finished)
                    {
                        hear();
                        thread::sleep(Duration::from_millis(2));
                    }
                    if only.is_some() {
                        thread::sleep(Duration::from_millis(300));
                        hear();
                        thread::sleep(Duration::from_millis(300));
                    }
                    reached = live();
                }
                _ => {}
            }
            server.lock().expect("one thread").kill();
            running.kill();
            drop(at_console);
        });
        self.gather();
        reached
    }

    /// Signs the technician in, as the first one where there is none. `None`: the server died of it.
    fn technician(&mut self, server: &Server) -> Option<String> {
        if self.technician.is_none() && self.claimed == Some(false) {
            let code = server.code.clone()?;
            let asked = stamp();
            self.claimed = None;
            let answer = join(server.at, "/es/primera-vez", &code, TECHNICIAN, FIRST_PASSWORD).ok();
            self.technician = answer.filter(|answer| answer.status == 303).and_then(|answer| answer.session);
            let told = self.technician.is_some().then(stamp);
            let who = Some(TECHNICIAN.to_owned());
            self.asked.push(Done { key: (who.clone(), Deed::Claimed.word(), who), asked, told });
            if told.is_some() {
                self.claimed = Some(true);
                cheap(&self.console.data());
            }
        } else if self.technician.is_none() {
            let fields = [("usuario", TECHNICIAN), ("clave", FIRST_PASSWORD)];
            let visit = amauta::auth::token::secret().expect("randomness");
            let answer = client::post(server.at, "/es/entrar", ("visita", &visit), &fields).ok()?;
            self.technician = answer.session;
        }
        self.technician.clone()
    }

    /// Those whose account was confirmed.
    fn logins(&self) -> Vec<String> {
        let accounts = self.workers.iter().flat_map(|worker| &worker.accounts);
        accounts.filter(|account| account.code.is_none()).map(|account| account.login.clone()).collect()
    }

    /// Takes what the workers noted.
    fn gather(&mut self) {
        for worker in &mut self.workers {
            self.asked.append(&mut worker.done);
        }
        self.asked.append(&mut self.console.done);
        self.confirmed += self.asked.iter().filter(|done| done.told.is_some()).count();
        self.asked.sort_by_key(|done| done.asked);
    }

    /// Compares everything with what people were told.
    fn look(&mut self, server: &Server) -> Result<(), String> {
        for wrong in self.workers.iter_mut().map(|worker| &mut worker.wrong).chain([&mut self.console.wrong])
        {
            if let Some(wrong) = wrong.pop() {
                return Err(wrong);
            }
        }
        let records = self.console.data().join("school.db");
        if records.exists() {
            let sound = quick_check(&records).map_err(|error| error.to_string())?;
            if let Some(found) = sound {
                return Err(format!("school.db: {found}"));
            }
            let db = SchoolDb::open(&records).map_err(|error| error.to_string())?;
            let people = db.people().map_err(|error| error.to_string())?;
            let deeds = deeds(db.events(u32::MAX).map_err(|error| error.to_string())?);
            audit::check(&self.deeds, &deeds, &self.asked)?;
            self.deeds = deeds;
            self.asked.clear();
            self.people(&people)?;
            self.brought(&db)?;
            cheap(&self.console.data());
        } else if self.claimed == Some(true) {
            return Err("school.db is gone".to_owned());
        } else {
            self.claimed = Some(false);
        }
        self.sessions(server)?;
        self.pack(server)?;
        self.copies()?;
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        match log.lines().find(|line| line.contains("panicked")) {
            Some(line) => Err(line.to_owned()),
            None => Ok(()),
        }
    }

    /// Every material that was confirmed is there with its file whole, and nothing that nobody brought.
    fn brought(&self, db: &SchoolDb) -> Result<(), String> {
        let told = |error: StoreError| error.to_string();
        let Some(technician) = db.person(TECHNICIAN).map_err(told)? else { return Ok(()) };
        let kept = db.submissions(Which::Of(technician.id)).map_err(told)?;
        let blobs = Blobs::open(self.console.data().join("files"));
        let all = || self.workers.iter().flat_map(|worker| &worker.brought);
        for brought in all().filter(|brought| brought.number.is_some()) {
            let title = brought.title.as_str();
            let found = kept.iter().find(|kept| Some(kept.id.number()) == brought.number);
            let found = found.filter(|found| found.work.title_in(Lang::ES) == title);
            let found = found.ok_or(format!("«{title}» is gone"))?;
            if brought.shown == Some(true) && found.served.is_none() {
                return Err(format!("«{title}» was published and is not"));
            }
        }
        for found in &kept {
            let title = found.work.title_in(Lang::ES);
            let brought = all().find(|brought| brought.title == title);
            let brought = brought.ok_or(format!("nobody brought «{title}»"))?;
            let version = db.version(found.id, found.newest).map_err(told)?.ok_or("no version")?;
            let [file] = version.files.as_slice() else { return Err(format!("«{title}» has no file")) };
            let content = blobs.file(&file.hash).and_then(std::io::read_to_string);
            if content.map_err(|error| format!("«{title}»: {error}"))? != brought.content {
                return Err(format!("the file of «{title}» is another"));
            }
            let shown = self.console.data().join("workshop").join(&found.slug).is_dir();
            if shown != found.served.is_some() {
                return Err(format!("«{title}» is laid out: {shown}, and served: {:?}", found.served));
            }
        }
        let half = fs::read_dir(self.console.data().join("files")).into_iter().flatten().flatten();
        let half =
            half.map(|entry| entry.path()).find(|path| path.extension().is_some_and(|end| end == "part"));
        half.map_or(Ok(()), |path| Err(format!("half a file stays: {}", text(&path))))
    }

    fn people(&mut self, people: &[Person]) -> Result<(), String> {
        let there = |login: &str| people.iter().find(|person| person.login == login);
        match (self.claimed, there(TECHNICIAN)) {
            (Some(true), None) => return Err("the first technician is gone".to_owned()),
            (_, found) => self.claimed = Some(found.is_some()),
        }
        let mut known = BTreeSet::from([TECHNICIAN.to_owned()]);
        for worker in &mut self.workers {
            let mut left = Vec::new();
            for mut account in worker.accounts.drain(..) {
                let Some(person) = there(&account.login) else {
                    // Not made: then the code that was asked to make it still does.
                    let code = account.code.take().ok_or(format!("the account {} is gone", account.login))?;
                    worker.codes.push(code);
                    continue;
                };
                known.insert(account.login.clone());
                settle(&mut account, person)?;
                left.push(account);
            }
            worker.accounts = left;
        }
        match people.iter().find(|person| !known.contains(&person.login)) {
            Some(person) => Err(format!("nobody asked for the account {}", person.login)),
            None => Ok(()),
        }
    }

    /// Asks at the door for sessions that must be open or have ended, and lets one person sign in.
    fn sessions(&mut self, server: &Server) -> Result<(), String> {
        let opens = |secret: &str| {
            let answer = client::get(server.at, "/es/cuenta", Some(("sesion", secret)));
            answer.map(|answer| answer.status).map_err(|_| "no answer at the door".to_owned())
        };
        if let Some(secret) = &self.technician
            && opens(secret)? != 200
        {
            return Err("the technician's session is gone".to_owned());
        }
        for worker in &mut self.workers {
            for account in worker.accounts.iter_mut().filter(|account| account.touched) {
                account.touched = false;
                if let Some(secret) = account.open.last()
                    && opens(secret)? != 200
                {
                    return Err(format!("a session of {} is gone", account.login));
                }
                if let Some(secret) = account.ended.last()
                    && opens(secret)? == 200
                {
                    return Err(format!("a session of {} that was ended is open", account.login));
                }
                account.ended.clear();
            }
        }
        Ok(())
    }

    fn pack(&mut self, server: &Server) -> Result<(), String> {
        let (installed, problems) = packs::installed(&self.console.data());
        if !problems.is_empty() {
            return Err(format!("a pack is hurt: {problems:?}"));
        }
        let Some(found) = installed.first() else {
            return if self.console.version == 0 { Ok(()) } else { Err("the pack is gone".to_owned()) };
        };
        let version: u32 =
            found.pack.version.to_string().rsplit('.').next().unwrap_or("").parse().unwrap_or(0);
        if version != self.console.version && Some(version) != self.console.asked {
            return Err(format!("the pack is of edition {version}, {} was confirmed", self.console.version));
        }
        // One that is in without anybody having been told is asked for again: it must end well.
        let verdict = packs::verify(&found.root);
        if !verdict.problems.is_empty() {
            return Err(format!("half a pack shows: {:?}", verdict.problems));
        }
        let read = |path: &str| {
            let answer = client::get(server.at, path, None).map_err(|_| format!("no answer for {path}"))?;
            if answer.status == 200 { Ok(answer.body) } else { Err(format!("{path}: {}", answer.status)) }
        };
        let lesson = read("/es/lecciones/mi-turno/1")?;
        if !lesson.contains(&mark(version)) {
            return Err(format!("the lesson is not of edition {version}"));
        }
        if read("/es/recursos?q=turnos")?.contains("/es/lecciones/mi-turno") {
            Ok(())
        } else {
            Err("the search does not find the lesson".to_owned())
        }
    }

    /// Every backup that was confirmed is there, or newer ones; the newest comes back whole.
    fn copies(&mut self) -> Result<(), String> {
        let Some(last) = self.console.copies.pop() else { return Ok(()) };
        self.console.copies.clear();
        let target = self.console.target();
        let all = backup::list(&target).map_err(|error| error.to_string())?;
        let newer = all.iter().filter(|kept| kept.name.as_str() > last.name.as_str()).count();
        if !all.iter().any(|kept| kept.name == last.name) && newer < 3 {
            return Err(format!("the backup {} is gone", last.name));
        }
        if self.console.proved == last.name {
            self.console.copies.push(last);
            return Ok(());
        }
        let new = self.home.path().join("prueba");
        fs::remove_dir_all(&new).ok();
        let back = backup::restore(&target, &new).map_err(|error| format!("{}: {error}", text(&target)))?;
        let people = logins(&new);
        let lost = last.logins.iter().find(|login| !people.contains(login));
        if !back.hurt.is_empty() || !back.records || back.files < last.files || lost.is_some() {
            return Err(format!("{} comes back otherwise: {back:?}, without {lost:?}", last.name));
        }
        self.console.proved.clone_from(&last.name);
        self.console.copies.push(last);
        Ok(())
    }
}

impl Console {
    /// Runs a task until it comes by the place. Whether it did (`dies`), or ended by itself as it must on an error.
    fn stopped_at(
        &mut self,
        task: Task,
        fault: &str,
        running: &Running,
        known: &[String],
        dies: bool,
    ) -> bool {
        if task == Task::Restore && self.copies.is_empty() {
            self.run(Task::Backup, running, None, known);
        }
        // Old backups go when there are more than stay.
        for _ in 0..6 {
            match self.run(task, running, Some(fault), known) {
                None => return dies,
                Some(_) if !dies => return true,
                Some(_) => {}
            }
        }
        false
    }
}

/// Compares an account with what is kept, and notes what is now known.
fn settle(account: &mut Account, person: &Person) -> Result<(), String> {
    account.code = None;
    account.number = Some(person.id.number());
    if account.touched {
        let fits = account.passwords.iter().filter(|text| password::verify(text, &person.password));
        let fits: Vec<String> = fits.cloned().collect();
        if fits.len() != 1 {
            return Err(format!("the password of {} is none of those it had", account.login));
        }
        account.passwords = fits;
    }
    let active = person.status == Status::Active;
    if account.active.is_some_and(|known| known != active) {
        return Err(format!("the account {} is open: {active}, and was told otherwise", account.login));
    }
    account.active = Some(active);
    Ok(())
}

/// The list of deeds, the first one first.
pub(crate) fn deeds(events: Vec<Event>) -> Vec<Key> {
    let key = |event: Event| (event.actor, event.deed.map_or("unknown", Deed::word), event.subject);
    events.into_iter().rev().map(key).collect()
}

/// Whether others want more of this machine than it has: then a wait says nothing.
fn busy() -> bool {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: f64 = load.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default();
    let cores = u32::try_from(thread::available_parallelism().map_or(1, usize::from)).unwrap_or(1);
    load > 2.0 * f64::from(cores)
}

/// Tells the records that a hash costs little on this machine.
fn cheap(data: &Path) {
    if let Ok(db) = SchoolDb::open(&data.join("school.db"))
        && db.number("hash-passes").is_ok_and(|passes| passes != Some(5))
    {
        db.set_numbers(&[("hash-passes", 5)]).ok();
    }
}
