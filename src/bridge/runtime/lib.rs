//! What every bridge shares: finds which of serde's traits a type has, turns JSON into bincode and back through the real
//! serde, and answers requests on the channel described in docs/bridge.md. Compiled beside a copy of the interface crate;
//! it never meets a plugin.

use std::io::{Read, Write};
use std::marker::PhantomData;

pub use serde;

use serde::de::DeserializeOwned;
use serde::ser::Serialize;

mod made;
mod reader;
mod trace;

/// Version of the channel, told in the first frame.
const PROTOCOL: u32 = 2;

/// A type without a value of it.
pub struct Type<T>(PhantomData<fn() -> T>);

fn a_type<T>() -> Type<T> {
    Type(PhantomData)
}

macro_rules! signatures {
    ($($function:ident ( $($argument:ident),* );)*) => {$(
        /// The types of a method's arguments and of what it returns.
        pub fn $function<S: ?Sized + 'static, $($argument,)* R>(
            _: fn(&'static S $(, $argument)*) -> R,
        ) -> ($(Type<$argument>,)* Type<R>,) {
            ($(a_type::<$argument>(),)* a_type::<R>(),)
        }
    )*};
}

signatures! {
    signature_0();
    signature_1(A);
    signature_2(A, B);
    signature_3(A, B, C);
    signature_4(A, B, C, D);
    signature_5(A, B, C, D, E);
    signature_6(A, B, C, D, E, F);
    signature_7(A, B, C, D, E, F, G);
    signature_8(A, B, C, D, E, F, G, H);
    signature_9(A, B, C, D, E, F, G, H, I);
    signature_10(A, B, C, D, E, F, G, H, I, J);
    signature_11(A, B, C, D, E, F, G, H, I, J, K);
    signature_12(A, B, C, D, E, F, G, H, I, J, K, L);
    signature_13(A, B, C, D, E, F, G, H, I, J, K, L, M);
    signature_14(A, B, C, D, E, F, G, H, I, J, K, L, M, N);
    signature_15(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O);
    signature_16(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P);
    signature_17(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q);
}

pub fn success<T, E>(_: &Type<Result<T, E>>) -> Type<T> {
    a_type()
}

pub fn failure<T, E>(_: &Type<Result<T, E>>) -> Type<E> {
    a_type()
}

/// The owned form of what a method returns by reference; serde writes both alike.
pub fn owned<T: ?Sized + ToOwned>(_: &Type<&'static T>) -> Type<T::Owned> {
    a_type()
}

/// What the bridge can do with one type.
pub struct Codec {
    type_name: &'static str,
    missing: &'static [&'static str],
    functions: Option<Functions>,
}

#[derive(Clone, Copy)]
struct Functions {
    json_to_bincode: fn(&[u8]) -> Result<Vec<u8>, String>,
    bincode_to_json: fn(&[u8]) -> Result<Vec<u8>, String>,
    examine: fn(&[u8]) -> Result<Vec<u8>, String>,
    read: fn(&[u8]) -> Result<Vec<u8>, String>,
    make: fn(&[u8]) -> Result<Vec<u8>, String>,
}

/// Asks, by the order in which methods are looked up, for the traits a type has. Only right where the type is known, so it
/// is a macro for the generated code.
#[macro_export]
macro_rules! codec {
    ($type:ident) => {{
        use $crate::{Both as _, Neither as _, OnlyDeserialize as _, OnlySerialize as _};
        (&&&&$crate::Probe(&$type)).codec()
    }};
}

pub struct Probe<'a, T>(pub &'a Type<T>);

pub trait Both {
    fn codec(&self) -> Codec;
}

impl<T: Serialize + DeserializeOwned> Both for &&&Probe<'_, T> {
    fn codec(&self) -> Codec {
        Codec {
            type_name: std::any::type_name::<T>(),
            missing: &[],
            functions: Some(Functions {
                json_to_bincode: json_to_bincode::<T>,
                bincode_to_json: bincode_to_json::<T>,
                examine: examine::<T>,
                read: read::<T>,
                make: make::<T>,
            }),
        }
    }
}

pub trait OnlySerialize {
    fn codec(&self) -> Codec;
}

impl<T: Serialize> OnlySerialize for &&Probe<'_, T> {
    fn codec(&self) -> Codec {
        without::<T>(&["Deserialize"])
    }
}

pub trait OnlyDeserialize {
    fn codec(&self) -> Codec;
}

impl<T: DeserializeOwned> OnlyDeserialize for &Probe<'_, T> {
    fn codec(&self) -> Codec {
        without::<T>(&["Serialize"])
    }
}

pub trait Neither {
    fn codec(&self) -> Codec;
}

impl<T> Neither for Probe<'_, T> {
    fn codec(&self) -> Codec {
        without::<T>(&["Serialize", "Deserialize"])
    }
}

fn without<T>(missing: &'static [&'static str]) -> Codec {
    Codec { type_name: std::any::type_name::<T>(), missing, functions: None }
}

/// Refuses, in the compiler's words, types that lack one of the traits.
pub fn require_serialize<T: Serialize>(_: &Type<T>) {}
pub fn require_deserialize<T: DeserializeOwned>(_: &Type<T>) {}

fn json_to_bincode<T: Serialize + DeserializeOwned>(json: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    bincode::serialize(&value).map_err(|error| error.to_string())
}

