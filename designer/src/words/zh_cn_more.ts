/** What the rooms say that are fetched when they are shown. */
import shell from "./shell_more.zh-CN.json";
import panels from "./panels.zh-CN.json";
import fields from "./fields.zh-CN.json";
import conditions from "./conditions.zh-CN.json";
import preview from "./preview.zh-CN.json";
import gallery from "./gallery.zh-CN.json";
import versions from "./versions.zh-CN.json";
import publishing from "./publishing.zh-CN.json";
import rights from "./rights.zh-CN.json";

export default { ...shell, ...panels, ...fields, ...conditions, ...preview, ...gallery, ...versions, ...publishing, ...rights };
