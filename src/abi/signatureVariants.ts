// The signature lines that a method's line most likely was in another version of its trait (reference 5.1): retyped, with an
// argument more or less, with other markers; and the lines that a method of which only the name is known may have.

import { printType } from "./typePrinter.ts";
import { commonTypes, splitTypes, typeVariants } from "./typeVariants.ts";

interface Signature {
  readonly name: string;
  readonly arguments: readonly string[];
  /** "" without `->`. */
  readonly returned: string;
  readonly markers: string;
}

function parseLine(line: string): Signature {
  const colon = line.indexOf(":");
  const rest = line.slice(colon + 1);
  // The arrows of function types have a space before them.
  const arrow = /(?<![ \n])->/u.exec(rest)?.index ?? rest.length;
  const markers = /(?:!raw)?(?:!stream)?(?:<stream)?$/u.exec(rest)?.[0] ?? "";
  const returned = rest.slice(arrow + 2, rest.length - markers.length);
  const list = rest.slice(0, arrow);
  return { name: line.slice(0, colon), arguments: splitArguments(list), returned, markers };
}

/** Arguments are joined without a space; the commas within them have one behind, or a closing parenthesis. */
function splitArguments(list: string): readonly string[] {
  return list === "" ? [] : splitTypes(list, ",");
}

function writeLine({ name, arguments: list, returned, markers }: Signature): string {
  return `${name}:${list.join(",")}->${returned}${markers}`;
}

/** The types in the lines, each once. */
export function typesOf(lines: readonly string[]): readonly string[] {
  const types = lines
    .map(parseLine)
    .flatMap(({ arguments: list, returned }) => [...list, ...(returned === "" ? [] : [returned])]);
  return [...new Set(types)];
}

/** Lines that differ from this one by one change, the likelier ones first, each once; `types` may stand anywhere. */
export function lineVariants(line: string, types: readonly string[]): readonly string[] {
  const signature = parseLine(line);
  const { arguments: list, returned, markers } = signature;
  const found = new Set<string>();
  const add = (change: Partial<Signature>): void => {
    found.add(writeLine({ ...signature, ...change }));
  };
  for (const marker of ["", "!raw", "!stream", "<stream", "!stream<stream"]) {
    add({ markers: marker });
  }
  for (const type of returned === "" ? ["()"] : ["", ...typeVariants(returned, [])]) {
    add({ returned: type });
  }
  list.forEach((type, index) => {
    add({ arguments: list.toSpliced(index, 1) });
    for (const variant of typeVariants(type, [])) {
      add({ arguments: list.with(index, variant) });
      // `add(a: i32, b: i32) -> i32` changes as one.
      const everywhere = (other: string): string => (other === type ? variant : other);
      add({ arguments: list.map(everywhere) });
      add({ arguments: list.map(everywhere), returned: everywhere(returned) });
    }
  });
  for (let index = 0; index <= list.length; index += 1) {
    for (const type of [...types, ...commonTypes]) {
      add({ arguments: list.toSpliced(index, 0, type) });
    }
  }
  for (const [index, type] of list.entries()) {
    for (const [other, otherType] of list.entries()) {
      add({ arguments: list.with(index, otherType).with(other, type) });
    }
  }
  for (const type of types) {
    add({ returned: type });
    list.forEach((_, index) => {
      add({ arguments: list.with(index, type) });
    });
  }
  add({ markers: markers === "" ? "!raw" : "" });
  found.delete(line);
  return [...found];
}

/** Lines that a method may have of which only the name is known: of another method that was renamed, then the plain ones. */
export function linesOfName(
  name: string,
  lines: readonly string[],
  types: readonly string[],
): readonly string[] {
  const renamed = lines.map((line) => writeLine({ ...parseLine(line), name }));
  const inputs = [...new Set([...types, ...commonTypes])].filter((type) => type !== "()");
  const outputs = new Set(["", "()"]);
  for (const type of inputs) {
    outputs.add(type);
  }
  for (const type of ["()", ...inputs]) {
    typeVariants(type, [])
      .filter((variant) => /^(?:Result|Option|Vec) </u.test(variant))
      .forEach((variant) => outputs.add(variant));
  }
  const lists = [[], ...inputs.map((type) => [type])];
  const simple = lists.flatMap((list) =>
    [...outputs].map((returned) => writeLine({ name, arguments: list, returned, markers: "" })),
  );
  const pairs = inputs.flatMap((left) =>
    inputs.flatMap((right) =>
      ["", ...inputs].map((returned) =>
        writeLine({ name, arguments: [left, right], returned, markers: "" }),
      ),
    ),
  );
  return [...new Set([...renamed, ...simple, ...pairs])];
}

/** Lines in which two things changed: two types, or an argument more or less and a type. */
export function* linesWithTwoChanges(line: string): Generator<string> {
  const signature = parseLine(line);
  const { arguments: list, returned } = signature;
  const write = (types: readonly string[]): string =>
    writeLine({ ...signature, arguments: types.slice(0, -1), returned: types.at(-1) ?? "" });
  const types = [...list, returned];
  const variants = types.map((type, index) => {
    const others = type === "" ? ["()"] : typeVariants(type, []);
    // Only what is returned may be left out.
    return index === list.length ? ["", ...others] : others;
  });
  for (const [gone] of list.entries()) {
    const left = types.toSpliced(gone, 1);
    for (const [index, options] of variants.toSpliced(gone, 1).entries()) {
      for (const option of options) {
        yield write(left.with(index, option));
      }
    }
  }
  for (const [first, firstVariants] of variants.entries()) {
    for (const [second, secondVariants] of variants.entries()) {
      for (const one of second > first ? firstVariants : []) {
        for (const other of secondVariants) {
          yield write(types.with(first, one).with(second, other));
        }
      }
    }
  }
  for (let place = 0; place <= list.length; place += 1) {
    for (const added of commonTypes) {
      for (const [index, options] of variants.entries()) {
        for (const option of options) {
          yield write(types.with(index, option).toSpliced(place, 0, added));
        }
      }
    }
  }
}

/** All lines with one type written in another way wherever it stands, such as an error type. */
export function* linesWithOneTypeReplaced(lines: readonly string[]): Generator<readonly string[]> {
  const types = new Set(typesOf(lines).flatMap((type) => [type, ...type.split(/ ?[<>(),] ?/u)]));
  for (const type of types) {
    for (const variant of type === "" ? [] : typeVariants(type, [])) {
      yield lines.map((line) => replaceType(line, type, variant));
    }
  }
}

/** Whole types only; text that is printed with line breaks is left to the other searches. */
function replaceType(line: string, type: string, by: string): string {
  const { arguments: list, returned, ...rest } = parseLine(line);
  const replace = (text: string): string => {
    const parts = ` ${text.replaceAll(/([(),<>[\];])/gu, " $1 ")} `.replaceAll(/ +/gu, " ");
    return parts.includes(` ${type} `) ? printType(parts.replaceAll(` ${type} `, ` ${by} `)) : text;
  };
  return writeLine({ ...rest, arguments: list.map(replace), returned: replace(returned) });
}
