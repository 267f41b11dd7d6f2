#!/bin/sh
# Builds the libraries of this folder anew, in the folder /vectors, so that they name no folder of the machine that built them.
# It needs the three targets of rustup and the GNU cross linker (gcc-mingw-w64-x86-64).
set -e
here=$(cd "$(dirname "$0")" && pwd)
rm -rf /vectors && cp -r "$here" /vectors && cd /vectors
for architecture in x86_64 aarch64; do
  RUSTFLAGS="-C linker=rust-lld -C linker-flavor=lld-link -C link-arg=/NODEFAULTLIB -C link-arg=/DEBUG --remap-path-prefix $HOME=/home" \
    cargo build --release --target "$architecture-pc-windows-msvc"
  cp target/"$architecture"-pc-windows-msvc/release/shims.dll target/"$architecture"-pc-windows-msvc/release/shims.pdb "$here/$architecture-msvc/"
done
RUSTFLAGS="-C link-arg=-nostartfiles -C link-arg=-nostdlib -C debuginfo=0 --remap-path-prefix $HOME=/home" \
  cargo build --release --target x86_64-pc-windows-gnu
cp target/x86_64-pc-windows-gnu/release/shims.dll "$here/x86_64-gnu/"
rm -rf /vectors
