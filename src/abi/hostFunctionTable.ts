// The table of functions that a host gives a plugin's library, as bytes, and what `bind` says about it (reference 3.11).

/** Size of a HostFunctionTable (reference 3.11). */
const hostFunctionTableBytes = 56;

export interface HostFunctionTable {
  readonly abi: number;
  /** Addresses. */
  readonly interfaceName: bigint;
  readonly context: bigint;
  readonly dispatch: bigint;
  readonly freeBuffer: bigint;
  /** Sixteen hex digits. */
  readonly interfaceHash: string;
  readonly interfaceVersion: number;
  readonly functionCount: number;
}

/** The table's bytes; they must stay where they are for as long as the process lives. */
export function encodeHostFunctionTable(table: HostFunctionTable): Uint8Array {
  const bytes = new Uint8Array(hostFunctionTableBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, hostFunctionTableBytes, true);
  view.setUint32(4, table.abi, true);
  view.setBigUint64(8, table.interfaceName, true);
  view.setBigUint64(16, BigInt(`0x${table.interfaceHash}`), true);
  view.setUint32(24, table.interfaceVersion, true);
  view.setUint32(28, table.functionCount, true);
  view.setBigUint64(32, table.context, true);
  view.setBigUint64(40, table.dispatch, true);
  view.setBigUint64(48, table.freeBuffer, true);
  return bytes;
}

/** What `bind` answers when it takes the table (reference 3.11). */
export const bindOk = 0;

const bindErrors: Readonly<Record<number, string>> = {
  [-1]: "it was given a null pointer",
  [-2]: "it is bound already, which happens once in the life of a process",
  [-3]: "its functions are others than those in the source: the hash differs",
  [-4]: "its version is another than that in the source",
  [-5]: "it was built with another ABI than this host's table",
  [-6]: "it has another number of functions than the source",
  [-7]: "its bind function panicked",
  [-8]: "it belongs to another backend",
};

/** Why a library refused the table of an interface, as a sentence. */
export function describeBindStatus(interfaceName: string, status: number): string {
  const reason = bindErrors[status] ?? "for a reason that Fidius does not have";
  return `The library refused the functions of host interface ${interfaceName} (status ${String(status)}): ${reason}. Build the plugin again.`;
}
