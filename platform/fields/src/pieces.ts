import { lazily, Nothing } from "./lazily.tsx";
import type * as answers from "./pieces/answers.ts";
import type * as evidence from "./pieces/evidence.ts";

/** Pieces of the fields that are fetched when something of them is wanted, each as one file with its looks. */
export const answersPiece = async (): Promise<typeof answers> => await import("./pieces/answers.ts");
export const evidencePiece = async (): Promise<typeof evidence> => await import("./pieces/evidence.ts");

export const ComputedValue = lazily(async () => (await answersPiece()).ComputedValue);
export const DecimalComma = lazily(async () => (await answersPiece()).DecimalComma, Nothing);
export const ReasonBox = lazily(async () => (await answersPiece()).ReasonBox);
export const LoosePhotos = lazily(async () => (await evidencePiece()).LoosePhotos);
export const Picture = lazily(async () => (await evidencePiece()).Picture);
export const ReplacePhoto = lazily(async () => (await evidencePiece()).ReplacePhoto);
export const SignaturePadBox = lazily(async () => (await import("./widgets/signature_pad_box.tsx")).SignaturePadBox);
export const UnknownWidget = lazily(async () => (await answersPiece()).UnknownWidget);
export const InstructionPictures = lazily(async () => (await import("./pieces/pictures.ts")).InstructionPictures);
