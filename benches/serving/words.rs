//! Words of known frequency.

/// Beginnings, middles and ends of syllables.
const SYLLABLE: [&[u8]; 3] = [b"bdfgklmnprstvwhj", b"aeio", b"rtln"];

/// How many syllables there are: 256.
const SYLLABLES: u32 = 16 * 4 * 4;

/// How many rows of a performance history have one of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Frequency {
    /// A composer: every tenth row.
    Tenth,
    /// In a title: every hundredth.
    Hundredth,
    /// A conductor: every thousandth.
    Thousandth,
    /// A soloist: every 100,000th.
    Rare,
}

impl Frequency {
    pub(crate) const ALL: [Self; 4] = [Self::Tenth, Self::Hundredth, Self::Thousandth, Self::Rare];

    /// How many words there are of it, which is how many rows there are for each row with one of them.
    pub(crate) const fn words(self) -> u32 {
        match self {
            Self::Tenth => 10,
            Self::Hundredth => 100,
            Self::Thousandth => 1000,
            Self::Rare => 100_000,
        }
    }

    /// The number of its first word.
    const fn first(self) -> u32 {
        match self {
            Self::Tenth => 0,
            Self::Hundredth => 10,
            Self::Thousandth => 110,
            Self::Rare => 1110,
        }
    }

    /// One of its words, by any number.
    pub(crate) fn word(self, number: u32) -> String {
        word(self.first() + number % self.words())
    }
}

/// All of them, by their numbers.
pub(crate) fn all() -> Vec<String> {
    let last = Frequency::Rare;
    (0..last.first() + last.words()).map(word).collect()
}

/// Three syllables. No two numbers below 256³ give the same, because what they are multiplied by is odd.
fn word(number: u32) -> String {
    let mixed = number.wrapping_mul(0x009e_3779) % SYLLABLES.pow(3);
    let syllables = (0..3).map(|place| mixed / SYLLABLES.pow(place) % SYLLABLES);
    let mut word = Vec::with_capacity(9);
    for syllable in syllables {
        let letters = [syllable / 16, syllable / 4 % 4, syllable % 4];
        for (sounds, letter) in SYLLABLE.iter().zip(letters) {
            word.push(sounds[letter as usize]);
        }
    }
    String::from_utf8(word).expect("letters")
}
