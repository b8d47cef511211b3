//! Place evidence: where a record was made, graded by what the phone could know; never a reason to refuse it.

use minicbor::{Decode, Encode};

crate::coded! {
    /// How well it is known that a record was made in its hamlet.
    PlaceEvidence {
        /// A precise position within the radius of the reference point.
        GpsInside = 1: "gps_inside",
        /// The position and its error reach the radius, but do not prove it.
        GpsNear = 2: "gps_near",
        /// Even with its error the position lies outside; asks for a reason.
        GpsOutside = 3: "gps_outside",
        /// There is a position, but the unit has no reference point to measure from.
        GpsUnknown = 4: "gps_unknown",
        /// The code at the culture house was scanned.
        Qr = 5: "qr",
        /// No evidence (written down at home, position refused, hand-placed pin); asks for a reason.
        None = 6: "none",
    }
}

impl PlaceEvidence {
    /// Whether the person is asked why there is no better evidence.
    #[must_use]
    pub const fn asks_reason(self) -> bool {
        match self {
            Self::GpsOutside | Self::None => true,
            Self::GpsInside | Self::GpsNear | Self::GpsUnknown | Self::Qr | Self::Other(_) => false,
        }
    }
}

/// One position, taken on the person's tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Fix {
    /// Latitude in millionths of a degree, north positive.
    #[n(0)]
    pub lat_e6: i32,
    /// Longitude in millionths of a degree, east positive.
    #[n(1)]
    pub lon_e6: i32,
    /// Radius in metres within which the phone believes to be.
    #[n(2)]
    pub accuracy_m: u32,
    /// The person allowed only an approximate position.
    #[n(3)]
    pub approximate: bool,
    /// The operating system says that another app supplied the position. Kept and shown; does not change the grade.
    #[n(4)]
    pub mock: bool,
    /// Put on the map by hand; says where the matter is, proves nothing about the phone.
    #[n(5)]
    pub pinned: bool,
}

/// A point of a unit and the radius in metres that counts as inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(array)]
pub struct ReferencePoint {
    /// Latitude in millionths of a degree, north positive.
    #[n(0)]
    pub lat_e6: i32,
    /// Longitude in millionths of a degree, east positive.
    #[n(1)]
    pub lon_e6: i32,
    /// Radius in metres.
    #[n(2)]
    pub radius_m: u32,
}

/// Grades a position against the unit's reference point. A scanned code is [`PlaceEvidence::Qr`] and needs no grading.
///
/// Inside needs a precise position in the radius whose error is no larger than the radius itself; an approximate one, or one with
/// a larger error, is near at best. A hand-placed pin is no evidence. A position off the globe counts as unknown.
#[must_use]
pub fn grade(fix: Option<&Fix>, reference: Option<&ReferencePoint>) -> PlaceEvidence {
    let Some(fix) = fix.filter(|fix| !fix.pinned) else {
        return PlaceEvidence::None;
    };
    let Some(reference) = reference else {
        return PlaceEvidence::GpsUnknown;
    };
    if !is_on_globe(fix.lat_e6, fix.lon_e6) || !is_on_globe(reference.lat_e6, reference.lon_e6) {
        return PlaceEvidence::GpsUnknown;
    }
    let distance = distance_m(fix, reference);
    let radius = f64::from(reference.radius_m);
    if distance <= radius && !fix.approximate && fix.accuracy_m <= reference.radius_m {
        return PlaceEvidence::GpsInside;
    }
    if distance <= radius + f64::from(fix.accuracy_m) {
        return PlaceEvidence::GpsNear;
    }
    PlaceEvidence::GpsOutside
}

/// Metres along the surface between a position and a reference point (haversine on a sphere; within 0,6 % of the ellipsoid).
#[must_use]
pub fn distance_m(fix: &Fix, reference: &ReferencePoint) -> f64 {
    const EARTH_RADIUS_M: f64 = 6_371_008.8;
    let radians = |e6: i32| (f64::from(e6) / 1e6).to_radians();
    let (from_lat, to_lat) = (radians(fix.lat_e6), radians(reference.lat_e6));
    let half_lat = ((to_lat - from_lat) / 2.0).sin();
    let half_lon = ((radians(reference.lon_e6) - radians(fix.lon_e6)) / 2.0).sin();
    let haversine = half_lat * half_lat + from_lat.cos() * to_lat.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_M * haversine.sqrt().min(1.0).asin()
}

