// Progress that is shown only for work that turns out to be slow, with Cancel.

import * as vscode from "vscode";
import { withProgress } from "./notify.ts";

/** Work of under a second is not worth a notification. */
const slowMs = 1000;

export interface SlowWork {
  readonly signal: AbortSignal;
  /** Of so much, so much is done. */
  readonly report: (done: number, total: number) => void;
}

/** Runs the work; when it takes longer, with a notification that tells how far it is and can cancel it. */
export async function withSlowProgress<Outcome>(
  title: string,
  work: (slow: SlowWork) => Promise<Outcome>,
): Promise<Outcome> {
  const controller = new AbortController();
  let percent = 0;
  let onPercent: (() => void) | undefined;
  const running = work({
    signal: controller.signal,
    report: (done, total) => {
      const now = Math.floor((done * 100) / Math.max(total, 1));
      if (now !== percent) {
        percent = now;
        onPercent?.();
      }
    },
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    void withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => {
        controller.abort();
      });
      let told = 0;
      onPercent = () => {
        progress.report({ increment: percent - told, message: `${String(percent)} %` });
        told = percent;
      };
      if (percent > 0) {
        // Work that does not tell how far it is has no number beside it.
        onPercent();
      }
      await running.catch(() => undefined);
    });
  }, slowMs);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
