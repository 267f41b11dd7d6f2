// A job object of Windows around this process: whatever the plugin starts belongs to it too, and ends when the only handle to it
// is closed, which is when this process ends, in whatever way. Layouts: winnt.h, JOBOBJECT_EXTENDED_LIMIT_INFORMATION (64 bits).

import koffi from "koffi";

const extendedLimitInformation = 9;
const extendedLimitBytes = 144;
const limitFlagsAt = 16;
const killOnJobClose = 0x2000;

/** What GetCurrentProcess() gives for "this process". */
const thisProcess = -1n;

/** A handle as a number; koffi gives small ones as such. */
type JobHandle = bigint | number;

/** Puts this process into a job of its own. Where Windows refuses, programs that the plugin started may outlive this process. */
export function joinOwnJob(): void {
  const kernel = koffi.load("kernel32.dll");
  const createJob = kernel.func("uintptr_t CreateJobObjectW(void *attributes, void *name)") as (
    attributes: null,
    name: null,
  ) => JobHandle;
  const setInformation = kernel.func(
    "int SetInformationJobObject(uintptr_t job, int kind, void *information, uint32_t bytes)",
  ) as (job: JobHandle, kind: number, information: Uint8Array, bytes: number) => number;
  const assign = kernel.func("int AssignProcessToJobObject(uintptr_t job, intptr_t process)") as (
    job: JobHandle,
    process: bigint,
  ) => number;
  const job = createJob(null, null);
  const limits = new Uint8Array(extendedLimitBytes);
  new DataView(limits.buffer).setUint32(limitFlagsAt, killOnJobClose, true);
  if (setInformation(job, extendedLimitInformation, limits, limits.length) !== 0) {
    assign(job, thisProcess);
  }
}
