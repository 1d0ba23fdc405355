import shell from "./shell.en.json";
import canvas from "./canvas.en.json";
import panels from "./panels.en.json";
import fields from "./fields.en.json";
import conditions from "./conditions.en.json";
import preview from "./preview.en.json";
import store from "./store.en.json";
import gallery from "./gallery.en.json";
import versions from "./versions.en.json";
import publishing from "./publishing.en.json";
import rights from "./rights.en.json";
import edits from "./edits.en.json";

export default { ...shell, ...canvas, ...panels, ...fields, ...conditions, ...preview, ...store, ...gallery, ...versions, ...publishing, ...rights, ...edits };
