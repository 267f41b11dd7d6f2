// The environment a host process starts with: the editor's own without what is meant for Node and Electron alone (R19).

const dropped = /^(?:NODE_OPTIONS|NODE_CHANNEL_.*|NODE_V8_COVERAGE|ELECTRON_.*|VSCODE_.*)$/i;

/** A copy of `base` without the editor's variables, with the user's on top. Undefined values are left out. */
export function hostEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string>>,
  isElectron: boolean,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(base)) {
    if (value !== undefined && !dropped.test(name)) {
      environment[name] = value;
    }
  }
  Object.assign(environment, extra);
  if (isElectron) {
    environment["ELECTRON_RUN_AS_NODE"] = "1";
  }
  return environment;
}
