// Items as one build sees them: what `cfg` takes away is gone, `cfg_attr` has become the attributes it adds. Only conditions
// that cannot be decided stay on an item; it is then taken as present.

import { evaluateCfg, type CfgOptions, type CfgVerdict } from "./cfg.ts";
import type {
  Attribute,
  BodySource,
  FieldSource,
  ImplItem,
  Item,
  ItemHead,
  TraitItem,
  VariantSource,
} from "../syntax/items/items.ts";

/** Attributes that are no macros: around others, `cfg` inside is left to the macro, which sees all of the item. */
const inert: ReadonlySet<string> = new Set(
  (
    "allow automatically_derived cfg cold deny deprecated derive diagnostic doc expect forbid inline must_use non_exhaustive " +
    "repr rustfmt serde warn"
  ).split(" "),
);

/** Configures items for crates that are built with `options`; what was configured once is not configured again. */
export class Configuration {
  readonly options: CfgOptions;
  readonly #known = new WeakMap<Item, Item | null>();

  constructor(options: CfgOptions) {
    this.options = options;
  }

  /** The items that are part of the build. */
  items(items: readonly Item[]): readonly Item[] {
    return kept(items, (item) => this.item(item));
  }

  /** The item as the build has it; null when it is not part of it. */
  item(item: Item): Item | null {
    const known = this.#known.get(item);
    if (known !== undefined) {
      return known;
    }
    const configured = this.#configure(item);
    this.#known.set(item, configured);
    return configured;
  }

  /** Whether the conditions among `attributes` hold. */
  verdict(attributes: readonly Attribute[]): CfgVerdict {
    return verdictOn(attributes, this.options);
  }

  #configure(item: Item): Item | null {
    const configured = this.#head(item);
    switch (configured?.kind) {
      case "module":
        return configured.items === null
          ? configured
          : replaced(configured, "items", this.items(configured.items));
      case "struct":
        return replaced(configured, "body", this.#body(configured.body));
      case "enum": {
        const variants = kept(configured.variants, (variant) => this.#variant(variant));
        return replaced(configured, "variants", variants);
      }
      case "trait":
      case "impl":
        return this.#container(configured);
      case undefined:
        return null;
      case "alias":
      case "const":
      case "externCrate":
      case "function":
      case "macroCall":
      case "macroDefinition":
      case "union":
      case "use":
        return configured;
    }
  }

  /** Fidius' macros see every `fn`, whatever its `cfg` says (reference 2.2). */
  #container<T extends TraitItem | ImplItem>(container: T): T {
    const isForMacro = container.attributes.some(({ path }) => !inert.has(path[0] ?? ""));
    const items = kept(container.items, (item) =>
      isForMacro && item.kind === "function" ? this.#attributesOnly(item) : this.item(item),
    );
    return replaced(container, "items", items);
  }

  #attributesOnly<T extends ItemHead>(item: T): T {
    return replaced(item, "attributes", this.#withoutConditions(item.attributes));
  }

  #body(body: BodySource): BodySource {
    return body.kind === "unit"
      ? body
      : replaced(
          body,
          "fields",
          kept<FieldSource>(body.fields, (field) => this.#head(field)),
        );
  }

  #variant(variant: VariantSource): VariantSource | null {
    const configured = this.#head(variant);
    return configured === null ? null : replaced(configured, "body", this.#body(configured.body));
  }

  #head<T extends ItemHead>(item: T): T | null {
    if (!item.attributes.some(isCondition)) {
      return item;
    }
    const attributes = this.#withoutConditions(item.attributes);
    if (this.verdict(attributes) === false) {
      return null;
    }
    const undecided = attributes.filter(
      ({ path, arguments: predicate }) =>
        path.join() !== "cfg" || evaluateCfg(predicate, this.options) === undefined,
    );
    return { ...item, attributes: undecided };
  }

  /** What `cfg_attr` adds, and all other attributes. */
  #withoutConditions(attributes: readonly Attribute[]): readonly Attribute[] {
    return kept(attributes, (attribute) => {
      const { conditions } = attribute;
      const verdicts = conditions.map((predicate) => evaluateCfg(predicate, this.options));
      if (verdicts.includes(false)) {
        return null;
      }
      const undecided = conditions.filter((_, index) => verdicts[index] === undefined);
      return undecided.length === conditions.length
        ? attribute
        : { ...attribute, conditions: undecided };
    });
  }
}

function isCondition({ path, conditions }: Attribute): boolean {
  return conditions.length > 0 || path.join() === "cfg";
}

/** All `cfg` among `attributes` together. */
function verdictOn(attributes: readonly Attribute[], options: CfgOptions): CfgVerdict {
  const verdicts = attributes.flatMap(({ path, arguments: predicate }) =>
    path.join() === "cfg" ? [evaluateCfg(predicate, options)] : [],
  );
  return verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
}

/** The parts that `configure` keeps; the same array when it changes none. */
function kept<T>(parts: readonly T[], configure: (part: T) => T | null): readonly T[] {
  const configured = parts.map(configure);
  return configured.every((part, index) => part === parts[index])
    ? parts
    : configured.filter((part) => part !== null);
}

/** The same object when the property is what it was. */
function replaced<T, K extends keyof T>(whole: T, key: K, value: T[K]): T {
  return whole[key] === value ? whole : { ...whole, [key]: value };
}
