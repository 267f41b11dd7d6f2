// The named types of one resolver. Each is described once it is met, in turn, so that chains of any length do. The description of
// a type without arguments follows from its declaration alone: it is shared by all resolvers that see the declaration's crate
// in the same way, with what was met and is to be said on the way.

import type { NamedType } from "../../model/schema/schema.ts";
import type { Names } from "../names/names.ts";
import type { NameTable, ReadPart } from "../names/nameTable.ts";
import type { WireDirection } from "../syntax/items/direction.ts";
import type { EnumItem, StructItem } from "../syntax/items/items.ts";
import type { TypeBudget } from "./typeBudget.ts";
import type { TypeFindings, Waiting } from "./typeFindings.ts";
import { addNotes, type TypeNotes } from "./typeNotes.ts";
import type { TypeScope } from "./typeScope.ts";

/** A struct or enum, and what the names in it mean. */
export interface Declaration {
  readonly item: StructItem | EnumItem;
  readonly scope: TypeScope;
}

/** What describes a type: its declaration, or a function for those without one. */
export type DescriptionSource = Declaration | (() => NamedType);

interface Met {
  readonly id: string;
  readonly source: DescriptionSource;
}

interface Description {
  readonly item: StructItem | EnumItem;
  readonly type: NamedType;
  readonly notes: TypeNotes;
  readonly findings: readonly Waiting[];
  readonly met: readonly Met[];
  /** What it rests on beside the names, which stand with the table. */
  readonly parts: readonly ReadPart[];
}

type Shared = Readonly<Record<WireDirection, Map<string, Description>>>;

const sharedByTable = new WeakMap<NameTable, Shared>();

function sharedBy(table: NameTable): Shared {
  const known = sharedByTable.get(table);
  if (known !== undefined) {
    return known;
  }
  const shared: Shared = { reading: new Map(), writing: new Map() };
  sharedByTable.set(table, shared);
  table.onForget((changed) => {
    for (const descriptions of Object.values(shared)) {
      for (const [id, { parts }] of descriptions) {
        if (parts.some((part) => changed.has(part))) {
          descriptions.delete(id);
        }
      }
    }
  });
  return shared;
}

/** What describing types asks of the resolver. */
interface Ports {
  readonly names: Names;
  readonly direction: WireDirection;
  readonly findings: TypeFindings;
  readonly budget: TypeBudget;
  describe(declaration: Declaration): NamedType;
}

export class DescribedTypes {
  readonly #ports: Ports;
  readonly #types = new Map<string, NamedType | null>();
  readonly #declarations = new Map<string, StructItem | EnumItem>();
  readonly #undescribed: Met[] = [];
  /** What the type that is being described has met; null when its description is this resolver's own. */
  #met: Met[] | null = null;
  #owner: string | null = null;
  #isDescribing = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The type that is being described. */
  get owner(): string | null {
    return this.#owner;
  }

  get isDescribing(): boolean {
    return this.#isDescribing;
  }

  typeOf(id: string): NamedType | undefined {
    return this.#types.get(id) ?? undefined;
  }

  declarationOf(id: string): StructItem | EnumItem | undefined {
    return this.#declarations.get(id);
  }

  /** Takes a type that is met. */
  meet(id: string, source: DescriptionSource): void {
    if (typeof source === "function") {
      this.keepToItself();
    } else {
      this.#declarations.set(id, source.item);
      this.#met?.push({ id, source });
    }
    if (!this.#types.has(id)) {
      this.#types.set(id, null);
      this.#undescribed.push({ id, source });
    }
  }

  /** What is being described rests on something that only this resolver knows. */
  keepToItself(): void {
    this.#met = null;
  }

  /** Describes all that was met; `notes` takes what is to be said where the first of them is written. */
  describeMet(notes: TypeNotes): void {
    this.#isDescribing = true;
    for (let next = this.#undescribed.pop(); next !== undefined; next = this.#undescribed.pop()) {
      this.#owner = next.id;
      this.#types.set(next.id, this.#described(next, notes));
    }
    this.#owner = null;
    this.#isDescribing = false;
  }

  #described({ id, source }: Met, notes: TypeNotes): NamedType {
    const { budget, names, direction } = this.#ports;
    if (typeof source === "function") {
      return budget.describing(id, source);
    }
    return names.within(source.scope.module.crate, (table) => {
      const shared = sharedBy(table)[direction];
      const known = shared.get(id);
      if (known?.item === source.item) {
        this.#takeOver(id, known, notes);
        return known.type;
      }
      const description = this.#describe(id, source, notes);
      if (this.#met !== null) {
        shared.set(id, description);
        this.#met = null;
      }
      return description.type;
    });
  }

  #describe(id: string, source: Declaration, notes: TypeNotes): Description {
    const { budget, findings, names } = this.#ports;
    const reasonCount = notes.reasons.length;
    const warningCount = notes.warnings.length;
    const met: Met[] = [];
    this.#met = id.includes("<") ? null : met;
    const { value: type, reading } = names.tables.reading(() => {
      names.tables.lookInto(source.scope.placed);
      return budget.describing(id, () => this.#ports.describe(source));
    });
    return {
      item: source.item,
      type,
      parts: [...reading.parts],
      notes: {
        reasons: notes.reasons.slice(reasonCount),
        warnings: notes.warnings.slice(warningCount),
      },
      findings: findings.heldFor(id),
      met,
    };
  }

  #takeOver(id: string, description: Description, notes: TypeNotes): void {
    const { notes: said, findings, met, parts } = description;
    this.#ports.names.tables.lookAtAll(parts);
    addNotes(notes, said);
    this.#ports.findings.hold(id, findings);
    for (const one of met) {
      this.meet(one.id, one.source);
    }
  }
}
