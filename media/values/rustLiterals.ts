// Literals of Rust as JSON text: numbers, text, `vec![…]`, tuples, structs and variants of enums, options and results.

/** Deeper literals are none that a comment has. */
const maxDepth = 32;

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

const words: Readonly<Record<string, string>> = { true: "true", false: "false", None: "null" };

export class RustLiterals {
  readonly #text: string;
  #at: number;
  #depth = 0;

  constructor(text: string, at = 0) {
    this.#text = text;
    this.#at = at;
  }

  /** Literals with commas between up to a closing bracket, as a JSON list; undefined where one is none. */
  listUntil(end: string): string | undefined {
    const items: string[] = [];
    while (this.#take(new RegExp(`\\s*[${end === "]" ? "\\]" : end}]`, "uy")) === undefined) {
      const item = this.#value();
      if (item === undefined) {
        return undefined;
      }
      items.push(item);
      if (this.#take(/\s*,/uy) === undefined && !this.#isAt(end)) {
        return undefined;
      }
    }
    return `[${items.join(",")}]`;
  }

  #isAt(text: string): boolean {
    this.#take(/\s*/uy);
    return this.#text.startsWith(text, this.#at);
  }

  #value(): string | undefined {
    this.#depth += 1;
    const value = this.#depth > maxDepth ? undefined : this.#literal();
    this.#depth -= 1;
    // What makes a String of a str changes nothing about the value.
    while (this.#take(/\s*\.(?:to_string|to_owned|into|to_vec)\(\)/uy) !== undefined) {
      continue;
    }
    return value;
  }

  #literal(): string | undefined {
    this.#take(/\s*(?:&\s*(?:mut\s+)?)*/uy);
    return this.#number() ?? this.#quoted() ?? this.#list() ?? this.#named();
  }

  #number(): string | undefined {
    const text = this.#take(
      /-?(?:0[xob][\da-f_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d+)?)(?:_?[iuf]\d+|_?[iu]size)?(?!\w)/iuy,
    );
    if (text === undefined) {
      return undefined;
    }
    const plain = text
      .replace(/_?(?:[iu](?:8|16|32|64|128|size)|f32|f64)$/u, "")
      .replaceAll("_", "");
    const [, sign = "", digits = ""] = /^(-?)(0[xob].*)$/iu.exec(plain) ?? [];
    return digits === "" ? plain : `${sign}${BigInt(digits.toLowerCase()).toString()}`;
  }

  #quoted(): string | undefined {
    const text = this.#take(/b?"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^'{]|\\'|\\u\{[\da-f]+\})'/iuy);
    if (text === undefined) {
      return undefined;
    }
    const isBytes = text.startsWith("b");
    const inner = text.slice(isBytes ? 2 : 1, -1).replaceAll(/\\\r?\n\s*/gu, "");
    const plain = inner.replaceAll(
      /\\(?:u\{([\da-f]+)\}|x([\da-f]{2})|([^]))/giu,
      (_, long: string | undefined, short: string | undefined, simple: string | undefined) =>
        simple === undefined
          ? String.fromCodePoint(Number.parseInt(long ?? short ?? "0", 16))
          : (escapes[simple] ?? simple),
    );
    return JSON.stringify(isBytes ? `text:${plain}` : plain);
  }

  #list(): string | undefined {
    if (this.#take(/(?:vec!\s*)?\[/uy) !== undefined) {
      return this.listUntil("]");
    }
    if (this.#take(/\(/uy) !== undefined) {
      const list = this.listUntil(")");
      return list === "[]" ? "null" : list;
    }
    return undefined;
  }

  /** A word, a path, and what stands in its brackets. */
  #named(): string | undefined {
    const path = this.#take(/[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)*/uy)?.replaceAll(/\s/gu, "");
    const word = words[path ?? ""];
    if (path === undefined || word !== undefined) {
      return word;
    }
    if (path === "String::from" || path === "Some") {
      return this.#content(true);
    }
    const names = path.split("::");
    const name = names.at(-1) ?? "";
    const isVariant = names.length > 1 || name === "Ok" || name === "Err";
    const content = /^[A-Z]/u.test(name) ? this.#content(!isVariant) : undefined;
    if (content === undefined || !isVariant) {
      return content;
    }
    const key = JSON.stringify(name);
    return content === "" ? key : `{${key}:${content}}`;
  }

  /** Empty without brackets, unless there must be some; one value in round ones stands for itself. */
  #content(hasBrackets: boolean): string | undefined {
    if (this.#take(/\s*\{/uy) !== undefined) {
      return this.#members();
    }
    if (this.#take(/\s*\(/uy) === undefined) {
      return hasBrackets ? undefined : "";
    }
    const first = this.#value();
    if (first === undefined) {
      return undefined;
    }
    if (this.#take(/\s*,?\s*\)/uy) !== undefined) {
      return first;
    }
    const rest = this.#take(/\s*,/uy) === undefined ? undefined : this.listUntil(")");
    return rest === undefined ? undefined : `[${first},${rest.slice(1)}`;
  }

  #members(): string | undefined {
    const members: string[] = [];
    while (this.#take(/\s*\}/uy) === undefined) {
      const name = this.#take(/\s*[A-Za-z_]\w*\s*:(?!:)/uy)
        ?.replace(":", "")
        .trim();
      const value = name === undefined ? undefined : this.#value();
      if (name === undefined || value === undefined) {
        return undefined;
      }
      members.push(`${JSON.stringify(name)}:${value}`);
      if (this.#take(/\s*,/uy) === undefined && !this.#isAt("}")) {
        return undefined;
      }
    }
    return `{${members.join(",")}}`;
  }

  /** What a sticky pattern finds here. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
