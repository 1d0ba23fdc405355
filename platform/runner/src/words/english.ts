import fields from "@mendloop/fields/words/en.json";
import own from "./en.json";

export default { ...fields, ...own };
