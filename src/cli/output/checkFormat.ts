// In which form `fidius-call check` says what it found.

export const checkFormats = ["text", "json", "github"] as const;

export type CheckFormat = (typeof checkFormats)[number];
