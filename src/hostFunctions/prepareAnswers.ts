// Instructions of the runner → functions that answer.

import type { TypeTable } from "../model/schema/schema.ts";
import type { FunctionInstruction, InterfaceInstructions } from "../protocol/hostFunctions.ts";
import { encodePanic } from "./answers.ts";
import type { AnswerFunction } from "./answers.ts";
import { moduleFunction } from "./moduleFunctions.ts";

/** A host function of an interface, ready to answer. */
export interface AnsweredFunction {
  readonly name: string;
  readonly answer: AnswerFunction;
}

/** The functions of an interface in dispatch order, or everything that keeps them from answering. */
export async function prepareAnswers(
  instructions: InterfaceInstructions,
): Promise<{ readonly functions: readonly AnsweredFunction[]; readonly problems: string[] }> {
  const functions: AnsweredFunction[] = [];
  const problems: string[] = [];
  for (const instruction of instructions.functions) {
    const answer = await prepareAnswer(instruction, instructions.interfaceName, instructions.types);
    if (typeof answer === "string") {
      problems.push(answer);
    } else {
      functions.push({ name: instruction.name, answer });
    }
  }
  return { functions, problems };
}

async function prepareAnswer(
  { name, answer }: FunctionInstruction,
  interfaceName: string,
  types: TypeTable,
): Promise<AnswerFunction | string> {
  switch (answer.kind) {
    case "bytes": {
      const fixed = { status: answer.status, bytes: fromBase64(answer.bytes), problem: null };
      return () => fixed;
    }
    case "module":
      return moduleFunction(answer.module, answer.version, answer.method, types);
    case "none":
      return () => encodePanic(`${interfaceName}::${name} has no answer set up.`);
  }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, "base64"));
}
