//! Type 0 echoes a Decimal, type 1 writes the one that the payload's text says.

#[path = "../../oracle/src/frames.rs"]
mod frames;

use rust_decimal::Decimal;

fn main() -> std::io::Result<()> {
    frames::serve(|kind, payload| match kind {
        0 => frames::echo::<Decimal>(payload),
        _ => {
            let text = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
            let value: Decimal = text.parse().map_err(|error: rust_decimal::Error| error.to_string())?;
            bincode::serialize(&value).map_err(|error| error.to_string())
        }
    })
}