fn bincode_to_json<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = read_bincode(bytes)?;
    let json = serde_json::to_vec(&value).map_err(|error| error.to_string())?;
    let is_lossless = json_to_bincode::<T>(&json).is_ok_and(|again| again == bytes);
    Ok([&[u8::from(is_lossless)], json.as_slice()].concat())
}

/// The bytes written again, with their length before them, and what serde wrote one after the other.
fn examine<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = read_bincode(bytes)?;
    let again = bincode::serialize(&value).map_err(|error| error.to_string())?;
    let trace = trace::of(&value).map_err(|error| error.to_string())?;
    Ok([&length(&again), again.as_slice(), trace.as_bytes()].concat())
}

/// What bincode says of the bytes, empty when they are a value, with its length before it; and what serde asked for.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let words = read_bincode::<T>(bytes).err().unwrap_or_default();
    let trace = reader::trace::<T>(bytes);
    Ok([&length(words.as_bytes()), words.as_bytes(), trace.as_bytes()].concat())
}

/// Bytes of a value that is made up after the seed.
fn make<T: DeserializeOwned>(seed: &[u8]) -> Result<Vec<u8>, String> {
    let seed = seed.try_into().map_err(|_| "a seed has eight bytes")?;
    reader::make::<T>(u64::from_le_bytes(seed)).map_err(|error| error.to_string())
}

/// As Fidius reads, but strict: bytes left over are an error.
fn read_bincode<T: DeserializeOwned>(mut bytes: &[u8]) -> Result<T, String> {
    let whole = bytes.len();
    let value = bincode::deserialize_from(&mut bytes).map_err(|error| match *error {
        // A type's own refusal, told apart from bytes that are no such value at all.
        bincode::ErrorKind::Custom(message) => format!("refused: {message}"),
        other => bincode::Error::from(other).to_string(),
    })?;
    if bytes.is_empty() {
        Ok(value)
    } else {
        Err(format!("{} of {whole} bytes were left over", bytes.len()))
    }
}

struct Slot {
    method: &'static str,
    place: &'static str,
    codec: Codec,
}

/// Collects the types of the interface's methods, then answers questions about them.
#[derive(Default)]
pub struct Bridge {
    slots: Vec<Slot>,
}

impl Bridge {
    /// To be called by generated code, which cannot name this type in its signatures.
    ///
    /// # Safety
    /// `bridge` must have been made of a `&mut Bridge` that is not used meanwhile.
    pub unsafe fn add(bridge: *mut (), method: &'static str, place: &'static str, codec: Codec) {
        unsafe { &mut *bridge.cast::<Bridge>() }.slots.push(Slot { method, place, codec });
    }

    /// Answers requests until the other side is gone.
    pub fn serve(&self) -> std::io::Result<()> {
        let mut input = std::io::stdin().lock();
        let mut output = channel();
        write_frame(&mut output, &[self.hello().as_bytes()])?;
        let mut head = [0; 4];
        while input.read_exact(&mut head).is_ok() {
            let mut request = vec![0; u32::from_le_bytes(head) as usize];
            input.read_exact(&mut request)?;
            match self.answer(&request) {
                Ok(answer) => write_frame(&mut output, &[&[0], &answer])?,
                Err(message) => write_frame(&mut output, &[&[1], message.as_bytes()])?,
            }
        }
        Ok(())
    }

    fn hello(&self) -> String {
        let slots: Vec<_> = self
            .slots
            .iter()
            .map(|Slot { method, place, codec }| {
                serde_json::json!({
                    "method": method,
                    "place": place,
                    "type": codec.type_name,
                    "missing": codec.missing,
                })
            })
            .collect();
        serde_json::json!({ "protocol": PROTOCOL, "slots": slots }).to_string()
    }

    fn answer(&self, request: &[u8]) -> Result<Vec<u8>, String> {
        let (&[operation, a, b, c, d], payload) =
            request.split_first_chunk::<5>().ok_or("the request is too short")?;
        let slot = self.slots.get(u32::from_le_bytes([a, b, c, d]) as usize);
        let functions = slot.and_then(|slot| slot.codec.functions).ok_or("there is no such type")?;
        let function = match operation {
            1 => functions.json_to_bincode,
            2 => functions.bincode_to_json,
            3 => functions.examine,
            4 => functions.read,
            5 => functions.make,
            other => return Err(format!("there is no operation {other}")),
        };
        std::panic::catch_unwind(|| function(payload)).unwrap_or_else(|panic| {
            let message = panic
                .downcast_ref::<&str>()
                .map(ToString::to_string)
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_else(|| "without a message".into());
            Err(format!("the type's serde implementation panicked: {message}"))
        })
    }
}

fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).expect("a frame is shorter than 4 GiB").to_le_bytes()
}

fn write_frame(output: &mut impl Write, parts: &[&[u8]]) -> std::io::Result<()> {
    let whole = parts.concat();
    output.write_all(&length(&whole))?;
    output.write_all(&whole)?;
    output.flush()
}

/// A pipe of our own, so that what the user's code prints never gets between the frames.
#[cfg(unix)]
fn channel() -> impl Write {
    use std::os::fd::FromRawFd;
    unsafe { std::fs::File::from_raw_fd(3) }
}

#[cfg(not(unix))]
fn channel() -> impl Write {
    std::io::stdout().lock()
}
