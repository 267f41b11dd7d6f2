//! Values out of nothing, the same for the same seed: bounds of numbers, short lists, texts that well-known types take.

use serde::de::value::Error;
use serde::de::Error as _;

/// More than that is no value to look at; other seeds give smaller ones.
const LARGEST: usize = 4000;

/// Where types that are made of themselves are to come to an end.
const LARGE: usize = 600;

const TEXTS: &[&str] = &[
    "",
    "a",
    "Zürich",
    "0",
    "1.2.3",
    "^1.2",
    "12.50",
    "127.0.0.1",
    "::1",
    "10.0.0.0/8",
    "127.0.0.1:80",
    "https://example.com/",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "2024-02-29",
    "12:30:00",
    "2024-02-29T12:30:00",
    "2024-02-29T12:30:00Z",
    "Mon",
    "February",
];

const FLOATS: &[f64] =
    &[0.0, -0.0, 1.0, -1.5, 0.1, 1e30, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];

pub struct Made {
    state: u64,
    bytes: Vec<u8>,
}

impl Made {
    pub fn new(seed: u64) -> Self {
        Made { state: seed, bytes: Vec::new() }
    }

    pub fn bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// splitmix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or(0)
    }

    fn keep(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes.extend_from_slice(bytes);
        // Elements without bytes must not go on for ever either.
        if self.bytes.len() > LARGEST {
            return Err(Error::custom("refused: the value became too large"));
        }
        Ok(())
    }

    pub fn number<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let mut number = [0; N];
        match self.below(8) {
            0 => {}
            1 => number = [0xff; N],
            2 => number[N - 1] = 0x80,
            3 => {
                number = [0xff; N];
                number[N - 1] = 0x7f;
            }
            4 | 5 => number[0] = u8::try_from(self.below(32)).unwrap_or(0),
            _ => number.iter_mut().for_each(|byte| *byte = self.next().to_le_bytes()[0]),
        }
        self.keep(&number)?;
        Ok(number)
    }

    /// No NaN but the usual one, because JSON tells none apart.
    pub fn float<const N: usize>(
        &mut self,
        bytes: impl Fn(f64) -> [u8; N],
    ) -> Result<[u8; N], Error> {
        let index = self.below(FLOATS.len());
        let float = bytes(FLOATS[index]);
        self.keep(&float)?;
        Ok(float)
    }

    pub fn slice(&mut self, length: usize) -> Result<Vec<u8>, Error> {
        let bytes: Vec<u8> = (0..length).map(|_| self.next().to_le_bytes()[0]).collect();
        self.keep(&bytes)?;
        Ok(bytes)
    }

    pub fn ascii(&mut self) -> Result<[u8; 1], Error> {
        let byte = [b'a' + u8::try_from(self.below(26)).unwrap_or(0)];
        self.keep(&byte)?;
        Ok(byte)
    }

    pub fn count(&mut self) -> Result<usize, Error> {
        let most = if self.bytes.len() > LARGE { 1 } else { 4 };
        let count = self.below(most);
        self.keep(&(count as u64).to_le_bytes())?;
        Ok(count)
    }

    pub fn flag(&mut self) -> Result<bool, Error> {
        let flag = self.bytes.len() <= LARGE && self.below(2) == 1;
        self.keep(&[u8::from(flag)])?;
        Ok(flag)
    }

    pub fn text(&mut self) -> Result<String, Error> {
        let index = self.below(TEXTS.len());
        let text = TEXTS[index];
        self.keep(&(text.len() as u64).to_le_bytes())?;
        self.keep(text.as_bytes())?;
        Ok(text.to_owned())
    }

    pub fn variant(&mut self, variants: usize) -> Result<u32, Error> {
        if variants == 0 {
            return Err(Error::custom("refused: there is no variant"));
        }
        let variant = u32::try_from(self.below(variants)).unwrap_or(0);
        self.keep(&variant.to_le_bytes())?;
        Ok(variant)
    }
}
