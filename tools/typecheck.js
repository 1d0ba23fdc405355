// Type-checks every room: its sources without Node's types, its tests with them. A room without sources is passed over.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).workspaces;

const holdsTypeScript = (folder) =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.tsx?$/.test(name));

const isSound = (project) => {
  console.log(`tsc ${project}`);
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [tsc, "--noEmit", "-p", join(root, project)], { stdio: "inherit" }).status === 0;
};

const inRooms = rooms.flatMap((room) => [
  ...(holdsTypeScript(join(root, room, "src")) ? [room] : []),
  ...(holdsTypeScript(join(root, room, "test")) ? [join(room, "test")] : []),
]);
const acrossRooms = readdirSync(join(root, "tests"))
  .map((area) => join("tests", area))
  .filter((area) => existsSync(join(root, area, "tsconfig.json")));
const projects = [...inRooms, ...acrossRooms];
const verdicts = projects.map(isSound);
process.exit(verdicts.every(Boolean) ? 0 : 1);
