import type { JSX } from "preact";
import { Combobox, Frame, useControl } from "../../panels/index.ts";
import type { Session } from "../../session.ts";
import { language, say } from "../../words/index.ts";

/** What is measured in repairs, most usual first; the words by which people look for it. */
const UNITS: readonly (readonly [unit: string, zh: string, en: string])[] = [
  ["mm", "长度 间隙", "length gap"], ["µm", "粗糙度 圆跳动", "roughness"], ["m", "长度", "length"], ["°C", "温度", "temperature"], ["bar", "压力", "pressure"], ["MPa", "压力", "pressure"], ["kPa", "压力", "pressure"], ["Pa", "真空", "vacuum"],
  ["V", "电压", "voltage"], ["mV", "电压", "voltage"], ["A", "电流", "current"], ["mA", "电流", "current"], ["Ω", "电阻", "resistance"], ["kΩ", "电阻", "resistance"], ["MΩ", "绝缘", "insulation"], ["µF", "电容", "capacitance"], ["W", "功率", "power"], ["kW", "功率", "power"], ["Hz", "频率", "frequency"],
  ["r/min", "转速", "speed rpm"], ["mm/s", "振动", "vibration"], ["N·m", "扭矩", "torque"], ["N", "力", "force"], ["kg", "质量", "mass"], ["g", "质量", "mass"], ["L", "体积", "volume"], ["mL", "体积", "volume"], ["L/min", "流量", "flow"], ["m³/h", "流量", "flow"], ["%", "比例 湿度", "share humidity"], ["dB", "噪声", "noise"], ["s", "时间", "time"], ["min", "时间", "time"], ["h", "工时", "hours"], ["pcs", "个 件", "pieces"],
];

/** A unit: one of those that repairs know, or any other that is typed. */
export function Unit({ session, pointer }: { readonly session: Session; readonly pointer: string }): JSX.Element {
  const control = useControl<string>({ session, pointer });
  const value = control.value ?? "";
  const options = UNITS.map(([unit, zh, en]) => ({ value: unit, label: unit, note: language.value === "en" ? en : zh }));
  return (
    <Frame {...control} beside>
      <Combobox id={control.id} options={options} value={value} isFree readonly={control.readonly} placeholder={say("fields.unit_example")} attributes={{ "data-pointer": pointer, maxLength: 30 }}
        onChoose={({ value: chosen }) => { control.set(chosen.trim() === "" ? undefined : chosen.trim()); }} />
    </Frame>
  );
}
