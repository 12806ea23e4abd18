//! Who is who: the first technician, signing in and out, passwords, and when a session ends.
//!
//! Lives here: the rules. Does not: how they are kept (`store::school`), and cookies, forms and pages (`web`). Everything
//! but [`Accounts::turn`] waits for the disk or for a hash: call it where waiting is allowed.

mod memory;
pub mod password;
pub mod people;
pub mod throttle;
pub mod token;
mod wall;

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::{
    password::{HashError, Weak},
    throttle::{Throttle, Turn},
    token::NoRandom,
};
use crate::{
    clock::Clock,
    store::school::{
        NewPerson, OpenError, Person, PersonError, PersonId, Role, SchoolDb, Session, Status, StoreError,
        hurt,
    },
};

/// A session on a shared laptop ends when nobody used it for so long, in seconds.
pub const SHARED_IDLE: i64 = 30 * 60;
/// And at the latest after so long.
const SHARED_WHOLE: i64 = 12 * 3600;
/// On a computer that is the person's alone.
pub const OWN_IDLE: i64 = 14 * 24 * 3600;
/// And at the latest after so long.
const OWN_WHOLE: i64 = 60 * 24 * 3600;

/// That a session is in use is written at most once in so many seconds.
const TOUCHED_EVERY: i64 = 60;

/// Who waits for a hash at most; who comes then is told that many are signing in.
const WAITING: usize = 32;

/// Most characters of a name and of a login.
const LONGEST_NAME: usize = 80;
const LONGEST_LOGIN: usize = 40;
const SHORTEST_LOGIN: usize = 3;

/// What the server remembers: passes of a hash, its own age in seconds, the wall clock at that age.
const PASSES: &str = "hash-passes";
pub(crate) const AGE: &str = "age";
const WALL: &str = "age-wall";

/// The people of a school, and who of them is signed in.
#[derive(Debug)]
pub struct Accounts {
    path: PathBuf,
    /// Opened when there is something to read: a server that nobody has an account on carries no database about.
    records: Mutex<Option<Arc<Records>>>,
    clock: Clock,
    throttle: Throttle,
    hashing: Arc<Semaphore>,
    waiting: Semaphore,
    passes: OnceLock<u32>,
    /// What the first technician types, until there is one.
    first: Mutex<Option<String>>,
}

/// The records, open.
#[derive(Debug)]
struct Records {
    db: Arc<SchoolDb>,
    /// Age of the server when they were opened, and that moment.
    born: (i64, Instant),
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub person: Person,
    /// In which session.
    pub session: Session,
}

/// What the browser is told when somebody has signed in.
#[derive(Clone)]
pub struct Entered {
    /// What it keeps to be known again.
    pub secret: String,
    /// How long it keeps it, in seconds; `None`: until it is closed.
    pub keeps: Option<i64>,
}

/// Why nobody is signed in, or an account is not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No such login, another password, or the account is shut: who asks is not told which.
    #[error("login or password are wrong")]
    Wrong,
    /// The code is not the one of the console.
    #[error("the code is wrong")]
    Code,
    /// There is a technician already.
    #[error("the server has its technician")]
    Claimed,
    /// The name of the person is missing or too long.
    #[error("the name cannot be taken")]
    Name,
    /// The login is too short, too long or has other characters than letters, digits, `.`, `-` and `_`.
    #[error("the login cannot be taken")]
    Login,
    /// Another person has this login.
    #[error("the login is taken")]
    Taken,
    /// Nobody would be left to keep the server.
    #[error("it is the last technician")]
    LastTechnician,
    /// The password is no good one.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// Too many are signing in at this moment.
    #[error("too many are signing in")]
    Busy,
    /// No time that this program can have seen.
    #[error("the time cannot be right")]
    Time,
    /// No room is left on the disk.
    #[error("the disk is full")]
    Full,
    /// Our own mistake, or the machine's.
    #[error("accounts cannot be used: {0}")]
    Broken(String),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            error => Self::Broken(error.to_string()),
        }
    }
}

