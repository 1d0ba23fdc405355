import fields from "@mendloop/fields/words/zh-CN.more.json";
import own from "./zh-CN.more.json";

export default { ...fields, ...own };
