import type english from "./words/en.json";

/** Every key a field may say. Both catalogues hold exactly these. */
export type FieldWord = keyof typeof english;