impl From<PersonError> for Refused {
    fn from(error: PersonError) -> Self {
        match error {
            PersonError::Taken => Self::Taken,
            PersonError::LastTechnician => Self::LastTechnician,
            // Of a code: somebody was faster.
            PersonError::Unknown => Self::Code,
            PersonError::Store(error) => error.into(),
        }
    }
}

impl From<HashError> for Refused {
    fn from(error: HashError) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<NoRandom> for Refused {
    fn from(error: NoRandom) -> Self {
        Self::Broken(error.to_string())
    }
}

/// What somebody types who gets an account.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// As colleagues see it.
    pub name: &'a str,
    /// As it is typed at the door.
    pub login: &'a str,
    /// The password.
    pub password: &'a str,
    /// And once more.
    pub again: &'a str,
}

/// Leave to make one hash.
#[derive(Debug)]
pub struct Permit(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

impl Accounts {
    /// Opens the accounts of a data folder. When there are none yet, nothing is made before somebody gets one.
    ///
    /// # Errors
    /// The file cannot be opened, is not ours, or is a newer program's.
    pub fn open(path: &Path, clock: Clock) -> Result<Self, OpenError> {
        let records = if path.try_exists()? { Some(Records::open(path, &clock)?) } else { None };
        let claimed = records.as_ref().map_or(Ok(false), |records| records.db.is_claimed())?;
        Ok(Self {
            path: path.to_owned(),
            records: Mutex::new(records.map(Arc::new)),
            clock,
            throttle: Throttle::default(),
            hashing: Arc::new(Semaphore::new(1)),
            waiting: Semaphore::new(WAITING),
            passes: OnceLock::new(),
            first: Mutex::new(if claimed { None } else { token::code().ok() }),
        })
    }

    /// The same at the start of a server: damaged records are laid aside, so that nobody writes to them.
    ///
    /// # Errors
    /// As [`Accounts::open`]; and where damaged records lie, now or from before, with their place.
    pub fn open_sound(path: &Path, clock: Clock) -> Result<Self, (OpenError, Option<PathBuf>)> {
        if let Some(aside) = hurt::laid_aside(path) {
            return Err((OpenError::LaidAside, Some(aside)));
        }
        if let Err(error) = hurt::spare_journal(path) {
            return Err((error.into(), None));
        }
        let opened =
            if hurt::is_emptied(path) { Err(OpenError::NotASchool) } else { Self::open(path, clock) };
        let aside = match &opened {
            Err(error) if error.is_damage() => hurt::lay_aside(path).unwrap_or_else(|error| {
                tracing::error!(%error, "damaged records stay in place");
                path.to_owned()
            }),
            _ => {
                hurt::drop_spare(path);
                return opened.map_err(|error| (error, None));
            }
        };
        opened.map_err(|error| (error, Some(aside)))
    }

    /// The code that the first technician types; `None` when there is one.
    pub fn first_code(&self) -> Option<String> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks whether an attempt at a login may be made now.
    pub fn turn(&self, login: &str, from: Option<IpAddr>) -> Turn {
        self.throttle.attempt(&fold(login), from, self.clock.instant())
    }

    /// The attempts counted under a name were no guesses.
    pub fn forgive(&self, name: &str, from: Option<IpAddr>) {
        self.throttle.forgive(name, from);
    }

    /// Waits until no other hash is made.
    ///
    /// # Errors
    /// [`Refused::Busy`]: many wait already.
    pub async fn permit(&self) -> Result<Permit, Refused> {
        let _waits = self.waiting.try_acquire().map_err(|_| Refused::Busy)?;
        Arc::clone(&self.hashing).acquire_owned().await.map(Permit).map_err(|_| Refused::Busy)
    }

    /// Makes the account of the first technician for whoever holds the code of the console, and signs them in.
    pub fn claim(&self, _permit: &Permit, code: &str, wish: Wish<'_>, own: bool) -> Result<Entered, Refused> {
        let expected = self.first_code().ok_or(Refused::Claimed)?;
        if !token::same(&token::folded_code(code), &token::folded_code(&expected)) {
            return Err(Refused::Code);
        }
        let person = self.wished(wish, Role::Technician)?;
        let id = match self.records()?.db.add_first(person, self.by(None)) {
            Err(PersonError::Taken) => return Err(Refused::Claimed),
            made => made?,
        };
        *self.first.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.begin(id, own)
    }

    /// Signs somebody in. `None` for the login's person and a wrong password cost the same time.
    pub fn sign_in(
        &self,
        _permit: &Permit,
        login: &str,
        password: &str,
        own: bool,
        from: Option<IpAddr>,
    ) -> Result<Entered, Refused> {
        let login = fold(login);
        let person = self.records()?.db.person(&login)?;
        let passes = self.passes()?;
        let Some(person) = person else {
            // As long as for a login that exists: nobody learns who has an account.
            password::hash(password, passes)?;
            return Err(Refused::Wrong);
        };
        if !password::verify(password, &person.password) || person.status != Status::Active {
            return Err(Refused::Wrong);
        }
        self.throttle.forgive(&login, from);
        if password::is_of_another_cost(&person.password, passes) {
            self.records()?.db.rehash(person.id, password::hash(password, passes)?)?;
        }
        self.begin(person.id, own)
    }

    /// Who holds this secret, if the session has not ended.
    pub fn signed(&self, secret: &str) -> Result<Option<Signed>, Refused> {
        if self.is_empty() {
            return Ok(None);
        }
        let token = token::hash(secret);
        let Some((session, person)) = self.records()?.db.session(token)? else { return Ok(None) };
        let now = self.age()?;
        if person.status != Status::Active || is_over(&session, now) {
            self.records()?.db.end_session(token)?;
            return Ok(None);
        }
        if now - session.seen >= TOUCHED_EVERY {
            self.records()?.db.touch_session(token, now)?;
            self.keep_age()?;
        }
        Ok(Some(Signed { person, session }))
    }

    /// Ends the session of a secret.
    pub fn sign_out(&self, secret: &str) -> Result<(), Refused> {
        Ok(self.records()?.db.end_session(token::hash(secret))?)
    }

    /// Gives a person another password; all their sessions end, and a new one begins here.
    pub fn change_password(
        &self,
        _permit: &Permit,
        signed: &Signed,
        old: &str,
        password: &str,
        again: &str,
    ) -> Result<Entered, Refused> {
        let person = &signed.person;
        if !password::verify(old, &person.password) {
            return Err(Refused::Wrong);
        }
        password::judge(password, again, &[&person.login, &person.name])?;
        self.records()?.db.set_password(person.id, password::hash(password, self.passes()?)?)?;
        self.begin(person.id, signed.session.own)
    }

    /// The sessions of a person that have not ended, and how long ago in seconds each was used.
    pub fn sessions(&self, signed: &Signed) -> Result<Vec<(Session, i64)>, Refused> {
        let now = self.age()?;
        let all = self
            .records()?
            .db
            .sessions(signed.person.id)?
            .into_iter()
            .filter(|session| !is_over(session, now));
        Ok(all
            .map(|session| {
                let ago = (now - session.seen).max(0);
                (session, ago)
            })
            .collect())
    }

    /// Ends all sessions of a person.
    pub fn close_all(&self, signed: &Signed) -> Result<(), Refused> {
        Ok(self.records()?.db.end_sessions(signed.person.id)?)
    }

    /// Measures what a hash costs here, unless that is known: while nobody waits, not when a class does.
    pub fn prepare(&self, _permit: &Permit) -> Result<(), Refused> {
        self.passes().map(drop)
    }

    /// Measures once what a hash costs here, and remembers it.
    fn passes(&self) -> Result<u32, Refused> {
        if let Some(passes) = self.passes.get() {
            return Ok(*passes);
        }
        let kept = self.records()?.db.number(PASSES)?.and_then(|passes| u32::try_from(passes).ok());
        let passes = if let Some(passes) = kept {
            passes.clamp(password::LEAST_PASSES, password::MOST_PASSES)
        } else {
            let measured = password::calibrate(&self.clock)?;
            self.records()?.db.set_numbers(&[(PASSES, i64::from(measured))])?;
            measured
        };
        Ok(*self.passes.get_or_init(|| passes))
    }

    fn wished(&self, wish: Wish<'_>, role: Role) -> Result<NewPerson, Refused> {
        let name = wish.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Refused::Name);
        }
        let login = fold(wish.login);
        let fits = (SHORTEST_LOGIN..=LONGEST_LOGIN).contains(&login.chars().count());
        if !fits || !login.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')) {
            return Err(Refused::Login);
        }
        password::judge(wish.password, wish.again, &[&login, &name])?;
        Ok(NewPerson { name, login, role, password: password::hash(wish.password, self.passes()?)? })
    }

    fn begin(&self, person: PersonId, own: bool) -> Result<Entered, Refused> {
        let secret = token::secret()?;
        let now = self.age()?;
        let token = token::hash(&secret);
        self.records()?.db.begin_session(Session { token, person, own, started: now, seen: now })?;
        self.keep_age()?;
        Ok(Entered { secret, keeps: own.then_some(OWN_IDLE) })
    }

    /// Seconds that the server has lived: they pass while it runs, and by the wall clock while it did not, where that can
    /// be believed. No clock sets them back.
    fn age(&self) -> Result<i64, Refused> {
        let (age, born) = self.records()?.born;
        let run = self.clock.instant().saturating_duration_since(born);
        Ok(age.saturating_add(seconds(run)))
    }

    fn keep_age(&self) -> Result<(), Refused> {
        let wall = if self.clock.plausible() { self.clock.now().as_second() } else { 0 };
        let mut numbers = vec![(AGE, self.age()?), (WALL, wall)];
        numbers.extend((wall > 0).then_some((wall::NEWEST, wall)));
        Ok(self.records()?.db.set_numbers(&numbers)?)
    }

    /// The records of the school, for what people make; `None` while nobody has an account.
    ///
    /// # Errors
    /// They cannot be opened.
    pub fn school(&self) -> Result<Option<Arc<SchoolDb>>, Refused> {
        if self.is_empty() { Ok(None) } else { Ok(Some(Arc::clone(&self.records()?.db))) }
    }

    /// The records; made when there are none.
    fn records(&self) -> Result<Arc<Records>, Refused> {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(records) = &*records {
            return Ok(Arc::clone(records));
        }
        let opened = Records::open(&self.path, &self.clock).map(Arc::new);
        let opened = opened.map_err(|error| Refused::Broken(error.to_string()))?;
        *records = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// Whether there are no records yet.
    fn is_empty(&self) -> bool {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.is_none() && !self.path.exists()
    }
}

