// IP addresses, networks and sockets in Rust's own notation.

import { quote } from "../text/describe.ts";
import { isJsonObject } from "../../model/value/jsonObject.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { JsonValue } from "../../model/value/value.ts";
import type { Format } from "./format.ts";
import { numberOf, numbersOf } from "./format.ts";

function parseV4(text: string): Result<number[], string> {
  const parts = text.split(".");
  if (parts.length !== 4) {
    return err(`${quote(text)} has not four numbers with points between.`);
  }
  const wrong = parts.find((part) => !/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255);
  return wrong === undefined
    ? ok(parts.map(Number))
    : err(`${quote(wrong)} is no number from 0 to 255.`);
}

/** The eight groups of an IPv6 address. */
function parseV6(text: string): Result<number[], string> {
  const halves = text.split("::");
  const lists = halves.map(groupsOf);
  const [head, tail] = lists;
  const isAll = lists.every((list) => list !== undefined);
  const count = (head?.length ?? 0) + (tail?.length ?? 0);
  if (!isAll || head === undefined || halves.length > 2) {
    return err(`${quote(text)} is no IPv6 address like 2001:db8::1.`);
  }
  if (tail === undefined ? count !== 8 : count > 7) {
    return err(`${quote(text)} has ${count} groups; an IPv6 address has eight.`);
  }
  return ok([...head, ...Array<number>(8 - count).fill(0), ...(tail ?? [])]);
}

function groupsOf(text: string): number[] | undefined {
  if (text === "") {
    return [];
  }
  const parts = text.split(":");
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const v4 = part.includes(".") && index === parts.length - 1 ? parseV4(part) : undefined;
    if (v4?.ok === true) {
      const [a = 0, b = 0, c = 0, d = 0] = v4.value;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

function groupsToHex(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16).padStart(4, "0")).join("");
}

function hexToNumbers(value: JsonValue | undefined, bytes: number): number[] | undefined {
  const digits = typeof value === "string" ? /^hex:([\da-f]*)$/.exec(value)?.[1] : undefined;
  return digits?.length === bytes * 2
    ? (digits.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))
    : undefined;
}

/** As Rust prints it: the longest run of zero groups, the first of equals, is `::`; mapped addresses end as IPv4. */
function v6Text(bytes: readonly number[]): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0),
  );
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.slice(12).join(".")}`;
  }
  let [start, length] = [0, 0];
  for (let from = 0; from < 8; from++) {
    let to = from;
    while (to < 8 && groups[to] === 0) {
      to++;
    }
    [start, length] = to - from > length ? [from, to - from] : [start, length];
  }
  const hex = groups.map((group) => group.toString(16));
  return length < 2
    ? hex.join(":")
    : `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

export const ipv4: Format = {
  wants: 'an IPv4 address such as "127.0.0.1"',
  example: "127.0.0.1",
  parse: (text) => parseV4(text.trim()),
  print: (value) => numbersOf(value, 4)?.join("."),
};

export const ipv6: Format = {
  wants: 'an IPv6 address such as "::1"',
  example: "::1",
  parse: (text) => {
    const groups = parseV6(text.trim());
    return groups.ok ? ok(`hex:${groupsToHex(groups.value)}`) : groups;
  },
  print: (value) => {
    const bytes = hexToNumbers(value, 16);
    return bytes && v6Text(bytes);
  },
};

/** `V4` or `V6` by the text, printed without the variant's name. */
function either(wants: string, v4: Format, v6: Format, isV6: (text: string) => boolean): Format {
  return {
    wants,
    example: v4.example,
    parse: (text) => {
      const isSixth = isV6(text);
      const parsed = (isSixth ? v6 : v4).parse(text);
      return parsed.ok ? ok({ [isSixth ? "V6" : "V4"]: text.trim() }) : parsed;
    },
    print: (value) => {
      const bodies: readonly JsonValue[] = isJsonObject(value) ? Object.values(value) : [];
      const [body] = bodies;
      const isPrinted = bodies.length === 1 && typeof body === "string";
      return isPrinted && !body.startsWith("hex:") ? body : undefined;
    },
  };
}

