// The languages of the product. A text that is told exists in each of them.

export const LANGUAGES = ['en', 'fr'] as const;

export type Language = (typeof LANGUAGES)[number];

/** One text in every language. */
export type Told = Readonly<Record<Language, string>>;

/** One sentence maker for every variant of a union: a missing variant does not compile. */
export type Catalogue<Fact, Tag extends keyof Fact, Text = string> = {
  readonly [Key in Fact[Tag] & string]: (fact: Fact & { readonly [T in Tag]: Key }) => Text;
};
