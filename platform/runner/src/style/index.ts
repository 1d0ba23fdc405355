import "@mendloop/fields/style/tokens.css";
import "@mendloop/fields/style/controls.css";
import "@mendloop/fields/style/fields.css";
import "./screens.css";
