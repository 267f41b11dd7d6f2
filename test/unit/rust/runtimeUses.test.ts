// Uses of async runtimes: which paths, and which async method of the plugin reaches them.

import assert from "node:assert/strict";
import { analyze, rust, type DependencySource } from "./inMemoryProject.ts";

/** `path @ method` of every use; `!` marks macros. */
function uses(text: string, dependencies: readonly DependencySource[] = ["tokio"]): string[] {
  const model = analyze({
    demo: {
      files: {
        "src/lib.rs": rust`
use fidius::*;
#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait T { async fn a(&self); async fn b(&self); fn c(&self); }
pub struct P;
${text}
`,
        "src/inner.rs": "pub async fn deep() { super::nap().await }",
      },
      dependencies: ["fidius", ...dependencies],
    },
  });
  const [plugin] = model.plugins;
  assert.ok(plugin !== undefined);
  return plugin.runtimeUses.map(
    ({ path, isMacro, method }) => `${path.join("::")}${isMacro ? "!" : ""} @ ${method ?? "-"}`,
  );
}

function impl(a: string, b = "", c = ""): string {
  return `#[plugin_impl(T)] impl T for P { async fn a(&self) { ${a} } async fn b(&self) { ${b} } fn c(&self) { ${c} } }`;
}

describe("runtime uses", () => {
  it("of a method's own body, by path and through use", () => {
    const text = `use tokio::time::sleep; use tokio::time::{self as clock, Duration as D}; ${impl(
      "tokio::time::sleep(x).await; sleep(D::ZERO).await",
      "let y = clock::timeout::<u8>(1).await;",
      "std::thread::sleep(x)",
    )}`;
    assert.deepEqual(uses(text), [
      "tokio::time::sleep @ -",
      "tokio::time @ -",
      "tokio::time::Duration @ -",
      "tokio::time::sleep @ a",
      "tokio::time::sleep @ a",
      "tokio::time::Duration::ZERO @ a",
      "tokio::time::timeout @ b",
    ]);
  });

  it("of macros, attributes, local use and inside of macros", () => {
    const text = `#[tokio::main] async fn main() {} ${impl(
      "use tokio::net::TcpStream as S; tokio::select! { _ = S::connect(x) => {} }",
    )}`;
    assert.deepEqual(uses(text), [
      "tokio::main! @ -",
      "tokio::net::TcpStream @ a",
      "tokio::select! @ a",
      "tokio::net::TcpStream::connect @ a",
    ]);
  });

  it("of local functions and methods that an async method reaches", () => {
    const text = `
mod inner;
async fn nap() { tokio::time::sleep(x).await }
fn never() { tokio::spawn(x); }
impl P { async fn helper(&self) { tokio::fs::read(x).await; } fn other() { tokio::signal::ctrl_c(); } }
${impl("inner::deep().await", "self.helper().await; Self::other();")}`;
    assert.deepEqual(uses(text), [
      "tokio::time::sleep @ a",
      "tokio::spawn @ -",
      "tokio::fs::read @ b",
      "tokio::signal::ctrl_c @ b",
    ]);
  });

  it("of other runtimes, renamed packages and missing dependencies", () => {
    const text = impl(
      "smol::Timer::after(x).await; rt::task::yield_now().await; async_std::task::sleep(x).await",
    );
    const dependencies = ["smol", { key: "rt", packageName: "tokio" }];
    assert.deepEqual(uses(text, dependencies), [
      "smol::Timer::after @ a",
      "tokio::task::yield_now @ a",
      "async_std::task::sleep @ a",
    ]);
  });

  it("leaves out names that only look like it, comments, strings and tests", () => {
    const text = `mod tokio { pub fn spawn() {} } #[tokio::test] async fn t() { ::tokio::time::pause() } ${impl(
      'tokio::spawn(); /* tokio::spawn() */ let s = "tokio::time"; self.tokio.time()',
    )}`;
    assert.deepEqual(uses(text, []), []);
  });
});
