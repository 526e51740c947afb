import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "../rig/stack.ts";
import { groupChaos } from "./error-groups.ts";

test("40 failures of four kinds under kills are four groups with exact counts; one alert each; resolved, 40 more make them regressed, one alert each", async () => {
  const lines: string[] = [];
  const { rounds, kills, alerts } = await groupChaos({
    address: testServer(),
    failures: 40,
    kills: [1, 0],
    inFlight: 20,
    log: (line) => void lines.push(`${new Date().toISOString()} ${line}`),
  });
  const groups = (count: number, status: string, regressions: number) => [
    { kinds: { failed: count }, count, status, regressions },
    { kinds: { parked: count }, count, status, regressions },
    { kinds: { terminated: count }, count, status, regressions },
    { kinds: { terminated: count }, count, status, regressions },
  ];
  const standing = rounds.map((round) =>
    round
      .map(({ message: _, ...group }) => group)
      .toSorted((a, b) => (JSON.stringify(a.kinds) < JSON.stringify(b.kinds) ? -1 : 1)),
  );
  assert.deepEqual(standing, [groups(10, "open", 0), groups(20, "regressed", 1)], lines.join("\n"));
  assert.deepEqual(alerts, { "tenuto.group-new": 4, "tenuto.group-regressed": 4 });
  assert.equal(kills, 1, lines.join("\n"));
});
