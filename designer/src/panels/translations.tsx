/** All words of the template in both languages, as a table. Fetched when it is opened. */
import "./translations/translations.css";

export { Translations } from "./translations/table.tsx";
