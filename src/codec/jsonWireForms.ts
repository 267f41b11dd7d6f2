// What serde writes in another way for readers of text (reference 4.1, 6.2): addresses of the network are strings, and keys
// of maps are.

import { isJsonArray, isJsonObject, memberOf } from "../model/jsonObject.ts";
import type { NamedType, TypeSchema, TypeTable } from "../model/schema.ts";
import type { JsonValue } from "../model/value.ts";
import { namedType } from "./structs.ts";

/** A type whose JSON is a string that stands for its parts. */
export interface TextForm {
  readonly toText: (value: JsonValue) => string | undefined;
  readonly fromText: (text: string) => JsonValue | undefined;
}

/** The text form of a type; undefined for types that are written by their parts. */
export function textForm(type: TypeSchema, types: TypeTable): TextForm | undefined {
  if (isIpv4(type)) {
    return ipv4;
  }
  if (isIpv6(type)) {
    return ipv6;
  }
  const named = type.kind === "named" ? namedType(types, type.id) : undefined;
  return named === undefined ? undefined : namedForm(named, types);
}

/** Only `Ipv4Addr` is an array of `u8`: `[u8; 4]` itself has the kind bytes. */
function isIpv4(type: TypeSchema): boolean {
  return type.kind === "array" && type.length === 4 && isByte(type.element);
}

function isIpv6(type: TypeSchema): boolean {
  return type.kind === "bytes" && type.length === 16 && /\bIpv6Addr$/.test(type.rustType);
}

function isByte(type: TypeSchema): boolean {
  return type.kind === "integer" && type.bits === 8 && !type.signed;
}

function namedForm(named: NamedType, types: TypeTable): TextForm | undefined {
  const { name } = named;
  if (named.kind === "enum" && (name === "IpAddr" || name === "SocketAddr")) {
    const forms = named.variants.flatMap(({ name: variant, body }) => {
      const inner = body.kind === "newtype" ? textForm(body.inner, types) : undefined;
      return inner === undefined ? [] : [{ variant, inner }];
    });
    return forms.length === 2 ? eitherForm(forms) : undefined;
  }
  if (named.kind === "struct" && (name === "SocketAddrV4" || name === "SocketAddrV6")) {
    const [ip, port] = named.body.kind === "struct" ? named.body.fields : [];
    const inner = ip?.name === "ip" ? textForm(ip.type, types) : undefined;
    return inner === undefined || port?.name !== "port" ? undefined : socketForm(inner);
  }
  return undefined;
}

function eitherForm(
  forms: readonly { readonly variant: string; readonly inner: TextForm }[],
): TextForm {
  return {
    toText: (value) => {
      const [key = ""] = isJsonObject(value) ? Object.keys(value) : [];
      const form = forms.find(({ variant }) => variant === key);
      const body = isJsonObject(value) ? memberOf(value, key) : undefined;
      return form === undefined || body === undefined ? undefined : form.inner.toText(body);
    },
    fromText: (text) => {
      for (const { variant, inner } of forms) {
        const body = inner.fromText(text);
        if (body !== undefined) {
          return { [variant]: body };
        }
      }
      return undefined;
    },
  };
}

function socketForm(ip: TextForm): TextForm {
  return {
    toText: (value) => {
      const address = isJsonObject(value) ? memberOf(value, "ip") : undefined;
      const port = isJsonObject(value) ? memberOf(value, "port") : undefined;
      const text = address === undefined ? undefined : ip.toText(address);
      if (text === undefined || typeof port !== "number") {
        return undefined;
      }
      return text.includes(":") ? `[${text}]:${String(port)}` : `${text}:${String(port)}`;
    },
    fromText: (text) => {
      const match = /^(?:\[(?<six>[^%\]]+)(?:%\d+)?\]|(?<four>[\d.]+)):(?<port>\d{1,5})$/.exec(
        text,
      );
      const address = ip.fromText(match?.groups?.["six"] ?? match?.groups?.["four"] ?? "");
      const port = Number(match?.groups?.["port"]);
      return address === undefined || port > 0xffff ? undefined : { ip: address, port };
    },
  };
}

const ipv4: TextForm = {
  toText: (value) =>
    isJsonArray(value) && value.length === 4 ? value.map(Number).join(".") : undefined,
  fromText: (text) => {
    const parts = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ? text.split(".").map(Number) : [];
    return parts.length === 4 && parts.every((part) => part < 256) ? parts : undefined;
  },
};

/** As 16 bytes in hex, which is how the value has them; the short form with `::` is made and read. */
const ipv6: TextForm = {
  toText: (value) => {
    const hex = typeof value === "string" && value.startsWith("hex:") ? value.slice(4) : "";
    return hex.length === 32 ? shortenIpv6(hex.match(/.{4}/g) ?? []) : undefined;
  },
  fromText: (text) => {
    const groups = expandIpv6(text);
    return groups === undefined ? undefined : `hex:${groups.join("")}`;
  },
};

function shortenIpv6(groups: readonly string[]): string {
  const short = groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
  const runs = [...short.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.reduce((best, run) => (zeros(run) > zeros(best) ? run : best), "");
  if (longest === "") {
    return short;
  }
  const at = short.indexOf(longest);
  const [before, after] = [short.slice(0, at), short.slice(at + longest.length)];
  return `${before}::${after.replace(/^:/, "")}`;
}

function zeros(run: string): number {
  return run.split("0").length - 1;
}

function expandIpv6(text: string): readonly string[] | undefined {
  const plain = text.replace(/(?<=:)\d{1,3}(?:\.\d{1,3}){3}$/, (tail) => {
    const [a = 0, b = 0, c = 0, d = 0] = tail.split(".").map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = "", tail, more] = plain.split("::");
  const split = (part: string | undefined): string[] =>
    part === undefined || part === "" ? [] : part.split(":");
  const [left, right] = [split(head), split(tail)];
  const missing = 8 - left.length - right.length;
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, missing)).fill("0"), ...right];
  const isWhole =
    more === undefined &&
    groups.length === 8 &&
    groups.every((group) => /^[\da-f]{1,4}$/i.test(group));
  return isWhole ? groups.map((group) => group.toLowerCase().padStart(4, "0")) : undefined;
}
