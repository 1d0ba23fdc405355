import type english from "./words/en.json";
import type more from "./words/en.more.json";

/** Every key a field may say. The catalogues of both languages hold exactly these; those of `more` come with the pieces that say them. */
export type FieldWord = keyof typeof english | keyof typeof more;
