//! Forms with files, `multipart/form-data` (RFC 7578 and 2046), read piece by piece as they arrive: nothing of a field is
//! kept here, so a file of any size takes no memory. Written for what browsers of 2009 send, and for what nobody honest does.
//!
//! Lives here: where fields begin and end, what their heads say (`head`), names of files that hurt nobody (`name`). Does
//! not: what a field means, how long one may be.

mod head;
mod name;

pub use head::Field;
pub use name::file_name;

/// Most fields of a form.
const MAX_FIELDS: usize = 64;

/// Most bytes of a field's head.
const MAX_HEAD: usize = 8 * 1024;

/// Most bytes of a boundary, by RFC 2046.
const MAX_BOUNDARY: usize = 70;

/// Why a form is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `Content-Type` is that of something else.
    #[error("the content type is not multipart/form-data")]
    NotAForm,
    /// `Content-Type` names no boundary, or one that RFC 2046 forbids.
    #[error("the content type has no boundary of 1 to 70 printable signs")]
    NoBoundary,
    /// The head of a field cannot be read or names no field; or a boundary is followed by what may not follow it.
    #[error("the head of a field cannot be read")]
    BadHead,
    /// The head of a field is longer than 8 KB.
    #[error("the head of a field is longer than {MAX_HEAD} bytes")]
    LongHead,
    /// More than 64 fields.
    #[error("the form has more than {MAX_FIELDS} fields")]
    ManyFields,
    /// The body ended before the form did.
    #[error("the form ended in the middle")]
    CutOff,
}

/// What comes out of a form, in this order for each field: it begins, its bytes in pieces of any length, it ends.
#[derive(Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A field begins.
    Begin(Field),
    /// More bytes of the field; never none.
    Bytes(&'a [u8]),
    /// The field is whole. For one that was cut off this never comes.
    End,
}

/// Reads a form. After an error it is spent.
#[derive(Debug)]
pub struct Reader {
    /// CR LF, two dashes and the boundary. It has one CR, the first sign: so its beginning can begin nowhere within it.
    delimiter: Vec<u8>,
    /// How far the search may jump by the last byte looked at (Horspool).
    jumps: [u8; 256],
    place: Place,
    /// How much of the delimiter the bytes so far ended with.
    held: usize,
    head: Vec<u8>,
    fields: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first boundary: of no interest.
    Before,
    /// After a boundary, up to the empty line.
    Head,
    Field,
    /// After the closing boundary: of no interest.
    After,
}

