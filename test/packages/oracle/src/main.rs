//! `package-oracle compress FILE | manifest DIR | pack DIR OUT | unpack ARCHIVE DEST | digest DIR | sign-package DIR SEED | sign-library FILE SEED |
//! verify-package DIR KEY | verify-library FILE KEY | public SEED`: SEED and KEY are 64 hex digits. Ends with 1 and the error's
//! text when Fidius refuses.

use std::path::Path;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};

type Failure = Box<dyn std::error::Error>;

fn bytes(hex: &str) -> Result<[u8; 32], Failure> {
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .map(|index| u8::from_str_radix(&hex[index * 2..index * 2 + 2], 16))
        .collect::<Result<_, _>>()?;
    bytes.try_into().map_err(|_| "32 bytes are needed".into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn run(arguments: &[&str]) -> Result<String, Failure> {
    match *arguments {
        ["pack", folder, out] => {
            let packed = fidius_core::package::pack_package(Path::new(folder), Some(Path::new(out)))?;
            Ok(packed.path.display().to_string())
        }
        ["unpack", archive, to] => {
            let folder = fidius_core::package::unpack_package(Path::new(archive), Path::new(to))?;
            Ok(folder.display().to_string())
        }
        ["digest", folder] => Ok(hex(&fidius_core::package::package_digest(Path::new(folder))?)),
        ["manifest", folder] => {
            let manifest = fidius_core::package::load_manifest_untyped(Path::new(folder))?;
            Ok(format!("{} {}", manifest.package.name, manifest.package.runtime()))
        }
        ["compress", file] => {
            let out = std::fs::File::create(format!("{file}.bz2"))?;
            let mut encoder = bzip2::write::BzEncoder::new(out, bzip2::Compression::best());
            std::io::copy(&mut std::fs::File::open(file)?, &mut encoder)?;
            encoder.finish()?;
            Ok(String::new())
        }
        ["public", seed] => Ok(hex(SigningKey::from_bytes(&bytes(seed)?).verifying_key().as_bytes())),
        ["sign-package", folder, seed] => {
            let digest = fidius_core::package::package_digest(Path::new(folder))?;
            let signature = SigningKey::from_bytes(&bytes(seed)?).sign(&digest);
            std::fs::write(Path::new(folder).join("package.sig"), signature.to_bytes())?;
            Ok(String::new())
        }
        ["sign-library", file, seed] => {
            let signature = SigningKey::from_bytes(&bytes(seed)?).sign(&std::fs::read(file)?);
            std::fs::write(fidius_host::signing::sig_path_for(Path::new(file)), signature.to_bytes())?;
            Ok(String::new())
        }
        ["verify-package", folder, key] => {
            let key = VerifyingKey::from_bytes(&bytes(key)?)?;
            fidius_host::package::verify_package(Path::new(folder), &[key])?;
            Ok(String::new())
        }
        ["verify-library", file, key] => {
            let key = VerifyingKey::from_bytes(&bytes(key)?)?;
            fidius_host::signing::verify_signature(Path::new(file), &[key])?;
            Ok(String::new())
        }
        _ => Err("unknown command".into()),
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(text) => println!("{text}"),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
