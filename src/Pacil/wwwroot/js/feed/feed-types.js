/**
 * Types of the feed (docs/api/feed.md). feed-types.test.js compares them with the golden files of the server's tests.
 *
 * @typedef {import("../core/types.js").Item} Item
 * @typedef {import("../core/types.js").Movement} Movement
 * @typedef {import("./presence-state.js").Person} Person
 * @typedef {import("./presence-state.js").WorkspacePresence} WorkspacePresence
 */

/** @template Value @typedef {{ from: Value, to: Value }} Change */

/**
 * @typedef {{ redacted: true }} Redacted replaces the data of an entry whose content was erased
 * @typedef {{ name: string }} Named
 * @typedef {{ name: Change<string> }} Renamed
 * @typedef {{ amount: number }} Stock
 * @typedef {{ entries: number[] }} Entries
 * @typedef {{ workspace: number }} InWorkspace
 * @typedef {{ [name: string]: never }} Nothing
 * @typedef {{ name?: Change<string>, description?: Change<string>, unit?: Change<string>,
 *   threshold?: Change<number | null> }} ItemChanges
 * @typedef {{ room: number, item?: number, text: string, mentions: number[] }} Posted
 * @typedef {{ room: number, item?: number, text: Change<string>, mentions: Change<number[]> }} Edited
 * @typedef {{ kind: string, workspace: number, entry: number, unread: number }} Notified
 * @typedef {{ ids?: number[], through?: number, gone?: true, unread: number }} Read
 */

/**
 * The type of the subject and the data of each kind of entry.
 * @typedef {object} Kinds
 * @property {["item", Item]} item_created
 * @property {["item", Item]} item_archived
 * @property {["item", Item]} item_restored
 * @property {["item", ItemChanges]} item_changed
 * @property {["item", { movement: Movement, amount: number }]} stock_moved
 * @property {["item", Stock]} stock_low
 * @property {["item", Stock]} stock_recovered
 * @property {["workspace", Named | Redacted]} workspace_created
 * @property {["workspace", Renamed | Redacted]} workspace_changed
 * @property {["workspace", Nothing | Redacted]} workspace_closed
 * @property {["workspace", Nothing | Redacted]} workspace_reopened
 * @property {["workspace", Entries | Redacted]} workspace_redacted
 * @property {["room", Named]} room_created
 * @property {["room", Renamed]} room_renamed
 * @property {["room", Named]} room_archived
 * @property {["room", Named]} room_restored
 * @property {["message", Posted | Redacted]} message_posted
 * @property {["message", Edited | Redacted]} message_edited
 * @property {["message", Entries]} message_redacted
 * @property {["invitation", { role: string } | Redacted]} member_invited
 * @property {["invitation", Entries]} invitation_redacted
 * @property {["account", { role: string }]} member_joined
 * @property {["account", { role: Change<string> }]} member_role_changed
 * @property {["account", Nothing]} member_removed
 * @property {["account", Entries]} account_redacted
 * @property {["account", Nothing]} account_created
 * @property {["account", { fields: string[] }]} account_changed
 * @property {["account", Nothing]} account_locked
 * @property {["account", Nothing]} account_unlocked
 * @property {["account", Nothing]} account_promoted
 * @property {["account", Nothing]} account_demoted
 * @property {["account", Nothing]} account_signed_out
 * @property {["account", Nothing]} account_erased
 * @property {["account", Nothing]} sign_in_link_created
 * @property {["token", Nothing]} token_created
 * @property {["token", Nothing]} token_revoked
 * @property {["registration", { to: string }]} registration_changed
 * @property {["notification", Notified]} notification_added
 * @property {["account", Read]} notifications_read
 * @property {["item", InWorkspace]} item_starred
 * @property {["item", InWorkspace]} item_unstarred
 */

/**
 * An entry of one of the kinds. `workspace` is null in the inbox.
 * @template {keyof Kinds} Kind
 * @typedef {{ [Each in Kind]: { workspace: number | null, seq: number, kind: Each, at: string,
 *   actor: { id: number | null, name: string }, subject: { type: Kinds[Each][0], id: number }, version: number,
 *   key?: string, group?: number, undoes?: number, data: Kinds[Each][1],
 *   counts?: { items: number, pieces: number, low: number } } }[Kind]} EntryOf
 */

/**
 * @typedef {EntryOf<keyof Kinds>} Entry any entry. A newer server may also send kinds that are missing here.
 * @typedef {"live" | "reconnecting" | "offline"} FeedState
 * @typedef {{ reason: string, workspaces: number[] }} Reset
 * @typedef {{ workspace: number, place: string | null, user: Person, username: string, user_count: number }} Moved
 * @typedef {{ workspace: number, place: string, user: Person, username: string }} Typing
 */

/**
 * The events of the feed, by name, with their detail.
 * @typedef {object} FeedEvents
 * @property {Entry} entry
 * @property {Reset} reset
 * @property {InWorkspace} gone
 * @property {FeedState} state
 * @property {WorkspacePresence} here
 * @property {Moved} user_joined
 * @property {Moved} user_left
 * @property {Typing} typing
 */

/**
 * @template {keyof FeedEvents} [Name=keyof FeedEvents]
 * @typedef {{ [Each in Name]: [name: Each, detail: FeedEvents[Each]] }[Name]} FeedEvent a name and its detail
 */

/**
 * @typedef {{ cursor: string, heads: Record<string, number>, here: WorkspacePresence[], time: string }} Hello
 * @typedef {Omit<FeedEvents, "state"> & { hello: Partial<Hello>, heartbeat: { time?: string },
 *   close: { reason: string } }} Sent
 * @typedef {{ event: "done", ref: "here", data: WorkspacePresence } | { event: "done", ref?: undefined, data: Nothing }
 *   | { event: "problem", data: import("../core/types.js").Problem }} Answered answers to the commands of feed.js
 * @typedef {{ [Name in keyof Sent]: { event: Name, data: Sent[Name] } }[keyof Sent]} Announced
 * @typedef {(Announced | Answered) & { id?: string }} Frame
 * @typedef {{ entries: Entry[], cursor: string, here?: WorkspacePresence[], reset?: Reset, gone?: number[] }} Poll the
 * answer to a long poll
 * @typedef {{ do: "here", ref: "here", places: string[] } | { do: "typing", room?: string, item?: string }} Command
 */

export {};
