// Panel and extension on types that no source tells: the bridge to the type's own serde.

/** What the bridges know of the shown method: its arguments, the items that it takes, the configuration of its plugin. */
export type SerdePlace = `argument ${number}` | "streamArgument" | "configuration";

/** The bridge of the shown method's interface, or of its plugin's configuration. */
export interface PanelBridge {
  /** Built and fresh: asking it costs nothing. */
  readonly isReady: boolean;
}

/** JSON text that is to be a value of the shown method. */
export interface SerdeQuestion {
  readonly place: SerdePlace;
  readonly text: string;
}
