// What a set-up step throws when the machine lacks something it cannot install: its message is all that people see.

export class SetupFailure extends Error {}
