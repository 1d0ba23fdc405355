// Copies the fonts of the printed record into the Python package: Chinese glyphs, regular and bold, and their licence.
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "node_modules", "@expo-google-fonts", "noto-sans-sc");
const target = join(root, "platform", "mendloop", "_fonts");

const files = {
  "400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf",
  "700Bold/NotoSansSC_700Bold.ttf": "NotoSansSC-Bold.ttf",
  "LICENSE_FONT": "OFL.txt",
};

mkdirSync(target, { recursive: true });
for (const [from, to] of Object.entries(files)) {
  copyFileSync(join(source, from), join(target, to));
}