impl Reader {
    /// Takes the request's `Content-Type`.
    ///
    /// # Errors
    /// It is that of no form, or has no sound boundary.
    pub fn new(content_type: &str) -> Result<Self, Problem> {
        let (kind, rest) = content_type.split_once(';').unwrap_or((content_type, ""));
        if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
            return Err(Problem::NotAForm);
        }
        let boundary = head::parameters(rest).find(|(name, _)| name == "boundary").map(|(_, value)| value);
        let sound = |text: &String| {
            (1..=MAX_BOUNDARY).contains(&text.len())
                && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
                && !text.ends_with(' ')
        };
        let boundary = boundary.filter(sound).ok_or(Problem::NoBoundary)?;
        let delimiter = format!("\r\n--{boundary}").into_bytes();
        let length = u8::try_from(delimiter.len()).map_err(|_| Problem::NoBoundary)?;
        let mut jumps = [length; 256];
        for (byte, left) in delimiter.iter().zip((1..length).rev()) {
            if let Some(jump) = jumps.get_mut(usize::from(*byte)) {
                *jump = left;
            }
        }
        // The first boundary has no line before it: as if one had ended there.
        Ok(Self { delimiter, jumps, place: Place::Before, held: 2, head: Vec::new(), fields: 0 })
    }

    /// Takes the next bytes of the body, cut anywhere, and gives out what they hold.
    ///
    /// # Errors
    /// The first of the form or of `sink`.
    pub fn feed<E: From<Problem>>(
        &mut self,
        mut bytes: &[u8],
        mut sink: impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        while !bytes.is_empty() {
            bytes = match self.place {
                Place::Before | Place::Field => self.content(bytes, &mut sink)?,
                Place::Head => self.head(bytes, &mut sink)?,
                Place::After => &[],
            };
        }
        Ok(())
    }

    /// Says at the end of the body whether the form was whole.
    ///
    /// # Errors
    /// [`Problem::CutOff`].
    pub fn finish(self) -> Result<(), Problem> {
        if self.place == Place::After { Ok(()) } else { Err(Problem::CutOff) }
    }

    /// Up to the next boundary. Returns what was not taken.
    fn content<'a, E>(
        &mut self,
        bytes: &'a [u8],
        sink: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<&'a [u8], E> {
        if self.held > 0 {
            let (held, awaited) = self.delimiter.split_at_checked(self.held).unwrap_or_default();
            let same = awaited.iter().zip(bytes).take_while(|(a, b)| a == b).count();
            if same == bytes.len() && same < awaited.len() {
                self.held += same;
                return Ok(&[]);
            }
            self.held = 0;
            if same < awaited.len() {
                // No boundary after all. What of `bytes` was like it holds no CR, so none begins there.
                give(self.place, held, sink)?;
                return Ok(bytes);
            }
            self.boundary(sink)?;
            return Ok(bytes.get(same..).unwrap_or_default());
        }
        if let Some(at) = self.find(bytes) {
            give(self.place, bytes.get(..at).unwrap_or_default(), sink)?;
            self.boundary(sink)?;
            return Ok(bytes.get(at + self.delimiter.len()..).unwrap_or_default());
        }
        let tail = bytes.len().saturating_sub(self.delimiter.len() - 1);
        let start =
            bytes.iter().skip(tail).rposition(|byte| *byte == b'\r').map_or(bytes.len(), |at| tail + at);
        let (whole, begun) = bytes.split_at_checked(start).unwrap_or((bytes, &[]));
        if self.delimiter.starts_with(begun) {
            self.held = begun.len();
            give(self.place, whole, sink)?;
        } else {
            give(self.place, bytes, sink)?;
        }
        Ok(&[])
    }

    fn boundary<E>(&mut self, sink: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<(), E> {
        let ended = std::mem::replace(&mut self.place, Place::Head) == Place::Field;
        if ended { sink(Event::End) } else { Ok(()) }
    }

    /// Where the delimiter begins.
    fn find(&self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            let window = bytes.get(at..)?.get(..self.delimiter.len())?;
            if window == self.delimiter {
                return Some(at);
            }
            at += window.last().map_or(1, |last| usize::from(self.jumps[usize::from(*last)]));
        }
    }

    /// Up to the empty line that ends a head, or to the dashes that end the form.
    fn head<'a, E: From<Problem>>(
        &mut self,
        bytes: &'a [u8],
        sink: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<&'a [u8], E> {
        for (at, byte) in bytes.iter().enumerate() {
            self.head.push(*byte);
            if self.head == b"--" {
                self.place = Place::After;
                return Ok(&[]);
            }
            if self.head.ends_with(b"\r\n\r\n") {
                if self.fields == MAX_FIELDS {
                    return Err(Problem::ManyFields.into());
                }
                let field = Field::read(&self.head)?;
                self.fields += 1;
                self.head.clear();
                self.place = Place::Field;
                sink(Event::Begin(field))?;
                return Ok(bytes.get(at + 1..).unwrap_or_default());
            }
            if self.head.len() >= MAX_HEAD {
                return Err(Problem::LongHead.into());
            }
        }
        Ok(&[])
    }
}

/// Bytes of a field, when they are of one.
fn give<E>(place: Place, bytes: &[u8], sink: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<(), E> {
    if place == Place::Field && !bytes.is_empty() { sink(Event::Bytes(bytes)) } else { Ok(()) }
}
