// The frame decoder against everything a plugin could write into the pipe: any split, any garbage, any length.

import assert from "node:assert/strict";
import fc from "fast-check";
import { joinMessage, splitMessage } from "../../../src/protocol/binaryParts.ts";
import {
  defaultFrameLimits,
  encodeFrameHeader,
  FrameDecoder,
  frameHeaderSize,
} from "../../../src/protocol/frames.ts";
import type { Frame, FrameType, FrameViolation } from "../../../src/protocol/frames.ts";

function encode(frame: Frame): Uint8Array {
  const header = encodeFrameHeader(frame.type, frame.head.length, frame.body.length);
  return Uint8Array.from([...header, ...frame.head, ...frame.body]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Feeds `bytes` cut at `cuts` and collects what comes out. */
function decode(
  bytes: Uint8Array,
  cuts: readonly number[],
): { frames: Frame[]; violation: FrameViolation | null } {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  let violation: FrameViolation | null = null;
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (left, right) => left - right,
  );
  let start = 0;
  for (const end of places) {
    const decoded = decoder.push(bytes.subarray(start, end));
    frames.push(...decoded.frames);
    violation = decoded.violation;
    start = end;
  }
  return { frames, violation };
}

const frames = fc.record({
  type: fc.constantFrom<FrameType>("request", "response", "notification"),
  head: fc.uint8Array({ maxLength: 40 }),
  body: fc.uint8Array({ maxLength: 200 }),
});

const plain = (frame: Frame): unknown => [frame.type, [...frame.head], [...frame.body]];

describe("frames", () => {
  it("come out as they went in, however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(frames, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (sent, cuts) => {
          const { frames: received, violation } = decode(join(sent.map(encode)), cuts);
          assert.equal(violation, null);
          assert.deepEqual(received.map(plain), sent.map(plain));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("come out at every single cut", () => {
    const sent: Frame[] = [
      { type: "response", head: Uint8Array.of(1, 2, 3), body: Uint8Array.of(4) },
      { type: "request", head: new Uint8Array(0), body: new Uint8Array(0) },
    ];
    const bytes = join(sent.map(encode));
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      assert.deepEqual(decode(bytes, [cut]).frames.map(plain), sent.map(plain));
    }
    const oneByOne = Array.from(bytes, (_, index) => index);
    assert.deepEqual(decode(bytes, oneByOne).frames.map(plain), sent.map(plain));
  });

  it("end at the first garbage, with those before it delivered", () => {
    fc.assert(
      fc.property(
        fc.array(frames, { maxLength: 3 }),
        fc.uint8Array({ minLength: 16, maxLength: 64 }),
        fc.array(frames, { maxLength: 3 }),
        fc.array(fc.nat(), { maxLength: 10 }),
        (before, garbage, after, cuts) => {
          fc.pre(garbage[0] !== 0x46);
          const bytes = join([...before.map(encode), garbage, ...after.map(encode)]);
          const { frames: received, violation } = decode(bytes, cuts);
          assert.deepEqual(received.map(plain), before.map(plain));
          assert.equal(violation?.kind, "badMagic");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never throw, whatever arrives, and keep the first violation", () => {
    const header = fc
      .tuple(fc.integer({ min: 0, max: 5 }), fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1))
      .map(([type, head, body]) => {
        const bytes = Buffer.from(encodeFrameHeader("request", head, body));
        bytes.writeUInt32LE(type, 4);
        return new Uint8Array(bytes);
      });
    const anything = fc.oneof(header, fc.uint8Array({ maxLength: 64 }), frames.map(encode));
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 12 }), (chunks) => {
        const decoder = new FrameDecoder({ headBytes: 1000, bodyBytes: 1000 });
        let violation: FrameViolation | null = null;
        for (const chunk of chunks) {
          const decoded = decoder.push(chunk);
          if (violation !== null) {
            assert.deepEqual(decoded, { frames: [], violation });
          }
          violation = decoded.violation;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("are refused by announced length alone, before anything is held", () => {
    const { headBytes, bodyBytes } = defaultFrameLimits;
    const violationOf = (bytes: Uint8Array): string | undefined =>
      new FrameDecoder().push(bytes).violation?.kind;
    assert.equal(violationOf(encodeFrameHeader("response", headBytes, bodyBytes)), undefined);
    assert.equal(violationOf(encodeFrameHeader("response", headBytes + 1, 0)), "headTooLong");
    assert.equal(violationOf(encodeFrameHeader("response", 1, bodyBytes + 1)), "bodyTooLong");
    const unknownType = encodeFrameHeader("response", 1, 1);
    unknownType[4] = 9;
    assert.equal(violationOf(unknownType), "badType");
  });

  it("are read in time linear in their bytes (R3: 64 MB in at most 500 ms)", () => {
    const chunk = new Uint8Array(64 * 1024);
    const measure = (megabytes: number): number => {
      const decoder = new FrameDecoder();
      const start = process.cpuUsage();
      decoder.push(encodeFrameHeader("response", 0, megabytes * 1024 * 1024));
      let count = 0;
      for (let pushed = 0; pushed < megabytes * 16; pushed += 1) {
        count += decoder.push(chunk).frames.length;
      }
      assert.equal(count, 1);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    measure(1);
    const ms = measure(64);
    assert.ok(ms < 500, `${String(ms)} ms`);
  });

  it("tell whether the other side ended in the middle of one", () => {
    const decoder = new FrameDecoder();
    const bytes = encode({ type: "response", head: Uint8Array.of(1), body: Uint8Array.of(2) });
    assert.equal(decoder.hasPartialFrame, false);
    decoder.push(bytes.subarray(0, frameHeaderSize + 1));
    assert.equal(decoder.hasPartialFrame, true);
    decoder.push(bytes.subarray(frameHeaderSize + 1));
    assert.equal(decoder.hasPartialFrame, false);
  });
});

describe("binary parts of messages", () => {
  it("travel in the body and come back in place", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20 }),
        fc.uint8Array({ maxLength: 20 }),
        fc.jsonValue(),
        (first, second, other) => {
          // JSON itself has no -0; all else must come back as it is.
          const json: unknown = JSON.parse(JSON.stringify(other));
          const message = {
            id: 1,
            params: { first, deep: [{ second: Buffer.from(second) }], json },
          };
          const { json: text, parts } = splitMessage(message);
          assert.deepEqual(joinMessage(text, join(parts)), {
            id: 1,
            params: { first, deep: [{ second }], json },
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are never turned into numbers first, which takes seconds for a large buffer", () => {
    const bytes = Object.assign(Buffer.from([1, 2]), {
      toJSON: () => assert.fail("JSON saw the bytes"),
    });
    const { json, parts } = splitMessage({ params: { arguments: bytes, list: [bytes] } });
    assert.equal(json, '{"params":{"arguments":{"$body":[0,2]},"list":[{"$body":[2,2]}]}}');
    assert.deepEqual(parts, [bytes, bytes]);
  });

  it("refuse places outside of the body and broken JSON", () => {
    const body = new Uint8Array(4);
    for (const place of [
      "[0,5]",
      "[4,1]",
      "[-1,2]",
      "[0.5,1]",
      '["0",1]',
      "[0]",
      "null",
      "[1e300,1]",
    ]) {
      assert.equal(joinMessage(`{"result":{"$body":${place}}}`, body), undefined, place);
    }
    assert.equal(joinMessage("{", body), undefined);
    assert.deepEqual(joinMessage('{"result":{"$body":[4,0]}}', body), {
      result: new Uint8Array(0),
    });
  });
});
