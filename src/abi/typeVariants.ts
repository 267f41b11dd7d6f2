// The types that a type of a signature most likely was, or became: what people change in a trait. All are printed as the
// macro prints them (reference 5.3).

import { printType } from "./typePrinter.ts";

const integers = "u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize".split(" ");

/** Types that any method may have come to take or give, the most common first. */
export const commonTypes: readonly string[] = [
  "String",
  "u32",
  "u64",
  "i32",
  "i64",
  "bool",
  "f64",
  "usize",
  "Vec<u8>",
  "u8",
  "()",
  "f32",
  "u16",
  "i16",
  "i8",
  "char",
  "u128",
  "i128",
  "isize",
  "Vec<String>",
  "Option<String>",
  "HashMap<String, String>",
].map(printType);

/** Names of which one is often written for another. */
const families: readonly (readonly string[])[] = [
  [...integers, "f32", "f64"],
  ["Vec", "Option", "HashSet", "BTreeSet", "VecDeque", "Box", "Arc", "Rc"],
  ["HashMap", "BTreeMap", "IndexMap"],
  ["PluginError", "fidius :: PluginError", "fidius_core :: PluginError", "String"],
  ["String", "std :: string :: String"],
  ["HashMap", "std :: collections :: HashMap"],
  ["BTreeMap", "std :: collections :: BTreeMap"],
];

/** Whole types of which one is often written for another. */
const exchanges: readonly (readonly string[])[] = [
  ["String", "& str", "& 'static str", "Vec < u8 >", "Box < str >", "Cow < 'static, str >"],
  ["Vec < u8 >", "& [u8]", "Box < [u8] >", "Bytes"],
];

const errorTypes = ["PluginError", "fidius :: PluginError", "String"];

/** Deepest generic argument whose own variants are tried. */
const deepest = 3;

/** Variants of a printed type, the likelier ones first, each once and never the type itself. `others` stand for it too. */
export function typeVariants(type: string, others: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const add = (source: string): void => {
    found.add(printType(source));
  };
  nearVariants(type, deepest).forEach(add);
  for (const name of ["Option", "Vec", "Box"]) {
    add(`${name}<${type}>`);
  }
  for (const error of errorTypes) {
    add(`Result<${type}, ${error}>`);
  }
  add(`&${type}`);
  for (const other of [...others, ...commonTypes]) {
    found.add(other);
  }
  found.delete(type);
  return [...found];
}

/** Changes of one name, one wrapper or one argument. */
function nearVariants(type: string, depth: number): readonly string[] {
  const parts = splitGeneric(type);
  const whole = [...namedVariants(type), ...exchanged(type)];
  if (parts === undefined || depth === 0) {
    const inner = /^(?:& (?:'\w+ )?(?:mut )?)(.+)$/su.exec(type)?.[1];
    return inner === undefined ? whole : [...whole, inner];
  }
  const { open, close, items, separator } = parts;
  const write = (list: readonly string[]): string => `${open}${list.join(separator)}${close}`;
  const inner = items.flatMap((item, index) =>
    nearVariants(item, depth - 1).map((variant) =>
      write(items.map((other, place) => (place === index ? variant : other))),
    ),
  );
  const heads = namedVariants(parts.head).map((head) => `${head} < ${items.join(separator)} >`);
  return [...whole, ...items, ...(parts.head === "" ? [] : heads), ...inner];
}

function namedVariants(name: string): readonly string[] {
  return families.filter((family) => family.includes(name)).flat();
}

function exchanged(type: string): readonly string[] {
  return exchanges.filter((family) => family.includes(type)).flat();
}

interface GenericParts {
  readonly head: string;
  readonly open: string;
  readonly close: string;
  readonly items: readonly string[];
  readonly separator: string;
}

/** `Name < A , B >`, `(A, B)` and `[A; N]` taken apart. */
function splitGeneric(type: string): GenericParts | undefined {
  const generic = /^([\w: ]+?)\s<\s(.*)\s>$/su.exec(type);
  if (generic !== null) {
    const [, head = "", content = ""] = generic;
    const items = splitTypes(content, ",");
    return { head, open: `${head} < `, close: " >", items, separator: ", " };
  }
  const tuple = /^\((.+)\)$/su.exec(type)?.[1];
  if (tuple !== undefined) {
    return { head: "", open: "(", close: ")", items: splitTypes(tuple, ","), separator: ", " };
  }
  const array = /^\[(.+); ([^;]+)\]$/su.exec(type);
  return array === null
    ? undefined
    : {
        head: "",
        open: "[",
        close: `; ${array[2] ?? ""}]`,
        items: [array[1] ?? ""],
        separator: "",
      };
}

/** Parts of a printed list between its outermost separators. */
export function splitTypes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if ("([{<".includes(character)) {
      depth += 1;
    } else if (")]}".includes(character) || (character === ">" && text[at - 1] !== "-")) {
      depth -= 1;
    } else if (depth === 0 && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at).trim());
      start = at + separator.length;
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== "");
}
