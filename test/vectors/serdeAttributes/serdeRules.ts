// The attributes that random types draw from, by what they stand on; those that stand here twice are drawn twice as often.

const containerRules =
  `rename_all = "camelCase"|rename_all(serialize = "UPPERCASE", deserialize = "lowercase")|deny_unknown_fields|default|` +
  `default = "Make::any"|rename = "Other"|expecting = "something"|crate = "serde"|bound = ""|rename_all = "SCREAMING-KEBAB-CASE"`;

const fieldRules =
  "skip|skip|skip_serializing|skip_serializing|skip_deserializing|skip_deserializing|default|default|" +
  `default = "Make::any"|rename = "other"|rename(serialize = "x")|alias = "y"|skip_serializing_if = "never"|` +
  `skip_serializing_if = "always"|with = "as_text"|serialize_with = "as_text::serialize"|` +
  `deserialize_with = "as_text::deserialize"|bound = ""`;

const variantRules =
  `skip|skip_serializing|skip_deserializing|rename = "Else"|rename(deserialize = "a", serialize = "b")|alias = "z"|` +
  `rename_all = "kebab-case"|bound = ""`;

/** For variants with one field. */
const newtypeRules = `with = "as_text"|serialize_with = "as_text::serialize"|deserialize_with = "as_text::deserialize"`;

const split = (rules: string): readonly string[] => rules.split("|");

export const rules = {
  container: split(containerRules),
  field: split(fieldRules),
  variant: split(variantRules),
  newtype: split(newtypeRules),
};
