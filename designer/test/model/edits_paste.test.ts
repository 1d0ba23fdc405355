import { describe, expect, it } from "vitest";
import { clipOf, clipText, copied, duplicateNodes, linesOf, paste, pasteLines, type Words } from "../../src/model/index.ts";
import { after, draftOf, field, pump, step } from "./edits.cast.ts";

const zh = (...lines: string[]): Words[] => lines.map((line) => ({ "zh-CN": line }));
const en = (...lines: string[]): Words[] => lines.map((line) => ({ en: line }));

describe("nodes that are copied", () => {
  it("come into another template with their roles, as text", () => {
    const other = draftOf({ format: 1, key: "x", title: {}, roles: {}, start: "none", nodes: {} });
    const clip = copied(pump(), { kind: "nodes", nodes: ["inspect", "scrap"] });
    const pasted = paste(other, clipText(clip!));
    const draft = after(other, pasted!.command);
    expect(Object.keys(draft.template.nodes)).toEqual(["inspect", "scrap"]);
    expect(draft.template.roles).toEqual({ inspector: {} });
    expect(draft.template.start).toBe("inspect");
    expect(step(draft, "inspect").next[0]).toMatchObject({ to: "assemble", exit: "scrap" });
  });

  it("get free names where theirs are taken, and what they say of each other follows", () => {
    const clip = copied(pump(), { kind: "nodes", nodes: ["measure", "assemble"] });
    const pasted = paste(pump(), clip!);
    expect(pasted?.ids).toEqual(["measure_2", "assemble_2"]);
    const draft = after(pump(), pasted!.command);
    expect(step(draft, "measure_2").next.map(({ to }) => to)).toEqual(["replace", "assemble_2"]);
    expect(field(draft, "assemble_2", "runout").visible).toContain("steps.measure_2.runout.value");
    expect(field(draft, "assemble_2", "done")).toMatchObject({ shots: [{ pair: "measure_2.before.front" }] });
    expect(step(draft, "assemble")).toEqual(step(pump(), "assemble"));
  });

  it("stand in the flow when they are pasted into a route", () => {
    const clip = copied(pump(), { kind: "nodes", nodes: ["replace"] });
    const draft = after(pump(), paste(pump(), clip!, { onEdge: { from: "assemble", index: 0 }, at: { x: 5, y: 6 } })!.command);
    expect(step(draft, "assemble").next).toEqual([{ to: "replace_2" }]);
    expect(step(draft, "replace_2").next).toEqual([{ to: "inspect" }]);
    expect(draft.layout).toEqual({ replace_2: { x: 5, y: 6 } });
  });

  it("are told apart as copies when they are duplicated", () => {
    const draft = after(pump(), duplicateNodes(pump(), ["measure"])!.command);
    expect(step(draft, "measure_2").title).toEqual({ "zh-CN": "测量（副本）", en: "Measure (copy)" });
  });

  it("are refused when they are something else", () => {
    for (const text of ["", "hello", "{}", `{"format":"mendloop/clip+1","nodes":{"Bad Name":{}}}`, `{"format":"mendloop/clip+1","fields":[1]}`, `{"format":`, `{"format":"mendloop/clip+1","nodes":{"a":{"kind":"step"}}}`]) {
      expect(clipOf(text)).toBeNull();
    }
  });

  it("may come as a whole template", () => {
    expect(Object.keys((clipOf(JSON.stringify(pump().template)) as { nodes: object }).nodes)).toHaveLength(6);
  });
});

describe("fields that are copied", () => {
  it("get free names in the other step, and read each other by them", () => {
    const clip = copied(pump(), { kind: "fields", node: "measure", fields: ["runout", "double", "before"] });
    const pasted = paste(pump(), clip!, { node: "assemble", index: 0 });
    expect(pasted?.selection).toEqual({ kind: "fields", node: "assemble", fields: ["runout_2", "double", "before"] });
    const draft = after(pump(), pasted!.command);
    expect(field(draft, "assemble", "double")).toMatchObject({ value: "runout_2.value * 2.0" });
    expect(field(draft, "assemble", "before")).toMatchObject({ shots: [{ pair: "assemble.done.front" }, { pair: "before.front" }] });
    expect(step(draft, "assemble").fields?.map(({ id }) => id)).toEqual(["runout_2", "double", "before", "runout", "done"]);
  });

  it("need a step to go to", () => {
    expect(paste(pump(), copied(pump(), { kind: "fields", node: "measure", fields: ["runout"] })!, { node: "end" })).toBeNull();
  });
});

