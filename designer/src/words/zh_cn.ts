import shell from "./shell.zh-CN.json";
import canvas from "./canvas.zh-CN.json";
import panels from "./panels.zh-CN.json";
import fields from "./fields.zh-CN.json";
import conditions from "./conditions.zh-CN.json";
import preview from "./preview.zh-CN.json";
import store from "./store.zh-CN.json";
import gallery from "./gallery.zh-CN.json";
import versions from "./versions.zh-CN.json";
import publishing from "./publishing.zh-CN.json";
import rights from "./rights.zh-CN.json";
import edits from "./edits.zh-CN.json";

export default { ...shell, ...canvas, ...panels, ...fields, ...conditions, ...preview, ...store, ...gallery, ...versions, ...publishing, ...rights, ...edits };
