// The platform that a VSIX is for, in the words of `vsce package --target`.

/** FIDIUS_TARGET, or this machine's platform. */
export function vsceTarget() {
  const given = process.env["FIDIUS_TARGET"];
  if (given !== undefined) {
    return given;
  }
  return `${isMusl() ? "alpine" : process.platform}-${process.arch}`;
}

function isMusl() {
  if (process.platform !== "linux") {
    return false;
  }
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return header.glibcVersionRuntime === undefined;
}
