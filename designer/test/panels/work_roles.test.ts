import { beforeAll, expect, test } from "vitest";
import { furtherRoles, giveRole, roleCalled, rolesOfNobody } from "../../src/panels/work_roles.ts";
import { unmatchedProducts, unmatchedRoles } from "../../src/publishing/unmatched.tsx";
import { groupsOf } from "../../src/panels/suggestions.ts";
import type { Template } from "../../src/model/index.ts";
import { language, speakOfMore } from "../../src/words/index.ts";
import { pump } from "./given.ts";

const KNOWN = [
  { key: "inspector", title: { "zh-CN": "质检", en: "Inspector" }, people: 1 },
  { key: "engineer", title: { en: "Repair technician" }, people: 0 },
];
const company = { roles: KNOWN, products: ["pump/centrifugal/cr-10"] };

beforeAll(async () => { language.value = "zh-CN"; await speakOfMore(); });

test("a role that the company has keeps its name for machines and gets its words in every language", () => {
  expect(roleCalled("质检 ", KNOWN, "en")).toEqual({ key: "inspector", title: { "zh-CN": "质检", en: "Inspector" } });
  expect(roleCalled("inspector", KNOWN, "zh-CN").key).toBe("inspector");
  expect(roleCalled("Safety officer", KNOWN, "en")).toEqual({ key: "safety_officer", title: { en: "Safety officer" } });
  expect(roleCalled("质检员", KNOWN, "en").title).toEqual({ "zh-CN": "质检员" });
});

test("a step is given a role that the template gets by the same edit; one that is there under these words is taken", () => {
  const draft = { template: pump, layout: {} };
  const pointer = "/nodes/rotor/role";
  const given = (said: string): ReturnType<typeof giveRole> => giveRole(draft, pointer, roleCalled(said, KNOWN, "en"));
  const edit = given("Crane driver")!;
  const after = edit.apply(draft);
  expect(after.template.roles["crane_driver"]).toEqual({ title: { en: "Crane driver" } });
  expect(after.template.nodes["rotor"]).toMatchObject({ role: "crane_driver" });
  expect(edit.revert(after)).toEqual(draft);
  const [there, { title }] = Object.entries(pump.roles).find(([id]) => id !== (pump.nodes["rotor"] as { role: string }).role)!;
  const taken = given(title!["zh-CN"]!)!.apply(draft).template;
  expect(Object.keys(taken.roles)).toEqual(Object.keys(pump.roles));
  expect(taken.nodes["rotor"]).toMatchObject({ role: there });
});

test("the company's other roles are at hand, those of the template are not offered twice", () => {
  const roles = { inspector: { title: { en: "Inspector" } } };
  expect(furtherRoles({ ...pump, roles }, KNOWN)).toEqual([{ value: "engineer", label: "Repair technician", note: "0 人" }]);
});

test("a role of a step that nobody has is told by its words", () => {
  expect(rolesOfNobody(pump, KNOWN)).toEqual(["engineer"]);
  const told = unmatchedRoles(company, { ...pump, roles: { ...pump.roles, engineer: { title: { en: "Fitter" } } } });
  expect(told.map(({ pointer }) => pointer)).toEqual(["/roles/engineer"]);
  expect(told[0]!.text).toContain("“Fitter”");
});

test("a pattern that fits no product is told, one that fits a group is not", () => {
  const rules = (...products: string[]): Template => ({ ...pump, applies_to: products.map((product) => ({ product })) });
  expect(unmatchedProducts(company, rules("空调", "pump/*", "pump/centrifugal/cr-10")).map(({ id, pointer }) => `${id} ${pointer}`)).toEqual(["no-such-product /applies_to/0/product"]);
  expect(unmatchedProducts(company, rules()).map(({ id }) => id)).toEqual(["applies-to-nothing"]);
});

test("groups are called by the products in them, in the reader's words", () => {
  const products = ["a", "b", "c"].map((name) => ({ value: `pump/${name}`, label: `泵 ${name}` }));
  expect(groupsOf(products).map(({ label, value }) => `${value} ${label}`)).toEqual(["pump/* 全部：泵 a、泵 b，另有 1 种"]);
  expect(groupsOf([...products, { value: "pump", label: "水泵" }])[0]?.label).toBe("全部：水泵");
});
