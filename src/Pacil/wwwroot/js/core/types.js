/**
 * Types of the JSON that the server and the JavaScript client exchange. TypeTests compares Item, Movement, Notification
 * and Message with the OpenAPI document.
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
 * @typedef {object} Entry an entry of the feed
 * @property {number | null} workspace
 * @property {number} seq
 * @property {string} kind
 * @property {string} at
 * @property {{ id: number | null, name: string }} actor
 * @property {{ type: string, id: number }} subject
 * @property {number} version
 * @property {string} [key]
 * @property {number} [group]
 * @property {number} [undoes]
 * @property {any} data
 * @property {{ items: number, pieces: number, low: number }} [counts]
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
 * @typedef {object} Problem
 * @property {string} type
 * @property {string} title
 * @property {number} status
 * @property {string} detail
 * @property {string} code
 * @property {Record<string, string[]>} [errors]
 * @property {string} [trace_id]
 */

export {};
