import "@mendloop/fields/style/sheet.css";
import "./screens.css";
