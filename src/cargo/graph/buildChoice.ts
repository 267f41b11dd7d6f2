// What a build is asked for beside the package: features and profile, as they stand on cargo's command line.

/** The part of a cargo command line that decides which code is compiled. */
export interface BuildChoice {
  /** Of `--features`. */
  readonly features: readonly string[];
  readonly hasAllFeatures: boolean;
  /** False with `--no-default-features`. */
  readonly hasDefaultFeatures: boolean;
  readonly profile: string;
}

/** `cargo build` and nothing else. */
export const plainBuild: BuildChoice = {
  features: [],
  hasAllFeatures: false,
  hasDefaultFeatures: true,
  profile: "dev",
};

/** Reads what of `extraArguments` is about features; cargo itself says what is wrong in them. */
export function readBuildChoice(
  profile: string,
  features: readonly string[],
  extraArguments: readonly string[],
): BuildChoice {
  const chosen = [...features];
  const end = extraArguments.indexOf("--");
  const given = end < 0 ? extraArguments : extraArguments.slice(0, end);
  given.forEach((argument, index) => {
    const match = /^(?:--features|-F)(?:=(?<value>.*))?$|^-F(?<short>.+)$/su.exec(argument)?.groups;
    if (match !== undefined) {
      chosen.push(...listed(match["value"] ?? match["short"] ?? given[index + 1] ?? ""));
    }
  });
  return {
    features: [...new Set(chosen)],
    hasAllFeatures: given.includes("--all-features"),
    hasDefaultFeatures: !given.includes("--no-default-features"),
    profile,
  };
}

/** Tells choices apart, however they are written. */
export function choiceKey({ features, profile, ...others }: BuildChoice): string {
  const { hasAllFeatures, hasDefaultFeatures } = others;
  const name = profile === "debug" ? "dev" : profile;
  return JSON.stringify([name, [...features].sort(), hasAllFeatures, hasDefaultFeatures]);
}

/** Cargo takes commas and spaces. */
function listed(text: string): readonly string[] {
  return text.split(/[\s,]+/u).filter((feature) => feature !== "");
}
