/** Fetched together: everything that takes or shows a picture, reads a code or stands for something on site. */
import { addIcons } from "../icon.tsx";
import { EVIDENCE } from "../icons/evidence.ts";
import looks from "../style/evidence.css?inline";
import { wear } from "../wear.ts";

export { LoosePhotos } from "../camera/loose_photos.tsx";
export { Picture } from "../camera/picture.tsx";
export { ReplacePhoto } from "../camera/replace_photo.tsx";
export { PartsWidget } from "../widgets/parts.tsx";
export { PhotoWidget } from "../widgets/photo.tsx";
export { SafetyGateWidget } from "../widgets/safety_gate.tsx";
export { ScanWidget } from "../widgets/scan.tsx";
export { SignatureWidget } from "../widgets/signature.tsx";

addIcons(EVIDENCE);
wear(looks);
