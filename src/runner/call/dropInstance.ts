// Dropping a configured instance, wherever it lives. Streams that are open on it end first, if their user wants that: an
// instance is destroyed after its streams (reference 3.7).

import type { LiveInstance } from "../../model/instance.ts";
import { describeLost } from "../session/configuredInstances.ts";
import type { DropOutcome } from "../session/configuredInstances.ts";
import type { HostLane, HostPool } from "../session/hostPool.ts";
import type { HostSession } from "../session/hostSession.ts";
import { instanceKey } from "../session/laneInstances.ts";
import type { SessionStream } from "../session/sessionStreams.ts";

/** How long streams that are to end may take to do so. */
const endMs = 1000;

const never = new AbortController().signal;

/** Destroys an instance in whichever lane it lives. */
export async function dropInPool(
  pool: HostPool,
  instance: LiveInstance,
  endsStreams: boolean,
): Promise<DropOutcome> {
  const key = instanceKey(instance);
  let outcome: DropOutcome = { kind: "notLive" };
  for (const lane of pool.lanes) {
    const wanted = lane.session?.configured.find((other) => instanceKey(other) === key);
    if (wanted === undefined) {
      lane.instances.forget(instance);
      continue;
    }
    if (endsStreams) {
      await endStreams(lane.session?.streamsOf(instance) ?? []);
    }
    const passage = await lane.turnstile.pass(never, () => dropInLane(lane, instance, wanted.name));
    pool.afterUse(lane);
    outcome = passage.kind === "passed" ? passage.value : outcome;
    if (outcome.kind === "dropped") {
      lane.instances.forget(instance);
    }
  }
  return outcome;
}

/** Asks streams to end and waits for that, but not for a plugin that does not answer. */
async function endStreams(streams: readonly SessionStream[]): Promise<void> {
  for (const stream of streams) {
    stream.end();
  }
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, endMs);
  });
  await Promise.race([isLate, Promise.all(streams.map(({ ended }) => ended))]);
  clearTimeout(timer);
}

async function dropInLane(
  lane: HostLane,
  instance: LiveInstance,
  name: string,
): Promise<DropOutcome> {
  const { session } = lane;
  if (session?.isUsable !== true) {
    return { kind: "notLive" };
  }
  const holder = `the dropping of \`${name}\``;
  const turn = await session.turns.takeUnlessBusy(holder, never, () =>
    dropInSession(session, instance, name),
  );
  switch (turn.kind) {
    case "passed":
      return turn.value;
    case "busy": {
      const message = `\`${name}\` was not dropped: the stream ${turn.holder} runs in the same process and waits for its next input item. Finish its input or cancel it, then drop the instance.`;
      return { kind: "inUse", message };
    }
    case "calledBack":
      return { kind: "notLive" };
  }
}

async function dropInSession(
  session: HostSession,
  instance: LiveInstance,
  name: string,
): Promise<DropOutcome> {
  const open = session.streamsOf(instance).map(({ method }) => `\`${method}\``);
  if (open.length > 0) {
    const streams = `${open.length === 1 ? "the stream" : "the streams"} ${open.join(", ")}`;
    const message = `\`${name}\` was not dropped: ${streams} ${open.length === 1 ? "is" : "are"} open on it. End ${open.length === 1 ? "it" : "them"} first.`;
    return { kind: "inUse", message };
  }
  const capture = session.capture();
  const step = await session.drop(instance);
  if (step.kind === "done") {
    return { kind: step.value.wasOpen ? "dropped" : "notLive" };
  }
  if (step.kind === "stopped") {
    return { kind: "notLive" };
  }
  session.tellEnd();
  const printed = capture.captured().stderr.trim();
  const lost = describeLost(session);
  const message = [
    `Dropping the instance ended the process: code in its Drop did that. ${step.death.message}`,
    ...lost,
    ...(printed === "" ? [] : [`It printed: ${printed.slice(0, 2000)}`]),
  ].join(" ");
  return { kind: "died", message };
}
