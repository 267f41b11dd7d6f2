// What the command line says of a call.

export interface CallOptions {
  readonly selector: string;
  /** JSON text; undefined when neither --args nor --args-file was given. */
  readonly argumentsText: string | undefined;
  /** What is not given is the plainest value of its type. */
  readonly usesExample: boolean;
  /** JSON text of the configuration; undefined when neither --config nor --config-file was given. */
  readonly configurationText: string | undefined;
  readonly expectText: string | undefined;
  /** Of a streaming method; undefined when the command line says nothing of it. */
  readonly take: number | undefined;
  /** Absolute path of the input's items; undefined is stdin. */
  readonly inputFile: string | undefined;
  /** File of --host-functions. */
  readonly hostFunctionsFile: string | undefined;
  readonly library: string | undefined;
  /** Of --interface. */
  readonly interfaceName: string | undefined;
  /** Wins over what the manifests and cargo say. */
  readonly fidiusVersion: string | undefined;
  readonly timeoutMs: number | null;
  /** The method waits for a debugger. */
  readonly isDebugged: boolean;
  readonly isJson: boolean;
  readonly features: readonly string[];
  readonly profile: string;
  /** Absolute; null is the package's folder. */
  readonly workingDirectory: string | null;
  /** Where it is built; null leaves it to cargo. */
  readonly targetDirectory: string | null;
  /** False: types that the source does not tell stay bytes. */
  readonly usesBridge: boolean;
}
