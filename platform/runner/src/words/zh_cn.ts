import fields from "@mendloop/fields/words/zh-CN.json";
import own from "./zh-CN.json";

export default { ...fields, ...own };
