// Computes who is present from the feed's presence frames.

/**
 * @typedef {{ id: number, name: string }} Person
 * @typedef {{ user_count: number, users: Person[] }} Group
 * @typedef {Group & { workspace: number, places: Record<string, Group> }} WorkspacePresence
 */

/** @typedef {import("./feed-types.js").Moved} Moved */

/** @param {WorkspacePresence | null} crowd @param {Moved} moved @returns {WorkspacePresence | null} */
export function withJoined(crowd, moved) {
  const group = groupOf(crowd, moved);
  group?.users.push(moved.user);
  return crowd;
}

/** @param {WorkspacePresence | null} crowd @param {Moved} moved @returns {WorkspacePresence | null} */
export function withoutLeft(crowd, moved) {
  const { place, user_count } = moved;
  groupOf(crowd, moved);
  if (crowd && place !== null && user_count === 0) delete crowd.places[place];
  return crowd;
}

/**
 * The group of a place or of the whole workspace, with the new count and without the person who has moved. Undefined if
 * the crowd is that of another workspace.
 * @param {WorkspacePresence | null} crowd @param {Moved} moved
 */
function groupOf(crowd, { workspace, place, user, user_count }) {
  if (crowd?.workspace !== workspace) return undefined;
  const group = place === null ? crowd : (crowd.places[place] ??= { user_count, users: [] });
  group.users = group.users.filter(({ id }) => id !== user.id);
  group.user_count = user_count;
  return group;
}
