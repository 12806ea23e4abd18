//! Files as they are into one ZIP, for who takes a material along.

use std::io::{self, Read, Seek, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Writes a ZIP, file after file.
#[derive(Debug)]
pub struct Pack<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> Pack<W> {
    /// Begins an archive.
    pub fn new(to: W) -> Self {
        Self(ZipWriter::new(to))
    }

    /// Adds a file. It is not packed smaller: pictures, sound and documents are already.
    ///
    /// # Errors
    /// Reading or writing fails, or the name is there already.
    pub fn add(&mut self, name: &str, content: &mut impl Read) -> io::Result<()> {
        let plain = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .large_file(true);
        self.0.start_file(name, plain)?;
        io::copy(content, &mut self.0)?;
        Ok(())
    }

    /// Ends the archive.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(self) -> io::Result<()> {
        self.0.finish()?;
        Ok(())
    }
}
