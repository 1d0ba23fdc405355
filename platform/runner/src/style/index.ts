/** What a form looks like; the screens around it are in `screens.ts`, what comes later brings its own looks. */
import "@mendloop/fields/style/tokens.css";
import "@mendloop/fields/style/controls.css";
import "@mendloop/fields/style/fields.css";
import "./form.css";