impl Records {
    fn open(path: &Path, clock: &Clock) -> Result<Self, OpenError> {
        let db = SchoolDb::open(path)?;
        wall::recall(&db, clock)?;
        if let Some(newest) = db.newest_stamp()? {
            clock.observe(newest);
        }
        let age = wake(&db, clock)?;
        Ok(Self { db: Arc::new(db), born: (age, clock.instant()) })
    }
}

/// A machine that seems to have been off for longer than this, in seconds, has a clock that jumped.
const LONGEST_OFF: i64 = 400 * 24 * 3600;

/// The age of the server at its start. When nobody knows how long the machine was off, sessions on shared laptops end: any
/// time may have passed.
fn wake(db: &SchoolDb, clock: &Clock) -> Result<i64, StoreError> {
    let (age, wall) = (db.number(AGE)?.unwrap_or(0).max(0), db.number(WALL)?.unwrap_or(0));
    let off = clock.now().as_second().saturating_sub(wall);
    if clock.plausible() && wall > 0 && (0..=LONGEST_OFF).contains(&off) {
        return Ok(age.saturating_add(off));
    }
    db.end_shared_sessions()?;
    Ok(age)
}

fn is_over(session: &Session, now: i64) -> bool {
    let (idle, whole) = if session.own { (OWN_IDLE, OWN_WHOLE) } else { (SHARED_IDLE, SHARED_WHOLE) };
    now.saturating_sub(session.seen) >= idle || now.saturating_sub(session.started) >= whole
}

/// A login as it is compared.
fn fold(login: &str) -> String {
    login.trim().to_lowercase()
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
