/** Field widgets: what a step's fields look like, for the runner and for the designer's preview. */
export { FieldCard } from "./field_card.tsx";
export type { FieldCardProps } from "./field_card.tsx";
export { FieldHostProvider, NotAPicture, PictureTooLarge, setting, useHost } from "./host.ts";
export type { FieldHost, FieldProps, GateActs, Language, Params, PartFound, PhotoKeeper, PhotoSize, PhotoSource, RecommendedPart } from "./host.ts";
export { Icon } from "./icon.tsx";
export type { IconName } from "./icon.tsx";
export { withLabels } from "./labels.ts";
export { fetchBeside, lazily, Nothing } from "./lazily.tsx";
export type { Lazy } from "./lazily.tsx";
export { LoosePhotos, Picture, ReplacePhoto } from "./pieces.ts";
export { fetchAllWidgets, fetchWidgets, registerWidget, widgetOf, widgetsHere } from "./registry.ts";
export { wear } from "./wear.ts";
export type { FieldWord } from "./words.ts";
