// Which interface was chosen for a plugin of a library: kept by library and plugin, and told to whoever matches them.

import assert from "node:assert/strict";
import {
  interfaceChoiceMessage,
  InterfaceChoices,
  interfacesOf,
} from "../../../src/extension/libraries/interfaceChoices.ts";
import type { LibraryOrigin, PluginSchema } from "../../../src/model/plugin.ts";
import { method, plugin, types } from "../../host/fixtureSchemas.ts";
import { MemoryStore } from "./memoryStore.ts";

const read = method("read", { slot: 0, returns: types.u64 });

function meter(
  name: string,
  library: Partial<LibraryOrigin>,
  interfaceId = "b::Meter",
): PluginSchema {
  return {
    ...plugin(name, "Meter", [read]),
    interfaceId,
    library: { slotOrder: "symbols", otherInterfaceIds: ["a::Meter"], ...library },
  };
}

describe("chosen interfaces", () => {
  it("are kept by library and plugin, and the last one counts", async () => {
    const store = new MemoryStore();
    const choices = new InterfaceChoices(store);
    const wide = meter("Wide", { candidateId: "wide" });
    await choices.choose(wide, "a::Meter");
    await choices.choose(meter("Other", { candidateId: "wide" }), "a::Meter");
    await choices.choose(meter("Wide", { file: "/given/libwide.so" }), "a::Meter");
    await choices.choose(wide, "b::Meter");
    const chosen = (pluginName: string, interfaceId: string) => ({
      pluginName,
      interfaceName: "Meter",
      interfaceId,
    });
    const again = new InterfaceChoices(store);
    assert.deepEqual(again.of("wide"), [chosen("Other", "a::Meter"), chosen("Wide", "b::Meter")]);
    assert.deepEqual(again.of("/given/libwide.so"), [chosen("Wide", "a::Meter")]);
    assert.deepEqual(again.of("elsewhere"), []);
  });

  it("are of those that there are to choose from", async () => {
    const choices = new InterfaceChoices(new MemoryStore());
    await choices.choose(meter("Wide", { candidateId: "wide" }), "c::Meter");
    await choices.choose(plugin("Plain", "Meter", [read]), "a::Meter");
    assert.deepEqual(choices.of("wide"), []);
    assert.deepEqual(interfacesOf(plugin("Plain", "Meter", [read])), []);
    assert.deepEqual(interfacesOf(meter("Wide", {})), ["a::Meter", "b::Meter"]);
  });

  it("are told with their alternative, where there is one", () => {
    assert.match(
      interfaceChoiceMessage(meter("Wide", {})) ?? "",
      /^Its types are those of b::Meter\. a::Meter has the same name and hash/u,
    );
    assert.equal(interfaceChoiceMessage(plugin("Plain", "Meter", [read])), undefined);
  });

  it("leave out what another version stored", async () => {
    const store = new MemoryStore();
    await store.update("fidius.interfaceChoices.1", [null, { library: "wide" }, "text"]);
    assert.deepEqual(new InterfaceChoices(store).of("wide"), []);
  });
});
