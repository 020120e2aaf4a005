// @ts-check

/**
 * The rooms of the primary entry point, row by row: a room imports only from rows above it and from itself.
 * One table for the dependency rules and for the file patterns of ESLint.
 *
 * @type {readonly (readonly string[])[]}
 */
const rows = [
  ['errors'],
  ['core'],
  ['config', 'platform'],
  ['storage', 'cognito', 'tabs'],
  ['state'],
  ['lifecycle'],
  ['session-service'],
  ['http', 'router'],
  ['provide-session', 'session-module'],
];

export const rooms = rows.flat();

/** Rooms that see the session only through its façade, so that no token path grows around it. */
const facadeOnly = ['http', 'router'];
const hiddenFromFacadeUsers = ['storage', 'cognito', 'tabs', 'state', 'lifecycle'];

/**
 * The rooms a room may import from, itself included.
 *
 * @param {string} room
 * @returns {readonly string[]}
 */
export function allowedRooms(room) {
  const row = rows.findIndex((rooms) => rooms.includes(room));
  const above = rows.slice(0, row).flat();
  const visible = facadeOnly.includes(room)
    ? above.filter((other) => !hiddenFromFacadeUsers.includes(other))
    : above;
  return [...visible, room];
}

/**
 * The rooms of `cognito-server-session`, by the same rule.
 *
 * @type {readonly (readonly string[])[]}
 */
const serverRows = [
  ['errors', 'model', 'platform'],
  ['crypto', 'store'],
  ['config'],
  ['cookies', 'cognito'],
  ['sessions'],
  ['server-sessions'],
  ['routes'],
  ['create-server-sessions'],
  ['index'],
];

export const serverRooms = serverRows.flat();

/**
 * The rooms that a room of `cognito-server-session` may import from, itself included.
 *
 * @param {string} room
 * @returns {readonly string[]}
 */
export function allowedServerRooms(room) {
  const row = serverRows.findIndex((rooms) => rooms.includes(room));
  return [...serverRows.slice(0, row).flat(), room];
}
