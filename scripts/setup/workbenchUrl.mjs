// The address at which a browser-served VS Code opens a folder with an extension under development, and with a module of tests
// when there is one. The server honours the payload only with --enable-smoke-test-driver.

/**
 * @param {{ port: number; folder: string; extension: string; tests?: string | undefined }} what
 * @returns {string}
 */
export function workbenchUrl({ port, folder, extension, tests }) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ...(tests === undefined ? [] : [["extensionTestsPath", remote(tests)]]),
  ];
  const kind = folder.endsWith(".code-workspace") ? "workspace" : "folder";
  const query = new URLSearchParams({ [kind]: folder, payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query.toString()}`;
}
