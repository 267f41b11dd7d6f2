// Durations and sizes as people read them.

/** `0.02 ms`, `1.84 ms`, `125 ms`, `3.1 s`, `2 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 1) {
    return `${Number(ms.toPrecision(2))} ms`;
  }
  if (ms < 1000) {
    return `${Number(ms.toPrecision(3))} ms`;
  }
  if (ms < 60_000) {
    return `${Number((ms / 1000).toPrecision(3))} s`;
  }
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** `37 B`, `4.1 KB`, `12 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} B`;
  }
  const inKb = bytes / 1024;
  return inKb < 1000
    ? `${Number(inKb.toPrecision(3))} KB`
    : `${Number((inKb / 1024).toPrecision(3))} MB`;
}
