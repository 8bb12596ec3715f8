import assert from "node:assert/strict";
import { test } from "node:test";
import { withJoined, withoutLeft } from "../../src/Pacil/wwwroot/js/feed/presence-state.js";

const ana = { id: 1, name: "ana" };
const budi = { id: 2, name: "budi" };
const alone = () => ({ workspace: 7, user_count: 1, users: [ana], places: {} });
/** @param {string | null} place @param {object} user @param {number} user_count */
const frame = (place, user, user_count, workspace = 7) => ({ workspace, place, user, user_count });

test("one comes, once however often it is told, and goes", () => {
  let crowd = withJoined(alone(), frame(null, budi, 2));
  crowd = withJoined(crowd, frame(null, budi, 2));
  assert.deepEqual([crowd?.users, crowd?.user_count], [[ana, budi], 2]);
  crowd = withoutLeft(crowd, frame(null, ana, 1));
  assert.deepEqual([crowd?.users, crowd?.user_count], [[budi], 1]);
});

test("a place is there while somebody is at it", () => {
  let crowd = withJoined(alone(), frame("room:3", budi, 1));
  assert.deepEqual(crowd?.places, { "room:3": { user_count: 1, users: [budi] } });
  assert.equal(crowd?.user_count, 1, "who is at a place is no newcomer to the workspace");
  crowd = withoutLeft(crowd, frame("room:3", budi, 0));
  assert.deepEqual(crowd?.places, {});
});

test("what another workspace tells, and what comes before one knows who is here, changes nothing", () => {
  assert.deepEqual(withJoined(alone(), frame(null, budi, 2, 8)), alone());
  assert.equal(withJoined(null, frame(null, budi, 2)), null);
});
