// Ids of the commands in package.json; a test holds the two lists equal.

export const commandIds = {
  invoke: "fidius.invoke",
  debug: "fidius.debug",
  invokeLast: "fidius.invokeLast",
  buildPlugin: "fidius.buildPlugin",
  openLibrary: "fidius.openLibrary",
  closeLibrary: "fidius.closeLibrary",
  inspect: "fidius.inspect",
  chooseInterface: "fidius.chooseInterface",
  compareInterface: "fidius.compareInterface",
  restartHost: "fidius.restartHost",
  showLog: "fidius.showLog",
  goToSource: "fidius.goToSource",
  goToTrait: "fidius.goToTrait",
  showMenu: "fidius.showMenu",
  restartLanguageServer: "fidius.restartLanguageServer",
} as const;
