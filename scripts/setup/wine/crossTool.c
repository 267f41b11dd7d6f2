/*
 * Stands in Wine as gcc.exe, ar.exe and dlltool.exe, and hands its arguments to the cross compiler of the system that Wine runs
 * on. Wine tells nobody when a program of that system ends, so the program is wrapped in a shell script that leaves its output
 * and its exit code in files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum { longestArgument = 32768, pollMs = 5, mostPolls = 60000 };

/* Z:\a\b becomes /a/b, also behind an option as in -LZ:\a; other drives lie in the prefix. */
static void toUnixPath(const char *from, char *to) {
  const char *colon = strstr(from, ":\\");
  if (!colon) colon = strstr(from, ":/");
  if (!colon || colon == from) {
    strcpy(to, from);
    return;
  }
  char drive = colon[-1] | 0x20;
  size_t before = (size_t)(colon - 1 - from);
  memcpy(to, from, before);
  to += before;
  if (drive != 'z') to += sprintf(to, "%s/drive_%c", getenv("FIDIUS_WINE_PREFIX"), drive);
  for (const char *at = colon + 1; *at; at++) *to++ = *at == '\\' ? '/' : *at;
  *to = 0;
}

static void writeArgument(FILE *script, const char *argument) {
  fputs(" '", script);
  for (const char *at = argument; *at; at++) *at == '\'' ? (void)fputs("'\\''", script) : (void)fputc(*at, script);
  fputc('\'', script);
}

static void printFile(const char *name) {
  FILE *file = fopen(name, "rb");
  if (!file) return;
  char part[4096];
  size_t read;
  while ((read = fread(part, 1, sizeof part, file)) > 0) fwrite(part, 1, read, stdout);
  fclose(file);
}

int main(int argc, char **argv) {
  const char *name = argv[0];
  for (const char *at = argv[0]; *at; at++) if (*at == '\\' || *at == '/') name = at + 1;
  char tool[64], folder[MAX_PATH], base[MAX_PATH + 40], unixBase[MAX_PATH * 2], file[4][MAX_PATH * 2];
  static char part[longestArgument * 2];
  sprintf(tool, "x86_64-w64-mingw32-%.30s", name);
  char *dot = strrchr(tool, '.');
  if (dot) *dot = 0;
  GetTempPathA(MAX_PATH, folder);
  sprintf(base, "%scross-tool-%lu", folder, GetCurrentProcessId());
  toUnixPath(base, unixBase);
  const char *endings[] = {"sh", "out", "code", "done"};
  for (int i = 0; i < 4; i++) sprintf(file[i], "%s.%s", base, endings[i]);
  DeleteFileA(file[3]);

  FILE *script = fopen(file[0], "wb");
  if (!script) return 99;
  GetCurrentDirectoryA(MAX_PATH, folder);
  toUnixPath(folder, part);
  fputs("cd", script);
  writeArgument(script, part);
  fprintf(script, " && %s", tool);
  for (int i = 1; i < argc; i++) {
    if (strlen(argv[i]) >= longestArgument) return 98;
    toUnixPath(argv[i], part);
    writeArgument(script, part);
  }
  fprintf(script, " >'%s.out' 2>&1 </dev/null\necho $? >'%s.code'\nmv '%s.code' '%s.done'\n", unixBase, unixBase, unixBase, unixBase);
  fclose(script);

  STARTUPINFOA start = {.cb = sizeof start};
  PROCESS_INFORMATION process = {0};
  sprintf(part, "sh \"%s.sh\"", unixBase);
  if (!CreateProcessA("Z:\\bin\\sh", part, 0, 0, FALSE, 0, 0, 0, &start, &process)) return 97;
  for (int polls = 0; GetFileAttributesA(file[3]) == INVALID_FILE_ATTRIBUTES; polls++) {
    if (polls > mostPolls) return 96;
    Sleep(pollMs);
  }
  int code = 95;
  FILE *done = fopen(file[3], "rb");
  if (done) {
    if (fscanf(done, "%d", &code) != 1) code = 94;
    fclose(done);
  }
  printFile(file[1]);
  for (int i = 0; i < 4; i++) DeleteFileA(file[i]);
  return code;
}