describe("lines from the clipboard", () => {
  it("lose bullets, numbers and empty lines", () => {
    expect(linesOf("1、检查密封圈\r\n2、检查轴承\r\n\r\n（3）紧固螺栓\n④ 试运行\n• 清洁\n一、收尾\n- 拍照\n☐ 5. 签字\n１）交付")).toEqual(
      zh("检查密封圈", "检查轴承", "紧固螺栓", "试运行", "清洁", "收尾", "拍照", "签字", "交付"),
    );
    expect(linesOf("a) Check the seal\n(b) Check the bearing\n* Tighten\n[x] Clean\n•\tPhoto\no\tInner\n10. Hand over")).toEqual(
      en("Check the seal", "Check the bearing", "Tighten", "Clean", "Photo", "Inner", "Hand over"),
    );
  });

  it("keep numbers that belong to the text", () => {
    expect(linesOf("-5 °C reached\n0.5 mm gap\n2 bolts tight\nA clean seat\n3D-Druck ok")).toEqual(en("-5 °C reached", "0.5 mm gap", "2 bolts tight", "A clean seat", "3D-Druck ok"));
  });

  it("lose outline numbers when all have them", () => {
    expect(linesOf("1.1 检查密封圈\n1.2 检查轴承\n2.1.1 试运行")).toEqual(zh("检查密封圈", "检查轴承", "试运行"));
  });

  it("of two columns are both languages when the second is the other script", () => {
    expect(linesOf("序号\t检查项\tItem\n1\t密封圈\tSeal\n2\tPLC 程序\tPLC program")).toEqual([
      { "zh-CN": "密封圈", en: "Seal" }, { "zh-CN": "PLC 程序", en: "PLC program" },
    ]);
    expect(linesOf("Seal\t密封圈\nBearing\t")).toEqual([{ en: "Seal", "zh-CN": "密封圈" }, { en: "Bearing" }]);
  });

  it("of more columns keep what they say behind a colon", () => {
    expect(linesOf("密封圈\t无裂纹\n轴承\t无异响")).toEqual(zh("密封圈：无裂纹", "轴承：无异响"));
    expect(linesOf("Seal\tno cracks\nBearing\t")).toEqual(en("Seal: no cracks", "Bearing"));
  });

  it("of a table lose its column of numbers and what stands above the columns", () => {
    expect(linesOf("No.\tItem\tRemark\n1\tFour M8 bolts\t25 Nm\n2\tBelt seated on all pulleys\t\n3\tConnector X3\tred side up")).toEqual(
      en("Four M8 bolts: 25 Nm", "Belt seated on all pulleys", "Connector X3: red side up"),
    );
    expect(linesOf("序号\t检查项\t备注\n1\t四颗 M8 螺栓\t25 N·m\n2\t皮带\t\n\n总装\n3\t接头 X3\t红面朝上")).toEqual(
      zh("四颗 M8 螺栓：25 N·m", "皮带", "总装", "接头 X3：红面朝上"),
    );
    expect(linesOf("Pos.\tWhat we look at\tTool\n1.1\tSeal\tlamp")).toEqual(en("Seal: lamp"));
    expect(linesOf("Line\tWhat we look at\n1\tSeal\n2\tBearing")).toEqual(en("Seal", "Bearing"));
  });

  it("of a table keep a first row that says something, and numbers that do not count the lines", () => {
    expect(linesOf("Seal\tno cracks\nBearing\tquiet")).toEqual(en("Seal: no cracks", "Bearing: quiet"));
    expect(linesOf("1\tSeal\n2\tBearing")).toEqual(en("Seal", "Bearing"));
    expect(linesOf("Item\tSeal\n25 Nm\tFour bolts\n30 Nm\tTwo bolts")).toEqual(en("Item: Seal", "25 Nm: Four bolts", "30 Nm: Two bolts"));
    expect(linesOf("Fuse\tin place\n10\tamperes\n16\tamperes")).toEqual(en("Fuse: in place", "10: amperes", "16: amperes"));
  });

  it("of Excel may have line ends and quotes in a cell", () => {
    expect(linesOf('"Check\nthe ""big"" seal"\nBearing\r\n')).toEqual(en('Check the "big" seal', "Bearing"));
  });

  it("are read from a table of Word rather than from its text", () => {
    const html = `<html><head><style>td{color:red}</style></head><body><!--StartFragment--><table><tr><td><p>1</p></td><td><p>密封圈</p><p>完好</p></td><td>Seal&nbsp;&amp; ring</td></tr>
      <tr><td>2</td><td><p class=x>轴承</p></td><td><b>Bear</b>ing</td></tr></table><p>备注</p><!--EndFragment--></body></html>`;
    expect(linesOf("1\n密封圈\n完好\tSeal & ring\n…", html)).toEqual([{ "zh-CN": "密封圈 完好", en: "Seal & ring" }, { "zh-CN": "轴承", en: "Bearing" }, { "zh-CN": "备注" }]);
  });

  it("become items with names of their own", () => {
    const path = ["nodes", "measure", "fields", 3, "options"];
    const draft = after(pump(), pasteLines(pump(), path, [{ en: "Worn out!" }, { "zh-CN": "破损" }, { en: "Good" }]));
    expect(field(draft, "measure", "verdict")).toMatchObject({ options: [{ id: "good" }, { id: "bad" }, { id: "worn_out", label: { en: "Worn out!" } }, { id: "option_4" }, { id: "good_2" }] });
    expect(pasteLines(pump(), path, [])).toBeNull();
  });
});
