// Manifests for the pages of rules.

/** The manifest of a plugin. */
export const cargoExample = `[package]
name = "tool"
version = "0.1.0"
edition = "2021"

[lib]
crate-type = ["cdylib"]

[dependencies]
fidius = "0.5.9"

[features]
host = ["fidius/host"]
`;

/** The package.toml of a plugin. */
export const packageExample = `[package]
name = "tool"
version = "0.1.0"
interface = "tool"
interface_version = 1

[metadata]
`;
