//! Files of a school's library: what they are, how long they last, and the words in them.

mod kinds;
mod lengths;
mod pdf;
mod subtitles;
