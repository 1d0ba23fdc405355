/** Fetched together: what only instructions with pictures need. */
import looks from "../style/pictures.css?inline";
import { wear } from "../wear.ts";

export { InstructionPictures } from "../widgets/instruction_pictures.tsx";

wear(looks);
