import fields from "@mendloop/fields/words/en.more.json";
import own from "./en.more.json";

export default { ...fields, ...own };
