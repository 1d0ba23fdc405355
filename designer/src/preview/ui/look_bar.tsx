import type { JSX } from "preact";
import { Icon } from "../../shell/icon.tsx";
import { language, say } from "../../words/index.ts";
import { changeLook, type Device, DEVICES, lookNow } from "../phone/settings.ts";
import { Drawing } from "./drawing.tsx";

/** Which phone it is, how it is held, what it speaks, by day or by night. */
export function LookBar(): JSX.Element {
  const look = lookNow(language.value);
  const isDark = look.theme === "dark";
  return (
    <div class="look-bar" role="group" aria-label={say("preview.look")}>
      <select class="select" aria-label={say("preview.device")} data-testid="preview-device" value={look.device} onChange={(event) => { changeLook(look, { device: event.currentTarget.value as Device["key"] }); }}>
        {DEVICES.map(({ key, width, height }) => <option key={key} value={key}>{say(`preview.device_${key}`)} {width}×{height}</option>)}
      </select>
      <button type="button" class="tool" aria-pressed={look.isTurned} aria-label={say("preview.turn")} title={say("preview.turn")} data-testid="preview-turn" onClick={() => { changeLook(look, { isTurned: !look.isTurned }); }}><Drawing name="turn" /></button>
      <div class="row">
        <div class="either" role="group" aria-label={say("preview.language")}>
          {(["zh-CN", "en"] as const).map((each) => (
            <button key={each} type="button" class="tool" aria-pressed={look.language === each} lang={each} data-testid={`preview-language-${each}`} title={say(`preview.language_${each === "en" ? "en" : "zh"}`)}
              onClick={() => { changeLook(look, { language: each }); }}>{each === "en" ? "EN" : "中"}</button>
          ))}
        </div>
        <button type="button" class="tool" aria-pressed={isDark} aria-label={say("preview.dark")} title={say("preview.dark")} data-testid="preview-dark" onClick={() => { changeLook(look, { theme: isDark ? "light" : "dark" }); }}><Icon name={isDark ? "moon" : "sun"} /></button>
      </div>
    </div>
  );
}
