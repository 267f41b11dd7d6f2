//! What the tests ask of one type: what serde reads from bytes, and what it writes for a value that was made without it.

use serde::de::DeserializeOwned;
use serde::Serialize;

use crate::make::{Make, Rng};

type Answer = Result<Vec<u8>, String>;

/// The functions of one type; none where it has no such implementation.
pub struct Subject {
    read: Option<fn(&[u8]) -> Answer>,
    write: Option<fn(u64) -> Answer>,
}

pub fn both<T: Serialize + DeserializeOwned + Make>() -> Subject {
    Subject { read: Some(read::<T>), write: Some(write::<T>) }
}

pub fn reads<T: DeserializeOwned>() -> Subject {
    Subject { read: Some(read::<T>), write: None }
}

pub fn writes<T: Serialize + Make>() -> Subject {
    Subject { read: None, write: Some(write::<T>) }
}

impl Subject {
    pub fn answer(&self, request: &[u8]) -> Answer {
        let (operation, given) = request.split_first().ok_or("no operation")?;
        match (operation, self.read, self.write) {
            (0, Some(read), _) => read(given),
            (1, _, Some(write)) => {
                write(u64::from_le_bytes(given.try_into().map_err(|_| "no seed")?))
            }
            _ => Err("the type cannot do that".into()),
        }
    }
}

/// What serde asked for, or why bincode cannot read it.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Answer {
    let mut rest = bytes;
    let problem = bincode::deserialize_from::<_, T>(&mut rest).err();
    read_answer(problem, rest, crate::reader::trace::<T>(bytes))
}

fn read_answer(problem: Option<bincode::Error>, rest: &[u8], trace: String) -> Answer {
    match problem {
        Some(problem) => Err(problem.to_string()),
        None if rest.is_empty() => Ok(trace.into_bytes()),
        None => Err(format!("{} bytes were left over", rest.len())),
    }
}

/// The bytes, with their length before them, and what serde wrote one after the other.
fn write<T: Serialize + Make>(seed: u64) -> Answer {
    let value = T::make(&mut Rng(seed));
    write_answer(bincode::serialize(&value), crate::trace::of(&value))
}

fn write_answer(
    bytes: Result<Vec<u8>, bincode::Error>,
    trace: Result<String, serde::de::value::Error>,
) -> Answer {
    let bytes = bytes.map_err(|error| error.to_string())?;
    let trace = trace.map_err(|error| error.to_string())?;
    let length = u32::try_from(bytes.len()).map_err(|error| error.to_string())?;
    Ok([&length.to_le_bytes(), bytes.as_slice(), trace.as_bytes()].concat())
}
