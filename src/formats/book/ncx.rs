//! The table of contents of EPUB 2, which Sugar's Read needs.
//! Source: OPF 2.0.1 §2.4.1.

use super::super::xml_writer::Xml;

/// An NCX of points: depth, title, and address relative to the NCX.
pub(in crate::formats) fn ncx(identifier: &str, title: &str, points: &[(usize, &str, &str)]) -> String {
    let depth = points.iter().map(|(depth, ..)| depth + 1).max().unwrap_or(1);
    let mut xml = Xml::new();
    xml.open("ncx", &[("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), ("version", "2005-1")]);
    xml.open("head", &[]);
    for (name, content) in [
        ("dtb:uid", identifier),
        ("dtb:depth", &depth.to_string()),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ] {
        xml.empty("meta", &[("name", name), ("content", content)]);
    }
    xml.close().open("docTitle", &[]).text("text", &[], title).close().open("navMap", &[]);
    let mut open = 0;
    for (number, (depth, title, src)) in points.iter().enumerate() {
        while open > *depth {
            xml.close();
            open -= 1;
        }
        let order = (number + 1).to_string();
        xml.open("navPoint", &[("id", &format!("n{order}")), ("playOrder", &order)]);
        xml.open("navLabel", &[]).text("text", &[], title).close().empty("content", &[("src", src)]);
        open += 1;
    }
    xml.finish()
}
