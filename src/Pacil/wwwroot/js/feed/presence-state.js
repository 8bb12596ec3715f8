// Computes who is present from the feed's presence frames.

/**
 * @typedef {{ id: number, name: string }} Person
 * @typedef {{ user_count: number, users: Person[] }} Group
 * @typedef {Group & { workspace: number, places: Record<string, Group> }} WorkspacePresence
 */

export const FRAMES = ["here", "user_joined", "user_left"];

/**
 * @param {WorkspacePresence | null} crowd @param {string} frame @param {any} data
 * @returns {WorkspacePresence | null}
 */
export function reduce(crowd, frame, data) {
  if (frame === "here") return data;
  if (!crowd || crowd.workspace !== data.workspace) return crowd;
  const group = data.place === null ? crowd : (crowd.places[data.place] ??= { user_count: 0, users: [] });
  group.users = group.users.filter(({ id }) => id !== data.user.id);
  if (frame === "user_joined") group.users.push(data.user);
  group.user_count = data.user_count;
  if (data.place !== null && data.user_count === 0) delete crowd.places[data.place];
  return crowd;
}
