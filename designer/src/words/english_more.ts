/** What the rooms say that are fetched when they are shown. */
import shell from "./shell_more.en.json";
import panels from "./panels.en.json";
import fields from "./fields.en.json";
import conditions from "./conditions.en.json";
import preview from "./preview.en.json";
import gallery from "./gallery.en.json";
import versions from "./versions.en.json";
import publishing from "./publishing.en.json";
import rights from "./rights.en.json";

export default { ...shell, ...panels, ...fields, ...conditions, ...preview, ...gallery, ...versions, ...publishing, ...rights };
