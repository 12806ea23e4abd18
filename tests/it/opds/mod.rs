//! The catalogue as other programs read it: OPDS 1.2 and 2.0 and the description of the search. Programs that we did not
//! write read the same in `tests/opds/`.

mod choice;
mod feed;
mod hostile;
mod lists;
