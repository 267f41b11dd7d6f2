// Time in the panel: elapsed times while something runs, and how durations are written.

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RunPhase } from "../../src/protocol/panel.ts";

const tickMs = 200;
const now = signal(0);
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** The current time, ticking while `isTicking`. */
export function useNow(isTicking: boolean): number {
  useEffect(() => {
    if (!isTicking) {
      return undefined;
    }
    now.value = Date.now();
    users++;
    timer ??= setInterval(() => {
      now.value = Date.now();
    }, tickMs);
    return () => {
      users--;
      if (users === 0) {
        clearInterval(timer);
        timer = undefined;
      }
    };
  }, [isTicking]);
  return isTicking ? now.value : 0;
}

/** When the phase began; the extension's clock may differ from ours in a remote window, then it began now. */
export function startedAt(phase: RunPhase, current: number): number {
  const started = phase.kind === "idle" ? current : phase.startedAtMs;
  return started > current || current - started > 24 * 3600 * 1000 ? current : started;
}

/** `00:03`, and `1:02:03` from an hour on. */
export function elapsedText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
