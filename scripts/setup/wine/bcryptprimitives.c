/*
 * Wine 8 has no bcryptprimitives.dll, of which Rust's standard library asks for random bytes. This one has the function over
 * Wine's own random bytes. Every Rust library loads it, so it also mends what Wine does with exceptions on another stack than the
 * thread's own, which koffi gives to the calls that it makes: Wine orders its own handlers and those of libraries by their
 * addresses, and asks the last of all, which ends the process, before the plugin's where the thread's stack lies lower.
 */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T size) {
  while (size > 0) {
    ULONG part = size > 0x10000000 ? 0x10000000 : (ULONG)size;
    if (!SystemFunction036(bytes, part)) return FALSE;
    bytes += part;
    size -= part;
  }
  return TRUE;
}

typedef struct _EXCEPTION_REGISTRATION_RECORD Frame;

static void *stackOf(const void *address) {
  MEMORY_BASIC_INFORMATION memory;
  return VirtualQuery(address, &memory, sizeof memory) ? memory.AllocationBase : NULL;
}

/* Forgets Wine's handlers of another stack: without them an exception goes to the plugin's, and ends the process when it has none. */
static LONG CALLBACK forgetForeignFrames(EXCEPTION_POINTERS *exception) {
  NT_TIB *thread = (NT_TIB *)NtCurrentTeb();
  void *stack = stackOf((void *)exception->ContextRecord->Rsp);
  while (thread->ExceptionList != (Frame *)-1 && stackOf(thread->ExceptionList) != stack)
    thread->ExceptionList = *(Frame **)thread->ExceptionList;
  return EXCEPTION_CONTINUE_SEARCH;
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved) {
  if (reason == DLL_PROCESS_ATTACH) AddVectoredExceptionHandler(TRUE, forgetForeignFrames);
  return TRUE;
}
