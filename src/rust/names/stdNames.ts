// Names that need no source: primitives, the prelude, where std keeps the types that serde knows, and what a glob of
// Fidius' own crates brings.

import { isCType } from "./cTypes.ts";

export const stdCrates: ReadonlySet<string> = new Set(["std", "core", "alloc"]);

const primitives: ReadonlySet<string> = new Set(
  "bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 f16 f128".split(" "),
);

export function isPrimitive(name: string): boolean {
  return primitives.has(name);
}

/** Modules of std in which each type can be named; the first is its home. */
const homes: Readonly<Record<string, readonly string[]>> = {
  Arc: ["sync"],
  Arguments: ["fmt"],
  AtomicBool: ["sync::atomic"],
  AtomicI16: ["sync::atomic"],
  AtomicI32: ["sync::atomic"],
  AtomicI64: ["sync::atomic"],
  AtomicI8: ["sync::atomic"],
  AtomicIsize: ["sync::atomic"],
  AtomicU16: ["sync::atomic"],
  AtomicU32: ["sync::atomic"],
  AtomicU64: ["sync::atomic"],
  AtomicU8: ["sync::atomic"],
  AtomicUsize: ["sync::atomic"],
  BinaryHeap: ["collections", "collections::binary_heap"],
  Bound: ["ops", "collections"],
  Box: ["boxed"],
  BTreeMap: ["collections", "collections::btree_map"],
  BTreeSet: ["collections", "collections::btree_set"],
  Cell: ["cell"],
  Cow: ["borrow"],
  CString: ["ffi"],
  CStr: ["ffi"],
  Duration: ["time"],
  HashMap: ["collections", "collections::hash_map"],
  HashSet: ["collections", "collections::hash_set"],
  IpAddr: ["net"],
  Ipv4Addr: ["net"],
  Ipv6Addr: ["net"],
  LinkedList: ["collections", "collections::linked_list"],
  Mutex: ["sync"],
  NonZero: ["num"],
  NonZeroI128: ["num"],
  NonZeroI16: ["num"],
  NonZeroI32: ["num"],
  NonZeroI64: ["num"],
  NonZeroI8: ["num"],
  NonZeroIsize: ["num"],
  NonZeroU128: ["num"],
  NonZeroU16: ["num"],
  NonZeroU32: ["num"],
  NonZeroU64: ["num"],
  NonZeroU8: ["num"],
  NonZeroUsize: ["num"],
  Option: ["option"],
  OsStr: ["ffi"],
  OsString: ["ffi"],
  Path: ["path"],
  PathBuf: ["path"],
  PhantomData: ["marker"],
  Range: ["ops"],
  RangeFrom: ["ops"],
  RangeInclusive: ["ops"],
  RangeTo: ["ops"],
  Rc: ["rc"],
  RefCell: ["cell"],
  Result: ["result"],
  Reverse: ["cmp"],
  RwLock: ["sync"],
  Saturating: ["num"],
  SocketAddr: ["net"],
  SocketAddrV4: ["net"],
  SocketAddrV6: ["net"],
  String: ["string"],
  SystemTime: ["time"],
  Vec: ["vec"],
  VecDeque: ["collections", "collections::vec_deque"],
  Weak: ["sync", "rc"],
  Wrapping: ["num"],
};

/** Every type of std that serde knows, at its home. */
export function stdTypePaths(): readonly (readonly string[])[] {
  return Object.entries(homes).map(([name, [home = ""]]) => [...home.split("::"), name]);
}

const prelude: ReadonlySet<string> = new Set(["Box", "Option", "Result", "String", "Vec"]);

/** Path within std of a type of the prelude. */
export function preludePath(name: string): readonly string[] | undefined {
  const home = homes[name]?.[0];
  return prelude.has(name) && home !== undefined ? [...home.split("::"), name] : undefined;
}

/** The name by which a std path is known here, such as `HashMap`; undefined for all that serde does not know. */
export function stdTypeName(path: readonly string[]): string | undefined {
  const name = path.at(-1) ?? "";
  const home = path.slice(0, -1).join("::");
  if (path.length === 1 && isPrimitive(name)) {
    return undefined;
  }
  const isHome = Object.hasOwn(homes, name) && homes[name]?.includes(home) === true;
  const isPrelude = home.startsWith("prelude::") && prelude.has(name);
  return isHome || isPrelude ? name : undefined;
}

/** The path of a type at its home, however it was reached: `collections::Bound` is `ops::Bound`, `os::raw::c_int` is `ffi::c_int`. */
export function stdHome(path: readonly string[]): readonly string[] {
  if (isCType(path)) {
    return ["ffi", ...path.slice(-1)];
  }
  const name = stdTypeName(path);
  const home = name === undefined ? undefined : homes[name]?.[0];
  return name === undefined || home === undefined ? path : [...home.split("::"), name];
}

const aliases: ReadonlySet<string> = new Set(["io::Result", "fmt::Result", "thread::Result"]);

/** A glob of the path's module brings its last segment. */
export function stdHas(path: readonly string[]): boolean {
  return stdTypeName(path) !== undefined || aliases.has(path.join("::")) || isCType(path);
}

const fidiusMembers: ReadonlySet<string> = new Set(
  (
    "PluginError Stream Value async_runtime descriptor error fidius_plugin_registry hash host_ffi host_interface host_registry " +
    "inventory plugin_impl plugin_interface python_descriptor registry status stream_ffi stream_marker wasm_descriptor wire"
  ).split(" "),
);
const serdeMembers: ReadonlySet<string> = new Set(
  "Deserialize Deserializer Serialize Serializer de ser".split(" "),
);

const members: Readonly<Record<string, ReadonlySet<string>>> = {
  fidius: fidiusMembers,
  "fidius-core": fidiusMembers,
  "fidius-guest": fidiusMembers,
  "fidius-macro": fidiusMembers,
  serde: serdeMembers,
  serde_derive: serdeMembers,
};

/** What a crate whose sources are not at hand offers at its root; undefined when that is not known. */
export function knownMembers(packageName: string): ReadonlySet<string> | undefined {
  return Object.hasOwn(members, packageName) ? members[packageName] : undefined;
}

/** Fidius' own packages. */
export function isFidiusPackage(packageName: string): boolean {
  return /^fidius(?:-core|-guest|-macro)?$/u.test(packageName);
}
