// Cuts a stream of text pieces into lines.

export interface LineSplitter {
  readonly push: (text: string) => void;
  /** Hands over a last line that has no line end. */
  readonly end: () => void;
}

/** Calls `receive` with each line without its end. `\r` alone ends a line too, as cargo's progress bar uses it. */
export function createLineSplitter(receive: (line: string) => void): LineSplitter {
  let rest = "";
  return {
    push: (text) => {
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/u);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        receive(line);
      }
    },
    end: () => {
      if (rest !== "") {
        receive(rest.replace(/\r$/u, ""));
        rest = "";
      }
    },
  };
}
