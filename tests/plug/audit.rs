//! Whether the list of deeds tells what people were told, once, in the order in which they were told.

use super::work::{Done, Key};

/// Compares the list before, the list now, and what was asked for in between.
pub(crate) fn check(before: &[Key], now: &[Key], asked: &[Done]) -> Result<(), String> {
    if !now.starts_with(before) {
        let at = before.iter().zip(now).take_while(|(one, other)| one == other).count();
        let (was, is) = (before.get(at), now.get(at));
        return Err(format!(
            "deed {at} was {was:?} and is {is:?}; {} of {} are left",
            now.len(),
            before.len()
        ));
    }
    let new = &now[before.len()..];
    for key in new {
        if !asked.iter().any(|done| done.key == *key) {
            return Err(format!("nobody asked for {key:?}"));
        }
    }
    let mut placed: Vec<(&Done, usize)> = Vec::new();
    let mut seen: Vec<&Key> = Vec::new();
    for done in asked {
        if seen.contains(&&done.key) {
            continue;
        }
        seen.push(&done.key);
        let same: Vec<&Done> = asked.iter().filter(|other| other.key == done.key).collect();
        let places: Vec<usize> = (0..new.len()).filter(|at| new[*at] == done.key).collect();
        let told = same.iter().filter(|done| done.told.is_some()).count();
        if places.len() < told || places.len() > same.len() {
            let (key, found) = (&done.key, places.len());
            return Err(format!("{key:?}: {told} of {} confirmed, {found} kept", same.len()));
        }
        // Deeds about somebody are one worker's, one after the other; codes for new accounts are anybody's.
        if done.key.2.is_some() {
            placed.extend(same.into_iter().zip(places));
        }
    }
    for (one, at) in &placed {
        let earlier = |other: &Done| one.told.is_some_and(|told| told < other.asked);
        if let Some((other, before)) = placed.iter().find(|(other, place)| earlier(other) && place < at) {
            return Err(format!("{:?} stands at {before}, before {:?} at {at}", other.key, one.key));
        }
    }
    Ok(())
}
