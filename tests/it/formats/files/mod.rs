//! Files of a school's library: what they are, how long they last, and the words in them.

mod kinds;
pub(crate) mod lengths;
pub(crate) mod pdf;
mod subtitles;
