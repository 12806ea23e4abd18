//! What the server remembers about itself beside its people: how long it has lived, and numbers that others keep here by
//! name. What they mean is the others' (`upkeep`).

use super::{Accounts, Refused};

impl Accounts {
    /// Seconds that the server has lived, by its own count; `None` where there are no records yet.
    pub fn lived(&self) -> Result<Option<i64>, Refused> {
        if self.is_empty() { Ok(None) } else { self.age().map(Some) }
    }

    /// A number kept under a name; `None` when there is none.
    pub fn recall(&self, name: &'static str) -> Result<Option<i64>, Refused> {
        if self.is_empty() { Ok(None) } else { Ok(self.records()?.db.number(name)?) }
    }

    /// Keeps numbers under names, all or none, and with them the age of the server.
    pub fn remember(&self, numbers: &[(&'static str, i64)]) -> Result<(), Refused> {
        self.records()?.db.set_numbers(numbers)?;
        self.keep_age()
    }
}
