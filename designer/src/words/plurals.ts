const PLACE = /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g;
const COUNTING: Readonly<Record<string, Intl.PluralRules>> = { "zh-CN": new Intl.PluralRules("zh-CN"), en: new Intl.PluralRules("en") };

/** The text with its {places} filled; `{count|step|steps}` is the first of the two for one, the second for any other number. What has no value stays. */
export function filled(text: string, language: string, valueOf: (name: string) => string | number | undefined): string {
  return text.replace(PLACE, (place, name: string, one?: string, other?: string) => {
    const value = valueOf(name);
    if (value === undefined) return place;
    if (one === undefined || other === undefined) return String(value);
    return COUNTING[language]?.select(Number(value)) === "one" ? one : other;
  });
}
