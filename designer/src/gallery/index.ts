/** Where templates begin: the company's own, those that come with the product, files, and a blank sheet. */
import "./gallery.css";

export { Gallery } from "./gallery.tsx";
