/**
 * Types of the JSON that the server and the JavaScript client exchange. feed-types.js has the types of the feed.
 * TypeTests compares Item, Movement, Notification and Message with the OpenAPI document.
 *
 * @typedef {object} Item
 * @property {number} id
 * @property {string} name
 * @property {string} description
 * @property {number} amount
 * @property {string} unit
 * @property {number | null} threshold
 * @property {number} version
 * @property {string} created_at
 * @property {number} created_by
 * @property {string} updated_at
 * @property {number} updated_by
 * @property {string | null} archived_at
 *
 * @typedef {object} Movement
 * @property {number} id
 * @property {number} item
 * @property {number} place
 * @property {number} delta
 * @property {string} reason
 * @property {string} note
 * @property {number} amount
 * @property {number} version
 * @property {string} at
 * @property {number} by
 *
 * @typedef {object} Notification
 * @property {number} id
 * @property {string} kind
 * @property {number} workspace
 * @property {number} entry
 * @property {string} text
 * @property {string} at
 * @property {string | null} read_at
 *
 * @typedef {object} Message
 * @property {number} id
 * @property {number} room
 * @property {number | null} item
 * @property {string} text
 * @property {string} author
 * @property {number} version
 * @property {string} created_at
 * @property {number} created_by
 * @property {string | null} edited_at
 * @property {string | null} deleted_at
 *
 * @typedef {object} Problem as RFC 9457 describes it
 * @property {number} status
 * @property {string} detail
 * @property {string} code
 * @property {Record<string, string[]>} [errors]
 * @property {string} [trace_id]
 * @property {Fields} [current] the fields as they are now, if the code is "version_conflict"
 * @property {string[]} [differing] the names of the fields in which `current` differs from the request
 *
 * @typedef {Record<string, string | number | boolean | null>} Fields
 * @typedef {null | boolean | number | string | Json[] | { [name: string]: Json | undefined }} Json any JSON; a missing
 *   member reads as undefined
 */

export {};
