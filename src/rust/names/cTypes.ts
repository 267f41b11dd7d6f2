// C's number types of `std::ffi` and `std::os::raw`: aliases of Rust's, which ones depends on the target.

/** Whether a `cfg(…)` holds for the target of the build. */
type AppliesTo = (key: string) => boolean;

const plain: Readonly<Record<string, string>> = {
  c_double: "f64",
  c_float: "f32",
  c_int: "i32",
  c_longlong: "i64",
  c_schar: "i8",
  c_short: "i16",
  c_uchar: "u8",
  c_uint: "u32",
  c_ulonglong: "u64",
  c_ushort: "u16",
};

const byTarget: Readonly<Record<string, (appliesTo: AppliesTo) => string>> = {
  c_char: (appliesTo) => (appliesTo(unsignedChar) ? "u8" : "i8"),
  c_long: (appliesTo) => (appliesTo(shortLong) ? "i32" : "i64"),
  c_ulong: (appliesTo) => (appliesTo(shortLong) ? "u32" : "u64"),
};

const shortLong = 'cfg(any(windows, not(target_pointer_width = "64")))';

/** As core's `ffi::primitives` decides it. */
const unsignedChar =
  'cfg(all(not(windows), not(target_vendor = "apple"), any(target_arch = "aarch64", target_arch = "arm", ' +
  'target_arch = "csky", target_arch = "hexagon", target_arch = "msp430", target_arch = "powerpc", ' +
  'target_arch = "powerpc64", target_arch = "riscv32", target_arch = "riscv64", target_arch = "s390x", ' +
  'target_arch = "xtensa")))';

/** Whether the path within std is one of C's number types. */
export function isCType(path: readonly string[]): boolean {
  const name = path.at(-1) ?? "";
  const home = path.slice(0, -1).join("::");
  return (
    (home === "ffi" || home === "os::raw") &&
    (Object.hasOwn(plain, name) || Object.hasOwn(byTarget, name))
  );
}

/** The primitive type that the path within std stands for; undefined for all that is none of C's number types. */
export function cPrimitive(path: readonly string[], appliesTo: AppliesTo): string | undefined {
  const name = path.at(-1) ?? "";
  return isCType(path) ? (plain[name] ?? byTarget[name]?.(appliesTo)) : undefined;
}
