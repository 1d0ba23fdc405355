import { describe, expect, test } from "vitest";
import { arranged, settingsOf } from "../../src/panels/arrangement.ts";
import { kindOf } from "../../src/panels/schema/kind.ts";
import { resolved, type Schema, schemaAt } from "../../src/panels/schema/schema.ts";
import { json, pump } from "./given.ts";

const root = json("engine/mendloop_engine/schema/template-1.json") as Schema;

function kindAt(...path: (string | number)[]): string {
  return kindOf(root, schemaAt(root, pump, path)!);
}

describe("walking the schema along a template", () => {
  test("what stands beside a reference wins over what it refers to", () => {
    const title = resolved(root, { $ref: "#/$defs/words", title: "Title", "x-zh-CN": { title: "标题" } });
    expect(title.title).toBe("Title");
    expect(title["x-zh-CN"]).toEqual({ title: "标题", description: "各语言的文字。" });
  });

  test("a node's schema depends on its kind, a field's on its type", () => {
    expect(schemaAt(root, pump, ["nodes", "rotor"])?.title).toBe("Step");
    expect(schemaAt(root, pump, ["nodes", "measured"])?.title).toBe("Join");
    expect(schemaAt(root, pump, ["nodes", "rotor", "fields", 1])?.title).toBe("Reading");
  });

  test("nothing may stand where the format has no such setting", () => {
    expect(schemaAt(root, pump, ["nodes", "measured", "role"])).toBeNull();
  });

  test("each setting gets the control for its kind", () => {
    expect(kindAt("title")).toBe("words");
    expect(kindAt("applies_to")).toBe("list");
    expect(kindAt("applies_to", 0, "faults")).toBe("globs");
    expect(kindAt("applies_to", 0, "product")).toBe("globs");
    expect(kindAt("start")).toBe("reference");
    expect(kindAt("nodes", "rotor", "standard_minutes")).toBe("number");
    expect(kindAt("nodes", "rotor", "time")).toBe("choice");
    expect(kindAt("pause_reasons", 0, "time")).toBe("choice");
    expect(kindAt("nodes", "rotor", "energises")).toBe("toggle");
    expect(kindAt("nodes", "rotor", "position")).toBe("position");
    expect(kindAt("nodes", "parts", "fields", 2, "lines", 0, "position")).toBe("position");
    expect(kindAt("nodes", "rotor", "not_same_person_as")).toBe("references");
    expect(kindAt("nodes", "rotor", "next", 0, "when")).toBe("expression");
    expect(kindAt("nodes", "rotor", "fields", 1, "required")).toBe("condition");
    expect(kindAt("nodes", "rotor", "fields", 1, "tolerance")).toBe("range");
    expect(kindAt("nodes", "rotor", "fields", 1, "soft_limit")).toBe("range");
    expect(kindAt("nodes", "rotor", "fields", 1, "default")).toBe("literal");
    expect(kindAt("nodes", "rotor", "fields", 1, "id")).toBe("name");
    expect(kindAt("nodes", "rotor", "fields", 1, "unit")).toBe("text");
    expect(kindAt("nodes", "parts", "fields", 2, "lines", 0, "part")).toBe("part");
    expect(kindAt("nodes", "as_found", "fields", 2, "shots", 0, "pair")).toBe("reference");
    expect(kindAt("roles")).toBe("map");
  });
});

describe("which settings are seen", () => {
  const reading = schemaAt(root, pump, ["nodes", "rotor", "fields", 1])!;
  const keys = (settings: readonly { readonly key: string }[]): string[] => settings.map(({ key }) => key);

  test("what is set is always seen, also the rarely used", () => {
    const { shown, rare } = arranged(settingsOf(root, reading, { id: "runout", type: "reading", unit: "mm", decimals: 3 }), new Set());
    expect(keys(shown)).toContain("decimals");
    expect(keys(rare)).toEqual(expect.arrayContaining(["internal", "value", "default", "instrument"]));
    expect(keys(rare)).not.toContain("decimals");
  });

  test("what takes room and is empty stands behind a plus, until it is opened", () => {
    const settings = settingsOf(root, reading, { id: "runout", type: "reading", unit: "mm" });
    expect(keys(arranged(settings, new Set()).addable)).toEqual(expect.arrayContaining(["help", "tolerance", "checks"]));
    expect(keys(arranged(settings, new Set(["help"])).shown)).toContain("help");
  });

  test("fixed settings are not asked for, and names come by themselves", () => {
    const { shown, names } = arranged(settingsOf(root, reading, {}), new Set());
    expect(keys(shown)).not.toContain("type");
    expect(keys(names)).toEqual(["id"]);
  });

  test("every setting of every node and field has a control, or is shown by a room of its own", () => {
    const elsewhere = new Set(["kind", "type", "expect"]); // what an order brings, and what a scan has to match, have editors of their own
    for (const [name, definition] of Object.entries(root.$defs ?? {})) {
      if (!/^(field_|step|choice|parallel|join|end$|edge|check$)/.test(name)) continue;
      const told = settingsOf(root, definition, {}).map(({ key }) => key);
      const missing = Object.keys(definition.properties ?? {}).filter((key) => !told.includes(key) && !elsewhere.has(key));
      expect(missing, name).toEqual([]);
    }
  });
});
