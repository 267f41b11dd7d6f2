// What the extension takes of the large library of the language client. Its code is CommonJS, whose names only a module of our
// own gives to whom imports it at run time.

export {
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from "vscode-languageclient/node";
