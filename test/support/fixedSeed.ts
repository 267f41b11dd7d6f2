// Property tests draw the same values in every run: what fails, fails again. FIDIUS_FUZZ_SEED draws others.

import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["FIDIUS_FUZZ_SEED"] ?? 1) });
