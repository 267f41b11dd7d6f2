// A stream's items as they stand in the body of a `host/streamItems` frame: one record after the other, each with the time
// at which the plugin gave it and its bytes. The host writes one record a frame, before it asks for the next item: what came
// before a crash or a hang has then left the process.

/** Time in milliseconds since the stream was opened (f64) and length of the item (u32), little endian. */
export const recordHeadSize = 12;

/** An item as the plugin gave it. */
export interface StreamRecord {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** Writes the head of a record at `offset` of `view`. */
export function writeRecordHead(
  view: DataView,
  offset: number,
  atMs: number,
  length: number,
): void {
  view.setFloat64(offset, atMs, true);
  view.setUint32(offset + 8, length, true);
}

/** The records that a body holds, as views of it; undefined when it holds anything else. */
export function readRecords(body: Uint8Array): readonly StreamRecord[] | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const records: StreamRecord[] = [];
  let offset = 0;
  while (offset < body.length) {
    if (body.length - offset < recordHeadSize) {
      return undefined;
    }
    const atMs = view.getFloat64(offset, true);
    const start = offset + recordHeadSize;
    const end = start + view.getUint32(offset + 8, true);
    if (end > body.length || !(atMs >= 0)) {
      return undefined;
    }
    records.push({ atMs, bytes: body.subarray(start, end) });
    offset = end;
  }
  return records;
}
