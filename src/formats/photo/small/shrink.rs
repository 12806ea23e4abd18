//! Fewer pixels: each new one is the mean of those it stands for. Rows come one by one, from the top.

use super::Raster;
use crate::formats::photo::Problem;

/// A picture that is being made smaller.
pub(super) struct Shrink {
    from: (usize, usize),
    to: (usize, usize),
    depth: usize,
    /// Column of the small picture for each column.
    columns: Vec<usize>,
    /// Sums of the row that is being filled, and how many pixels went into each column of it.
    sums: Vec<u32>,
    counts: Vec<u32>,
    rows_in: usize,
    pixels: Vec<u8>,
}

impl Shrink {
    /// From a size to one that is as large at most; each at least one pixel. `depth` bytes a pixel.
    pub(super) fn new(from: (usize, usize), to: (usize, usize), depth: usize) -> Self {
        let columns = (0..from.0).map(|x| x * to.0 / from.0.max(1)).collect();
        let (sums, counts) = (vec![0; to.0 * depth], vec![0; to.0]);
        let pixels = Vec::with_capacity(to.0 * to.1 * depth);
        Self { from, to, depth, columns, sums, counts, rows_in: 0, pixels }
    }

    /// The next row; more than the picture has are left out.
    pub(super) fn row(&mut self, row: &[u8]) {
        if self.rows_in >= self.from.1 {
            return;
        }
        for (pixel, column) in row.chunks_exact(self.depth).zip(&self.columns) {
            let at = column * self.depth;
            let sums = self.sums.get_mut(at..at + self.depth).unwrap_or_default();
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u32::from(*value);
            }
            if let Some(count) = self.counts.get_mut(*column) {
                *count += 1;
            }
        }
        let line = |row: usize| row * self.to.1 / self.from.1.max(1);
        let done = line(self.rows_in) != line(self.rows_in + 1);
        self.rows_in += 1;
        if done {
            for (sums, count) in self.sums.chunks_exact(self.depth).zip(&self.counts) {
                let count = (*count).max(1);
                let mean = |sum: &u32| u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX);
                self.pixels.extend(sums.iter().map(mean));
            }
            self.sums.fill(0);
            self.counts.fill(0);
        }
    }

    /// The small picture.
    ///
    /// # Errors
    /// Rows are missing.
    pub(super) fn finish(self) -> Result<Raster, Problem> {
        if self.pixels.len() != self.to.0 * self.to.1 * self.depth {
            return Err(Problem::Broken);
        }
        Ok(Raster { width: self.to.0, height: self.to.1, depth: self.depth, pixels: self.pixels })
    }
}
