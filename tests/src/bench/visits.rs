//! Synthetic visits: the same seed gives the same visits. Three notes and the metadata of two photos each, as the peers were given.

use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngCore, SeedableRng};
use serde::{Deserialize, Serialize};

/// Sentences of the field, none of which the shipped dictionary was trained on.
const SENTENCES: &str = include_str!("../../data/bench-sentences.txt");

/// All of them.
pub fn sentences() -> impl Iterator<Item = &'static str> {
    SENTENCES.lines()
}

/// Hamlets one person looks after.
pub const HAMLETS: usize = 10;

/// Topics of the month's checklist.
pub const TOPICS: usize = 6;

/// One visit as a person would enter it. References are places in the lists that [`HAMLETS`] and [`TOPICS`] count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SyntheticVisit {
    /// Which hamlet.
    pub hamlet: usize,
    /// When the form was opened, Unix seconds.
    pub started: i64,
    /// How long it took.
    pub minutes: u32,
    /// Seconds since the phone was switched on.
    pub since_boot: i64,
    /// Degrees north, times 10^6.
    pub lat_e6: i32,
    /// Degrees east, times 10^6.
    pub lon_e6: i32,
    /// Radius of the error, in metres.
    pub accuracy_m: u32,
    /// One mark a topic, as its number on the wire.
    pub marks: [u32; TOPICS],
    /// The two topics that have a remark, with it.
    pub remarks: [(usize, String); 2],
    /// The general remark.
    pub remark: String,
    /// The pictures.
    pub photos: [SyntheticPhoto; 2],
}

/// What is said of a picture before it travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyntheticPhoto {
    /// SHA-256 of the file: nothing makes it smaller.
    pub hash: [u8; 32],
    /// Length of the file.
    pub bytes: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Makes one visit after the other.
#[derive(Debug)]
pub struct Visits {
    chance: SmallRng,
    sentences: Vec<&'static str>,
    now: i64,
    switched_on: i64,
    homes: [(i32, i32); HAMLETS],
}

/// From one visit to the next at the most, in seconds.
pub const LONGEST_STEP: i64 = 60 * 60 + 1_800;

impl Visits {
    /// The visits of one person, the first of them at this time (Unix seconds), about an hour apart.
    pub fn of(seed: u64, first: i64) -> Self {
        let mut chance = SmallRng::seed_from_u64(seed);
        let homes = std::array::from_fn(|_| {
            (chance.random_range(10_000_000..10_600_000), chance.random_range(106_000_000..106_700_000))
        });
        let switched_on = first - chance.random_range(10_000..900_000);
        Self { chance, sentences: sentences().collect(), now: first, switched_on, homes }
    }

    fn sentence(&mut self) -> String {
        self.sentences.choose(&mut self.chance).map_or_else(String::new, |sentence| (*sentence).to_owned())
    }

    fn photo(&mut self) -> SyntheticPhoto {
        let mut hash = [0; 32];
        self.chance.fill_bytes(&mut hash);
        let (width, height) = if self.chance.random_bool(0.7) { (1_536, 2_048) } else { (2_048, 1_536) };
        SyntheticPhoto { hash, bytes: self.chance.random_range(90_000..200_000), width, height }
    }
}

impl Iterator for Visits {
    type Item = SyntheticVisit;

    fn next(&mut self) -> Option<SyntheticVisit> {
        let minutes = self.chance.random_range(20..60);
        let started = self.now;
        self.now += i64::from(minutes) * 60 + self.chance.random_range(300..1_800);
        let hamlet = self.chance.random_range(0..HAMLETS);
        let (lat, lon) = self.homes[hamlet];
        let first = self.chance.random_range(0..TOPICS);
        let second = (first + self.chance.random_range(1..TOPICS)) % TOPICS;
        Some(SyntheticVisit {
            hamlet,
            started,
            minutes,
            since_boot: started - self.switched_on,
            lat_e6: lat + self.chance.random_range(-3_000..3_000),
            lon_e6: lon + self.chance.random_range(-3_000..3_000),
            accuracy_m: self.chance.random_range(4..60),
            marks: std::array::from_fn(|_| *[1, 1, 1, 2, 3].choose(&mut self.chance).unwrap_or(&1)),
            remarks: [(first.min(second), self.sentence()), (first.max(second), self.sentence())],
            remark: self.sentence(),
            photos: [self.photo(), self.photo()],
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What the shipped dictionary was trained on.
    const TRAINED_ON: &str = include_str!("../../../core/protocol/dictionary/sentences.txt");

    fn runs_of_five(text: &str) -> BTreeSet<Vec<String>> {
        let words =
            |line: &str| line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        text.lines()
            .map(words)
            .flat_map(|line: Vec<String>| line.windows(5).map(<[String]>::to_vec).collect::<Vec<_>>())
            .collect()
    }

    #[test]
    fn the_dictionary_never_saw_these_sentences() {
        let (measured, trained) = (runs_of_five(SENTENCES), runs_of_five(TRAINED_ON));
        assert!(SENTENCES.lines().count() >= 150);
        assert!(trained.len() > 400);
        assert_eq!(measured.intersection(&trained).collect::<Vec<_>>(), Vec::<&Vec<String>>::new());
    }

    #[test]
    fn the_same_seed_gives_the_same_visits_and_another_seed_others() {
        let some = |seed| Visits::of(seed, 1_793_581_200).take(20).collect::<Vec<_>>();
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
    }
}
