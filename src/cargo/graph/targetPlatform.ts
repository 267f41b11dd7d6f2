// Decides whether `[target.'cfg(…)'.dependencies]` applies on this machine, without asking rustc (Restricted Mode).

/** The `cfg` values of a platform. */
export interface TargetPlatform {
  readonly triple: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly flags: readonly string[];
}

const architectures: Readonly<Record<string, string>> = {
  x64: "x86_64",
  arm64: "aarch64",
  ia32: "x86",
  arm: "arm",
  riscv64: "riscv64",
  ppc64: "powerpc64",
  s390x: "s390x",
  loong64: "loongarch64",
};

const systems: Readonly<
  Record<string, { os: string; vendor: string; environment: string; tail: string }>
> = {
  linux: { os: "linux", vendor: "unknown", environment: "gnu", tail: "unknown-linux-gnu" },
  darwin: { os: "macos", vendor: "apple", environment: "", tail: "apple-darwin" },
  win32: { os: "windows", vendor: "pc", environment: "msvc", tail: "pc-windows-msvc" },
  freebsd: { os: "freebsd", vendor: "unknown", environment: "", tail: "unknown-freebsd" },
};

/** The platform this process runs on, as rustc's default target for it (glibc on Linux, MSVC on Windows). */
export function currentPlatform(
  platform: string = process.platform,
  architecture: string = process.arch,
): TargetPlatform {
  const arch = architectures[architecture] ?? architecture;
  const system = systems[platform] ?? {
    os: platform,
    vendor: "unknown",
    environment: "",
    tail: `unknown-${platform}`,
  };
  const family = platform === "win32" ? "windows" : "unix";
  const isWide = !["ia32", "arm"].includes(architecture);
  return {
    triple: `${arch}-${system.tail}`,
    values: {
      target_arch: [arch],
      target_os: [system.os],
      target_family: [family],
      target_env: [system.environment],
      target_vendor: [system.vendor],
      target_pointer_width: [isWide ? "64" : "32"],
      target_endian: [["s390x", "ppc64"].includes(architecture) ? "big" : "little"],
      target_has_atomic: ["8", "16", "32", "ptr", ...(isWide ? ["64"] : [])],
      panic: ["unwind"],
    },
    flags: [family, "debug_assertions", "overflow_checks", "panic"],
  };
}

/** Whether a `[target.…]` key covers the platform; a key that cannot be read covers nothing. */
export function appliesTo(target: string | null, platform: TargetPlatform): boolean {
  if (target === null) {
    return true;
  }
  const body = /^\s*cfg\s*\(([\s\S]*)\)\s*$/u.exec(target)?.[1];
  if (body === undefined) {
    return target.trim() === platform.triple;
  }
  const tokens = body.match(/"[^"]*"|[A-Za-z_][\w-]*|[(),=]/gu) ?? [];
  const cursor = { tokens, at: 0 };
  const value = readPredicate(cursor, platform, 0);
  return cursor.at === tokens.length && value === true;
}

interface TokenCursor {
  readonly tokens: readonly string[];
  at: number;
}

const maxDepth = 64;

function readPredicate(
  cursor: TokenCursor,
  platform: TargetPlatform,
  depth: number,
): boolean | undefined {
  const name = cursor.tokens[cursor.at];
  if (name === undefined || !/^[A-Za-z_]/u.test(name) || depth > maxDepth) {
    return undefined;
  }
  cursor.at += 1;
  if (cursor.tokens[cursor.at] === "(") {
    cursor.at += 1;
    return combine(name, readList(cursor, platform, depth + 1));
  }
  if (cursor.tokens[cursor.at] === "=") {
    const value = cursor.tokens[cursor.at + 1];
    cursor.at += 2;
    return value?.startsWith('"') === true
      ? (platform.values[name]?.includes(value.slice(1, -1)) ?? false)
      : undefined;
  }
  return name === "true" || (name !== "false" && platform.flags.includes(name));
}

function readList(
  cursor: TokenCursor,
  platform: TargetPlatform,
  depth: number,
): readonly (boolean | undefined)[] | undefined {
  const items: (boolean | undefined)[] = [];
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (token === ")") {
      cursor.at += 1;
      return items;
    }
    if (token === undefined) {
      return undefined;
    }
    if (token === ",") {
      cursor.at += 1;
    } else {
      const value = readPredicate(cursor, platform, depth);
      if (value === undefined) {
        return undefined;
      }
      items.push(value);
    }
  }
}

function combine(
  name: string,
  items: readonly (boolean | undefined)[] | undefined,
): boolean | undefined {
  switch (items === undefined ? "" : name) {
    case "all":
      return items?.every((item) => item === true);
    case "any":
      return items?.some((item) => item === true);
    case "not":
      return items?.length === 1 ? items[0] === false : undefined;
    default:
      return undefined;
  }
}
