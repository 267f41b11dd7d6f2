#!/bin/sh
# Builds the libraries of this folder anew, in the folder /vectors, so that they name no folder of the machine that built them.
# It needs rustup's targets of these names and the GNU cross linker (gcc-mingw-w64-x86-64).
set -e
here=$(cd "$(dirname "$0")" && pwd)
linker=$(rustc --print sysroot)/lib/rustlib/$(rustc --print host-tuple)/bin/rust-lld
rm -rf /vectors && cp -r "$here" /vectors && cd /vectors
compile() {
  rustc --edition 2021 -O -C panic=abort --remap-path-prefix "$HOME=/home" --crate-name shims src/lib.rs "$@"
}
for architecture in x86_64 aarch64; do
  compile --crate-type cdylib --target "$architecture-pc-windows-msvc" -g --out-dir "$architecture-msvc" \
    -C linker=rust-lld -C linker-flavor=lld-link -C link-arg=/NODEFAULTLIB -C link-arg=/DEBUG
  compile --crate-type lib --target "$architecture-apple-darwin" -C codegen-units=1 --emit obj=shims.o
  "$linker" -flavor darwin -dylib -arch "$(echo "$architecture" | sed s/aarch64/arm64/)" -platform_version macos 11.0 11.0 \
    -install_name shims.dylib -o "$architecture-macos/shims.dylib" shims.o
done
compile --crate-type cdylib --target x86_64-pc-windows-gnu --out-dir x86_64-gnu -C link-arg=-nostartfiles -C link-arg=-nostdlib
for file in */shims.dll */shims.pdb */shims.dylib; do
  cp "$file" "$here/$file"
done
rm -rf /vectors
