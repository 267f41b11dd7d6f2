// A Fidius package as its package.toml describes it (reference 7.3), and what is known of a signature. Plain data: it is
// shown by the CLI and the editor alike.

/** Which backend runs a package; only `rust` ones can be built and called here. */
export type PackageRuntime = "rust" | "python" | "wasm";

/** The header of a package.toml. */
export interface PackageInfo {
  readonly name: string;
  readonly version: string;
  /** Name of the interface crate, as the author wrote it; nothing checks it. */
  readonly interface: string;
  readonly interfaceVersion: number;
  /** File extension of its archives, `fid` by default. */
  readonly extension: string;
  readonly runtime: PackageRuntime;
}

/** An Ed25519 public key that the user trusts. */
export interface TrustedKey {
  /** How it is called for people: the file it came from. */
  readonly name: string;
  /** The 32 raw bytes. */
  readonly bytes: Uint8Array;
}

/** What is known of who signed a package or a library (reference 7.3). */
export type SignatureState =
  | { readonly kind: "unsigned" }
  /** There is a signature, and no key to check it with: nothing is known of it. */
  | { readonly kind: "unchecked" }
  | { readonly kind: "verified"; readonly key: string }
  /** Checked, and made by none of the trusted keys for this content: signed by someone else or changed since, which it cannot tell. */
  | { readonly kind: "mismatch"; readonly keys: number }
  /** The signature file is no Ed25519 signature. */
  | { readonly kind: "malformed"; readonly message: string }
  /** Something that is signed cannot be read: the message says what. */
  | { readonly kind: "uncheckable"; readonly message: string };
