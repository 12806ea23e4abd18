//! Which old backups go: of the last days, weeks and months one each stays.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
};

use super::{Error, FILES, Kept, disk, here, list, manifest::Sums};

/// Days, weeks and months of which the newest backup stays.
const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 6;

/// The newest by number stay whatever they are dated: a clock that jumped does not take them away.
const NEWEST: usize = 3;

/// The numbers of those that go, of `kept`, oldest first. Order is by number; one without a believable date counts as a
/// day of its own.
pub fn surplus(kept: &[Kept]) -> Vec<u32> {
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut undated = 0;
    let mut gone = Vec::new();
    for (age, one) in kept.iter().rev().enumerate() {
        let mut stays = age < NEWEST;
        if let Some(made) = one.made {
            let day = jiff::tz::Offset::UTC.to_datetime(made).date();
            let week = day.iso_week_date();
            stays |= days.len() + undated < DAYS && days.insert((day.year(), day.day_of_year()));
            stays |= weeks.len() < WEEKS && weeks.insert((week.year(), week.week()));
            stays |= months.len() < MONTHS && months.insert((day.year(), day.month()));
        } else if days.len() + undated < DAYS {
            undated += 1;
            stays = true;
        }
        if !stays {
            gone.push(one.number);
        }
    }
    gone
}

/// Takes surplus backups away, then files that none of those left needs.
pub(super) fn thin(target: &Path) -> Result<(), Error> {
    let kept = list(target)?;
    let gone = surplus(&kept);
    let mut needed = HashSet::new();
    for one in &kept {
        let folder = target.join(&one.name);
        if gone.contains(&one.number) {
            // Under a name that is no backup's first, so that half of one is never taken for whole.
            let old = target.join(".old");
            disk::remove(&old)?;
            disk::rename(&folder, &old)?;
            disk::sync(target)?;
            here("backup-thinned", &old)?;
            disk::remove(&old)?;
            continue;
        }
        let sums = Sums::read(&folder);
        if !sums.whole {
            // It may need any of them.
            return Ok(());
        }
        needed.extend(sums.files);
    }
    if gone.is_empty() {
        return Ok(());
    }
    let store = target.join(FILES);
    for hash in disk::stored(&store)? {
        if !needed.contains(&hash) {
            disk::remove(&disk::place(&store, &hash))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    fn kept(number: u32, made: Option<Timestamp>) -> Kept {
        Kept { number, name: format!("{number:06}"), made }
    }

    fn each_day(count: u32) -> Vec<Kept> {
        let first: Timestamp = "2026-03-01T07:00:00Z".parse().unwrap();
        let day = |n: u32| first + SignedDuration::from_hours(24 * i64::from(n));
        (0..count).map(|n| kept(n + 1, Some(day(n)))).collect()
    }

    fn left(all: &[Kept]) -> Vec<u32> {
        let gone = surplus(all);
        all.iter().map(|one| one.number).filter(|number| !gone.contains(number)).collect()
    }

    #[test]
    fn of_a_year_the_last_days_weeks_and_months_stay() {
        let left = left(&each_day(365));
        assert!((359..=365).all(|number| left.contains(&number)), "{left:?}");
        assert!(left.len() <= DAYS + WEEKS + MONTHS && left.len() >= DAYS + MONTHS, "{left:?}");
        assert!(left[0] < 365 - 120, "{left:?}");
    }

    #[test]
    fn many_of_one_day_are_few() {
        let moment = Some("2026-03-01T07:00:00Z".parse().unwrap());
        let all: Vec<Kept> = (1..=20).map(|number| kept(number, moment)).collect();
        assert_eq!(left(&all), [18, 19, 20]);
    }

    #[test]
    fn a_clock_that_jumps_takes_neither_the_newest_nor_the_dated_away() {
        let mut all = each_day(30);
        all.extend((31..=50).map(|number| kept(number, None)));
        let left_without_clock = left(&all);
        assert!((44..=50).all(|number| left_without_clock.contains(&number)), "{left_without_clock:?}");
        assert!(
            left_without_clock.contains(&30),
            "the last with a date stays as a week: {left_without_clock:?}"
        );
        all.push(kept(51, Some("2099-01-01T00:00:00Z".parse().unwrap())));
        all.push(kept(52, Some("2026-04-02T07:00:00Z".parse().unwrap())));
        assert!(left(&all).contains(&52) && left(&all).contains(&51));
    }
}
