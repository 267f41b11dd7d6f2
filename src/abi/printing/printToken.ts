// What the compiler's printer is given: tokens with their groups, operators joined.

/** Reserved words but `fn`, `pub` and `Self`, behind which parentheses stand as they do behind a name. */
export const keywords: ReadonlySet<string> = new Set(
  (
    "as break const continue crate else enum extern false for if impl in let loop match mod move mut ref return self " +
    "static struct super trait true type unsafe use where while abstract become box do final macro override priv typeof " +
    "unsized virtual yield async await dyn try"
  ).split(" "),
);

export type PrintToken =
  /** `isName`: an identifier that is no reserved word. */
  (
    | {
        readonly kind: "word";
        readonly text: string;
        readonly isCallable: boolean;
        readonly isName: boolean;
        readonly isIdentifier: boolean;
      }
    | { readonly kind: "punctuation"; readonly text: string }
    | {
        readonly kind: "group";
        readonly open: string;
        readonly content: readonly PrintToken[];
        /** In a macro call: the first token stands right behind the brace. */
        readonly isTight?: boolean;
      }
  ) & {
    /** The next token of a macro call stands right behind it in the source. */
    readonly isJoint?: boolean;
  };

export function isPunctuation(token: PrintToken, text: string): boolean {
  return token.kind === "punctuation" && token.text === text;
}