fn is_on_globe(lat_e6: i32, lon_e6: i32) -> bool {
    lat_e6.unsigned_abs() <= 90_000_000 && lon_e6.unsigned_abs() <= 180_000_000
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// One ten-thousandth of a degree of latitude is 11,1 m.
    const CULTURE_HOUSE: ReferencePoint = ReferencePoint { lat_e6: 10_350_000, lon_e6: 106_360_000, radius_m: 500 };

    fn fix_north_by(lat_e6: i32, accuracy_m: u32) -> Fix {
        Fix {
            lat_e6: CULTURE_HOUSE.lat_e6 + lat_e6,
            lon_e6: CULTURE_HOUSE.lon_e6,
            accuracy_m,
            approximate: false,
            mock: false,
            pinned: false,
        }
    }

    fn grade_of(fix: Fix) -> PlaceEvidence {
        grade(Some(&fix), Some(&CULTURE_HOUSE))
    }

    #[test]
    fn distance_is_measured_along_the_earth() {
        let degree_of_latitude = distance_m(&fix_north_by(1_000_000, 0), &CULTURE_HOUSE);
        assert!((degree_of_latitude - 111_195.0).abs() < 1.0, "{degree_of_latitude}");
        let hanoi = Fix { lat_e6: 21_028_500, lon_e6: 105_854_200, ..fix_north_by(0, 0) };
        let saigon = ReferencePoint { lat_e6: 10_776_900, lon_e6: 106_700_900, radius_m: 1 };
        let distance = distance_m(&hanoi, &saigon);
        assert!((distance - 1_143_700.0).abs() < 2_000.0, "{distance}");
        let antipode = Fix { lat_e6: -10_350_000, lon_e6: -73_640_000, ..fix_north_by(0, 0) };
        assert!((distance_m(&antipode, &CULTURE_HOUSE) - 20_015_114.0).abs() < 10.0);
    }

    #[test]
    fn a_precise_position_in_the_radius_is_inside() {
        assert_eq!(grade_of(fix_north_by(4_400, 15)), PlaceEvidence::GpsInside);
    }

    #[test]
    fn a_position_whose_error_reaches_the_radius_is_near() {
        assert_eq!(grade_of(fix_north_by(5_000, 100)), PlaceEvidence::GpsNear);
        assert_eq!(grade_of(fix_north_by(5_000, 20)), PlaceEvidence::GpsOutside);
    }

    #[test]
    fn a_position_with_an_error_beyond_the_radius_is_never_inside() {
        assert_eq!(grade_of(fix_north_by(0, 501)), PlaceEvidence::GpsNear);
    }

    #[test]
    fn an_approximate_position_is_never_inside() {
        let approximate = Fix { approximate: true, ..fix_north_by(0, 10) };
        assert_eq!(grade_of(approximate), PlaceEvidence::GpsNear);
    }

    #[test]
    fn a_mock_flag_does_not_change_the_grade() {
        let mock = Fix { mock: true, ..fix_north_by(0, 10) };
        assert_eq!(grade_of(mock), PlaceEvidence::GpsInside);
    }

    #[test]
    fn a_hand_placed_pin_is_no_evidence() {
        let pinned = Fix { pinned: true, ..fix_north_by(0, 0) };
        assert_eq!(grade_of(pinned), PlaceEvidence::None);
        assert_eq!(grade(None, Some(&CULTURE_HOUSE)), PlaceEvidence::None);
    }

    #[test]
    fn without_a_reference_point_the_grade_is_unknown() {
        assert_eq!(grade(Some(&fix_north_by(0, 5)), None), PlaceEvidence::GpsUnknown);
        let off_the_globe = Fix { lat_e6: i32::MIN, lon_e6: i32::MAX, ..fix_north_by(0, 5) };
        assert_eq!(grade_of(off_the_globe), PlaceEvidence::GpsUnknown);
    }

    #[test]
    fn only_missing_or_contrary_evidence_asks_for_a_reason() {
        let asking: Vec<_> = PlaceEvidence::ALL.iter().filter(|grade| grade.asks_reason()).collect();
        assert_eq!(asking, [&PlaceEvidence::GpsOutside, &PlaceEvidence::None]);
    }

    #[test]
    fn a_grade_of_a_newer_version_survives() {
        let bytes = minicbor::to_vec(PlaceEvidence::from_code(77)).unwrap();
        let grade: PlaceEvidence = minicbor::decode(&bytes).unwrap();
        assert_eq!((grade, grade.code()), (PlaceEvidence::Other(77), 77));
        for grade in PlaceEvidence::ALL {
            assert_eq!(PlaceEvidence::from_code(grade.code()), *grade);
        }
    }

    #[test]
    fn a_fix_comes_back_from_the_wire_in_few_bytes() {
        let fix = fix_north_by(1_234, 12);
        let bytes = minicbor::to_vec(fix).unwrap();
        assert_eq!(minicbor::decode::<Fix>(&bytes).unwrap(), fix);
        assert!(bytes.len() <= 16, "{}", bytes.len());
    }
}