const hasColon = (text: string): boolean => text.includes(":");

export const ip = either('an IP address such as "127.0.0.1" or "::1"', ipv4, ipv6, hasColon);

function socketOf(wants: string, example: string, pattern: RegExp, address: Format): Format {
  const isV6 = address === ipv6;
  return {
    wants,
    example,
    parse: (text) => {
      const [, host, port] = pattern.exec(text.trim()) ?? [];
      if (host === undefined || port === undefined) {
        return err(`${quote(text.trim())} is not an address, a colon and a port.`);
      }
      const parsed = address.parse(host);
      return !parsed.ok
        ? parsed
        : Number(port) > 65_535
          ? err(`Ports go from 0 to 65535, not ${port}.`)
          : ok({ ip: host, port: Number(port) });
    },
    print: (value) => {
      const host = isJsonObject(value) ? value["ip"] : undefined;
      const port = isJsonObject(value) ? numberOf(value["port"]) : undefined;
      const isText = typeof host === "string" && !host.startsWith("hex:");
      return isText && port !== undefined
        ? isV6
          ? `[${host}]:${port}`
          : `${host}:${port}`
        : undefined;
    },
  };
}

export const socketV4 = socketOf(
  'an IPv4 address with a port, such as "127.0.0.1:8080"',
  "127.0.0.1:8080",
  /^([^:]*):(\d{1,5})$/,
  ipv4,
);
export const socketV6 = socketOf(
  'an IPv6 address with a port, such as "[::1]:8080"',
  "[::1]:8080",
  /^\[([^\]]*)\]:(\d{1,5})$/,
  ipv6,
);
export const socket = either(
  'an address with a port, such as "127.0.0.1:8080" or "[::1]:8080"',
  socketV4,
  socketV6,
  (text) => text.trim().startsWith("["),
);

/** ipnet's networks: the address's bytes and one for the length of the prefix. */
function networkOf(wants: string, example: string, address: Format, longest: number): Format {
  const size = longest / 8;
  return {
    wants,
    example,
    parse: (text) => {
      const [, host, prefix] = /^([^/]*)\/(\d{1,3})$/.exec(text.trim()) ?? [];
      if (host === undefined || prefix === undefined) {
        return err(`${quote(text.trim())} is not an address, a slash and a length.`);
      }
      const parsed = address.parse(host);
      if (!parsed.ok) {
        return parsed;
      }
      if (Number(prefix) > longest) {
        return err(`The length goes from 0 to ${longest}, not ${prefix}.`);
      }
      const bytes = Array.isArray(parsed.value)
        ? (parsed.value as number[])
        : (hexToNumbers(parsed.value, size) ?? []);
      const hex = [...bytes, Number(prefix)].map((byte) => byte.toString(16).padStart(2, "0"));
      return ok(`hex:${hex.join("")}`);
    },
    print: (value) => {
      const bytes = hexToNumbers(value, size + 1);
      const prefix = bytes?.at(-1) ?? 255;
      const host = bytes?.slice(0, size);
      return host === undefined || prefix > longest
        ? undefined
        : `${size === 4 ? host.join(".") : v6Text(host)}/${prefix}`;
    },
  };
}

export const ipv4Network = networkOf(
  'an IPv4 network such as "10.0.0.0/8"',
  "10.0.0.0/8",
  ipv4,
  32,
);
export const ipv6Network = networkOf(
  'an IPv6 network such as "2001:db8::/32"',
  "2001:db8::/32",
  ipv6,
  128,
);
export const ipNetwork = either(
  'a network such as "10.0.0.0/8" or "2001:db8::/32"',
  ipv4Network,
  ipv6Network,
  hasColon,
);
