//! Reads frames on stdin, `u32 length, u16 type, payload`, and answers each with `u32 length, u8 status, payload`: status 0 and
//! bytes, or status 1 and a message.

use std::io::{self, Read, Write};

use serde::{de::DeserializeOwned, Serialize};

/// Answers every frame until stdin ends.
pub fn serve(answer: impl Fn(u16, &[u8]) -> Result<Vec<u8>, String>) -> io::Result<()> {
    let mut input = io::stdin().lock();
    let mut output = io::stdout().lock();
    let mut header = [0u8; 6];
    while input.read_exact(&mut header).is_ok() {
        let length = u32::from_le_bytes([header[0], header[1], header[2], header[3]]);
        let mut payload = vec![0u8; length as usize];
        input.read_exact(&mut payload)?;
        let (status, answer) = match answer(u16::from_le_bytes([header[4], header[5]]), &payload) {
            Ok(bytes) => (0u8, bytes),
            Err(message) => (1u8, message.into_bytes()),
        };
        output.write_all(&(answer.len() as u32).to_le_bytes())?;
        output.write_all(&[status])?;
        output.write_all(&answer)?;
        output.flush()?;
    }
    Ok(())
}

/// Decodes a value and encodes it again.
pub fn echo<T: Serialize + DeserializeOwned>(payload: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = bincode::deserialize(payload).map_err(|error| error.to_string())?;
    bincode::serialize(&value).map_err(|error| error.to_string())
}
