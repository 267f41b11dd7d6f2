// Panel and extension on types that no source tells: the bridge to the type's own serde.

/** The bridge of the shown method's interface. */
export interface PanelBridge {
  /** Built and fresh: asking it costs nothing. */
  readonly isReady: boolean;
}

/** JSON text that is to be an argument of the shown method. */
export interface SerdeQuestion {
  /** Position of the argument. */
  readonly argument: number;
  readonly text: string;
}
