//! The smallest EXIF writer that a camera's block needs: four directories of a little-endian TIFF.

use super::MARKER_TEXT;

const MAKE: u16 = 0x010F;
const ORIENTATION: u16 = 0x0112;
const EXIF_DIRECTORY: u16 = 0x8769;
const GPS_DIRECTORY: u16 = 0x8825;
const TAKEN: u16 = 0x9003;
const THUMBNAIL_COMPRESSION: u16 = 0x0103;
const THUMBNAIL_OFFSET: u16 = 0x0201;
const THUMBNAIL_LENGTH: u16 = 0x0202;

const HEADER: usize = 8;

/// What the camera says about a picture.
#[derive(Debug, Clone)]
pub struct Exif {
    /// How to turn the stored picture upright, 1 to 8.
    pub orientation: u16,
    /// Maker of the camera, ASCII.
    pub make: String,
    /// Degrees north, not negative.
    pub latitude: f64,
    /// Degrees east, not negative.
    pub longitude: f64,
    /// `YYYY:MM:DD HH:MM:SS`.
    pub taken: String,
}

impl Default for Exif {
    fn default() -> Self {
        Self {
            orientation: 1,
            make: MARKER_TEXT.to_owned(),
            latitude: 21.028_511,
            longitude: 105.804_817,
            taken: "2026:11:22 08:15:00".to_owned(),
        }
    }
}

impl Exif {
    /// The same statement with another orientation.
    #[must_use]
    pub fn turned(orientation: u16) -> Self {
        Self { orientation, ..Self::default() }
    }

    /// The TIFF block that follows `Exif\0\0`, with a JPEG thumbnail at its end.
    pub(super) fn to_tiff(&self, thumbnail: &[u8]) -> Vec<u8> {
        let main = |exif_at, gps_at| {
            vec![
                Field::text(MAKE, &self.make),
                Field::short(ORIENTATION, self.orientation),
                Field::long(EXIF_DIRECTORY, exif_at),
                Field::long(GPS_DIRECTORY, gps_at),
            ]
        };
        let exif = [Field::text(TAKEN, &self.taken)];
        let gps =
            [Field::text(1, "N"), Field::degrees(2, self.latitude), Field::text(3, "E"), Field::degrees(4, self.longitude)];
        let preview = |at| {
            [
                Field::short(THUMBNAIL_COMPRESSION, 6),
                Field::long(THUMBNAIL_OFFSET, at),
                Field::long(THUMBNAIL_LENGTH, thumbnail.len()),
            ]
        };

        let exif_at = HEADER + size(&main(0, 0));
        let gps_at = exif_at + size(&exif);
        let preview_at = gps_at + size(&gps);
        let thumbnail_at = preview_at + size(&preview(0));
        [
            &b"II\x2A\0\x08\0\0\0"[..],
            &directory(&main(exif_at, gps_at), HEADER, preview_at),
            &directory(&exif, exif_at, 0),
            &directory(&gps, gps_at, 0),
            &directory(&preview(thumbnail_at), preview_at, 0),
            thumbnail,
        ]
        .concat()
    }
}

struct Field {
    tag: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

impl Field {
    fn text(tag: u16, text: &str) -> Self {
        let value = [text.as_bytes(), &[0]].concat();
        Self { tag, kind: 2, count: offset(value.len()), value }
    }

    fn short(tag: u16, number: u16) -> Self {
        Self { tag, kind: 3, count: 1, value: number.to_le_bytes().to_vec() }
    }

    fn long(tag: u16, number: usize) -> Self {
        Self { tag, kind: 4, count: 1, value: offset(number).to_le_bytes().to_vec() }
    }

    /// Degrees, minutes and seconds as three fractions.
    fn degrees(tag: u16, degrees: f64) -> Self {
        let minutes = degrees.fract() * 60.0;
        let seconds = minutes.fract() * 60.0;
        let fractions = [(degrees.trunc(), 1), (minutes.trunc(), 1), (seconds * 100.0, 100)];
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 6,000")]
        let value = fractions
            .into_iter()
            .flat_map(|(number, parts): (f64, u32)| [number.round() as u32, parts])
            .flat_map(u32::to_le_bytes)
            .collect();
        Self { tag, kind: 5, count: 3, value }
    }
}

/// Bytes a directory takes: count, entries, link, and the values too long for their entry.
fn size(fields: &[Field]) -> usize {
    directory(fields, 0, 0).len()
}

fn directory(fields: &[Field], at: usize, next: usize) -> Vec<u8> {
    let mut entries = Vec::new();
    let mut values = Vec::new();
    let values_at = at + 2 + fields.len() * 12 + 4;
    for field in fields {
        entries.extend(field.tag.to_le_bytes());
        entries.extend(field.kind.to_le_bytes());
        entries.extend(field.count.to_le_bytes());
        if field.value.len() <= 4 {
            entries.extend(field.value.iter().copied().chain([0; 4]).take(4));
        } else {
            entries.extend(offset(values_at + values.len()).to_le_bytes());
            values.extend(&field.value);
        }
    }
    let count = u16::try_from(fields.len()).expect("a handful of fields");
    [&count.to_le_bytes()[..], &entries, &offset(next).to_le_bytes(), &values].concat()
}

fn offset(number: usize) -> u32 {
    u32::try_from(number).expect("a block of at most 64 KB")
}
